"""Fixtures: a tiny home with three categories trained, and what its story grows from."""

import shutil

import pytest

from pipeline.setup.home import open_home
from pipeline.train.train import train
from tests.pipeline.support.homes import label, tiny_home, tiny_settings

THREE = ["politics", "economy", "culture"]


def quiet(line):
    """Say nothing."""


@pytest.fixture(scope="session")
def tiny_trained(tmp_path_factory):
    """Three categories trained on tiny data; tests copy it."""
    path = tmp_path_factory.mktemp("tiny")
    settings = tiny_settings(path, THREE)
    home = tiny_home(settings)
    label(home, *THREE)
    train(home, settings, say=quiet)
    return path


@pytest.fixture
def tiny(tiny_trained, tmp_path):
    """A home of three trained categories that a test may change, with its settings."""
    shutil.copytree(tiny_trained, tmp_path / "home")
    settings = tiny_settings(tmp_path / "home", THREE)
    return open_home(settings), settings
