"""The pictures of one category: how it separates, how it ranks, and whether its probabilities can be believed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import logit
from scipy.stats import binomtest

from models.arrays import Reals
from models.evaluation.figures import Figures
from models.evaluation.weighted import equal_mass_bins
from models.thresholds import cut_points
from pipeline.evaluate.report.cuts import EDGE, reading, thresholds, thresholds_shown
from pipeline.evaluate.report.evidence import CategoryEvidence
from pipeline.show.chart import Chart, Colour, Kind, Scale, Shape
from pipeline.show.wording import number

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
QUARTER_TEXTS = ("0", "25 %", "50 %", "75 %", "100 %")
LOGIT_TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
LOGIT_TEXTS = ("0,1", "1", "10", "50", "90", "99", "99,9 %")
BANDWIDTH = 0.35
UNIT = Scale()
SAME_AREA = "У обоих холмов одна площадь, поэтому чьих статей больше, по ним не видно."
SERVED = "точка — действующий порог"


def pictures(category: CategoryEvidence, figures: Figures) -> tuple[Chart, ...]:
    """All pictures that can be drawn; the curves need both classes."""
    if not category.truth.any() or category.truth.all():
        return ()
    curves = (precision_recall, roc, reliability)
    return distributions(category), *(curve(category, figures) for curve in curves)


def distributions(category: CategoryEvidence) -> Chart:
    """Both classes' probabilities on one axis of log-odds, where near-certain ones stay apart; with the thresholds."""
    grid = np.linspace(logit(EDGE), logit(1 - EDGE), 140)
    curves = [density(category.probability[category.truth == side], grid) for side in (False, True)]
    scale = Scale((float(grid[0]), float(grid[-1])), (0.0, 1.08 * max(float(curve.max()) for curve in curves)))
    places = grid.tolist()
    shapes = [scale.area(places, curves[0].tolist(), "no"), scale.area(places, curves[1].tolist(), "yes")]
    lines = [scale.line([at, at], scale.y, "plain", "rule") for at in thresholds_shown(category)]
    cuts = thresholds(category)
    legend: list[tuple[Colour, Kind, str]] = [("yes", "area", "в рубрике"), ("no", "area", "вне её")]
    legend += [("plain", "rule", cuts)] if lines else []
    return Chart(
        "Как модель разделяет статьи",
        f"Распределения вероятностей у статей рубрики «{category.title}» и у остальных; {cuts}",
        f"Чем дальше холмы друг от друга, тем реже ошибки; {reading(category)}. {SAME_AREA}",
        "вероятность по модели",
        "доля статей своего холма",
        scale.x_ticks(logit(LOGIT_TICKS).tolist(), LOGIT_TEXTS),
        (),
        (*shapes, *lines),
        tuple(legend),
    )


def precision_recall(category: CategoryEvidence, figures: Figures) -> Chart:
    """Precision against recall over all thresholds in steps, whose area is the average precision; the served marked."""
    _, true_positives, chosen = cut_points(category.probability, category.truth)
    recall, precision = true_positives / category.truth.sum(), true_positives / chosen
    share = float(category.truth.mean())
    dot = served(recall, precision, chosen, category)
    shapes = [
        UNIT.line([0, 1], [share, share], "faint", "rule"),
        UNIT.line(np.append(0, np.repeat(recall, 2)[:-1]), np.repeat(precision, 2), "yes"),
        *dot,
    ]
    return Chart(
        "Точность и полнота",
        f"Кривая точность — полнота рубрики «{category.title}», AP {figure(figures, 'average_precision')}",
        "Сколько отмеченных верны, если искать всё больше нужных" + (f"; {SERVED}." if dot else "."),
        "полнота",
        "точность",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        tuple(shapes),
        (("yes", "line", f"модель, AP {figure(figures, 'average_precision')}"), ("faint", "rule", "наугад")),
    )


def roc(category: CategoryEvidence, figures: Figures) -> Chart:
    """True positive rate against false positive rate over all thresholds, the served one marked."""
    _, true_positives, chosen = cut_points(category.probability, category.truth)
    hits, alarms = true_positives / category.truth.sum(), (chosen - true_positives) / (~category.truth).sum()
    dot = served(alarms, hits, chosen, category)
    shapes = [
        UNIT.line([0, 1], [0, 1], "faint", "rule"),
        UNIT.line(np.append(0, alarms), np.append(0, hits), "yes"),
        *dot,
    ]
    return Chart(
        "ROC-кривая",
        f"ROC-кривая рубрики «{category.title}», площадь {figure(figures, 'roc_auc')}",
        "Сколько нужных найдено ценой ложных тревог: чем ближе к левому верхнему углу, тем лучше"
        + (f"; {SERVED}." if dot else "."),
        "ложные тревоги",
        "найдено нужных",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        tuple(shapes),
        (("yes", "line", f"модель, AUC {figure(figures, 'roc_auc')}"), ("faint", "rule", "наугад")),
    )


def reliability(category: CategoryEvidence, figures: Figures) -> Chart:
    """Share of positives against mean probability in the bins of the ECE, with Wilson's 95 % intervals."""
    bins = equal_mass_bins(category.probability)
    inside = [bins == place for place in np.unique(bins)]
    predicted = [float(category.probability[rows].mean()) for rows in inside]
    observed = [float(category.truth[rows].mean()) for rows in inside]
    intervals = [wilson(int(category.truth[rows].sum()), int(rows.sum())) for rows in inside]
    bars = [UNIT.line([at, at], list(ends), "yes", "bar") for at, ends in zip(predicted, intervals, strict=True)]
    return Chart(
        "Можно ли верить вероятности",
        f"Калибровка рубрики «{category.title}», ECE {figure(figures, 'ece')}",
        "Точка — десятая часть статей, от самых невероятных к самым вероятным, черта — 95 %; "
        "на диагонали «80 %» и правда значит 80 из 100.",
        "вероятность по модели",
        "доля статей рубрики",
        UNIT.x_ticks(QUARTERS, QUARTER_TEXTS),
        UNIT.y_ticks(QUARTERS, QUARTER_TEXTS),
        (UNIT.line([0, 1], [0, 1], "faint", "rule"), *bars, UNIT.dots(predicted, observed, "yes")),
        (("yes", "dot", f"модель, ECE {figure(figures, 'ece')}"), ("faint", "rule", "точное совпадение")),
    )


def wilson(counting: int, articles: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    ends = binomtest(counting, articles).proportion_ci(method="wilson")
    return float(ends.low), float(ends.high)


def served(x: Reals, y: Reals, chosen: npt.NDArray[np.intp], category: CategoryEvidence) -> list[Shape]:
    """The dot of the served threshold on a curve; none when it lets nothing in."""
    place = np.flatnonzero(chosen == (category.probability >= category.yes).sum())
    return [UNIT.dots(x[place], y[place], "yes")] if len(place) else []


def density(probability: Reals, grid: Reals) -> Reals:
    """Gaussian kernel density of log-odds; the nearly certain ones stand at the edge."""
    places = logit(np.clip(probability, EDGE, 1 - EDGE))
    counts, edges = np.histogram(places, bins=4 * len(grid), range=(grid[0] - 1e-9, grid[-1] + 1e-9))
    middles = (edges[1:] + edges[:-1]) / 2
    kernel = np.exp(-(((grid[:, None] - middles) / BANDWIDTH) ** 2) / 2)
    return np.asarray(kernel @ counts / (len(probability) * BANDWIDTH * np.sqrt(2 * np.pi)))


def figure(figures: Figures, name: str) -> str:
    """One of the category's figures, written."""
    return number(figures[name].value, 3)
