"""How the learning curve is told to editors: one sentence a curve, with an interval or with why there is none."""

from __future__ import annotations

import math

from models.evaluation.bootstrap import Interval
from models.learning_curve.outlook import LawCheck
from pipeline.improve.learning_curve.records import Learned, LearningCurves
from pipeline.show.wording import NBSP, count, number, plural, signed, span

DIGITS = 3
LEAST_SHOWN = 0.0005  # what is less is written as 0,000


def gain(change: Interval) -> str:
    """Write a gain as «+0,012»; one too small to be written is said to be so."""
    return signed(change.value, DIGITS) if change.value >= LEAST_SHOWN else f"около{NBSP}0"


def gain_within(change: Interval) -> str:
    """Write how large a gain may be: its interval, nothing where that is too small to be written."""
    if change.high < LEAST_SHOWN:
        return ""
    least = number(change.low, DIGITS) if change.low >= LEAST_SHOWN else "0"
    return f"от{NBSP}{least} до{NBSP}{number(change.high, DIGITS)}"


def sentence(learned: Learned, curves: LearningCurves) -> str:
    """What more labels would bring, or why that cannot be told."""
    outlook, measure = learned.outlook, "AP" if learned.head else "AP в среднем по рубрикам"
    more = "ещё " + plural(curves.more, "размеченная статья", "размеченные статьи", "размеченных статей")
    if ahead := outlook.forecast:
        step = f"{number(ahead.now.value, DIGITS)} → {number(ahead.then.value, DIGITS)} ({span(ahead.then, DIGITS)})"
        within = f" ({gain_within(ahead.gain)})" if gain_within(ahead.gain) else ""
        return f"{more}: {measure} {step}, прирост {gain(ahead.gain)}{within}."
    if outlook.doubt == "few repeats":
        return "почти ни в одном повторе среди отложенных статей нет статей рубрики: их слишком мало. Прогноза нет."
    if outlook.doubt == "too far":
        return f"{more} — дальше, чем можно судить по измеренным {count(curves.sizes[-1])}."
    if outlook.doubt == "no growth" and outlook.growth:
        change, between = outlook.growth.change, (outlook.growth.start, outlook.growth.end)
        return (
            f"роста не отличить от случайности: от {count(between[0])} до {of_articles(between[1])} "
            f"{measure} изменилась на {signed(change.value, DIGITS)} ({span(change, DIGITS)}). Прогноза нет."
        )
    return first_head(learned, curves) + " Прогноза нет."


def first_head(learned: Learned, curves: LearningCurves) -> str:
    """From how many articles on there is a head in every repeat."""
    settled = learned.curve.settled
    if not settled.any():
        return "меток мало: модель есть не в каждом повторе, сколько статей ни возьми."
    first = of_articles(curves.sizes[settled.argmax()])
    return f"модель есть в каждом повторе лишь от {first}: точек для прогноза мало."


def of_articles(amount: int) -> str:
    """Count articles after a word that takes the genitive: «от 21 статьи», «от 500 статей»."""
    return plural(amount, "статьи", "статей", "статей")


def capital(text: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]


def in_interval(check: LawCheck) -> str:
    """Whether what came lies in the interval that was foretold."""
    if not math.isfinite(check.forecast.low):
        return "—"
    return "да" if check.forecast.low <= check.came <= check.forecast.high else "нет"
