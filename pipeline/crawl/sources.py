"""Telling a source from a piece of text: the evidence on which a broken crawl is cut into records."""

import re

_LONGEST = 100  # bytes
_REMEMBERED = 10_000
_HOST = re.compile(rb"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[ /(].*)?", re.IGNORECASE)
_NAME = re.compile(rb"[^\s\x00-\x1f].*[^\s.,:;!?-]|[^\s\x00-\x1f.,:;!?-]", re.DOTALL)
# How a date begins; the Cyrillic letters are matched as the bytes of UTF-8, because records are cut before decoding.
_LETTER = r"(?:[\xd0\xd1][\x80-\xbf]|[a-z])"
_DAYS = "|".join(
    word.encode().decode("latin-1")
    for word in ("Вчера", "вчера", "Сегодня", "сегодня", "Позавчера", "позавчера", "yesterday", "today")
)
_AGO = "|".join(word.encode().decode("latin-1") for word in ("назад", "ago"))
_LABELS = "|".join(
    word.encode().decode("latin-1") for word in ("Опубликовано", "Дата публикации", "Published", "Posted")
)
_DATE = re.compile(
    (
        rf"(?:(?:{_LABELS}):? )?(?:"
        r"[0-9]{1,2}:[0-9]{2}\b|[0-9]{4}[-/.][0-9]{1,2}[-/.]|[0-9]{4}[-/.][0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.]"
        r"|[0-9]{9,19}(?:\.[0-9]+)?$|(?:19|20)[0-9]{6}(?:T[0-9]|$)|[0-9]{4}-?W[0-9]{2}|/Date\([0-9]"
        rf"|(?:{_LETTER}{{2,11}}\.?,? )?[0-9]{{1,2}}[ /.-]{_LETTER}{{3}}"
        r"|(?:[a-z]{3,9}\.?,? )?[a-z]{3,9}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{2}"
        rf"|(?:{_DAYS})(?:[ ,]+(?:\xd0\xb2 |at )?[0-9]{{1,2}}:[0-9]{{2}}|$)"
        rf"|(?:[0-9]{{1,3}} )?{_LETTER}{{1,8}}\.? (?:{_AGO})$)"
    ).encode("latin-1"),
    re.IGNORECASE,
)


class Sources:
    """The sources met in a file so far."""

    def __init__(self) -> None:
        self._met: set[bytes] = set()

    def learn(self, field: bytes) -> None:
        """Remember the source of a record that was read well."""
        if field and len(field) <= _LONGEST and len(self._met) < _REMEMBERED:
            self._met.add(field)

    def sure(self, field: bytes) -> bool:
        """Tell whether a field is a source beyond doubt: met before, or the name of a host."""
        return field in self._met or is_host(field)


def is_host(field: bytes) -> bool:
    """Tell whether a field is the name of a host, possibly with a page or a remark after it."""
    return len(field) <= _LONGEST and _HOST.fullmatch(field) is not None


def may_be_source(field: bytes) -> bool:
    """Tell whether a field may be a source: short, without an end of sentence, not a date; a missing one may."""
    if not field:
        return True
    return len(field) <= _LONGEST and _NAME.fullmatch(field) is not None and not is_date(field)


def is_date(field: bytes) -> bool:
    """Tell whether a field has the shape of a date, possibly of one that was cut; cheaper than reading it."""
    return len(field) <= _LONGEST and _DATE.match(field) is not None
