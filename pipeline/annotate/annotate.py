"""Annotate: a language model labels articles; every call is kept, none is made twice, people's labels stay above."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotate.budget import EXPECTED_ANSWER_TOKENS, Budget, estimated_tokens, price, require_prices
from pipeline.annotate.export import export_generations
from pipeline.annotate.human_agreement import Agreed, HumanLabels
from pipeline.annotate.ledger import calls_waiting, open_ledger
from pipeline.annotate.llm.choose import open_model
from pipeline.annotate.plan import Plan, Prompts, make_plan, questions
from pipeline.annotate.run import Run
from pipeline.annotate.sample import order_of
from pipeline.labels.annotators import model_annotator
from pipeline.labels.table import require_new_table
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.progress import progress


@dataclass(frozen=True)
class Annotated:
    """What a run asked and got.

    Parameters
    ----------
    asked, labelled, corrupted
        Articles; ``asked = labelled + corrupted``.
    tokens
        Read and written; estimated where the server does not count.
    cost
        In the currency of the settings' prices.
    left
        Articles that are still to be asked about.
    budget_reached, limit
        Whether the run stopped because the budget does not hold another call, and the setting and value that it was.
    agreement
        Category → comparison with people's labels, where there are any.
    exported
        Articles in the table, when one was written.
    """

    annotator: str
    asked: int
    labelled: int
    corrupted: int
    tokens: int
    prompt_tokens: int
    completion_tokens: int
    cost: float
    left: int
    budget_reached: bool
    limit: str
    agreement: dict[str, Agreed]
    exported: int | None
    seconds: float


@dataclass(frozen=True)
class AnnotateChoice:
    """Which articles and categories a run is about.

    Parameters
    ----------
    only
        Only these categories; empty: all of the settings.
    sample
        Which articles first: ``random``, ``stratified`` by source and month, or ``suggest``: what teaches the most.
    limit
        At most so many articles.
    again
        Ask again where the last answer was corrupted.
    """

    only: Sequence[str] = ()
    sample: str = "random"
    limit: int | None = None
    again: bool = False


@dataclass(frozen=True)
class Estimate:
    """What a run would ask and cost.

    Parameters
    ----------
    tokens
        Those of ``prompt_tokens`` and an answer of usual length.
    cost
        In the currency of the settings' prices; None where those are 0.
    """

    annotator: str
    articles: int
    tokens: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None


def annotate(
    home: Home,
    settings: Settings,
    choice: AnnotateChoice,
    export: Path | None = None,
    *,
    say: Callable[[str], None],
    quiet: bool = False,
) -> Annotated:
    """Ask the settings' model about every article that it has not been asked about yet.

    Parameters
    ----------
    export
        A .csv, .jsonl or .parquet to write, of everything that this model was ever asked about these categories.
    say
        Called with a line now and then.

    Raises
    ------
    PipelineError
        For an unknown category or a setting that cannot be right (exit code 2), when there are no articles, or when the
        model cannot be reached or refuses every call (exit code 3); what was answered before that is kept.
    StoreError
        When another process is annotating in this home (exit code 2).
    """
    started = time.monotonic()
    require_prices(settings.annotator)
    keys, annotator = chosen_categories(settings, choice.only), model_annotator(settings.annotator)
    if export:
        require_new_table(export)
    prompts = Prompts(settings, keys)
    with open_model(settings.annotator, say) as model, open_ledger(home) as ledger:
        order = order_of(choice.sample, home, settings, keys, choice.limit)
        plan = make_plan(home, annotator, keys, order, choice.limit, again=choice.again)
        for key_set in set(plan.articles.values()):
            ledger.generations.put_prompt(prompts[key_set].id, prompts[key_set].text)
        run = Run(annotator, Budget(settings.annotator), ledger, HumanLabels(home), say)
        with progress(f"annotate {settings.annotator.model}", len(plan.articles), "articles", quiet=quiet) as advance:
            run.ask(model, questions(home, plan, prompts, settings.annotator.max_chars), advance)
    exported = export_generations(home, annotator, keys, export) if export else None
    return result(run, plan, exported, time.monotonic() - started)


def estimate(home: Home, settings: Settings, choice: AnnotateChoice) -> Estimate:
    """Tell what the same call of :func:`annotate` would ask, use and cost; nothing is asked, moved or locked.

    Raises
    ------
    PipelineError
        For an unknown category, a setting that cannot be right or a template that cannot be used (exit code 2), or when
        there are no articles.
    """
    require_prices(settings.annotator)
    keys, annotator = chosen_categories(settings, choice.only), model_annotator(settings.annotator)
    prompts = Prompts(settings, keys)
    order = order_of(choice.sample, home, settings, keys, choice.limit)
    waiting = calls_waiting(home)
    plan = make_plan(home, annotator, keys, order, choice.limit, again=choice.again, waiting=waiting)
    waiting_questions = questions(home, plan, prompts, settings.annotator.max_chars)
    read = sum(estimated_tokens(question) for question in waiting_questions)
    written = EXPECTED_ANSWER_TOKENS * len(plan.articles)
    priced = settings.annotator.price_in or settings.annotator.price_out
    cost = round(price(settings.annotator, read, written), 4) if priced else None
    return Estimate(annotator, len(plan.articles), read + written, read, written, cost)


def result(run: Run, plan: Plan, exported: int | None, seconds: float) -> Annotated:
    """Sum a run up."""
    budget = run.budget
    return Annotated(
        run.annotator,
        run.asked,
        run.labelled,
        run.corrupted,
        budget.prompt_tokens + budget.completion_tokens,
        budget.prompt_tokens,
        budget.completion_tokens,
        round(budget.cost, 4),
        plan.left + len(plan.articles) - run.asked,
        bool(budget.reached),
        budget.reached,
        run.human_labels.result(),
        exported,
        round(seconds, 2),
    )
