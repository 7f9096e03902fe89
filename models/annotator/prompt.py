"""The prompt: the newsroom's categories and one article become the words that the model reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from models.annotator.protocol import Question, Topic
from models.errors import ModelError
from models.fingerprint import fingerprint

SHIPPED = Path(__file__).with_name("prompt.txt")
BLOCKS = ("system", "article")


class Prompt:
    """The words of a template about some categories.

    Parameters
    ----------
    template
        Jinja text with the blocks ``system`` and ``article``.
    topics
        The categories asked about.

    Raises
    ------
    ModelError
        For a template that cannot be read as one or written out, lacks one of the blocks, or asks about something else
        than the article and the categories (exit code 2).
    """

    def __init__(self, template: str, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self.id = fingerprint([template, [asdict(topic) for topic in topics]])
        environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        try:
            self.template = environment.from_string(template)
        except TemplateError as error:
            raise ModelError(f"prompt template: {error}; an example is {SHIPPED}", exit_code=2) from error
        for block in BLOCKS:
            if block not in self.template.blocks:
                how = f"write {{% block {block} %}} ... {{% endblock %}} as in {SHIPPED}"
                raise ModelError(f"prompt template: no block {block!r}; {how}", exit_code=2)
        self._require_everything()

    @cached_property
    def system(self) -> str:
        """The instructions, the same for every article."""
        return self._render("system", categories=self.topics)

    def ask(self, article_id: str, title: str, text: str) -> Question:
        """Ask about one article; it stands between fences that it cannot contain, being named by its own hash."""
        fence = "статья-" + hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:12]
        user = self._render("article", categories=self.topics, fence=fence, title=title, text=text)
        return Question(article_id, self.topics, self.id, self.system, user)

    @property
    def text(self) -> str:
        """All words of the prompt, with names in braces where the article stands."""
        article = self._render("article", categories=self.topics, fence="{fence}", title="{title}", text="{text}")
        return f"{self.system}\n\n{article}"

    def _require_everything(self) -> None:
        """Refuse a template that a model could not judge by: it would be paid for nothing."""
        fence, title, text = marks = ("mark-fence", "mark-title", "mark-text")
        article = self._render("article", categories=self.topics, fence=fence, title=title, text=text).casefold()
        for mark in marks:
            if mark not in article:
                name = mark.removeprefix("mark-")
                how = f"write {{{{ {name} }}}} there as in {SHIPPED}"
                raise ModelError(f"prompt template, block 'article': without {name}; {how}", exit_code=2)
        before, _, after = article.partition(text)
        if fence not in before or fence not in after:
            how = f"write {{{{ fence }}}} before and behind {{{{ text }}}} as in {SHIPPED}"
            raise ModelError(
                f"prompt template, block 'article': the text is not between two fences; {how}", exit_code=2
            )
        lost = [topic.key for topic in self.topics if not holds_word(f"{self.system}\n{article}", topic.key)]
        if lost:
            how = f"go through categories with {{{{ category.key }}}} as in {SHIPPED}"
            raise ModelError(f"prompt template: no category {lost[0]!r} in it; {how}", exit_code=2)

    def _render(self, block: str, **values: object) -> str:
        try:
            context = self.template.new_context(values)
            return "".join(self.template.blocks[block](context)).strip()
        except Exception as error:  # a template is somebody's code and may raise anything
            reason = str(error) or type(error).__name__
            names = "categories, and in the article fence, title and text"
            raise ModelError(f"prompt template, block {block!r}: {reason}; there are: {names}", exit_code=2) from error


def holds_word(text: str, word: str) -> bool:
    """Whether a text holds a word that is not part of another one."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE))


def read_template(path: str) -> str:
    """Read a person's template; an empty path gives the shipped one.

    Raises
    ------
    ModelError
        When it cannot be read (exit code 2).
    """
    try:
        return (Path(path) if path else SHIPPED).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        how = "empty means the shipped one"
        raise ModelError(f"prompt template {path}: cannot be read as UTF-8 text; {how}", exit_code=2) from error


def cut(text: str, most: int) -> str:
    """Cut a text that is longer than ``most`` characters, between words where there are any."""
    if len(text) <= most:
        return text
    whole, _, _ = text[:most].rpartition(" ")
    return (whole or text[:most]) + " …"
