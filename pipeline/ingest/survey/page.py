"""From the survey of the data to its page, in the look of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.ingest.survey.pictures import survey_pictures
from pipeline.ingest.survey.records import Source, Survey
from pipeline.show.page import environment
from pipeline.show.periods import Name, finest, fold_months
from pipeline.show.wording import REASONS, month

SOURCES = 12  # with a row of their own; the rest are one row together
PERIODS = 12  # columns that fit beside a name without scrolling


@dataclass(frozen=True)
class Grid:
    """A table of counts whose cells are shaded by the root of their share of the largest, so that small ones show.

    Parameters
    ----------
    columns
        Names.
    rows
        (name, counts); None stands for a cell without one.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]

    @property
    def largest(self) -> int:
        """The largest count, at least 1."""
        return max([value for _, values in self.rows for value in values if value], default=1)


def render_survey(survey: Survey, created: datetime) -> str:
    """Make the page.

    Returns
    -------
    str
        One HTML document in UTF-8 that needs no network and no script; all text from articles is escaped.
    """
    shown, name = survey.sources[:SOURCES], finest(survey.months, PERIODS)
    return (
        environment("pipeline.ingest.survey")
        .get_template("data.html")
        .render(
            survey=survey,
            created=created,
            charts=list(survey_pictures(survey)),
            sources=shown,
            others=survey.sources[SOURCES:],
            times=times(survey, shown, name),
            # The months only where the table above shows something coarser, folded away below it.
            months=times(survey, shown, month) if name is not month else None,
            overlaps=overlaps(survey),
            annotators=sorted({name for labelling in survey.categories.values() for name in labelling.annotators}),
            reasons=REASONS,
        )
    )


def times(survey: Survey, sources: tuple[Source, ...], name: Name) -> Grid:
    """Articles by source and time, months of one name together."""
    columns = tuple(fold_months(survey.months, name))
    folded = {source.source: fold_months(survey.by_source.get(source.source, {}), name) for source in sources}
    rows = tuple((source, tuple(counts.get(column, 0) for column in columns)) for source, counts in folded.items())
    return Grid(columns, rows)


def overlaps(survey: Survey) -> Grid:
    """Articles in two categories at once; a category beside itself is left out."""
    # Every pair twice, so that a row can be read without looking for its category among the columns.
    titles = tuple(labelling.title for labelling in survey.categories.values())
    return Grid(
        titles,
        tuple(
            (labelling.title, tuple(survey.overlaps[key].get(other) for other in survey.categories))
            for key, labelling in survey.categories.items()
        ),
    )
