"""Planted label errors: how many of the first labels that `rubrika label-errors` lists were turned around on purpose.

    python -m benchmarks.label_errors --home HOME [--seeds 5] [--share 0.05] [--articles 0] [--characters 0]

HOME holds an embedded crawl with labels. A seed turns around a random ``--share`` of the labels outside the test, in
memory: the store is only read. ``--articles`` draws that many labelled articles first (0: all), ``--characters`` cuts
every article, so that 80 leaves a headline. All rankings see the same labels and folds.

Only what was planted counts as found. Real labels have errors of their own, which a good ranking also lists, and which
count as misses here: the precisions are lower bounds.

- random: the mean of all orders, the share that was planted
- kNN: the probability that neighbours give the label, calibrated, their number chosen by cross-validation
- held out: |label - probability|, the command's first round without confident learning
- label-errors: what the command does; below its suspects the others, by quality
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from benchmarks.budgets import half_width
from benchmarks.short_texts import Short, shortened_texts
from models.arrays import Reals, Rows, Truth
from models.heads.candidates import Candidate
from models.heads.choose import make_folds
from models.heads.design import Design
from models.heads.head import Examples
from models.held_out import held_out_probability
from models.label_errors import find_label_errors
from models.propagation import spread
from pipeline.embed.corpus import read_corpus
from pipeline.embed.views import open_views
from pipeline.setup.home import open_home
from pipeline.setup.settings import Settings, load_settings
from pipeline.train.plan import candidate as candidate_of
from pipeline.train.plan import plan

FIRST = 100
RANKINGS = ("random", "kNN", "held out", "label-errors")


@dataclass(frozen=True)
class Verdicts:
    """What was made of some labels.

    Parameters
    ----------
    planted, suspected
        (n,) bool: turned around on purpose; suspected by the command.
    quality
        Ranking → (n,) float64, the lowest first.
    wrong_share
        (n,) float64: the share of wrong labels that is estimated for the label's category.
    """

    planted: Truth
    suspected: Truth
    quality: Mapping[str, Reals]
    wrong_share: Reals


def plant(corpus: Short, share: float, seed: int) -> tuple[Reals, Truth]:
    """Turn around a share of the known labels; the labels then, and which were turned."""
    pairs = np.argwhere(np.isfinite(corpus.truth))
    turned = pairs[np.random.default_rng(seed).permutation(len(pairs))[: round(share * len(pairs))]]
    planted = np.zeros(corpus.truth.shape, dtype=bool)
    planted[turned[:, 0], turned[:, 1]] = True
    return np.where(planted, 1 - corpus.truth, corpus.truth), planted


def judge_category(corpus: Short, labels: Reals, planted: Truth, candidate: Candidate, settings: Settings) -> Verdicts:
    """Rank one category's known labels in every way."""
    rows = np.flatnonzero(np.isfinite(labels))
    truth, features, clusters = labels[rows] == 1, corpus.features.take(rows), corpus.clusters[rows]
    folds = make_folds(np.arange(len(rows)), truth, clusters, settings.train.folds, settings.train.seed)
    errors = find_label_errors(Examples(features, truth, clusters, np.zeros(len(rows), dtype=bool)), candidate, folds)
    with threadpool_limits(1):
        probability = held_out_probability(candidate.prepare(Design(features)), truth, folds)
        near = np.empty(len(rows))  # a vote's probabilities stand in the order of its folds
        near[np.concatenate([out for _, out in folds])] = spread(features.dense, truth, folds).vote.held_out
    quality = {
        "kNN": 1 - np.abs(truth - near),
        "held out": 1 - np.abs(truth - probability),
        "label-errors": errors.quality + ~errors.suspected,
    }
    return Verdicts(planted[rows], errors.suspected, quality, np.full(len(rows), errors.wrong_share))


def judge_all(corpus: Short, candidates: Sequence[Candidate], settings: Settings, share: float, seed: int) -> Verdicts:
    """Plant errors and judge every category, side by side."""
    labels, planted = plant(corpus, share, seed)
    work = (
        delayed(judge_category)(corpus, labels[:, at], planted[:, at], candidate, settings)
        for at, candidate in enumerate(candidates)
    )
    by_category = list(Parallel(n_jobs=-1)(work))
    return Verdicts(
        np.concatenate([verdicts.planted for verdicts in by_category]),
        np.concatenate([verdicts.suspected for verdicts in by_category]),
        {name: np.concatenate([verdicts.quality[name] for verdicts in by_category]) for name in RANKINGS[1:]},
        np.concatenate([verdicts.wrong_share for verdicts in by_category]),
    )


def precision_of_first(verdicts: Verdicts, ranking: str, first: int) -> float:
    """Share of planted errors among the first labels of a ranking."""
    if ranking == "random":
        return float(verdicts.planted.mean())
    order: Rows = np.argsort(verdicts.quality[ranking], kind="stable")
    return float(verdicts.planted[order[:first]].mean())


def print_rankings(games: Sequence[Verdicts]) -> None:
    """Print every ranking's mean and 95 % interval, and how far the command is ahead on the same seeds."""
    measures: dict[str, Callable[[Verdicts, str], float]] = {
        f"precision of the first {FIRST}": lambda verdicts, name: precision_of_first(verdicts, name, FIRST),
        "precision of as many labels as were planted": lambda verdicts, name: precision_of_first(
            verdicts, name, int(verdicts.planted.sum())
        ),
    }
    for what, measure in measures.items():
        print(f"\n{what}")
        best = [measure(verdicts, RANKINGS[-1]) for verdicts in games]
        for name in RANKINGS:
            values = [measure(verdicts, name) for verdicts in games]
            ahead = list(np.subtract(best, values))
            lead = f"   label-errors {np.mean(ahead):+.3f} ± {half_width(ahead):.3f}" if name != RANKINGS[-1] else ""
            print(f"  {name:14} {np.mean(values):.3f} ± {half_width(values):.3f}{lead}")
    suspects = {
        "suspected": [float(verdicts.suspected.sum()) for verdicts in games],
        "planted among the suspected": [float(verdicts.planted[verdicts.suspected].mean()) for verdicts in games],
        "suspected among the planted": [float(verdicts.suspected[verdicts.planted].mean()) for verdicts in games],
        "share of wrong labels, estimated": [float(verdicts.wrong_share.mean()) for verdicts in games],
    }
    print()
    for what, values in suspects.items():
        print(f"  {what:34} {np.mean(values):.3f} ± {half_width(values):.3f}", flush=True)


def main() -> None:
    """Plant errors with every seed and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--characters", type=int, default=0)
    options = parser.parse_args()
    settings, _ = load_settings(flags={"home": options.home})
    home = open_home(settings)
    views = open_views(home)
    tasks = plan(home, settings, views.identity(), list(settings.categories), choose=False)
    corpus = read_corpus(home, views, {task.key: task.data for task in tasks})
    short = shortened_texts(home, settings, corpus, options.characters)
    candidates = [candidate_of(task, settings) for task in tasks]
    games = []
    for seed in range(options.seeds):
        drawn = np.random.default_rng(1000 + seed).permutation(len(short.truth))[: options.articles or None]
        games.append(judge_all(some_of(short, np.sort(drawn)), candidates, settings, options.share, seed))
    planted, labels = (np.mean([measure(verdicts.planted) for verdicts in games]) for measure in (np.sum, np.size))
    print(f"{planted:.0f} of {labels:.0f} labels outside the test turned around, {options.seeds} seeds: mean ± 95 %")
    print_rankings(games)


def some_of(corpus: Short, rows: Rows) -> Short:
    """Some of the articles."""
    return replace(
        corpus,
        texts=[corpus.texts[row] for row in rows],
        truth=corpus.truth[rows],
        clusters=corpus.clusters[rows],
        sources=corpus.sources[rows],
        features=corpus.features.take(rows),
    )


if __name__ == "__main__":
    main()
