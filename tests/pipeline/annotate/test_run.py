"""What a run makes of calls that came to nothing, with a model that says what it is told."""

from itertools import islice
from types import SimpleNamespace

import pytest

from models.annotator.protocol import Question, Reply, Topic
from pipeline.annotate.budget import Budget
from pipeline.annotate.run import Run
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings

TOPICS = (Topic("sport", "Спорт"), Topic("politics", "Политика"))


class Scripted:
    """A model that is heard in a given way at each call; behind the script it answers."""

    def __init__(self, heard):
        self.script, self.asked = {name: list(ways) for name, ways in heard.items()}, []

    def answers(self, questions, keep):
        rest = iter(questions)
        while two := list(islice(rest, 2)):  # under way at once
            yield from (self.answer(question, keep) for question in two)

    def answer(self, question, keep):
        self.asked.append(question.article_id)
        ways = self.script.get(question.article_id)
        heard = ways.pop(0) if ways else "answered"
        return keep(Reply(question, "sport", "" if heard == "answered" else heard, heard, charged=heard != "silent"))


def run(heard, names="abc", known=False, concurrency=2):
    """Ask about some articles; the run, its model and the articles that were written down."""
    kept, model = [], Scripted(heard)
    ledger = SimpleNamespace(
        keep=lambda call: kept.append(call.article_id),
        generations=SimpleNamespace(has_labelled=lambda annotator: known),
    )
    gold = SimpleNamespace(compare=lambda call: None)
    made = Run("llm:m", Budget(AnnotatorSettings(concurrency=concurrency)), ledger, gold, print)
    questions = (Question(name, TOPICS, "p", "Правила", "Статья") for name in names)
    try:
        made.ask(model, questions, lambda units: None)
        return made, model, kept
    except PipelineError as error:
        assert error.exit_code == 3
        return str(error), model, kept


def test_an_article_that_found_no_model_is_asked_again_once_others_are_answered():
    made, model, kept = run({"a": ["silent"]})
    assert (made.labelled, made.corrupted) == (3, 0)
    assert sorted(kept) == ["a", "b", "c"]
    assert model.asked.count("a") == 2


@pytest.mark.parametrize("names", ["a", "abc"])
def test_where_no_call_finds_the_model_nothing_is_written_down(names):
    said, _, kept = run(dict.fromkeys("abc", ["silent"] * 9), names)
    assert said == "the model does not answer: silent; what was answered is kept, run again later"
    assert kept == []


def test_what_was_refused_or_failed_is_corrupted_where_the_model_is_known():
    made, _, kept = run({"a": ["failed"], "b": ["refused"]}, "ab", known=True)
    assert (made.corrupted, sorted(kept)) == (2, ["a", "b"])
    assert run({"a": ["failed"], "b": ["refused"]}, "ab")[2] == []
    assert run({"a": ["failed"]}, "a", known=True)[2] == []
