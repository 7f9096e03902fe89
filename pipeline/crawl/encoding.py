"""What a file's text is kept in, by measurable evidence: valid UTF-8, zero bytes, pairs of Russian letters.

Files in another encoding are read as UTF-8 made on the way (`files.open_text`); a byte that its encoding does not have
travels as a lone surrogate, so that its row alone is rejected and the quarantine gets the file's own bytes back.
"""

import codecs
import re
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from pipeline.crawl.files import GZIP_ERRORS
from pipeline.crawl.russian import judge_pairs, russian_pairs
from pipeline.setup.errors import PipelineError

SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5")
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# The longer marks first: UTF-32's begins with UTF-16's.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
BLOCK = 2**16
_ENOUGH = 4_000  # bytes that are not ASCII; a page of Russian
_LEAST_SHARE = 0.35  # of common pairs less impossible ones; good Russian has 0.6 to 0.7, a wrong decoding below 0.3
_LEAST_LEAD = 0.15
_LEAST_PAIRS = 4
_WORD = re.compile(rb"[\x80-\xff]{3}")  # less is damage: no text is without a word of three letters
_BYTES = bytes(range(128, 256))


def find_encoding(path: Path, sample: bytes) -> str:
    """Find the encoding of a file.

    Parameters
    ----------
    path
        The file, for the message.
    sample
        Its beginning, as `read_sample` takes it.

    Returns
    -------
    str
        ``utf-8``, one of `WIDE` or one of `SINGLE_BYTE`.

    Raises
    ------
    PipelineError
        If the evidence does not tell; the message names the option that does.
    """
    marked = next((name for mark, name in MARKS.items() if sample.startswith(mark)), None)
    if marked and (marked == "utf-8" or b"\0" in sample):  # "яю" in cp1251 looks like the mark of UTF-16
        return marked
    if wide := find_wide(sample):
        return wide
    valid, invalid = _utf8_evidence(sample)
    if valid >= invalid or not _WORD.search(sample):  # rows that are not UTF-8 go to quarantine one by one
        return "utf-8"
    if valid * 10 > invalid:
        raise PipelineError(
            f"{path}: part of its text is UTF-8 and part is not; split it, or read only the UTF-8 rows: "
            f"add --encoding utf-8 to the command"
        )
    return _find_single_byte(path, sample)


def find_wide(sample: bytes) -> str | None:
    """Tell which of `WIDE` a file without a mark is in: the one in which nearly all is ASCII or Cyrillic; else None."""
    if b"\0" not in sample:
        return None
    for name in WIDE:
        width = 4 if name.startswith("utf-32") else 2
        text = sample[: len(sample) // width * width].decode(name, "replace")
        usual = sum("\x20" <= sign <= "\x7e" or sign in "\r\n\t" or "Ѐ" <= sign <= "ӿ" for sign in text)
        if text and usual >= 0.9 * len(text):
            return name
    return None


def check_encoding(name: str) -> str:
    """Return an encoding's name if Python knows it.

    Raises
    ------
    PipelineError
        If it does not; exit code 2.
    """
    try:
        "".encode(name)
    except LookupError:
        usual = ", ".join(("utf-8", "utf-16", *SINGLE_BYTE))
        raise PipelineError(f"unknown encoding {name!r}; usual are {usual}", exit_code=2) from None
    return codecs.lookup(name).name


def read_sample(stream: BinaryIO) -> bytes:
    """Read a file until it has shown enough of what is not ASCII; of an English file that is all of it."""
    kept = [stream.read(BLOCK)]
    shown = _not_ascii(kept[0])
    try:
        while shown < _ENOUGH and b"\0" not in kept[0] and (block := stream.read(BLOCK)):
            if more := _not_ascii(block):
                kept.append(block)
                shown += more
    except GZIP_ERRORS:  # said when reading comes to the damage
        pass
    return b"".join(kept)


def _not_ascii(block: bytes) -> int:
    return 0 if block.isascii() else len(block) - len(block.translate(None, _BYTES))


def _utf8_evidence(sample: bytes) -> tuple[int, int]:
    """Count the characters that are UTF-8 and the bytes that are not.

    Where there are bytes that are not, only letters of Cyrillic count as valid: half of cp866 is valid UTF-8 by chance.
    """
    text = sample.decode("utf-8", "surrogateescape")
    if len(sample) >= BLOCK:  # the sample may end within a character
        text = text[:-3]
    invalid = sum("\udc80" <= sign <= "\udcff" for sign in text)
    if not invalid:
        return 1, 0
    return sum("Ѐ" <= sign <= "ӿ" for sign in text), invalid


def _find_single_byte(path: Path, sample: bytes) -> str:
    readings = {name: sample.decode(name, "surrogateescape") for name in SINGLE_BYTE}
    balances = {name: russian_pairs(text) for name, text in readings.items()}
    first, second = sorted(SINGLE_BYTE, key=lambda name: balances[name][0], reverse=True)[:2]
    balance, judged = balances[first]
    if balance >= max(_LEAST_PAIRS, _LEAST_SHARE * judged) and _leads(readings[first], readings[second]):
        return first
    raise PipelineError(
        f"{path}: not UTF-8, and its letters do not tell which of {', '.join(SINGLE_BYTE)} it is; "
        f"name it: add for example --encoding cp1251 to the command"
    )


def _leads(first: str, second: str) -> bool:
    """Tell whether a reading is better than another where they differ: cp1251 and mac-cyrillic do in few letters."""
    pairs = zip(pairwise(first), pairwise(second), strict=True)
    differing = [(left, right) for left, right in pairs if left != right]
    lead = judge_pairs(left for left, _ in differing)[0] - judge_pairs(right for _, right in differing)[0]
    return not differing or lead >= _LEAST_LEAD * len(differing)
