import json

import pytest

from models.bundles.manifests import bundle_names, read_manifest
from models.bundles.names import current_name, newest_name
from models.errors import ModelError
from pipeline.bundles.archive import export_archive, import_archive
from pipeline.bundles.diff import diff
from pipeline.bundles.export_onnx import export_onnx
from pipeline.bundles.history import history
from pipeline.bundles.listing import list_bundles, show_bundle
from pipeline.bundles.promote import promote
from pipeline.evaluate.sql.sql import ask
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import open_home
from pipeline.train.train import train
from store.encoders import Encoders
from tests.models.pickles import bomb
from tests.pipeline.support.homes import label, tiny_settings
from tests.pipeline.support.tiny import THREE, quiet

FOUR = [*THREE, "sport"]


@pytest.fixture
def grown(tiny):
    """The tiny home with a second bundle: sport came, politics learned from other labels, culture went."""
    home, _ = tiny
    label(home, "sport")
    label(home, "politics", wrong=[0, 1], annotator="editor:anna")
    settings = tiny_settings(home.path, ["politics", "economy", "sport"])
    train(home, settings, say=quiet)
    return home, settings


def two(home):
    return current_name(home.path), newest_name(home.path)


def elsewhere(tmp_path):
    settings = tiny_settings(tmp_path / "elsewhere", THREE)
    return open_home(settings), settings


def test_the_manifest_says_what_the_heads_learned_from(grown):
    home, _ = grown
    old, new = (read_manifest(home.path, name).categories for name in two(home))
    assert old["politics"].labels != new["politics"].labels
    assert old["economy"].labels == new["economy"].labels
    assert old["economy"].facts.positives > 0
    assert 0 < old["economy"].facts.cross_validated_average_precision <= 1


def test_the_list_is_from_old_to_new_and_names_what_is_damaged(grown):
    home, _ = grown
    old, new = two(home)
    marks = [(said.id, said.current, said.newest) for said in list_bundles(home)]
    assert marks == [(old, True, False), (new, False, True)]
    (home.path / "bundles" / new / "manifest.json").write_bytes(b"\x80\x04.")
    damaged, whole = list_bundles(home)
    assert (damaged.id, whole.id) == (new, old)
    assert "manifest.json is damaged: it is not a manifest" in damaged.problem


def test_a_bundle_shows_when_it_served(grown):
    home, settings = grown
    _, new = two(home)
    assert show_bundle(home, new).promotions == ()
    promote(home, settings, new, force=True)
    shown = show_bundle(home, new[:5])
    assert [promotion.how for promotion in shown.promotions] == ["promote"]
    assert (shown.current, shown.problem, shown.evaluation) == (True, "", None)


def test_the_card_has_titles_figures_and_what_to_do_for_more(tiny):
    home, _ = tiny
    name = current_name(home.path)
    card = show_bundle(home, name).card.read_text(encoding="utf-8")
    assert "Sorts Russian news articles into Политика, Экономика, Культура" in card
    assert "| `politics` | Политика | linear SVM" in card or "| `politics` | Политика | logistic" in card
    assert f"Not measured on the test part yet: `rubrika evaluate --bundle {name}`" in card
    assert "## Limits" in card


def test_the_difference_of_two_bundles(grown):
    home, _ = grown
    said = diff(home, "current", "newest")
    assert (said.added, said.removed, said.same) == (("sport",), ("culture",), ("economy",))
    assert said.changed["politics"].keys() >= {"labels", "threshold"}
    assert said.summary.startswith("+sport; −culture; politics: ")
    back = diff(home, "newest", "current")
    assert (back.added, back.removed) == (("culture",), ("sport",))
    assert diff(home, "newest", "newest").summary == "nothing"


def test_a_new_title_is_a_new_bundle_of_the_same_heads(tiny):
    home, settings = tiny
    titled = settings.categories["culture"].model_copy(update={"title": "Искусство"})
    train(home, settings.model_copy(update={"categories": settings.categories | {"culture": titled}}), say=quiet)
    said = diff(home, "current", "newest")
    assert said.retitled == {"culture": ("Культура", "Искусство")}
    assert set(said.same) == set(THREE)


def test_the_history_measures_every_bundle_on_the_test_articles_of_now(grown):
    home, _ = grown
    old, new = history(home)
    assert (old.current, new.current) == (True, False)
    assert old.average_precision.keys() == set(THREE)
    assert old.average_precision["economy"] == new.average_precision["economy"]
    assert old.macro_average_precision == pytest.approx(sum(old.average_precision.values()) / 3)
    assert old.changed is None
    assert new.changed.added == ("sport",)
    before = old.average_precision["politics"]
    label(home, "politics", wrong=range(3, 60, 4), annotator="editor:anna")
    assert history(home)[0].average_precision["politics"] != before


def test_a_bundle_that_cannot_be_measured_keeps_its_row_and_says_why(grown):
    home, _ = grown
    head = read_manifest(home.path, newest_name(home.path)).categories["sport"].fingerprint
    (home.path / "heads" / head / "weights.safetensors").unlink()
    old, new = history(home)
    assert old.macro_average_precision is not None
    assert (new.macro_average_precision, "is damaged" in new.problem) == (None, True)


def test_sql_sees_bundles_and_their_history(grown):
    home, settings = grown
    rows = ask(home, settings, "SELECT bundle, current, round(average_precision['economy'], 6) AS ap FROM history")
    assert [(row["bundle"], row["current"]) for row in rows] == [(name, name == two(home)[0]) for name in two(home)]
    assert rows[0]["ap"] == rows[1]["ap"]
    rows = ask(home, settings, "SELECT title, count(*) AS n FROM bundles GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1")
    assert rows == [{"title": "Политика", "n": 2}]
    assert ask(home, settings, "SELECT count(*) AS n FROM articles") == [{"n": 60}]


def test_without_bundles_sql_has_the_empty_views_and_the_history_says_what_to_run(tmp_path):
    home, settings = elsewhere(tmp_path)
    assert ask(home, settings, "SELECT count(*) AS n FROM history, bundles") == [{"n": 0}]
    with pytest.raises(PipelineError, match=r"no bundle in .* yet; run: rubrika train"):
        history(home)


def test_a_bundle_travels_in_one_file_and_serves_elsewhere_when_it_is_promoted(grown, tmp_path):
    home, _ = grown
    _, new = two(home)
    file = tmp_path / "news.tar.gz"
    assert export_archive(home, "newest", file).bundle == new
    there, settings = elsewhere(tmp_path)
    came = import_archive(there, file)
    assert (came.bundle, came.known, set(came.categories)) == (new, False, {"politics", "economy", "sport"})
    assert current_name(there.path) is None
    assert show_bundle(there, new).problem == ""
    assert promote(there, settings, new).before is None
    assert import_archive(there, file).known
    assert not list(there.path.glob(".import*"))


def test_nothing_of_a_bad_archive_comes_in(grown, tmp_path):
    home, _ = grown
    file = tmp_path / "news.tar.gz"
    export_archive(home, "newest", file)
    there, _ = elsewhere(tmp_path)
    content = bytearray(file.read_bytes())
    content[-1000] ^= 1
    for bad in (bytes(content), content[:-500], bomb(tmp_path / "marker")):
        file.write_bytes(bad)
        with pytest.raises(ModelError, match="ask for the archive again"):
            import_archive(there, file)
    assert bundle_names(there.path) == []
    assert not (there.path / "heads").exists()
    assert not list(there.path.glob(".import*"))
    assert not (tmp_path / "marker").exists()


def test_a_head_that_is_here_with_other_contents_is_not_overwritten(grown, tmp_path):
    home, _ = grown
    file = tmp_path / "news.tar.gz"
    export_archive(home, "newest", file)
    there, _ = elsewhere(tmp_path)
    head = read_manifest(home.path, newest_name(home.path)).categories["sport"].fingerprint
    (there.path / "heads" / head).mkdir(parents=True)
    (there.path / "heads" / head / "head.json").write_text("{}")
    with pytest.raises(PipelineError, match="this home trained that head itself, with other results"):
        import_archive(there, file)
    assert (there.path / "heads" / head / "head.json").read_text() == "{}"
    assert bundle_names(there.path) == []


def test_no_file_is_ever_overwritten_and_a_missing_one_is_named(tiny, tmp_path):
    home, _ = tiny
    file = tmp_path / "there"
    file.write_text("mine")
    for export in (export_archive, export_onnx):
        with pytest.raises(PipelineError, match="there exists; name another file, or remove it first") as caught:
            export(home, "current", file)
        assert caught.value.exit_code == 2
    assert file.read_text() == "mine"
    with pytest.raises(PipelineError, match=r"no file .*gone; make one with: rubrika bundle export ID FILE.tar.gz"):
        import_archive(home, tmp_path / "gone")


def test_the_onnx_file_is_verified_on_stored_articles_and_elsewhere_on_made_up_ones(grown, tmp_path):
    home, _ = grown
    done = export_onnx(home, "newest", tmp_path / "news.onnx")
    assert (done.articles, done.size) == (60, (tmp_path / "news.onnx").stat().st_size)
    assert done.difference <= 1e-5
    export_archive(home, "newest", tmp_path / "news.tar.gz")
    there, _ = elsewhere(tmp_path)
    import_archive(there, tmp_path / "news.tar.gz")
    assert Encoders(there.db).current() is None
    assert export_onnx(there, "newest", tmp_path / "there.onnx").articles == 64
    assert (tmp_path / "there.onnx").read_bytes() == (tmp_path / "news.onnx").read_bytes()


def test_a_damaged_evaluation_counts_as_none(tiny):
    home, _ = tiny
    name = current_name(home.path)
    report = home.path / "reports" / f"{name}.json"
    report.parent.mkdir(exist_ok=True)
    for content in ("{", "[]", json.dumps({"bundle": "another"})):
        report.write_text(content)
        assert show_bundle(home, name).evaluation is None
