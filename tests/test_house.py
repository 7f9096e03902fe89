"""The house is as it is drawn: rooms on floors, each command in a room of its name."""

from pathlib import Path

import click
import pytest

from pipeline.cli import app

PIPELINE = Path(__file__).parents[1] / "pipeline"
# Commands whose room holds a family of them, or that are too small for one of their own.
FAMILIES = {
    "bundle": "bundles",
    "category": "categories",
    "config": "setup",
    "explain": "predict",
    "history": "bundles",
    "init": "setup",
    "report": "survey",
    "similar": "predict",
}


def room_of(command):
    """The folder whose command.py registers a command."""
    callback = command.callback
    module = callback.__module__
    assert module.endswith(".command"), module
    return module.split(".")[-2]


@pytest.mark.parametrize("name", app.commands)
def test_a_command_lives_in_the_room_of_its_name(name):
    assert room_of(app.commands[name]) == FAMILIES.get(name, name.replace("-", "_"))


@pytest.mark.parametrize("name", app.commands)
def test_a_room_has_its_command_its_verb_and_its_show(name):
    command = app.commands[name]
    room = PIPELINE.joinpath(*command.callback.__module__.split(".")[1:-1])
    assert (room / "show.py").is_file()
    if name not in FAMILIES and not isinstance(command, click.Group):
        assert (room / f"{room.name}.py").is_file()


def test_there_are_few_rooms():
    entries = {path.name for path in PIPELINE.iterdir()} - {"__init__.py", "__pycache__"}
    assert len(entries) <= 14 + len(entries & {"monitor", "experiment"})


def test_every_package_is_a_room_and_says_what_it_is_for():
    for package in PIPELINE.rglob("__init__.py"):
        assert package.read_text(encoding="utf-8").startswith('"""'), package
