"""How Russian a string reads: the evidence by which an encoding is told from the others, and damaged text from whole.

The wrong one of two Cyrillic encodings still gives letters, but not the pairs of letters that Russian is made of, and
breaks words with capitals and signs. Pairs need no dictionary and tell from two dozen letters on.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

# The hundred commonest pairs of data/sample: two thirds of all pairs of Russian letters, of other alphabets' a tenth.
_COMMON_WRITTEN = """
на ра ст то по ро ов ет ре ер ни ор но ли пр ко ал та ен го не ос ка од ат ва от за ла ом те ло ит во де ин ол
ан тр ле ел ри ть ил ве ес ме он да до ль ти со се об ог ар че ой ед ем ны ас ма ав ам ис ки пе ск ся вы ок ик
ди ад ру ми мо аз ае сл ак бо ви ей чи кр ев ут ят ку из ры ше ты дн нн
"""
_COMMON = frozenset(_COMMON_WRITTEN.split())
_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_SIGNS = frozenset("«»„“”‘’–—…№§°·•×\u00a0\u00ad\u2009\u200b\ufeff")  # what stands beside letters in good Russian


def russian_pairs(text: str) -> tuple[int, int]:
    """Count the pairs of neighbours that speak for Russian, less those that speak against it.

    Parameters
    ----------
    text
        Any string; ASCII says nothing.

    Returns
    -------
    tuple of int
        Common pairs less impossible ones, and all pairs that were judged; their quotient is about 0.65 in good Russian.
    """
    return judge_pairs(pairwise(text))


def judge_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """As `russian_pairs`, for pairs that are already apart."""
    balance = judged = 0
    for (left, right), count in Counter(pairs).items():
        verdict = _judge(left, right)
        if verdict is not None:
            balance += verdict * count
            judged += count
    return balance, judged


def reads_russian(text: str, share: float = 0.4) -> bool:
    """Tell whether a string is Russian rather than letters in disorder."""
    balance, judged = russian_pairs(text)
    return judged > 0 and balance >= share * judged


def _judge(left: str, right: str) -> int | None:
    """1 for a common pair, -1 for one that no Russian word holds, 0 for a rare one; None says nothing."""
    if left.isascii() and right.isascii():
        return None
    letters = (left.lower() in _LETTERS) + (right.lower() in _LETTERS)
    if letters == 2:
        if left.islower() and right.isupper():
            return -1
        return int((left + right).lower().replace("ё", "е") in _COMMON)
    strange = any(not sign.isascii() and sign not in _SIGNS and sign.lower() not in _LETTERS for sign in (left, right))
    return -1 if strange else None
