"""navec-news: an encoder with no download, from word vectors that the natasha wheel ships (300-d, 250,000 words).

Vectors were trained on a billion words of Russian news (https://github.com/natasha/navec). Each word is weighted by
smooth inverse frequency, a / (a + p(word)): Arora, Liang, Ma, "A simple but tough-to-beat baseline for sentence
embeddings", 2017. The weights are folded into the matrix, so that the mean of rows is the weighted mean of words.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.encoders.navec_words import UNKNOWN, WORD, archive_path, vocabulary
from models.errors import ModelError
from models.fingerprint import fingerprint, sha256_of

if TYPE_CHECKING:
    from navec import Navec
    from tokenizers import Tokenizer

NAVEC_NEWS = "navec-news"
MEGABYTES = 160
SIF = 1e-4  # 1e-3 was worse at 100 and 300 labels (docs/decisions.md)
PROTOCOL = 1  # raise it when the same archive and the same words give other vectors


def navec_revision() -> str:
    """Fingerprint of the archive and of how it is made an encoder, 16 hex digits."""
    return fingerprint({"archive": sha256_of(archive_path()), "sif": SIF, "words": WORD, "protocol": PROTOCOL})


def navec_folder(cache_dir: Path) -> Path:
    """Folder of the encoder, built on first use (seconds) whole or not at all."""
    folder = cache_dir / f"{NAVEC_NEWS}-{navec_revision()}"
    if not folder.is_dir():
        cache_dir.mkdir(parents=True, exist_ok=True)
        # Beside its place and not in /tmp: a rename is atomic only within one file system.
        with TemporaryDirectory(dir=cache_dir, prefix=".navec-") as scratch:
            built = Path(scratch) / "model"
            write_model(archive_path(), built)
            move_unless_there(built, folder)
    return folder


def move_unless_there(built: Path, folder: Path) -> None:
    """Move a finished folder to its name, unless another process was first: both built the same."""
    try:
        built.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def write_model(archive: Path, folder: Path) -> None:
    """Make a sentence-transformers folder of a navec archive; float16 halves it and costs no cosine above 1e-6."""
    from navec import Navec
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    words, matrix = weighted_vectors(Navec.load(archive))
    embedding = StaticEmbedding(word_tokenizer(words), embedding_weights=matrix)
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    try:
        model.save(str(folder), create_model_card=False)
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"cannot write {folder.parent}: {error}; "
            f"{NAVEC_NEWS} needs {MEGABYTES} MB there, free some space and run it again",
            exit_code=3,
        ) from error


def weighted_vectors(navec: Navec) -> tuple[list[str], npt.NDArray[np.float16]]:
    """Words and their SIF-weighted vectors; the unknown word is the last row and is zero.

    Returns
    -------
    list of str, ndarray
        n words, (n, 300) float16.
    """
    words = vocabulary(navec)
    matrix = navec.pq.sampled(words.rows).unpack()
    matrix *= words.weights(SIF).astype(np.float32)[:, None]
    # The unknown word is a row of zeros: it counts in the mean's divisor, which the normalisation takes out again.
    return [*words.row_of, UNKNOWN], np.vstack([matrix, np.zeros_like(matrix[:1])]).astype(np.float16)


def word_tokenizer(words: list[str]) -> Tokenizer:
    """Split texts into lower-case words, compounds whole; what is not among ``words`` is the last of them."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import NFC, Lowercase, Replace, Sequence
    from tokenizers.pre_tokenizers import Split

    tokenizer = Tokenizer(WordLevel({word: row for row, word in enumerate(words)}, unk_token=words[-1]))
    tokenizer.normalizer = Sequence([NFC(), Lowercase(), Replace("ё", "е")])
    tokenizer.pre_tokenizer = Split(Regex(WORD), "removed", invert=True)
    return tokenizer
