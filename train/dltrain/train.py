"""python -m dltrain.train TIER --work WORK --steps N: trains a tier on gold; writes WORK/TIER.pt, and goes on from it with --resume."""
import argparse
import pathlib
import pickle
import random
import time

import torch

from . import data, model, predict
from .batch import losses, total


def optimisers(net, tier, encoder_rate, head_rate):
    """AdamW for what is dense, lazy Adam for the fast tier's tables."""
    tables = [p for n, p in net.named_parameters() if n.startswith("tables")]
    heads = [p for n, p in net.named_parameters() if n.startswith(("top", "shapes"))]
    body = [p for n, p in net.named_parameters() if not n.startswith(("top", "shapes", "tables"))]
    out = [torch.optim.AdamW([{"params": body, "lr": encoder_rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)]
    if tables:
        out.append(torch.optim.SparseAdam(tables, lr=encoder_rate))
    for o in out:
        for g in o.param_groups:
            g["peak"] = g["lr"]
    return out


def set_rate(all_optimisers, done):
    """Linear up over the first 5 % of the work, then linear down to a fiftieth."""
    share = max(done, 0.002) / 0.05 if done < 0.05 else 1 - 0.98 * (done - 0.05) / 0.95
    for o in all_optimisers:
        for g in o.param_groups:
            g["lr"] = g["peak"] * share


class Stream:
    """Endless batches of one corpus, shuffled anew every pass."""

    def __init__(self, sentences, encoder, size, seed):
        self.sentences, self.encoder, self.size, self.rng = sentences, encoder, size, random.Random(seed)
        self.cost = [encoder.cost(s) for s in sentences]
        self.queue, self.passes = [], 0

    def next(self, varied=True):
        if not self.queue:
            self.queue = data.batches(self.sentences, self.size, self.rng, self.cost.__getitem__)
            self.passes += 1
        group = [self.sentences[i] for i in self.queue.pop()]
        return [data.vary(s, self.rng) for s in group] if varied else group


def fit(sentences, encoder):
    """Leaves out trees that fit no window; cuts name sentences."""
    if not encoder.wordpiece:
        return [s for s in sentences if len(s["words"]) <= 200]
    out = []
    for s in sentences:
        if encoder.cost(s) <= 128:
            out.append(s)
        elif "head" not in s:
            at = 0
            for part in predict.pieces_fit(encoder, s["words"]):
                cut = slice(at, at + len(part))
                out.append({k: v[cut] if isinstance(v, list) else v for k, v in s.items() if k != "arguments"})
                at += len(part)
    return out


def development(folder, most=700):
    rows = [r for _, _, r in data.conllu(folder / "parse" / "en_ewt-ud-dev.conllu.gz")]
    return rows[:: max(1, len(rows) // most)]


def quick_score(net, encoder, inventories, sentences):
    """UPOS and LAS on EWT dev sentences that fit a window (a running figure; dltrain.evaluate gives the real one)."""
    sentences = [s for s in sentences if not encoder.wordpiece or encoder.cost({"words": [c[1] for c in s]}) <= 128]
    found = predict.annotate(net, encoder, [[c[1] for c in s] for s in sentences], inventories["feats"], inventories["lemma"])
    n = ok = las = 0
    for s, f in zip(sentences, found):
        for i, c in enumerate(s):
            n += 1
            ok += c[3] == f["upos"][i]
            las += int(c[6]) == f["head"][i] and c[7].split(":")[0] == f["deprel"][i].split(":")[0]
    return 100 * ok / n, 100 * las / n


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("tier", choices=["accurate", "fast"])
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path, required=True)
    ap.add_argument("--minilm", help="folder of the MiniLM weights, if the package is not installed")
    ap.add_argument("--out", help="name of the checkpoint; default: the tier")
    ap.add_argument("--init", type=pathlib.Path, help="begin from this checkpoint's weights")
    ap.add_argument("--steps", type=int, default=2500)
    ap.add_argument("--size", type=int, default=1600, help="pieces (accurate) or words (fast) of a batch")
    ap.add_argument("--rate", type=float, help="peak learning rate of encoder and tables")
    ap.add_argument("--head-rate", type=float)
    ap.add_argument("--shares", type=float, nargs=3, default=(0.5, 0.36, 0.14), help="shares of batches: trees, names, conflict texts")
    ap.add_argument("--minutes", type=float, help="let the clock instead of --steps set the schedule")
    ap.add_argument("--quantise", action="store_true", help="train with quantised arithmetic")
    ap.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--resume", action="store_true")
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    path = a.work / ((a.out or a.tier) + ".pt")
    point = {}
    if a.resume and path.exists():
        net, encoder, inventories, point = model.load(path)
    elif a.init:
        net, encoder, inventories, _ = model.load(a.init)
    else:
        net, encoder, inventories = model.new(a.tier, a.work, a.minilm)
    from .nets import QLinear
    with open(a.work / "data.pkl", "rb") as f:
        corpora = pickle.load(f)
    corpora = {k: fit(v, encoder) for k, v in corpora.items()}
    few = [s for s in corpora["names"] if s["source"] == "re3d"] + corpora["items"]  # small but the nearest to our task: seen more often
    trees, names = corpora["trees"], [s for s in corpora["names"] if s["source"] != "re3d"]
    first = point.get("step", 0)
    streams = [Stream(trees, encoder, a.size, a.seed + first), Stream(names, encoder, a.size, a.seed + 1 + first), Stream(few, encoder, a.size, a.seed + 2 + first)]
    default = (1.2e-4, 1.5e-3) if a.tier == "accurate" else (3e-3, 3e-3)
    opts = optimisers(net, a.tier, a.rate or default[0], a.head_rate or default[1])
    for o, state in zip(opts, point.get("optimisers", [])):
        o.load_state_dict(state)
    dev = development(a.data)
    half = a.tier == "accurate"
    began, seen, running = time.time(), 0, {}

    def checkpoint():
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            print("   step %d: EWT dev UPOS %.2f LAS %.2f" % (step, *quick_score(net, encoder, inventories, dev)), flush=True)
        model.save(path, net, inventories, {"step": step, "spent": spent + time.time() - began, "optimisers": [o.state_dict() for o in opts]})

    spent, step = point.get("spent", 0), first
    while True:
        done = (spent + time.time() - began) / (60 * a.minutes) if a.minutes else step / a.steps
        if done >= 1:
            break
        QLinear.quantise = a.quantise
        net.train()
        set_rate(opts, done)
        sentences = rng.choices(streams, a.shares)[0].next()
        batch, targets = encoder.inputs(sentences), encoder.targets(sentences)
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            parts = losses(net, batch, targets)
        loss = total(parts)
        for o in opts:
            o.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if not (p.grad is not None and p.grad.is_sparse)], 2.0)
        for o in opts:
            o.step()
        seen += sum(len(s["words"]) for s in sentences)
        for k, v in parts.items():
            running[k] = 0.97 * running.get(k, v.item()) + 0.03 * v.item()
        step += 1
        if step % 50 == 0:
            print("%d %.0f%% %.0f words/s passes %s  %s" % (step, 100 * done, seen / (time.time() - began), [s.passes for s in streams],
                  " ".join("%s %.3f" % x for x in running.items())), flush=True)
        if step % a.every == 0:
            checkpoint()
    checkpoint()


if __name__ == "__main__":
    main()
