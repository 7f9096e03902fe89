import numpy as np
import pytest

from models.evaluation.answers import Answers
from pipeline.evaluate.report.examples import Group
from pipeline.evaluate.report.groups import SOURCES_SHOWN, HeadAndRival, groups, in_order, largest


def answers(probability):
    column = np.asarray(probability, dtype=float)[:, None]
    return Answers(column, np.where(column >= 0.5, "yes", "no"), np.array([0.5]))


def head_and_rival(truth, head, rival=None):
    stories = np.array([f"story {row}" for row in range(len(truth))])
    return HeadAndRival(np.asarray(truth, dtype=bool), answers(head), rival, stories, 50)


def test_the_largest_sources_come_first_and_the_small_ones_go():
    names = [f"source-{place}" for place in range(20) for _ in range(place + 1)]
    assert largest(names) == [f"source-{place}" for place in range(19, 19 - SOURCES_SHOWN, -1)]


def test_articles_of_no_known_month_are_the_last_row_and_none_is_lost():
    names = ["2024-05", "", "2023-12", "", "2024-05"]
    truth = np.array([True, False, True, True, False])
    shown = groups(names, in_order(names), head_and_rival(truth, truth * 0.8 + 0.1))
    assert [group.name for group in shown] == ["2023-12", "2024-05", ""]
    assert sum(group.articles for group in shown) == len(names)


def test_a_group_has_its_intervals_and_the_rivals_figures_beside_it():
    truth = np.tile([True, False], 20)
    head, rival = truth * 0.8 + 0.1, np.where(np.arange(40) % 4 == 0, 0.9, 0.1)
    (group,) = groups(["РИА"] * 40, ["РИА"], head_and_rival(truth, head, answers(rival)))
    assert (group.figures["f1"].value, group.baseline["f1"].value) == (1, pytest.approx(2 / 3))
    assert 0.8 < group.figures["recall"].low < 1 == group.figures["recall"].high
    assert group.baseline["f1"].low < 2 / 3 < group.baseline["f1"].high


def test_a_group_without_the_category_has_no_f1():
    truth = np.zeros(20, dtype=bool)
    (group,) = groups(["РИА"] * 20, ["РИА"], head_and_rival(truth, np.full(20, 0.9)))
    assert np.isnan(group.figures["f1"].value)
    assert group.figures["precision"].value == 0
    assert group.baseline is None


@pytest.mark.parametrize(("positives", "small"), [(9, True), (10, False), (390, False), (391, True)])
def test_a_group_is_small_when_few_of_its_articles_are_in_the_category_or_few_outside(positives, small):
    assert Group("РИА", 400, positives, {}).small is small
