import pytest

from models.annotator.json_answer import FLAGS, HOLDERS
from models.annotator.parse import Corrupted, parse_answer
from models.annotator.protocol import Topic
from models.annotator.reserved import is_reserved

ANSWERS = ['{"categories": ["politics"]}', '["politics"]', "politics", '{"category": "politics"}', "Рубрики: politics"]


@pytest.mark.parametrize(
    "name", ["categories", "Categories", "КАТЕГОРИИ", "Рубрика", " answer ", "result", "None", "Нет", "да", "ничего"]
)
def test_a_word_that_answers_are_made_of_is_reserved_in_any_case(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["politics", "Категории граждан", "results_of_sport", "Результаты", "nothing_new", ""])
def test_a_name_that_only_holds_such_a_word_is_free(name):
    assert not is_reserved(name)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("key", sorted({"news", "label_news", "yes_news"} | {f"{word}_news" for word in HOLDERS}))
def test_beside_any_category_that_may_exist_an_answer_is_read(answer, key):
    values = parse_answer(answer, (Topic("politics", "Политика"), Topic(key, f"{key} — новости")))
    assert values == {"politics": 1, key: 0}


def test_a_reserved_key_would_spoil_answers():
    values = parse_answer('{"categories": ["politics"]}', (Topic("politics", "П"), Topic("categories", "К")))
    assert isinstance(values, Corrupted)
    assert all(is_reserved(word) for word in HOLDERS | FLAGS.keys())
