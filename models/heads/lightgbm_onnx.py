"""LightGBM's trees as one ONNX node: the same branches, thresholds rounded so that no float32 falls on another side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from models.errors import ModelError

if TYPE_CHECKING:
    import lightgbm as lgb

    from models.onnx.graph import Graph

Columns = dict[str, list[Any]]


def tree_ensemble(graph: Graph, vectors: str, boosters: Sequence[lgb.Booster]) -> str:
    """Add the trees of several models; returns their raw scores, (n, n_models)."""
    nodes: Columns = defaultdict(list)
    leaves: Columns = defaultdict(list)
    trees = [
        (target, tree["tree_structure"])
        for target, booster in enumerate(boosters)
        for tree in booster.dump_model()["tree_info"]
    ]
    for number, (target, tree) in enumerate(trees):
        add_node(tree, nodes, leaves, {"treeids": number}, target)
    columns = {f"nodes_{name}": values for name, values in nodes.items()}
    columns |= {f"target_{name}": values for name, values in leaves.items()}
    return graph.add("TreeEnsembleRegressor", vectors, domain="ai.onnx.ml", n_targets=len(boosters), **columns)


def add_node(branch: Mapping[str, Any], nodes: Columns, leaves: Columns, tree: Mapping[str, int], target: int) -> int:
    """Add a branch or leaf and all below it; returns its id, which is its place among all nodes."""
    place = len(nodes["nodeids"])
    leaf = {"modes": "LEAF", "featureids": 0, "values": 0.0, "truenodeids": 0, "falsenodeids": 0}
    if "leaf_value" in branch:
        append(nodes, {**tree, "nodeids": place, **leaf})
        append(leaves, {**tree, "nodeids": place, "ids": target, "weights": float(branch["leaf_value"])})
        return place
    if branch["decision_type"] != "<=":
        raise ModelError(f"a LightGBM head branches by {branch['decision_type']!r}, which ONNX export does not know")
    test = {"modes": "BRANCH_LEQ", "featureids": int(branch["split_feature"]), "values": below(branch["threshold"])}
    append(nodes, {**tree, "nodeids": place, **leaf, **test})
    # a node's place is known before its children's: the two numbers are filled in as the children are added
    nodes["truenodeids"][place] = add_node(branch["left_child"], nodes, leaves, tree, target)
    nodes["falsenodeids"][place] = add_node(branch["right_child"], nodes, leaves, tree, target)
    return place


def append(columns: Columns, row: Mapping[str, Any]) -> None:
    """Add a row to columns."""
    for name, value in row.items():
        columns[name].append(value)


def below(threshold: float) -> float:
    """The largest float32 up to a threshold: no float32 lies between the two, so each falls on the same side."""
    near = np.float32(threshold)
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))
