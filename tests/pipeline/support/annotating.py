"""Homes with articles that tell the stand-in model what to say, and the model's server."""

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pyarrow as pa

from pipeline.annotate.annotate import AnnotateChoice, annotate
from pipeline.crawl.article import content_id
from pipeline.setup.home import open_home
from pipeline.setup.settings import Settings
from store.articles import Articles
from store.generations import Generations
from store.labels import Labels

SERVER = Path(__file__).with_name("llm_server.py")
CATEGORIES = {
    "politics": {"title": "Политика", "description": "Выборы и законы."},
    "economy": {"title": "Экономика", "description": "Рынки и цены."},
    "sport": {"title": "Спорт", "description": "Матчи и клубы."},
}
PATIENT = {"model": "tiny", "concurrency": 4, "timeout_s": 5.0, "retries": 3}


@dataclass(frozen=True)
class ModelServer:
    """The running stand-in."""

    base_url: str

    def counts(self):
        """How often each article was asked about and answered."""
        with urlopen(f"{self.base_url.removesuffix('/v1')}/counts") as said:
            return json.load(said)


@contextmanager
def model_server(*options):
    """Run the stand-in in a process of its own."""
    process = subprocess.Popen([sys.executable, SERVER, *options], stdout=subprocess.PIPE, text=True)
    try:
        yield ModelServer(f"http://127.0.0.1:{process.stdout.readline().strip()}/v1")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def article(name, answer="politics", faults="", text="", source="тест", day=datetime(2024, 1, 1, tzinfo=UTC)):
    """One article that says what the model shall answer and what shall go wrong."""
    marks = f"#id={name}# #answer={answer}# #faults={faults}#"
    title = f"Заметка {name}"
    said = {"source": source, "title": title, "text": f"{marks} {text}", "published_at": day, "published_raw": ""}
    return {"id": content_id(title, said["text"]), **said}


def store_articles(home, rows):
    """Store articles, each seen once."""
    table = pa.Table.from_pylist(rows)
    table = table.set_column(4, "published_at", table["published_at"].cast(pa.timestamp("us", tz="UTC")))
    count = table.num_rows
    seen = {
        "key": table["id"],
        "article_id": table["id"],
        "file": ["f"] * count,
        "line": pa.array(range(count), pa.int64()),
    }
    places = {name: table[name] for name in ("source", "published_at", "published_raw")}
    Articles(home.db).add(table, pa.table(seen | places))


@dataclass(frozen=True)
class Desk:
    """A home, its settings, and what its model has said so far."""

    path: Path
    settings: Settings

    @property
    def home(self):
        """The home, opened anew."""
        return open_home(self.settings)

    def annotate(self, *only, export=None, say=lambda line: None, **choice):
        """Run the verb quietly."""
        return annotate(self.home, self.settings, AnnotateChoice(only, **choice), export, say=say, quiet=True)

    def with_settings(self, **annotator):
        """The same home under other settings of the annotator."""
        changed = self.settings.annotator.model_copy(update=annotator)
        return Desk(self.path, self.settings.model_copy(update={"annotator": changed}))

    def generations(self):
        """Every call that was kept."""
        return Generations(self.home.db).table.to_lance().to_table().to_pylist()

    def labels(self):
        """(article's number or name, category) → label and annotator, of those that count."""
        names = {row["id"]: row["title"].split()[-1] for row in Articles(self.home.db).table.to_arrow().to_pylist()}
        rows = Labels(self.home.db).current().to_pylist()
        return {(names[row["article_id"]], row["category"]): (row["value"], row["annotator"]) for row in rows}


def desk(path, rows, base_url="http://127.0.0.1:9/v1", **annotator):
    """A desk with some articles and a server."""
    settings = Settings(home=path, categories=CATEGORIES, annotator={**PATIENT, "base_url": base_url, **annotator})
    made = Desk(path, settings)
    if rows:
        store_articles(made.home, rows)
    return made
