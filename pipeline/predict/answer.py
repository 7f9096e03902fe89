"""The answer: what a row of a file becomes, our words beside the user's own fields and never over them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.bundles.load import Bundle
from models.features import Features
from models.ground import NO_RUSSIAN_WORDS, UNLIKE, reads_as_russian
from pipeline.crawl.article import Article
from pipeline.crawl.rows import Accepted, Rejected
from pipeline.crawl.values import to_string
from pipeline.show.json_values import json_values

ARTICLE_NAMES = ("id", "source", "title", "text", "published_at", "published_raw")
OUR_NAMES = frozenset({*ARTICLE_NAMES, "categories", "row", "line", "error", "raw"})
DIGITS = 6  # of a probability and a threshold alike, so that a reader who compares them finds the verdict


def answers(bundle: Bundle, rows: Sequence[Accepted], features: Features) -> Iterator[dict[str, Any]]:
    """One answer a row: the article as it was read, its categories, and under ``row`` the user's row as it came.

    The user's columns that have no name of ours stand at the top as well.
    """
    for row, categories in zip(rows, categories_of(bundle, [row.article for row in rows], features), strict=True):
        own = as_it_came(row.fields)
        others = {name: own[name] for name in row.labels if name not in OUR_NAMES}
        article = {name: getattr(row.article, name) for name in ARTICLE_NAMES}
        yield {**others, **article, "categories": categories, "row": own}


def refusal(row: Rejected) -> dict[str, Any]:
    """What a row that is no article becomes."""
    return {"line": row.line, "error": row.reason, "raw": row.raw}


def categories_of(bundle: Bundle, articles: Sequence[Article], features: Features) -> list[dict[str, dict[str, Any]]]:
    """Each article's categories; what no head was taught is asked about, whatever its probability."""
    served: list[dict[str, dict[str, Any]]] = [{} for _ in articles]
    foreign = [not reads_as_russian(f"{article.title}\n{article.text}") for article in articles]
    for key, head in bundle.heads.items():
        probability = head.probability(features)
        verdicts, unlike = head.decision.verdicts(probability).tolist(), head.ground.unlike(features.dense)
        threshold = round(head.decision.yes, DIGITS)
        for place, is_foreign in enumerate(foreign):
            reason = NO_RUSSIAN_WORDS if is_foreign else UNLIKE if unlike[place] else ""
            served[place][key] = {
                "probability": round(float(probability[place]), DIGITS),
                "verdict": "ask" if reason else verdicts[place],
                "threshold": threshold,
                **({"reason": reason} if reason else {}),
            }
    return served


def as_it_came(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The user's fields with their types; only what UTF-8 or JSON cannot hold is written otherwise."""
    written = json.dumps(json_values(fields), ensure_ascii=False, default=to_string)
    restored: dict[str, Any] = json.loads(written.encode("utf-8", "replace"))  # half a surrogate pair becomes "?"
    return restored
