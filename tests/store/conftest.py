import pytest

from store.lance import connect


@pytest.fixture
def db(tmp_path):
    return connect(str(tmp_path / "store"))
