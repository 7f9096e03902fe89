"""Budget: what a run may use, and an estimate of what a call will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.annotator.protocol import Question
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings
from store.generations import Generation

CHARACTERS_PER_TOKEN = 3.0  # of Russian, for the tokenizers of today's models: between 2.5 and 4
EXPECTED_ANSWER_TOKENS = 20
MILLION = 1_000_000


def estimated_tokens(question: Question) -> int:
    """Tokens that a model will read, estimated from the number of characters."""
    return round((len(question.system) + len(question.user)) / CHARACTERS_PER_TOKEN)


def price(settings: AnnotatorSettings, prompt_tokens: int, completion_tokens: int) -> float:
    """What tokens cost, in the currency of the settings."""
    return (prompt_tokens * settings.price_in + completion_tokens * settings.price_out) / MILLION


def require_prices(settings: AnnotatorSettings) -> None:
    """Refuse a limit in money where nothing costs anything: it would never be reached.

    Raises
    ------
    PipelineError
        With exit code 2.
    """
    if settings.budget_money and not (settings.price_in or settings.price_out):
        needs = "needs annotator.price_in and annotator.price_out, both are 0"
        raise PipelineError(f"annotator.budget_money = {settings.budget_money:g} {needs}", exit_code=2)


@dataclass
class Budget:
    """Counts what calls used and lets a call begin only if the budget holds it at its longest answer.

    A call that has to be tried again may pass the budget by its further tries: they are counted when it ends.

    Parameters
    ----------
    settings
        Limits and prices.
    prompt_tokens, completion_tokens
        Used so far; estimated where the server does not count.
    reached
        The limit because of which a question was held back, and its value; empty where none was.
    """

    settings: AnnotatorSettings
    prompt_tokens: int = 0
    completion_tokens: int = 0
    reached: str = ""
    expected: dict[str, int] = field(default_factory=dict)
    held: list[Question] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """What was used, in the currency of the settings."""
        return price(self.settings, self.prompt_tokens, self.completion_tokens)

    def within(self, questions: Iterator[Question]) -> Iterator[Question]:
        """Let questions through while the budget lasts; one that does not fit is held for the next call of this."""
        while question := self.held.pop() if self.held else next(questions, None):
            self.reached = self._passed(question)
            if self.reached:
                self.held.append(question)
                return
            self.expected[question.article_id] = estimated_tokens(question)
            yield question

    def settle(self, call: Generation, charged: int) -> None:
        """Count what a call used in place of what was expected of it.

        Parameters
        ----------
        charged
            Attempts that may have to be paid; the server counts at most the last one, the others are estimated.
        """
        expected = self.expected.pop(call.article_id)
        self.prompt_tokens += used(call.prompt_tokens, expected, charged)
        self.completion_tokens += used(call.completion_tokens, EXPECTED_ANSWER_TOKENS, charged)

    def hold(self, question: Question) -> None:
        """Let a question come again before all others."""
        self.held.append(question)

    def all_missed(self, missed: int) -> bool:
        """Whether so many calls in a row without any sign of the model are all that there can be at once."""
        return missed >= self.settings.concurrency or not self.expected

    def _passed(self, question: Question) -> str:
        """The limit that this call would pass beside what was used and what is under way; empty where none."""
        read = self.prompt_tokens + sum(self.expected.values()) + estimated_tokens(question)
        written = self.completion_tokens + (len(self.expected) + 1) * self.settings.max_tokens
        tokens, money = self.settings.budget_tokens, self.settings.budget_money
        if tokens and read + written > tokens:
            return f"annotator.budget_tokens = {tokens}"
        if money and price(self.settings, read, written) > money:
            return f"annotator.budget_money = {money:g}"
        return ""


def used(counted: int | None, expected: int, charged: int) -> int:
    """Tokens of all attempts of a call, given those that the server counted of the last one, if it did."""
    return expected * charged if counted is None else counted + expected * max(0, charged - 1)
