"""Quality against number of labels: the chosen heads beside every candidate and every baseline, on the same articles.

    python -m benchmarks.budgets --home HOME [--budgets 100,300,1000,0] [--seeds 5] [--sources]

HOME holds an embedded crawl with labels. A seed is a random test part of 30 % of the near-duplicate clusters; a budget
is that many labelled articles of the rest (0: all). ``--sources`` leaves one source out at a time instead.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from models.evaluation.baselines import Baseline, make_baselines
from models.heads.candidates import candidates
from models.heads.head import Examples, Recipe, fit_head
from pipeline.config import load_settings
from pipeline.dataset.corpus import Corpus, read_corpus
from pipeline.dataset.labelled import labelled
from pipeline.dataset.views import open_views
from pipeline.home import open_home

Rows = npt.NDArray[np.intp]
Scores = dict[str, float]
TEST_SHARE = 0.3
LEAST_LABELS = 10
LEAST_SOURCE = 50


def random_parts(corpus: Corpus, seeds: int) -> Iterator[tuple[Rows, Rows]]:
    """Train and test rows, near-duplicates on one side."""
    clusters = np.unique(corpus.clusters)
    for seed in range(seeds):
        drawn = np.random.default_rng(seed).random(len(clusters)) < TEST_SHARE
        test = np.isin(corpus.clusters, clusters[drawn])
        yield np.flatnonzero(~test), np.flatnonzero(test)


def source_parts(corpus: Corpus) -> Iterator[tuple[Rows, Rows]]:
    """Each source of some size once as the test."""
    sources = np.array(corpus.articles["source"].to_pylist())
    for source, count in zip(*np.unique(sources, return_counts=True), strict=True):
        if count >= LEAST_SOURCE:
            yield np.flatnonzero(sources != source), np.flatnonzero(sources == source)


def one_category(corpus: Corpus, column: int, train: Rows, test: Rows, baselines: dict[str, Baseline]) -> Scores:
    """Average precision of the chosen head, each candidate alone and each baseline; empty where it is undefined."""
    known_train, known_test = (rows[np.isfinite(corpus.truth[rows, column])] for rows in (train, test))
    truth, asked = corpus.truth[known_train, column] == 1, corpus.truth[known_test, column] == 1
    if min(truth.sum(), (~truth).sum()) < LEAST_LABELS or min(asked.sum(), (~asked).sum()) < LEAST_LABELS:
        return {}
    validation = np.random.default_rng(0).random(len(known_train)) < 0.15
    examples = Examples(corpus.features.take(known_train), truth, corpus.clusters[known_train], validation)
    recipe = Recipe(folds=5, seed=0, policy="best-f1", precision=0.9)
    tried = candidates(["hybrid", "logistic"])
    features = corpus.features.take(known_test)
    answers = {"chosen": fit_head(examples, tried, recipe)[0].probability(features)}
    answers |= {one.name: fit_head(examples, [one], recipe)[0].probability(features) for one in tried}
    answers |= {name: one.scores(known_train, truth, known_test) for name, one in baselines.items()}
    return {name: float(average_precision_score(asked, said)) for name, said in answers.items()}


def macro(corpus: Corpus, train: Rows, test: Rows) -> Scores:
    """Mean over the categories that can be trained and tested."""
    baselines = make_baselines(corpus.texts(), corpus.features.dense, train)
    work = (delayed(one_category)(corpus, column, train, test, baselines) for column in range(len(corpus.keys)))
    with threadpool_limits(1):
        found = [scores for scores in Parallel(n_jobs=2, prefer="threads")(work) if scores]
    return {name: float(np.mean([scores[name] for scores in found])) for name in (found[0] if found else {})}


def main() -> None:
    """Print one line a model and budget: mean over seeds or sources, and its standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--budgets", default="100,300,1000,0")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sources", action="store_true")
    options = parser.parse_args()
    settings, _ = load_settings(flags={"home": options.home})
    home = open_home(settings)
    corpus = read_corpus(home, open_views(home), labelled(home, list(settings.categories)))
    for budget in [0] if options.sources else map(int, options.budgets.split(",")):
        results: dict[str, list[float]] = defaultdict(list)
        for seed, (train, test) in enumerate(
            source_parts(corpus) if options.sources else random_parts(corpus, options.seeds)
        ):
            drawn = np.random.default_rng(1000 + seed).permutation(train)
            for name, score in macro(corpus, drawn[:budget] if budget else train, test).items():
                results[name].append(score)
        said = "one source left out" if options.sources else f"{budget or len(corpus.truth)} labelled articles at most"
        print(f"\n{said}: macro average precision, mean ± standard error")
        for name, scores in sorted(results.items(), key=lambda row: -np.mean(row[1])):
            error = np.std(scores, ddof=1) / np.sqrt(len(scores))
            print(f"  {name:60} {np.mean(scores):.4f} ± {error:.4f}  (n={len(scores)})")


if __name__ == "__main__":
    main()
