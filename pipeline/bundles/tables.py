"""Bundles and their history as tables for SQL."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pyarrow as pa

from models.bundles.manifests import bundle_names, read_manifests
from models.bundles.names import current_name
from pipeline.bundles.history import history
from pipeline.setup.home import Home

TIME = pa.timestamp("us", tz="UTC")
BUNDLES = pa.schema(
    [
        ("bundle", pa.string()),
        ("created_at", TIME),
        ("current", pa.bool_()),
        ("category", pa.string()),
        ("title", pa.string()),
        ("head", pa.string()),
        ("kind", pa.string()),
        ("positives", pa.int64()),
        ("negatives", pa.int64()),
        ("threshold", pa.float64()),
        ("cross_validated_average_precision", pa.float64()),
    ]
)
HISTORY = pa.schema(
    [
        ("bundle", pa.string()),
        ("created_at", TIME),
        ("current", pa.bool_()),
        ("macro_average_precision", pa.float64()),
        ("average_precision", pa.map_(pa.string(), pa.float64())),
        ("changed", pa.string()),
    ]
)


def bundle_tables(home: Home, statement: str) -> dict[str, pa.Table]:
    """The tables ``bundles`` (a row a bundle and category) and ``history`` (a row a bundle).

    They are filled only for a statement that names them: the history is measured anew, on the test articles of now.
    """
    makers = {"bundles": (BUNDLES, bundle_rows), "history": (HISTORY, history_rows)}
    return {
        name: rows(home) if re.search(rf"\b{name}\b", statement, re.IGNORECASE) else schema.empty_table()
        for name, (schema, rows) in makers.items()
    }


def bundle_rows(home: Home) -> pa.Table:
    """What each bundle's manifest says of each category."""
    current = current_name(home.path)
    rows = [
        {
            "bundle": name,
            "created_at": manifest.created.astimezone(UTC),
            "current": name == current,
            "category": key,
            "title": category.title,
            "head": category.fingerprint,
            "kind": category.kind,
            "positives": category.facts.positives,
            "negatives": category.facts.negatives,
            "threshold": category.decision.yes,
            "cross_validated_average_precision": category.facts.cross_validated_average_precision,
        }
        for name, manifest in read_manifests(home.path)[0].items()
        for key, category in manifest.categories.items()
    ]
    return pa.Table.from_pylist(rows, schema=BUNDLES)


def history_rows(home: Home) -> pa.Table:
    """The history, measured now."""
    rows = [
        {
            "bundle": row.bundle,
            "created_at": datetime.fromisoformat(row.created_at).astimezone(UTC),
            "current": row.current,
            "macro_average_precision": row.macro_average_precision,
            "average_precision": list(row.average_precision.items()),
            "changed": row.problem or (row.changed.summary if row.changed else "first"),
        }
        for row in (history(home) if bundle_names(home.path) else [])
    ]
    return pa.Table.from_pylist(rows, schema=HISTORY)
