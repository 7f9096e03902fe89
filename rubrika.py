"""Rubrika as a library: open a home, look at what it keeps, train, evaluate, predict and explain.

>>> import rubrika
>>> desk = rubrika.open_home("var")
>>> desk.train()
>>> desk.evaluate()                      # in a notebook the report opens in place
>>> desk.predict([{"title": "Курс рубля", "text": "Рубль укрепился."}])
>>> desk.sql("SELECT source, count(*) AS articles FROM articles GROUP BY 1").to_pandas()

Every function gives the record that the command of the same name prints with ``--json``.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.setup.home import Home
    from pipeline.setup.settings import Settings
    from pipeline.show.notebook import Report, Result, Rows

__all__ = ["Desk", "open_home"]


def open_home(path: str | Path | None = None, config: str | Path | None = None, *, make: bool = False) -> Desk:
    """Open a home.

    Parameters
    ----------
    path
        The folder where state lives; None: as the settings say, ``var`` unless they say otherwise.
    config
        The settings file; None: ``rubrika.toml`` of the current folder if there is one.
    make
        Make the folder when it is missing, to ingest into it.

    Raises
    ------
    PipelineError
        For settings that cannot be read (exit code 2), or a home that is missing.
    """
    from pipeline.setup.home import open_home
    from pipeline.setup.settings import load_settings

    settings, _ = load_settings(Path(config) if config else None, {"home": Path(path)} if path else {})
    return Desk(open_home(settings, make=make), settings)


class Desk:
    """An open home under its settings: tables to look at, and the verbs of the command line.

    Parameters
    ----------
    home, settings
        As :func:`open_home` opens them.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home, self.settings = home, settings

    def articles(self) -> Rows:
        """All articles: id, source, sources, title, text, published_at, published_raw, part, cluster."""
        return self.sql("SELECT * FROM articles ORDER BY id")

    def labels(self) -> Rows:
        """The labels that count, one row an article and category; what has no row is unknown."""
        return self.sql("SELECT * FROM labels ORDER BY article_id, category")

    def label_matrix(self) -> Rows:
        """The labels that count, one row an article and one column a category: 1, 0 or null."""
        return self.sql("SELECT * FROM label_matrix")

    def predictions(self) -> Rows:
        """What evaluated bundles say of every article: bundle, article_id, category, probability, verdict."""
        return self.sql("SELECT * FROM predictions ORDER BY bundle, article_id, category")

    def vectors(self) -> Rows:
        """The cached vectors: article_id, and vector, a list of ``dim`` float32, L2-normalised.

        Raises
        ------
        PipelineError
            When nothing is embedded yet.
        """
        import pyarrow as pa

        from pipeline.embed.views import open_views
        from pipeline.show.notebook import Rows

        cached = open_views(self.home).vectors
        ids = cached.ids()
        dense = cached.get(ids)
        column = pa.FixedSizeListArray.from_arrays(pa.array(dense.ravel()), dense.shape[1])
        return Rows(pa.table({"article_id": ids, "vector": column}))

    def sql(self, statement: str) -> Rows:
        """Run one SQL statement over the views that ``rubrika sql --help`` names.

        Raises
        ------
        StoreError
            When the statement is wrong (exit code 2).
        """
        from pipeline.evaluate.sql.sql import ask_arrow
        from pipeline.show.notebook import Rows

        return Rows(ask_arrow(self.home, self.settings, statement))

    def ingest(self, *files: str | Path) -> Result:
        """Read crawl files into the store, as ``rubrika ingest`` does."""
        from pipeline.ingest.ingest import ingest

        return as_result(ingest(self.home, self.settings, [Path(file) for file in files]))

    def import_labels(self, file: str | Path, *, annotator: str | None = None) -> Result:
        """Read a label table, as ``rubrika labels import`` does."""
        from pipeline.labels.import_labels import import_labels

        return as_result(import_labels(self.home, self.settings, Path(file), annotator=annotator))

    def embed(self) -> Result:
        """Embed what has no vector yet, as ``rubrika embed`` does."""
        from pipeline.embed.embed import embed

        return as_result(embed(self.home, self.settings, say))

    def train(self, *categories: str, choose: bool = False) -> Result:
        """Train the heads whose labels or settings changed, as ``rubrika train`` does; no name: all categories."""
        from pipeline.train.train import train

        return as_result(train(self.home, self.settings, categories, choose=choose, say=say))

    def evaluate(self, bundle: str | None = None, *, compare: str | None = None) -> Report:
        """Measure a bundle on the test part, as ``rubrika evaluate`` does; a notebook shows the report."""
        from pipeline.evaluate.evaluate import evaluate
        from pipeline.show.json_values import json_values
        from pipeline.show.notebook import Report

        return Report(json_values(evaluate(self.home, self.settings, bundle, compare, say=say).evaluation.model_dump()))

    def predict(self, articles: str | Path | Iterable[Mapping[str, Any]], bundle: str | None = None) -> list[Result]:
        """Sort articles into categories, as ``rubrika predict`` does.

        Parameters
        ----------
        articles
            A crawl file, or articles with ``title`` and ``text``; of a DataFrame, ``frame.to_dict("records")``.
        bundle
            Whose heads; None: the current bundle's.
        """
        from pipeline.predict.predict import predict
        from pipeline.show.json_values import json_values
        from pipeline.show.notebook import Result

        if isinstance(articles, str | Path):
            return [Result(json_values(row)) for row in predict(self.home, self.settings, str(articles), bundle)]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as spool:
            spool.writelines(json.dumps(json_values(article), ensure_ascii=False) + "\n" for article in articles)
            spool.flush()
            return [Result(json_values(row)) for row in predict(self.home, self.settings, spool.name, bundle)]

    def explain(self, article: str, bundle: str | None = None) -> Result:
        """Tell why a bundle says what it says of a stored article, as ``rubrika explain`` does."""
        from pipeline.predict.explain import explain

        return as_result(explain(self.home, self.settings, article, bundle))

    def suggest(self, *categories: str, n: int = 50) -> Result:
        """Choose the articles whose labels teach the most, as ``rubrika suggest`` does."""
        from pipeline.improve.suggest.suggest import suggest

        return as_result(suggest(self.home, self.settings, categories, n))


def as_result(outcome: Any) -> Result:  # noqa: ANN401 - any room's frozen dataclass
    """A result as the record that ``--json`` prints."""
    from pipeline.show.json_values import json_values
    from pipeline.show.notebook import Result

    return Result(json_values(dataclasses.asdict(outcome)))


def say(line: str) -> None:
    """Tell how far long work is, on standard error."""
    sys.stderr.write(f"{line}\n")
