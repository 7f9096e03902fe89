import dataclasses

import pytest

from models.encoders import choose
from models.encoders.choose import choose_encoder
from models.encoders.folder import folder_revision
from models.encoders.known import KNOWN
from models.encoders.navec import navec_revision
from models.errors import ModelError
from tests.models.encoders.folders import COMMIT, put_in_cache

RUBERT = KNOWN["rubert-tiny2"].model


def refusal(name, exit_code):
    with pytest.raises(ModelError) as error:
        choose_encoder(name)
    assert error.value.exit_code == exit_code
    return str(error.value)


def test_auto_takes_the_cached_model_and_asks_nobody(hub_cache, tiny_bert):
    put_in_cache(hub_cache, RUBERT, tiny_bert)
    spec, message = choose_encoder("auto")
    assert (spec.name, spec.model, spec.revision) == ("rubert-tiny2", RUBERT, COMMIT)
    assert message == "encoder auto: rubert-tiny2, which is in the Hugging Face cache"


def test_auto_takes_the_hubs_model_when_the_hub_answers(hub, monkeypatch):
    here = dataclasses.replace(KNOWN["rubert-tiny2"], model="owner/tiny")
    monkeypatch.setitem(KNOWN, "rubert-tiny2", here)
    monkeypatch.setattr(choose, "PREFERRED", here)
    spec, message = choose_encoder("auto")
    assert (spec.name, spec.model, spec.revision) == ("rubert-tiny2", "owner/tiny", COMMIT)
    assert message == "encoder auto: rubert-tiny2, which the hub has; it is downloaded once, 120 MB, licence MIT"


def test_auto_falls_back_and_says_why():
    spec, message = choose_encoder("auto")
    assert (spec.name, spec.model, spec.revision) == ("navec-news", "navec-news", navec_revision())
    assert message.startswith("encoder auto: navec-news, because rubert-tiny2 cannot be had: the hub http://127.0.0.1:")
    assert "\n" not in message


def test_explicit_name_never_falls_back():
    assert f"cannot be asked about {RUBERT}" in refusal("rubert-tiny2", 3)


def test_options_are_kept():
    spec, message = choose_encoder("navec-news", template="{title}", max_tokens=64, precision="bf16")
    assert (spec.template, spec.max_tokens, spec.precision, message) == ("{title}", 64, "bf16", None)


def test_folder_is_named_by_its_contents(tiny_bert, monkeypatch):
    monkeypatch.chdir(tiny_bert.parent)
    spec, _ = choose_encoder("tiny")
    assert (spec.name, spec.model, spec.revision) == ("tiny", str(tiny_bert), folder_revision(tiny_bert))


def test_hub_model_by_its_id_is_the_same_encoder(hub_cache, tiny_bert):
    put_in_cache(hub_cache, RUBERT, tiny_bert)
    assert choose_encoder(RUBERT)[0].fingerprint == choose_encoder("rubert-tiny2")[0].fingerprint


def test_folder_that_is_no_model_is_refused(tmp_path):
    assert "modules.json is missing" in refusal(str(tmp_path), 2)


def test_misspelt_name_is_refused_with_the_nearest():
    assert refusal("navec_news", 2).endswith("is not a known name, a folder or a hub id; did you mean 'navec-news'?")


@pytest.mark.parametrize("name", ["", "/no/such/folder", "./no/folder", "qwerty"])
def test_unknown_name_is_refused_with_all_known(name):
    expected = "known: auto, navec-news, rubert-tiny2, owner/name of the hub, a folder"
    assert refusal(name, 2).endswith(expected)
