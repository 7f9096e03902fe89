import itertools
import threading
import time

import pytest

from pipeline.annotate.llm.side_by_side import side_by_side


def test_every_input_is_called_once():
    assert sorted(side_by_side(lambda value: value * 2, range(100), 7)) == [value * 2 for value in range(100)]
    assert list(side_by_side(lambda value: value, [], 3)) == []


def test_inputs_are_taken_only_as_calls_end():
    taken = itertools.count()
    results = side_by_side(lambda value: value, (next(taken) for _ in range(1000)), 3)
    next(results)
    assert next(taken) <= 2 * 3 + 1
    results.close()


def test_an_error_is_raised_where_results_are_taken():
    def call(value):
        if value == 5:
            raise ValueError("five")
        return value

    with pytest.raises(ValueError, match="five"):
        list(side_by_side(call, range(10), 2))


def test_calls_run_at_once_and_those_not_begun_are_dropped_when_the_taker_leaves():
    begun, barrier = [], threading.Barrier(4, timeout=5)

    def call(value):
        begun.append(value)
        if value < 4:
            barrier.wait()
        else:
            time.sleep(0.2)
        return value

    results = side_by_side(call, range(100), 4)
    next(results)
    results.close()
    time.sleep(0.3)
    assert len(begun) <= 12
