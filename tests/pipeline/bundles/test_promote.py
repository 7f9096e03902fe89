import numpy as np
import pytest

from models.bundles.manifests import bundle_names, read_manifest
from models.bundles.names import current_name
from models.bundles.serving import promotions
from models.encoders.spec import EncoderSpec
from models.errors import ModelError
from pipeline.bundles.compare import compare
from pipeline.bundles.listing import list_bundles, show_bundle
from pipeline.bundles.promote import promote, rollback
from pipeline.setup.errors import PipelineError
from pipeline.train.train import train
from tests.models.pickles import bomb
from tests.pipeline.support.homes import embed_tiny, label, tiny_settings, truth_of
from tests.pipeline.support.tiny import THREE, quiet

FOUR = [*THREE, "sport"]
MOST = range(0, 60, 2)


def add_sport(home):
    label(home, "sport")
    return train(home, tiny_settings(home.path, FOUR), say=quiet).bundle


def spoil_politics(home, settings):
    """Train politics on labels that are half wrong outside the test."""
    label(home, "politics", wrong=[row for row in MOST if row % 4 != 3], annotator="editor:vandal")
    return train(home, settings, say=quiet).bundle


def test_the_first_bundle_serves_by_itself_and_a_later_one_when_it_is_promoted(tiny):
    home, settings = tiny
    first = current_name(home.path)
    second = add_sport(home)
    assert current_name(home.path) == first
    done = promote(home, settings, "newest")
    assert (done.bundle, done.before, done.change, done.categories) == (second, first, 0.0, {})
    assert (done.added, done.gone) == (("sport",), ())
    assert current_name(home.path) == second
    assert [said.current for said in list_bundles(home)] == [False, True]


def test_heads_that_both_have_are_not_even_read(tiny):
    home, settings = tiny
    add_sport(home)
    for table in (home.path / "store").glob("vectors_*"):
        table.rename(table.with_suffix(".gone"))
    assert promote(home, settings, "newest").change == 0.0


def test_a_worse_bundle_is_refused_with_the_figures_and_forced_when_told_to(tiny):
    home, settings = tiny
    first, worse = current_name(home.path), spoil_politics(home, settings)
    with pytest.raises(PipelineError) as caught:
        promote(home, settings, worse)
    assert f"bundle {worse} is worse than {first}, which serves: macro average precision -0." in str(caught.value)
    assert "on the same test articles, allowed −0.01 (politics " in str(caught.value)
    assert f"rubrika bundle promote {worse} --force" in str(caught.value)
    assert caught.value.exit_code == 1
    assert current_name(home.path) == first
    done = promote(home, settings, worse, force=True)
    assert done.overruled.startswith(f"bundle {worse} is worse than {first}")
    assert current_name(home.path) == worse


def test_a_margin_lets_a_bundle_lose_that_much(tiny):
    home, settings = tiny
    worse = spoil_politics(home, settings)
    lenient = tiny_settings(home.path, THREE, bundle={"margin": 1.0})
    assert promote(home, lenient, worse).change < -0.01


def test_a_bundle_of_another_encoder_is_refused_also_when_the_store_went_on(tiny):
    home, settings = tiny
    second = add_sport(home)
    embed_tiny(home, EncoderSpec("tiny", "tests/tiny", "2"), seed=1)
    with pytest.raises(PipelineError) as caught:
        promote(home, settings, second)
    line = f"bundle {second} was made for other views than this store has: revision '1' and not '2'; "
    assert str(caught.value).startswith(line)
    assert promote(home, settings, second, force=True).overruled


def test_bundles_of_two_encoders_are_compared_each_on_its_own_vectors(tiny):
    home, settings = tiny
    embed_tiny(home, EncoderSpec("tiny", "tests/tiny", "2"), seed=1)
    bundle = train(home, settings, say=quiet).bundle
    done = promote(home, settings, bundle, force=True)
    assert set(done.categories) == set(THREE)


def test_a_damaged_bundle_is_refused_even_by_force(tiny):
    home, settings = tiny
    second = add_sport(home)
    head = read_manifest(home.path, second).categories["sport"].fingerprint
    file = home.path / "heads" / head / "weights.safetensors"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"weights.safetensors is damaged \(SHA-256 differs\); put a copy back"):
        promote(home, settings, second, force=True)
    assert "weights.safetensors is damaged" in show_bundle(home, second).problem
    file.unlink()
    with pytest.raises(ModelError, match=r"weights\.safetensors is missing"):
        promote(home, settings, second, force=True)


def test_training_never_makes_a_damaged_head_part_of_a_new_bundle(tiny):
    home, _ = tiny
    head = read_manifest(home.path, bundle_names(home.path)[0]).categories["culture"].fingerprint
    file = home.path / "heads" / head / "weights.safetensors"
    content = bytearray(file.read_bytes())
    content[8 + int.from_bytes(content[:8], "little")] ^= 1  # the last bit of the first number
    file.write_bytes(content)
    with pytest.raises(ModelError, match=f"{head}/weights.safetensors is damaged .SHA-256 differs from bundle"):
        add_sport(home)


def test_a_pickle_as_the_name_of_the_current_bundle_is_refused_and_force_writes_a_good_one(tiny, tmp_path):
    home, settings = tiny
    second = add_sport(home)
    (home.path / "bundles" / "current").write_bytes(bomb(tmp_path / "marker"))
    for attempt in (lambda: promote(home, settings, second), lambda: rollback(home), lambda: list_bundles(home)):
        with pytest.raises(ModelError, match="current is damaged: it should hold the id of a bundle"):
            attempt()
    assert promote(home, settings, second, force=True).bundle == current_name(home.path) == second
    assert not (tmp_path / "marker").exists()


def test_the_bundle_that_serves_is_promoted_without_a_word_in_the_log(tiny):
    home, settings = tiny
    promote(home, settings, "current")
    assert [promotion.how for promotion in promotions(home.path)] == ["first"]


def test_rollbacks_go_further_and_further_back_until_nothing_served_before(tiny):
    home, settings = tiny
    first, second = current_name(home.path), add_sport(home)
    promote(home, settings, second)
    third = train(home, tiny_settings(home.path, ["politics", "economy"]), say=quiet).bundle
    promote(home, settings, third)
    assert [rollback(home).bundle for _ in range(2)] == [second, first]
    with pytest.raises(PipelineError, match=f"no bundle served before {first}; there is nothing to go back to"):
        rollback(home)
    promote(home, settings, third)
    assert rollback(home).bundle == first
    assert len(promotions(home.path)) == 7


def test_a_rollback_to_a_damaged_bundle_is_refused(tiny):
    home, settings = tiny
    first, second = current_name(home.path), add_sport(home)
    promote(home, settings, second)
    (home.path / "bundles" / first / "manifest.json").write_text("{")
    with pytest.raises(ModelError, match=r"manifest.json is damaged: it is not a manifest; put a copy back"):
        rollback(home)
    assert current_name(home.path) == second


def test_a_promotion_that_was_stopped_after_its_log_line_is_no_place_to_go_back_to(tiny):
    home, settings = tiny
    first, second = current_name(home.path), add_sport(home)
    promote(home, settings, second)
    (home.path / "bundles" / "current").write_text(first)
    with pytest.raises(PipelineError, match="there is nothing to go back to"):
        rollback(home)
    third = train(home, tiny_settings(home.path, ["politics"]), say=quiet).bundle
    promote(home, settings, third)
    assert rollback(home).bundle == first


def test_a_category_that_the_test_cannot_measure_is_not_averaged(tiny):
    home, settings = tiny
    first, worse = current_name(home.path), spoil_politics(home, settings)
    before, after = (read_manifest(home.path, name) for name in (first, worse))
    all_three = compare(home, before, after)
    label(home, "economy", wrong=[row for row in range(60) if truth_of("economy")[row]], annotator="editor:nobody")
    two = compare(home, before, after)
    assert (all_three.common, two.common) == (3, 2)
    assert two.change == pytest.approx(all_three.change * 3 / 2)
    label(home, "politics", wrong=[row for row in range(60) if truth_of("politics")[row]], annotator="editor:nobody")
    none = compare(home, before, after)
    assert (none.common, none.change) == (1, 0.0)
    assert np.isnan(none.categories["politics"]).all()
