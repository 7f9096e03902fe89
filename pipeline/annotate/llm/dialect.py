"""Dialect: a question as an OpenAI-compatible server takes it, without what this one complains of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from models.annotator.protocol import Question
from models.annotator.schema import answer_schema

# Chat templates (Gemma's, Mistral's) raise these words themselves; each server wraps them in its own.
NO_SYSTEM = re.compile(
    r"\b(?:system|developer)\b.{0,40}\b(?:not|un)[ -]?(?:be )?(?:support|allow|enabl|permit|accept|recogni|known)"
    r"|(?:only|not support|unsupported|unknown|invalid|unexpected).{0,60}\brole|roles must alternate",
    re.DOTALL,
)
NO_SCHEMA = re.compile(
    r"response_?format|json[_ ]?schema|structured[_ ]output|guided|grammar|outlines|requested parameters"
    r"|required for format|invalid format"
)


@dataclass(frozen=True)
class ServerDialect:
    """What servers differ in.

    Parameters
    ----------
    structured
        Whether the answer's JSON schema is sent.
    may_drop_schema
        Whether it may be left out where the server refuses it.
    limit
        What the limit of the answer's length is called.
    temperature
        Whether a temperature of 0 is sent; reasoning models refuse one.
    system
        Whether the instructions are a message of their own; a model without that role reads them before the article.
    """

    structured: bool = True
    may_drop_schema: bool = True
    limit: str = "max_tokens"
    temperature: bool = True
    system: bool = True

    def without(self, complaint: str, *, refused: bool) -> ServerDialect | None:
        """Return the dialect that leaves out what the server complains of; None when nothing is left to try.

        Parameters
        ----------
        complaint
            All that the server said.
        refused
            Whether it refused the request, by its status: then the schema, the newest of all this, is what it may mean.
        """
        words = complaint.lower()
        if "max_completion_tokens" in words and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in words and self.temperature:
            return replace(self, temperature=False)
        if NO_SYSTEM.search(words) and self.system:
            return replace(self, system=False)
        schema = self.structured and self.may_drop_schema and (refused or NO_SCHEMA.search(words))
        return replace(self, structured=False) if schema else None


def request_body(question: Question, model: str, max_tokens: int, dialect: ServerDialect) -> bytes:
    """The JSON of one call."""
    body: dict[str, Any] = {"model": model, "messages": messages(question, dialect), dialect.limit: max_tokens}
    if dialect.temperature:
        body["temperature"] = 0
    if dialect.structured:
        schema = {"name": "categories", "strict": True, "schema": answer_schema(question.keys)}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")


def messages(question: Question, dialect: ServerDialect) -> list[dict[str, str]]:
    """The instructions and the article, in one message where there can be no other."""
    if not dialect.system:
        return [{"role": "user", "content": f"{question.system}\n\n{question.user}"}]
    return [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
