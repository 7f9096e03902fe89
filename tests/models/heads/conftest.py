import numpy as np
import pytest
import scipy.sparse as sp

from models.features import Features
from models.heads.head import Examples


@pytest.fixture(scope="session")
def examples():
    """Two hundred articles whose truth is in a dense direction and in one lexical bucket."""
    generator = np.random.default_rng(0)
    truth = np.arange(200) % 4 == 0
    dense = generator.normal(size=(200, 16)) + 1.2 * truth[:, None]
    dense = (dense / np.linalg.norm(dense, axis=1, keepdims=True)).astype(np.float32)
    counts = generator.poisson(0.2, (200, 64)).astype(np.float32)
    counts[:, 5] += truth * generator.poisson(1.5, 200)
    features = Features(
        dense,
        {"char": sp.csr_matrix(counts), "stem": sp.csr_matrix(counts[:, :32]), "theme": sp.csr_matrix(counts[:, :8])},
    )
    return Examples(features, truth, np.array([f"c{row}" for row in range(200)]), np.arange(200) % 5 == 0)
