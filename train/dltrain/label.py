"""Has the accurate tier annotate text, for dltrain.distil to train the fast tier on.

python -m dltrain.label soft CHECKPOINT --work WORK --data DIR: scores for unlabelled news and the coded news items -> WORK/teacher.pkl
python -m dltrain.label parse --dateline COMMAND --work WORK: trees for the named-entity texts, by the command and the exported
model in its data folder (much faster, but best labels only) -> WORK/parsed.pkl"""
import argparse
import pathlib
import pickle
import subprocess
import time

import numpy as np
import torch

from . import data, decode, model
from .labels import DEPREL_ID, TOKEN_HEADS

SOFT = ["names", "mentions", "event", "saying", "content", "role", "toll"]
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


def soft(a):
    net, encoder, _, _ = model.load(a.checkpoint)
    net.eval()
    with open(a.work / "data.pkl", "rb") as f:
        corpora = pickle.load(f)
    sentences = corpora["items"] + list(unlabelled(a.data, data.Splitter(a.dateline)))
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
            if len(out) % 50 < 10:
                print("%d of %d sentences, %.0f words/s" % (len(out), len(order), words / (time.time() - began)), flush=True)
    with open(a.work / "teacher.pkl", "wb") as f:
        pickle.dump(out, f, protocol=5)


def parse(a):
    with open(a.work / "data.pkl", "rb") as f:
        sentences = [s for s in pickle.load(f)["names"] if len(s["words"]) <= 200]
    path = a.work / "names.conllu"
    with open(path, "w", encoding="utf-8") as f:
        for s in sentences:
            f.writelines("%d\t%s\t_\t_\t_\t_\t%d\t%s\t_\t_\n" % (i, w, i - 1, "root" if i == 1 else "dep") for i, w in enumerate(s["words"], 1))
            f.write("\n")
    done = subprocess.run([a.dateline, "parse", "--conllu", "--model", "accurate", *(["--data", a.models] if a.models else []), str(path)],
                          capture_output=True, text=True, check=True)
    path.write_text(done.stdout, encoding="utf-8")
    out = []
    for s, (_, _, rows) in zip(sentences, data.conllu(path), strict=True):
        assert len(rows) == len(s["words"])
        out.append({**data.tree("parsed", rows), **{k: v for k, v in s.items() if k in TOKEN_HEADS}})
    with open(a.work / "parsed.pkl", "wb") as f:
        pickle.dump(out, f, protocol=5)
    print(len(out), "sentences parsed")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("what", choices=["soft", "parse"])
    ap.add_argument("checkpoint", nargs="?")
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path)
    ap.add_argument("--dateline", help="the dateline command, to split texts as at run time")
    ap.add_argument("--models", help="data folder of the command, if not its own")
    ap.add_argument("--size", type=int, default=3000, help="pieces of a batch")
    a = ap.parse_args()
    soft(a) if a.what == "soft" else parse(a)


if __name__ == "__main__":
    main()
