"""Measure: every category's head on growing parts of the labels, held-out articles apart, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from joblib import Parallel, cpu_count, delayed

from models.learning_curve.draws import draw, training_sizes
from models.learning_curve.points import measure_points
from models.learning_curve.repeats import HELD_OUT, Curve, category_curve
from pipeline.embed.corpus import Corpus
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings
from pipeline.show.progress import progress
from pipeline.train.plan import Task, candidate

LEAST_SIZES = 3
FITS_WORTH_PROCESSES = 100
NEXT = "label more, the most useful first: rubrika suggest"


def measure(
    corpus: Corpus, tasks: Sequence[Task], settings: Settings, repeats: int, *, quiet: bool
) -> dict[str, Curve]:
    """Measure some categories on the labelled articles of a corpus, none of which is of the test.

    Parameters
    ----------
    tasks
        A category's task each; those of the corpus that have none count as labelled articles all the same.

    Raises
    ------
    PipelineError
        When the articles are too few to see a curve.
    """
    draws = [draw(corpus.clusters, HELD_OUT, settings.train.seed, repeat) for repeat in range(repeats)]
    sizes = training_sizes(min(len(one.order) for one in draws))
    if len(sizes) < LEAST_SIZES:
        raise PipelineError(f"{len(corpus.truth)} labelled articles outside the test are too few for a curve; {NEXT}")
    fits = len(draws) * len(tasks) * len(sizes)
    work = (
        delayed(measure_points)(
            corpus.features,
            corpus.truth[:, corpus.keys.index(task.key)],
            one,
            sizes,
            candidate(task, settings),
            settings.train.min_labels,
        )
        for one in draws
        for task in tasks
    )
    jobs = min(len(draws) * len(tasks), cpu_count()) if fits >= FITS_WORTH_PROCESSES else 1
    found = []
    with progress("learning curve", fits, "fits", quiet=quiet) as advance:
        for points in Parallel(n_jobs=jobs, return_as="generator")(work):
            found.append(points)
            advance(len(sizes))
    return {task.key: category_curve(sizes, found[place :: len(tasks)]) for place, task in enumerate(tasks)}
