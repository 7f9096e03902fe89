"""Whatever is wrong is said in one line, with the exit code that fits."""

import gzip
import os
import subprocess
import sys

import pytest

from tests.pipeline.support.command import ROOT, SAMPLE, Rubrika


def said(rubrika, *arguments):
    result = rubrika(*arguments)
    assert result.err.strip().count("\n") == 0, result.err
    assert result.err.lstrip().startswith("rubrika: ")
    return result.code, result.err.lstrip()


def test_a_missing_file(empty):
    code, line = said(empty, "ingest", SAMPLE / "crawl.csv")
    assert code == 2
    assert "crawl.tsv" in line


@pytest.mark.parametrize(
    ("name", "content", "code", "word"),
    [
        ("empty.tsv", b"", 1, "empty"),
        ("picture.tsv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, "picture"),
        ("list.tsv", b"one\ntwo\nthree\n", 1, "no header that is understood"),
        ("notes.docx", b"text", 2, ".tsv"),
        ("cut.tsv.gz", gzip.compress(b"a\tb\tc\t2024-01-01\n" * 500, mtime=0)[:40], 1, "gz"),
        ("wide.csv", b"a,b\n1,2\n", 1, "text"),
    ],
)
def test_a_file_that_is_no_crawl(empty, tmp_path, name, content, code, word):
    path = tmp_path / name
    path.write_bytes(content)
    found, line = said(empty, "ingest", path)
    assert found == code
    assert name in line
    assert word in line


def test_an_encoder_folder_that_is_none(empty, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("RUBRIKA_ENCODER__NAME", str(tmp_path / "folder"))
    assert empty("ingest", SAMPLE / "crawl.tsv").code == 0
    code, line = said(empty, "embed")
    assert code == 2
    assert "folder" in line
    assert "modules.json" in line


def test_nothing_ingested_and_nothing_embedded(empty):
    assert said(empty, "embed") == (1, f"rubrika: no articles in {empty.home} yet; run: rubrika ingest FILE\n")
    code, line = said(empty, "train")
    assert code == 1
    assert "rubrika embed" in line


@pytest.mark.parametrize("command", ["embed", "train", "evaluate", "suggest", "label-errors", "history", "sql SELECT"])
def test_a_mistyped_home_is_told_and_not_made(tmp_path, command):
    code, line = said(Rubrika(tmp_path / "mistyped"), *command.split())
    assert code == 1
    assert line.startswith(f"rubrika: no home at {tmp_path / 'mistyped'} yet; begin with: rubrika ingest FILE")
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize("command", [("annotate", "--dry-run"), ("sql", "FROM articles"), ("report", "data")])
def test_damaged_files_of_the_store_are_one_line(copy, command):
    for file in (copy.home / "store" / "articles.lance" / "data").glob("*.lance"):
        file.write_bytes(file.read_bytes()[:2000])
    code, line = said(copy, *command)
    assert code == 3
    assert line.startswith("rubrika: cannot read articles, its files are damaged: ")
    assert line.endswith("put a copy of the store back, or read the crawl again into another --home\n")
    assert line.count("\n") == 1


def test_a_home_that_is_a_file(tmp_path):
    (tmp_path / "home").write_text("")
    code, line = said(Rubrika(tmp_path / "home"), "ingest", SAMPLE / "crawl.tsv")
    assert code == 3
    assert "choose another with --home" in line


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 200 kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True, check=False
    )
    if os.geteuid() or mounted.returncode:
        pytest.skip("mounting needs root")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(tiny_disk):
    code, line = said(Rubrika(tiny_disk / "home"), "ingest", SAMPLE / "crawl.tsv")
    assert code == 3
    assert "the disk is full; free some space and run the same command again" in line


def test_an_unknown_command_and_option(empty):
    assert said(empty, "trian") == (2, "rubrika: No such command 'trian'. Did you mean 'train'?; see: rubrika --help\n")
    assert said(empty, "train", "--chose")[0] == 2


def test_ctrl_c_says_how_to_go_on(empty, monkeypatch):
    monkeypatch.setattr("pipeline.setup.home.connect", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert said(empty, "train") == (130, "rubrika: stopped; nothing is lost, run the same command again to go on\n")


def test_help_shows_examples_of_every_command():
    import click

    from pipeline.cli import app

    def commands(group, path):
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from commands(command, [*path, name])
            else:
                yield [*path, name], command

    for path, command in commands(app, ["rubrika"]):
        assert command.help, path
        assert command.epilog, path
        assert command.epilog.count("rubrika") >= 2, path
        assert " ".join(path[1:]) in command.epilog, path


def test_help_imports_nothing_heavy():
    heavy = "lancedb, lance, sklearn, torch, pyarrow, duckdb, pydantic, sentence_transformers, lightgbm, faiss, rich"
    script = (
        "import sys; from pipeline.cli import app\n"
        "try: app(['--help'])\n"
        f"except SystemExit: print(sorted(set(sys.modules) & set('{heavy}'.split(', '))), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"
