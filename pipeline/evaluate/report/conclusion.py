"""The conclusion: one plain sentence on whether a category's head is worth more than what is simpler."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.evaluation.figures import Figures, Rival
from models.evaluation.paired import PairedDifference
from models.evaluation.registry import LEADING
from pipeline.evaluate.report.examples import FEW
from pipeline.show.wording import model, number, signed, span

Tone = Literal["better", "same", "worse", "alone"]


@dataclass(frozen=True)
class Conclusion:
    """What is said of one head.

    Parameters
    ----------
    plain
        What an editor gets of every hundred articles.
    beside
        The comparison with the best baseline, empty when there is none.
    tone
        Whether the head is better, the same as far as one can tell, or worse.
    rival
        The best baseline.
    """

    plain: str
    beside: str
    tone: Tone
    rival: Rival | None


def conclude(figures: Figures, rivals: Sequence[Rival], positives: int | None = None) -> Conclusion:
    """Compare a head with the best of its baselines by average precision.

    Parameters
    ----------
    positives
        Test articles in the category; None for an average.
    """
    plain, rival = in_a_hundred(figures, positives), best_rival(rivals)
    if rival is None:
        return Conclusion(plain, "", "alone", None)
    ours, theirs = (number(side[LEADING.name].value, 3) for side in (figures, rival.figures))
    f1 = f", F1 {number(rival.figures['f1'].value)}" if "f1" in rival.figures else ""
    compared = f"{LEADING.russian} {ours} против {theirs} у лучшей из простых моделей ({model(rival.name)}{f1})"
    tone = tone_of(rival.gap)
    gap = f"{signed(rival.gap.value)} ({span(rival.gap, 3)})" if rival.gap else ""
    ending = {
        "better": f": перевес {gap} больше, чем объяснит случай.",
        "worse": f": разница {gap}, простая модель лучше, и это не случай.",
        "same": f": разница {gap} не больше случайной.",
        "alone": ".",
    }
    return Conclusion(plain, compared + ending[tone], tone, rival)


def best_rival(rivals: Sequence[Rival]) -> Rival | None:
    """The baseline with the highest average precision, if any has one."""
    ranked = [rival for rival in rivals if math.isfinite(rival.figures[LEADING.name].value)]
    return max(ranked, key=lambda rival: rival.figures[LEADING.name].value, default=None)


def tone_of(gap: PairedDifference | None) -> Tone:
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
    both = f"{right}, из 100 нужных найдено {hundredths(recall)}" if math.isfinite(recall) else right
    return f"{both} — но нужных в тесте всего {positives}" if positives and positives < FEW else both


def hundredths(share: float) -> int:
    """Whole articles of a hundred; all hundred only where none is wrong."""
    return min(round(100 * share), 100 if share == 1 else 99)
