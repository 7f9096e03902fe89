import subprocess
import sys
import threading

import pytest

from store.errors import StoreError
from store.journal import Journal, waiting

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
        _, records = journal.take(dict)
    assert [record["number"] for record in records] == list(range(100))


def test_a_line_torn_by_a_kill_is_left_out(tmp_path):
    (tmp_path / "3.jsonl").write_bytes(b'{"a": 1}\n{"a": "\xd0')
    with Journal(tmp_path) as journal:
        journal.append({"a": 2})
        files, records = journal.take(dict)
        assert records == [{"a": 1}, {"a": 2}]
        journal.drop(files)
    assert list(tmp_path.glob("*.jsonl")) == []


def test_what_was_taken_and_not_dropped_comes_again(tmp_path):
    with Journal(tmp_path) as journal:
        journal.append({"a": 1})
        journal.take(dict)
        journal.append({"a": 2})
    with Journal(tmp_path) as journal:
        assert journal.take(dict)[1] == [{"a": 1}, {"a": 2}]


def test_lines_of_many_threads_stay_whole_while_others_are_taken(tmp_path):
    with Journal(tmp_path) as journal:
        writers = [
            threading.Thread(target=lambda name=name: [journal.append({"writer": name, "n": n}) for n in range(50)])
            for name in range(8)
        ]
        for writer in writers:
            writer.start()
        records = [record for _ in range(5) for record in journal.take(dict)[1]]
        for writer in writers:
            writer.join()
        records += journal.take(dict)[1]
    assert sorted((record["writer"], record["n"]) for record in records) == [
        (w, n) for w in range(8) for n in range(50)
    ]


def test_one_process_writes_at_a_time_and_a_closed_journal_takes_nothing(tmp_path):
    busy = pytest.raises(StoreError, match=r"another process is writing .*; wait until it ends, or stop it")
    with Journal(tmp_path) as journal, busy:
        Journal(tmp_path)
    assert not journal.append({"a": 1})


@pytest.mark.parametrize(
    ("line", "shown"), [(b"garbage", "'garbage'"), (b'{"b": 1}', '{"b": 1}'), (b"5", "'5'"), (b"\xff", "'�'")]
)
def test_a_damaged_line_is_named_and_nothing_is_lost(tmp_path, line, shown):
    (tmp_path / "3.jsonl").write_bytes(b'{"a": 1}\n' + line + b"\n")
    with Journal(tmp_path) as journal, pytest.raises(StoreError) as caught:
        journal.take(lambda record: record["a"])
    message = f"{tmp_path / '3.jsonl'}, line 2: is not a record of this journal: "
    assert str(caught.value).startswith(message)
    assert shown in str(caught.value)
    assert str(caught.value).endswith("; mend or delete that line, then run again")
    assert caught.value.exit_code == 2
    (tmp_path / "3.jsonl").write_bytes(b'{"a": 1}\n')
    with Journal(tmp_path) as journal:
        assert journal.take(lambda record: record["a"])[1] == [1]


def test_a_file_that_is_not_the_journal_s_is_left_alone(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"mine")
    with Journal(tmp_path) as journal:
        journal.append({"a": 1})
        files, records = journal.take(dict)
        journal.drop(files)
    assert records == [{"a": 1}]
    assert (tmp_path / "x.jsonl").read_bytes() == b"mine"


def test_what_waits_can_be_read_while_another_writes(tmp_path):
    assert waiting(tmp_path / "none", dict) == []
    with Journal(tmp_path) as journal:
        journal.append({"a": 1})
        assert waiting(tmp_path, dict) == [{"a": 1}]
        assert journal.take(dict)[1] == [{"a": 1}]
