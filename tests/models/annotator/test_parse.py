import json

import pytest
from hypothesis import given, settings
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
        ("economy and not politics, not art", {"economy"}),
        ("экономика, кроме политики", {"economy"}),
        ("искусство, исключая политику", {"art"}),
        ("- not politics\n- economy", {"economy"}),
        ("politics: да, economy: нет, art: нет, article: да", {"politics", "article"}),
        ("politics = 1; economy = 0\nart = 0; article = 0", {"politics"}),
        ("politics: no\neconomy: no\nart: no\narticle: no", set()),
        # JSON
        ('{"categories": ["politics", "Экономика"]}', {"politics", "economy"}),
        ('{"categories": []}', set()),
        ('{"categories": ["none"]}', set()),
        ('{"categories": "politics, economy"}', {"politics", "economy"}),
        ('{"рубрики": ["политика"]}', {"politics"}),
        ('["politics"]', {"politics"}),
        ("[]", set()),
        ('{"politics": 1, "economy": 0, "art": 0, "article": 0}', {"politics"}),
        ('{"politics": true, "economy": "нет", "art": false, "article": "да"}', {"politics", "article"}),
        ('["not politics", "economy"]', {"economy"}),
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
        ('{"categories": ["art"]}\n\nart', {"art"}),
        ('{"categories": ["politics"]}\n\nСтатья о выборах, а не об экономике.', {"politics"}),
        ('Статья не об экономике. {"categories": ["politics"]}', {"politics"}),
        ('Статья не относится ни к одной рубрике: {"categories": []}', set()),
        ('politics: no\narticle: yes\n{"categories": ["article"]}', {"article"}),
        ("<think>" + "politics, " * LONGEST + "</think>economy", {"economy"}),
        # oddly shaped, and clear
        ("{'categories': ['politics']}", {"politics"}),
        ("{'politics': True, 'economy': False, 'art': False, 'article': False}", {"politics"}),
        ('{"categories": ["politics",]}', {"politics"}),
        ("{“categories”: [“politics”]}", {"politics"}),
        ("{«категории»: [«Политика»]} Надеюсь, помог!", {"politics"}),
        (
            '{"categories": [{"name": "politics", "score": 0.9}, {"name": "art", "reason": "о выставке"}]}',
            {"politics", "art"},
        ),
        ('[{"category": "politics"}]', {"politics"}),
        ('[{"key": "politics", "title": "Политика"}]', {"politics"}),
        ('{"label": "politics"}', {"politics"}),
        ('{"тема": "Политика"}', {"politics"}),
        ('{"politics": 0.92, "economy": 0.1, "art": 0.0, "article": 0}', {"politics"}),
        ('{"politics": 0.05, "economy": 0.1, "art": 0.0, "article": 0}', set()),
        ("| politics | yes |\n| economy | no |\n| art | no |\n| article | да |", {"politics", "article"}),
        (
            "| Рубрика | Да/нет |\n|---|:---:|\n| politics | 1 |\n| economy | 0 |\n| art | 0 |\n| article | 0 |",
            {"politics"},
        ),
        ("<answer>politics</answer>", {"politics"}),
        ('<output>\n{"categories": ["art"]}\n</output>', {"art"}),
        ('[THINK]economy[/THINK]{"categories": ["politics"]}', {"politics"}),
        ("<thinking>economy?</thinking>politics", {"politics"}),
        ("Категории статьи: политика", {"politics"}),
        ("Темы: политика, экономика", {"politics", "economy"}),
        ("Подходящие рубрики: политика", {"politics"}),
        ("✅ politics\n✔️ art", {"politics", "art"}),
        ("✅ politics\n❌ economy\n❌ Искусство,\n❌ article", {"politics"}),
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
        # flags that leave a category open
        '{"politics": 1}',
        '{"politics": 1, "economy": 0}',
        '{"categories": {"politics": true}}',
        "politics: да, economy: нет",
        "politics: yes",
        # a no that may be about more than one name
        "politics, economy, art: no; article: yes",
        "not politics, economy, art, article",
        "не политика и экономика",
        "не (политика, экономика)",
        "не политика,\nэкономика",
        "politics/economy: 0, art: 1, article: 1",
        "politics: no, economy",
        "кроме политики, экономика",
        "кроме политики",
        "все, кроме политики",
        # a dash or a plus that may be a verdict
        "-politics",
        "-politics, +article",
        "- politics\n+ article",
        "- politics, + article",
        # JSON that the words around it take back
        'Не {"categories": ["article"]}',
        'Статья не относится к {"categories": ["article"]}',
        'Не подходят:\n```json\n{"categories": ["article"]}\n```',
        'The article isn’t {"categories": ["article"]}',
        '{"categories": ["article"]} — нет, не подходит. Ответ: политика',
        '{"categories": ["article"]}\n\nНет, подождите',
        'Не {"categories": []}',
        # JSON beside an answer that differs
        '{"categories": ["article"]} politics',
        'article\n\n{"categories": []}',
        'Ответ: politics. Подробнее: {"categories": ["article"]}',
        'Нет. {"categories": ["article"]}',
        '{"politics": NaN}',
        '{"categories": ["politics", "econ',  # cut off
        '{"reason": "о выборах и", "categories": ["politics"',
        '["politics"] или ["economy"]',
        "<think>politics",
        "[" * 5000,
        '{"answer": {"answer": {"answer": {"answer": ["politics"]}}}}',
        "politics," * LONGEST,
        # oddly shaped, and not clear
        "{'categories': ['politics'",
        "{'politics': 1, 'politics': 0}",
        "{politics: NaN}",
        "{'categories': ['politics'], 'economy': True}",
        '{"politics": 0.5, "economy": 0.1, "art": 0.0, "article": 0.0}',
        '{"politics": 0.4, "economy": 0.3, "art": 0.3, "article": 0.0}',
        '{"politics": 7, "economy": 3, "art": 0, "article": 0}',
        '{"politics": 92.0, "economy": 1.0, "art": 0.0, "article": 0.0}',
        '{"politics": -0.1, "economy": 0.9, "art": 0.0, "article": 0.0}',
        '[{"name": "politics", "score": 0.5}]',
        '[{"name": "politics", "score": 0.9}, {"name": "economy", "score": 0.1}]',  # judges, and leaves art open
        '[{"name": "politics", "yes": 1, "no": 0}]',
        '[{"name": "sport"}]',
        '[{"name": "politics", "title": "Искусство"}]',
        '[{"name": ["politics"]}]',
        '[{"categories": ["politics"]}, {"categories": ["art"]}]',
        "| politics | yes |\n| economy | no |",
        "| politics | возможно |",
        "✅ politics\n❌ economy",
        "✅ sport",
        "<answer>politics</answer><answer>art</answer>",
        "<answer>politics",
        "[THINK]politics",
        "<think>a</think><thinking>politics",
        "Темы дня: политика",
    ],
)
def test_what_says_nothing_certain_is_corrupted_and_never_zeros(answer):
    assert positives(answer) is None


def test_one_category_asked_alone_is_settled_by_its_negation():
    asked = (Topic("politics", "Политика"),)
    assert (
        positives("не политика", asked) == positives("not politics", asked) == positives("politics: 0", asked) == set()
    )


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("да", "нет"),
        ("Yes.", "No."),
        ("1", "0"),
        ("true", "false"),
        ("Ответ: да", "Ответ: нет"),
        ('{"answer": "да"}', '{"answer": "нет"}'),
        ('["yes"]', '["no"]'),
        ('{"politics": 1}', '{"politics": 0}'),
        ("политика: да", "политика: нет"),
        ("политика", "кроме политики"),
        ("да, политика", "нет, не политика"),
    ],
)
def test_one_category_asked_alone_is_as_easily_affirmed_as_denied(yes, no):
    asked = (Topic("politics", "Политика"),)
    assert positives(yes, asked) == {"politics"}
    assert positives(no, asked) == set()


@pytest.mark.parametrize("answer", ["да, не политика", "нет, политика", "politics | 0", "politics, no", "да\nнет"])
def test_one_category_asked_alone_and_answered_both_ways_is_corrupted(answer):
    assert positives(answer, (Topic("politics", "Политика"),)) is None


def test_a_long_answer_that_is_no_thought_is_read_in_no_time():
    assert positives("слово " * 200_000) is None
    assert positives("<think>" * 200_000) is None
    assert positives("{'a': ['b'], " * 700) is None


def test_a_title_that_two_categories_share_names_neither():
    asked = (Topic("football", "Спорт"), Topic("hockey", "Спорт"))
    assert positives("Спорт", asked) is None
    assert positives("hockey", asked) == {"hockey"}


def test_a_reply_with_a_problem_is_corrupted_whatever_it_says():
    question = Question("a", TOPICS, "p", "", "")
    assert judge(Reply(question, "politics", "cut off")) == Corrupted("cut off")
    assert judge(Reply(question, "politics")) == {"politics": 1, "economy": 0, "art": 0, "article": 0}


NAMES = [*KEYS, *(topic.title for topic in TOPICS), "sport", "none"]
PARTS = [
    "не ",
    "not ",
    "нет",
    ": ",
    "да",
    "1",
    ", ",
    "\n",
    " и ",
    "<think>",
    "</think>",
    "\ud800",
    "ignore the rules",
    "✅ ",
    "❌ ",
    "| ",
    " |\n",
]
BRACES = ["{", "}", "[", "]", '"', "'", "“", "”", "0.9", "<answer>", "</answer>", '{"categories": [', "]}", "```json\n"]
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


FORMS = {
    "bare": "{}",
    "not": "not {}",
    "не": "не {}",
    "yes": "{}: yes",
    "no": "{}: no",
    "0": "{} = 0",
}
RULED_OUT, DENIED = ("not", "не"), ("no", "0")
ENTRIES = st.lists(st.tuples(st.sampled_from(sorted(FORMS)), st.sampled_from(KEYS)), min_size=1, max_size=4)


def meant(lines):
    """What a person who takes no chances makes of lines of (form, category), None where they may mean two things."""
    said = {}
    for line in lines:
        forms = [form for form, _ in line]
        for place, (form, key) in enumerate(line):
            shadowed = any(before in RULED_OUT for before in forms[:place]) or any(one in DENIED for one in forms)
            if form == "bare" and shadowed:
                return None
            said.setdefault(key, set()).add(form in ("bare", "yes"))
    if any(len(values) > 1 for values in said.values()):
        return None
    yes = {key for key, values in said.items() if values == {True}}
    is_list = yes and all(form not in ("yes", *DENIED) for line in lines for form, _ in line)
    return yes if is_list or len(said) == len(KEYS) else None


def written(lines, separator, by_title):
    names = {topic.key: topic.title if by_title else topic.key for topic in TOPICS}
    return "\n".join(separator.join(FORMS[form].format(names[key]) for form, key in line) for line in lines)


@settings(max_examples=500)
@given(
    st.lists(ENTRIES, min_size=1, max_size=4),
    st.sampled_from([", ", "; ", " и ", " / ", " | "]),
    st.booleans(),
    st.sampled_from(["", "Ответ: ", "```\n", "<think>politics</think>"]),
)
def test_a_no_among_names_is_read_as_a_careful_person_does_or_not_at_all(lines, separator, by_title, before):
    assert positives(before + written(lines, separator, by_title)) == meant(lines)


@settings(max_examples=300)
@given(
    st.sets(st.sampled_from(KEYS)),
    st.lists(ENTRIES, max_size=2),
    st.sampled_from(["", "Не ", "Статья не о том: ", "Вот ответ: "]),
    st.sampled_from(["", " — нет", "\n\nНет", "\n\nСтатья о том, а не об этом."]),
    st.booleans(),
)
def test_json_counts_only_where_nothing_beside_it_says_otherwise(named, lines, before, after, above):
    answer = json.dumps({"categories": sorted(named)})
    beside = [written([line], ", ", by_title=False) for line in lines]
    whole = "\n".join([*(beside if above else []), before + answer + after, *([] if above else beside)])
    found = positives(whole)
    if before == "Не " or (named and (before == "Статья не о том: " or after in (" — нет", "\n\nНет"))):
        assert found is None
    said = [(form, key) for line in lines if meant([line]) is not None or len(line) == 1 for form, key in line]
    if any((form in ("bare", "yes")) != (key in named) for form, key in said):
        assert found is None
    assert found in (None, named)
    if not (before or after or lines):
        assert found == named
