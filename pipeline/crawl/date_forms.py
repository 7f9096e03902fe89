"""The forms in which crawls write dates: each a pattern for the whole string, so that a cut date fits none."""

import re
from collections.abc import Iterator

_RUSSIAN = (
    "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|"
    "июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|"
    "декабрь декабря дек"
)
_ENGLISH = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
    "oct october|nov november|dec december"
)
MONTHS = {
    name: number
    for names in (_RUSSIAN, _ENGLISH)
    for number, forms in enumerate(names.split("|"), start=1)
    for name in forms.split()
}
# A full stop says that the name was shortened on purpose («сентяб.»); without one it may have been cut.
MONTHS |= {f"{name[:end]}.": number for name, number in MONTHS.items() for end in range(3, len(name) + 1)}

_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
_ZONE = r"(?:\s*(?P<zone>(?![ap]m\b)[a-zа-я]{1,4}|(?:utc|gmt)?[+-][0-9]{2}(?::?[0-9]{2})?|(?:utc|gmt)[+-][0-9]))?"
# What follows in brackets: a zone, or the time of an update, which is not the publication.
_NOTE = r"(?:\s*\((?P<note>[^()]*)\)?)?"
_ISO = r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})"
_FIGURES = r"(?P<day>[0-9]{1,2})(?P<between>[-/.])(?P<month>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})"
_YEAR_WORD = r"(?:\s*(?:года|год|г)\b\.?)?"
_FIGURES_YEAR = _FIGURES + _YEAR_WORD
_WORDS = rf"(?P<day>[0-9]{{1,2}})\s+(?P<month>[a-zа-яё]{{3,9}})\.?,?\s+(?P<year>[0-9]{{4}}){_YEAR_WORD}"
_WEEKDAY = r"(?:[a-zа-яё]{2,11}\.?,?\s+)?"


def _then(clock: str) -> str:
    return rf"(?:(?:\s*[,|—–]\s*|\s+)(?:(?:в|at)\s+)?{clock}{_ZONE})?"


def _compiled(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


USUAL = _compiled(
    rf"{_ISO}(?:(?:T|,?\s+){_CLOCK}{_ZONE})?{_NOTE}",
    *(rf"{_WEEKDAY}{day}{_then(_CLOCK)}{_NOTE}" for day in (_WORDS, _FIGURES_YEAR)),
    *(rf"{_CLOCK},?\s+{_WEEKDAY}{day}{_ZONE}{_NOTE}" for day in (_WORDS, _FIGURES_YEAR)),
)

# Rarer clocks: 8:04 PM, and 20.04 as Russian typography has it.
_ANY_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?P<colon>[:.])(?P<minute>[0-9]{2})"
    r"(?:(?P=colon)(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
# Who pads the month pads the day: so 2020-08-3 was cut, 2020-8-3 was not.
_UNPADDED = (
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])"
    r"(?:(?P<month>[1-9])(?P=mark)(?P<day>[0-9]{1,2})|(?P<month2>1[0-2])(?P=mark)(?P<day2>[1-9])(?=\s+[0-9]))"
)
_BASIC = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_BASIC_CLOCK = (
    r"(?:[T ]?(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?)"
)
_WEEK = r"(?P<year>[0-9]{4})(?P<dash>-?)W(?P<week>[0-9]{2})(?P=dash)(?P<weekday>[1-7])"
_JOINED = (
    r"(?P<day>[0-9]{1,2})(?:\s+|(?P<mark>[-/.]))(?P<month>[a-zа-яё]{3,9}\.?)(?:,?\s+|(?(mark)(?P=mark)|,\s*))"
    rf"(?P<year>[0-9]{{4}}){_YEAR_WORD}"
)
_MONTH_FIRST = r"(?P<month>[a-zа-яё]{3,9}\.?)\s+(?P<day>[0-9]{1,2})(?:,\s*|\s+)(?P<year>[0-9]{4})"
# At the end of a date 19 and 20 may be the first half of a year that was cut.
_TWO_DIGITS = r"(?P<year>(?!19|20)[0-9]{2}|(?:19|20)(?=[\s,|—–]+[^\s]))"
_SHORT_YEAR = rf"(?P<day>[0-9]{{1,2}})(?P<between>[/.])(?P<month>[0-9]{{1,2}})(?P=between){_TWO_DIGITS}"

UNUSUAL = _compiled(
    rf"{_UNPADDED}(?:(?:T|,?\s+){_ANY_CLOCK}{_ZONE})?{_NOTE}",
    rf"{_ISO},?\s+{_ANY_CLOCK}{_ZONE}{_NOTE}",
    rf"{_BASIC}(?:{_BASIC_CLOCK}{_ZONE})?",
    rf"{_WEEK}(?:T{_CLOCK}{_ZONE})?",
    rf"{_ANY_CLOCK},?\s+{_ISO}{_ZONE}{_NOTE}",
    # Unix's own and Twitter's: Mon Aug 31 20:04:00 +0000 2020
    rf"[a-zа-яё]{{2,3}},?\s+(?P<month>[a-zа-яё]{{3}})\s+(?P<day>[0-9]{{1,2}})\s+{_CLOCK}{_ZONE}\s+(?P<year>[0-9]{{4}})",
    rf"(?P<day>[0-9]{{2}})/(?P<month>[a-z]{{3}})/(?P<year>[0-9]{{4}}):{_CLOCK}{_ZONE}",  # web servers' logs
    *(
        pattern
        for day in (_JOINED, _MONTH_FIRST, _FIGURES_YEAR, _SHORT_YEAR)
        for pattern in (
            rf"{_WEEKDAY}{day}{_then(_ANY_CLOCK)}{_NOTE}",
            rf"{_ANY_CLOCK}{_ZONE},?\s+{_WEEKDAY}{day}{_NOTE}",
        )
    ),
)

_YEAR = re.compile(r"[0-9]{4}|[/.][0-9]{2}(?![0-9])")
_LABEL = re.compile(
    r"(?:дата(?: и время)?(?: публикации)?|опубликован[оаы]?|размещен[оа]|размещён|добавлен[оа]?|создан[оа]?|"
    r"published|posted|date|publication date)(?:\s+(?:on|at|в))?\s*[:—–-]?\s+",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"[\s,;|/(]+(?:обновл[её]н|изменен|изменён|updated|modified|ред\.).*", re.IGNORECASE)
_DAY_NAME = (
    "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"
)
_TIDY = [
    (re.compile(r"\[([^\[\]]*)\]$"), r"(\1)"),  # Java's zone
    (re.compile(rf"(?<=.)(?:,\s*|\s*\()(?:{_DAY_NAME})\b\.?\)?(?=\s|,|$)", re.IGNORECASE), ""),
    (re.compile(r"\s+[-·•∙|/]+\s+|\s*[·•∙]\s*"), ", "),
    (re.compile(r"\s+(?:по\s+)?(?:мск\b\.?|московскому времени|москве)", re.IGNORECASE), " мск"),
    (re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b", re.IGNORECASE), ""),
]


def readings(text: str) -> Iterator[dict[str, str | None]]:
    """Match a date against the forms, the usual ones first.

    Parameters
    ----------
    text
        One line, single spaces.

    Yields
    ------
    dict
        The parts of each form that fits as a whole, by the names of the pattern's groups.
    """
    for pattern in USUAL:
        if match := pattern.fullmatch(text):
            yield match.groupdict()
            break
    if not _YEAR.search(text):  # cut dates are many, and looking at every form would cost them the most
        return
    tidied = tidy(text)
    for pattern in (*USUAL, *UNUSUAL):
        if match := pattern.fullmatch(tidied):
            yield match.groupdict()


def tidy(text: str) -> str:
    """Take off what stands around a date: «Опубликовано:», the weekday, the time of an update, odd separators."""
    text = _UPDATE.sub("", _LABEL.sub("", text, count=1) if _LABEL.match(text) else text)
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    return text.strip(" ,;")
