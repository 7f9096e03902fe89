from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.crawl import parse_date
from pipeline.setup.errors import PipelineError

MOSCOW = "Europe/Moscow"
GENITIVE = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)

READ = {
    # Unix time
    "1598900000": "2020-08-31T18:53:20",
    "1598900000.0": "2020-08-31T18:53:20",
    "1598900000.5": "2020-08-31T18:53:20.500000",
    "1598900000000": "2020-08-31T18:53:20",
    "1598900000123": "2020-08-31T18:53:20.123000",
    "1598900000000.0": "2020-08-31T18:53:20",
    "915148800": "1999-01-01T00:00:00",
    "915148800000": "1999-01-01T00:00:00",
    # ISO 8601
    "2020-08-31": "2020-08-30T21:00:00",
    "2020-08-31T21:13": "2020-08-31T18:13:00",
    "2020-08-31 21:13": "2020-08-31T18:13:00",
    "2020-08-31 21:13:45": "2020-08-31T18:13:45",
    "2020-08-31T21:13:45.123456": "2020-08-31T18:13:45.123456",
    "2020-08-31T21:13:45.123456789": "2020-08-31T18:13:45.123456",
    "2020-08-31T21:13:45Z": "2020-08-31T21:13:45",
    "2020-08-31T21:13:45+03:00": "2020-08-31T18:13:45",
    "2020-08-31T21:13:45+0300": "2020-08-31T18:13:45",
    "2020-08-31T21:13:45+03": "2020-08-31T18:13:45",
    "2020-08-31 21:13:45 +0500": "2020-08-31T16:13:45",
    "2020-08-31 21:13:45-07:00": "2020-09-01T04:13:45",
    "2020-08-31 21:13:45 UTC": "2020-08-31T21:13:45",
    "2020-08-31 21:13:45 MSK": "2020-08-31T18:13:45",
    "2020/08/31 21:13": "2020-08-31T18:13:00",
    "2020-02-29": "2020-02-28T21:00:00",
    # RFC 2822
    "Mon, 31 Aug 2020 21:13:45 +0300": "2020-08-31T18:13:45",
    "Mon, 31 Aug 2020 21:13 +0300": "2020-08-31T18:13:00",
    "Mon, 31 Aug 2020 18:13:45 GMT": "2020-08-31T18:13:45",
    "Mon, 31 Aug 2020 14:13:45 EDT": "2020-08-31T18:13:45",
    "31 Aug 2020 21:13:45 +0300": "2020-08-31T18:13:45",
    "Tue, 1 Sep 2020 00:13:45 +0300": "2020-08-31T21:13:45",
    "Mon, 31 Aug 2020 21:13:45 +0300 (MSK)": "2020-08-31T18:13:45",
    "Mon, 31 Aug 2020 21:13:45": "2020-08-31T18:13:45",
    # figures
    "21:13 31.08.2020": "2020-08-31T18:13:00",
    "21:13 31.08.2020 (обновлено: 21:30 31.08.2020)": "2020-08-31T18:13:00",
    "21:13 31.08.2020 (обновлено: 00:05 01.09.2020)": "2020-08-31T18:13:00",
    "21:13 31.08.2020 (обновлено: 21:30 31.08": "2020-08-31T18:13:00",
    "21:13, 31.08.2020": "2020-08-31T18:13:00",
    "31.08.2020 21:13": "2020-08-31T18:13:00",
    "31.08.2020, 21:13": "2020-08-31T18:13:00",
    "31.08.2020 в 21:13": "2020-08-31T18:13:00",
    "31.08.2020 | 21:13": "2020-08-31T18:13:00",
    "31.08.2020": "2020-08-30T21:00:00",
    "31.08.2020 г.": "2020-08-30T21:00:00",
    "1.9.2020 9:05": "2020-09-01T06:05:00",
    "31-08-2020": "2020-08-30T21:00:00",
    "17/05/2024": "2024-05-16T21:00:00",
    "17/05/2024 10:30": "2024-05-17T07:30:00",
    "11.11.2019 17:33:39 (Europe/Moscow)": "2019-11-11T14:33:39",
    "11.11.2019 17:33:39 (Asia/Yekaterinburg)": "2019-11-11T12:33:39",
    "11.11.2019 17:33:39 (МСК)": "2019-11-11T14:33:39",
    "11.11.2019 17:33:39 МСК": "2019-11-11T14:33:39",
    # names of months
    "16:55, 16 января 2020": "2020-01-16T13:55:00",
    "16:55, 6 января 2020": "2020-01-06T13:55:00",
    "16:55, 16 ЯНВАРЯ 2020": "2020-01-16T13:55:00",
    "16:55 16 янв. 2020": "2020-01-16T13:55:00",
    "16 января 2020, 16:55": "2020-01-16T13:55:00",
    "16 января 2020 в 16:55": "2020-01-16T13:55:00",
    "Четверг, 16 января 2020, 16:55": "2020-01-16T13:55:00",
    "17 мая 2024 г.": "2024-05-16T21:00:00",
    "17 мая 2024г.": "2024-05-16T21:00:00",
    "17 Мая 2024": "2024-05-16T21:00:00",
    "17 мая 2024 года, 10:30": "2024-05-17T07:30:00",
    "17 мая 2024 года": "2024-05-16T21:00:00",
    "17 май 2024": "2024-05-16T21:00:00",
    "3 сентябрь 2021, 12:00": "2021-09-03T09:00:00",
    "3 сент. 2021 12:00": "2021-09-03T09:00:00",
    "3 нояб 2021 12:00": "2021-11-03T09:00:00",
    "3 November 2021, 12:00": "2021-11-03T09:00:00",
    # Moscow was four hours ahead of UTC in 2012, and in summers before
    "31.08.2012 21:13": "2012-08-31T17:13:00",
    "31.08.2012 21:13 MSK": "2012-08-31T17:13:00",
    "31.08.2007 21:13": "2007-08-31T17:13:00",
    # ISO 8601, basic and by weeks, and without leading zeros
    "20200831": "2020-08-30T21:00:00",
    "20200831T200400": "2020-08-31T17:04:00",
    "20200831T200400Z": "2020-08-31T20:04:00",
    "20200831200400": "2020-08-31T17:04:00",
    "202008312004": "2020-08-31T17:04:00",
    "2020-W36-1": "2020-08-30T21:00:00",
    "2020W361": "2020-08-30T21:00:00",
    "2020-8-31": "2020-08-30T21:00:00",
    "2020-8-3": "2020-08-02T21:00:00",
    "2020-10-3 10:00": "2020-10-03T07:00:00",
    "2020-08-31T20:04:00+03:00[Europe/Moscow]": "2020-08-31T17:04:00",
    "2020-08-31T17:04:00Z[UTC]": "2020-08-31T17:04:00",
    "20:04 2020-08-31": "2020-08-31T17:04:00",
    # Unix time in microseconds and nanoseconds, and .NET's
    "1614931200000000": "2021-03-05T08:00:00",
    "1614931200000000000": "2021-03-05T08:00:00",
    "1598900000123456789": "2020-08-31T18:53:20.123456",
    "/Date(1598900000000+0300)/": "2020-08-31T18:53:20",
    # the month first, in words; clocks of twelve hours
    "Aug 31, 2020 8:04 PM": "2020-08-31T17:04:00",
    "August 31st, 2020": "2020-08-30T21:00:00",
    "August 31, 2020 at 12:04 a.m. MSK": "2020-08-30T21:04:00",
    "8:04 PM, Aug. 31, 2020": "2020-08-31T17:04:00",
    "Mon Aug 31 20:04:00 2020": "2020-08-31T17:04:00",
    "Mon Aug 31 20:04:00 +0000 2020": "2020-08-31T20:04:00",
    "Mon Aug 31 20:04:00 MSK 2020": "2020-08-31T17:04:00",
    "Mon Aug 31 2020 20:04:00 GMT+0300 (Moscow Standard Time)": "2020-08-31T17:04:00",
    "31-Aug-2020": "2020-08-30T21:00:00",
    "31/Aug/2020:20:04:00 +0300": "2020-08-31T17:04:00",
    # what Russian sites put around a date
    "2 сентяб. 2020": "2020-09-01T21:00:00",
    "12 янв. 2024 г.": "2024-01-11T21:00:00",
    "12 января 2024, 10:30 МСК": "2024-01-12T07:30:00",
    "10:30, 12.01.2024": "2024-01-12T07:30:00",
    "12 января 2024, 10.30": "2024-01-12T07:30:00",
    "12 января 2024, пятница, 10:30": "2024-01-12T07:30:00",
    "пятница, 12 января 2024 года в 10:30 по московскому времени": "2024-01-12T07:30:00",
    "12.01.2024 10:30 UTC+3": "2024-01-12T07:30:00",
    "31 августа 2020 - 20:04": "2020-08-31T17:04:00",
    "31 августа 2020 · 20:04": "2020-08-31T17:04:00",
    "20:04 / 31.08.2020": "2020-08-31T17:04:00",
    "Опубликовано: 31.08.2020 20:04": "2020-08-31T17:04:00",
    "Дата публикации: 31 августа 2020 г. в 20:04": "2020-08-31T17:04:00",
    "31.08.2020 20:04, обновлено 01.09.2020 10:00": "2020-08-31T17:04:00",
    "Сегодня, 31 августа 2020, 20:04": "2020-08-31T17:04:00",
    # years of two digits, where they cannot be the first half of a year
    "05.03.21": "2021-03-04T21:00:00",
    "21:13 31.08.21": "2021-08-31T18:13:00",
    "31.08.20 21:13": "2020-08-31T18:13:00",
    # spaces of every kind
    "  31.08.2020\u00a021:13 \r": "2020-08-31T18:13:00",
}

NOT_READ = [
    "", " ", "вчера", "2 часа назад", "сегодня в 10:30", "n/a", "null", "0", "-1", "12345",
    "20201331", "20200831T2575",
    "15:44", "15:44, 27 сентяб", "15:44, 27 сентября", "15:44, 27 сентября ", "15:44, 27 сентября 2",
    "15:44, 27 сентября 20", "15:44, 27 сентября 201", "27 сентября 201", "27 сентяб 2019", "27 сентября",
    "44260", "03/04/2024 8:04 PM", "0:04 PM, Aug 31, 2020", "13:04 PM, Aug 31, 2020", "2020-10-3", "2020-W54-1",
    "Обновлено: 31.08.2020", "21:13 31.08.20",
    "31.08", "31.08.20", "31.08.202", "201", "201-08-31", "2020-08", "2020-08-3", "2020-08-31T", "2020-08-31 21:1",
    "Mon, 31 Aug 20 21:13:45 +0300", "Mon, 31 Aug 201", "Mon, 31 Aug 2020 21:13:45 +03:0",
    "Mon, 31 Aug 2020 21:13:45 XYZ", "11.11.2019 17:33:39 (Europe/Atlantis)", "11.11.2019 17:33:39 (../etc/passwd)x",
    "31.02.2020", "30 февраля 2020", "29.02.2021", "00.01.2020", "05/17/2024", "2020-13-01", "31.08.2020 24:00",
    "31.08.2020 21:60", "2020-08-31T21:13:45+99:00", "31.12.1989", "31.08.0201", "631151999", "99999999999", "1e9",
    "31.08.2999", "9999-12-31T23:59:59-12:00", "4102444800", "٣١.٠٨.٢٠٢٠", "31.08.2020 " * 50, "1" * 5000,
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), READ.items())
def test_date_is_read_as_the_moment_it_names(raw: str, expected: str) -> None:
    assert parse_date(raw, MOSCOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("raw", NOT_READ)
def test_what_names_no_moment_is_none(raw: str) -> None:
    assert parse_date(raw, MOSCOW) is None


def test_result_is_in_utc() -> None:
    moment = parse_date("31.08.2020 21:13", MOSCOW)
    assert moment is not None
    assert moment.tzinfo is UTC


def test_zone_is_used_only_by_dates_without_one() -> None:
    assert parse_date("31.08.2020 21:13", "Asia/Vladivostok") == datetime(2020, 8, 31, 11, 13, tzinfo=UTC)
    assert parse_date("2020-08-31T21:13Z", "Asia/Vladivostok") == datetime(2020, 8, 31, 21, 13, tzinfo=UTC)


def test_unknown_zone_is_the_callers_error() -> None:
    with pytest.raises(PipelineError, match="unknown time zone 'Europe/Moskow'; did you mean Europe/Moscow") as caught:
        parse_date("31.08.2020", "Europe/Moskow")
    assert caught.value.exit_code == 2


def test_dates_may_be_a_little_in_the_future() -> None:
    soon, late = datetime.now(UTC) + timedelta(days=1), datetime.now(UTC) + timedelta(days=4)
    assert parse_date(soon.isoformat(), MOSCOW) == soon
    assert parse_date(late.isoformat(), MOSCOW) is None


WRITERS = {
    "seconds": lambda local: str(int(local.timestamp())),
    "milliseconds": lambda local: str(int(local.timestamp()) * 1000),
    "float seconds": lambda local: str(float(int(local.timestamp()))),
    "iso": lambda local: local.isoformat(),
    "iso with a space": lambda local: local.isoformat(" "),
    "iso in utc": lambda local: local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "naive iso": lambda local: local.replace(tzinfo=None).isoformat(),
    "rfc 2822": lambda local: local.strftime("%a, %d %b %Y %H:%M:%S %z"),
    "figures": lambda local: f"{local:%d.%m.%Y %H:%M:%S}",
    "figures and a zone": lambda local: f"{local:%d.%m.%Y %H:%M:%S} (Europe/Moscow)",
    "slashes": lambda local: f"{local:%d/%m/%Y %H:%M:%S}",
    "time first": lambda local: f"{local:%H:%M:%S %d.%m.%Y}",
    "time first, updated": lambda local: f"{local:%H:%M:%S %d.%m.%Y} (обновлено: 23:59 31.12.2024)",
    "month by name": lambda local: f"{local:%H:%M:%S}, {local.day} {GENITIVE[local.month - 1]} {local.year}",
    "year in words": lambda local: f"{local.day} {GENITIVE[local.month - 1]} {local.year} года, {local:%H:%M:%S}",
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())
@given(moment=st.datetimes(datetime(2015, 1, 1), datetime(2025, 1, 1)))
def test_what_is_written_is_read_back(write, moment: datetime) -> None:
    local = moment.replace(microsecond=0, tzinfo=ZoneInfo(MOSCOW))
    assert parse_date(write(local), MOSCOW) == local


@given(moment=st.datetimes(datetime(2015, 1, 1), datetime(2025, 1, 1)), missing=st.integers(1, 4))
def test_a_cut_year_is_never_read(moment: datetime, missing: int) -> None:
    written = f"{moment:%H:%M}, {moment.day} {GENITIVE[moment.month - 1]} {moment.year}"
    assert parse_date(written[:-missing], MOSCOW) is None


@given(st.text() | st.from_regex(r"[0-9:., /+-]{0,30}"))
def test_any_string_gives_a_plausible_moment_or_none(raw: str) -> None:
    moment = parse_date(raw, MOSCOW)
    assert moment is None or datetime(1990, 1, 1, tzinfo=UTC) <= moment < datetime.now(UTC) + timedelta(days=3)
