import json
import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import Stemmer
from sklearn.utils import murmurhash3_32

from models.bundles.load import Bundle, load_bundle
from models.bundles.manifest import Manifest
from models.bundles.manifests import bundle_names, read_manifest
from models.bundles.probe import probe_features
from models.errors import ModelError
from models.features import Features
from models.heads.candidates import candidates
from models.heads.head import Examples, Recipe, fit_head
from models.heads.lightgbm_onnx import below
from models.lexical.counts import BLOCKS, lexical_counts
from models.onnx.check import TOLERANCE, onnx_inputs, verify
from models.onnx.export import to_onnx
from tests.models.homes import PROTOCOL_1

DIM = 8
RECIPE = Recipe(folds=2, seed=0, policy="best-f1", precision=0.9)


def fitted(kind, features, column):
    truth = features.dense[:, column] + 0.3 * features.dense[:, column + 1] ** 2 > 0.1
    examples = Examples(features, truth, np.arange(len(truth)).astype(str), np.arange(len(truth)) % 5 == 0)
    return fit_head(examples, candidates([kind])[:1], RECIPE)[0]


@pytest.fixture(scope="module")
def bundle():
    """Heads of every kind, those of a kind not side by side."""
    features = probe_features(DIM, 120, seed=1)
    kinds = {"politics": "hybrid", "economy": "lightgbm", "culture": "logistic", "sport": "lightgbm", "x": "hybrid"}
    heads = {key: fitted(kind, features, column) for column, (key, kind) in enumerate(kinds.items())}
    return Bundle(manifest_of(heads), heads)


def manifest_of(heads):
    """A manifest of the first protocol's home with other categories."""
    facts = read_manifest(PROTOCOL_1, bundle_names(PROTOCOL_1)[0]).to_json()
    category = facts["categories"]["sport"]
    return Manifest.of(facts | {"categories": {key: category | {"title": key.title()} for key in heads}})


def without(bundle, kinds):
    heads = {key: head for key, head in bundle.heads.items() if head.candidate.kind not in kinds}
    return Bundle(bundle.manifest, heads)


@pytest.mark.parametrize("left_out", [[], ["lightgbm"], ["hybrid"], ["hybrid", "logistic"], ["lightgbm", "hybrid"]])
def test_the_graph_answers_what_the_heads_answer(left_out, bundle):
    some = without(bundle, left_out)
    content = to_onnx(some).SerializeToString()
    assert verify(content, some.heads, probe_features(DIM, 200, seed=2)) <= TOLERANCE


def test_real_texts_of_different_lengths_and_one_without_words(tmp_path):
    bundle = load_bundle(PROTOCOL_1, bundle_names(PROTOCOL_1)[0])
    texts = ["парламент принял закон " * 400, "матч", "..."]
    features = Features(probe_features(DIM, 3).dense, lexical_counts(texts))
    assert verify(to_onnx(bundle).SerializeToString(), bundle.heads, features) <= TOLERANCE


def test_padding_and_order_within_a_row_change_nothing(bundle):
    from onnxruntime import InferenceSession

    session = InferenceSession(to_onnx(bundle).SerializeToString(), providers=["CPUExecutionProvider"])
    inputs = onnx_inputs(probe_features(DIM, 3), [one.name for one in session.get_inputs()])
    answers = session.run(None, inputs)[0]
    turned = {
        name: value if name == "dense" else np.pad(value[:, ::-1], ((0, 0), (0, 7))) for name, value in inputs.items()
    }
    assert session.run(None, turned)[0] == pytest.approx(answers, abs=1e-6)


def test_a_program_finds_in_the_file_what_the_columns_are(bundle):
    from onnxruntime import InferenceSession

    session = InferenceSession(to_onnx(bundle).SerializeToString(), providers=["CPUExecutionProvider"])
    said = session.get_modelmeta().custom_metadata_map
    assert json.loads(said["categories"]) == list(bundle.heads)
    assert json.loads(said["thresholds"])[0] == {
        "yes": bundle.heads["politics"].decision.yes,
        "no": bundle.heads["politics"].decision.no,
    }
    assert json.loads(said["lexical"]) == {"protocol": bundle.manifest.views.lexical, "buckets": BLOCKS}
    assert json.loads(said["encoder"]) == bundle.encoder.to_dict()
    assert [one.name for one in session.get_inputs()] == [
        "dense", "char_index", "char_count", "stem_index", "stem_count", "theme_index", "theme_count"
    ]  # fmt: skip


def test_the_counts_can_be_made_without_scikit_learn_as_the_document_says():
    text = "Ёж  и\nтеатр. Театр"
    grams = Counter(gram for word in text.lower().split() for gram in grams_of(f" {word} "))
    stemmed = [Stemmer.Stemmer("russian").stemWord(word) for word in re.findall(r"\w+", text.lower().replace("ё", "е"))]
    stems = Counter([*stemmed, *(" ".join(pair) for pair in pairwise(stemmed))])
    made = lexical_counts([text])
    for name, counts in {"char": grams, "stem": stems}.items():
        buckets = Counter()
        for gram, count in counts.items():
            buckets[abs(murmurhash3_32(gram, seed=0)) % BLOCKS[name]] += count
        assert dict(zip(made[name].indices.tolist(), made[name].data.tolist(), strict=True)) == buckets


def grams_of(word):
    """Substrings of 3, 4 and 5 characters, up to the length that covers the word."""
    for length in (3, 4, 5):
        yield from (word[start : start + length] for start in range(max(len(word) - length, 0) + 1))
        if length >= len(word):
            return


def test_a_graph_that_answers_otherwise_is_refused(bundle):
    others = {**bundle.heads, "politics": bundle.heads["x"]}
    with pytest.raises(ModelError, match=r"the ONNX graph differs from the heads by .*, allowed 1e-05; not written"):
        verify(to_onnx(bundle).SerializeToString(), others, probe_features(DIM, 50))


def test_no_float32_falls_on_another_side_of_a_rounded_threshold():
    generator = np.random.default_rng(0)
    for threshold in [*generator.normal(size=200), *generator.normal(size=200).astype(np.float32).astype(float)]:
        near = np.float32(threshold)
        for value in (np.nextafter(near, np.float32(-9)), near, np.nextafter(near, np.float32(9))):
            assert (float(value) <= threshold) == (value <= np.float32(below(threshold)))
