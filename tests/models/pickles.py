"""A pickle that leaves a mark when someone unpickles it."""

import pickle
from pathlib import Path


class Bomb:
    """Unpickling it touches a file."""

    def __init__(self, marker):
        self.marker = str(marker)

    def __reduce__(self):
        return (Path.touch, (Path(self.marker),))


def bomb(marker, protocol=4):
    """The bytes."""
    return pickle.dumps(Bomb(marker), protocol)
