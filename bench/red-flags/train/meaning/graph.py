"""Writes what was learned as a graph that the agent runs: the encoder's own graph, its low-rank changes beside the matrices, and the head. The
encoder's bytes are not in it: it names their place in the encoder's file, which is installed beside it."""

import numpy as np
import onnx
from onnx import TensorProto, external_data_helper, helper, numpy_helper

from encoder import LAYERS, LINEAR

#: Shorter tensors stay in the graph.
LEAST = 1024


def write_graph(base, name, changed, flags, out):
    """`base`: path of the encoder; `name`: that of its file as the agent has it; `changed`: see encoder.Changed."""
    whole = open(base, "rb").read()
    model = onnx.load(base)
    graph = model.graph
    refer(graph, whole, name)
    for at in range(changed.first, LAYERS):
        for part in LINEAR:
            low_rank(graph, changed, f"encoder.layer.{at}.{part}")
    head(graph, changed, flags)
    onnx.save(model, out)


def refer(graph, whole, name):
    for one in graph.initializer:
        raw = one.raw_data
        if len(raw) < LEAST:
            continue
        offset = whole.index(raw)
        external_data_helper.set_external_data(one, name, offset, len(raw))
        one.ClearField("raw_data")
        one.data_location = TensorProto.EXTERNAL


def low_rank(graph, changed, name):
    key = name.replace(".", "-")
    made_by = {out: node for node in graph.node for out in node.output}
    add = next(node for node in graph.node if f"{name}.bias" in node.input)
    before = next(one for one in add.input if one != f"{name}.bias")
    node = made_by[before]
    while node.op_type != "MatMulInteger":
        node = next(made_by[one] for one in node.input if one in made_by and made_by[one].op_type in ("Cast", "MatMulInteger"))
    x = made_by[node.input[0]].input[0]
    down, up = constant(graph, f"{key}-down", changed.down[key]), constant(graph, f"{key}-up", changed.up[key])
    nodes = [
        helper.make_node("MatMul", [x, down], [f"{key}-low"]),
        helper.make_node("MatMul", [f"{key}-low", up], [f"{key}-change"]),
        helper.make_node("Add", [before, f"{key}-change"], [f"{key}-changed"]),
    ]
    at = list(graph.node).index(add)
    add.input[:] = [f"{key}-changed" if one == before else one for one in add.input]
    for one in reversed(nodes):
        graph.node.insert(at, one)


def constant(graph, name, tensor):
    """As half-precision numbers, made whole when the graph is loaded."""
    value = tensor.detach().numpy().astype(np.float16)
    graph.initializer.append(numpy_helper.from_array(value, f"{name}-half"))
    graph.node.insert(0, helper.make_node("Cast", [f"{name}-half"], [name], to=TensorProto.FLOAT))
    return name


def head(graph, changed, flags):
    """One line at a time: there is no padding to leave out."""
    hidden = graph.output[0].name
    weight = constant(graph, "head-weight", changed.head.weight.T)
    bias = numpy_helper.from_array(changed.head.bias.detach().numpy(), "head-bias")
    graph.initializer.append(bias)
    graph.node.extend(
        [
            helper.make_node("ReduceMean", [hidden], ["mean"], axes=[1], keepdims=0),
            helper.make_node("ReduceMax", [hidden], ["most"], axes=[1], keepdims=0),
            helper.make_node("Concat", ["mean", "most"], ["said"], axis=1),
            helper.make_node("MatMul", ["said", weight], ["heads"]),
            helper.make_node("Add", ["heads", "head-bias"], ["logits"]),
            helper.make_node("Sigmoid", ["logits"], ["probabilities"]),
        ]
    )
    graph.output.pop()
    graph.output.append(helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(flags)]))
