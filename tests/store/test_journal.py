import subprocess
import sys
import threading

import pytest

from store.errors import StoreError
from store.journal import Journal

WRITER = """
import os, signal, sys
from pathlib import Path
from store.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(100):
    journal.append({"number": number})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_every_line_that_was_appended_survives_a_kill(tmp_path):
    killed = subprocess.run([sys.executable, "-c", WRITER, tmp_path])
    assert killed.returncode == -9
    with Journal(tmp_path) as journal:
        _, records = journal.take()
    assert [record["number"] for record in records] == list(range(100))


def test_a_line_torn_by_a_kill_is_left_out(tmp_path):
    (tmp_path / "3.jsonl").write_bytes(b'{"a": 1}\n{"a": "\xd0')
    with Journal(tmp_path) as journal:
        journal.append({"a": 2})
        files, records = journal.take()
        assert records == [{"a": 1}, {"a": 2}]
        journal.drop(files)
    assert list(tmp_path.glob("*.jsonl")) == []


def test_what_was_taken_and_not_dropped_comes_again(tmp_path):
    with Journal(tmp_path) as journal:
        journal.append({"a": 1})
        journal.take()
        journal.append({"a": 2})
    with Journal(tmp_path) as journal:
        assert journal.take()[1] == [{"a": 1}, {"a": 2}]


def test_lines_of_many_threads_stay_whole_while_others_are_taken(tmp_path):
    with Journal(tmp_path) as journal:
        writers = [
            threading.Thread(target=lambda name=name: [journal.append({"writer": name, "n": n}) for n in range(50)])
            for name in range(8)
        ]
        for writer in writers:
            writer.start()
        records = [record for _ in range(5) for record in journal.take()[1]]
        for writer in writers:
            writer.join()
        records += journal.take()[1]
    assert sorted((record["writer"], record["n"]) for record in records) == [
        (w, n) for w in range(8) for n in range(50)
    ]


def test_one_process_writes_at_a_time_and_a_closed_journal_takes_nothing(tmp_path):
    busy = pytest.raises(StoreError, match=r"another process is writing .*; wait until it ends, or stop it")
    with Journal(tmp_path) as journal, busy:
        Journal(tmp_path)
    assert not journal.append({"a": 1})
