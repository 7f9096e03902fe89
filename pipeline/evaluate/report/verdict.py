"""The verdict: one plain sentence on whether a category's head is worth more than what is simpler."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.evaluation.bootstrap import Difference
from pipeline.evaluate.report.data import Rival
from pipeline.evaluate.report.evidence import FEW, Figures
from pipeline.show.wording import model, number, signed, span

Tone = Literal["better", "same", "worse", "alone"]


@dataclass(frozen=True)
class Verdict:
    """What is said of one head.

    Parameters
    ----------
    plain
        What an editor gets of every hundred articles.
    against
        The comparison with the best baseline, empty when there is none.
    tone
        Whether the head is better, the same as far as one can tell, or worse.
    rival
        The best baseline.
    """

    plain: str
    against: str
    tone: Tone
    rival: Rival | None


def judge(figures: Figures, rivals: Sequence[Rival], positives: int | None = None) -> Verdict:
    """Compare a head with the best of its baselines by average precision.

    Parameters
    ----------
    positives
        Test articles in the category; None for an average.
    """
    plain, rival = in_a_hundred(figures, positives), best_rival(rivals)
    if rival is None:
        return Verdict(plain, "", "alone", None)
    ours, theirs = (number(one["average_precision"].value, 3) for one in (figures, rival.figures))
    f1 = f", F1 {number(rival.figures['f1'].value)}" if "f1" in rival.figures else ""
    said = f"AP {ours} против {theirs} у лучшей из простых моделей ({model(rival.name)}{f1})"
    tone = tone_of(rival.gap)
    gap = f"{signed(rival.gap.value)} ({span(rival.gap, 3)})" if rival.gap else ""
    ending = {
        "better": f": перевес {gap} больше, чем объяснит случай.",
        "worse": f": разница {gap}, простая модель лучше, и это не случай.",
        "same": f": разница {gap} не больше случайной.",
        "alone": ".",
    }
    return Verdict(plain, said + ending[tone], tone, rival)


def best_rival(rivals: Sequence[Rival]) -> Rival | None:
    """The baseline with the highest average precision, if any has one."""
    ranked = [rival for rival in rivals if math.isfinite(rival.figures["average_precision"].value)]
    return max(ranked, key=lambda rival: rival.figures["average_precision"].value, default=None)


def tone_of(gap: Difference | None) -> Tone:
    """Read a difference: it is more than noise when its interval leaves zero out."""
    if gap is None or not math.isfinite(gap.low):
        return "alone"
    if gap.low > 0:
        return "better"
    return "worse" if gap.high < 0 else "same"


def in_a_hundred(figures: Figures, positives: int | None) -> str:
    """Precision and recall as counts of articles, with a word where they stand on a few, or on none."""
    if positives == 0:
        return "в тесте нет статей рубрики"
    precision, recall = figures["precision"].value, figures["recall"].value
    right = f"из 100 отмеченных верны {hundredths(precision)}" if math.isfinite(precision) else "не отмечено ничего"
    found = f"{right}, из 100 нужных найдено {hundredths(recall)}" if math.isfinite(recall) else right
    return f"{found} — но нужных в тесте всего {positives}" if positives and positives < FEW else found


def hundredths(share: float) -> int:
    """Whole articles of a hundred; all hundred only where none is wrong."""
    return min(round(100 * share), 100 if share == 1 else 99)
