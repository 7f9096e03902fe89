"""The learning curve: what labels have bought so far and what more would, as one HTML page and the JSON beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.files import write_atomically
from models.fingerprint import readable_json
from models.learning_curve.curve import Curve, mean_curve
from models.learning_curve.outlook import look_ahead
from pipeline.crawl.zones import default_zone
from pipeline.embed.corpus import read_corpus
from pipeline.embed.views import open_views
from pipeline.improve.learning_curve.measure import measure_curves
from pipeline.improve.learning_curve.page import render_learning, render_picture
from pipeline.improve.learning_curve.records import Learned, LearningCurves, as_figures
from pipeline.setup.chosen_categories import chosen_categories
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.json_values import json_values
from pipeline.train.plan import candidate, plan, shortage

MORE = 500
REPEATS = 10
MEAN = "В среднем по рубрикам"


@dataclass(frozen=True)
class LearningReported:
    """Where the page and its first picture are, and the curves on them."""

    report: Path
    picture: Path
    curves: LearningCurves


def learning_curve(
    home: Home,
    settings: Settings,
    only: Sequence[str] = (),
    *,
    more: int = MORE,
    repeats: int = REPEATS,
    quiet: bool = False,
) -> LearningReported:
    """Measure heads on growing parts of the labels outside the test, and write the page; an earlier one is replaced.

    A category's head is of the kind and parameters chosen before, else of the default ones: nothing is chosen here. As
    that choice saw all labels outside the test, the curve's beginning is a little too good where it was a close one.

    Parameters
    ----------
    only
        Categories to measure; none: all. The sizes count articles with a label of any category either way.
    more
        Labelled articles to look ahead.
    repeats
        Draws of held-out articles and of training sets.

    Raises
    ------
    PipelineError
        For an unknown category (exit code 2), or when labels are missing or too few.
    """
    chosen, views = chosen_categories(settings, only), open_views(home)
    tasks = plan(home, settings, views.identity(), list(settings.categories), choose=False)
    if not any(len(task.data.ids) for task in tasks):
        raise PipelineError(
            f"no labels outside the test in {home.path}; bring some: rubrika labels import FILE, or rubrika annotate"
        )
    wanted = [task for task in tasks if task.key in chosen]
    skipped = {task.key: short for task in wanted if (short := shortage(task, settings))}
    able = [task for task in wanted if task.key not in skipped]
    if not able:
        raise PipelineError(f"{next(iter(skipped.values()))}; the most useful first: rubrika suggest")
    corpus = read_corpus(home, views, {task.key: task.data for task in tasks})
    measured = measure_curves(corpus, able, settings, repeats, quiet=quiet)
    articles = len(corpus.truth)

    def learned(title: str, head: str | None, curve: Curve) -> Learned:
        return Learned(title, head, curve, look_ahead(curve, articles, more))

    macro = learned(MEAN, None, mean_curve(list(measured.values())))
    categories = {
        task.key: learned(settings.categories[task.key].title, candidate(task, settings).kind, measured[task.key])
        for task in able
    }
    created = datetime.now(default_zone(settings.ingest.timezone))
    return write_page(home, LearningCurves(articles, more, macro, categories, skipped), created)


def write_page(home: Home, curves: LearningCurves, created: datetime) -> LearningReported:
    """Write the page, with the JSON and the first picture beside it."""
    page = home.path / "reports" / "learning-curve.html"
    picture = page.with_suffix(".svg")
    write_atomically(page, render_learning(curves, created))
    write_atomically(page.with_suffix(".json"), readable_json(json_values(as_figures(curves))))
    write_atomically(picture, render_picture(curves))
    return LearningReported(page, picture, curves)
