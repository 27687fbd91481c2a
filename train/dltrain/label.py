"""python -m dltrain.label CHECKPOINT --work WORK --data DIR: has the accurate tier annotate the training texts and unlabelled news;
writes WORK/teacher.pkl, from which dltrain.distil trains the fast tier."""
import argparse
import pathlib
import pickle
import time

import numpy as np
import torch

from . import data, decode, model
from .labels import DEPREL_ID, TOKEN_HEADS, TRAINING_ONLY

SOFT = ["names", "mentions", "event", "saying", "content", "role"]
HARD = ["mode", "realis", "background"]


def unlabelled(folder, splitter):
    for r in splitter.learn(data.ndjson(folder / "monitor" / "wikipedia_current_events.ndjson")):
        for words in splitter.words(r["text"]):
            yield {"source": "monitor", "words": [r["text"][a:b] for a, b in words]}


def half(t):
    return t.float().numpy().astype(np.float16)


@torch.no_grad()
def annotate(net, encoder, group):
    """Adds "teacher" to each sentence: scores as half floats where they are worth having, else the best label."""
    batch = encoder.inputs(group)
    x = net.encode(batch)
    top = net.top
    tags = top.tags(x)
    heads = top.token_heads(x, SOFT + HARD)
    scores = top.arcs(x, batch["mask"])
    trees = torch.zeros(batch["mask"].shape, dtype=torch.long)
    arcs = scores.numpy()
    for k, s in enumerate(group):
        n = len(s["words"])
        trees[k, :n] = torch.from_numpy(decode.tree(arcs[k, :n, : n + 1]))
    relations = top.relations(x, trees).float()
    relations[..., DEPREL_ID["root"]] = -30
    for k, s in enumerate(group):
        n = len(s["words"])
        s["teacher"] = {"upos": half(tags["upos"][k, :n]), "relations": half(relations[k, :n]), "head": trees[k, :n].numpy().astype(np.int16),
                        "arcs": np.maximum(arcs[k, :n, : n + 1] - arcs[k, :n, : n + 1].max(1, keepdims=True), -30).astype(np.float16),
                        **{h: half(heads[h][k, :n]) for h in SOFT},
                        **{h: tags[h][k, :n].argmax(-1).numpy().astype(np.int16) for h in ("feats", "lemma")},
                        **{h: heads[h][k, :n].argmax(-1).numpy().astype(np.int8) for h in HARD}}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint")
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path, required=True)
    ap.add_argument("--dateline", help="the dateline command, to split texts as at run time")
    ap.add_argument("--names-part", type=float, default=0.4, help="share of the named-entity texts to label")
    ap.add_argument("--size", type=int, default=3000, help="pieces of a batch")
    a = ap.parse_args()
    net, encoder, _, _ = model.load(a.checkpoint)
    net.eval()
    with open(a.work / "data.pkl", "rb") as f:
        corpora = pickle.load(f)
    names = [s for i, s in enumerate(corpora["names"]) if i % 100 < 100 * a.names_part]
    sentences = corpora["trees"] + names + corpora["items"] + list(unlabelled(a.data, data.Splitter(a.dateline)))
    costs = [encoder.cost(s) for s in sentences]
    order = sorted((i for i in range(len(sentences)) if costs[i] <= 128), key=costs.__getitem__)
    out, group, began, words = [], [], time.time(), 0
    for count, i in enumerate(order):
        group.append(sentences[i])
        if count + 1 == len(order) or (len(group) + 1) * costs[order[count + 1]] > a.size:
            with torch.autocast("cpu", torch.bfloat16):
                annotate(net, encoder, group)
            words += sum(len(s["words"]) for s in group)
            out += group
            group = []
            if len(out) % 50 < 20:
                print("%d of %d sentences, %.0f words/s" % (len(out), len(order), words / (time.time() - began)), flush=True)
    with open(a.work / "teacher.pkl", "wb") as f:
        pickle.dump(out, f, protocol=5)


if __name__ == "__main__":
    main()
