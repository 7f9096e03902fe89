"""Labels needed with `rubrika suggest` and without: a simulation on labelled news, the labels hidden until asked for.

    python -m benchmarks.suggest --home HOME [--seeds 5] [--start 0] [--category K] [--characters 80]

HOME holds an embedded crawl with labels. A seed is a random test part of 30 % of the near-duplicate clusters; of the
rest a strategy chooses what is labelled, an article with all its categories at once, batch after batch. ``--start``
draws that many by chance first; ``--category`` chooses for one category alone, and prints its average precision
instead of the rarest one's. The full figure is that of all articles labelled; between two batches the curve is a
straight line.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from benchmarks.budgets import half_width
from benchmarks.hidden_labels import STRATEGIES, Game, Simulation, play
from benchmarks.short_texts import Short, shortened_texts
from models.arrays import Reals, Rows
from models.heads.candidates import candidates
from models.heads.design import Design
from models.lexical.counts import lexical_counts
from models.suggestion.guess import matches
from pipeline.embed.corpus import read_corpus
from pipeline.embed.labelled import labelled
from pipeline.embed.views import open_views
from pipeline.setup.home import open_home
from pipeline.setup.settings import Settings, load_settings

BUDGETS = (20, 50, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000)
SHOWN = (50, 100, 200, 400, 1000)
SHARES = (0.95, 0.98, 0.99)


def make_simulation(corpus: Short, settings: Settings, only: str | None) -> Simulation:
    """Prepare what all games share."""
    keys = list(settings.categories)
    texts = [f"{category.title}\n{category.description}" for category in settings.categories.values()]
    problem = candidates(["hybrid"])[0].prepare(Design(corpus.features))
    columns = [keys.index(only)] if only else list(range(len(keys)))
    return Simulation(corpus, problem, matches(corpus.features, lexical_counts(texts)), columns)


def needed(articles: Rows, precision: Reals, share: float) -> float:
    """Articles to label until a share of the last precision is reached."""
    target = share * precision[-1]
    place = int(np.argmax(precision >= target))
    # A straight line between two batches: the exact article at which a target was passed is not measured.
    before = max(place - 1, 0)
    return float(np.interp(target, precision[[before, place]], articles[[before, place]]))


def print_strategies(strategies: Mapping[str, list[float]], digits: int) -> None:
    """Print each strategy's mean and 95 % interval, and how far it is from random on the same seeds."""
    for name, values in strategies.items():
        apart = list(np.subtract(values, strategies["random"]))
        apart_text = f"against random {np.mean(apart):+.{digits}f} ± {half_width(apart):.{digits}f}"
        print(f"  {name:12} {np.mean(values):6.{digits}f} ± {half_width(values):.{digits}f}   {apart_text}", flush=True)


def print_curves(games: Mapping[str, list[Game]], columns: Sequence[int], what: str) -> None:
    """Print what every strategy needs, and what it reaches, on average over some categories."""
    curves = {name: [game.precisions[:, columns].mean(axis=1) for game in of] for name, of in games.items()}
    for share in SHARES:
        print(f"\narticles to label for {share:.0%} of the full {what}")
        pairs = {name: zip(of, curves[name], strict=True) for name, of in games.items()}
        print_strategies(
            {name: [needed(game.articles, curve, share) for game, curve in of] for name, of in pairs.items()}, 0
        )
    steps = games["random"][0].articles.tolist()
    for budget in (*SHOWN, steps[-1]):
        print(f"\n{what} with {budget if budget in SHOWN else 'all'} articles labelled")
        if budget in steps:
            print_strategies(
                {name: [float(curve[steps.index(budget)]) for curve in of] for name, of in curves.items()}, 3
            )


def main() -> None:
    """Play every strategy on the same seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--category")
    parser.add_argument("--characters", type=int, default=0)
    options = parser.parse_args()
    settings, _ = load_settings(flags={"home": options.home})
    home, keys = open_home(settings), list(settings.categories)
    corpus = shortened_texts(
        home, settings, read_corpus(home, open_views(home), labelled(home, keys)), options.characters
    )
    simulation = make_simulation(corpus, settings, options.category)
    budgets = sorted({max(budget, options.start) for budget in BUDGETS if budget < len(corpus.truth) // 2})
    work = (
        delayed(play)(simulation, name, seed, budgets, options.start)
        for name in STRATEGIES
        for seed in range(options.seeds)
    )
    played = iter(Parallel(n_jobs=-1)(work))
    games = {name: [next(played) for _ in range(options.seeds)] for name in STRATEGIES}
    column = keys.index(options.category) if options.category else int(np.argmin(np.nansum(corpus.truth, axis=0)))
    print_curves(games, range(len(keys)), "macro average precision")
    print_curves(games, [column], f"average precision of {keys[column]}")


if __name__ == "__main__":
    main()
