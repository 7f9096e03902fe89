from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.crawl import read_crawl
from pipeline.crawl.date_habits import NO_HABITS, Habits, observe


def moments(path: Path, *dates: str) -> list[str | None]:
    rows = "".join(f"a.example,Мост {number} открыли.,{date}\n" for number, date in enumerate(dates))
    path.write_text("source,text,date\n" + rows)
    published = [row.article.published_at for row in read_crawl(path, "UTC")]
    return [moment and moment.isoformat()[:16] for moment in published]


@pytest.mark.parametrize(
    ("dates", "habits"),
    [
        ([], NO_HABITS),
        (["03/04/2024", "2024-04-03", ""], NO_HABITS),
        (["03/04/2024", "13/04/2024"], Habits("day")),
        (["03/04/2024", "21:13 04/13/2024"], Habits("month")),
        (["13/04/2024", "04-13-2024"], Habits("both")),
        (["44260", "", "44261.5"], Habits(serial=True)),
        (["44260", "2021-03-05"], NO_HABITS),
        (["2021-03-13"], NO_HABITS),
        (["13.04.2024"], NO_HABITS),
    ],
)
def test_habits_follow_from_the_dates_that_can_be_read_in_one_way(dates: list[str], habits: Habits) -> None:
    assert observe(dates) == habits


def test_the_day_comes_first_where_nothing_says_otherwise(tmp_path: Path) -> None:
    assert moments(tmp_path / "a.csv", "03/04/2024", "13/04/2024") == ["2024-04-03T00:00", "2024-04-13T00:00"]


def test_the_month_comes_first_in_a_file_that_shows_it_also_before_the_evidence(tmp_path: Path) -> None:
    assert moments(tmp_path / "a.csv", "03/04/2024 8:04 PM", "03.04.2024", "04/13/2024") == [
        "2024-03-04T20:04",
        "2024-04-03T00:00",
        "2024-04-13T00:00",
    ]


def test_what_can_be_read_in_two_ways_in_a_mixed_file_is_left_unread(tmp_path: Path) -> None:
    assert moments(tmp_path / "a.csv", "03/04/2024", "04/13/2024", "13/04/2024", "05/05/2024") == [
        None,
        "2024-04-13T00:00",
        "2024-04-13T00:00",
        "2024-05-05T00:00",
    ]


def test_day_numbers_of_spreadsheets_are_read_where_the_whole_column_is_of_them(tmp_path: Path) -> None:
    assert moments(tmp_path / "a.csv", "44260", "44260.4166666667") == ["2021-03-05T00:00", "2021-03-05T10:00"]
    assert moments(tmp_path / "b.csv", "44260", "2021-03-05") == [None, "2021-03-05T00:00"]


def test_raw_date_is_kept(tmp_path: Path) -> None:
    moments(tmp_path / "a.csv", "03/04/2024", "04/13/2024")
    rows = list(read_crawl(tmp_path / "a.csv", "UTC"))
    assert [row.article.published_raw for row in rows] == ["03/04/2024", "04/13/2024"]
    assert rows[0].article.published_at == datetime(2024, 3, 4, tzinfo=UTC)
