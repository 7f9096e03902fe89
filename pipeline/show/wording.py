"""How the report says numbers, dates and names in Russian: decimal comma, thin spaces, «да» and «нет»."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from models.evaluation.bootstrap import Interval
from models.evaluation.paired import PairedDifference
from models.heads.kinds import words_of

NBSP = "\u00a0"
UNDEFINED = "—"
MONTHS = {
    "январь": "января",
    "февраль": "февраля",
    "март": "марта",
    "апрель": "апреля",
    "май": "мая",
    "июнь": "июня",
    "июль": "июля",
    "август": "августа",
    "сентябрь": "сентября",
    "октябрь": "октября",
    "ноябрь": "ноября",
    "декабрь": "декабря",
}
VERDICTS = {"yes": "да", "ask": "спросить", "no": "нет"}
PARTS = {"train": "обучение", "validation": "проверка", "test": "тест"}
MODELS = {
    "majority": "Как большинство",
    "knn": "Соседи (kNN)",
    "tfidf_word": "TF\u2011IDF по словам",
    "tfidf_char": "TF\u2011IDF по буквам",
}
REASONS = {
    "undecodable bytes": "нечитаемые байты",
    "no source": "нет источника",
    "no text": "нет текста",
    "wrong number of fields": "не то число полей",
    "record too large": "слишком длинная запись",
    "broken JSON": "испорченный JSON",
    "broken quotes": "непарные кавычки",
}


def number(value: float | None, digits: int = 2) -> str:
    """Write 0.913 as «0,91»; what is undefined is a dash."""
    if value is None or not math.isfinite(value):
        return UNDEFINED
    return f"{value:z.{digits}f}".replace(".", ",").replace("-", "−")


def signed(value: float, digits: int = 3) -> str:
    """Write a difference with its sign, «+0,012»."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and text != number(0, digits) else text


def percent(value: float | None, digits: int = 0) -> str:
    """Write a share as «87 %»."""
    if value is None or not math.isfinite(value):
        return UNDEFINED
    return number(100 * value, digits) + NBSP + "%"


def cut(threshold: float) -> str:
    """Write a threshold; one above certainty is never reached."""
    return "никогда" if threshold > 1 else percent(threshold, 1)


def count(value: float) -> str:
    """Write 12345 as «12 345»."""
    return f"{value:,.0f}".replace(",", NBSP)


def span(interval: Interval | PairedDifference, digits: int = 2) -> str:
    """Write an interval's ends as «0,89–0,93», nothing when there is none; with signs where one end is below zero."""
    if not math.isfinite(interval.low):
        return ""
    if interval.low < 0:
        return f"от {signed(interval.low, digits)} до {signed(interval.high, digits)}"
    return f"{number(interval.low, digits)}–{number(interval.high, digits)}"


def chance(p: float) -> str:
    """Write a p-value, «p = 0,03» or «p < 0,001»."""
    return f"p{NBSP}<{NBSP}0,001" if p < 0.001 else f"p{NBSP}={NBSP}{number(p, 3 if p < 0.01 else 2)}"


def plural(amount: int, one: str, few: str, many: str) -> str:
    """Count things: «1 статья», «2 статьи», «5 статей»."""
    if amount % 10 == 1 and amount % 100 != 11:
        word = one
    elif amount % 10 in (2, 3, 4) and amount % 100 not in (12, 13, 14):
        word = few
    else:
        word = many
    return f"{count(amount)}{NBSP}{word}"


def articles(amount: int) -> str:
    """Count articles."""
    return plural(amount, "статья", "статьи", "статей")


def day(moment: date | None) -> str:
    """Write a date as «16 января 2020»."""
    return f"{moment.day}{NBSP}{list(MONTHS.values())[moment.month - 1]} {moment.year}" if moment else "без даты"


def month(name: str) -> str:
    """Write ``2024-05`` as «май 2024», no month as «без даты»; any other name stays."""
    if not name:
        return "без даты"
    year, _, place = name.partition("-")
    if year.isdigit() and place.isdigit() and 1 <= int(place) <= 12:
        return f"{list(MONTHS)[int(place) - 1]} {year}"
    return name


def model(name: str) -> str:
    """A baseline's name as an editor reads it."""
    return MODELS.get(name, name)


FILTERS: dict[str, Any] = {
    write.__name__: write
    for write in (number, signed, percent, cut, count, span, chance, articles, plural, day, month, model)
}
FILTERS |= {"verdict": VERDICTS.__getitem__, "part": PARTS.__getitem__, "kind": lambda name: words_of(name).russian}
