"""Showing how good a bundle is, and what differs from an earlier one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from pipeline.evaluate.evaluate import Evaluated


def print_evaluated(result: Evaluated, *, as_json: bool) -> None:
    """Print the heads' figures on the test part, the baselines' below them, and where the report is."""
    said = result.figures
    if as_json:
        json_line(said)
        return
    names = ["precision", "recall", "f1", "roc_auc", "average_precision", "brier", "ece"]
    cells = [
        [key, one["positives"], one["negatives"], *[figure(one[name]) for name in names], interval(said, key)]
        for key, one in said["categories"].items()
    ]
    cells.append(["macro", "", "", *[figure(said["macro"][name]) for name in names], interval(said, "macro")])
    cells.append(["micro", "", "", *[figure(said["micro"][name]) for name in names], interval(said, "micro")])
    for model, one in said["baselines"].items():
        cells.append(
            [f"{model} (macro)", "", "", *[figure(one["macro"][name]) for name in names], interval(one, "macro")]
        )
    shown = ["precision", "recall", "F1", "ROC AUC", "AP", "Brier", "ECE", "AP 95 %"]
    table([f"bundle {said['bundle']}", "yes", "no", *shown], cells)
    if said.get("compare"):
        compared(said["compare"])
    if missing := left_out(said):
        line(f"not in the macro average of any model, for want of test articles in it or outside: {', '.join(missing)}")
    line(f"all known labels right: {figure(said['subset_accuracy'])} of {said['articles']} test articles")
    line(without_people(said["newsroom"]))
    if not result.fresh:
        line("nothing changed since the last evaluation")
    line(f"report: {said['report']}")


def left_out(said: Mapping[str, Any]) -> list[str]:
    """Categories that no model's macro average counts."""
    return [key for key in said["categories"] if key not in said["averaged"]]


def without_people(said: Mapping[str, Any]) -> str:
    """What the newsroom gains, and which promises do not hold."""
    share, low, high = (figure(said["decided"][name]) for name in ("value", "low", "high"))
    promises = sorted({said["promised"], said["promised_most"]})
    line = (
        f"decided without a person at a promised precision of {' to '.join(f'{one:g}' for one in promises)}: "
        f"{share} ({low} – {high}) of articles, {figure(said['right']['value'])} of these wholly right; "
        f"{said['minutes_saved']:.0f} minutes a day saved"
    )
    broken = [f"{key} = {verdict}" for key, one in said["categories"].items() for verdict in one["broken"]]
    if not broken:
        return line
    return f"{line}; the promise does not hold for {', '.join(broken)}; without these {figure(said['kept']['value'])}"


def interval(said: Mapping[str, Any], group: str) -> str:
    """The interval of a group's average precision."""
    low, high = said["intervals"][f"{group}.average_precision"]
    return f"{figure(low)} – {figure(high)}"


def compared(said: Mapping[str, Any]) -> None:
    """Print the earlier bundle's figures beside the new ones."""
    groups = {**said["categories"], "macro": said["macro"]}
    table(
        [f"vs {said['bundle']}", "AP", "difference, 95 %", "F1", "difference, 95 %", "other verdicts"],
        [
            [key, *gap(one["average_precision"]), *gap(one["f1"]), verdicts(one) if "mcnemar" in one else ""]
            for key, one in groups.items()
        ],
    )
    for word in ("added", "removed"):
        if said[word]:
            line(f"{word}: {', '.join(said[word])}")


def gap(said: Mapping[str, Any]) -> list[str]:
    """One figure before and after, and the difference with its interval."""
    difference = said["difference"]
    low, value, high = (signed(difference[name]) for name in ("low", "value", "high"))
    return [f"{figure(said['before']['value'])}→{figure(said['after']['value'])}", f"{value} ({low}, {high})"]


def signed(value: float | None) -> str:
    """A difference with its sign, or a dash."""
    return "–" if value is None or math.isnan(value) else f"{value:+.3f}"


def verdicts(said: Mapping[str, Any]) -> str:
    """How many verdicts changed, how many of them for the better and for the worse, and McNemar's p."""
    test = said["mcnemar"]
    return f"{said['flipped']}: +{test['only_second']} −{test['only_first']}, p {test['p']:.2f}"
