"""Journal: lines that are on disk at once, for results too costly to lose while they wait to be stored in bulk.

A line survives ``kill -9`` of the process from the moment :meth:`Journal.append` returns; the system writes it to the
disk some seconds later, so that a power cut may take the last of them. One process writes at a time.
"""

from __future__ import annotations

import fcntl
import json
import threading
from collections.abc import Callable, Iterator
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from store.errors import StoreError

Record = TypeVar("Record")


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
        # A lock of the kernel, not a file that says "taken": it goes with the process, also after `kill -9`.
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.lock.close()
            raise StoreError(f"another process is writing {folder}; wait until it ends, or stop it", 2) from error
        self.left = files_of(folder)
        self.file = self._next(file_number(self.left[-1]) + 1 if self.left else 1)

    def append(self, record: dict[str, Any]) -> bool:
        """Write one line through to the system; False, and nothing done, when the journal is closed already."""
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        with self.writing:
            if self.file.closed:
                return False
            # No fsync: it would cost milliseconds a call, and a killed process loses nothing that the kernel has.
            self.file.write(line)
            self.file.flush()
        return True

    def take(self, read: Callable[[dict[str, Any]], Record]) -> tuple[list[Path], list[Record]]:
        """Close the file being written, begin another, and read all that is closed.

        Parameters
        ----------
        read
            What makes a record of a line; it may raise KeyError, TypeError or ValueError.

        Returns
        -------
        list of Path, list
            The closed files, to be given to :meth:`drop` once their records are safe, and the records. The last line of
            a file may have been torn by a kill; it is left out.

        Raises
        ------
        StoreError
            For a line that is not a record (exit code 2); nothing is lost then.
        """
        # Read before the file is changed: a line that cannot be read raises while nothing has moved yet.
        earlier = [record for file in self.left for record in records_in(file, read)]
        with self.writing:
            self.file.close()
            written = Path(self.file.name)
            self.file = self._next(file_number(written) + 1)
        files = [*self.left, written]
        self.left = []
        return files, [*earlier, *records_in(written, read)]

    def drop(self, files: list[Path]) -> None:
        """Forget closed files."""
        for file in files:
            file.unlink()

    def _next(self, place: int) -> BufferedWriter:
        # Appended, never truncated: if the number should be taken after all, its lines stay.
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


def waiting(folder: Path, read: Callable[[dict[str, Any]], Record]) -> list[Record]:
    """Read what a journal holds now, be it open elsewhere or not; nothing is moved, see :meth:`Journal.take`."""
    return [record for file in files_of(folder) for record in records_in(file, read)]


def files_of(folder: Path) -> list[Path]:
    """The files of a journal in their order; what else lies in its folder is not its own."""
    return sorted((file for file in folder.glob("*.jsonl") if file.stem.isdecimal()), key=file_number)


def file_number(file: Path) -> int:
    """The number that a journal's file is named by."""
    return int(file.stem)


def records_in(file: Path, read: Callable[[dict[str, Any]], Record]) -> Iterator[Record]:
    """The records of a file; of one that was moved into the store meanwhile, none.

    Raises
    ------
    StoreError
        For a line that is not a record (exit code 2).
    """
    for place, line in enumerate(whole_lines(file), 1):
        try:
            yield read(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            what = f"{file}, line {place}: is not a record of this journal: {line[:40].decode(errors='replace')!r}"
            raise StoreError(f"{what}; mend or delete that line, then run again", exit_code=2) from error


def whole_lines(file: Path) -> list[bytes]:
    """The lines of a file that were written to their end; none where the file is gone."""
    try:
        # Every line ends in a newline, so what stands behind the last one was cut off by a kill.
        *whole, _torn = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    return whole
