"""Draw an audit: a blind sample of an annotator's labels, as a table for a person to fill in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.labels.audit.population import audited_annotator, make_audit, population_of
from pipeline.labels.audit.sample import draw
from pipeline.labels.audit.table import audit_table, questions
from pipeline.labels.audit.truth import answers
from pipeline.labels.sheet import require_csv, write_new
from pipeline.labels.show_labels import stored_opinions
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.audits import Audit, Audits

ARTICLES = 200


@dataclass(frozen=True)
class AuditChoice:
    """Whose labels are checked, and how many articles that may take.

    Parameters
    ----------
    annotator
        None takes the model of the settings, or the only model that labelled.
    articles
        At most so many are to be read.
    only
        Only these categories; empty: all of the settings.
    seed
        Another one draws other articles.
    """

    annotator: str | None = None
    articles: int = ARTICLES
    only: Sequence[str] = ()
    seed: int = 0


@dataclass(frozen=True)
class StratumDrawn:
    """Labels of one value in one category: all, those in the sample, and of these those an editor decided on before."""

    population: int
    drawn: int
    answered: int


@dataclass(frozen=True)
class AuditDrawn:
    """A sample and the table to fill in.

    Parameters
    ----------
    file
        The table; None when editors have answered everything before.
    articles, questions
        Its lines, and the cells to fill in.
    categories
        Category → ``yes`` and ``no``, as the annotator said.
    next
        What to do then.
    """

    audit: str
    annotator: str
    file: Path | None
    articles: int
    questions: int
    categories: dict[str, dict[str, StratumDrawn]]
    next: tuple[str, ...]


def draw_audit(home: Home, settings: Settings, choice: AuditChoice, file: Path | None = None) -> AuditDrawn:
    """Draw a sample of an annotator's latest labels, keep it, and write the table; the same again changes nothing.

    Parameters
    ----------
    file
        CSV to write; None takes ``review/audit-ID.csv`` under the home.

    Raises
    ------
    PipelineError
        For an unknown category or annotator, too few articles, another suffix (exit code 2), or a table that is there
        already and may have been filled in.
    """
    if file:
        require_csv(file)
    opinions, _ = stored_opinions(home)
    annotator = audited_annotator(opinions, settings, choice.annotator)
    strata = population_of(opinions, annotator, chosen_categories(settings, choice.only))
    audit = make_audit(annotator, choice.seed, strata, draw(strata, choice.articles, choice.seed))
    answered = answers(opinions, annotator).values
    unanswered = questions(audit, answered)
    titles = {key: settings.categories[key].title for key, _ in strata}
    path = (file or home.path / "review" / f"audit-{audit.id}.csv") if unanswered else None
    if path:
        write_new(path, audit_table(home, unanswered, titles))
    Audits(home.db).add(audit)
    number = sum(map(len, unanswered.values()))
    return AuditDrawn(
        audit.id, annotator, path, len(unanswered), number, by_category(audit, answered), steps(audit, path)
    )


def by_category(audit: Audit, answered: Collection[tuple[str, str]]) -> dict[str, dict[str, StratumDrawn]]:
    """Category → what was drawn of each value."""
    categories: dict[str, dict[str, StratumDrawn]] = {}
    for stratum in audit.strata:
        before = sum((article, stratum.category) in answered for article in stratum.sample)
        value = "yes" if stratum.value else "no"
        drawn = StratumDrawn(stratum.population, len(stratum.sample), before)
        categories.setdefault(stratum.category, {})[value] = drawn
    return categories


def steps(audit: Audit, file: Path | None) -> tuple[str, ...]:
    """What a person does with the table."""
    ask = (
        f"fill in {file}: 1 or 0 for every ?, from the top",
        f"rubrika labels import {file} --annotator editor:NAME",
    )
    return (*(ask if file else ()), f"rubrika labels audit --result {audit.id}")
