import time
from datetime import UTC, datetime

import pytest

from pipeline.annotate.llm.patience import LONGEST_ASKED_WAIT, LONGEST_WAIT, Gate, Patience, retry_after


def test_waits_double_with_jitter_up_to_a_limit_and_then_it_gives_up():
    patience = Patience(retries=8)
    waits = [patience.next_wait(later=False, asked=None) for _ in range(8)]
    for number, wait in enumerate(waits):
        full = min(LONGEST_WAIT, 0.5 * 2**number)
        assert full / 2 <= wait <= full
    assert patience.next_wait(later=False, asked=None) is None


def test_being_told_to_come_later_does_not_use_the_retries_up():
    patience = Patience(retries=0)
    for _ in range(30):
        assert patience.next_wait(later=True, asked=2.0) == pytest.approx(2.05, abs=0.06)
    assert patience.next_wait(later=True, asked=2.0) is None


def test_while_others_are_answered_the_count_of_refusals_begins_again():
    patience = Patience(retries=0)
    for _ in range(30):
        patience.next_wait(later=True, asked=0.0)
    patience.renew()
    assert patience.next_wait(later=True, asked=0.0) is not None


def test_a_server_is_not_waited_for_without_end():
    assert Patience(1).next_wait(later=True, asked=1e9) <= LONGEST_ASKED_WAIT + 0.1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Mon, 01 Jan 2024 00:00:30 GMT", 30.0),
        ("Mon, 01 Jan 2001 00:00:30 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        (None, None),
    ],
)
def test_the_header_is_read_as_seconds_or_as_a_date(header, seconds):
    assert retry_after(header, datetime(2024, 1, 1, tzinfo=UTC)) == seconds


def test_a_closed_gate_holds_everybody_for_as_long_as_the_longest_asked():
    gate = Gate()
    started = time.monotonic()
    assert gate.close_for(0.05) == pytest.approx(0.05)
    assert gate.close_for(0.01) == 0.0
    gate.wait()
    assert time.monotonic() - started >= 0.045
