import re
from dataclasses import replace

import numpy as np
import pytest

from models.evaluation.weighted import equal_mass_bins
from pipeline.evaluate.report.pictures import SERVED, density, distributions, pictures, precision_recall, reliability
from pipeline.show.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scale


def points(path):
    return np.array(re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path), dtype=float)


def test_every_curve_stays_inside_its_frame(sport, figures):
    for chart in pictures(sport, figures):
        for shape in chart.shapes:
            across, up = points(shape.path).T
            assert (across >= LEFT - 0.1).all() and (across <= WIDTH - RIGHT + 0.1).all()
            assert (up >= TOP - 0.1).all() and (up <= HEIGHT - BOTTOM + 0.1).all()


def test_the_dot_stands_at_the_served_threshold(sport, figures):
    decided = sport.probability >= sport.yes
    recall, precision = decided[sport.truth].mean(), sport.truth[decided].mean()
    chart = pictures(sport, figures)[1]
    (dot,) = [points(shape.path)[0] for shape in chart.shapes if shape.kind == "dot"]
    assert dot == pytest.approx([Scale().across(recall), Scale().up(precision)], abs=0.06)


def test_a_threshold_that_nothing_reaches_has_no_dot_and_no_line_and_none_is_spoken_of(sport, figures):
    never = replace(sport, yes=1.01, no=1.01)
    charts = pictures(never, figures)
    kinds = [[shape.kind for shape in chart.shapes] for chart in charts]
    assert "rule" not in kinds[0]
    assert "rule" not in [kind for _, kind, _ in charts[0].legend]
    assert "dot" not in kinds[1] + kinds[2]
    assert not any(SERVED in chart.caption for chart in charts)
    assert all(SERVED in chart.caption for chart in pictures(sport, figures)[1:3])


@pytest.mark.parametrize(
    ("no", "yes", "said"),
    [
        (0.5, 0.5, "порог: 50,0 %"),
        (1.01, 1.01, "«да» никогда"),
        (0.034, 0.5, "«нет» до 3,4 %, «да» от 50,0 %"),
        (0.034, 1.01, "«нет» до 3,4 %, «да» никогда"),
        (0.0, 0.5, "«нет» никогда, «да» от 50,0 %"),
    ],
)
def test_thresholds_are_said_in_plain_words(sport, no, yes, said):
    chart = distributions(replace(sport, no=no, yes=yes))
    assert chart.label.replace("\u00a0", " ").endswith(said)


def test_the_area_under_the_curve_is_the_average_precision(sport, figures):
    (curve,) = [points(shape.path) for shape in precision_recall(sport, figures).shapes if shape.kind == "line"]
    across, up = (curve - [LEFT, TOP]).T / [[WIDTH - LEFT - RIGHT], [HEIGHT - BOTTOM - TOP]]
    assert np.trapezoid(1 - up, across) == pytest.approx(figures["average_precision"].value, abs=0.003)
    assert ((np.diff(across) == 0) | (np.diff(up) == 0)).all()


def test_the_calibration_is_drawn_over_the_bins_of_its_error(sport, figures):
    (dots,) = [points(shape.path) for shape in reliability(sport, figures).shapes if shape.kind == "dot"]
    across, up = (dots - [LEFT, TOP]).T / [[WIDTH - LEFT - RIGHT], [HEIGHT - BOTTOM - TOP]]
    sizes = np.bincount(equal_mass_bins(sport.probability))
    gap = (sizes[sizes > 0] / sizes.sum()) @ np.abs(across - (1 - up))
    assert gap == pytest.approx(figures["ece"].value, abs=0.001)


def test_the_roc_curve_ends_in_its_corners(sport, figures):
    curve = next(shape for shape in pictures(sport, figures)[2].shapes if shape.kind == "line")
    assert points(curve.path)[[0, -1]].tolist() == [[LEFT, HEIGHT - BOTTOM], [WIDTH - RIGHT, TOP]]


def test_a_distribution_covers_its_articles(sport):
    grid = np.linspace(-12, 12, 400)
    assert np.trapezoid(density(sport.probability, grid), grid) == pytest.approx(1, abs=0.02)


def test_certain_probabilities_are_drawn_at_the_edge(sport, figures):
    certain = replace(sport, probability=sport.truth.astype(float))
    assert len(pictures(certain, figures)) == 4


def test_points_on_one_place_are_drawn_once():
    assert Scale().path([0, 0, 1, 1], [0, 0.00001, 1, 1]).count("L") == 1


def test_one_class_alone_has_no_curves(sport, figures):
    assert pictures(replace(sport, truth=np.ones_like(sport.truth)), figures) == ()
