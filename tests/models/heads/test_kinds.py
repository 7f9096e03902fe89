import json

import numpy as np
import pytest

from models.bundles.load import Bundle
from models.bundles.manifest import Manifest
from models.bundles.manifest_check import parse_manifest, sealed
from models.bundles.manifests import bundle_names, file_digests, read_manifest
from models.errors import ModelError
from models.fingerprint import readable_json
from models.heads.candidates import candidates
from models.heads.files import load_head, save_head
from models.heads.head import Recipe, fit_head
from models.heads.kinds import KINDS, kind_named, words_of
from models.lexical.words import counts_by_word
from models.onnx.check import TOLERANCE, verify
from models.onnx.export import to_onnx
from tests.models.homes import PROTOCOL_1

RECIPE = Recipe(folds=4, seed=0, policy="best-f1", precision=0.9)
NAME = "c" * 16


@pytest.fixture
def centroid(monkeypatch, examples):
    """A head of a kind that one file and one line of the registry made."""
    monkeypatch.setitem(KINDS, "centroid", "tests.models.heads.centroid")
    return fit_head(examples, candidates(["centroid"]), RECIPE)[0]


@pytest.fixture
def manifest(centroid, tmp_path):
    """The manifest of a bundle of that head alone."""
    save_head(centroid, tmp_path / "heads" / NAME)
    facts = read_manifest(PROTOCOL_1, bundle_names(PROTOCOL_1)[0]).to_json()
    category = facts["categories"]["sport"] | {"fingerprint": NAME, "kind": "centroid"}
    changed = {"categories": {"sport": category}, "files": file_digests(tmp_path, [NAME])}
    return sealed({name: value for name, value in facts.items() if name not in ("protocol", "id")} | changed)


def test_a_new_kind_is_kept_and_comes_back(centroid, examples, tmp_path):
    save_head(centroid, tmp_path / "head")
    loaded = load_head(tmp_path / "head")
    assert np.array_equal(loaded.probability(examples.features), centroid.probability(examples.features))


def test_a_new_kind_has_its_files_in_a_manifest(manifest):
    content = readable_json(manifest.to_json()).encode()
    assert sorted(parse_manifest(content, "x", "y").files) == [
        f"heads/{NAME}/centroid.safetensors",
        f"heads/{NAME}/ground.safetensors",
        f"heads/{NAME}/head.json",
    ]


def test_the_files_of_a_kind_that_is_not_there_are_foreign(manifest, monkeypatch):
    monkeypatch.delitem(KINDS, "centroid")
    with pytest.raises(ModelError, match=r"centroid\.safetensors' is no file of its heads"):
        parse_manifest(readable_json(manifest.to_json()).encode(), "x", "y")


def test_a_new_kind_is_explained_and_exported_beside_the_others(centroid, manifest, examples):
    row = examples.features.take(np.array([3]))
    apart = centroid.take_apart(row, counts_by_word("матч"))
    assert apart.score == pytest.approx(centroid.scorer.scores(row)[0])
    logistic = fit_head(examples, candidates(["logistic"]), RECIPE)[0]
    heads = {"sport": logistic, "politics": centroid, "economy": logistic}
    category = manifest.to_json()["categories"]["sport"]
    facts = {**manifest.to_json(), "categories": dict.fromkeys(heads, category)}
    bundle = Bundle(Manifest.of(facts), heads)
    assert verify(to_onnx(bundle).SerializeToString(), heads, examples.features) <= TOLERANCE


def test_a_new_kind_is_called_by_its_own_words_and_an_unknown_one_by_its_name(centroid):
    assert words_of("centroid").russian == "средние векторы"
    assert (words_of("forest").english, words_of("forest").russian) == ("forest", "forest")


def test_a_head_of_a_kind_that_is_not_there_is_refused_with_those_that_are(centroid, tmp_path, monkeypatch):
    save_head(centroid, tmp_path / "head")
    monkeypatch.delitem(KINDS, "centroid")
    with pytest.raises(ModelError, match="head: no head of kind 'centroid'; there are: hybrid, logistic, lightgbm; up"):
        load_head(tmp_path / "head")


def test_every_kind_has_words_of_its_own_and_a_file_that_is_no_pickle():
    kinds = [kind_named(name) for name in KINDS]
    assert len({kind.words for kind in kinds}) == len(kinds)
    assert {kind.file for kind in kinds} == {"weights.safetensors", "model.txt"}
    assert all(json.dumps(params) for kind in kinds for params in kind.grid)


def test_a_kind_that_is_mistyped_is_told_which_is_meant():
    with pytest.raises(ModelError, match="no head of kind 'hybird'; did you mean 'hybrid'") as caught:
        kind_named("hybird")
    assert caught.value.exit_code == 2
