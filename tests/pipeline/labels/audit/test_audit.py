import csv
import io
from pathlib import Path

import pytest

from pipeline.categories.rename import rename_category
from pipeline.labels.audit.draw import AuditChoice, draw_audit
from pipeline.labels.audit.result import audit_result
from pipeline.labels.import_labels import import_labels
from tests.pipeline.support.annotating import article, store_articles
from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import IDS, Desk
from tests.pipeline.support.homes import truth_of

TRUTH = {key: {row: int(value) for row, value in enumerate(truth_of(key))} for key in ("economy", "culture")}
YES = sum(TRUTH["culture"].values())


@pytest.fixture
def desk(tmp_path):
    """A model that misses two articles of culture and finds one that is none."""
    desk = Desk(tmp_path)
    desk.say("economy", TRUTH["economy"], "llm:tiny")
    desk.say("culture", TRUTH["culture"] | {2: 0, 7: 0, 3: 1}, "llm:tiny")
    return desk


@pytest.fixture
def rubrika(desk):
    return Rubrika(desk.home.path, desk.file)


def lines(file):
    text = Path(file).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if text.startswith("id;") else ","))


def fill_in(file, part=1.0, delimiter=";"):
    """What an editor does, in a spreadsheet of its own mind, from the top."""
    rows = lines(file)
    for row in rows[: round(part * len(rows))]:
        for key in TRUTH:
            if row.get(key) == "?":
                row[key] = str(TRUTH[key][IDS.index(row["id"])])
    with Path(file).open("w", encoding="utf-8-sig", newline="") as target:
        table = csv.DictWriter(target, rows[0], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)


def test_the_table_asks_about_the_sample_and_tells_nothing_of_what_was_said(desk, rubrika):
    done = rubrika.json("labels", "audit", "-n", "20")
    assert done["annotator"] == "llm:tiny"
    assert done["file"] == str(desk.home.path / "review" / f"audit-{done['audit']}.csv")
    rows = lines(done["file"])
    assert list(rows[0]) == ["id", "source", "title", "text", "comment", "economy", "culture"]
    assert len(rows) == done["articles"] <= 20
    assert {cell for row in rows for cell in (row["economy"], row["culture"])} == {"?", ""}
    asked = {key: {row["id"] for row in rows if row[key]} for key in TRUTH}
    for key, of in done["categories"].items():
        assert of["no"]["drawn"] == 3 * of["yes"]["drawn"]
        assert of["yes"]["population"] + of["no"]["population"] == 60
        assert len(asked[key]) == of["yes"]["drawn"] + of["no"]["drawn"]
    assert done["questions"] == sum(map(len, asked.values()))
    both = next(row for row in rows if row["economy"] and row["culture"])
    assert both["comment"].startswith("Вместо «?» поставьте 1, если новость относится к рубрике, и 0, если нет.")
    assert both["comment"].endswith("Рубрики: Экономика, Культура")


def test_a_whole_check_finds_the_model_s_precision_and_recall_exactly(rubrika):
    done = rubrika.json("labels", "audit", "-n", "60")
    fill_in(done["file"])
    assert rubrika.json("labels", "import", done["file"], "--annotator", "editor:анна")["unmatched"] == 0
    said = rubrika.json("labels", "audit", "--result")
    assert (said["answered"], said["unanswered"], said["editors"]) == (120, 0, ["editor:анна"])
    exact = {"precision": (YES - 2) / (YES - 1), "recall": (YES - 2) / YES, "prevalence": YES / 60}
    for name, value in exact.items():
        assert list(said["categories"]["culture"][name].values()) == pytest.approx([value] * 3)
    assert said["categories"]["economy"]["recall"] == {"value": 1, "low": 1, "high": 1}


def test_half_an_answer_gives_wider_intervals_and_says_how_much_is_open(rubrika):
    done = rubrika.json("labels", "audit", "-n", "60", "--category", "culture")
    fill_in(done["file"], 0.5)
    rubrika.json("labels", "import", done["file"], "--annotator", "editor:анна")
    said = rubrika("labels", "audit", "--result", done["audit"][:4])
    assert "30 cells answered by editor:анна, 30 not yet\n" in said.out
    assert "to narrow the intervals, fill in more of its table and import it again\n" in said.out
    half = rubrika.json("labels", "audit", "--result")["categories"]["culture"]
    for name, value in (("precision", (YES - 2) / (YES - 1)), ("recall", (YES - 2) / YES)):
        assert half[name]["low"] <= value <= half[name]["high"]
        assert half[name]["high"] - half[name]["low"] > 0.05


def test_the_estimate_is_of_what_was_drawn_whatever_the_model_says_since(desk):
    drawn = draw_audit(desk.home, desk.settings, AuditChoice(articles=60))
    fill_in(drawn.file)
    import_labels(desk.home, desk.settings, drawn.file, annotator="editor:анна")
    before = audit_result(desk.home, desk.settings)
    desk.say("culture", dict.fromkeys(range(60), 1), "llm:tiny")
    desk.say("culture", {0: 1}, "llm:other")
    assert audit_result(desk.home, desk.settings) == before


def test_the_same_again_changes_nothing_and_a_table_that_was_filled_in_is_not_overwritten(desk, rubrika):
    first = rubrika.json("labels", "audit", "-n", "20")
    assert rubrika.json("labels", "audit", "-n", "20") == first
    assert len(rubrika.json("sql", "SELECT DISTINCT audit FROM audits")) == 1
    fill_in(first["file"], delimiter=",")
    before = Path(first["file"]).read_bytes()
    again = rubrika("labels", "audit", "-n", "20")
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "is there already and somebody may have filled it in; import it or move it away" in again.err
    assert Path(first["file"]).read_bytes() == before
    other = rubrika.json("labels", "audit", "-n", "20", "--seed", "1")
    assert other["audit"] != first["audit"]


def test_what_an_editor_decided_before_is_not_asked_again(desk, rubrika, tmp_path):
    first = rubrika.json("labels", "audit", "-n", "20")
    fill_in(first["file"])
    rubrika.json("labels", "import", first["file"], "--annotator", "editor:анна")
    more = rubrika.json("labels", "audit", "-n", "40", "--out", tmp_path / "more.csv")
    assert not {row["id"] for row in lines(tmp_path / "more.csv")} & {
        row["id"] for row in lines(first["file"]) if row["economy"] and row["culture"]
    }
    answered = sum(one["answered"] for of in more["categories"].values() for one in of.values())
    assert answered == first["questions"]
    rest = rubrika.json("labels", "audit", "-n", "20", "--out", tmp_path / "rest.csv")
    assert (rest["file"], rest["questions"], len(rest["next"])) == (None, 0, 1)
    assert not (tmp_path / "rest.csv").exists()


def test_only_editors_answer_and_nobody_checks_himself(desk):
    desk.say("economy", TRUTH["economy"], "editor:анна")
    desk.say("economy", TRUTH["economy"], "import:gold.csv")
    drawn = draw_audit(desk.home, desk.settings, AuditChoice("editor:анна", 20, ["economy"]))
    assert drawn.questions == drawn.articles
    desk.say("economy", dict.fromkeys(range(60), 1), "editor:вера")
    desk.say("economy", TRUTH["economy"], "editor:вера")
    assert audit_result(desk.home, desk.settings).editors == ("editor:вера",)


def test_a_cell_that_a_spreadsheet_takes_for_a_formula_is_defused(desk):
    rows = [article(f"f{n}", text="т") | {"title": f'=HYPERLINK("http://x.example/{n}")'} for n in range(3)]
    store_articles(desk.home, [row | {"id": f"{n}" * 32} for n, row in enumerate(rows)])
    desk.say("politics", {0: 1, 1: 0})
    table = desk.home.path / "t.csv"
    table.write_text("".join(["id,politics\n", *(f"{str(n) * 32},{n % 2}\n" for n in range(3))]))
    import_labels(desk.home, desk.settings, table)
    drawn = draw_audit(desk.home, desk.settings, AuditChoice("import:t.csv", 3, ["politics"]))
    assert [row["title"][:11] for row in lines(drawn.file)] == ["'=HYPERLINK"] * 3


def test_a_renamed_category_keeps_its_audit(desk):
    drawn = draw_audit(desk.home, desk.settings, AuditChoice(articles=60))
    fill_in(drawn.file)
    import_labels(desk.home, desk.settings, drawn.file, annotator="editor:анна")
    before = audit_result(desk.home, desk.settings).categories["culture"]
    rename_category(desk.home, desk.settings, desk.file, "culture", "arts", None)
    assert audit_result(desk.home, desk.settings).categories["arts"] == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("-n", "3"), 2, "-n 3 articles are too few for 2 categories; give -n "),
        (("--annotator", "llm:gpt"), 2, "no opinions of 'llm:gpt'; there are: llm:tiny"),
        (
            ("--category", "politics"),
            2,
            "llm:tiny has no labels for politics; see who said what with: rubrika labels stats",
        ),
        (("--out", "t.xlsx"), 2, "t.xlsx: the table is a CSV; choose a name that ends in .csv"),
        (("--result",), 2, "no audit was drawn yet; draw one with: rubrika labels audit"),
        (
            ("--result", "-n", "5"),
            2,
            "--result takes an audit's id and --json, nothing else; see: rubrika labels audit",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(rubrika, arguments, code, said):
    result = rubrika("labels", "audit", *arguments)
    assert (result.code, result.err.count("\n")) == (code, 1)
    assert said in result.err


def test_with_nothing_answered_it_says_what_to_do(rubrika):
    done = rubrika.json("labels", "audit", "-n", "20")
    result = rubrika("labels", "audit", "--result")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert (
        f"audit {done['audit']}: none of {done['questions']} cells is answered by an editor yet; fill in {done['file']}"
        in result.err
    )
    assert "then: rubrika labels import FILE --annotator editor:NAME" in result.err
    assert "no audit 'zz'; there are: " + done["audit"] in rubrika("labels", "audit", "--result", "zz").err


def test_whose_labels_are_meant_must_be_clear(desk, rubrika):
    desk.say("economy", {0: 1}, "llm:other")
    said = rubrika("labels", "audit").err
    assert "several models labelled: llm:other, llm:tiny; say whose labels to check with --annotator NAME" in said
    (empty := desk.home.path.with_name("nobody")).mkdir()
    nobody = Rubrika(empty, desk.file)("labels", "audit").err
    assert "no model has labelled; there are: no labels; say whose labels to check with --annotator NAME" in nobody


def test_a_person_reads_what_was_drawn_what_to_do_and_what_came_of_it(rubrika):
    said = rubrika("labels", "audit", "-n", "60").out
    assert "of llm:tiny: 60 articles to read, 120 cells to fill in\n" in said
    file = said.split("fill in ")[1].split(": 1 or 0")[0]
    assert f"next: rubrika labels import {file} --annotator editor:NAME\nnext: rubrika labels audit --result " in said
    fill_in(file)
    rubrika.json("labels", "import", file, "--annotator", "editor:анна")
    found = rubrika("labels", "audit", "--result").out
    assert f"{YES - 2} of {YES - 1}" in found
    assert "120 cells answered by editor:анна, 0 not yet\n" in found
