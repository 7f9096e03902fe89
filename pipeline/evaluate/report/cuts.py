"""Cuts: a category's thresholds in words, and where they stand on the axis of log-odds."""

from __future__ import annotations

from scipy.special import logit

from pipeline.evaluate.report.evidence import CategoryEvidence
from pipeline.show.wording import cut

EDGE = 0.001  # the axis ends here and at one minus it: what is surer stands at the edge


def thresholds(category: CategoryEvidence) -> str:
    """The thresholds in words; one above certainty is never reached."""
    if category.yes == category.no:
        return f"порог: {cut(category.yes)}" if category.yes <= 1 else "«да» никогда"
    no = f"до {cut(category.no)}" if category.no > 0 else "никогда"
    yes = f"от {cut(category.yes)}" if category.yes <= 1 else "никогда"
    return f"«нет» {no}, «да» {yes}"


def reading(category: CategoryEvidence) -> str:
    """What the thresholds mean to a reader of the distributions."""
    if category.yes > 1:
        return "«да» модель не говорит никогда"
    return "справа от порога модель говорит «да»" if category.yes == category.no else "между порогами решает человек"


def thresholds_shown(category: CategoryEvidence) -> list[float]:
    """The thresholds on the log-odds axis, those beyond its edge left out."""
    return [float(logit(at)) for at in sorted({category.no, category.yes}) if EDGE <= at <= 1 - EDGE]
