import json
import math
from pathlib import Path

import pytest
from pydantic import ValidationError

from models.evaluation.bootstrap import Interval
from models.evaluation.evaluation import Evaluation
from models.evaluation.registry import NAMES
from pipeline.show.json_values import json_values

OLD = Path(__file__).with_name("report-of-protocol-5.json")


@pytest.fixture
def old():
    """A report as the version before the typed record wrote it: figures alone."""
    return json.loads(OLD.read_bytes())


@pytest.fixture
def evaluation(old):
    return Evaluation.model_validate(old)


def is_part(part, whole):
    """Whether all that is in one JSON value is in the other."""
    if isinstance(part, dict):
        return part.keys() <= whole.keys() and all(is_part(value, whole[key]) for key, value in part.items())
    return part == pytest.approx(whole, rel=1e-12) if isinstance(part, float) else part == whole


def test_an_old_report_loads_and_loses_nothing(old, evaluation):
    assert is_part(old, json_values(evaluation.model_dump()))
    assert Evaluation.model_validate_json(OLD.read_bytes()) == evaluation


def test_what_is_undefined_is_nan_here_and_null_in_json(old, evaluation):
    assert old["baselines"]["majority"]["categories"]["sport"]["precision"] is None
    precision = evaluation.baselines["majority"].figures("sport")["precision"]
    assert math.isnan(precision.value) and math.isnan(precision.low)
    beside = json_values(evaluation.model_dump())["baselines"]["majority"]
    assert beside["categories"]["sport"]["precision"] is None
    assert beside["intervals"]["sport.precision"] == [None, None]


def test_a_figure_is_found_by_its_name_with_its_interval(old, evaluation):
    for group, values in {**old["categories"], "macro": old["macro"], "micro": old["micro"]}.items():
        for name in NAMES:
            ends = old["intervals"][f"{group}.{name}"]
            assert evaluation.figures(group)[name] == Interval(values[name], *ends)
    assert evaluation.figure("subset_accuracy").value == old["subset_accuracy"]
    assert evaluation.figure("sport.fp").value == old["categories"]["sport"]["fp"]
    assert {f"{group}.{name}".strip(".") for group, name, _ in evaluation.all_figures()} == set(old["intervals"])


def test_a_report_may_be_older_or_newer_than_a_metric(old):
    del old["categories"]["sport"]["ece"], old["macro"]["brier"]
    old["categories"]["sport"]["of_tomorrow"] = 0.5
    old["something"] = "else"
    evaluation = Evaluation.model_validate(old)
    assert math.isnan(evaluation.figures("sport")["ece"].value)
    assert math.isnan(evaluation.figures("macro")["brier"].value)
    assert evaluation.model_dump()["categories"]["sport"]["of_tomorrow"] == 0.5


def test_rivals_have_the_difference_on_the_same_draws_where_it_was_measured(old):
    (rival,) = Evaluation.model_validate(old).rivals("sport")
    assert (rival.name, rival.gap) == ("majority", None)
    old["baselines"]["majority"]["heads_above"] = {"sport": {"value": 0.8, "low": 0.7, "high": 0.9, "p": 0.01}}
    (rival,) = Evaluation.model_validate(old).rivals("sport")
    assert (rival.gap.value, rival.gap.low) == (0.8, 0.7)
    assert (
        rival.figures["average_precision"].value
        == old["baselines"]["majority"]["categories"]["sport"]["average_precision"]
    )


def test_categories_that_no_average_counts_are_left_out(old):
    assert Evaluation.model_validate(old | {"averaged": ["sport"]}).left_out == ["culture"]


def test_what_follows_from_the_figures_is_not_believed_but_computed(old, evaluation):
    old["newsroom"] |= {"minutes_saved": 1e9, "yes": -1}
    assert Evaluation.model_validate(old).newsroom == evaluation.newsroom
    assert evaluation.newsroom.yes == sum(gain.yes for gain in evaluation.newsroom.categories.values())


def test_nobody_changes_an_evaluation(evaluation):
    with pytest.raises(ValidationError, match="frozen"):
        evaluation.bundle = "another"
