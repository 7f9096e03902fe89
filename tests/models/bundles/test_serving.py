import json

import pytest

from models.bundles.names import current_name, find_bundle, newest_name, set_newest
from models.bundles.serving import promotions, serve, served_before
from models.errors import ModelError
from tests.models.homes import PROTOCOL_1, copy_of_protocol_1

A, B, C = "a" * 12, "b" * 12, "c" * 12


def test_a_home_without_a_log_has_no_past(tmp_path):
    assert current_name(tmp_path) is None
    assert served_before(tmp_path) is None
    assert promotions(tmp_path) == []


def test_going_back_follows_what_really_served(tmp_path):
    serve(tmp_path, A, "first", None)
    serve(tmp_path, B, "promote", A)
    serve(tmp_path, A, "promote", B)
    assert served_before(tmp_path) == B
    serve(tmp_path, B, "rollback", A)
    assert served_before(tmp_path) == A
    serve(tmp_path, C, "promote", B)
    assert served_before(tmp_path) == B
    assert [(said.how, said.before, said.after) for said in promotions(tmp_path)][-1] == ("promote", B, C)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"at": "", "how": "promote", "before": null, "after": "../x"}', "\x80\x04"]
)
def test_a_damaged_line_of_the_log_is_named(line, tmp_path):
    serve(tmp_path, A, "first", None)
    with (tmp_path / "bundles" / "promotions.jsonl").open("a", encoding="latin-1") as log:
        log.write(line + "\n")
    with pytest.raises(ModelError, match=r"promotions.jsonl, line 2 is damaged; remove that line"):
        served_before(tmp_path)


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\x80\x04cos\nsystem\n.", b"a" * 13])
def test_a_damaged_pointer_is_named_with_the_cure(content, tmp_path):
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / "current").write_bytes(content)
    with pytest.raises(ModelError, match=r"current is damaged.*; choose again: rubrika bundle promote ID --force"):
        current_name(tmp_path)


def test_a_bundle_is_found_by_its_first_digits_and_by_what_it_is(tmp_path):
    home = copy_of_protocol_1(tmp_path)
    name = next((PROTOCOL_1 / "bundles").glob("*/manifest.json")).parent.name
    assert {find_bundle(home, said) for said in (name, name[:3], "newest", "current")} == {name}
    with pytest.raises(ModelError, match=f"no bundle 'ffff'; there are: {name}") as caught:
        find_bundle(home, "ffff")
    assert caught.value.exit_code == 2
    with pytest.raises(ModelError, match="no bundle ''"):
        find_bundle(home, "")


def test_digits_of_two_bundles_are_not_enough(tmp_path):
    for name in ("ab1" + "0" * 9, "ab2" + "0" * 9):
        (tmp_path / "bundles" / name).mkdir(parents=True)
        (tmp_path / "bundles" / name / "manifest.json").write_text(json.dumps({}))
    with pytest.raises(ModelError, match="bundle 'ab' may be ab1000000000 or ab2000000000; type more of it"):
        find_bundle(tmp_path, "ab")


def test_without_any_bundle_it_is_said_what_to_run(tmp_path):
    with pytest.raises(ModelError, match=r"no bundle in .* yet; run: rubrika train"):
        find_bundle(tmp_path, "newest")


def test_newest_is_what_was_trained_last_and_else_what_is_youngest(tmp_path):
    home = copy_of_protocol_1(tmp_path)
    name = newest_name(home)
    assert name is not None
    set_newest(home, A)
    assert newest_name(home) == name
