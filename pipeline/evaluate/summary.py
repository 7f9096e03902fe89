"""Summary: an evaluation as one JSON object, and as rows for SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from models.evaluation.answers import HEADS, Answers
from models.evaluation.bootstrap import Resampled
from models.evaluation.macro import averaged_keys
from models.evaluation.weighted import COUNTS, FIGURES
from models.splits import TEST
from pipeline.embed.corpus import Corpus
from pipeline.evaluate.report.changes import Changes
from pipeline.evaluate.report.data import ReportData
from pipeline.evaluate.report.newsroom import Newsroom

Figures = Mapping[str, Mapping[str, Resampled]]


def summary(corpus: Corpus, answers: Mapping[str, Answers], figures: Figures, report: ReportData) -> dict[str, Any]:
    """The evaluation as one JSON object; ``compare`` is null where no earlier bundle stands beside it.

    Parameters
    ----------
    answers, figures
        By model: the bundle's heads and each baseline.
    report
        What the page shows of the same evaluation.
    """
    test = corpus.rows(TEST)
    heads = figures[HEADS]
    baselines = [model for model in figures if model != HEADS]
    return {
        "bundle": report.bundle,
        "articles": len(test),
        "evaluated_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "categories": category_figures(corpus, answers[HEADS], heads),
        **averages(heads),
        "averaged": averaged_keys(corpus.keys, corpus.truth[test]),
        "baselines": {
            model: {
                "categories": category_figures(corpus, answers[model], figures[model]),
                **averages(figures[model]),
            }
            for model in baselines
        },
        "newsroom": newsroom(corpus.keys, report),
        "compare": comparison(report.changes) if report.changes else None,
    }


def averages(figures: Mapping[str, Resampled]) -> dict[str, Any]:
    """One model's figures of all categories, and the intervals of all its figures."""
    return {
        "macro": values(figures, "macro"),
        "micro": values(figures, "micro"),
        "subset_accuracy": figures["subset_accuracy"].value,
        "hamming_loss": figures["hamming_loss"].value,
        "intervals": {name: [said.interval.low, said.interval.high] for name, said in figures.items()},
    }


def newsroom(keys: Sequence[str], report: ReportData) -> dict[str, Any] | None:
    """What the newsroom gains, and what it would by each baseline."""
    if report.newsroom is None:
        return None
    baselines = {name: gains(keys, rival) for name, rival in report.newsroom_rivals.items()}
    return gains(keys, report.newsroom) | {"baselines": baselines}


def gains(keys: Sequence[str], gained: Newsroom) -> dict[str, Any]:
    """Shares with their intervals, and minutes a day with theirs."""
    said = asdict(gained)
    categories = zip(keys, gained.categories, said.pop("categories"), strict=True)
    minutes = gained.minutes_saved
    return {
        **said,
        "promised": gained.promised,
        "promised_most": gained.promised_most,
        "yes": gained.yes,
        "no": gained.no,
        "minutes_saved": minutes.value,
        "minutes_saved_interval": [minutes.low, minutes.high],
        "categories": {key: {**one, "broken": gain.broken} for key, gain, one in categories},
    }


def comparison(changes: Changes) -> dict[str, Any]:
    """The earlier bundle, the gaps of every figure, and what became of the verdicts."""
    said = asdict(changes)
    categories = {one.pop("key"): {**one.pop("gaps"), **one} for one in said.pop("categories")}
    return {"bundle": said.pop("previous"), "categories": categories, **said}


def category_figures(corpus: Corpus, answers: Answers, figures: Mapping[str, Resampled]) -> dict[str, dict[str, Any]]:
    """Each category's figures, counts and threshold."""
    truth = corpus.truth[corpus.rows(TEST)]
    return {
        key: {
            **values(figures, key),
            **{name: int(figures[f"{key}.{name}"].value) for name in COUNTS},
            "threshold": float(answers.thresholds[column]),
            "positives": int((truth[:, column] == 1).sum()),
            "negatives": int((truth[:, column] == 0).sum()),
        }
        for column, key in enumerate(corpus.keys)
    }


def values(figures: Mapping[str, Resampled], group: str) -> dict[str, float]:
    """The figures of one category or average, without their intervals."""
    return {name: figures[f"{group}.{name}"].value for name in FIGURES}


def metric_rows(bundle: str, figures: Figures) -> pa.Table:
    """Every figure as one row for SQL."""
    now = datetime.now(UTC)
    rows = [
        {
            "bundle": bundle,
            "model": model,
            "category": name.rpartition(".")[0] or "all",
            "metric": name.rpartition(".")[2],
            "value": said.value,
            "low": said.interval.low,
            "high": said.interval.high,
            "evaluated_at": now,
        }
        for model, group in figures.items()
        for name, said in group.items()
    ]
    return pa.Table.from_pylist(rows)
