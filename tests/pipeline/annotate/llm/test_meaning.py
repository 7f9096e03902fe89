import pytest

from pipeline.annotate.llm.meaning import meaning
from pipeline.annotate.llm.transport import Response


@pytest.mark.parametrize(
    ("status", "body", "completion", "first", "later"),
    [
        (200, b"", True, "answer", "answer"),
        (200, b"<html>", False, "alien", "alien"),
        (201, b"", True, "answer", "answer"),
        (204, b"", False, "stop", "refused"),
        (302, b"", False, "stop", "refused"),
        (400, b"", False, "refused", "refused"),
        (401, b"", False, "stop", "stop"),
        (402, b"", False, "stop", "stop"),
        (403, b"", False, "stop", "refused"),
        (404, b"", False, "stop", "refused"),
        (405, b"", False, "stop", "refused"),
        (413, b"", False, "refused", "refused"),
        (429, b"", False, "later", "later"),
        (429, b'{"error": {"code": "insufficient_quota"}}', False, "stop", "stop"),
        (0, b"", False, "again", "again"),
        (500, b"", False, "again", "again"),
    ],
)
def test_a_status_concerns_the_article_once_others_were_answered(status, body, completion, first, later):
    response = Response(status, body)
    assert meaning(response, completion=completion, heard=False) == first
    assert meaning(response, completion=completion, heard=True) == later
