"""Showing how good a bundle is, and what differs from an earlier one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from models.evaluation.changes import Change, Changes, Gap
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import MACRO, MICRO, Figures
from models.evaluation.gains import NewsroomGain
from models.evaluation.registry import LEADING, METRICS, columns
from pipeline.evaluate.evaluate import Evaluated
from pipeline.show.terminal import figure, json_line, line, table


def print_evaluated(result: Evaluated, *, as_json: bool) -> None:
    """Print the heads' figures on the test part, the baselines' below them, and where the report is."""
    evaluation = result.evaluation
    if as_json:
        json_line(evaluation.model_dump())
        return
    print_figures(evaluation)
    if evaluation.compare:
        print_changes(evaluation.compare)
    if evaluation.left_out:
        missing = ", ".join(evaluation.left_out)
        line(f"left out of every macro average, as the test has no article in it or none outside: {missing}")
    line(f"all known labels right on {figure(evaluation.subset_accuracy)} of {evaluation.articles} test articles")
    if evaluation.newsroom:
        line(without_people(evaluation.newsroom))
    for key, ground in evaluation.ground.items():
        if warning := ground.warning(key):
            line(warning)
    if not result.fresh:
        line("nothing changed since the last evaluation")
    line(f"report: {evaluation.report}")


def print_figures(evaluation: Evaluation) -> None:
    """Print every metric of each category and average, and the baselines' averages."""
    names = [metric.column or metric.english for metric in METRICS]
    interval = f"{LEADING.column or LEADING.english} 95 %"
    table([f"bundle {evaluation.bundle}", "yes", "no", *names, interval], list(rows(evaluation)))


def rows(evaluation: Evaluation) -> Iterator[list[str | int]]:
    """A row for each category, the heads' averages and each baseline's mean."""
    for key, category in evaluation.categories.items():
        yield [key, category.positives, category.negatives, *cells(evaluation.figures(key))]
    for average in (MACRO, MICRO):
        yield [average, "", "", *cells(evaluation.figures(average))]
    for name, baseline in evaluation.baselines.items():
        yield [f"{name} (macro)", "", "", *cells(baseline.figures(MACRO))]


def cells(figures: Figures) -> list[str]:
    """All metrics, and the interval of the one that models are compared by."""
    leading = figures[LEADING.name]
    return [*(figure(value.value) for value in figures.values()), f"{figure(leading.low)} – {figure(leading.high)}"]


def without_people(newsroom: NewsroomGain) -> str:
    """What the newsroom gains, and which promises do not hold."""
    decided = newsroom.decided
    promises = " to ".join(f"{promise:g}" for promise in sorted({newsroom.promised, newsroom.promised_most}))
    gained = (
        f"decided without a person at a promised precision of {promises}: "
        f"{figure(decided.value)} ({figure(decided.low)} – {figure(decided.high)}) of articles, "
        f"{figure(newsroom.right.value)} of these wholly right; {newsroom.minutes_saved:.0f} minutes a day saved"
    )
    if newsroom.like_labelled < 1:
        gained += (
            f"; {1 - newsroom.like_labelled:.0%} of articles are unlike the labelled ones and count as not decided"
        )
    broken = [f"{key} = {verdict}" for key, gain in newsroom.categories.items() for verdict in gain.broken]
    if not broken:
        return gained
    kept = figure(newsroom.kept.value)
    return f"{gained}; the promise does not hold for {', '.join(broken)}; without these verdicts {kept} of articles"


def print_changes(changes: Changes) -> None:
    """Print the earlier bundle's figures beside the new ones."""
    metrics = columns("changes")
    names = [name for metric in metrics for name in (metric.column or metric.english, "difference, 95 %")]
    gaps = {**{key: change.gaps for key, change in changes.categories.items()}, MACRO: changes.macro}
    verdicts = {key: changed_verdicts(change) for key, change in changes.categories.items()}
    table(
        [f"vs {changes.bundle}", *names, "other verdicts"],
        [
            [group, *(cell for metric in metrics for cell in gap_cells(measured[metric.name])), verdicts.get(group, "")]
            for group, measured in gaps.items()
        ],
    )
    for word, titles in (("added", changes.added), ("removed", changes.removed)):
        if titles:
            line(f"{word}: {', '.join(titles)}")


def gap_cells(gap: Gap) -> list[str]:
    """One metric before and after, and the difference with its interval."""
    low, value, high = (signed(end) for end in (gap.difference.low, gap.difference.value, gap.difference.high))
    return [f"{figure(gap.before.value)}→{figure(gap.after.value)}", f"{value} ({low}, {high})"]


def signed(value: float) -> str:
    """A difference with its sign, or a dash."""
    return "–" if math.isnan(value) else f"{value:+.3f}"


def changed_verdicts(change: Change) -> str:
    """How many verdicts changed, how many of them for the better and for the worse, and McNemar's p."""
    test = change.mcnemar
    return f"{change.flipped}: +{test.only_second} −{test.only_first}, p {test.p:.2f}"
