"""Give up: what a person is told when a run stops because nothing that answers is the model."""

from __future__ import annotations

import re
from typing import NoReturn

from models.annotator.protocol import Heard
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings
from store.generations import Generation

MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
OPAQUE = re.compile(r"(?=[\w.+/=-]*\d)[\w.+/=-]{20,}")  # what a token or a session looks like
SHOWN = 120  # characters of what came


def give_up(call: Generation, heard: Heard, settings: AnnotatorSettings) -> NoReturn:
    """Stop the run at a call that shows that the model is not there, takes nothing or says nothing.

    Raises
    ------
    PipelineError
        Always (exit code 3).
    """
    kept = "what was answered is kept, run again to go on"
    if heard == "refused":
        how = "see annotator.model, annotator.max_chars and annotator.template in rubrika.toml"
        raise PipelineError(f"the model server refuses every article: {call.reason}; {how}", 3)
    if heard == "alien":
        how = "see annotator.base_url, which ends as in .../v1;"
        what = f"the model server {settings.base_url} gives no chat completion: {glimpse(call.raw)}"
        raise PipelineError(f"{what}; {how} {kept}", 3)
    if heard == "thoughts":
        how = f"raise annotator.max_tokens = {settings.max_tokens}, or turn the thinking off on its server"
        what = f"the model {settings.model} only thinks and gives no answer: {glimpse(call.raw)}"
        raise PipelineError(f"{what}; {how}; {kept}", 3)
    raise PipelineError(f"the model does not answer: {call.reason}; what was answered is kept, run again later", 3)


def glimpse(raw: str) -> str:
    """The beginning of what came, on one line; of a page its words, as its fields may hold what nobody should see."""
    words = " ".join(MARKUP.sub(" ", raw).split()) or " ".join(raw.split())
    words = OPAQUE.sub("[…]", words)
    shown = words if len(words) <= SHOWN else words[:SHOWN] + "…"
    return repr(shown) if shown else "an empty response"
