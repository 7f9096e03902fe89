"""Label errors: the labels that are probably wrong, ranked, each with what a person needs to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.improve.label_errors.examine import Examination, examine_labels
from pipeline.improve.label_errors.sheet_to_check import sheet_to_check
from pipeline.improve.label_errors.suspects import Pair, Suspect, ranked, suspects
from pipeline.labels.annotators import require_annotator
from pipeline.labels.sheet import next_with_sheet, require_csv, write_new
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.labels import Labels

SHOWN = 50


@dataclass(frozen=True)
class CategoryExamined:
    """What is doubted of one category's labels, whoever gave them.

    Parameters
    ----------
    positives, negatives
        Labels outside the test.
    suspected
        Those that are probably wrong; None where they could not be examined.
    wrong_share
        Estimated share of wrong labels among them.
    reason
        Why they could not be; empty otherwise.
    """

    positives: int
    negatives: int
    suspected: int | None
    wrong_share: float | None
    reason: str = ""


@dataclass(frozen=True)
class LabelErrors:
    """The suspected labels, the one to check first first.

    Parameters
    ----------
    annotator
        Whose labels are listed; None: everybody's.
    examined, suspected
        Labels that could have been listed, and those of them that are probably wrong.
    file
        The table to check, where one was asked for and there is something to check.
    next
        What to do then.
    """

    annotator: str | None
    examined: int
    suspected: int
    categories: dict[str, CategoryExamined]
    labels: tuple[Suspect, ...]
    file: Path | None
    next: tuple[str, ...]


def label_errors(
    home: Home,
    settings: Settings,
    only: Sequence[str] = (),
    n: int = SHOWN,
    annotator: str | None = None,
    file: Path | None = None,
    *,
    quiet: bool = False,
) -> LabelErrors:
    """Find labels that are probably wrong, by confident learning over held-out probabilities.

    Only known labels outside the test are examined: heads learn from these, and the mistakes of the test are in the
    report. Labels that were only propagated neither teach nor are examined. Nothing is written but the table.

    Parameters
    ----------
    only
        Only these categories; empty: all of the settings.
    n
        Labels wanted; fewer come where fewer are suspected.
    annotator
        List this one's labels only; everybody's teach.
    file
        CSV to write, with a question mark for each label listed; None: none.

    Raises
    ------
    PipelineError
        For an unknown category or annotator or another suffix (exit code 2), when nothing is embedded, no category has
        labels enough, or a table is there already and may have been filled in.
    """
    keys = chosen_categories(settings, only)
    if file:
        require_csv(file)
    annotators = given_by(home, annotator)
    examination = examine_labels(home, settings, keys, quiet=quiet)
    picks = ranked(examination, annotators)
    labels = suspects(home, examination, picks[:n], annotators)
    sheet = file if labels else None
    if sheet:
        write_new(sheet, sheet_to_check(home, labels, {key: settings.categories[key].title for key in keys}))
    examined = sum(
        (str(article), key) in annotators for key in examination.doubts for article in examination.labels[key].ids
    )
    named = [part for key in only for part in ("--category", key)]
    again = ["rubrika", "label-errors", *named, "-n", str(n), *(["--annotator", annotator] if annotator else [])]
    next_steps = next_with_sheet(sheet, "check", "1 or 0 for every ?, from the top", again) if labels else ()
    return LabelErrors(annotator, examined, len(picks), examined_categories(examination), labels, sheet, next_steps)


def given_by(home: Home, annotator: str | None) -> dict[Pair, str]:
    """Article and category → annotator of the label that counts, everybody's or one's; never those only propagated."""
    given = Labels(home.db).given()
    wanted = None if annotator is None else require_annotator(annotator, given)
    columns = (given[name].to_pylist() for name in ("article_id", "category", "annotator"))
    return {(article, key): who for article, key, who in zip(*columns, strict=True) if wanted in (None, who)}


def examined_categories(examination: Examination) -> dict[str, CategoryExamined]:
    """Category → how many of its labels are doubted, or why nobody can say."""
    examined = {}
    for key, data in examination.labels.items():
        positives, negatives = data.counts().values()
        doubts = examination.doubts.get(key)
        suspected = int(doubts.suspected.sum()) if doubts else None
        share = round(doubts.wrong_share, 6) if doubts else None
        examined[key] = CategoryExamined(positives, negatives, suspected, share, examination.skipped.get(key, ""))
    return examined
