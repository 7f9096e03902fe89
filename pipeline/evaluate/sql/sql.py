"""SQL: one statement, or a prompt, over the views of this home."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from pipeline.bundles.tables import bundle_tables
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.errors import StoreError
from store.sql import open_sql, run_sql, run_sql_arrow


def ask(home: Home, settings: Settings, statement: str) -> list[dict[str, Any]]:
    """Run one statement and return its rows.

    Raises
    ------
    StoreError
        When the statement is wrong (exit code 2).
    """
    return run_sql(open_views_of(home, settings, statement), statement)


def ask_arrow(home: Home, settings: Settings, statement: str) -> pa.Table:
    """Run one statement and return its rows as an Arrow table; errors are those of :func:`ask`."""
    return run_sql_arrow(open_views_of(home, settings, statement), statement)


def open_views_of(home: Home, settings: Settings, statement: str) -> DuckDBPyConnection:
    """A connection with every view that the statement may name."""
    return open_sql(home.db, list(settings.categories), bundle_tables(home, statement))


def prompt(home: Home, settings: Settings, show: Callable[..., None]) -> None:
    """Read statements until the end of input or ``.quit``; a wrong one is explained and the prompt goes on."""
    while True:
        try:
            statement = input("rubrika> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if statement in {".quit", "exit", "quit"}:
            return
        if not statement:
            continue
        try:
            show(ask(home, settings, statement), as_json=False)
        except StoreError as error:
            sys.stderr.write(f"{error}\n")
