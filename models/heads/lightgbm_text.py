"""LightGBM's text format checked before LightGBM reads it, which ends the process, or hangs, on trees that are none.

(Its check of a tree runs inside a parallel section, where an error cannot be caught; a branch that leads back to itself
is not noticed at all.)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

HEADER = {
    "version": "v4",
    "num_class": "1",
    "num_tree_per_iteration": "1",
    "label_index": "0",
    "objective": "binary sigmoid:1",
}
PER_BRANCH = ("split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child")
PER_BRANCH_EXTRA = ("internal_value", "internal_weight", "internal_count")
PER_LEAF = ("leaf_value", "leaf_count")
NUMERIC_SPLITS = {"0", "2"}  # a numeric threshold; nothing is missing in vectors, so the default side does not matter
MOST_FEATURES = 1 << 16


def check_tree_text(text: str) -> None:
    """Refuse a text that is not one binary model of numeric trees.

    Raises
    ------
    ValueError
        Saying what is wrong.
    """
    head, _, rest = text.partition("\n\n")
    first, *lines = head.split("\n")
    header = fields(lines)
    wrong = [name for name, value in HEADER.items() if header.get(name) != value]
    if first != "tree" or wrong:
        raise ValueError(f"not a LightGBM model of one category ({', '.join(wrong) or 'first line'})")
    features = int(header["max_feature_idx"]) + 1
    if not 0 < features <= MOST_FEATURES or len(header["feature_infos"].split()) != features:
        raise ValueError(f"it is of {features} features")
    content, start = rest.encode(), 0
    for number, size in enumerate(map(int, header["tree_sizes"].split())):
        block = content[start : start + max(size, 0)].decode()
        if not block.startswith(f"Tree={number}\n") or not block.endswith("\n\n"):
            raise ValueError(f"tree {number} is not where it should be")
        check_tree(fields(block.split("\n")[1:]), features, number)
        start += size
    if not content[start:].startswith(b"end of trees\n"):
        raise ValueError("its trees do not end where they should")


def check_tree(tree: Mapping[str, str], features: int, number: int) -> None:
    """Refuse a tree whose arrays are of other lengths, or whose branches do not lead to each leaf once."""
    leaves = int(tree["num_leaves"])
    branches = {name: tree[name].split() for name in (*PER_BRANCH, *PER_BRANCH_EXTRA)}
    lengths = {len(values) for values in branches.values()} | {len(tree[name].split()) - 1 for name in PER_LEAF}
    if lengths != {leaves - 1} or len(tree["leaf_weight"].split()) not in (leaves, leaves - 1):
        raise ValueError(f"tree {number} has arrays of other lengths than its {leaves} leaves")
    if tree["num_cat"] != "0" or tree["is_linear"] != "0" or not set(branches["decision_type"]) <= NUMERIC_SPLITS:
        raise ValueError(f"tree {number} is not of numeric branches alone")
    if not all(0 <= int(feature) < features for feature in branches["split_feature"]):
        raise ValueError(f"tree {number} asks for a feature that is not there")
    numbers = [*branches["threshold"], *branches["split_gain"], *tree["leaf_value"].split(), tree["shrinkage"]]
    if any(math.isnan(float(value)) for value in numbers):
        raise ValueError(f"tree {number} holds what is no number")
    check_shape(list(map(int, branches["left_child"])), list(map(int, branches["right_child"])), leaves, number)


def check_shape(left: Sequence[int], right: Sequence[int], leaves: int, number: int) -> None:
    """Every branch but the root and every leaf has one parent, and a branch comes after its parent."""
    children = [*left, *right]
    expected = [*range(-leaves, 0), *range(1, leaves - 1)] if leaves > 1 else []
    forward = all(child < 0 or child > parent for side in (left, right) for parent, child in enumerate(side))
    if sorted(children) != expected or not forward:
        raise ValueError(f"tree {number} is no tree")


def fields(lines: Sequence[str]) -> dict[str, str]:
    """Lines ``key=value`` as a mapping; a key that comes twice is refused."""
    pairs = [line.partition("=")[::2] for line in lines if line]
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key comes twice")
    return dict(pairs)
