import os
import shutil

import hypothesis
import pytest

from tests.pipeline.support.command import SAMPLE, Rubrika

hypothesis.settings.register_profile("any machine", deadline=None)  # nothing asserts a time: machines are busy
hypothesis.settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def no_settings_from_outside():
    """The shell that runs the tests may have settings of its own: `make` exports RUBRIKA_HOME."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("RUBRIKA_") and name != "RUBRIKA_TEST_RUBERT"]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def encoders(tmp_path_factory):
    """A folder where navec-news is built once for all tests."""
    return tmp_path_factory.mktemp("encoders")


@pytest.fixture(scope="session")
def trained(tmp_path_factory, encoders):
    """The bundled sample ingested, embedded, labelled, trained and evaluated; tests only read it."""
    home = tmp_path_factory.mktemp("trained")
    (home / "encoders").symlink_to(encoders)
    rubrika = Rubrika(home)
    steps = ([("ingest", SAMPLE / "crawl.tsv"), ("embed",)], [("labels", "import", SAMPLE / "labels.csv"), ("train",)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRIKA_ENCODER__NAME", "navec-news")
        for step in [*steps[0], *steps[1], ("evaluate",)]:
            result = rubrika(*step)
            assert result.code == 0, result.err
    return rubrika


@pytest.fixture
def copy(trained, tmp_path):
    """A copy of the trained home that a test may change."""
    shutil.copytree(trained.home, tmp_path / "home", symlinks=True)
    return Rubrika(tmp_path / "home")


@pytest.fixture
def empty(tmp_path, encoders):
    """An empty home beside built encoders."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "encoders").symlink_to(encoders)
    return Rubrika(tmp_path / "home")
