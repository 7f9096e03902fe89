"""Ground: how often heads ask about articles of a source that nobody labelled, and how often they would be wrong there.

    python -m benchmarks.ground --home HOME

Each source is left out in turn: heads and their ground learn from the others, and its labelled articles are new.
Beside it stands what the ground costs among articles of sources that were labelled, held out story by story.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.arrays import Rows, Truth
from models.ground import learn_ground
from models.heads.candidates import candidates
from models.heads.choose import make_folds
from models.heads.head import Examples, Recipe, fit_head
from pipeline.embed.corpus import Corpus, read_corpus
from pipeline.embed.labelled import labelled
from pipeline.embed.views import open_views
from pipeline.setup.home import open_home
from pipeline.setup.settings import load_settings

LEAST_ARTICLES = 50  # labelled ones of a source that is left out
RECIPE = Recipe(folds=5, seed=0, policy="best-f1", precision=0.9)
HEAD = candidates(["logistic"])[0]


def known_rows(corpus: Corpus, column: int) -> tuple[Rows, Truth]:
    """The articles labelled for a category, and their labels."""
    rows = np.flatnonzero(np.isfinite(corpus.truth[:, column]))
    return rows, corpus.truth[rows, column] == 1


def flagged_among_like(corpus: Corpus, rows: Rows, truth: Truth) -> float:
    """Share of labelled articles flagged by the ground of the others, near-duplicates on one side."""
    dense, clusters = corpus.features.dense[rows], corpus.clusters[rows]
    flagged = np.zeros(len(rows), dtype=bool)
    for train, out in make_folds(np.arange(len(rows)), truth, clusters, 5, seed=0):
        flagged[out] = learn_ground(dense[train], clusters[train], seed=0).unlike(dense[out])
    return float(flagged.mean())


def without_source(corpus: Corpus, rows: Rows, truth: Truth, away: Truth) -> tuple[float, float, float]:
    """Share flagged of a source left out, and the share of wrong verdicts among those flagged and among the rest."""
    kept = rows[~away]
    examples = Examples(corpus.features.take(kept), truth[~away], corpus.clusters[kept], np.zeros(len(kept), bool))
    head, _ = fit_head(examples, [HEAD], RECIPE)
    features = corpus.features.take(rows[away])
    unlike = head.ground.unlike(features.dense)
    wrong = (head.probability(features) >= head.decision.yes) != truth[away]
    means = [float(wrong[part].mean()) if part.any() else float("nan") for part in (unlike, ~unlike)]
    return float(unlike.mean()), *means


def measured(corpus: Corpus) -> Iterator[str]:
    """A line for each category, and one for each source left out of it."""
    sources = np.array(corpus.articles["source"].to_pylist())
    for column, key in enumerate(corpus.keys):
        rows, truth = known_rows(corpus, column)
        yield f"{key}: {flagged_among_like(corpus, rows, truth):.1%} flagged among sources that were labelled"
        for source in np.unique(sources[rows]):
            away = sources[rows] == source
            if away.sum() >= LEAST_ARTICLES and truth[~away].any():
                flagged, wrong, rest = without_source(corpus, rows, truth, away)
                yield f"  {source} ({away.sum()}): {flagged:.1%} flagged; wrong {wrong:.1%} of these, {rest:.1%} else"


def main() -> None:
    """Measure every category of a home whose articles are embedded and labelled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    home_path = parser.parse_args().home
    settings = load_settings(None, {"home": home_path})[0]
    home = open_home(settings)
    sets = {key: rows for key, rows in labelled(home, list(settings.categories)).items() if len(rows.ids)}
    for line in measured(read_corpus(home, open_views(home), sets)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
