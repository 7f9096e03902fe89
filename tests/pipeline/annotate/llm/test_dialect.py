import json

import pytest

from models.annotator.protocol import Question, Topic
from pipeline.annotate.llm.dialect import ServerDialect, request_body

QUESTION = Question("a", (Topic("politics", "Политика"), Topic("sport", "Спорт")), "p", "Правила", "Статья")


def test_a_request_is_greedy_bounded_and_holds_the_answer_to_the_categories_asked():
    body = json.loads(request_body(QUESTION, "m", 50, ServerDialect()))
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("m", 0, 50)
    assert [message["content"] for message in body["messages"]] == ["Правила", "Статья"]
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["categories"]["items"]["enum"] == ["politics", "sport"]


def test_what_a_server_complains_of_is_left_out_one_after_the_other():
    first = ServerDialect().without(
        "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", refused=True
    )
    second = first.without("'temperature' does not support 0", refused=True)
    third = second.without("unknown field response_format", refused=True)
    assert third.without("still no", refused=True) is None
    body = json.loads(request_body(QUESTION, "m", 50, third))
    assert set(body) == {"model", "messages", "max_completion_tokens"}
    assert ServerDialect(may_drop_schema=False).without("no schemas here", refused=True) is None


@pytest.mark.parametrize(
    "complaint",
    [
        "System role not supported",
        'Error rendering prompt with jinja template: "System role not supported"',
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "Only user and assistant roles are supported!",
        "Only user, assistant and tool roles are supported, got system.",
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        "Developer instruction is not enabled for models/gemma-3-27b-it",
        "System messages are not allowed for this model",
        "Unknown role: system",
        "The system prompt is unsupported",
    ],
)
@pytest.mark.parametrize("refused", [True, False])
def test_a_model_without_the_system_role_is_given_the_instructions_before_the_article(complaint, refused):
    simpler = ServerDialect().without(complaint, refused=refused)
    assert simpler == ServerDialect(system=False)
    (message,) = json.loads(request_body(QUESTION, "m", 50, simpler))["messages"]
    assert message == {"role": "user", "content": "Правила\n\nСтатья"}


@pytest.mark.parametrize(
    "complaint",
    [
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        "Invalid schema for response_format 'categories': In context=(), 'additionalProperties' is required",
        "This response_format type is unavailable now",
        "'response_format.type' must be 'json_schema' or 'text'",
        "JSON schema conversion failed: Unrecognized schema",
        "Failed to parse grammar",
        "failed to load model vocabulary required for format",
        'invalid format: expected "json" or a JSON schema',
        "xgrammar does not support the guided decoding request",
        "No endpoints found that can handle the requested parameters.",
        '[{"type": "extra_forbidden", "loc": ["body", "response_format", "json_schema"]}]',
        "Structured outputs are not available on this server",
    ],
)
def test_a_schema_that_is_refused_is_left_out_whatever_the_status(complaint):
    assert ServerDialect().without(complaint, refused=False) == ServerDialect(structured=False)
    assert ServerDialect(may_drop_schema=False).without(complaint, refused=False) is None


@pytest.mark.parametrize("failure", ["CUDA out of memory", "Internal Server Error", "system overloaded", ""])
def test_a_failure_of_the_server_itself_changes_nothing(failure):
    assert ServerDialect().without(failure, refused=False) is None
