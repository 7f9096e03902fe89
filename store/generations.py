"""Generations: every call to a language model as it was, so that any label of it can be traced and read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa
from lancedb.db import DBConnection

from store.lance import explained_write, insert_new, key_field, open_table, read

Outcome = Literal["labelled", "corrupted"]
KEYS = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        key_field("id"),
        ("article_id", pa.string()),
        ("annotator", pa.string()),
        ("prompt", pa.string()),
        ("categories", KEYS),
        ("positive", KEYS),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("raw", pa.string()),
        ("prompt_tokens", pa.int32()),
        ("completion_tokens", pa.int32()),
        ("seconds", pa.float32()),
        ("tries", pa.int32()),
        ("asked_at", pa.timestamp("us", tz="UTC")),
    ]
)
PROMPTS = pa.schema([key_field("id"), ("text", pa.string())])


@dataclass(frozen=True)
class Generation:
    """One call.

    Parameters
    ----------
    prompt
        Name of the prompt, see :meth:`Generations.put_prompt`.
    categories, positive
        The categories asked about, and those of them that the model named.
    outcome
        ``labelled``, or ``corrupted``: the answer says nothing certain and gave no label.
    reason
        Why it is corrupted; else empty.
    raw
        What the model wrote, to the letter.
    prompt_tokens, completion_tokens
        None where the server does not count them.
    """

    id: str
    article_id: str
    annotator: str
    prompt: str
    categories: tuple[str, ...]
    positive: tuple[str, ...]
    outcome: Outcome
    reason: str
    raw: str
    prompt_tokens: int | None
    completion_tokens: int | None
    seconds: float
    tries: int
    asked_at: datetime

    def to_json(self) -> dict[str, Any]:
        """Return the call as JSON values."""
        return {**vars(self), "asked_at": self.asked_at.isoformat()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Generation:
        """Read what :meth:`to_json` returned."""
        keys = {name: tuple(values[name]) for name in ("categories", "positive")}
        return cls(**{**values, **keys, "asked_at": datetime.fromisoformat(values["asked_at"])})


class Generations:
    """The log of calls and, beside it, the prompts that they were made with."""

    def __init__(self, db: DBConnection) -> None:
        self.table = open_table(db, "generations", SCHEMA)
        self.prompts = open_table(db, "prompts", PROMPTS)

    def add(self, calls: list[Generation]) -> int:
        """Keep calls; one that is there already changes nothing. Returns how many were new."""
        return insert_new(self.table, pa.Table.from_pylist([vars(call) for call in calls], schema=SCHEMA))

    def put_prompt(self, prompt: str, text: str) -> None:
        """Keep the words of a prompt under its name."""
        # Thousands of calls share one prompt, so its words are kept once, under the fingerprint that names it.
        insert_new(self.prompts, pa.table({"id": [prompt], "text": [text]}, schema=PROMPTS))

    def of(self, annotator: str, columns: list[str]) -> pa.Table:
        """Return columns of an annotator's calls, oldest first."""
        rows = read(self.table, list(dict.fromkeys([*columns, "asked_at", "id"])), by(annotator))
        return rows.sort_by([("asked_at", "ascending"), ("id", "ascending")]).select(columns)

    def has_labelled(self, annotator: str) -> bool:
        """Tell whether an annotator has ever given an answer that could be read."""
        return bool(self.table.count_rows(f"{by(annotator)} AND outcome = 'labelled'"))

    def rename(self, old: str, new: str) -> None:
        """Give what was asked and answered about a category to its new key."""
        with explained_write("generations"):
            # LanceDB's SQL is DataFusion's: it updates inside a list only by writing the list anew.
            for column in ("categories", "positive"):
                self.table.update(
                    where=f"array_has({column}, '{old}')",
                    values_sql={column: f"array_replace({column}, '{old}', '{new}')"},
                )


def by(annotator: str) -> str:
    """The condition of SQL that a call is an annotator's."""
    quoted = annotator.replace("'", "''")
    return f"annotator = '{quoted}'"
