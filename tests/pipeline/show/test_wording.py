from datetime import date

import pytest

from models.evaluation.bootstrap import Interval
from models.evaluation.paired import PairedDifference
from pipeline.show import wording

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        (wording.number(0.913), "0,91"),
        (wording.number(-0.5, 1), "−0,5"),
        (wording.number(-0.0001, 3), "0,000"),
        (wording.number(float("nan")), "—"),
        (wording.number(None), "—"),
        (wording.signed(0.0123), "+0,012"),
        (wording.signed(-0.0123), "−0,012"),
        (wording.signed(0.0001), "0,000"),
        (wording.percent(0.876), f"88{NBSP}%"),
        (wording.percent(float("nan")), "—"),
        (wording.cut(0.126), f"12,6{NBSP}%"),
        (wording.cut(1.01), "никогда"),
        (wording.count(1234567), f"1{NBSP}234{NBSP}567"),
        (wording.span(Interval(0.5, 0.41, 0.59)), "0,41–0,59"),
        (wording.span(PairedDifference(0.0, -0.01, 0.02, 1.0), 2), "от −0,01 до +0,02"),
        (wording.span(Interval(0.5, float("nan"), float("nan"))), ""),
        (wording.chance(0.0004), f"p{NBSP}<{NBSP}0,001"),
        (wording.chance(0.0042), f"p{NBSP}={NBSP}0,004"),
        (wording.chance(0.3), f"p{NBSP}={NBSP}0,30"),
        (wording.day(date(2020, 1, 16)), f"16{NBSP}января 2020"),
        (wording.day(None), "без даты"),
        (wording.month("2024-05"), "май 2024"),
        (wording.month("2024-13"), "2024-13"),
        (wording.month(""), "без даты"),
        (wording.month("vesti-5.example"), "vesti-5.example"),
        (wording.model("knn"), "Соседи (kNN)"),
        (wording.model("наша старая"), "наша старая"),
    ],
)
def test_as_a_russian_reader_expects(shown, written):
    assert shown == written


@pytest.mark.parametrize(
    ("amount", "word"),
    [(0, "статей"), (1, "статья"), (2, "статьи"), (5, "статей"), (11, "статей"), (21, "статья"), (104, "статьи")],
)  # fmt: skip
def test_articles_agree_with_their_number(amount, word):
    assert wording.articles(amount) == f"{amount}{NBSP}{word}"
