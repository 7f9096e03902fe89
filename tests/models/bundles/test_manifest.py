import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bundles.manifest import Manifest
from models.bundles.manifest_check import parse_manifest, sealed
from models.bundles.manifests import bundle_names, read_manifest, write_manifest
from models.errors import ModelError
from models.fingerprint import readable_json
from tests.models.homes import PROTOCOL_1

NAME = bundle_names(PROTOCOL_1)[0]
FILE = PROTOCOL_1 / "bundles" / NAME / "manifest.json"
WHOLE = json.loads(FILE.read_text(encoding="utf-8"))
FACTS = {name: value for name, value in WHOLE.items() if name not in ("protocol", "id")}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_what_was_read_is_written_byte_for_byte():
    assert readable_json(read_manifest(PROTOCOL_1, NAME).to_json()) == FILE.read_text(encoding="utf-8")


@given(added=st.dictionaries(st.text(min_size=3).map("later ".__add__), ANYTHING, min_size=1))
def test_parts_that_this_version_has_no_name_for_are_kept_and_sealed(added):
    category = FACTS["categories"]["sport"] | added
    manifest = sealed(FACTS | added | {"categories": {**FACTS["categories"], "sport": category}})
    content = readable_json(manifest.to_json())
    read = parse_manifest(content.encode(), "x", "y")
    assert readable_json(read.to_json()) == content
    name = next(iter(added))
    without = {key: value for key, value in manifest.to_json().items() if key != name}
    with pytest.raises(ModelError, match="it was changed after it was written"):
        parse_manifest(readable_json(without).encode(), "x", "y")


def test_a_whole_number_in_a_place_for_any_number_stays_one(tmp_path):
    categories = {**FACTS["categories"], "sport": FACTS["categories"]["sport"] | {"decision": {"yes": 1, "no": 0}}}
    manifest = sealed(FACTS | {"categories": categories})
    write_manifest(tmp_path, manifest)
    assert '"yes": 1,\n' in (tmp_path / "bundles" / manifest.id / "manifest.json").read_text(encoding="utf-8")
    assert read_manifest(tmp_path, manifest.id).categories["sport"].decision.yes == 1.0


def test_it_cannot_be_changed():
    manifest = Manifest.of(read_manifest(PROTOCOL_1, NAME).to_json())
    with pytest.raises(ValueError, match="frozen"):
        manifest.id = "x"
