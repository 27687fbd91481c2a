"""python -m dltrain.distil --work WORK --data DIR --minutes N: trains the fast tier on the accurate tier's annotation (WORK/teacher.pkl,
WORK/parsed.pkl) and, where there is gold, on that; writes WORK/fast-distilled.pt."""
import argparse
import pathlib
import pickle
import random
import time

import torch
from torch.nn import functional as F

from . import batch as losses_
from . import model, nets, train
from .label import HARD, SOFT
from .labels import IGNORE


def pad(sentences, key, fill):
    """Teacher arrays of a batch in one tensor; arcs are padded in both directions."""
    rows = [torch.from_numpy(s["teacher"][key]) for s in sentences]
    n = max(len(s["words"]) for s in sentences)
    width = n + 1 if key == "arcs" else rows[0].shape[1] if rows[0].dim() > 1 else None
    out = torch.full((len(rows), n) + ((width,) if width else ()), fill, dtype=torch.float32 if width else torch.long)
    for k, r in enumerate(rows):
        if width:
            out[k, : r.shape[0], : r.shape[1]] = r.float()
        else:
            out[k, : len(r)] = r.long()
    return out


def divergence(logits, teacher, mask):
    """Cross-entropy of the student's distribution under the teacher's."""
    p = F.softmax(teacher[mask], -1)
    return -(p * F.log_softmax(logits.float()[mask], -1)).sum(-1).mean()


def teacher_losses(net, batch, sentences):
    x = net.encode(batch)
    top, mask, out = net.top, batch["mask"], {}
    tags = top.tags(x)
    out["upos"] = divergence(tags["upos"], pad(sentences, "upos", 0), mask)
    for k in ("feats", "lemma"):
        out[k] = losses_.cross_entropy(tags[k], pad(sentences, k, IGNORE))
    out["head"] = divergence(top.arcs(x, mask), pad(sentences, "arcs", -30), mask)
    heads = pad(sentences, "head", 0)
    out["deprel"] = divergence(top.relations(x, heads), pad(sentences, "relations", 0), mask & (heads > 0))
    scores = top.token_heads(x, SOFT + HARD)
    for k in SOFT:
        out[k] = divergence(scores[k], pad(sentences, k, 0), mask)
    trigger = pad(sentences, "event", 0).argmax(-1) > 0
    for k in HARD:
        out[k] = losses_.cross_entropy(scores[k], torch.where(trigger & mask, pad(sentences, k, IGNORE), IGNORE))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path, required=True)
    ap.add_argument("--init", type=pathlib.Path)
    ap.add_argument("--minutes", type=float, default=15)
    ap.add_argument("--size", type=int, default=1600)
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--shares", type=float, nargs=5, default=(0.2, 0.38, 0.2, 0.14, 0.08), help="shares of batches: teacher, gold trees, parsed, names, conflict texts")
    ap.add_argument("--out", default="fast-distilled")
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    if a.init:
        net, encoder, inventories, _ = model.load(a.init)
    else:
        net, encoder, inventories = model.new("fast", a.work)
    with open(a.work / "teacher.pkl", "rb") as f:
        sentences = [s for s in pickle.load(f) if len(s["words"]) <= 120]
    with open(a.work / "data.pkl", "rb") as f:
        corpora = pickle.load(f)
    with open(a.work / "parsed.pkl", "rb") as f:
        parsed = pickle.load(f)
    few = [s for s in corpora["names"] if s["source"] == "re3d"] + corpora["items"]
    parts = {"teacher": sentences, "gold": corpora["trees"], "parsed": parsed, "names": [s for s in corpora["names"] if s["source"] != "re3d"], "few": few}
    streams = {k: train.Stream(train.fit(v, encoder), encoder, a.size, a.seed + i) for i, (k, v) in enumerate(parts.items())}
    opts = train.optimisers(net, "fast", a.rate, a.rate)
    dev = train.development(a.data)
    began, step, seen, running = time.time(), 0, 0, {}
    while time.time() - began < 60 * a.minutes:
        net.train()
        train.set_rate(opts, (time.time() - began) / (60 * a.minutes))
        which = rng.choices(list(parts), a.shares)[0]
        stream = streams[which]
        group = stream.next(varied=which != "teacher")
        batch = encoder.inputs(group)
        if which == "teacher":
            found = teacher_losses(net, batch, group)
        else:
            found = losses_.losses(net, batch, encoder.targets(group))
        loss = losses_.total(found)
        for o in opts:
            o.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if not (p.grad is not None and p.grad.is_sparse)], 2.0)
        for o in opts:
            o.step()
        step += 1
        seen += sum(len(s["words"]) for s in group)
        if which == "gold":
            for k, v in found.items():
                running[k] = 0.97 * running.get(k, v.item()) + 0.03 * v.item()
        if step % 100 == 0:
            print("%d %.0f words/s  %s" % (step, seen / (time.time() - began), " ".join("%s %.3f" % x for x in running.items())), flush=True)
        if step % 1000 == 0:
            print("   EWT dev UPOS %.2f LAS %.2f" % train.quick_score(net, encoder, inventories, dev), flush=True)
    print("   EWT dev UPOS %.2f LAS %.2f" % train.quick_score(net, encoder, inventories, dev), flush=True)
    model.save(a.work / (a.out + ".pt"), net, inventories, {"step": step})


if __name__ == "__main__":
    main()
