"""Audits of a model whose precision and recall are known: how often the intervals hold them, and how wide they are.

python -m benchmarks.audit --draws 1000
"""

from __future__ import annotations

import argparse

import numpy as np

import models.evaluation.audit as estimate
from models.evaluation.audit import Checked, audited
from pipeline.labels.audit import sample

# Five categories, from rare to common, of a model that is better at some: none is the newsroom's.
ARTICLES = 3000
PREVALENCE = (0.03, 0.08, 0.15, 0.3, 0.2)
PRECISION = (0.85, 0.9, 0.95, 0.9, 0.8)
RECALL = (0.8, 0.9, 0.95, 0.7, 0.9)
Category = tuple[np.ndarray, np.ndarray]


def draw_category(prevalence: float, precision: float, recall: float, rng: np.random.Generator) -> Category:
    """What is so and what a model says of it, (n_articles,) bool each."""
    truth = rng.random(ARTICLES) < prevalence
    answers = np.zeros(ARTICLES, dtype=bool)
    right = rng.choice(np.flatnonzero(truth), round(recall * truth.sum()), replace=False)
    wrong = rng.choice(np.flatnonzero(~truth), round(len(right) * (1 / precision - 1)), replace=False)
    answers[np.concatenate([right, wrong])] = True
    return truth, answers


def audit_once(categories: list[Category], articles: int, seed: int) -> list[tuple[str, bool, float]]:
    """Figure, whether its interval holds the truth, and its width, of every category of one audit."""
    strata = {
        (str(column), value): [str(row) for row in np.flatnonzero(answers == bool(value))]
        for column, (_, answers) in enumerate(categories)
        for value in (1, 0)
    }
    drawn = sample.draw(strata, articles, seed)
    held_and_width = []
    for column, (truth, answers) in enumerate(categories):
        hits = (truth & answers).sum()
        exact = {"precision": hits / answers.sum(), "recall": hits / truth.sum()}
        yes, no = (
            Checked(len(strata[key]), len(drawn[key]), int(truth[[int(row) for row in drawn[key]]].sum()))
            for key in ((str(column), 1), (str(column), 0))
        )
        result = vars(audited(yes, no, seed))
        for name, value in exact.items():
            held_and_width.append(
                (name, result[name].low <= value <= result[name].high, result[name].high - result[name].low)
            )
    return held_and_width


def main() -> None:
    """Audit the same model again and again, with other shares of "no" in the same number of articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--articles", type=int, default=200)
    options = parser.parse_args()
    estimate.DRAWS = 4000  # fewer than in the command: thousands of audits are made, and only their mean counts
    rng = np.random.default_rng(3)
    categories = [draw_category(*figures, rng) for figures in zip(PREVALENCE, PRECISION, RECALL, strict=True)]
    print("no per yes | precision held, width | recall held, width")
    for ratio in (1, 2, 3, 5):
        sample.NO_PER_YES = ratio
        results = [result for seed in range(options.draws) for result in audit_once(categories, options.articles, seed)]
        cells = []
        for name in ("precision", "recall"):
            held, width = (np.mean([result[place] for result in results if result[0] == name]) for place in (1, 2))
            cells.append(f"{held:.3f}, {width:.2f}")
        print(f"{ratio:>10} | {cells[0]:>21} | {cells[1]:>18}")


if __name__ == "__main__":
    main()
