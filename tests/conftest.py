import os

import hypothesis
import pytest

hypothesis.settings.register_profile("any machine", deadline=None)  # nothing asserts a time: machines are busy
hypothesis.settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def no_settings_from_outside():
    """The shell that runs the tests may have settings of its own: `make` exports RUBRIKA_HOME."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("RUBRIKA_") and name != "RUBRIKA_TEST_RUBERT"]:
            patch.delenv(name)
        yield
