import dataclasses

from models.encoders.choose import choose_encoder
from models.encoders.known import KNOWN
from models.encoders.load import model_folder
from models.encoders.spec import EncoderSpec
from tests.models.encoders.folders import COMMIT, put_in_cache


def test_fingerprints_of_stores_that_exist_stay():
    def name(*values):
        return EncoderSpec("rubert-tiny2", "cointegrated/rubert-tiny2", "0" * 40, *values).fingerprint

    assert (name(), name("{title}", 256, "bf16")) == ("1f1f663aafe83f14", "451ce730e6d3069e")
    assert choose_encoder("navec-news")[0].fingerprint == "beb03ca42e32da61"


def test_every_entry_is_under_its_own_name():
    assert all(encoder.name == name for name, encoder in KNOWN.items())
    assert len({encoder.model for encoder in KNOWN.values()}) == len(KNOWN)


def test_one_entry_makes_an_encoder(hub_cache, tiny_bert, monkeypatch, tmp_path):
    put_in_cache(hub_cache, "owner/tiny", tiny_bert)
    new = dataclasses.replace(KNOWN["rubert-tiny2"], name="tiny", model="owner/tiny", prefix="passage: ")
    monkeypatch.setitem(KNOWN, "tiny", new)
    spec, _ = choose_encoder("tiny")
    assert (spec.model, spec.revision, spec.template) == ("owner/tiny", COMMIT, "passage: {title}\n{text}")
    assert model_folder(spec, tmp_path).name == COMMIT


def test_a_prefix_that_is_in_the_template_already_is_not_doubled():
    encoder = dataclasses.replace(KNOWN["rubert-tiny2"], prefix="passage: ")
    assert encoder.template(encoder.template("{title}")) == "passage: {title}"
