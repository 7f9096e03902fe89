import pytest

from pipeline.annotate.plan import Plan, Prompts, questions
from tests.pipeline.support.annotating import article, desk


@pytest.mark.parametrize(
    ("title", "text", "most"),
    [("Заголовок", "слово " * 5000, 500), ("слово " * 5000, "Текст.", 500), ("б" * 50_000, "в" * 50_000, 300)],
)
def test_title_and_text_together_are_cut(tmp_path, title, text, most):
    row = {**article("a"), "title": title, "text": text}
    made = desk(tmp_path / "home", [row])
    prompts = Prompts(made.settings, ["sport"])
    (asked,) = questions(made.home, Plan({row["id"]: ("sport",)}, 0), prompts, most)
    around = len(prompts[("sport",)].ask("a", "", "").user)
    assert most - 10 <= len(asked.user) - around <= most + 4  # the marks where they are cut


def test_a_short_article_is_asked_about_whole(tmp_path):
    row = article("a")
    made = desk(tmp_path / "home", [row])
    (asked,) = questions(made.home, Plan({row["id"]: ("sport",)}, 0), Prompts(made.settings, ["sport"]), 200)
    assert f"{row['title']}\n\n{row['text']}\n" in asked.user
