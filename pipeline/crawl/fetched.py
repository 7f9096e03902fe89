"""Addresses beside files: a feed is fetched into a file for as long as it is read, and remembered once it is stored."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.crawl.fetch import fetch, is_address
from pipeline.setup.errors import PipelineError


@contextmanager
def as_file(name: str | Path, memory: Path) -> Iterator[Path | None]:
    """Give a file to read for a file's name or an address.

    Parameters
    ----------
    name
        A path, or an address of ``http`` or ``https``.
    memory
        The file in which `Remembered` keeps what servers called the versions that were stored.

    Yields
    ------
    Path or None
        None if the feed has not changed since it was stored.

    Raises
    ------
    PipelineError
        As `fetch`; and with exit code 3 what reading the fetched file raised.
    """
    address = str(name)
    if isinstance(name, Path) or not is_address(address):
        yield Path(name)
        return
    remembered = Remembered(memory)
    with tempfile.TemporaryDirectory() as folder:
        fetched = fetch(address, Path(folder), remembered.of(address))
        try:
            yield fetched.path
        except PipelineError as error:
            if fetched.path is None or str(fetched.path) not in str(error):
                raise
            raise PipelineError(str(error).replace(str(fetched.path), address), exit_code=3) from error
        # Only now: after a crash the feed has to be fetched again.
        remembered.keep(address, fetched.validators)


class Remembered:
    """What servers called the versions of feeds that were stored: a file in the home.

    Parameters
    ----------
    path
        The file; it may not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, url: str) -> dict[str, str]:
        """Return the validators of a feed, by header; none if it was never stored."""
        validators: dict[str, str] = self._all().get(url, {})
        return validators

    def keep(self, url: str, validators: dict[str, str]) -> None:
        """Remember a feed that is stored now."""
        written = self._path.with_name(self._path.name + ".new")
        written.write_text(json.dumps(self._all() | {url: validators}, ensure_ascii=False, indent=1), encoding="utf-8")
        written.replace(self._path)

    def _all(self) -> dict[str, dict[str, str]]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # missing or damaged: the feed is fetched whole, and nothing is stored twice
            return {}
        return kept if isinstance(kept, dict) else {}
