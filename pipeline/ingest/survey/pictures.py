"""The pictures of the data: when articles were published, how long they are, in how many categories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.ingest.survey.records import Lengths, Survey
from pipeline.show.chart import Chart, Colour, Kind, Scale, Tick
from pipeline.show.periods import finest, fold_months
from pipeline.show.wording import count

BARS = 40
ROOM = 1.08  # above the highest bar
TICKS = 6
UNSURE = "Где известны не все метки, рубрик может быть больше, чем известных «да»: о них говорит только контур."
# The finest that gives few enough ticks: 1, 2, 3, 5, 7, 10 … down to whole powers of ten.
LEADING_DIGITS = ((1, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))


def survey_pictures(survey: Survey) -> Iterator[Chart]:
    """All pictures that there is something to draw for."""
    if survey.months:
        yield by_time(survey)
    if survey.lengths:
        yield by_length(survey.lengths)
    if survey.known_cardinality:
        yield by_categories(survey)


def by_time(survey: Survey) -> Chart:
    """Articles by month, quarter or year."""
    periods = fold_months(survey.months, finest(survey.months, BARS))
    names, heights = list(periods), list(periods.values())
    scale = Scale((0, len(names)), (0, ROOM * max(heights)))
    # Three names fit below the axis, however many bars there are.
    shown = sorted({len(names) // 8, len(names) // 2, len(names) - 1 - len(names) // 8})
    return Chart(
        "Когда опубликованы",
        f"Число статей по времени, от {names[0]} до {names[-1]}",
        f"Статьи с известной датой; ещё у {count(survey.totals.undated)} дата неизвестна.",
        "время",
        "статей",
        scale.x_ticks([place + 0.5 for place in shown], [names[place] for place in shown]),
        count_ticks(scale, heights),
        (scale.bars(np.arange(len(names) + 1).tolist(), heights, "yes"),),
    )


def by_length(lengths: Lengths) -> Chart:
    """Text lengths on a logarithmic axis."""
    edges = np.log10(lengths.edges).tolist()
    scale = Scale((edges[0], edges[-1]), (0, ROOM * max(lengths.counts)))
    median = float(np.log10(lengths.quantiles["median"]))
    inside = round_values(lengths.edges[0], lengths.edges[-1])
    median_text = count(lengths.quantiles["median"])
    return Chart(
        "Какой длины тексты",
        f"Распределение длины текста в знаках, медиана {median_text}",
        "Ось логарифмическая: каждый столбец шире предыдущего во столько же раз.",
        "знаков в тексте",
        "статей",
        scale.x_ticks(np.log10(inside).tolist(), [count(value) for value in inside]),
        count_ticks(scale, lengths.counts),
        (scale.bars(edges, lengths.counts, "yes"), scale.line([median, median], scale.y, "plain", "rule")),
        (("yes", "area", "статьи"), ("plain", "rule", f"медиана: {median_text}")),
    )


def by_categories(survey: Survey) -> Chart:
    """How many categories an article is in: those with every label known, filled, among those with any, outlined."""
    most = max(survey.known_cardinality)
    edges = np.arange(most + 2).tolist()
    heights = [survey.known_cardinality.get(number, 0) for number in range(most + 1)]
    certain = [survey.cardinality.get(number, 0) for number in range(most + 1)]
    scale = Scale((0, most + 1), (0, ROOM * max(heights)))
    shapes = scale.bars(edges, certain, "yes"), scale.bars(edges, heights, "plain")
    legend: tuple[tuple[Colour, Kind, str], ...] = (
        ("yes", "area", "известны метки всех рубрик"),
        ("plain", "area", "все размеченные, по числу «да»"),
    )
    complete = certain == heights
    return Chart(
        "Сколько рубрик у статьи",
        "Число статей по количеству их рубрик",
        "У всех размеченных статей известны метки всех рубрик." if complete else UNSURE,
        "рубрик",
        "статей",
        scale.x_ticks([number + 0.5 for number in range(most + 1)], [str(number) for number in range(most + 1)]),
        count_ticks(scale, heights),
        shapes[:1] if complete else shapes,
        () if complete else legend,
    )


def round_values(low: float, high: float) -> list[int]:
    """Round values between two, some few of them."""
    # The coarsest is taken even if it gives too many: an axis needs ticks.
    values: list[int] = []
    for digits in LEADING_DIGITS:
        values = [digit * 10**power for power in range(7) for digit in digits if low <= digit * 10**power <= high]
        if len(values) <= TICKS:
            break
    return values


def count_ticks(scale: Scale, heights: Sequence[float]) -> tuple[Tick, ...]:
    """Grid lines at round counts."""
    step = 10 ** int(np.log10(max(*heights, 1)))
    step = next(part for part in (step / 5, step / 2, step, 2 * step) if max(heights) / part <= 5)
    values = np.arange(0, max(heights) + 1, max(step, 1)).tolist()
    return scale.y_ticks(values, [count(value) for value in values])
