"""The bundled sample keeps what the documentation says of it."""

import csv

import numpy as np
import pytest

from models.lexical.counts import lexical_counts
from models.near_duplicates import damped_counts, row_sums
from pipeline.crawl import Accepted, Rejected, read_crawl
from tests.pipeline.support.command import SAMPLE

CATEGORIES = ("politics", "economy", "culture", "technology", "sport")


@pytest.fixture(scope="module")
def rows():
    return list(read_crawl(SAMPLE / "crawl.tsv", "Europe/Moscow"))


@pytest.fixture(scope="module")
def labels():
    with (SAMPLE / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: {key: int(row[key]) for key in CATEGORIES} for row in csv.DictReader(file)}


def accepted(rows):
    return {row.article.id: row.article for row in rows if isinstance(row, Accepted)}


def test_there_are_five_sources_with_five_date_formats_and_some_dates_are_cut_or_missing(rows):
    articles = [row.article for row in rows if isinstance(row, Accepted)]
    assert len({article.source for article in articles}) == 5
    assert any(not article.published_raw for article in articles)
    assert any(article.published_raw and article.published_at is None for article in articles)


def test_the_broken_rows_are_found(rows):
    reasons = [row.reason for row in rows if isinstance(row, Rejected)]
    assert {reason: reasons.count(reason) for reason in set(reasons)} == {
        "undecodable bytes": 4,
        "no text": 4,
        "no source": 4,
    }


def test_every_article_has_a_gold_label_in_all_five_categories(rows, labels):
    assert set(labels) == set(accepted(rows))


def test_about_a_seventh_is_in_several_categories_and_a_seventh_in_none(labels):
    count = np.array([sum(row.values()) for row in labels.values()])
    assert 0.12 < np.mean(count >= 2) < 0.18
    assert 0.12 < np.mean(count == 0) < 0.18
    assert all(sum(row[key] for row in labels.values()) >= 60 for key in CATEGORIES)


def test_texts_have_paragraphs(rows):
    assert np.mean(["\n" in article.text for article in accepted(rows).values()]) > 0.5


def test_at_least_400_articles_are_distinct_and_near_identical_ones_are_reprints_with_the_same_labels(rows, labels):
    articles = accepted(rows)
    ids = list(articles)
    stems = damped_counts(lexical_counts([f"{articles[key].title}\n{articles[key].text}" for key in ids])["stem"])
    lengths = np.sqrt(row_sums(stems.multiply(stems)))
    cosine = (stems @ stems.T).toarray() / np.outer(lengths, lengths)
    near = np.argwhere(np.triu(cosine > 0.6, 1))
    assert 30 <= len(near) <= 50
    assert all(labels[ids[left]] == labels[ids[right]] for left, right in near)
    assert len(ids) - len(set(near[:, 1].tolist())) >= 400
    between = cosine[np.triu_indices(len(ids), 1)]
    assert not ((between > 0.4) & (between < 0.75)).any(), "two articles that are neither distinct nor reprints"


def test_the_whole_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 1_500_000
