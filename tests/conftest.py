import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def no_settings_from_outside():
    """The shell that runs the tests may have settings of its own: `make` exports RUBRIKA_HOME."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("RUBRIKA_") and name != "RUBRIKA_TEST_RUBERT"]:
            patch.delenv(name)
        yield
