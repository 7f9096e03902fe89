"""No later run of a model overwrites what an editor said; through the commands."""

import pytest

from tests.pipeline.annotate.test_command import config
from tests.pipeline.support.annotating import article, desk, model_server
from tests.pipeline.support.command import Rubrika


def test_an_editor_s_label_stands_whatever_models_say_before_and_after(tmp_path, monkeypatch):
    rows = [article("e1", "politics"), article("e2", "none")]
    with model_server() as server:
        made = desk(tmp_path / "home", rows, server.base_url)
        rubrika = Rubrika(made.path, config(tmp_path))
        monkeypatch.setenv("RUBRIKA_ANNOTATOR__BASE_URL", server.base_url)

        def annotate(model):
            monkeypatch.setenv("RUBRIKA_ANNOTATOR__MODEL", model)
            assert rubrika.json("annotate")["labelled"] == 2

        annotate("first")
        table = tmp_path / "checked.csv"
        table.write_text(f"id,politics\n{rows[0]['id']},0\n{rows[1]['id']},1\n", encoding="utf-8")
        rubrika.json("labels", "import", table, "--annotator", "editor:анна")
        annotate("second")
    labels = made.labels()
    assert labels["e1", "politics"] == (0, "editor:анна")
    assert labels["e2", "politics"] == (1, "editor:анна")
    assert labels["e1", "sport"] == (0, "llm:second")
    said = rubrika.json("labels", "stats", "--category", "politics")["categories"]["politics"]
    assert {who: one["counts"] for who, one in said["annotators"].items()} == {
        "editor:анна": 2,
        "llm:first": 0,
        "llm:second": 0,
    }
    assert said["pairs"][0]["agreement"]["share"]["value"] == pytest.approx(0)
