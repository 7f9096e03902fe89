import os
import signal
import subprocess
import sys
import time

import pytest

from store.lance import connect
from tests.pipeline.support.command import CONFIG, ROOT, SAMPLE


def contents(rubrika):
    """Every table of the store as rows, ordered; what a run must not change."""
    db = connect(str(rubrika.home / "store"))
    tables = [name for name in db.list_tables().tables if name.split("_")[0] in {"vectors", "lexical", "splits"}]
    return {name: sorted(db.open_table(name).to_arrow().to_pylist(), key=lambda row: row["id"]) for name in tables}


@pytest.fixture
def navec(monkeypatch):
    monkeypatch.setenv("RUBRIKA_ENCODER__NAME", "navec-news")


@pytest.mark.usefixtures("navec")
def test_nothing_is_embedded_twice_and_only_what_is_missing_at_all(empty, tmp_path):
    lines = (SAMPLE / "crawl.tsv").read_bytes()
    (tmp_path / "part.tsv").write_bytes(lines[: len(lines) // 2])
    empty.json("ingest", tmp_path / "part.tsv")
    first = empty.json("embed")
    assert first["encoder"] == "navec-news"
    assert (first["embedded"] > 100, first["cached"]) == (True, 0)
    empty.json("ingest", SAMPLE / "crawl.tsv")
    second = empty.json("embed")
    assert second["cached"] == first["embedded"]
    third = empty.json("embed")
    assert (third["embedded"], third["cached"]) == (0, second["embedded"] + second["cached"])


@pytest.mark.usefixtures("navec")
@pytest.mark.parametrize("windows", [0, 1, 2])
def test_a_killed_embed_goes_on_and_ends_as_if_it_had_never_stopped(trained, empty, monkeypatch, windows):
    empty.json("ingest", SAMPLE / "crawl.tsv")
    script = (
        "import pipeline.cli, pipeline.embed.embed as embed; embed.WINDOW_ROWS = 64; add = embed.Vectors.add\n"
        "def slow(*given):\n"
        "    stored = add(*given); print('window', flush=True); import time; time.sleep(0.2); return stored\n"
        "pipeline.embed.embed.Vectors.add = slow; pipeline.cli.main()"
    )
    command = [sys.executable, "-c", script, "--home", empty.home, "--config", CONFIG, "embed"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for _ in range(windows):
        process.stdout.readline()
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    done = empty.json("embed")
    assert done["cached"] >= 64 * windows
    assert done["embedded"] + done["cached"] == 516
    assert contents(empty) == contents(trained)


def test_auto_without_a_hub_takes_navec_says_why_in_one_line_and_remembers(empty, monkeypatch, capfd):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(empty.home / "no-cache"))
    empty.json("ingest", SAMPLE / "crawl.tsv")
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "--home", empty.home, "--config", CONFIG]
    errors = subprocess.run([*command, "embed"], cwd=ROOT, capture_output=True, text=True, check=True).stderr
    assert "encoder auto: navec-news, because rubert-tiny2 cannot be had" in errors
    assert (
        "auto" not in subprocess.run([*command, "embed"], cwd=ROOT, capture_output=True, text=True, check=True).stderr
    )


def test_near_duplicates_of_the_sample_share_a_cluster_and_a_part(trained):
    rows = trained.json(
        "sql", "SELECT cluster, count(*) n, count(DISTINCT part) parts FROM articles GROUP BY 1 HAVING n > 1"
    )
    assert 30 <= len(rows) <= 40
    assert all(row["parts"] == 1 for row in rows)


def test_the_test_part_holds_the_newest_articles(trained):
    """But for reprints, which follow their original."""
    rows = trained.json(
        "sql", "SELECT part, published_at FROM articles WHERE published_at IS NOT NULL AND cluster = id"
    )
    tested = [row["published_at"] for row in rows if row["part"] == "test"]
    others = [row["published_at"] for row in rows if row["part"] != "test"]
    assert sum(date > min(tested) for date in others) <= 3
    assert 0.18 < len(tested) / len(rows) < 0.25
