import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.annotator.protocol import Question, Topic
from pipeline.annotate.llm.wire import Answer, Dialect, error_in, read_answer, read_body, request_body

QUESTION = Question("a", (Topic("politics", "Политика"), Topic("sport", "Спорт")), "p", "Правила", "Статья")


def completion(**choice):
    return json.dumps({"choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}).encode()


def test_a_request_is_greedy_bounded_and_holds_the_answer_to_the_categories_asked():
    body = json.loads(request_body(QUESTION, "m", 50, Dialect()))
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("m", 0, 50)
    assert [message["content"] for message in body["messages"]] == ["Правила", "Статья"]
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["categories"]["items"]["enum"] == ["politics", "sport"]


def test_what_a_server_complains_of_is_left_out_one_after_the_other():
    first = Dialect().without("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    second = first.without("'temperature' does not support 0")
    third = second.without("unknown field response_format")
    assert third.without("still no") is None
    body = json.loads(request_body(QUESTION, "m", 50, third))
    assert set(body) == {"model", "messages", "max_completion_tokens"}
    assert Dialect(may_drop_schema=False).without("no schemas here") is None


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (completion(message={"content": "sport"}, finish_reason="stop"), Answer("sport", "", 5, 2)),
        (completion(message={"content": [{"type": "text", "text": "sp"}, {"text": "ort"}]}), Answer("sport", "", 5, 2)),
        (completion(message={"content": None, "refusal": "нет"}), Answer("нет", "the model refuses to answer", 5, 2)),
        (
            completion(message={"content": "spo"}, finish_reason="length"),
            Answer("spo", "cut off at annotator.max_tokens", 5, 2),
        ),
        (completion(message={"role": "assistant", "content": ""}), Answer("", "", 5, 2)),
        (b'{"choices": []}', Answer('{"choices": []}', "the response is no chat completion")),
        (b"\xff<html>", Answer("\\xff<html>", "the response is no chat completion")),
        (
            b'{"choices": [{"message": {"content": "a"}}], "usage": {"prompt_tokens": -1, "completion_tokens": true}}',
            Answer("a"),
        ),
    ],
)
def test_a_response_is_read_for_what_it_is(body, answer):
    assert read_answer(read_body(body), body) == answer


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "function": {"name": "x"}}]},
        {"content": None, "reasoning_content": '{"categories": ["sport"]}'},
        {"content": {"categories": ["sport"]}},
        {"content": 5},
        {"content": "", "tool_calls": [{"id": "1"}]},
        {"content": [{"type": "image"}]},
    ],
)
def test_a_message_without_text_is_kept_whole_and_is_no_answer(message):
    body = completion(message=message)
    answer = read_answer(read_body(body), body)
    assert json.loads(answer.text) == message
    assert answer.problem == "the message holds no text"


def test_an_error_may_come_with_status_200():
    assert error_in({"error": {"message": "slow down", "code": 429}}) == (429, "slow down")
    assert error_in({"error": "broken"}) == (500, "broken")
    assert error_in({"choices": []}) == (0, "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "usage", "error", "code", "text"]), inner, max_size=4
        )
    ),
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_bytes_come_they_are_an_answer_or_a_problem(body):
    answer = read_answer(read_body(body), body)
    assert isinstance(answer.text, str)
    assert isinstance(error_in(read_body(body))[0], int)
