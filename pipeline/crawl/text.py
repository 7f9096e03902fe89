"""Crawled text to readable prose: what an editor reads, what is embedded and what is hashed are the same characters."""

import re
import unicodedata

from pipeline.crawl.markup import strip_markup

# Deeper nesting than this is an attack or a machine's accident, not prose.
_MAX_PASSES = 8

# Controls, format characters (zero-width, bidi marks, soft hyphens, BOM, tag characters, which can hide instructions
# from a reader), lone surrogates (they cannot be stored as UTF-8) and noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Braille and Hangul blanks are how social networks' users draw an empty line.
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_SPACES = re.compile(r"\s{2,}|[^\S \n]")
_LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def clean(text: str) -> str:
    r"""Turn crawled text into prose: NFC, no markup, no invisible characters, paragraphs separated by one ``\n``.

    Markup is whatever an HTML element's name opens; ``a < b``, ``<3``, ``<...>`` and ``<name@site.ru>`` stay. Entities
    are decoded however often they were escaped.

    Parameters
    ----------
    text
        Any string, lone surrogates included.

    Returns
    -------
    str
        Each line trimmed, no empty lines. Cleaning it again changes nothing.
    """
    if "<" not in text and "&" not in text:
        return _normalise(text)
    for _ in range(_MAX_PASSES):
        cleaned = _normalise(strip_markup(text))
        if cleaned == text:
            return text
        text = cleaned
    return _normalise(text.replace("<", "").replace("&", ""))


def clean_line(text: str) -> str:
    """Clean a text that has to stay on one line: a title, a source.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    str
        As `clean`, with spaces for line breaks.
    """
    return clean(text).replace("\n", " ")


def _normalise(text: str) -> str:
    """Everything but markup; idempotent, because NFC comes after all that could bring two characters together."""
    text = _BLANK.sub(" ", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(_one_space, text).strip()


def _one_space(run: re.Match[str]) -> str:
    return "\n" if _LINE_BREAK.search(run.group()) else " "
