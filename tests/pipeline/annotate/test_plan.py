import pytest

from pipeline.annotate.plan import Plan, Prompts, questions
from pipeline.setup.errors import PipelineError
from pipeline.setup.settings import Settings
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


@pytest.mark.parametrize(
    ("key", "title", "name", "instead"),
    [
        ("categories", "Рубрикатор", "categories", "categories_news"),
        ("answer", "Ответ", "answer", "answer_news"),
        ("misc", "КАТЕГОРИИ", "КАТЕГОРИИ", "--title 'КАТЕГОРИИ — новости'"),
        ("misc", "Нет", "Нет", "--title 'Нет — новости'"),
    ],
)
def test_a_category_that_no_answer_could_name_is_refused_with_the_command_that_renames_it(key, title, name, instead):
    settings = Settings(categories={"politics": {"title": "Политика"}, key: {"title": title}})
    with pytest.raises(PipelineError, match=f"{key!r} is called {name!r}, a word .*rename {key} {instead}$") as caught:
        Prompts(settings, ["politics", key])
    assert caught.value.exit_code == 2
    assert Prompts(settings, ["politics"]).topics
