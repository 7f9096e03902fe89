"""The archive: a bundle in one .tar.gz, packed the same every time and unpacked as if a stranger had sent it.

A tar file can hold links, devices, paths that climb out of the folder, and headers that ask for gigabytes. So only the
plainest part of the format is written and read: regular files, each with a name that the manifest lists and the size
it may have. (Python's ``tarfile`` follows extended headers of any size before a caller sees a member.)
"""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zlib
from pathlib import Path

from models.bundles.manifest import Manifest
from models.bundles.manifest_check import parse_manifest
from models.bundles.manifests import MANIFEST_FILE, bundle_folder, check_files
from models.errors import ModelError

BLOCK = tarfile.BLOCKSIZE
LARGEST_MANIFEST = 16 << 20
LARGEST_CONTENT = 2 << 30
CHUNK = 1 << 20
CURE = "ask for the archive again"


def pack(home: Path, manifest: Manifest) -> bytes:
    """Pack a bundle's manifest and heads, after checking them; the same bundle gives the same bytes.

    Raises
    ------
    ModelError
        When one of its files is missing or damaged.
    """
    check_files(home, manifest)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        add(stream, MANIFEST_FILE, (bundle_folder(home, manifest.id) / MANIFEST_FILE).read_bytes())
        for path in sorted(manifest.files):
            add(stream, path, (home / path).read_bytes())
        stream.write(bytes(2 * BLOCK))
    return packed.getvalue()


def add(stream: gzip.GzipFile, name: str, content: bytes) -> None:
    """Write one regular file of nobody and no time."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    stream.write(info.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % BLOCK))


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write an archive's manifest and heads into an empty folder, laid out like a home; return the manifest.

    Every file is one that the manifest lists, written once, with the SHA-256 that it gives.

    Raises
    ------
    ModelError
        When the file is no archive of a bundle, or anything in it is missing, damaged or not listed.
    """
    try:
        with gzip.open(archive) as stream:
            return read_members(stream, archive, folder)
    except (EOFError, gzip.BadGzipFile, zlib.error, tarfile.HeaderError) as error:
        reason = str(error) or "it ends too early"
        raise ModelError(f"{archive} is no archive of a bundle, or it is damaged ({reason}); {CURE}") from error


def read_members(stream: gzip.GzipFile, archive: Path, folder: Path) -> Manifest:
    """Read the manifest, which comes first, and then the files that it lists."""
    first = next_header(stream, archive)
    if first is None or first.name != MANIFEST_FILE or first.size > LARGEST_MANIFEST:
        raise ModelError(f"{archive} is no archive of a bundle: it does not begin with {MANIFEST_FILE}")
    content = stream.read(first.size)
    stream.read(-first.size % BLOCK)
    manifest = parse_manifest(content, f"{archive}: {MANIFEST_FILE}", CURE)
    write_new(bundle_folder(folder, manifest.id) / MANIFEST_FILE, content)
    missing, room = dict(manifest.files), LARGEST_CONTENT
    while (info := next_header(stream, archive)) is not None:
        if info.name not in missing:
            raise ModelError(f"{archive} holds {info.name!r}, which its manifest does not list; {CURE}")
        room -= info.size
        if room < 0:
            raise ModelError(f"{archive} unpacks to more than {LARGEST_CONTENT >> 30} GiB; no bundle does")
        if copy(stream, info.size, folder / info.name) != missing.pop(info.name):
            raise ModelError(f"{archive}: {info.name} is damaged (SHA-256 differs); {CURE}")
    if missing:
        raise ModelError(f"{archive}: {min(missing)} is missing; {CURE}")
    rest = stream.read(CHUNK)  # to the end, where gzip checks its own sum
    if any(rest) or stream.read(1):
        raise ModelError(f"{archive} goes on after its end; {CURE}")
    return manifest


def next_header(stream: gzip.GzipFile, archive: Path) -> tarfile.TarInfo | None:
    """The next file's header, or None at the end of the archive."""
    block = stream.read(BLOCK)
    if len(block) < BLOCK:
        raise EOFError
    if not any(block):
        return None
    info = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    if info.type not in tarfile.REGULAR_TYPES or info.size < 0:
        raise ModelError(f"{archive} holds {info.name!r}, which is no regular file; {CURE}")
    return info


def copy(stream: gzip.GzipFile, size: int, path: Path) -> str:
    """Write the next bytes into a new file and return their SHA-256; memory is one chunk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    left = size
    with path.open("xb") as file:
        while left:
            chunk = stream.read(min(left, CHUNK))
            if not chunk:
                raise EOFError
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
    stream.read(-size % BLOCK)
    return digest.hexdigest()


def write_new(path: Path, content: bytes) -> None:
    """Write a file into a folder that is made for it."""
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
