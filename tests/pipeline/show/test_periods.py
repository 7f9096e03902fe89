import pytest

from pipeline.show.periods import finest, fold_months

YEARS = [f"{year}-{month:02d}" for year in range(2015, 2025) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("months", "most", "first"),
    [(YEARS[:12], 12, "январь 2015"), (YEARS[:13], 12, "I кв. 2015"), (YEARS, 12, "2015"), (YEARS, 5, "2015")],
)
def test_periods_are_as_fine_as_there_is_room_for(months, most, first):
    assert next(iter(fold_months(dict.fromkeys(months, 1), finest(months, most)))) == first


def test_nothing_is_lost_when_months_are_added_up():
    counts = {month: place for place, month in enumerate(YEARS)}
    folded = fold_months(counts, finest(YEARS, 40))
    assert sum(folded.values()) == sum(counts.values())
    assert list(folded)[:2] == ["I кв. 2015", "II кв. 2015"]
