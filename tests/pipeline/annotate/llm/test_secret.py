import html
import json
from urllib.parse import quote

import pytest

from pipeline.annotate.llm.address import completions_url
from pipeline.annotate.llm.secret import Secret, read_secret
from pipeline.setup.errors import PipelineError

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


HARD = 'sk/ab+c"d<e&f=1'


@pytest.mark.parametrize(
    "form",
    [
        json.dumps(HARD)[1:-1],
        json.dumps(json.dumps(HARD))[3:-3],
        HARD.replace("/", r"\/"),
        HARD.replace("/", r"\u002F"),
        quote(HARD, safe=""),
        quote(quote(HARD, safe=""), safe=""),
        quote(HARD, safe="").lower(),
        html.escape(HARD),
        html.escape(html.escape(HARD)),
        HARD.replace("/", "&sol;").replace('"', "&#34;").replace("=", "&#x3D;"),
    ],
)
def test_a_key_is_hidden_however_it_is_escaped(form):
    assert Secret(HARD).hide(f"key={form}, and") == "key=[key], and"


def test_what_is_not_the_key_stays():
    assert Secret(HARD).hide(f"{HARD[:-1]}2 %2F &amp;") == f"{HARD[:-1]}2 %2F &amp;"


def test_an_address_is_completed_and_one_that_is_none_is_refused():
    for base_url in ("http://h/v1", "http://h/v1/", "http://h/v1/chat/completions"):
        assert completions_url(base_url) == "http://h/v1/chat/completions"
    for address in ("localhost:8000", "http://h:port/v1", "http://[::1/v1", "ftp://h/v1", ""):
        with pytest.raises(PipelineError) as caught:
            completions_url(address)
        assert str(caught.value).startswith(f"annotator.base_url = {address!r} is no address; it looks like http://")
        assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("address", "what"),
    [
        (f"http://me:{KEY}@h/v1", r"a password \(@\)"),
        (f"https://h/v1?api_key={KEY}", r"a query \(\?\)"),
        (f"h/v1?api_key={KEY}", r"a query \(\?\)"),
        (f"https://h/v1#{KEY}", r"a fragment \(#\)"),
    ],
)
def test_an_address_with_room_for_a_key_is_refused_unseen(address, what):
    with pytest.raises(PipelineError, match=f"annotator.base_url holds {what}; put the key into the var") as caught:
        completions_url(address)
    assert KEY not in str(caught.value)
    assert caught.value.exit_code == 2
