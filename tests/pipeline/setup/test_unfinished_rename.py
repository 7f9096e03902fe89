"""While a rename is half done, labels are under two keys: nothing is made of them, by any command."""

import click
import pytest

from pipeline.categories.rename import rename_category
from pipeline.cli import app
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import open_home
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import Desk

# What finishes the rename, what only looks, and what opens no home.
FREE = {("category", "rename"), ("sql",), ("config", "show"), ("init",)}
FINISH = "finish it first: rubrika category rename culture arts"


def leaves(command, path=()):
    if isinstance(command, click.Group):
        return [leaf for name, child in command.commands.items() for leaf in leaves(child, (*path, name))]
    needed = [parameter for parameter in command.params if isinstance(parameter, click.Argument) and parameter.required]
    return [(path, needed)]


CALLS = {path: ["a" for parameter in needed for _ in range(abs(parameter.nargs))] for path, needed in leaves(app)}
OPTIONS = {
    ("category", "add"): ["--title", "А"],
    ("bundle", "export"): ["--onnx", "a.onnx"],
}


@pytest.fixture
def half_renamed(tmp_path, monkeypatch):
    desk = Desk(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.categories.rename.move", interrupt)
        with pytest.raises(KeyboardInterrupt):
            rename_category(desk.home, desk.settings, desk.file, "culture", "arts", None)
    return desk


def interrupt(*_):
    raise KeyboardInterrupt


def test_every_command_says_how_to_finish_the_rename(half_renamed):
    rubrika = Rubrika(half_renamed.home.path, half_renamed.file)
    results = {
        path: rubrika(*path, *arguments, *OPTIONS.get(path, ()))
        for path, arguments in CALLS.items()
        if path not in FREE
    }
    assert {path: result.err for path, result in results.items() if FINISH not in result.err} == {}
    assert {result.code for result in results.values()} == {1}


def test_looking_and_finishing_go_on(half_renamed):
    rubrika = Rubrika(half_renamed.home.path, half_renamed.file)
    assert rubrika("sql", "SELECT 1 AS answer").code == 0
    assert rubrika("category", "rename", "culture", "arts").code == 0
    assert rubrika("category", "list").code == 0


def test_a_home_opened_in_python_refuses_alike(half_renamed):
    with pytest.raises(PipelineError, match=FINISH):
        open_home(half_renamed.settings)
