"""Measure: every category's head on growing parts of the labels, held-out articles apart, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from joblib import Parallel, cpu_count, delayed

from models.learning_curve.curve import HELD_OUT, Curve, stacked
from models.learning_curve.draws import draw_repeat, training_sizes
from models.learning_curve.points import measure_repeat
from pipeline.embed.corpus import Corpus
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings
from pipeline.show.progress import progress
from pipeline.train.plan import Task, candidate

LEAST_SIZES = 3
FITS_WORTH_PROCESSES = 100  # a process takes as long to start as some tens of small fits
NEXT = "label more, the most useful first: rubrika suggest"


def measure_curves(
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
    draws = [draw_repeat(corpus.clusters, HELD_OUT, settings.train.seed, repeat) for repeat in range(repeats)]
    sizes = training_sizes(min(len(drawn.order) for drawn in draws))
    if len(sizes) < LEAST_SIZES:
        raise PipelineError(f"{len(corpus.truth)} labelled articles outside the test are too few for a curve; {NEXT}")
    least, truth = settings.train.min_labels, {key: corpus.truth[:, at] for at, key in enumerate(corpus.keys)}
    work = (
        delayed(measure_repeat)(corpus.features, truth[task.key], drawn, sizes, candidate(task, settings), least)
        for drawn in draws
        for task in tasks
    )
    fits = len(draws) * len(tasks) * len(sizes)
    jobs = min(len(draws) * len(tasks), cpu_count()) if fits >= FITS_WORTH_PROCESSES else 1
    curves = []
    with progress("learning curve", fits, "fits", quiet=quiet) as advance:
        for curve in Parallel(n_jobs=jobs, return_as="generator")(work):
            curves.append(curve)
            advance(len(sizes))
    return {task.key: stacked(curves[place :: len(tasks)]) for place, task in enumerate(tasks)}
