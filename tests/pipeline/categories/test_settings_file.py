import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.categories.settings_file import SettingsFile
from pipeline.setup.errors import PipelineError

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
REAL = (Path(__file__).parents[3] / "rubrika.toml").read_text(encoding="utf-8")


def edited(folder, text, edit):
    path = folder / "rubrika.toml"
    path.write_bytes(text.encode())
    document = SettingsFile(path)
    edit(document)
    document.write()
    return path.read_bytes().decode()


def comments(text):
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


def test_a_rename_changes_the_key_and_not_one_byte_more(tmp_path):
    for key in tomllib.loads(REAL)["categories"]:
        after = edited(tmp_path, REAL, lambda document, key=key: document.rename(key, "neu"))
        assert after == REAL.replace(f"[categories.{key}]", "[categories.neu]")


def test_a_title_changes_and_not_one_byte_more(tmp_path):
    after = edited(tmp_path, REAL, lambda document: document.set_title("sport", "Спорт и игры"))
    assert after == REAL.replace('"Спорт"', '"Спорт и игры"')


def test_what_is_added_stands_behind_the_rest_and_taking_it_out_gives_the_file_back(tmp_path):
    after = edited(tmp_path, REAL, lambda document: document.add("weather", {"title": "Погода"}))
    assert after == REAL + '\n[categories.weather]\ntitle = "Погода"\n'
    assert edited(tmp_path, after, lambda document: document.remove("weather")) == REAL + "\n"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_comment_about_the_next_category_stays_when_the_one_before_it_is_removed(tmp_path, place):
    text = "\n".join(f'# about {key}\n[categories.{key}]\ntitle = "{key}"  # said {key}\n' for key in "abc")
    after = edited(tmp_path, text, lambda document: document.remove("abc"[place]))
    assert comments(after) == comments(text)
    assert list(tomllib.loads(after)["categories"]) == [key for key in "abc" if key != "abc"[place]]


def test_a_file_without_categories_gets_its_first_and_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.toml", tmp_path / "rubrika.toml"
    real.write_text("# mine\n[train]\nfolds = 3  # few\n", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    document = SettingsFile(link)
    document.add("sport", {"title": "Спорт"})
    document.write()
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_text() == '# mine\n[train]\nfolds = 3  # few\n\n[categories.sport]\ntitle = "Спорт"\n'


@given(
    st.dictionaries(KEYS, TITLES, min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(["add", "remove", "rename", "title"]), KEYS, TITLES), max_size=6),
)
def test_any_edits_leave_what_they_say_in_the_order_it_was_and_every_comment(tmp_path_factory, start, edits):
    folder = tmp_path_factory.mktemp("edits")
    text = "# top\n[train]\nfolds = 3  # few\n\n# categories\n"
    text += "\n".join(f'[categories.{key}]\ntitle = "x"\n# behind {key}\n' for key in start)
    expected = dict.fromkeys(start, "x")
    for what, key, title in edits:
        if (key in expected) == (what == "add") or not expected:
            key = next(iter(expected), key)
        before = dict(expected)
        if what == "remove" and key in expected:
            del expected[key]
            text = edited(folder, text, lambda document, key=key: document.remove(key))
        elif what == "title" and key in expected:
            expected[key] = title
            text = edited(folder, text, lambda document, key=key, title=title: document.set_title(key, title))
        elif what == "rename" and key in expected and "zz" not in expected:
            expected = {("zz" if name == key else name): title for name, title in before.items()}
            text = edited(folder, text, lambda document, key=key: document.rename(key, "zz"))
        elif what == "add" and key not in expected:
            expected[key] = title
            text = edited(folder, text, lambda document, key=key, title=title: document.add(key, {"title": title}))
        after = tomllib.loads(text)
        assert [(name, category["title"]) for name, category in after.get("categories", {}).items()] == list(
            expected.items()
        )
        assert after["train"] == {"folds": 3}
        assert sorted(comments(text)) == sorted(["# top", "# categories", *(f"# behind {key}" for key in start)])


def test_a_missing_file_says_how_to_begin(tmp_path):
    with pytest.raises(PipelineError, match=r"no settings file .*rubrika.toml; name one with: rubrika --config FILE"):
        SettingsFile(tmp_path / "rubrika.toml")


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "rubrika.toml").write_text("[categories\n")
    with pytest.raises(PipelineError, match=r"rubrika\.toml is not TOML: "):
        SettingsFile(tmp_path / "rubrika.toml")


@pytest.mark.parametrize(
    "text",
    ['categories = {a = {title = "A"}}\n', '[categories.a]\ntitle = "A"\n[train]\n[categories.b]\ntitle = "B"\n'],
)
def test_categories_that_cannot_be_edited_safely_are_refused_with_how_to_write_them(tmp_path, text):
    (tmp_path / "rubrika.toml").write_text(text)
    with pytest.raises(
        PipelineError, match=r"cannot be edited as they are written; write each as a table \[categories"
    ):
        SettingsFile(tmp_path / "rubrika.toml")
