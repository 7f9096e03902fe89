"""Budget: what a run may use, and an estimate of what a call will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.annotator.protocol import Question
from pipeline.config import Annotator
from store.generations import Generation

CHARACTERS_PER_TOKEN = 3.0  # of Russian, for the tokenizers of today's models: between 2.5 and 4
EXPECTED_ANSWER_TOKENS = 20
MILLION = 1_000_000


def estimated_tokens(question: Question) -> int:
    """Tokens that a model will read, estimated from the number of characters."""
    return round((len(question.system) + len(question.user)) / CHARACTERS_PER_TOKEN)


def price(settings: Annotator, prompt_tokens: int, completion_tokens: int) -> float:
    """What tokens cost, in the currency of the settings."""
    return (prompt_tokens * settings.price_in + completion_tokens * settings.price_out) / MILLION


@dataclass
class Budget:
    """Counts what calls used and lets a call begin only if the budget holds it at its longest answer.

    Parameters
    ----------
    settings
        Limits and prices.
    prompt_tokens, completion_tokens
        Used so far; estimated where the server does not count.
    stopped
        Whether a question was held back.
    """

    settings: Annotator
    prompt_tokens: int = 0
    completion_tokens: int = 0
    stopped: bool = False
    expected: dict[str, int] = field(default_factory=dict)
    held: list[Question] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """What was used, in the currency of the settings."""
        return price(self.settings, self.prompt_tokens, self.completion_tokens)

    def within(self, questions: Iterator[Question]) -> Iterator[Question]:
        """Let questions through while the budget lasts; one that does not fit is held for the next call of this."""
        while question := self.held.pop() if self.held else next(questions, None):
            self.stopped = not self._fits(question)
            if self.stopped:
                self.held.append(question)
                return
            self.expected[question.article_id] = estimated_tokens(question)
            yield question

    def settle(self, call: Generation) -> None:
        """Count what a call used in place of what was expected of it."""
        expected = self.expected.pop(call.article_id)
        self.prompt_tokens += expected if call.prompt_tokens is None else call.prompt_tokens
        self.completion_tokens += EXPECTED_ANSWER_TOKENS if call.completion_tokens is None else call.completion_tokens

    def _fits(self, question: Question) -> bool:
        """Whether the budget holds this call beside what was used and what is under way."""
        read = self.prompt_tokens + sum(self.expected.values()) + estimated_tokens(question)
        written = self.completion_tokens + (len(self.expected) + 1) * self.settings.max_tokens
        tokens, money = self.settings.budget_tokens, self.settings.budget_money
        return (not tokens or read + written <= tokens) and (not money or price(self.settings, read, written) <= money)
