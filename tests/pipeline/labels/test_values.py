"""What a cell says: every way to write yes, no and unknown, and nothing read as no that does not say so."""

import pytest

from pipeline.labels.column_marks import TwoReadingsError, settle_marks
from pipeline.labels.values import LabelValueError, is_label_column, label_value

YES = ["1", "1.0", "1,0", "1,00", "1.", "да", "Да", "ДА ", "yes", "Y", "true", "ИСТИНА", "+", "'+", "✓", "\ufeff1"]
NO = ["0", "0.0", "0,0", "нет", "Нет", "НЕТ", "no", "N", "False", "ЛОЖЬ", "✗"]
UNKNOWN = ["", " ", "\u00a0", "?", "N/A", "n/a", "#Н/Д", "#N/A", "NaN", "None", "null", "<NA>", "неизвестно"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [*((cell, 1) for cell in YES), *((cell, 0) for cell in NO), *((cell, None) for cell in UNKNOWN)],
)
def test_a_cell_says_yes_no_or_nothing(cell, value):
    assert label_value(cell) == value


@pytest.mark.parametrize("cell", ["2", "10", "0.5", "-1", "возможно", "да?", "1,0,0", "politics", "-", "x", "–"])
def test_what_says_none_of_it_is_refused(cell):
    with pytest.raises(LabelValueError, match=r"is not 1, 0 or blank$"):
        label_value(cell)


@pytest.mark.parametrize(
    ("cells", "mark", "value"),
    [
        ({"+", "-"}, "-", 0),
        ({"+", "−", ""}, "-", 0),
        ({"'+", "'-"}, "-", 0),
        ({"1", "-"}, "-", None),
        ({"1", "0", "-"}, "-", None),
        ({"да", "нет", "-"}, "-", None),
        ({"x", "-"}, "-", None),
        ({"-", ""}, "-", None),
        ({"1", "–"}, "–", None),
        ({"1", "0", "—"}, "—", None),
        ({"+", "-", "–"}, "–", None),
        ({"+", "0", "—"}, "—", None),
        ({"x", ""}, "x", 1),
        ({"Х", ""}, "x", 1),
        ({"х", "0"}, "x", 1),
    ],
)
def test_a_mark_means_what_its_column_says(cells, mark, value):
    assert settle_marks(cells, {})[mark] == value


@pytest.mark.parametrize(
    ("cells", "mark", "why"),
    [
        ({"+", "-", "0"}, "-", "'-' stands beside '+' and '0' and may be no or unknown"),
        ({"+", "–"}, "–", "'–' stands beside '+' and may be a minus, no, or a blank, unknown"),
        ({"1", "x"}, "x", "'x' stands beside '1' and may be yes or no"),
        ({"✓", "x"}, "x", "'x' stands beside '✓' and may be yes or no"),
    ],
)
def test_a_mark_that_may_be_two_things_is_refused_until_a_person_says_which(cells, mark, why):
    with pytest.raises(TwoReadingsError) as caught:
        settle_marks(cells, {})
    assert (caught.value.mark, str(caught.value)) == (mark, why)
    for value in (1, 0, None):
        assert settle_marks(cells, {mark: value})[mark] == value


def test_a_column_of_nothing_but_minuses_is_read_as_the_rest_of_the_table():
    assert settle_marks({"-", ""}, {}, plus_elsewhere=True) == {"-": 0}
    with pytest.raises(TwoReadingsError, match="is a minus in other columns, but here may be no or unknown"):
        settle_marks({"-", "1"}, {}, plus_elsewhere=True)


def test_a_column_of_labels_says_something_and_nothing_else():
    assert is_label_column({"да", "нет", ""})
    assert is_label_column({"x", ""})
    assert not is_label_column({"", "?", "-"})
    assert not is_label_column({"1", "0", "2"})
