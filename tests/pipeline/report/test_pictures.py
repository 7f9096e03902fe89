import re
from dataclasses import replace

import numpy as np
import pytest

from pipeline.report.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scale
from pipeline.report.pictures import density, pictures


def points(path):
    return np.array(re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path), dtype=float)


def test_every_curve_stays_inside_its_frame(sport):
    for chart in pictures(sport):
        for shape in chart.shapes:
            across, up = points(shape.path).T
            assert (across >= LEFT - 0.1).all() and (across <= WIDTH - RIGHT + 0.1).all()
            assert (up >= TOP - 0.1).all() and (up <= HEIGHT - BOTTOM + 0.1).all()


def test_the_dot_stands_at_the_served_threshold(sport):
    decided = sport.probability >= sport.yes
    recall, precision = decided[sport.truth].mean(), sport.truth[decided].mean()
    chart = pictures(sport)[1]
    (dot,) = [points(shape.path)[0] for shape in chart.shapes if shape.kind == "dot"]
    assert dot == pytest.approx([Scale().across(recall), Scale().up(precision)], abs=0.06)


def test_a_threshold_that_nothing_reaches_has_no_dot_and_no_line(sport):
    never = replace(sport, yes=1.01, no=1.01)
    kinds = [[shape.kind for shape in chart.shapes] for chart in pictures(never)]
    assert "rule" not in kinds[0]
    assert "dot" not in kinds[1] + kinds[2]


def test_the_roc_curve_ends_in_its_corners(sport):
    curve = next(shape for shape in pictures(sport)[2].shapes if shape.kind == "line")
    assert points(curve.path)[[0, -1]].tolist() == [[LEFT, HEIGHT - BOTTOM], [WIDTH - RIGHT, TOP]]


def test_a_distribution_covers_its_articles(sport):
    grid = np.linspace(-12, 12, 400)
    assert np.trapezoid(density(sport.probability, grid), grid) == pytest.approx(1, abs=0.02)


def test_certain_probabilities_are_drawn_at_the_edge(sport):
    certain = replace(sport, probability=sport.truth.astype(float))
    assert len(pictures(certain)) == 4


def test_points_on_one_place_are_drawn_once():
    assert Scale().path([0, 0, 1, 1], [0, 0.00001, 1, 1]).count("L") == 1


def test_one_class_alone_has_no_curves(sport):
    assert pictures(replace(sport, truth=np.ones_like(sport.truth))) == ()
