import pytest

from pipeline.show.progress import pace


@pytest.mark.parametrize(
    ("rate", "text"), [(1234.5, "1234 articles/s"), (9.96, "10.0 articles/s"), (0.4, "24.0 articles/min")]
)
def test_a_slow_pace_is_told_by_the_minute(rate, text):
    assert pace(rate, "articles") == text
