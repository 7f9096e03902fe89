import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.llm.wire import Answer, error_in, read_answer, read_body


def completion(**choice):
    return json.dumps({"choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}).encode()


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
    assert error_in({"error": {"message": "no", "code": "401"}}) == (401, "no")
    assert error_in({"error": {"message": "no", "code": "model_not_found", "status": 404}})[1] == "no"
    assert error_in({"object": "error", "message": "too long", "code": 400}) == (400, "too long")
    assert error_in({"choices": [{"error": {"code": 502, "message": "gone"}, "message": {}}]}) == (502, "gone")
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
