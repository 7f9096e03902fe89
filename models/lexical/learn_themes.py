"""The themes' codebook, learned once: `python -m models.lexical.learn_themes` writes themes.safetensors again.

k-means over the vectors of the 60,000 commonest words, centred and of length one, which takes a minute.
"""

from __future__ import annotations

import numpy as np
from safetensors.numpy import save_file
from sklearn.cluster import KMeans

from models.lexical.themes import CODEBOOK, THEMES, centred, vectors_of

COMMON_WORDS = 60_000


def learn_themes() -> None:
    """Write the codebook: ``centres`` (500, 300), of length one, and ``mean`` (300,), float16."""
    vectors = vectors_of(np.arange(COMMON_WORDS))
    mean = vectors.mean(axis=0)
    # Once and with a seed: the file is what counts, and nobody needs to learn it again.
    centres = KMeans(THEMES, n_init=1, random_state=0).fit(centred(vectors, mean)).cluster_centers_
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    save_file({"centres": centres.astype(np.float16), "mean": mean.astype(np.float16)}, CODEBOOK)


if __name__ == "__main__":
    learn_themes()
