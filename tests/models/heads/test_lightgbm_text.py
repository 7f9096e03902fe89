import re

import lightgbm as lgb
import numpy as np
import pytest

from models.heads.lightgbm import load_trees
from models.heads.lightgbm_text import check_tree_text

DAMAGE = {
    "not a LightGBM model of one category (first line)": (r"^tree", "tee"),
    "not a LightGBM model of one category (num_class)": ("num_class=1", "num_class=3"),
    "it is of 0 features": ("max_feature_idx=7", "max_feature_idx=-1"),
    "it is of 9 features": ("max_feature_idx=7", "max_feature_idx=8"),
    "tree 1 is not where it should be": (r"tree_sizes=(\d)", r"tree_sizes=1\1"),
    "tree 0 has arrays of other lengths than its 4 leaves": (r"threshold=\S+", "threshold="),
    "tree 0 has arrays of other lengths than its 70 leaves": ("num_leaves=4", "num_leaves=70"),
    "tree 0 asks for a feature that is not there": (r"split_feature=\d", "split_feature=8"),
    "tree 0 is not of numeric branches alone": ("decision_type=2", "decision_type=1"),
    "tree 0 holds what is no number": (r"leaf_value=\S+", "leaf_value=nan"),
    "tree 0 is no tree": (r"(left_child=)\S+", r"\g<1>0"),
    "a key comes twice": ("num_cat=0", "num_cat=0\nnum_cat=0"),
}


@pytest.fixture(scope="module")
def text():
    generator = np.random.default_rng(0)
    vectors = generator.normal(size=(300, 8))
    options = {"objective": "binary", "verbosity": -1, "num_leaves": 4, "num_threads": 1}
    truth = (vectors[:, 0] + vectors[:, 1] > 0).astype(float)
    return lgb.train(options, lgb.Dataset(vectors, truth), 3).model_to_string()


def with_sizes(text):
    """The text with sizes that fit its trees, as a forger would write it."""
    trees = text[text.index("Tree=0") : text.index("end of trees")]
    sizes = [len(tree) for tree in re.split(r"(?=Tree=\d+\n)", trees) if tree]
    return re.sub(r"tree_sizes=.*", f"tree_sizes={' '.join(map(str, sizes))}", text, count=1)


def test_what_lightgbm_writes_is_read(text):
    check_tree_text(text)
    assert with_sizes(text) == text


def test_a_model_that_learned_nothing_is_read():
    vectors = np.zeros((40, 8))
    options = {"objective": "binary", "verbosity": -1, "num_threads": 1}
    check_tree_text(lgb.train(options, lgb.Dataset(vectors, np.arange(40) % 2), 2).model_to_string())


@pytest.mark.parametrize("flaw", DAMAGE)
def test_trees_on_which_lightgbm_would_end_the_process_or_hang_are_refused_first(flaw, text, tmp_path):
    pattern, replacement = DAMAGE[flaw]
    damaged = re.sub(pattern, replacement, text, count=1)
    damaged = damaged if "where it should be" in flaw else with_sizes(damaged)
    (tmp_path / "model.txt").write_text(damaged)
    with pytest.raises(ValueError, match=re.escape(flaw.removeprefix("tree 1 ").removeprefix("tree 0 "))):
        load_trees(tmp_path)


@pytest.mark.parametrize("length", [0, 4, 300, 1000])
def test_a_truncated_text_is_refused(length, text):
    with pytest.raises((ValueError, LookupError)):
        check_tree_text(text[:length])
