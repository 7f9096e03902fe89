"""The data report: what is in the store, as one self-contained HTML page and the JSON beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from models.files import write_atomically
from models.fingerprint import readable_json
from pipeline.crawl.zones import default_zone
from pipeline.ingest.survey.page import render_survey
from pipeline.ingest.survey.records import Survey
from pipeline.ingest.survey.survey import survey
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from pipeline.show.json_values import json_values


@dataclass(frozen=True)
class DataReported:
    """Where the page is, and the figures on it."""

    report: Path
    figures: Survey


def report_data(home: Home, settings: Settings) -> DataReported:
    """Count what is in the store and write the page; earlier ones are replaced.

    Raises
    ------
    PipelineError
        When there are no articles.
    """
    figures = survey(home, settings)
    if not figures.totals.articles:
        raise PipelineError(f"no articles in {home.path} yet; run: rubrika ingest FILE")
    # One name, not one a day: it describes the store as it is, and the store keeps its own past.
    page = home.path / "reports" / "data.html"
    write_atomically(page, render_survey(figures, datetime.now(default_zone(settings.ingest.timezone))))
    write_atomically(page.with_suffix(".json"), readable_json(json_values(asdict(figures))))
    return DataReported(page, figures)
