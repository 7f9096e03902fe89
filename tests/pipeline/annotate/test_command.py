"""The command as a process: killed in the middle, interrupted, and with a key that must not leak."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.journal import whole_lines
from tests.pipeline.support.annotating import CATEGORIES, article, desk, model_server
from tests.pipeline.support.command import Rubrika

RUBRIKA = Path(sys.executable).with_name("rubrika")
KEY = "sk-proj-Zq81xTeStOnLy0KeY77"


def config(folder):
    """A settings file with the test's categories."""
    tables = [f'[categories.{key}]\ntitle = "{one["title"]}"\n' for key, one in CATEGORIES.items()]
    file = folder / "rubrika.toml"
    file.write_text("".join(tables), encoding="utf-8")
    return file


def command(made, *arguments, key=None, **annotator):
    """How to call ``rubrika annotate`` on a desk's home, in another process."""
    settings = made.settings.annotator.model_dump() | annotator
    environment = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    environment |= {f"RUBRIKA_ANNOTATOR__{name.upper()}": str(value) for name, value in settings.items() if value != ""}
    environment |= {"OPENAI_API_KEY": key} if key else {}
    file = config(made.path.parent)
    call = [RUBRIKA, "--home", made.path, "--config", file, "annotate", "--json", *arguments]
    return {"args": call, "env": environment, "cwd": made.path.parent}


def wait_for(lines, made):
    """Wait until a run has written down so many calls."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        files = list((made.path / "annotating").glob("*.jsonl"))
        if sum(len(whole_lines(file)) for file in files) >= lines:
            return
        time.sleep(0.01)
    raise AssertionError("the run wrote nothing down")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_goes_on_and_asks_no_answer_twice(tmp_path, how):
    with model_server("--delay", "0.02") as server:
        made = desk(tmp_path / "home", [article(f"k{n}") for n in range(120)], server.base_url)
        first = subprocess.Popen(**command(made), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for(30, made)
        first.send_signal(how)
        _, said = first.communicate()
        if how is signal.SIGINT:
            assert first.returncode == 130
            assert "run the same command again to go on" in said
            assert 30 <= len(made.generations()) < 120
        done = made.annotate()
        # The run that was killed had at most its calls under way without a line, four here.
        assert sum(count - 1 for count in server.counts()["asked"].values()) <= 4
        assert 120 - 30 >= done.asked == done.labelled > 0
        assert len(made.generations()) == 120
        assert len(made.labels()) == 360
        assert made.annotate().asked == 0


def contents(home):
    """All bytes under a home, and all that its tables hold, which may be packed on disk."""
    yield from (file.read_bytes() for file in home.path.rglob("*") if file.is_file())
    for name in home.db.list_tables().tables:
        yield str(home.db.open_table(name).to_arrow().to_pylist()).encode()


def test_the_key_is_sent_and_never_kept_or_shown(tmp_path):
    faults = ["echo", "500*", "429", "garbage", "500", ""]
    with model_server() as server:
        rows = [article(f"s{n}", faults=fault) for n, fault in enumerate(faults)]
        made = desk(tmp_path / "home", rows, server.base_url, retries=1)
        arguments = ["--export", str(tmp_path / "table.csv")]
        ended = subprocess.run(**command(made, *arguments, key=KEY), capture_output=True)
        assert ended.returncode == 0, ended.stderr
        assert "Bearer [key]" in {row["raw"] for row in made.generations()}
        assert "come later, Bearer [key]" in {row["raw"] for row in made.generations()}
        said = [ended.stdout, ended.stderr, (tmp_path / "table.csv").read_bytes(), *contents(made.home)]
        assert not any(KEY.encode() in part for part in said)


@pytest.mark.parametrize("status", [401, 404])
def test_an_error_does_not_show_the_key_that_the_server_quotes(tmp_path, status):
    with model_server("--refuse", str(status)) as server:
        made = desk(tmp_path / "home", [article("e")], server.base_url, retries=0)
        ended = subprocess.run(**command(made, key=KEY), capture_output=True, text=True)
        assert ended.returncode == 3
        assert f"answered {status}: refused: Bearer [key]" in ended.stderr
        assert KEY not in ended.stdout + ended.stderr
        assert ended.stderr.count("\n") == 1


def test_the_key_in_place_of_its_variable_s_name_is_refused_unseen(tmp_path):
    made = desk(tmp_path / "home", [article("v")])
    ended = subprocess.run(**command(made, api_key_env=KEY), capture_output=True, text=True)
    assert ended.returncode == 2
    assert "annotator.api_key_env is no name of an environment variable" in ended.stderr
    assert KEY not in ended.stderr


def test_a_person_reads_what_was_done_and_what_it_would_cost(tmp_path, monkeypatch):
    with model_server() as server:
        made = desk(tmp_path / "home", [article("w1"), article("w2", "?")], server.base_url)
        for name, value in {"BASE_URL": server.base_url, "MODEL": "tiny", "PRICE_IN": "1000"}.items():
            monkeypatch.setenv(f"RUBRIKA_ANNOTATOR__{name}", value)
        rubrika = Rubrika(made.path, config(tmp_path))
        assert rubrika("annotate", "--dry-run").out.startswith("llm:tiny: 2 articles, about ")
        assert rubrika.json("annotate", "--dry-run")["articles"] == 2
        done = rubrika("annotate", "--sample", "stratified")
        assert "llm:tiny: asked 2 = labelled 1 + corrupted 1; 620 tokens, cost 0.60;" in done.out
        assert "corrupted answers gave no label" in done.out
        said = rubrika.json("annotate")
        assert {key: said[key] for key in ("asked", "labelled", "corrupted", "tokens")} == dict.fromkeys(
            ("asked", "labelled", "corrupted", "tokens"), 0
        )
