"""Side by side: several calls at once, on threads that a stopped command does not wait for."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")


def side_by_side(call: Callable[[Asked], Got], inputs: Iterable[Asked], workers: int) -> Iterator[Got]:
    """Call a function for every input, ``workers`` at a time, and yield what it returns as it comes.

    Inputs are taken as calls end, so that what has not been asked may still change its mind; as many as there are
    workers wait ready, so that no worker waits for whoever consumes the results.

    Raises
    ------
    Exception
        Whatever ``call`` raised first.
    """
    todo: SimpleQueue[Asked | None] = SimpleQueue()
    done: SimpleQueue[Got | BaseException] = SimpleQueue()
    threads = [threading.Thread(target=work, args=(call, todo, done), daemon=True) for _ in range(workers)]
    waiting = 0
    try:
        for value in inputs:
            if waiting < workers:
                threads[waiting].start()
            todo.put(value)
            waiting += 1
            if waiting >= 2 * workers:
                yield taken(done)
                waiting -= 1
        for _ in range(waiting):
            yield taken(done)
    finally:
        empty(todo)
        for _ in threads:
            todo.put(None)


def work(call: Callable[[Asked], Got], todo: SimpleQueue[Asked | None], done: SimpleQueue[Got | BaseException]) -> None:
    """Call for one input after another until there is None; an error is a result like others."""
    while (value := todo.get()) is not None:
        try:
            done.put(call(value))
        except Exception as error:  # noqa: BLE001 - raised again where the results are taken
            done.put(error)


def taken(done: SimpleQueue[Got | BaseException]) -> Got:
    """Take the next result, raising it when it is an error."""
    result = done.get()
    if isinstance(result, BaseException):
        raise result
    return result


def empty(todo: SimpleQueue[Asked | None]) -> None:
    """Take back what no worker has begun."""
    with contextlib.suppress(Empty):
        while True:
            todo.get_nowait()
