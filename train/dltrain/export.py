"""python -m dltrain.export CHECKPOINT FILE.dlm [--card CARD.json] [--reference DIR]: the model file of docs/model-format.md, and with
--reference some sentences with what the net says of them, to test the runtime against."""
import argparse
import json
import math
import pathlib

import numpy as np
import torch

from . import decode, dlm, model, nets, predict, words
from .labels import ARGUMENTS, DEPREL, TOKEN_HEADS, TRAINING_ONLY, UPOS

SENTENCES = ["The governor said that two drones hit the port of Marsa before dawn , killing at least seven dock workers .",
             "Talks between the rebels and the ministry were n't held in Geneva on Friday .",
             "\" We will not withdraw , \" Gen. Amina Kaboré told reporters .",
             "SHELLING WOUNDS THREE IN BORDER TOWN",
             "Zürich-based aid group Médecins d'Hiver counted 1,204 tents ( up from 900 ) in the northern camps ."]


def numbers(t):
    return t.detach().float().numpy()


def put_linear(w, name, layer, factor=None):
    weight, bias = numbers(layer.weight), numbers(layer.bias) if layer.bias is not None else None
    if factor:
        weight, bias = weight * factor, bias * factor
    w.linear(name, weight, bias)


def put_norm(w, name, norm):
    w.add(name + ".gain", numbers(norm.weight))
    w.add(name + ".shift", numbers(norm.bias))


def put_heads(w, top, inventories):
    heads = {"upos": (top.upos, UPOS), "feats": (top.feats, inventories["feats"]), "lemma": (top.lemma, inventories["lemma"])}
    heads.update({k: (top.tokens[k], v) for k, v in TOKEN_HEADS.items() if k not in TRAINING_ONLY})
    w.add_strings("heads", list(heads))
    for name, (layer, labels) in heads.items():
        put_linear(w, "head." + name, layer)
        w.add_strings("labels." + name, labels)
    for ours, theirs in (("arc_dep", "arc.dep"), ("arc_head", "arc.head"), ("arc_bilinear", "arc.bilinear"), ("rel_dep", "rel.dep"),
                         ("rel_head", "rel.head"), ("rel_bilinear", "rel.bilinear"), ("rel_prior", "rel.prior"), ("arg_dep", "arg.dep"), ("arg_head", "arg.head"),
                         ("arg_bilinear", "arg.bilinear"), ("arg_prior", "arg.prior")):
        put_linear(w, theirs, getattr(top, ours))
    w.add("arc.root", numbers(top.arc_root))
    w.add_strings("labels.deprel", DEPREL)
    w.add_strings("labels.arg", ARGUMENTS)


def put_accurate(w, net, inventories):
    layer = net.layers[0]
    dim, ffn = layer.up.in_features, layer.up.out_features
    w.set("architecture", 1)
    w.set("dim", dim)
    w.set("layers", len(net.layers))
    w.set("heads", layer.heads)
    w.set("ffn", ffn)
    w.set("window", net.positions.num_embeddings)
    for key, piece in (("cls", "[CLS]"), ("sep", "[SEP]"), ("unk", "[UNK]")):
        w.set("piece." + key, inventories["wordpiece"].index(piece))
    w.add_strings("wordpiece", inventories["wordpiece"])
    w.rows("embed.word", numbers(net.words.weight))
    w.add("embed.position", numbers(net.positions.weight))
    w.add("embed.shape", numbers(net.shapes.weight))
    put_norm(w, "embed.norm", net.norm)
    for i, layer in enumerate(net.layers):
        base = "layer.%d." % i
        share = 1 / math.sqrt(dim / layer.heads)
        weight = np.concatenate([numbers(layer.query.weight) * share, numbers(layer.key.weight), numbers(layer.value.weight)])
        bias = np.concatenate([numbers(layer.query.bias) * share, numbers(layer.key.bias), numbers(layer.value.bias)])
        w.linear(base + "qkv", weight, bias)
        put_linear(w, base + "out", layer.out)
        put_norm(w, base + "norm1", layer.norm1)
        put_linear(w, base + "up", layer.up)
        put_linear(w, base + "down", layer.down)
        put_norm(w, base + "norm2", layer.norm2)


def put_fast(w, net):
    w.set("architecture", 2)
    w.set("dim", net.mix.out_features)
    w.set("layers", len(net.layers))
    w.add_strings("features", [name for name, *_ in words.FEATURES])
    for (name, *_), table in zip(words.FEATURES, net.tables):
        w.rows("feature." + name, numbers(table.weight))
    put_linear(w, "mix", net.mix)
    put_norm(w, "mix.norm", net.norm)
    for i, layer in enumerate(net.layers):
        w.set("conv.%d.width" % i, layer.width)
        w.set("conv.%d.dilation" % i, layer.dilation)
        put_linear(w, "conv.%d" % i, layer.mix)
        put_norm(w, "conv.%d.norm" % i, layer.norm)


def reference(net, encoder, inventories, folder):
    """One JSON object a sentence: words, inputs, word vectors, scores and labels, computed with quantised arithmetic."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    nets.QLinear.quantise = True
    net.eval()
    for text in SENTENCES:
        tokens = text.split()
        batch = encoder.inputs([{"words": tokens}])
        with torch.no_grad():
            x = net.encode(batch)
            heads = {**net.top.tags(x), **net.top.token_heads(x, [k for k in TOKEN_HEADS if k not in TRAINING_ONLY])}
            arcs = net.top.arcs(x, batch["mask"])
        found = predict.annotate(net, encoder, [tokens], inventories["feats"], inventories["lemma"])[0]
        inputs = {k: batch[k][0].tolist() for k in ("pieces", "shapes", "firsts", "features") if k in batch}
        out.append({"words": tokens, **inputs, "vectors": x[0].tolist(), "logits": {k: v[0].tolist() for k, v in heads.items()},
                    "arcs": arcs[0].tolist(), "labels": found})
    nets.QLinear.quantise = False
    with open(folder / (net.tier + ".ndjson"), "w", encoding="utf-8") as f:
        for x in out:
            f.write(json.dumps(x, ensure_ascii=False) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint")
    ap.add_argument("file")
    ap.add_argument("--card", type=pathlib.Path, help="JSON object to put into the file")
    ap.add_argument("--reference", type=pathlib.Path)
    a = ap.parse_args()
    net, encoder, inventories, _ = model.load(a.checkpoint)
    w = dlm.Writer()
    put_accurate(w, net, inventories) if net.tier == "accurate" else put_fast(w, net)
    put_heads(w, net.top, inventories)
    size = w.write(a.file, json.loads(a.card.read_text(encoding="utf-8")) if a.card else {"model": "dateline " + net.tier})
    print("%s: %.2f MB" % (a.file, size / 1e6))
    if a.reference:
        reference(net, encoder, inventories, a.reference)


if __name__ == "__main__":
    main()
