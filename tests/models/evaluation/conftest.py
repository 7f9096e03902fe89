import numpy as np
import pytest

from tests.models.evaluation.vectors import unit

SPORT = ["матч закончился победой хозяев", "вратарь отбил пенальти", "матч перенесли", "вратарь пропустил мяч"]
OTHER = ["завод повысил цены", "банк снизил ставку", "цены на хлеб растут", "ставку налога изменят"]


@pytest.fixture
def corpus():
    texts = (SPORT + OTHER) * 3
    truth = np.tile(np.repeat([[1.0, 0.0], [0.0, 1.0]], 4, axis=0), (3, 1))
    vectors = unit(np.column_stack([truth + 0.1, np.tile(np.arange(8), 3) / 40]))
    return texts, vectors, truth, (np.arange(8), np.arange(8, 16), np.arange(16, 24))
