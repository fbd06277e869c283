"""The sentence encoder (all-MiniLM-L6-v2) as the agent runs it: its weights are read out of the ONNX file of bytes, so that what is learned
fits what those bytes say. Low-rank changes are laid beside the linear parts of its last layers."""

import math

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

WIDTH, HEADS, LAYERS = 384, 12, 6
LINEAR = {
    "attention.self.query": (384, 384),
    "attention.self.key": (384, 384),
    "attention.self.value": (384, 384),
    "attention.output.dense": (384, 384),
    "intermediate.dense": (384, 1536),
    "output.dense": (1536, 384),
}


def read_weights(path):
    """Tensors by their name in BERT; the matrices of the graph by the bias that is added to what they give."""
    graph = onnx.load(path).graph
    raw = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {name: value for name, value in raw.items() if value.dtype == np.float32}
    made_by = {out: node for node in graph.node for out in node.output}
    for name in raw:
        if name.startswith("embeddings.") and name.endswith("_quantized"):
            weights[name.removesuffix("_quantized")] = real(raw, name.removesuffix("_quantized"))
    for node in graph.node:
        bias = next((one for one in node.input if one.endswith("dense.bias") or ".self." in one and one.endswith(".bias")), None)
        if node.op_type != "Add" or bias is None:
            continue
        other = next(one for one in node.input if one != bias)
        while made_by[other].op_type != "MatMulInteger":
            other = next(one for one in made_by[other].input if one in made_by and "scale" not in one)
        matrix = made_by[other].input[1].removesuffix("_quantized")
        weights[bias.removesuffix("bias") + "weight"] = real(raw, matrix)
    return {name: torch.tensor(np.array(value, dtype=np.float32)) for name, value in weights.items()}


def real(raw, name):
    quantised = raw[f"{name}_quantized"].astype(np.float32)
    return (quantised - raw[f"{name}_zero_point"].astype(np.float32)) * raw[f"{name}_scale"]


class Encoder:
    """The first layers, which nobody changes."""

    def __init__(self, weights):
        self.weights = weights

    def embed(self, ids):
        name = "embeddings."
        words = self.weights[name + "word_embeddings.weight"][ids]
        places = self.weights[name + "position_embeddings.weight"][: ids.shape[1]]
        kind = self.weights[name + "token_type_embeddings.weight"][0]
        return norm(words + places + kind, self.weights, name + "LayerNorm")

    def layer(self, hidden, mask, at, change=None):
        part = f"encoder.layer.{at}."
        linear = lambda name, x: self.linear(part + name, x, change)
        split = lambda x: x.view(*x.shape[:2], HEADS, -1).transpose(1, 2)
        q, k, v = (split(linear(f"attention.self.{one}", hidden)) for one in ("query", "key", "value"))
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :].bool())
        seen = linear("attention.output.dense", seen.transpose(1, 2).reshape(hidden.shape))
        hidden = norm(seen + hidden, self.weights, part + "attention.output.LayerNorm")
        inner = nn.functional.gelu(linear("intermediate.dense", hidden))
        return norm(linear("output.dense", inner) + hidden, self.weights, part + "output.LayerNorm")

    def linear(self, name, x, change):
        out = x @ self.weights[name + ".weight"] + self.weights[name + ".bias"]
        return out if change is None else out + change(name, x)


def norm(x, weights, name):
    return nn.functional.layer_norm(x, (WIDTH,), weights[name + ".weight"], weights[name + ".bias"], 1e-12)


class Changed(nn.Module):
    """Low-rank changes of layers `first` to the last, and a head: mean and greatest of the words' vectors to a logit for each flag."""

    def __init__(self, encoder, first, rank, flags):
        super().__init__()
        self.encoder, self.first = encoder, first
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for at in range(first, LAYERS):
            for name, (wide, out) in LINEAR.items():
                key = f"encoder.layer.{at}.{name}".replace(".", "-")
                self.down[key] = nn.Parameter(torch.randn(wide, rank) / math.sqrt(wide))
                self.up[key] = nn.Parameter(torch.zeros(rank, out))
        self.head = nn.Linear(2 * WIDTH, flags)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -2.0)
        self.drop = nn.Dropout(0.1)

    def change(self, name, x):
        key = name.replace(".", "-")
        return (self.drop(x) @ self.down[key]) @ self.up[key]

    def forward(self, hidden, mask):
        for at in range(self.first, LAYERS):
            hidden = self.encoder.layer(hidden, mask, at, self.change)
        wide = mask.unsqueeze(-1)
        mean = (hidden * wide).sum(1) / wide.sum(1)
        most = hidden.masked_fill(wide == 0, -1e4).amax(1)
        return self.head(self.drop(torch.cat([mean, most], 1)))
