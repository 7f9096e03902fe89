import pytest

from pipeline.errors import PipelineError
from pipeline.llm.secret import Secret, read_secret
from pipeline.llm.transport import completions_url

KEY = "sk-a-key-of-some-length"


def test_a_key_is_sent_hidden_and_not_shown(monkeypatch):
    monkeypatch.setenv("LLM_KEY", f" {KEY}\n")
    secret = read_secret("LLM_KEY")
    assert secret.headers() == {"Authorization": f"Bearer {KEY}"}
    assert secret.hide(f"wrong key {KEY}!") == "wrong key [key]!"
    assert KEY not in repr(secret)


def test_no_key_sends_no_header_and_a_word_too_short_for_one_is_left_in_answers(monkeypatch):
    monkeypatch.delenv("LLM_KEY", raising=False)
    assert read_secret("LLM_KEY").headers() == {}
    assert Secret("none").hide("none") == "none"


@pytest.mark.parametrize(("variable", "value"), [(KEY, ""), ("LLM_KEY", f"{KEY} и пробел")])
def test_a_key_in_the_wrong_place_is_refused_without_being_shown(monkeypatch, variable, value):
    monkeypatch.setenv("LLM_KEY", value)
    with pytest.raises(PipelineError) as caught:
        read_secret(variable)
    assert KEY not in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_address_is_completed_and_one_that_is_none_or_holds_a_password_is_refused():
    for base_url in ("http://h/v1", "http://h/v1/", "http://h/v1/chat/completions"):
        assert completions_url(base_url) == "http://h/v1/chat/completions"
    with pytest.raises(
        PipelineError, match=r"annotator.base_url = 'localhost:8000' is no address; it looks like http://"
    ):
        completions_url("localhost:8000")
    with pytest.raises(PipelineError, match=r"annotator.base_url of h holds a password") as caught:
        completions_url(f"http://me:{KEY}@h/v1")
    assert KEY not in str(caught.value)
