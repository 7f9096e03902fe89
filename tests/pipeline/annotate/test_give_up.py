"""What answers with status 200 and is no model: a run stops after a few, counts nothing and loses nothing."""

import subprocess

import pytest

from pipeline.annotate.give_up import SHOWN, glimpse
from pipeline.setup.errors import PipelineError
from tests.pipeline.annotate.test_command import KEY, command
from tests.pipeline.support.annotating import article, desk, model_server

NO_COMPLETION = r"the model server http://127.0.0.1:\d+/v1 gives no chat completion: "
ALIENS = {
    "page": NO_COMPLETION + r"'Sign in'; see annotator.base_url",
    "stream": NO_COMPLETION + r"'data: {\"choices\": \[{\"delta\": ",
    "other": NO_COMPLETION + r"'{\"status\": \"ok\", .*\"access_token\": \"\[…\]\"}'",
    "choices": NO_COMPLETION + r"'{\"id\": \"1\", .*\"choices\": \[\]}'",
    "nothing": NO_COMPLETION + "an empty response; see",
    "thoughts": r"the model tiny only thinks and gives no answer: .*Hmm, let.*; raise annotator.max_tokens = \d+, or",
}


@pytest.mark.parametrize(("instead", "said"), ALIENS.items())
def test_a_server_that_is_no_model_s_stops_the_run_soon(tmp_path, instead, said):
    with model_server("--instead", instead) as server:
        made = desk(tmp_path / "home", [article(f"n{number}") for number in range(60)], server.base_url)
        with pytest.raises(PipelineError, match=said) as caught:
            made.annotate()
        assert server.counts()["asked"]["instead"] <= 5 + 2 * made.settings.annotator.concurrency
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)
    assert made.generations() == []


@pytest.mark.parametrize("instead", ["page", "stream", "choices"])
def test_what_was_answered_before_is_kept_and_the_run_goes_on_elsewhere(tmp_path, instead):
    with model_server("--instead", instead, "--instead-after", "10") as server:
        made = desk(tmp_path / "home", [article(f"k{number}") for number in range(40)], server.base_url)
        with pytest.raises(PipelineError, match=r"gives no chat completion: .*what was answered is kept, run again"):
            made.annotate()
    rows = made.generations()
    assert {row["outcome"] for row in rows} == {"labelled"}
    assert 0 < len(rows) < 20  # calls under way when the run ends are asked again
    with model_server() as other:
        done = made.with_settings(base_url=other.base_url).annotate()
    assert (done.asked, done.labelled, done.corrupted) == (40 - len(rows), 40 - len(rows), 0)


def test_fewer_articles_than_it_takes_to_be_sure_are_not_lost_either(tmp_path):
    with model_server("--instead", "page") as server:
        made = desk(tmp_path / "home", [article("few")], server.base_url)
        with pytest.raises(PipelineError, match=NO_COMPLETION):
            made.annotate()
    assert made.generations() == []


def test_what_is_no_completion_costs_no_tokens(tmp_path):
    with model_server() as server:
        made = desk(tmp_path / "home", [article("html", faults="garbage"), article("good")], server.base_url)
        done = made.annotate()
    assert (done.labelled, done.corrupted, done.tokens) == (1, 1, 310)


def test_the_command_ends_with_3_and_one_line_without_the_key(tmp_path):
    with model_server("--instead", "echo") as server:
        made = desk(tmp_path / "home", [article(f"c{number}") for number in range(20)], server.base_url)
        ended = subprocess.run(**command(made, key=KEY), capture_output=True, text=True)
    assert ended.returncode == 3
    assert "gives no chat completion: 'unknown key Bearer [key], session […]'" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert KEY not in ended.stderr


def test_a_long_page_is_shown_by_its_first_words():
    assert glimpse("<script>let a = 1</script><p>Вход</p>\n<p>Пароль</p>") == "'Вход Пароль'"
    assert len(glimpse("слово " * 500)) == SHOWN + 3
