"""What can be said of a crawl's file before reading it: a wrong call or a wrong file ends here, in one line."""

import difflib
from pathlib import Path
from typing import Literal, cast, get_args

from pipeline.crawl.encoding import MARKS, find_wide
from pipeline.crawl.files import GZIP_ERRORS, broken_gzip, is_gzip, open_bytes
from pipeline.setup.errors import PipelineError

Format = Literal[".tsv", ".csv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson", ".parquet", ".xml", ".rss", ".atom"]

_BLOCK = 8192
_MAGIC = {
    b"PK\x03\x04": "a zip archive or an office document; the name of an Excel workbook ends in .xlsx",
    b"\x1f\x8b": "gzip data; end its name in .gz",
    b"PAR1": "a parquet file; end its name in .parquet",
    b"%PDF": "a PDF document",
    b"BZh": "bzip2 data; unpack it first",
    b"\xfd7zXZ": "xz data; unpack it first",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "zstd data; unpack it first",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def check_file(path: Path) -> Format:
    """Find a file's format by its name and look at its first bytes.

    Parameters
    ----------
    path
        With a suffix of `Format`, also followed by ``.gz``, in any case.

    Returns
    -------
    Format
        The format's suffix.

    Raises
    ------
    PipelineError
        Exit code 2 if there is no such file, it is a folder, cannot be opened or its suffix is not known; 1 if it is
        empty, binary, or not gzip although called so.
    """
    if not path.exists():
        raise PipelineError(f"{path}: no such file; {_neighbours(path)}", exit_code=2)
    if path.is_dir():
        raise PipelineError(f"{path}: is a folder; name a file in it, such as {path / '*.tsv'}", exit_code=2)
    suffix = (path.with_suffix("") if is_gzip(path) else path).suffix.lower()
    if suffix not in get_args(Format):
        supported = ", ".join(get_args(Format))
        raise PipelineError(
            f"{path}: unknown suffix {suffix or path.name!r}; understood are {supported}, each also with .gz",
            exit_code=2,
        )
    _check_start(path, _first_block(path), suffix)
    return cast(Format, suffix)


def _neighbours(path: Path) -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent} either"
    names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    near = difflib.get_close_matches(path.name, names, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"nothing in {path.parent} is called like it"


def _first_block(path: Path) -> bytes:
    try:
        with open_bytes(path) as stream:
            return stream.read(_BLOCK)
    except GZIP_ERRORS as error:
        if path.stat().st_size == 0:
            return b""
        raise broken_gzip(path, error) from error
    except OSError as error:
        raise PipelineError(f"{path}: cannot be opened: {error.strerror}", exit_code=2) from error


def _check_start(path: Path, block: bytes, suffix: str) -> None:
    if not block.removeprefix(b"\xef\xbb\xbf").strip():
        raise PipelineError(f"{path}: the file is empty; crawl it again or name another")
    if suffix == ".parquet" or (suffix == ".xlsx" and block.startswith(b"PK")):
        return
    what = next((name for magic, name in _MAGIC.items() if block.startswith(magic)), None)
    if what is None and b"\0" in block and not any(map(block.startswith, MARKS)) and not find_wide(block):
        what = "a binary file (it has zero bytes)"
    if what:
        raise PipelineError(f"{path}: not {suffix} text but {what}")
    if suffix == ".xlsx":
        raise PipelineError(f"{path}: not an Excel workbook but text; end its name in .csv")
