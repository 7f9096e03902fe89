"""The wheel works from any folder, without the repository."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.pipeline.support.command import ROOT, SAMPLE

SOURCES = ("pyproject.toml", "README.md", "rubrika.toml", "rubrika.py", "pipeline", "store", "models", "service")
SCRIPT = """
import pathlib, sys
import rubrika, pipeline.cli
assert pathlib.Path(rubrika.__file__).is_relative_to(sys.argv[1]), rubrika.__file__
assert pathlib.Path(pipeline.cli.__file__).is_relative_to(sys.argv[1]), pipeline.cli.__file__
sys.argv = ["rubrika", *sys.argv[2:]]
pipeline.cli.main()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with what the wheel installs, and nothing else of the repository."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    for name in SOURCES:  # a copy: building leaves files behind
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", target, source], check=True, cwd=target)
    return target


@pytest.fixture
def call(site, tmp_path):
    """Run a command of the installed wheel in an empty folder."""

    def run(*arguments):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RUBRIKA_")}
        command = [sys.executable, "-c", SCRIPT, site, *arguments]
        environment |= {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
        result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_a_newsroom_begins_in_an_empty_folder(call, tmp_path):
    call("init")
    assert "[categories.politics]" in (tmp_path / "rubrika.toml").read_text(encoding="utf-8")
    assert "quarantined" in call("ingest", SAMPLE / "crawl.tsv")
    assert '"articles"' in call("report", "data", "--json")
    assert "politics" in call("category", "list")
    assert (tmp_path / "var" / "store").is_dir()
