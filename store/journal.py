"""Journal: lines that are on disk at once, for results too costly to lose while they wait to be stored in bulk.

A line survives ``kill -9`` of the process from the moment :meth:`Journal.append` returns. One process writes at a time.
"""

from __future__ import annotations

import fcntl
import json
import threading
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Any

from store.errors import StoreError


class Journal:
    """JSON lines in numbered files of one folder; safe for several threads.

    Parameters
    ----------
    folder
        Made when it is missing.

    Raises
    ------
    StoreError
        When another process has the journal open (exit code 2), or the folder cannot be made (exit code 3).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writing = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.lock = (folder / "lock").open("w")
        except OSError as error:
            raise StoreError(f"journal {folder}: {error.strerror}; choose another folder with --home", 3) from error
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.lock.close()
            raise StoreError(f"another process is writing {folder}; wait until it ends, or stop it", 2) from error
        self.left = sorted(folder.glob("*.jsonl"), key=number)
        self.file = self._next(number(self.left[-1]) + 1 if self.left else 1)

    def append(self, record: dict[str, Any]) -> bool:
        """Write one line through to the system; False, and nothing done, when the journal is closed already."""
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        with self.writing:
            if self.file.closed:
                return False
            self.file.write(line)
            self.file.flush()
        return True

    def take(self) -> tuple[list[Path], list[dict[str, Any]]]:
        """Close the file being written, begin another, and read all that is closed.

        Returns
        -------
        list of Path, list of dict
            The closed files, to be given to :meth:`drop` once their records are safe, and the records. The last line of
            a file may have been torn by a kill; it is left out.
        """
        with self.writing:
            self.file.close()
            written = Path(self.file.name)
            self.file = self._next(number(written) + 1)
        files = [*self.left, written]
        self.left = []
        return files, [json.loads(line) for file in files for line in whole_lines(file)]

    def drop(self, files: list[Path]) -> None:
        """Forget closed files."""
        for file in files:
            file.unlink()

    def _next(self, place: int) -> BufferedWriter:
        return (self.folder / f"{place}.jsonl").open("ab")

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self.writing:
            self.file.close()
            written = Path(self.file.name)
            if not written.stat().st_size:
                written.unlink()
        self.lock.close()


def number(file: Path) -> int:
    """The number that a journal's file is named by."""
    return int(file.stem)


def whole_lines(file: Path) -> list[bytes]:
    """The lines of a file that were written to their end."""
    *whole, _torn = file.read_bytes().split(b"\n")
    return whole
