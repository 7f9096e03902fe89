from datetime import UTC, datetime

from store.generations import Generation, Generations


def call(name, categories=("politics", "sport"), positive=("sport",), annotator="llm:o'neil", day=1, raw="sport"):
    asked_at = datetime(2024, 1, day, tzinfo=UTC)
    return Generation(name, "a", annotator, "p", categories, positive, "labelled", "", raw, None, 3, 0.5, 1, asked_at)


def test_a_call_is_kept_once_however_often_it_is_brought(db):
    generations = Generations(db)
    assert generations.add([call("1"), call("2", day=2)]) == 2
    assert generations.add([call("1"), call("3", day=3)]) == 1
    assert generations.of("llm:o'neil", ["id"])["id"].to_pylist() == ["1", "2", "3"]
    assert generations.of("llm:other", ["id"]).num_rows == 0


def test_a_call_reads_back_from_json_as_it_was():
    assert Generation.from_json(call("1").to_json()) == call("1")


def test_a_renamed_category_takes_its_calls_along(db):
    generations = Generations(db)
    generations.add([call("1"), call("2", ("politics",), (), day=2)])
    generations.rename("sport", "sports")
    generations.rename("nothing", "something")
    rows = generations.of("llm:o'neil", ["categories", "positive"]).to_pylist()
    assert rows == [
        {"categories": ["politics", "sports"], "positive": ["sports"]},
        {"categories": ["politics"], "positive": []},
    ]


def test_a_prompt_is_kept_once_under_its_name(db):
    generations = Generations(db)
    generations.put_prompt("p", "текст")
    generations.put_prompt("p", "текст")
    assert generations.prompts.to_arrow().to_pylist() == [{"id": "p", "text": "текст"}]
