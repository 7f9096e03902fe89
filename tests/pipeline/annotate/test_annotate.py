import csv
import itertools
import json
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pyarrow as pa
import pytest

from models.annotator.protocol import Question
from pipeline.annotate.annotate import AnnotateChoice, estimate
from pipeline.annotate.budget import Budget
from pipeline.labels.lot import lot
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import AnnotatorSettings
from store.errors import StoreError
from store.journal import Journal
from store.labels import Labels
from tests.models.annotator.orders import ORDERS
from tests.pipeline.support.annotating import article, desk, model_server

LLM = "llm:tiny"


@pytest.fixture(scope="module")
def server():
    with model_server() as running:
        yield running


@pytest.fixture
def place(tmp_path, server):
    """Makes a desk whose articles' names are its own, so that the server can tell them from other tests'."""
    return lambda rows, **annotator: desk(tmp_path / "home", rows, server.base_url, **annotator)


def label(home, name, category, value, annotator, rows):
    found = next(row["id"] for row in rows if row["title"].endswith(f" {name}"))
    table = {"article_id": [found], "category": [category], "value": pa.array([value], pa.int8())}
    Labels(home.db).add(pa.table(table), annotator)


def test_the_categories_it_names_are_1_the_others_that_were_asked_0(place):
    made = place(
        [article("a1", "politics, Спорт"), article("a2", "none"), article("a3", '{"categories": ["economy"]}')]
    )
    done = made.annotate()
    assert (done.asked, done.labelled, done.corrupted, done.tokens) == (3, 3, 0, 3 * 310)
    yes = {pair for pair, (value, annotator) in made.labels().items() if value and annotator == LLM}
    assert yes == {("a1", "politics"), ("a1", "sport"), ("a3", "economy")}
    assert len(made.labels()) == 9


def test_what_cannot_be_read_is_kept_raw_and_gives_no_label(place):
    made = place(
        [article("b1", "наверное, о выборах"), article("b2", "politics", "cut"), article("b3", faults="garbage")]
    )
    done = made.annotate()
    assert (done.asked, done.labelled, done.corrupted) == (3, 0, 3)
    assert made.labels() == {}
    kept = {row["raw"][:20]: row["reason"] for row in made.generations()}
    assert kept == {
        "наверное, о выборах": "has 'наверное, о выборах', which is no category that was asked about",
        "politics": "cut off at annotator.max_tokens",
        "<html>\\xff\\xfe\x00 502 Ba"[:20]: "the response is no chat completion",
    }


def test_the_call_is_kept_with_all_that_led_to_it(place):
    made = place([article("c1", "sport", "500")])
    made.annotate()
    (row,) = made.generations()
    assert (row["annotator"], row["categories"], row["positive"]) == (LLM, ["politics", "economy", "sport"], ["sport"])
    assert (row["outcome"], row["raw"], row["tries"]) == ("labelled", "sport", 2)
    assert (row["prompt_tokens"], row["completion_tokens"]) == (300, 10)
    assert row["seconds"] > 0
    prompts = made.home.db.open_table("prompts").to_arrow().to_pylist()
    assert [prompt["id"] for prompt in prompts] == [row["prompt"]]
    assert "sport — Спорт (Матчи и клубы.)" in prompts[0]["text"]


def test_nothing_is_asked_twice_and_a_new_category_is_asked_alone(place, server):
    made = place([article("d1"), article("d2", "что?")])
    assert made.annotate("politics", "economy").asked == 2
    assert made.annotate("politics").asked == 0
    done = made.annotate()
    assert (done.asked, done.labelled) == (2, 0)  # sport alone: politics is no answer to that
    assert {tuple(row["categories"]) for row in made.generations()} == {("politics", "economy"), ("sport",)}
    assert made.annotate().asked == 0
    assert made.annotate(again=True).asked == 2


def test_a_model_that_obeys_the_article_can_give_no_label_that_was_not_asked_for(place):
    made = place(
        [article(f"z{number}", said, text=order) for number, (order, said) in enumerate(ORDERS.items())],
        max_chars=50_000,
    )
    done = made.annotate()
    assert (done.asked, done.labelled, done.corrupted) == (len(ORDERS), 0, len(ORDERS))
    assert made.labels() == {}
    assert {row["raw"] for row in made.generations()} == set(ORDERS.values())


def test_what_is_done_reaches_the_store_while_the_run_goes_on_and_agreement_is_said(place, monkeypatch):
    monkeypatch.setattr("pipeline.annotate.run.FLUSH_SECONDS", 0.0)
    rows = [article(f"y{number}") for number in range(3)]
    made, said = place(rows, concurrency=1), []
    label(made.home, "y0", "politics", 1, "editor:anna", rows)
    label(made.home, "y1", "politics", 0, "editor:anna", rows)
    done = made.annotate("politics", say=said.append)
    assert done.labelled == 3
    assert said[-1] == "agreement with people: politics 50% of 2"
    assert len(made.labels()) == 3


def test_another_model_is_another_annotator(place):
    made = place([article("e1")])
    made.annotate()
    assert made.with_settings(model="big").annotate().asked == 1


def test_people_s_labels_stay_above_and_show_how_the_model_does(place):
    rows = [article("f1", "politics"), article("f2", "politics")]
    made = place(rows)
    label(made.home, "f1", "politics", 0, "editor:anna", rows)
    label(made.home, "f2", "politics", 1, "import:gold.csv", rows)
    done = made.annotate("politics")
    assert made.labels() == {("f1", "politics"): (0, "editor:anna"), ("f2", "politics"): (1, "import:gold.csv")}
    assert {key: (one.compared, one.agreed) for key, one in done.agreement.items()} == {"politics": (2, 1)}


def test_faults_of_every_kind_end_in_a_label_or_a_listed_corruption_and_no_answer_is_asked_for_again(place, server):
    kinds = [
        "",
        "slow",
        "429",
        "429,429",
        "500",
        "503,500",
        "drop",
        "half",
        "half,drop",
        "garbage",
        "500,garbage",
        "cut",
    ]
    rows = [article(f"g{place}", faults=kinds[place % len(kinds)]) for place in range(48)]
    made = place(rows)
    done = made.annotate()
    assert (done.asked, done.labelled, done.corrupted, done.left) == (48, 36, 12, 0)
    counts = Counter(row["article_id"] for row in made.generations())
    assert len(counts) == 48
    assert set(counts.values()) == {1}
    answered = {name: count for name, count in server.counts()["answered"].items() if name.startswith("g")}
    assert answered == {f"g{place}": 1 for place in range(48)}
    assert made.annotate().asked == 0


def test_an_article_that_always_breaks_the_call_is_corrupted_once_others_are_answered(place):
    made = place([article("h1", faults="half*"), article("h2", faults="500*"), article("h3")], retries=1)
    done = made.annotate()
    assert (done.asked, done.labelled, done.corrupted) == (3, 1, 2)
    reasons = sorted(row["reason"] for row in made.generations())
    assert reasons[1].startswith("no answer after 2 tries: HTTP 500: come later")
    assert reasons[2].startswith("no answer after 2 tries: broken connection: IncompleteRead(")


def test_a_server_that_answers_nothing_is_an_error_and_nothing_counts_as_asked(place):
    made = place([article("i1", faults="500*"), article("i2", faults="500,500,500")], retries=1)
    with pytest.raises(PipelineError, match=r"the model does not answer: no answer after 2 tries: HTTP 500") as caught:
        made.annotate()
    assert caught.value.exit_code == 3
    assert made.generations() == []
    assert made.annotate(limit=1).asked == 1


def test_a_server_that_is_not_there_is_said_soon(tmp_path):
    made = desk(tmp_path / "home", [article("j1")])
    with pytest.raises(
        PipelineError, match=r"the model server http://127.0.0.1:9/v1 cannot be reached: .*refused.*; start"
    ):
        made.annotate()


def test_a_server_that_dies_in_the_middle_leaves_the_rest_unasked(tmp_path):
    rows = [article(f"u{number}") for number in range(30)]
    with model_server("--dies-after", "10") as dying:
        made = desk(tmp_path / "home", rows, dying.base_url, retries=1)
        with pytest.raises(PipelineError, match=r"the model does not answer: .*refused.*; what was answered is kept"):
            made.annotate()
    assert {row["outcome"] for row in made.generations()} == {"labelled"}
    answered = len(made.generations())
    assert answered >= 10
    with model_server() as other:
        done = made.with_settings(base_url=other.base_url).annotate()
    assert (done.asked, done.labelled) == (30 - answered, 30 - answered)


def test_being_told_to_come_later_without_end_leaves_the_article_unasked(place, monkeypatch):
    monkeypatch.setattr("pipeline.annotate.llm.patience.MOST_POSTPONEMENTS", 2)
    made = place([article("wx", faults="429*")])
    with pytest.raises(PipelineError, match=r"the model does not answer: no answer after 3 tries: HTTP 429"):
        made.annotate()
    assert made.generations() == []


def test_an_article_that_the_server_refuses_is_corrupted_once_the_model_is_known_to_answer(place):
    made = place([article("x1", faults="400*"), article("x2")])
    first = made.annotate()
    assert (first.labelled, first.corrupted) == (1, 1)
    again = made.annotate(again=True)  # nothing but the refused one is left
    assert (again.asked, again.corrupted) == (1, 1)


def test_refusals_alone_are_no_answer_of_a_model_that_never_gave_one(place):
    made = place([article("x3", faults="400*")])
    with pytest.raises(PipelineError, match="the model server refuses every article: no answer after 2 tries: HTTP 4"):
        made.annotate()
    assert made.generations() == []


def asked_late(name, faults):
    """An article that comes behind nearly all others in a sample by chance."""
    made = (article(f"{name}{number}", faults=faults) for number in itertools.count())
    return next(row for row in made if lot(row["id"]) > 0.95)


@pytest.mark.parametrize("status", ["302", "403", "404"])
def test_an_odd_status_for_one_article_after_others_were_answered_is_that_article_s(place, status):
    odd = asked_late(f"odd{status}", f"{status}*")
    made = place([odd, *(article(f"even{status}{number}") for number in range(5))], concurrency=1)
    done = made.annotate()
    assert (done.labelled, done.corrupted) == (5, 1)
    assert next(row for row in made.generations() if row["outcome"] == "corrupted")["article_id"] == odd["id"]


def test_want_of_money_stops_the_run_whoever_was_answered_before(place):
    made = place([asked_late("poor", "402*"), *(article(f"rich{number}") for number in range(5))], concurrency=1)
    with pytest.raises(PipelineError, match=r"answered 402: come later, .*; top the account up, then run again"):
        made.annotate()
    assert {row["outcome"] for row in made.generations()} == {"labelled"}


def test_a_completion_with_another_status_of_success_is_an_answer(place):
    assert place([article("y9", faults="201")]).annotate().labelled == 1


def test_a_message_without_text_is_kept_whole(place):
    made = place([article("tool", faults="tools")])
    assert made.annotate().corrupted == 1
    (row,) = made.generations()
    assert json.loads(row["raw"])["tool_calls"][0]["id"] == "1"
    assert row["reason"] == "the message holds no text"


def test_a_response_that_is_too_large_is_corrupted_at_once_and_not_kept_whole(place):
    made = place([article("big", faults="big*"), article("small")])
    assert made.annotate().corrupted == 1
    row = next(row for row in made.generations() if row["outcome"] == "corrupted")
    assert (row["reason"], row["tries"]) == ("a response of more than 1048576 bytes", 1)
    assert len(row["raw"]) <= 2000


def test_every_try_that_the_server_took_up_is_counted(place):
    rows = [article("paid", faults="500,half,429")]
    made = place(rows)
    expected = estimate(made.home, made.settings, AnnotateChoice()).prompt_tokens
    done = made.annotate()
    assert (done.prompt_tokens, done.completion_tokens) == (300 + 2 * expected, 10 + 2 * 20)


def test_calls_that_found_no_server_cost_nothing():
    budget = Budget(AnnotatorSettings())
    asked = Question("a", (), "p", "", "статья")
    list(budget.within(iter([asked])))
    call = SimpleNamespace(article_id="a", prompt_tokens=None, completion_tokens=None)
    budget.settle(call, charged=0)
    assert (budget.prompt_tokens, budget.completion_tokens, budget.expected) == (0, 0, {})


def test_a_budget_in_money_without_prices_is_refused(place):
    made = place([article("free")], budget_money=0.5)
    needs = r"annotator.budget_money = 0.5 needs annotator.price_in and annotator.price_out, both are 0"
    with pytest.raises(PipelineError, match=needs) as caught:
        made.annotate()
    assert caught.value.exit_code == 2
    with pytest.raises(PipelineError, match=needs):
        estimate(made.home, made.settings, AnnotateChoice())


def test_a_home_without_articles_is_said(place):
    made = place([])
    with pytest.raises(PipelineError, match=r"no articles in .*home yet; run: rubrika ingest FILE"):
        made.annotate()
    with pytest.raises(PipelineError, match="no articles in"):
        estimate(made.home, made.settings, AnnotateChoice())


def test_an_estimate_neither_needs_the_lock_nor_moves_what_is_written_down(place):
    made = place([article("est1"), article("est2")])
    made.annotate(limit=1)
    (call,) = made.generations()
    other = next(row["id"] for row in (article("est1"), article("est2")) if row["id"] != call["article_id"])
    call |= {"id": "new", "article_id": other, "asked_at": call["asked_at"].isoformat()}
    with Journal(made.path / "annotating") as journal:
        journal.append(call)
        assert estimate(made.home, made.settings, AnnotateChoice()).articles == 0
    assert len(made.generations()) == 1
    assert list((made.path / "annotating").glob("*.jsonl"))


def test_a_damaged_line_of_an_earlier_run_is_named(place):
    made = place([article("dam")])
    (made.path / "annotating").mkdir()
    (made.path / "annotating" / "1.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(
        StoreError, match=r"1.jsonl, line 1: is not a record of this journal: '{\"a\": 1}'; mend or delete"
    ):
        made.annotate()


def test_a_long_wait_that_the_server_asks_for_is_said(place, monkeypatch):
    monkeypatch.setattr("pipeline.annotate.llm.http.SAID_WAIT", 0.05)
    said = []
    place([article("wait", faults="429")]).annotate(say=said.append)
    assert said == ["the model server asks to be left alone: waiting 0 s"]


def test_a_token_budget_is_never_passed_and_what_was_done_is_kept(place):
    made = place([article(f"k{number}") for number in range(20)], budget_tokens=3000, max_tokens=20)
    done = made.annotate()
    assert done.budget_reached
    assert 2000 <= done.tokens <= 3000
    assert done.asked == len(made.generations()) == done.tokens // 310
    assert done.left == 20 - done.asked


def test_a_money_budget_stops_too(place):
    made = place([article(f"l{number}") for number in range(20)], budget_money=1.0, price_in=500.0, price_out=1000.0)
    done = made.annotate()
    assert done.budget_reached
    assert done.cost == pytest.approx(done.asked * (300 * 500 + 10 * 1000) / 1e6)
    assert done.cost <= 1.0


def test_an_estimate_asks_nothing(place, server):
    made = place([article(f"m{number}") for number in range(5)], price_in=1000.0)
    said = estimate(made.home, made.settings, AnnotateChoice(limit=4))
    assert said.articles == 4
    assert said.prompt_tokens > 4 * 300
    assert said.tokens == said.prompt_tokens + said.completion_tokens
    assert said.cost == pytest.approx(said.prompt_tokens / 1000, abs=1e-3)
    assert not any(name.startswith("m") for name in server.counts()["asked"])


def test_too_long_articles_are_cut(place):
    made = place([article("n1", text="слово " * 5000)], max_chars=500)
    assert estimate(made.home, made.settings, AnnotateChoice()).prompt_tokens < 1500


def test_the_export_is_the_table_with_the_generation_beside_the_labels(place, tmp_path):
    made = place([article("o1", "politics, sport", day=datetime(2024, 5, 6, tzinfo=UTC)), article("o2", "?", day=None)])
    done = made.annotate(export=tmp_path / "table.csv")
    assert done.exported == 2
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["title"]: row for row in csv.DictReader(file)}
    names = ["id", "source", "title", "text", "publication_date", "politics", "economy", "sport", "generation"]
    first, second = rows["Заметка o1"], rows["Заметка o2"]
    assert list(first) == names
    assert [first[name] for name in names[4:]] == ["2024-05-06T00:00:00+00:00", "1", "0", "1", "politics, sport"]
    assert [second[name] for name in names[4:]] == ["", "", "", "", "?"]


def test_the_export_writes_over_nothing_and_asks_nothing_then(place, tmp_path):
    (tmp_path / "table.csv").write_text("mine")
    made = place([article("p1")])
    with pytest.raises(PipelineError, match=r"table.csv is there already; move it away"):
        made.annotate(export=tmp_path / "table.csv")
    assert made.generations() == []


def test_two_runs_at_once_in_one_home_are_refused(place):
    made = place([article("q1")])
    with Journal(made.path / "annotating"), pytest.raises(StoreError, match=r"another process is writing .*annotating"):
        made.annotate()


def test_an_unknown_category_and_a_missing_template_are_refused(place):
    made = place([article("r1")])
    with pytest.raises(PipelineError, match="no category 'weather'; there are: politics, economy, sport"):
        made.annotate("weather")
    with pytest.raises(Exception, match=r"prompt template /none.txt: cannot be read"):
        made.with_settings(template="/none.txt").annotate()


def test_at_most_so_many_calls_are_under_way(tmp_path):
    with model_server("--delay", "0.05") as slow:
        desk(tmp_path / "home", [article(f"s{n}") for n in range(24)], slow.base_url, concurrency=6).annotate()
        assert slow.counts()["most_under_way"] == 6


def test_a_server_without_structured_output_is_asked_without(tmp_path):
    with model_server("--no-schema") as old:
        made = desk(tmp_path / "home", [article("t1"), article("t2")], old.base_url, concurrency=1)
        assert made.annotate().labelled == 2
        strict = made.with_settings(structured="json_schema", model="strict")
        with pytest.raises(PipelineError, match="HTTP 400: response_format is not supported"):
            strict.annotate()


def test_a_model_without_the_system_role_is_asked_in_one_message_from_then_on(tmp_path):
    with model_server("--no-system") as gemma:
        made = desk(tmp_path / "home", [article(f"v{n}") for n in range(6)], gemma.base_url, concurrency=1)
        assert made.annotate().labelled == 6
        assert gemma.counts()["asked"]["system"] == 1
