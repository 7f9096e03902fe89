"""Plan: which articles a model has not been asked about, and the questions that this makes."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from models.annotator.prompt import Prompt, cut, read_template
from models.annotator.protocol import Question, Topic
from models.annotator.reserved import is_reserved
from pipeline.annotate.sample import Order, Origin
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.articles import Articles
from store.generations import Generation, Generations

WINDOW_ROWS = 4096  # articles read at once: each window reads through the whole table


@dataclass(frozen=True)
class Plan:
    """Articles in the order they are to be asked about, the categories of each, and how many a limit leaves out."""

    articles: dict[str, tuple[str, ...]]
    left: int


def make_plan(
    home: Home,
    annotator: str,
    keys: Sequence[str],
    order: Order,
    limit: int | None,
    *,
    again: bool,
    waiting: Iterable[Generation] = (),
) -> Plan:
    """Find what an annotator has not been asked.

    Parameters
    ----------
    annotator
        ``llm:MODEL``; what another model or a person said does not count.
    keys
        The categories to ask about.
    order
        Which of the articles first.
    limit
        At most so many articles; None for all.
    again
        Whether to ask again where the last answer was corrupted.
    waiting
        Calls that are not in the store yet.

    Raises
    ------
    PipelineError
        When the store holds no articles.
    """
    if not Articles(home.db).count():
        raise PipelineError(f"no articles in {home.path} yet; run: rubrika ingest FILE")
    covered = categories_asked(home, annotator, waiting, again=again)
    missing: dict[str, tuple[str, ...]] = {}
    origins = []
    for batch in Articles(home.db).batches(["source", "published_at"]):
        for row in batch.to_pylist():
            open_keys = tuple(key for key in keys if key not in covered.get(row["id"], ()))
            if open_keys:
                missing[row["id"]] = open_keys
                origins.append(Origin(row["id"], row["source"] or "", row["published_at"]))
    ordered = order(origins)
    chosen = ordered if limit is None else ordered[:limit]
    return Plan({article: missing[article] for article in chosen}, len(ordered) - len(chosen))


def categories_asked(home: Home, annotator: str, waiting: Iterable[Generation], *, again: bool) -> dict[str, set[str]]:
    """Article → the categories that an annotator has answered about, or failed to."""
    covered: dict[str, set[str]] = defaultdict(set)
    stored = Generations(home.db).of(annotator, ["article_id", "categories", "outcome"]).to_pylist()
    for row in [*stored, *(vars(call) for call in waiting if call.annotator == annotator)]:
        if again and row["outcome"] == "corrupted":
            covered[row["article_id"]] -= set(row["categories"])
        else:
            covered[row["article_id"]] |= set(row["categories"])
    return covered


class Prompts:
    """The prompts of a run: one for each set of categories that some article is to be asked about.

    Raises
    ------
    ModelError
        For a template that cannot be read or used (exit code 2).
    PipelineError
        For a category whose key or title is a word that the model's answers need (exit code 2).
    """

    def __init__(self, settings: Settings, keys: Sequence[str]) -> None:
        self.template = read_template(settings.annotator.template)
        self.topics = {key: Topic(key, made.title, made.description) for key, made in settings.categories.items()}
        for key in keys:
            require_name(self.topics[key])
        self.made: dict[tuple[str, ...], Prompt] = {}
        _ = self[tuple(keys)].text

    def __getitem__(self, keys: tuple[str, ...]) -> Prompt:
        if keys not in self.made:
            self.made[keys] = Prompt(self.template, [self.topics[key] for key in keys])
        return self.made[keys]


def require_name(topic: Topic) -> None:
    """Refuse a category that an answer could not name: settings may be older than the rule, or written by hand."""
    free = {topic.key: f"{topic.key}_news", topic.title: f"--title {shlex.quote(f'{topic.title} — новости')}"}
    for name, instead in free.items():
        if is_reserved(name):
            what = f"category {topic.key!r} is called {name!r}, a word that the model answers with"
            raise PipelineError(f"{what}; rename it: rubrika category rename {topic.key} {instead}", exit_code=2)


def questions(home: Home, plan: Plan, prompts: Prompts, max_chars: int) -> Iterator[Question]:
    """Ask about the plan's articles, read some thousands at a time; of one that is too long its beginning.

    Parameters
    ----------
    max_chars
        Most characters of title and text together, but for the marks where they are cut.
    """
    ids, articles = list(plan.articles), Articles(home.db)
    for start in range(0, len(ids), WINDOW_ROWS):
        window = pa.array(ids[start : start + WINDOW_ROWS], pa.string())
        for row in articles.get(window, ["title", "text"]).to_pylist():
            title = cut(row["title"] or "", max_chars)
            text = cut(row["text"] or "", max(0, max_chars - len(title)))
            yield prompts[plan.articles[row["id"]]].ask(row["id"], title, text)
