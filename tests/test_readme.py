"""The READMEs promise nothing that is not there."""

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from pipeline.cli import app

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.ru.md", ROOT / "CONTRIBUTING.md"]


def commands(path):
    """Every command line in the code blocks, without what a pipe or `&&` joins it to."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text(encoding="utf-8"), flags=re.M | re.S):
        for line in [] if language else block.splitlines():
            words = shlex.split(line, comments=True)
            while words:
                end = next((place for place, word in enumerate(words) if word in {"&&", "|", ">"}), len(words))
                if words[0] in {"rubrika", "make"}:
                    yield words[:end]
                words = words[end + 1 :]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_exists_with_its_options(path):
    found = list(commands(path))
    assert found
    for program, *words in found:
        if program == "make":
            subprocess.run(["make", "-n", *words], cwd=ROOT, check=True, capture_output=True)
            continue
        command, context = app, click.Context(app)
        while isinstance(command, click.Group):
            name, *words = words
            command = command.get_command(context, name)
            assert command is not None, name
        command.make_context(command.name, words, resilient_parsing=False)


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_file_and_picture_that_is_named_is_there(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("http") or (ROOT / link).exists(), link
    assert "@@" not in text


def test_both_languages_have_the_same_commands_and_figures():
    english, russian = (path.read_text(encoding="utf-8") for path in READMES[:2])
    assert list(commands(READMES[0])) == list(commands(READMES[1]))
    figures = re.findall(r"(?<=\| )\*{0,2}\.\d+", english)
    assert [figure.replace(".", "0,") for figure in figures] == re.findall(r"(?<=\| )\*{0,2}0,\d+", russian)
