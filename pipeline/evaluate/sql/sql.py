"""SQL: one statement, or a prompt, over the views of this home."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from pipeline.bundles.tables import bundle_tables
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.errors import StoreError
from store.sql import open_sql, run_sql


def ask(home: Home, settings: Settings, statement: str) -> list[dict[str, Any]]:
    """Run one statement and return its rows.

    Raises
    ------
    StoreError
        When the statement is wrong (exit code 2).
    """
    return run_sql(open_sql(home.db, list(settings.categories), bundle_tables(home, statement)), statement)


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
