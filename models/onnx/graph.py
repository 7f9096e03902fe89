"""An ONNX graph under construction: nodes are added one after another and named by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET = 17
ML_OPSET = 3
IR_VERSION = 8  # of 2021: also read by runtimes that are not the newest
Array = npt.NDArray[Any] | np.generic


class Graph:
    """Inputs, constants, nodes and outputs, in the order they were added."""

    def __init__(self) -> None:
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        self.constants: list[Any] = []
        self.nodes: list[Any] = []

    def input(self, name: str, kind: type[np.generic], width: int | None = None) -> str:
        """Declare an input (n, width); a width of None is free."""
        from onnx import helper

        element = helper.np_dtype_to_tensor_dtype(np.dtype(kind))
        self.inputs.append(helper.make_tensor_value_info(name, element, ["n", width or f"{name}_width"]))
        return name

    def constant(self, values: Array) -> str:
        """Add a constant array."""
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        """Add a node; returns the name of its output."""
        from onnx import helper

        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], domain=domain, **attributes))
        return name

    def output(self, name: str, value: str) -> None:
        """Name a value as the graph's output (n, n_categories)."""
        from onnx import TensorProto, helper

        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", "categories"]))

    def model(self, metadata: Mapping[str, str]) -> ModelProto:
        """Finish the model, checked."""
        from onnx import checker, helper

        graph = helper.make_graph(self.nodes, "rubrika", self.inputs, self.outputs, self.constants)
        domains = sorted({node.domain for node in self.nodes})
        opsets = [helper.make_opsetid(domain, ML_OPSET if domain else OPSET) for domain in domains]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="rubrika")
        helper.set_model_props(model, dict(metadata))
        checker.check_model(model)
        return model
