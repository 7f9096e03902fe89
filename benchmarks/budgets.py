"""Quality against number of labels: the chosen heads beside every baseline and stronger recipes, on the same articles.

    python -m benchmarks.budgets --home HOME [--budgets 100,300,1000,0] [--seeds 5] [--leave-out] [--candidates]
                                 [--characters 80] [--source lenta.ru]

HOME holds an embedded crawl with labels. A seed is a random test part of 30 % of the near-duplicate clusters and a
random draw of as many labelled articles of the rest as the budget says (0: all). ``--leave-out`` tests on one source at
a time instead, trained on the others. ``--characters`` cuts every article, so that 80 leaves a headline; ``--source``
takes only sources whose name contains the word: inside one source a label cannot follow from the source.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.stats import t as student
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from benchmarks.holdouts import Holdout, random_holdout, source_holdouts
from benchmarks.recipes import recipe_scores
from benchmarks.short_texts import Short, of_source, shortened_texts
from models.arrays import Reals, Truth
from models.evaluation.baselines import Baseline, make_baselines
from models.evaluation.metrics import binary_metrics
from models.heads.candidates import candidates
from models.heads.head import Examples, Head, Recipe, fit_head
from models.thresholds import best_f1_threshold
from pipeline.embed.corpus import read_corpus
from pipeline.embed.labelled import labelled
from pipeline.embed.views import open_views
from pipeline.setup.home import open_home
from pipeline.setup.settings import load_settings

Scores = dict[str, float]
LEAST_LABELS = 10  # fewer positives or negatives, and no head is trained; fewer in the test, and luck decides
# Not averages of precision like the rest: printed apart, for the chosen heads only.
ECE, F1_LOST = "expected calibration error", "F1 below the best threshold"


def one_category(
    corpus: Short, column: int, holdout: Holdout, baselines: dict[str, Baseline], *, each_candidate: bool
) -> Scores:
    """Average precision of the chosen head, each baseline and each recipe; empty where it is undefined."""
    train, test = (rows[np.isfinite(corpus.truth[rows, column])] for rows in (holdout.train, holdout.test))
    truth, test_truth = corpus.truth[train, column] == 1, corpus.truth[test, column] == 1
    if min(truth.sum(), (~truth).sum()) < LEAST_LABELS or min(test_truth.sum(), (~test_truth).sum()) < LEAST_LABELS:
        return {}
    # The same share as `rubrika train` sets apart; by chance, since the parts of the store are not used here.
    validation = np.random.default_rng(0).random(len(train)) < 0.15
    examples = Examples(corpus.features.take(train), truth, corpus.clusters[train], validation)
    recipe = Recipe(folds=5, seed=0, policy="best-f1", precision=0.9)
    tried = candidates(["hybrid", "logistic"])
    features = corpus.features.take(test)
    head = fit_head(examples, tried, recipe)[0]
    answers = {"chosen": head.probability(features)}
    if each_candidate:
        answers |= {each.name: fit_head(examples, [each], recipe)[0].probability(features) for each in tried}
    answers |= recipe_scores(examples.features, truth, features)
    answers |= {name: baseline.scores(train, truth, test) for name, baseline in baselines.items()}
    precisions = {name: float(average_precision_score(test_truth, scores)) for name, scores in answers.items()}
    return precisions | promises(head, answers["chosen"], test_truth)


def promises(head: Head, probability: Reals, truth: Truth) -> Scores:
    """How far the head's probabilities and its threshold are from what they should be."""
    served, best = (
        binary_metrics(truth, probability, probability >= threshold)
        for threshold in (head.decision.yes, best_f1_threshold(probability, truth))
    )
    return {ECE: served.figures["ece"], F1_LOST: best.figures["f1"] - served.figures["f1"]}


def macro(corpus: Short, holdout: Holdout, *, each_candidate: bool) -> Scores:
    """Mean over the categories that can be trained and tested."""
    baselines = make_baselines(corpus.texts, corpus.features.dense, holdout.train)
    work = (
        delayed(one_category)(corpus, column, holdout, baselines, each_candidate=each_candidate)
        for column in range(corpus.truth.shape[1])
    )
    # One thread a fit: two make a linear fit three to four times slower, since they wait for each other.
    with threadpool_limits(1):
        categories = [scores for scores in Parallel(n_jobs=2, prefer="threads")(work) if scores]
    names = list(categories[0]) if categories else []
    return {name: float(np.mean([scores[name] for scores in categories])) for name in names}


def half_width(values: list[float]) -> float:
    """Half the width of the 95 % interval of a mean (Student's t)."""
    n = len(values)
    return float(student.ppf(0.975, n - 1) * np.std(values, ddof=1) / np.sqrt(n)) if n > 1 else float("nan")


def seed_figures(corpus: Short, budget: int, options: argparse.Namespace) -> Iterator[tuple[str, float]]:
    """Every model's figure for every seed; of left-out sources their mean, and with all labels each on its own."""
    alone = options.leave_out and not budget
    for seed in range(1 if alone else options.seeds):
        holdouts = source_holdouts(corpus) if options.leave_out else random_holdout(corpus, seed)
        figures = [
            macro(corpus, holdout.drawn(budget, seed), each_candidate=options.candidates) for holdout in holdouts
        ]
        for name in {name for scores in figures for name in scores}:
            values = [scores[name] for scores in figures if scores]
            yield from ((name, value) for value in (values if alone else [float(np.mean(values))]))


def print_scores(results: dict[str, list[float]]) -> None:
    """Print a line a model, the best first, and how far the chosen heads are ahead of it on the same articles."""
    kept = {name: results.pop(name) for name in (ECE, F1_LOST) if name in results}
    for name, scores in sorted(results.items(), key=lambda row: -np.mean(row[1])):
        # Of differences and not of two means: seeds differ more than models do, and every model saw the same ones.
        ahead = list(np.subtract(results["chosen"], scores))
        lead = f"chosen {np.mean(ahead):+.4f} ± {half_width(ahead):.4f}" if name != "chosen" else ""
        print(f"  {name:60} {np.mean(scores):.4f} ± {half_width(scores):.4f}  {lead}")
    for name, scores in kept.items():
        print(f"  chosen heads, {name:46} {np.mean(scores):.4f} ± {half_width(scores):.4f}", flush=True)


def main() -> None:
    """Print one line a model and budget: mean over seeds, and its 95 % interval."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--budgets", default="100,300,1000,0")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--characters", type=int, default=0)
    parser.add_argument("--source", default="")
    parser.add_argument("--leave-out", action="store_true")
    parser.add_argument("--candidates", action="store_true")
    options = parser.parse_args()
    settings, _ = load_settings(flags={"home": options.home})
    home = open_home(settings)
    corpus = read_corpus(home, open_views(home), labelled(home, list(settings.categories)))
    short = of_source(shortened_texts(home, settings, corpus, options.characters), options.source)
    for budget in map(int, options.budgets.split(",")):
        results: dict[str, list[float]] = defaultdict(list)
        for name, score in seed_figures(short, budget, options):
            results[name].append(score)
        split = "one source left out" if options.leave_out else "random test part"
        print(f"\n{split}, {budget or 'all'} of {len(short.texts)} labelled articles: macro average precision ± 95 %")
        print_scores(results)


if __name__ == "__main__":
    main()
