"""The settings file as a person wrote it: its categories are edited, its comments, order and formatting stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Item, Table, Whitespace

from models.files import write_atomically
from pipeline.setup.errors import PipelineError


class SettingsFile:
    """A settings file that is being edited; nothing is on disk before :meth:`write`.

    Parameters
    ----------
    path
        The file; it must exist.

    Raises
    ------
    PipelineError
        When there is no such file, it is not TOML, or its categories are not tables (exit code 2).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.document = tomlkit.parse(path.read_bytes())
        except FileNotFoundError as error:
            how = "name one with: rubrika --config FILE category ..., or begin an empty one with: touch rubrika.toml"
            raise PipelineError(f"no settings file {path}; {how}", exit_code=2) from error
        except (TOMLKitError, UnicodeDecodeError) as error:
            raise PipelineError(f"settings file {path} is not TOML: {error}", exit_code=2) from error
        if "categories" not in self.document:
            # A super table writes no header of its own, so that only [categories.KEY] appears.
            self.document.add("categories", tomlkit.table(is_super_table=True))
        categories = self.document["categories"]
        if not isinstance(categories, Table):
            how = "write each as a table [categories.KEY], one after another"
            raise PipelineError(f"the categories in {path} cannot be edited as they are written; {how}", exit_code=2)
        self.categories = categories

    def require(self, key: str) -> None:
        """Refuse a category that is set elsewhere, in the environment, and so cannot be edited here."""
        if key not in self.categories:
            raise PipelineError(f"category {key!r} is not in {self.path} but in the environment; change it there", 2)

    def add(self, key: str, fields: Mapping[str, Any]) -> None:
        """Add a category behind the others."""
        table = tomlkit.table()
        table.update(fields)
        self.categories.append(key, table)

    def remove(self, key: str) -> None:
        """Take a category out; comments behind its last line belong to what follows and stay."""
        tables = list(self.categories.items())
        place = [name for name, _ in tables].index(key)
        left = comments_behind(tables.pop(place)[1])
        before = tables[place - 1][1] if place else None
        if isinstance(before, Table):
            for comment in left:
                before.add(comment)
        self._rebuild(key, tables, left if before is None else [])

    def rename(self, old: str, new: str) -> None:
        """Give a category another key, in its place."""
        table = self.categories[old]
        if isinstance(table, Table):
            table.invalidate_display_name()  # else the old header is written, which the library keeps as it was read
        self._rebuild(old, [(new if key == old else key, item) for key, item in self.categories.items()], [])

    def _rebuild(self, gone: str, tables: Sequence[tuple[str, Item]], comments: Sequence[Comment | Whitespace]) -> None:
        """Write the categories anew in the given order: the library can only append."""
        for key in [gone, *(key for key, _ in tables if key in self.categories)]:
            self.categories.remove(key)
        for comment in comments:
            self.categories.add(comment)
        for key, item in tables:
            indent = item.trivia.indent  # appending resets it
            self.categories.append(key, item)
            item.trivia.indent = indent

    def set_title(self, key: str, title: str) -> None:
        """Give a category another title."""
        self.categories[key]["title"] = title

    def write(self) -> None:
        """Write the file whole or not at all, through a link and with its permissions."""
        # Resolved, since renaming a new file over a link would replace the link and leave the file it names as it was.
        path = self.path.resolve()
        mode = path.stat().st_mode
        write_atomically(path, self.document.as_string())
        path.chmod(mode)


def comments_behind(table: Item) -> list[Comment | Whitespace]:
    """The comments and empty lines behind a table's last value, from its first comment on."""
    items = [item for _, item in table.value.body] if isinstance(table, Table) else []
    last = max((place for place, item in enumerate(items) if not isinstance(item, Comment | Whitespace)), default=-1)
    behind = [item for item in items[last + 1 :] if isinstance(item, Comment | Whitespace)]
    return behind if any(isinstance(item, Comment) for item in behind) else []
