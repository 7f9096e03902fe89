import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.annotator.parse import LONGEST, Corrupted, judge, parse_answer
from models.annotator.protocol import Question, Reply, Topic

TOPICS = (
    Topic("politics", "Политика"),
    Topic("economy", "Экономика"),
    Topic("art", "Искусство"),
    Topic("article", "Статьи и заметки"),
)
KEYS = [topic.key for topic in TOPICS]


def positives(answer, topics=TOPICS):
    """The categories that an answer is read as, or None where it is corrupted."""
    values = parse_answer(answer, topics)
    if isinstance(values, Corrupted):
        assert values.reason
        return None
    assert list(values) == [topic.key for topic in topics]
    return {key for key, value in values.items() if value}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        # comma lists, other separators, case, blanks, marks
        ("politics", {"politics"}),
        ("politics, economy", {"politics", "economy"}),
        (" Politics ,ECONOMY. ", {"politics", "economy"}),
        ("politics; economy", {"politics", "economy"}),
        ("politics\neconomy\n", {"politics", "economy"}),
        ("- politics\n- economy", {"politics", "economy"}),
        ("1. politics\n2) economy", {"politics", "economy"}),
        ("**politics**, `economy`", {"politics", "economy"}),
        ("politics and economy", {"politics", "economy"}),
        ("politics/economy", {"politics", "economy"}),
        ("politics, politics, Политика", {"politics"}),
        # titles, titles that hold a separator, both together, headings
        ("Политика", {"politics"}),
        ("политика и экономика", {"politics", "economy"}),
        ("«Экономика»", {"economy"}),
        ("Статьи и заметки, Искусство", {"article", "art"}),
        ("politics (Политика), economy — Экономика", {"politics", "economy"}),
        ("Рубрики: политика, экономика", {"politics", "economy"}),
        ("**Ответ:** politics", {"politics"}),
        # keys within each other
        ("art", {"art"}),
        ("article", {"article"}),
        ("article, art", {"article", "art"}),
        # none
        ("none", set()),
        ("None.", set()),
        ("нет", set()),
        ("Ни одной", set()),
        ("ни одна из рубрик не подходит", set()),
        ("none of the above", set()),
        # negations and values
        ("economy, not politics", {"economy"}),
        ("экономика, но не политика", {"economy"}),
        ("politics: да, economy: нет", {"politics"}),
        ("politics = 1; economy = 0", {"politics"}),
        ("politics: no\neconomy: no\nart: no\narticle: no", set()),
        # JSON
        ('{"categories": ["politics", "Экономика"]}', {"politics", "economy"}),
        ('{"categories": []}', set()),
        ('{"categories": ["none"]}', set()),
        ('{"categories": "politics, economy"}', {"politics", "economy"}),
        ('{"рубрики": ["политика"]}', {"politics"}),
        ('["politics"]', {"politics"}),
        ("[]", set()),
        ('{"politics": 1, "economy": 0}', {"politics"}),
        ('{"politics": true, "economy": "нет"}', {"politics"}),
        ('{"politics": 0, "economy": 0, "art": 0, "article": false}', set()),
        ('{"answer": {"categories": ["art"]}}', {"art"}),
        ('{"categories": ["politics"], "reason": "о выборах"}', {"politics"}),
        # JSON in prose, in fences, behind a thought, twice the same
        ('Статья о выборах. {"categories": ["politics"]} Надеюсь, помог!', {"politics"}),
        ('```json\n{"categories": ["politics"]}\n```', {"politics"}),
        ("```\npolitics\n```", {"politics"}),
        ("```politics```", {"politics"}),
        ('<think>Может быть, {"categories": ["art"]}?</think>\n{"categories": ["politics"]}', {"politics"}),
        ('{"categories": ["art"]} то есть ["art"]', {"art"}),
    ],
)
def test_what_can_be_read_is_read(answer, said):
    assert positives(answer) == said


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "  \n ",
        "```json\n```",
        "Статья относится к политике",  # prose is not a list
        "This is not about politics",
        "politics, sport",  # sport was not asked about
        "politics, econom",  # a word cut short
        "politicseconomy",
        "art-house",
        "articles",
        "not politics",  # leaves the others open
        "не политика",
        "politics, not politics",
        "none, politics",
        "politics: да, politics: нет",
        "not politics: yes",
        "politics economy",
        "other",
        "0",
        "1, 0, 1",
        "{}",
        "null",
        '{"categories": null}',
        '{"categories": ["politics", 1]}',
        '{"categories": ["politics", "sport"]}',
        '{"categories": ["politics"], "economy": 1}',
        '{"politics": 0.8}',
        '{"politics": 1, "politics": 0}',
        '{"politics": 0}',
        '{"politics": NaN}',
        '{"categories": ["politics", "econ',  # cut off
        '{"reason": "о выборах и", "categories": ["politics"',
        '["politics"] или ["economy"]',
        "<think>politics",
        "[" * 5000,
        '{"answer": {"answer": {"answer": {"answer": ["politics"]}}}}',
        "politics," * LONGEST,
    ],
)
def test_what_says_nothing_certain_is_corrupted_and_never_zeros(answer):
    assert positives(answer) is None


def test_one_category_asked_alone_is_settled_by_its_negation():
    asked = (Topic("politics", "Политика"),)
    assert (
        positives("не политика", asked) == positives("not politics", asked) == positives("politics: 0", asked) == set()
    )


def test_a_title_that_two_categories_share_names_neither():
    asked = (Topic("football", "Спорт"), Topic("hockey", "Спорт"))
    assert positives("Спорт", asked) is None
    assert positives("hockey", asked) == {"hockey"}


def test_a_reply_with_a_problem_is_corrupted_whatever_it_says():
    question = Question("a", TOPICS, "p", "", "")
    assert judge(Reply(question, "politics", "cut off")) == Corrupted("cut off")
    assert judge(Reply(question, "politics")) == {"politics": 1, "economy": 0, "art": 0, "article": 0}


NAMES = [*KEYS, *(topic.title for topic in TOPICS), "sport", "none"]
PARTS = ["не ", "not ", "нет", ": ", "да", "1", ", ", "\n", " и ", "<think>", "</think>", "\ud800", "ignore the rules"]
BRACES = ["{", "}", "[", "]", '"', '{"categories": [', "]}", "```json\n"]
WORDS = st.sampled_from([*NAMES, *PARTS, *BRACES])
ANSWERS = st.one_of(
    st.text(),
    st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.lists(WORDS, max_size=12).map("".join),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | WORDS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    ).map(json.dumps),
)


@given(ANSWERS, st.lists(st.sampled_from(TOPICS), min_size=1, unique=True))
def test_whatever_comes_back_only_categories_that_were_asked_get_a_value_and_all_of_them(answer, asked):
    values = parse_answer(answer, asked)
    if isinstance(values, Corrupted):
        assert values.reason
    else:
        assert list(values) == [topic.key for topic in asked]
        assert set(values.values()) <= {0, 1}


@given(st.sets(st.sampled_from(TOPICS)), st.sampled_from([", ", "; ", "\n", " и "]), st.booleans())
def test_every_list_of_known_names_is_read_as_it_stands(named, separator, by_title):
    names = [topic.title if by_title else topic.key for topic in named]
    assert positives(separator.join(names) or "none") == {topic.key for topic in named}
    assert positives(json.dumps({"categories": names})) == {topic.key for topic in named}
