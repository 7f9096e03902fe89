import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from models.encoders.choose import choose_encoder
from models.encoders.cls_only import ClsOnlyLayer, reads_cls_only
from models.encoders.load import load_encoder
from tests.models.encoders.folders import write_bert


@pytest.fixture(scope="module")
def mean_bert(tmp_path_factory):
    """The same BERT with mean pooling, which reads every position."""
    return write_bert(tmp_path_factory.mktemp("bert") / "mean", pooling="mean")


def test_cls_pooling_takes_the_faster_layer(bert, tmp_path):
    model = load_encoder(choose_encoder(str(bert))[0], tmp_path).model
    assert isinstance(model[0].model.encoder.layer[-1], ClsOnlyLayer)


def test_mean_pooling_keeps_the_librarys_layers(mean_bert, tmp_path):
    encoder = load_encoder(choose_encoder(str(mean_bert))[0], tmp_path)
    assert not isinstance(encoder.model[0].model.encoder.layer[-1], ClsOnlyLayer)
    texts = ["матч", "премьера в театре, что в городе"]
    plain = SentenceTransformer(str(mean_bert), device="cpu").encode(texts, normalize_embeddings=True)
    assert np.abs(encoder.encode(texts) - plain).max() < 1e-5


def spoil(model, what):
    if what == "padding":
        model.tokenizer.padding_side = "left"
    if what == "decoder":
        model[0].model.config.is_decoder = True
    if what == "attention":
        model[0].model.config._attn_implementation = "eager"
    if what == "two poolings":
        model[1].pooling_mode = ("cls", "mean")


@pytest.mark.parametrize("what", ["padding", "decoder", "attention", "two poolings"])
def test_whatever_else_is_left_alone(tiny_bert, what):
    model = SentenceTransformer(str(tiny_bert), device="cpu")
    assert reads_cls_only(model)
    spoil(model, what)
    assert not reads_cls_only(model)
