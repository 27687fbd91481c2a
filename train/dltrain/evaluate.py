"""python -m dltrain.evaluate CHECKPOINT --data DIR --scorers DIR [--quantise]: scores a checkpoint on the development sets."""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import torch

from . import data, model, nets, predict


def run(scorer, *args):
    done = subprocess.run([sys.executable, str(scorer), *map(str, args)], capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr


def parse(net, encoder, inventories, path, scorers, folder):
    lines, sentences = [], []
    with data.open_text(path) as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            if not line:
                lines.append(None)
            elif "." not in line.split("\t", 1)[0]:
                lines.append(line.split("\t"))
    current = []
    for c in lines:
        if c is None:
            sentences.append(current)
            current = []
        elif c[0].isdigit():
            current.append(c)
    found = predict.annotate(net, encoder, [[c[1] for c in s] for s in sentences], inventories["feats"], inventories["lemma"])
    for s, f in zip(sentences, found):
        for i, c in enumerate(s):
            c[2:8] = [f["lemma"][i], f["upos"][i], "_", f["feats"][i], str(f["head"][i]), f["deprel"][i]]
    out = folder / "system.conllu"
    out.write_text("".join("\n" if c is None else "\t".join(c) + "\n" for c in lines), encoding="utf-8")
    return run(scorers / "score_parse.py", path, out)


def entities(net, encoder, inventories, splitter, path, scorers, folder, head, flags, keep=lambda r: True):
    records = splitter.learn(r for r in data.ndjson(path) if keep(r))
    places, sentences = [], []
    for k, r in enumerate(records):
        for words in splitter.words(r["text"]):
            for part in (words[i:i + 200] for i in range(0, len(words), 200)):
                places.append((k, part))
                sentences.append([r["text"][a:b] for a, b in part])
    found = predict.annotate(net, encoder, sentences, None, None, parse=False, spans=(head,))
    out = [{"id": r["id"], "text": r["text"], "entities": []} for r in records]
    for (k, words), f in zip(places, found):
        for first, last, kind in f[head]:
            out[k]["entities"].append({"span": [words[first][0], words[last][1]], "type": kind})
    for name, rows in (("gold.ndjson", records), ("system.ndjson", out)):
        (folder / name).write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return run(scorers / "score_ner.py", folder / "gold.ndjson", folder / "system.ndjson", *flags)


def triggers(net, encoder, inventories, splitter, path):
    """Trigger words: F1 of (first word, type) and of the first word alone; gold background events count for recall only."""
    rows, sentences = [], []
    for r in splitter.learn(data.ndjson(path)):
        for words in splitter.words(r["text"]):
            rows.append((r, words))
            sentences.append([r["text"][a:b] for a, b in words])
    found = predict.annotate(net, encoder, sentences, None, None, parse=False, spans=("event",))
    c = collections.Counter()
    for (r, words), f in zip(rows, found):
        gold = []
        for e in r["events"]:
            spans = [at for at in (data.covered(words, t) for t in (e.get("triggers") or [e["trigger"]]) if t) if at]
            if spans:
                gold.append((spans, e["type"]))
        used = set()
        for spans, kind in gold:
            hit = [k for k, (a, b, t) in enumerate(f["event"]) if any(a <= y and b >= x for x, y in spans)]
            c["gold"] += 1
            c["found"] += bool(hit)
            c["typed"] += any(f["event"][k][2] == kind for k in hit)
            used.update(hit)
        c["system"] += len(f["event"])
        c["right"] += len(used)
    r, p = c["found"] / max(1, c["gold"]), c["right"] / max(1, c["system"])
    return {"trigger_P": round(100 * p, 1), "trigger_R": round(100 * r, 1), "typed_R": round(100 * c["typed"] / max(1, c["gold"]), 1)}


@torch.no_grad()
def arguments(net, encoder, splitter, path):
    """Words of actors and recipients of gold triggers: F1 of each."""
    net.eval()
    c = collections.Counter()
    for r in splitter.learn(data.ndjson(path)):
        for words in splitter.words(r["text"]):
            events = []
            for e in r["events"]:
                at = data.covered(words, e["trigger"]) if e["trigger"] else None
                if at:
                    e["arguments"] = {"RECIPIENT": e.get("recipient_text") or [], "ACTOR": e.get("actor_text") or []}
                    events.append((at[1], data.arguments(e, r["text"], words, at[1])))
            group = [{"words": [r["text"][a:b] for a, b in words]}]
            if not events or encoder.cost(group[0]) > 128:
                continue
            x = net.encode(encoder.inputs(group))
            scores = net.top.arguments(x, torch.zeros(len(events), dtype=torch.long), torch.tensor([t for t, _ in events]))
            for (_, gold), found in zip(events, scores.argmax(-1).tolist()):
                for k, role in ((1, "actor"), (2, "recipient")):
                    g, s = {i for i, x in enumerate(gold) if x == k}, {i for i, x in enumerate(found) if x == k}
                    c[role, "both"] += len(g & s)
                    c[role, "all"] += len(g) + len(s)
    return {role: round(200 * c[role, "both"] / max(1, c[role, "all"]), 1) for role in ("actor", "recipient")}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint")
    ap.add_argument("--data", type=pathlib.Path, required=True)
    ap.add_argument("--scorers", type=pathlib.Path, required=True, help="folder of score_parse.py and score_ner.py")
    ap.add_argument("--quantise", action="store_true")
    ap.add_argument("--only", default="")
    ap.add_argument("--dateline", help="the dateline command, to split texts as at run time")
    ap.add_argument("--re3d-fold", type=int, default=0, help="the fifth of re3d that training left out")
    a = ap.parse_args()
    net, encoder, inventories, _ = model.load(a.checkpoint)
    nets.QLinear.quantise = a.quantise
    splitter = data.Splitter(a.dateline)
    common = net, encoder, inventories
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        jobs = {
            "ewt-dev": lambda: parse(*common, a.data / "parse/en_ewt-ud-dev.conllu.gz", a.scorers, folder),
            "gum-dev": lambda: parse(*common, a.data / "parse/en_gum-ud-dev.conllu.gz", a.scorers, folder),
            "wwn-dev": lambda: entities(*common, splitter, a.data / "ner/wwn-dev.ndjson.gz", a.scorers, folder, "names", ["--coarse", "--trim"]),
            "uner-dev": lambda: entities(*common, splitter, a.data / "ner/uner_ewt-dev.ndjson.gz", a.scorers, folder, "names", ["--coarse", "--trim"]),
            "re3d": lambda: entities(*common, splitter, a.data / "ner/re3d-train.ndjson.gz", a.scorers, folder, "mentions", ["--coarse", "--trim", "--low"],
                                     lambda r: data.re3d_fold(r["id"]) == a.re3d_fold),
            "items": lambda: triggers(*common, splitter, a.data / "gold/items_gold.ndjson"),
            "arguments": lambda: arguments(net, encoder, splitter, a.data / "gold/items_gold.ndjson"),
            "articles": lambda: triggers(*common, splitter, a.data / "gold/articles_gold.ndjson"),
        }
        for name, job in jobs.items():
            if not a.only or name in a.only.split(","):
                print(name, job(), flush=True)


if __name__ == "__main__":
    main()
