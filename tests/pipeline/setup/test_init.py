from pathlib import Path

import pytest

from pipeline.setup.errors import PipelineError
from pipeline.setup.init import init
from pipeline.setup.settings import Settings, load_settings
from tests.pipeline.support.command import CONFIG, Rubrika


def test_the_file_is_the_one_that_the_repository_shows(tmp_path):
    written = init(tmp_path / "rubrika.toml")
    assert written.file.read_bytes() == CONFIG.read_bytes()
    assert written.categories == ("politics", "economy", "culture", "technology", "sport")
    settings, _ = load_settings(written.file)
    assert settings == Settings(categories=settings.categories)


def test_somebodys_settings_are_not_overwritten(tmp_path):
    file = tmp_path / "rubrika.toml"
    file.write_text("[train]\nfolds = 3\n")
    with pytest.raises(PipelineError, match=r"is there already; edit it, or write another") as refusal:
        init(file)
    assert refusal.value.exit_code == 2
    assert file.read_text() == "[train]\nfolds = 3\n"


def test_it_is_written_into_the_folder_one_stands_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = Rubrika(tmp_path / "home", Path("rubrika.toml")).json("init")
    assert written["file"] == "rubrika.toml"
    assert (tmp_path / "rubrika.toml").is_file()
    assert not (tmp_path / "home").exists()
