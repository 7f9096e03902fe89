import json
import pickle
import re

import numpy as np
import pytest

from models.bundles.load import load_bundle
from models.bundles.manifest import Manifest
from models.bundles.manifest_check import bundle_id, sealed
from models.bundles.manifests import bundle_names, file_digests, read_manifest, write_manifest
from models.errors import ModelError
from models.features import Features
from models.fingerprint import readable_json
from models.lexical.counts import lexical_counts
from tests.models.homes import PROTOCOL_1, copy_of_protocol_1
from tests.models.pickles import bomb

NAME = bundle_names(PROTOCOL_1)[0]


@pytest.fixture
def home(tmp_path):
    return copy_of_protocol_1(tmp_path)


def rewrite(home, change):
    """Change a manifest on disk; one of the first protocol has no seal that would show it."""
    path = home / "bundles" / NAME / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(readable_json(manifest), encoding="utf-8")


def test_a_bundle_of_the_first_protocol_answers_as_it_did_then(home):
    answers = json.loads((PROTOCOL_1 / "answers.json").read_text(encoding="utf-8"))
    bundle = load_bundle(home, NAME)
    features = Features(np.array(answers["vectors"], np.float32), lexical_counts(answers["texts"]))
    assert bundle.manifest.protocol == 1
    for key, head in bundle.heads.items():
        assert head.probability(features) == pytest.approx(answers["probability"][key], abs=1e-6)


def test_a_later_protocol_is_refused_with_what_to_do(home):
    rewrite(home, lambda said: said.update(protocol=99))
    with pytest.raises(ModelError, match=r"manifest\.json is of protocol 99, this version reads up to 2"):
        load_bundle(home, NAME)


def test_a_manifest_that_is_there_stays_as_it_is(home):
    before = (home / "bundles" / NAME / "manifest.json").read_bytes()
    write_manifest(home, Manifest.of(read_manifest(home, NAME).to_json() | {"created_at": "2027-01-01T00:00:00Z"}))
    assert (home / "bundles" / NAME / "manifest.json").read_bytes() == before


def test_the_id_names_encoder_views_titles_descriptions_and_heads(home):
    facts = read_manifest(home, NAME).to_json()
    names = {sealed(facts | {"protocol": 2}).id}
    for change in ({"title": "x"}, {"description": "x"}, {"fingerprint": "0" * 16}):
        categories = facts["categories"] | {"sport": facts["categories"]["sport"] | change}
        names.add(bundle_id(facts | {"protocol": 2, "categories": categories}))
    names.add(bundle_id(facts | {"protocol": 2, "encoder": {}}))
    assert len(names) == 5


FLAWS = {
    "it has no encoder of the right type": lambda said: said.pop("encoder"),
    "it has no files of the right type": lambda said: said.update(files=[]),
    "protocol 0 never was": lambda said: said.update(protocol=0),
    "category 'sport' is no object": lambda said: said["categories"].update(sport="x"),
    "category 'sport' has no title of the right type": lambda said: said["categories"]["sport"].update(title=1),
    "decision of 'sport' has no yes of the right type": lambda said: said["categories"]["sport"].update(decision={}),
    "facts of 'sport' has no positives": lambda said: said["categories"]["sport"].update(facts={}),
    "'x' is no time": lambda said: said.update(created_at="x"),
    "views has no lexical": lambda said: said["views"].pop("lexical"),
    "its encoder is unknown": lambda said: said["encoder"].update(magic=1),
    "'../../etc/passwd' is no file of its heads": lambda said: said["files"].update({"../../etc/passwd": "0" * 64}),
    "'heads/0000000000000000/head.json' is no file of its heads": lambda said: said["files"].update(
        {f"heads/{'0' * 16}/head.json": "0" * 64}
    ),
    "is not among its files": lambda said: said.update(files={}),
    "its id is of another bundle": lambda said: said["categories"]["sport"].update(title="Чужой"),
    "it is of the bundle": lambda said: said.update(
        categories={"sport": said["categories"]["sport"]},
        files={
            path: digest for path, digest in said["files"].items() if said["categories"]["sport"]["fingerprint"] in path
        },
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_foreign_manifest_is_refused_with_its_first_flaw(flaw, home):
    def forge(said):
        FLAWS[flaw](said)
        if flaw == "it is of the bundle":
            said["id"] = bundle_id(said)

    rewrite(home, forge)
    with pytest.raises(ModelError, match=f"manifest.json is damaged: .*{re.escape(flaw)}.*; put a copy back"):
        load_bundle(home, NAME)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"[" * 100_000, b'{"protocol": NaN}', b"\xff", b'{"a": 1'])
def test_what_is_no_manifest_is_refused_in_one_line(content, home):
    path = home / "bundles" / NAME / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"manifest.json is damaged: ") as caught:
        load_bundle(home, NAME)
    assert "\n" not in str(caught.value)


def test_every_changed_byte_of_a_sealed_manifest_is_noticed(home):
    path = home / "bundles" / NAME / "manifest.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    manifest = sealed({name: value for name, value in facts.items() if name not in ("protocol", "id")})
    write_manifest(home, manifest)
    text = (home / "bundles" / manifest.id / "manifest.json").read_text(encoding="utf-8")
    assert load_bundle(home, manifest.id).id == manifest.id
    for old, new in (('"yes": 0.4', '"yes": 0.5'), ("парламент", "Парламент"), ('"folds": 2', '"folds": 3')):
        changed = text.replace(old, new)
        assert changed != text
        (home / "bundles" / manifest.id / "manifest.json").write_text(changed, encoding="utf-8")
        with pytest.raises(ModelError, match="is damaged"):
            load_bundle(home, manifest.id)


PLACES = [
    "bundles/{name}/manifest.json",
    "heads/{head}/head.json",
    "heads/{head}/weights.safetensors",
    "heads/{head}/model.txt",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_a_pickle_in_any_place_is_refused_and_never_run(place, protocol, home, tmp_path):
    head = read_manifest(home, NAME).categories["politics"].fingerprint
    path = home / place.format(name=NAME, head=head)
    path.write_bytes(bomb(tmp_path / "marker", protocol))
    if place.endswith("model.txt"):
        rewrite_as_boosted(home, head)
    with pytest.raises(ModelError, match=r"is damaged") as caught:
        load_bundle(home, NAME)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("place", PLACES[1:])
@pytest.mark.parametrize("protocol", [0, 4])
def test_a_pickle_that_the_manifest_vouches_for_is_not_run_either(place, protocol, home, tmp_path):
    head = read_manifest(home, NAME).categories["politics"].fingerprint
    path = home / place.format(head=head)
    path.write_bytes(bomb(tmp_path / "marker", protocol))
    if place.endswith("model.txt"):
        rewrite_as_boosted(home, head)
    vouch_for(home, head)
    with pytest.raises(ModelError) as caught:
        load_bundle(home, NAME)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "marker").exists()


def rewrite_as_boosted(home, head):
    """Let a head say that it is of trees."""
    path = home / "heads" / head / "head.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said | {"kind": "lightgbm"}), encoding="utf-8")


def vouch_for(home, head):
    """Write the digests of a head's files as they are now into the manifest."""
    rewrite(home, lambda said: said["files"].update(file_digests(home, [head])))


def test_the_bomb_does_go_off_when_it_is_unpickled(tmp_path):
    pickle.loads(bomb(tmp_path / "marker"))
    assert (tmp_path / "marker").exists()
