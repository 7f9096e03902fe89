from pathlib import Path

import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import settings_text
from tests.pipeline.support.homes import label
from tests.pipeline.support.tiny import THREE


@pytest.fixture
def rubrika(tiny, tmp_path):
    """The command on a tiny home whose settings file has sport as well, labelled but not trained."""
    home, _ = tiny
    label(home, "sport")
    config = tmp_path / "rubrika.toml"
    config.write_text(settings_text([*THREE, "sport"], ["logistic", "hybrid"]), encoding="utf-8")
    return Rubrika(home.path, config)


def test_the_story_of_a_bundle_on_the_command_line(rubrika):
    first = rubrika.json("bundle", "list")["bundles"][0]["id"]
    trained = rubrika("train")
    second = rubrika.json("train")["bundle"]
    assert f"to serve it: rubrika bundle promote {second}" in trained.out
    promoted = rubrika("bundle", "promote")
    assert promoted.out.strip().endswith("on the same test articles; to take it back: rubrika bundle rollback")
    assert f"{second} serves, before it {first}; macro average precision +0.000" in promoted.out
    assert rubrika("bundle", "promote").out == f"{second} serves already\n"
    assert "+sport" in rubrika("history").out
    assert "sport" in rubrika("bundle", "diff", first, second).out
    assert rubrika.json("bundle", "diff", first, second)["added"] == ["sport"]
    assert "its files are whole" in rubrika("bundle", "show", "current").out
    assert [row["bundle"] for row in rubrika.json("history")["bundles"]] == [first, second]
    assert rubrika.json("bundle", "rollback")["bundle"] == first
    again = rubrika("bundle", "rollback")
    assert (again.code, again.err) == (
        1,
        f"rubrika: no bundle served before {first}; there is nothing to go back to\n",
    )


def test_export_and_import_on_the_command_line(rubrika, tmp_path):
    archive, graph = tmp_path / "news.tar.gz", tmp_path / "news.onnx"
    assert str(archive) in rubrika("bundle", "export", "current", archive).out
    assert (
        "largest difference of a probability on 60 articles"
        in rubrika("bundle", "export", "current", "--onnx", graph).out
    )
    there = Rubrika(tmp_path / "there", rubrika.config)
    assert "to serve it: rubrika bundle promote" in there("bundle", "import", archive).out
    assert rubrika("bundle", "import", archive).out.count("was here already") == 1
    both = rubrika("bundle", "export", "current", archive, "--onnx", graph)
    assert (both.code, both.err) == (
        2,
        "rubrika: name one file: FILE.tar.gz or --onnx FILE.onnx; see: rubrika bundle export --help\n",
    )


def test_an_unknown_bundle_is_one_line_and_a_wrong_call(rubrika):
    for command in (["show", "ffff"], ["promote", "ffff"], ["diff", "current", "ffff"], ["export", "ffff", "x.tar.gz"]):
        result = rubrika("bundle", *command)
        assert result.code == 2
        assert result.err.startswith("rubrika: no bundle 'ffff'; there are: ")
        assert result.err.count("\n") == 1


def test_without_a_bundle_the_list_says_what_to_run(rubrika, tmp_path):
    (tmp_path / "empty").mkdir()
    empty = Rubrika(tmp_path / "empty", rubrika.config)
    assert empty("bundle", "list").out == "no bundles; make one with: rubrika train\n"


def test_an_evaluated_bundle_has_its_figures_in_list_and_card(copy):
    name = copy.json("bundle", "list")["bundles"][0]["id"]
    said = copy.json("bundle", "show", name)
    assert 0 < copy.json("bundle", "list")["bundles"][0]["macro_average_precision"] <= 1
    text = Path(said["card"]).read_text(encoding="utf-8")
    assert f"test articles (`rubrika evaluate --bundle {name}`" in text
    assert "| knn (macro) |" in text
