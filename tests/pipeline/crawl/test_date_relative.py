from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.crawl import read_crawl
from pipeline.crawl.date_relative import is_relative, relative_date
from pipeline.crawl.options import ReadOptions

FETCHED = datetime(2024, 5, 1, 1, 30, tzinfo=UTC)  # 04:30 in Moscow
MOSCOW = "Europe/Moscow"


@pytest.mark.parametrize(
    ("raw", "expected"),
    {
        "Вчера в 10:00": "2024-04-30T07:00",
        "вчера, 10:00": "2024-04-30T07:00",
        "10:00, вчера": "2024-04-30T07:00",
        "позавчера": "2024-04-28T21:00",
        "Сегодня, 02:30": "2024-04-30T23:30",
        "сегодня": "2024-04-30T21:00",
        "Yesterday at 10:00": "2024-04-30T07:00",
        "2 часа назад": "2024-04-30T23:30",
        "час назад": "2024-05-01T00:30",
        "15 мин. назад": "2024-05-01T01:15",
        "5 minutes ago": "2024-05-01T01:25",
        "an hour ago": "2024-05-01T00:30",
        "2h ago": "2024-04-30T23:30",
        "3 дня назад": "2024-04-27T21:00",
        "неделю назад": "2024-04-23T21:00",
        "только что": "2024-05-01T01:30",
    }.items(),
)
def test_relative_date_is_counted_from_when_the_page_was_fetched(raw: str, expected: str) -> None:
    assert relative_date(raw, FETCHED, MOSCOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert is_relative(raw)


@pytest.mark.parametrize(
    "raw", ["", "вчера в 25:00", "2 месяца назад", "год назад", "в понедельник", "2 часа", "31.08.2020"]
)
def test_what_names_no_moment_is_none(raw: str) -> None:
    assert relative_date(raw, FETCHED, MOSCOW) is None


def test_time_without_a_zone_is_in_the_zone_of_the_crawl() -> None:
    assert relative_date("час назад", datetime(2024, 5, 1, 4, 30), MOSCOW) == datetime(2024, 5, 1, 0, 30, tzinfo=UTC)


def published(path: Path, header: str, row: str, fetched_at: datetime | None) -> str | None:
    path.write_text(f"source,text,{header}\na.example,Мост открыли.,{row}\n")
    (read,) = read_crawl(path, MOSCOW, options=ReadOptions(fetched_at=fetched_at))
    return read.article.published_at and read.article.published_at.isoformat()[:16]


def test_relative_dates_are_read_only_against_a_date_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert published(path, "date", "2 часа назад", None) is None
    assert published(path, "date", "2 часа назад", FETCHED) == "2024-04-30T23:30"
    assert published(path, "date,crawled_at", "2 часа назад,2023-01-02T10:00Z", FETCHED) == "2023-01-02T08:00"
    assert published(path, "date,crawled_at", "вчера,", FETCHED) == "2024-04-29T21:00"


def test_hours_ago_need_more_than_the_day_of_fetching(tmp_path: Path) -> None:
    assert published(tmp_path / "a.csv", "date,crawled_at", "2 часа назад,2023-01-02", None) is None
