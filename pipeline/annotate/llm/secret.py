"""The key of a paid model: read from the environment, sent in one header, taken out of everything that comes back."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.entities import html5

from pipeline.setup.errors import PipelineError

HIDDEN = "[key]"
SHORTEST = 8


@dataclass(frozen=True)
class Secret:
    """A key that no ``repr`` shows; empty where there is none."""

    value: str = field(repr=False)

    def headers(self) -> dict[str, str]:
        """Return the header that carries the key; without one, none: a server of one's own needs none."""
        return {"Authorization": f"Bearer {self.value}"} if self.value else {}

    def hide(self, text: str) -> str:
        """Take the key out of a text: servers quote it in errors, as it is or escaped for JSON, an address or HTML.

        What is shorter than a key can be, like the ``EMPTY`` or ``none`` that a server of one's own takes, stays: it
        may be a word of the answer.
        """
        return self.forms.sub(HIDDEN, text) if len(self.value) >= SHORTEST else text

    @cached_property
    def forms(self) -> re.Pattern[str]:
        """The key with any of its letters escaped in any way."""
        return re.compile("".join(map(escaped, self.value)))


def escaped(letter: str) -> str:
    r"""A pattern of a letter and of its escapes: ``\/``, ``\u002f``, ``%2F``, ``&#47;``, ``&#x2f;``, ``&sol;``."""
    code = f"{ord(letter):02x}"
    names = "|".join(name for name, meant in html5.items() if meant == letter and name.endswith(";"))
    entity = f"&(?:amp;)*(?:#0*{ord(letter)};|#[xX]0*(?i:{code});{'|' + names if names else ''})"
    return rf"(?:\\*(?:{re.escape(letter)}|u00(?i:{code}))|%(?:25)*(?i:{code})|{entity})"


def read_secret(variable: str) -> Secret:
    """Read the key from the environment variable that the settings name.

    Raises
    ------
    PipelineError
        When that is no name of a variable, so perhaps the key itself, or the key has letters that no header can carry
        (exit code 2). Neither is shown.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", variable):
        how = "it names the variable that holds the key, like OPENAI_API_KEY, and is never the key itself"
        raise PipelineError(f"annotator.api_key_env is no name of an environment variable; {how}", exit_code=2)
    value = os.environ.get(variable, "").strip()
    if not re.fullmatch(r"[!-~]*", value):
        raise PipelineError(f"the key in {variable} has blanks or letters that no key has; export it again", 2)
    return Secret(value)
