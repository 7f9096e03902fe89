import importlib.util
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from navec import Navec
from navec.meta import Meta
from navec.pq import PQ
from navec.vocab import Vocab

from models.encoders import navec as navec_module
from models.encoders.choose import choose_encoder
from models.encoders.load import load_encoder
from models.encoders.navec import SIF, navec_folder, navec_revision
from models.encoders.navec_words import archive_path
from models.errors import ModelError

COUNTS = {
    "театр": 40, "всё": 50, "все": 900, "банк": 60, "в": 5000, "полёт": 30, "научно-популярный": 20,
    "<unk>": 0, "<pad>": 0,
}  # fmt: skip


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A navec archive of seven words in which each word's vector is its own axis."""
    size = len(COUNTS)
    codes = np.zeros((8, size, 1), np.float32)
    codes[range(8), range(8), 0] = 1
    indexes = np.repeat(np.arange(size, dtype=np.uint8)[:, None], 8, axis=1)
    vocab = Vocab(list(COUNTS), list(COUNTS.values()))
    Navec(Meta("tiny"), vocab, PQ(size, 8, 8, size, indexes, codes)).dump(tmp_path / "tiny.tar")
    monkeypatch.setattr(navec_module, "archive_path", lambda: tmp_path / "tiny.tar")
    return tmp_path / "tiny.tar"


@pytest.fixture
def encode(archive, tmp_path):
    return load_encoder(choose_encoder("navec-news")[0], tmp_path / "encoders").encode


def share(word):
    return COUNTS[word] / sum(COUNTS.values())


def test_rare_words_weigh_more(encode):
    vector = encode(["в театр"])[0]
    theatre, common = (SIF / (SIF + share(word)) for word in ("театр", "в"))
    assert vector[0] / vector[4] == pytest.approx(theatre / common, rel=1e-3)


def test_unknown_words_and_punctuation_do_not_matter(encode):
    clean, noisy = encode(["театр банк", "Театр, — ыыы 2024 «БАНК»!"])
    assert noisy == pytest.approx(clean)


def test_both_spellings_of_yo_are_one_word(encode):
    everything, both, flight, bare = encode(["всё", "все", "полёт", "полет"])
    assert everything == pytest.approx(both)
    assert both[2] == 1  # the commoner spelling's vector
    assert flight == pytest.approx(bare)


def test_compound_is_one_word(encode):
    assert encode(["научно-популярный"])[0][6] == 1


@pytest.mark.parametrize("text", ["", "  \n", "ыыы"])
def test_text_without_known_words_is_zero(encode, text):
    assert not encode([text]).any()
    assert encode([text, "театр"])[1].any()


def test_words_after_the_limit_are_not_read(archive, tmp_path):
    encoder = load_encoder(choose_encoder("navec-news", max_tokens=8)[0], tmp_path / "encoders")
    long, short = encoder.encode(["банк " * 8 + "театр " * 20, "банк"])
    assert long == pytest.approx(short)
    assert list(encoder.token_counts(["банк " * 20, "банк"])) == [8, 1]


def test_it_is_built_once(archive, tmp_path):
    folder = navec_folder(tmp_path / "encoders")
    built = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert navec_folder(tmp_path / "encoders") == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == built
    assert list((tmp_path / "encoders").iterdir()) == [folder]


def test_two_builders_at_once_are_safe(archive, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        folders = set(pool.map(navec_folder, [tmp_path / "encoders"] * 2))
    assert list((tmp_path / "encoders").iterdir()) == list(folders)


def test_interrupted_build_leaves_nothing_to_be_used(archive, tmp_path, monkeypatch):
    def interrupt(_, folder):
        folder.mkdir()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(navec_module, "write_model", interrupt)
        navec_folder(tmp_path / "encoders")
    assert list((tmp_path / "encoders").iterdir()) == []
    assert (navec_folder(tmp_path / "encoders") / "modules.json").is_file()


def test_another_archive_is_another_encoder(archive):
    before = navec_revision()
    archive.write_bytes(archive.read_bytes() + b"\0")
    assert navec_revision() != before


def test_missing_natasha_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"navec-news needs natasha/data/.*; pip install natasha==1\.6\.0") as error:
        archive_path()
    assert error.value.exit_code == 3


def test_choosing_imports_no_heavy_library():
    heavy = {"torch", "sentence_transformers", "transformers", "natasha", "navec"}
    code = "import sys; from models.encoders.choose import choose_encoder as choose; choose('navec-news'); "
    subprocess.run([sys.executable, "-c", f"{code} assert not {heavy} & set(sys.modules)"], check=True)


def test_real_vectors_know_what_is_alike(tmp_path):
    encoder = load_encoder(choose_encoder("navec-news")[0], tmp_path)
    assert encoder.dim == 300
    theatre, ballet, oil = encoder.encode(
        ["премьера спектакля в театре", "балет на сцене оперы", "цены на нефть выросли"]
    )
    assert theatre @ ballet > theatre @ oil + 0.1
