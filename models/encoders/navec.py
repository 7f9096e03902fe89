"""navec-news: an encoder with no download, from word vectors that the natasha wheel ships (300-d, 250,000 words).

Vectors were trained on a billion words of Russian news (https://github.com/natasha/navec). Each word is weighted by
smooth inverse frequency, a / (a + p(word)): Arora, Liang, Ma, "A simple but tough-to-beat baseline for sentence
embeddings", 2017. The weights are folded into the matrix, so that the mean of rows is the weighted mean of words.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.arrays import Reals, Rows
from models.errors import ModelError
from models.fingerprint import fingerprint, sha256_of

if TYPE_CHECKING:
    from navec import Navec
    from tokenizers import Tokenizer

NAVEC_NEWS = "navec-news"
ARCHIVE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
SIF = 1e-4
PROTOCOL = 1
WORD = r"\w+(-\w+)*"
UNKNOWN, PADDING = "<unk>", "<pad>"


def archive_path() -> Path:
    """Find the vectors inside the natasha wheel without importing natasha, a whole NLP stack behind one file.

    Raises
    ------
    ModelError
        natasha is not installed, or not the one that ships the vectors (exit 3).
    """
    package = importlib.util.find_spec("natasha")
    for folder in (package.submodule_search_locations or []) if package else []:
        if (Path(folder) / ARCHIVE).is_file():
            return Path(folder) / ARCHIVE
    raise ModelError(f"{NAVEC_NEWS} needs natasha/{ARCHIVE}; pip install natasha==1.6.0", exit_code=3)


def navec_revision() -> str:
    """Fingerprint of the archive and of how it is made an encoder, 16 hex digits."""
    return fingerprint({"archive": sha256_of(archive_path()), "sif": SIF, "words": WORD, "protocol": PROTOCOL})


def navec_folder(cache_dir: Path) -> Path:
    """Folder of the encoder, 160 MB, built on first use (seconds) whole or not at all."""
    folder = cache_dir / f"{NAVEC_NEWS}-{navec_revision()}"
    if not folder.is_dir():
        cache_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache_dir, prefix=".navec-") as scratch:
            built = Path(scratch) / "model"
            write_model(archive_path(), built)
            put_in_place(built, folder)
    return folder


def put_in_place(built: Path, folder: Path) -> None:
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
            f"cannot write {folder.parent}: {error}; navec-news needs 160 MB there, free some space and run it again",
            exit_code=3,
        ) from error


@dataclass(frozen=True)
class Vocabulary:
    """The words of an archive, the commonest first, ё written as е.

    Where both spellings are in the archive, the commoner one gives the vector and both the frequency: most of the press
    writes е.

    Parameters
    ----------
    row_of
        Word → its place.
    rows
        (n,) rows of the archive's vectors.
    frequency
        (n,) float64: share of all words of the news that the vectors were trained on.
    """

    row_of: Mapping[str, int]
    rows: Rows
    frequency: Reals

    def weights(self, sif: float) -> Reals:
        """Smooth inverse frequencies, a / (a + p(word)), (n,) float64."""
        return np.asarray(sif / (sif + self.frequency))


def vocabulary(navec: Navec) -> Vocabulary:
    """Read an archive's words."""
    counts = np.array(navec.vocab.counts, dtype=np.float64)
    row_of: dict[str, int] = {}
    rows: list[np.intp] = []
    owner = np.full(len(counts), -1)
    for row in np.argsort(-counts, kind="stable"):
        word = navec.vocab.words[row].replace("ё", "е")
        if word in (UNKNOWN, PADDING):
            continue
        if word not in row_of:
            row_of[word] = len(rows)
            rows.append(row)
        owner[row] = row_of[word]
    return Vocabulary(row_of, np.array(rows), np.bincount(owner[owner >= 0], counts[owner >= 0]) / counts.sum())


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
