"""The home of the first protocol, kept as it was written then."""

import shutil
from pathlib import Path

PROTOCOL_1 = Path(__file__).parent / "protocol_1"


def copy_of_protocol_1(folder):
    """A copy that a test may change."""
    return Path(shutil.copytree(PROTOCOL_1, folder / "home"))
