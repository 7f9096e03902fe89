"""The pictures of one category: how it separates, how it ranks, and whether its probabilities can be believed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import logit
from scipy.stats import binomtest

from models.arrays import Reals
from models.evaluation.weighted import equal_mass_bins
from models.thresholds import cut_points
from pipeline.evaluate.report.data import CategoryTest
from pipeline.show.chart import Chart, Colour, Kind, Scale, Shape
from pipeline.show.wording import cut, number

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
QUARTER_TEXTS = ("0", "25 %", "50 %", "75 %", "100 %")
EDGE = 0.001
LOGIT_TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
LOGIT_TEXTS = ("0,1", "1", "10", "50", "90", "99", "99,9 %")
BANDWIDTH = 0.35
UNIT = Scale()
SAME_AREA = "У обоих холмов одна площадь, поэтому чьих статей больше, по ним не видно."
SERVED = "точка — действующий порог"


def pictures(test: CategoryTest) -> tuple[Chart, ...]:
    """All pictures that can be drawn; the curves need both classes."""
    if not test.truth.any() or test.truth.all():
        return ()
    return distributions(test), precision_recall(test), roc(test), reliability(test)


def distributions(test: CategoryTest) -> Chart:
    """Both classes' probabilities on one axis of log-odds, where near-certain ones stay apart; with the thresholds."""
    grid = np.linspace(logit(EDGE), logit(1 - EDGE), 140)
    curves = [density(test.probability[test.truth == side], grid) for side in (False, True)]
    scale = Scale((float(grid[0]), float(grid[-1])), (0.0, 1.08 * max(float(curve.max()) for curve in curves)))
    places = grid.tolist()
    shapes = [scale.area(places, curves[0].tolist(), "no"), scale.area(places, curves[1].tolist(), "yes")]
    lines = [scale.line([at, at], scale.y, "plain", "rule") for at in thresholds_shown(test)]
    said = thresholds(test)
    legend: list[tuple[Colour, Kind, str]] = [("yes", "area", "в рубрике"), ("no", "area", "вне её")]
    legend += [("plain", "rule", said)] if lines else []
    return Chart(
        "Как модель разделяет статьи",
        f"Распределения вероятностей у статей рубрики «{test.title}» и у остальных; {said}",
        f"Чем дальше холмы друг от друга, тем реже ошибки; {reading(test)}. {SAME_AREA}",
        "вероятность по модели",
        "доля статей своего холма",
        scale.x_ticks(logit(LOGIT_TICKS).tolist(), LOGIT_TEXTS),
        (),
        (*shapes, *lines),
        tuple(legend),
    )


def precision_recall(test: CategoryTest) -> Chart:
    """Precision against recall over all thresholds in steps, whose area is the average precision; the served marked."""
    _, true_positives, chosen = cut_points(test.probability, test.truth)
    recall, precision = true_positives / test.truth.sum(), true_positives / chosen
    share = float(test.truth.mean())
    dot = served(recall, precision, chosen, test)
    shapes = [
        UNIT.line([0, 1], [share, share], "faint", "rule"),
        UNIT.line(np.append(0, np.repeat(recall, 2)[:-1]), np.repeat(precision, 2), "yes"),
        *dot,
    ]
    return Chart(
        "Точность и полнота",
        f"Кривая точность — полнота рубрики «{test.title}», AP {figure(test, 'average_precision')}",
        "Сколько отмеченных верны, если искать всё больше нужных" + (f"; {SERVED}." if dot else "."),
        "полнота",
        "точность",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        tuple(shapes),
        (("yes", "line", f"модель, AP {figure(test, 'average_precision')}"), ("faint", "rule", "наугад")),
    )


def roc(test: CategoryTest) -> Chart:
    """True positive rate against false positive rate over all thresholds, the served one marked."""
    _, true_positives, chosen = cut_points(test.probability, test.truth)
    hits, alarms = true_positives / test.truth.sum(), (chosen - true_positives) / (~test.truth).sum()
    dot = served(alarms, hits, chosen, test)
    shapes = [
        UNIT.line([0, 1], [0, 1], "faint", "rule"),
        UNIT.line(np.append(0, alarms), np.append(0, hits), "yes"),
        *dot,
    ]
    return Chart(
        "ROC-кривая",
        f"ROC-кривая рубрики «{test.title}», площадь {figure(test, 'roc_auc')}",
        "Сколько нужных найдено ценой ложных тревог: чем ближе к левому верхнему углу, тем лучше"
        + (f"; {SERVED}." if dot else "."),
        "ложные тревоги",
        "найдено нужных",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        tuple(shapes),
        (("yes", "line", f"модель, AUC {figure(test, 'roc_auc')}"), ("faint", "rule", "наугад")),
    )


def reliability(test: CategoryTest) -> Chart:
    """Share of positives against mean probability in the bins of the ECE, with Wilson's 95 % intervals."""
    bins = equal_mass_bins(test.probability)
    inside = [bins == place for place in np.unique(bins)]
    said = [float(test.probability[rows].mean()) for rows in inside]
    found = [float(test.truth[rows].mean()) for rows in inside]
    reach = [binomtest(int(test.truth[rows].sum()), int(rows.sum())).proportion_ci(method="wilson") for rows in inside]
    bars = [UNIT.line([at, at], [ends.low, ends.high], "yes", "bar") for at, ends in zip(said, reach, strict=True)]
    return Chart(
        "Можно ли верить вероятности",
        f"Калибровка рубрики «{test.title}», ECE {figure(test, 'ece')}",
        "Точка — десятая часть статей, от самых невероятных к самым вероятным, черта — 95 %; "
        "на диагонали «80 %» и правда значит 80 из 100.",
        "вероятность по модели",
        "доля статей рубрики",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        (UNIT.line([0, 1], [0, 1], "faint", "rule"), *bars, UNIT.dots(said, found, "yes")),
        (("yes", "dot", f"модель, ECE {figure(test, 'ece')}"), ("faint", "rule", "точное совпадение")),
    )


def served(x: Reals, y: Reals, chosen: npt.NDArray[np.intp], test: CategoryTest) -> list[Shape]:
    """The dot of the served threshold on a curve; none when it lets nothing in."""
    place = np.flatnonzero(chosen == (test.probability >= test.yes).sum())
    return [UNIT.dots(x[place], y[place], "yes")] if len(place) else []


def thresholds(test: CategoryTest) -> str:
    """The thresholds in words; one above certainty is never reached."""
    if test.yes == test.no:
        return f"порог: {cut(test.yes)}" if test.yes <= 1 else "«да» никогда"
    no = f"до {cut(test.no)}" if test.no > 0 else "никогда"
    yes = f"от {cut(test.yes)}" if test.yes <= 1 else "никогда"
    return f"«нет» {no}, «да» {yes}"


def reading(test: CategoryTest) -> str:
    """What the thresholds mean to a reader of the distributions."""
    if test.yes > 1:
        return "«да» модель не говорит никогда"
    return "справа от порога модель говорит «да»" if test.yes == test.no else "между порогами решает человек"


def thresholds_shown(test: CategoryTest) -> list[float]:
    """The thresholds on the log-odds axis, those beyond its edge left out."""
    return [float(logit(at)) for at in sorted({test.no, test.yes}) if EDGE <= at <= 1 - EDGE]


def density(probability: Reals, grid: Reals) -> Reals:
    """Gaussian kernel density of log-odds; the nearly certain ones stand at the edge."""
    places = logit(np.clip(probability, EDGE, 1 - EDGE))
    counts, edges = np.histogram(places, bins=4 * len(grid), range=(grid[0] - 1e-9, grid[-1] + 1e-9))
    middles = (edges[1:] + edges[:-1]) / 2
    kernel = np.exp(-(((grid[:, None] - middles) / BANDWIDTH) ** 2) / 2)
    return np.asarray(kernel @ counts / (len(probability) * BANDWIDTH * np.sqrt(2 * np.pi)))


def figure(test: CategoryTest, name: str) -> str:
    """One of the category's figures, written."""
    return number(test.figures[name].value, 3) if name in test.figures else "—"
