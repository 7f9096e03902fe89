"""Protocol: what every language model is given and gives back, whether over the network or in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

Kept = TypeVar("Kept")
Heard = Literal["answered", "refused", "failed", "silent", "alien", "thoughts"]


@dataclass(frozen=True)
class Topic:
    """One category as the model is told of it: the key it shall answer, the title, and what belongs there."""

    key: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Question:
    """One call: one article and the categories that it is asked about.

    Parameters
    ----------
    prompt
        Name of the prompt, the same for all articles asked about the same categories in the same words.
    system
        The instructions.
    user
        The article, fenced.
    """

    article_id: str
    topics: tuple[Topic, ...]
    prompt: str
    system: str
    user: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The categories asked about."""
        return tuple(topic.key for topic in self.topics)


@dataclass(frozen=True)
class Reply:
    """What came back of one call.

    Parameters
    ----------
    text
        The raw generation, or whatever came instead of one.
    problem
        Why the text cannot be an answer; empty when it may be one.
    heard
        ``answered``: the model spoke. ``refused``: its server does not take this article. ``failed``: the server broke
        over it, again and again. ``silent``: it was not there, which says nothing of the article. ``alien``: something
        answered that speaks another protocol, as a login page does. ``thoughts``: a model that has not given any answer
        yet thought and came to no word.
    prompt_tokens, completion_tokens
        As the model counted them; None where it does not say.
    seconds
        From the first attempt to the last byte.
    tries, charged
        Attempts made, and those that may have to be paid: all but those that the server did not take up.
    """

    question: Question
    text: str
    problem: str = ""
    heard: Heard = "answered"
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    seconds: float = 0.0
    tries: int = 1
    charged: int = 1


class ModelClient(Protocol):
    """A language model that can be asked."""

    def answers(self, questions: Iterable[Question], keep: Callable[[Reply], Kept]) -> Iterator[Kept]:
        """Ask every question once and yield what ``keep`` makes of the replies, in the order they come.

        Parameters
        ----------
        questions
            Taken one by one, not long before they are asked.
        keep
            Called with each reply as soon as it is there, perhaps on another thread.
        """
