from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.sample import BY_ORIGIN, Origin

DAYS = st.none() | st.datetimes(datetime(2023, 1, 1), datetime(2024, 6, 1), timezones=st.just(UTC))
ARTICLES = st.lists(st.tuples(st.sampled_from("абв"), DAYS), max_size=60).map(
    lambda rows: [Origin(str(number), source, day) for number, (source, day) in enumerate(rows)]
)


@given(ARTICLES, st.sampled_from(list(BY_ORIGIN)))
def test_an_order_holds_every_article_once_and_is_the_same_whatever_order_they_came_in(articles, name):
    order = BY_ORIGIN[name](articles)
    assert sorted(order) == sorted(article.id for article in articles)
    assert BY_ORIGIN[name](articles[::-1]) == order


@given(ARTICLES, st.integers(0, 60))
def test_a_stratified_beginning_holds_every_source_and_month_in_its_share_give_or_take_one(articles, size):
    order = BY_ORIGIN["stratified"](articles)[:size]
    stratum = {article.id: article.stratum for article in articles}
    have, all_of_them = Counter(stratum[article] for article in order), Counter(stratum.values())
    # Each stratum is within one of its share at every place of the scale, and so all together within their number.
    for one, count in all_of_them.items():
        assert abs(have[one] - count * len(order) / max(1, len(articles))) <= 1 + len(all_of_them) * count / len(
            articles
        )


def test_articles_without_a_date_are_a_stratum_of_their_own():
    assert Origin("a", "тасс", None).stratum == ("тасс", "")
    assert Origin("a", "тасс", datetime(2024, 5, 31, tzinfo=UTC)).stratum == ("тасс", "2024-05")
