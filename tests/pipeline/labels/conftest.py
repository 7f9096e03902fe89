"""What most of these tests need: a desk and its command line."""

import pytest

from tests.pipeline.support.command import Rubrika
from tests.pipeline.support.desks import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def rubrika(desk):
    return Rubrika(desk.home.path, desk.file)
