import json
from pathlib import Path

import pytest

from pipeline.crawl import Rejected, Row, read_crawl
from pipeline.setup.errors import PipelineError

GOOD = {
    "source": "a.example",
    "headline": "Мост",
    "content": "Мост\nоткрыли.",
    "timestamp": 1598900000.0,
    "politics": 1,
}


@pytest.fixture
def read(tmp_path: Path):
    def read(*lines: object) -> list[Row]:
        path = tmp_path / "crawl.jsonl"
        written = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        path.write_bytes(b"\n".join(written))
        return list(read_crawl(path, "Europe/Moscow"))

    return read


def test_objects_become_articles(read) -> None:
    row = read(GOOD, b"", GOOD)[1]
    assert (row.article.title, row.article.text) == ("Мост", "Мост\nоткрыли.")
    assert (row.article.published_raw, row.article.published_at.isoformat()) == (
        "1598900000",
        "2020-08-31T18:53:20+00:00",
    )
    assert (row.line, row.labels) == (3, {"politics": "1"})


def test_labels_are_strings_as_in_a_table(read) -> None:
    labels = {"a": True, "b": False, "c": None, "d": 1.0, "e": ["x"], "f": "\ud800", "g": float("nan"), "h": 0.5}
    assert read({**GOOD, **labels})[0].labels == {
        "politics": "1", "a": "1", "b": "0", "c": "", "d": "1", "e": '["x"]', "f": "?", "g": "", "h": "0.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"source": "a.example", "text": "cut', "broken JSON"),
        (b'["a", "list"]', "broken JSON"),
        (b'"a string"', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"text": ' + b"1" * 5000 + b"}", "broken JSON"),
        (b'{"source": "a.example", "text": "\xff"}', "undecodable bytes"),
        (b'{"source": "a.example", "title": "x"}', "no text"),
        (b'{"source": null, "text": "x"}', "no source"),
        (b'{"source": "a.example", "text": null}', "no text"),
    ],
)
def test_broken_line_is_one_rejected_row(read, line: bytes, reason: str) -> None:
    before, broken, after = read(GOOD, line, GOOD)
    assert broken == Rejected(line + b"\n", 2, reason)
    assert before.article == after.article


def test_line_too_large_is_one_rejected_row(read, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.crawl.files.MAX_RECORD", 300)
    rows = read(GOOD, {**GOOD, "content": "x" * 10_000}, GOOD)
    assert [isinstance(row, Rejected) for row in rows] == [False, True, False]
    assert (rows[1].reason, len(rows[1].raw), rows[2].line) == ("record too large", 300, 3)


def test_file_without_text_is_refused(read) -> None:
    with pytest.raises(PipelineError, match="no text column; its columns are source, title, note; name it"):
        read({"source": "a.example", "title": "Мост"}, {"source": "a.example", "note": "x"})
