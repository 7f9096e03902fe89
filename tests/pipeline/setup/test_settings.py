import re
import tomllib
from pathlib import Path

import pytest

from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings, flatten, load_settings

SHIPPED = Path(__file__).parents[3] / "rubrika.toml"


def write(folder, text):
    path = folder / "rubrika.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_holds_every_key_with_its_default():
    shipped = {
        key: value for key, value in flatten(tomllib.loads(SHIPPED.read_text())).items() if "categories." not in key
    }
    defaults = {key: value for key, value in flatten(Settings().model_dump(mode="json")).items() if key != "categories"}
    assert shipped == {key: value for key, value in defaults.items() if key != "home"}


def test_every_key_of_the_shipped_file_is_documented_beside_it():
    for line in SHIPPED.read_text().partition("[categories.")[0].splitlines():
        if re.match(r"\w+ = ", line):
            assert "#" in line, line


def test_flag_beats_environment_beats_file_beats_default(tmp_path, monkeypatch):
    path = write(tmp_path, "[train]\nfolds = 3\nseed = 4\n[split]\ntest_share = 0.3\n")
    monkeypatch.setenv("RUBRIKA_TRAIN__FOLDS", "7")
    monkeypatch.setenv("RUBRIKA_HOME", "/from/environment")
    settings, origins = load_settings(path, {"home": Path("/from/flag")})
    assert (settings.home, settings.train.folds, settings.train.seed) == (Path("/from/flag"), 7, 4)
    assert [origins[key] for key in ("home", "train.folds", "train.seed", "train.min_labels")] == [
        "flag",
        "environment",
        str(path),
        "default",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[train]\nfoldz = 3", r"unknown key 'foldz' in \[train\] \(.*rubrika.toml\); did you mean 'folds'\?"),
        ("[train]\ntreshold = 3", r"unknown key 'treshold' in \[train\] .*; did you mean 'threshold'\?"),
        (
            '[train]\ncandidates = ["logistic", "hybird"]',
            r"train.candidates.1 = 'hybird' .*no head of kind 'hybird'; did you mean 'hybrid'\? there are: hybrid",
        ),
        ("[trian]\nfolds = 3", r"unknown key 'trian' in \[top level\] .*; did you mean 'train'\?"),
        (
            '[categories.sport]\ntitel = "Спорт"',
            r"unknown key 'titel' in \[categories.sport\] .*; did you mean 'title'\?",
        ),
        ("[split]\ntest_share = 2", r"split.test_share = 2 .*: Input should be less than 1"),
        ('[categories."Спорт"]\ntitle = "Спорт"', r"categories.Спорт = 'Спорт' .*: String should match pattern"),
        ("[train", r"is not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(tmp_path, text, message):
    with pytest.raises(PipelineError, match=message) as caught:
        load_settings(write(tmp_path, text))
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(PipelineError, match="No such file or directory; name one with --config"):
        load_settings(tmp_path / "none.toml")


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings, origins = load_settings()
    assert settings == Settings()
    assert set(origins.values()) == {"default"}


def test_a_misspelt_variable_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("RUBRIKA_THRESHOLD__POLICIE", "band")
    with pytest.raises(
        PipelineError, match=r"unknown key 'policie' in \[threshold\] \(environment\); did you mean 'policy'"
    ):
        load_settings(write(tmp_path, ""))


def test_a_tilde_that_no_shell_expanded_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings(None, {"home": Path("~/news")})[0].home == tmp_path / "news"
    monkeypatch.setenv("RUBRIKA_HOME", "~/paper")
    assert load_settings()[0].home == tmp_path / "paper"
    (tmp_path / "own.toml").write_text('home = "~/own"\n')
    monkeypatch.delenv("RUBRIKA_HOME")
    assert load_settings(Path("~/own.toml"))[0].home == tmp_path / "own"


def test_a_tilde_of_nobody_is_said():
    with pytest.raises(PipelineError, match=r"~nobody-of-this-name/news: .*; write the path out"):
        load_settings(None, {"home": Path("~nobody-of-this-name/news")})
