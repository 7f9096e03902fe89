import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.encoders.spec import EncoderSpec, fill_template
from models.errors import ModelError

SPEC = EncoderSpec("tiny", "owner/tiny", "abc")


@pytest.mark.parametrize(
    "change",
    [
        {"model": "other/tiny"},
        {"revision": "abd"},
        {"template": "{title}. {text}"},
        {"max_tokens": 511},
        {"precision": "bf16"},
    ],
)
def test_whatever_changes_the_vector_changes_the_fingerprint(change):
    assert dataclasses.replace(SPEC, **change).fingerprint != SPEC.fingerprint


def test_name_does_not_change_the_fingerprint():
    assert dataclasses.replace(SPEC, name="owner/tiny").fingerprint == SPEC.fingerprint
    assert len(SPEC.fingerprint) == 16


def test_moved_folder_keeps_its_fingerprint():
    assert EncoderSpec("a", "/a", "abc").fingerprint == EncoderSpec("b", "/b", "abc").fingerprint


def test_specification_survives_the_store():
    assert EncoderSpec.from_dict(SPEC.to_dict()) == SPEC


@pytest.mark.parametrize(
    "values", [{"name": "tiny"}, {**SPEC.to_dict(), "extra": 1}, {**SPEC.to_dict(), "max_tokens": "9"}]
)
def test_what_is_no_specification_is_refused(values):
    with pytest.raises(ModelError, match="not an encoder's specification"):
        EncoderSpec.from_dict(values)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"template": "{body}"}, "template '{body}' has no field; use {title} and {text}"),
        ({"max_tokens": 7}, "max_tokens 7 is out of range; allowed: 8 to 2048"),
        ({"max_tokens": 2049}, "max_tokens 2049 is out of range; allowed: 8 to 2048"),
        ({"precision": "int8"}, "precision 'int8' is unknown; known: fp32, bf16"),
    ],
)
def test_wrong_values_are_refused(change, message):
    with pytest.raises(ModelError) as error:
        dataclasses.replace(SPEC, **change)
    assert (str(error.value), error.value.exit_code) == (message, 2)


def test_template_takes_title_and_text():
    assert fill_template("passage: {title}. {text}", "Заголовок", "Текст") == "passage: Заголовок. Текст"


def test_article_without_title_leaves_no_empty_line():
    assert fill_template("{title}\n{text}", "", "Текст") == "Текст"


@given(st.text(), st.text())
def test_braces_of_an_article_are_never_fields(title, text):
    assert fill_template("<{title}|{text}>", title, text) == f"<{title}|{text}>"
    assert fill_template("<{title}>", "{text} {0} {title.__class__}", text) == "<{text} {0} {title.__class__}>"


def test_a_template_with_a_misspelt_field_is_refused():
    with pytest.raises(ModelError, match=r"no field 'titel'; there are \{title\} and \{text\}") as caught:
        EncoderSpec("navec-news", "navec-news", "1", template="{titel} {text}")
    assert caught.value.exit_code == 2
