"""How the learning curve is told to editors: one sentence a curve, with an interval or with why there is none."""

from __future__ import annotations

import math

from models.evaluation.bootstrap import Interval
from models.learning_curve.outlook import Check, Forecast
from pipeline.improve.learning_curve.records import Learned, LearningCurves
from pipeline.show.wording import NBSP, count, number, plural, signed, span

DIGITS = 3
LEAST_SHOWN = 0.0005


def more_articles(more: int) -> str:
    """Count what is asked about, «ещё 500 размеченных статей»."""
    return "ещё " + plural(more, "размеченная статья", "размеченные статьи", "размеченных статей")


def gain(change: Interval) -> str:
    """Write a gain as «+0,012»; one too small to be written is said to be so."""
    return signed(change.value, DIGITS) if change.value >= LEAST_SHOWN else f"около{NBSP}0"


def reach(change: Interval) -> str:
    """Write how large a gain may be: its interval, nothing where that is too small to be written."""
    if change.high < LEAST_SHOWN:
        return ""
    least = number(change.low, DIGITS) if change.low >= LEAST_SHOWN else "0"
    return f"от{NBSP}{least} до{NBSP}{number(change.high, DIGITS)}"


def gain_with_reach(change: Interval) -> str:
    """Write both."""
    within = reach(change)
    return f"{gain(change)} ({within})" if within else gain(change)


def step(said: Forecast) -> str:
    """Write a forecast as «0,914 → 0,931 (0,920–0,942)»."""
    return f"{number(said.now.value, DIGITS)} → {number(said.then.value, DIGITS)} ({span(said.then, DIGITS)})"


def sentence(said: Learned, curves: LearningCurves) -> str:
    """What more labels would bring, or why that cannot be told."""
    outlook = said.outlook
    if outlook.forecast:
        brought = gain_with_reach(outlook.forecast.gain)
        return f"{more_articles(curves.more)}: AP{mean(said)} {step(outlook.forecast)}, прирост {brought}."
    if outlook.doubt == "few repeats":
        return "почти ни в одном повторе среди отложенных статей нет статей рубрики: их слишком мало. Прогноза нет."
    if outlook.doubt == "too far":
        return f"{more_articles(curves.more)} — дальше, чем можно судить по измеренным {count(curves.sizes[-1])}."
    if outlook.doubt == "no growth" and outlook.growth:
        change = outlook.growth.change
        return (
            f"роста не отличить от случайности: от {count(outlook.growth.start)} до {of_articles(outlook.growth.end)} "
            f"AP{mean(said)} изменилась на {signed(change.value, DIGITS)} ({span(change, DIGITS)}). Прогноза нет."
        )
    return first_head(said, curves) + " Прогноза нет."


def mean(said: Learned) -> str:
    """Whose average precision it is, where that is not of one category."""
    return "" if said.head else " в среднем по рубрикам"


def first_head(said: Learned, curves: LearningCurves) -> str:
    """From how many articles on there is a head in every repeat."""
    if not any(said.settled):
        return "меток мало: модель есть не в каждом повторе, сколько статей ни возьми."
    first = curves.sizes[said.settled.index(True)]
    return f"модель есть в каждом повторе лишь от {of_articles(first)}: точек для прогноза мало."


def of_articles(amount: int) -> str:
    """Count articles after a word that takes the genitive: «от 21 статьи», «от 500 статей»."""
    return f"{count(amount)}{NBSP}{'статьи' if amount % 10 == 1 and amount % 100 != 11 else 'статей'}"


def capital(text: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]


def verdict_of_check(said: Check) -> str:
    """Whether what came lies in the interval that was foretold."""
    if not math.isfinite(said.forecast.low):
        return "—"
    return "да" if said.forecast.low <= said.came <= said.forecast.high else "нет"
