"""Wire: what the bytes of an OpenAI-compatible server say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

MOST_TOKENS = 2**31 - 1
THOUGHTS = ("reasoning_content", "reasoning", "thinking")  # as vLLM and DeepSeek, OpenRouter, and Ollama name them


@dataclass(frozen=True)
class Answer:
    """What a whole response holds: the generation, its tokens, and why it cannot be an answer where it cannot."""

    text: str
    problem: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


def read_body(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The JSON of a response; None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def error_in(parsed: Any) -> tuple[int, str]:  # noqa: ANN401 - whatever JSON holds
    """The status and message of an error object; some gateways send one with status 200. Zero when there is none."""
    error = error_object(parsed) if isinstance(parsed, dict) else None
    if not error:
        return 0, ""
    if not isinstance(error, dict):
        return 500, str(error)
    code = str(error.get("code") or error.get("status"))
    status = int(code) if re.fullmatch("[45][0-9][0-9]", code) else 500
    return status, str(error.get("message") or error)


def error_object(parsed: dict[str, Any]) -> object:
    """What went wrong, as OpenAI writes it, as OpenRouter does beside a choice, or as vLLM and Mistral did before."""
    beside = first(parsed.get("choices")).get("error")
    return parsed.get("error") or beside or (parsed if parsed.get("object") == "error" else None)


def is_completion(parsed: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a response is a chat completion, whatever its message holds."""
    return isinstance(parsed, dict) and isinstance(first(parsed.get("choices")).get("message"), dict)


def is_only_thoughts(parsed: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a completion holds what a model thought and no word of an answer.

    So it is where the thinking takes all of ``annotator.max_tokens``, or where the server takes all for a thought.
    """
    message = first(parsed["choices"])["message"]
    others = any(message.get(name) for name in ("content", "refusal", "tool_calls", "function_call"))
    return not others and any(message.get(name) for name in THOUGHTS)


def read_answer(parsed: Any, body: bytes) -> Answer:  # noqa: ANN401 - whatever JSON holds
    """Read a chat completion.

    Parameters
    ----------
    parsed
        The JSON of the body, see :func:`read_body`.
    body
        All bytes of a response that is no error. Where no text is found in them, they are kept as they are.
    """
    if not is_completion(parsed):
        return Answer(body.decode("utf-8", "backslashreplace"), "the response is no chat completion")
    choice, usage = first(parsed["choices"]), parsed.get("usage")
    text, problem = spoken(choice["message"])
    return Answer(
        text,
        finish_problem(choice.get("finish_reason")) or problem,
        tokens(usage, "prompt_tokens"),
        tokens(usage, "completion_tokens"),
    )


def spoken(message: dict[str, Any]) -> tuple[str, str]:
    """The text of a message, and why it is no answer: one without text, as a call of a tool is, is kept as JSON."""
    content = message.get("content")
    text = content if isinstance(content, str) else joined(content)
    if text or not any(value for name, value in message.items() if name != "role"):
        return text, ""
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        return refusal, "the model refuses to answer"
    return json.dumps(message, ensure_ascii=False), "the message holds no text"


def first(choices: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """The first choice of a completion, or an empty one."""
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


def joined(content: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """The text of a message that comes in parts."""
    parts = content if isinstance(content, list) else []
    return "".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def finish_problem(reason: object) -> str:
    """Why an answer that ended in this way must not be read: a list cut short reads like a shorter list."""
    if reason == "length":
        return "cut off at annotator.max_tokens"
    return "withheld by the server's content filter" if reason == "content_filter" else ""


def tokens(usage: Any, name: str) -> int | None:  # noqa: ANN401 - whatever JSON holds
    """A count of tokens where the server gives a possible one."""
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_TOKENS else None
