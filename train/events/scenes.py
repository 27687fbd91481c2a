#!/usr/bin/env python3
"""scenes.py --dateline TRACING --scorers DIR --out data/events/places.tsv GOLD ...

Learns which of the places told near an act is its scene: a softmax over the places and "no place", weights for the signals of
src/events/where.h. TRACING is the command built with -DDL_TRACE_SCENES (cmake -DCMAKE_C_FLAGS=-DDL_TRACE_SCENES); each GOLD is a file of coded
news in the flat form (tools/corpus/corpus.py export writes data/corpus so). Prints how often the scene is right on each file by weights that have
not seen it, then writes those learned on all. An act whose gold tells no place counts little: coders leave out more than they put in."""
import argparse
import pathlib
import re
import sys

import numpy as np
import scipy.optimize

import coded
from coded import TYPES

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIGNALS = re.findall(r'X\(\w+, "([^"]+)"\)', (ROOT / "src/events/where.h").read_text())
UNTOLD, PENALTY = 0.3, 2.0
HEAD = """# What speaks for a place being the scene of an act: weights in hundredths, learned on coded news (train/events/scenes.py); without any place
# above that of its type ("no place") an act has none. Signals: src/events/where.h.
key\tweight
"""


def is_scene(score, event, place, text):
    told = event.get("place")
    if not told:
        return False
    words = text[place["span"][0]:place["span"][1]].lower()
    if event.get("place_span"):
        start, end = event["place_span"]
        if place["span"][0] < end and start < place["span"][1]:
            return True
    elif score.place_ok(event, {"place": {k: place.get(k) for k in ("name", "lat", "lon", "geonameid", "country")}}, True):
        return True
    return words in (told.get("name") or "").lower()


def signals_of(mask):
    bits = int(mask, 16)
    row = np.zeros(len(SIGNALS) + len(TYPES))
    row[:len(SIGNALS)] = [bits >> k & 1 for k in range(len(SIGNALS))]
    return row


def examples(score, command, documents):
    """(signals of each choice, which are right, weight) of every act that the gold knows."""
    by_id = {d["id"]: d for d in documents}
    for record, trace in coded.run(command, documents):
        raw, acts = record["text"].encode(), {}
        for cells in trace or []:
            acts.setdefault(cells[0], []).append(cells)
        for choices in acts.values():
            start, end = (len(raw[:int(at)].decode(errors="replace")) for at in choices[0][1:3])
            kind = int(choices[0][5])
            same, hits = coded.gold_events(by_id[record["id"]], start, end, TYPES[kind])
            event = next(iter(same or hits), None)
            if not event:
                continue
            none = np.zeros(len(SIGNALS) + len(TYPES))
            none[len(SIGNALS) + kind] = 1
            rows = [signals_of(c[4]) for c in choices] + [none]
            right = [is_scene(score, event, record["places"][int(c[3])], record["text"]) for c in choices] + [not event.get("place")]
            if any(right):
                yield np.array(rows), np.array(right, float), 1.0 if event.get("place") else UNTOLD


def fit(rows):
    x, y = np.concatenate([r[0] for r in rows]), np.concatenate([r[1] for r in rows])
    of, weight, count = np.concatenate([[i] * len(r[0]) for i, r in enumerate(rows)]), np.array([r[2] for r in rows]), len(rows)

    def loss(w):
        score = x @ w
        top = np.full(count, -1e9)
        np.maximum.at(top, of, score)
        e = np.exp(score - top[of])
        total, right = np.bincount(of, e, count), np.bincount(of, e * y, count)
        value = -(weight * np.log(np.maximum(right, 1e-300) / total)).sum() + PENALTY / 2 * (w @ w)
        return value, x.T @ ((e / total[of] - e * y / np.maximum(right, 1e-12)[of]) * weight[of]) + PENALTY * w
    return scipy.optimize.minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def accuracy(rows, weights):
    return sum(r[1][int(np.argmax(r[0] @ weights))] for r in rows) / max(1, len(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", required=True)
    parser.add_argument("--scorers", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("gold", nargs="+")
    args = parser.parse_args()
    sys.path.insert(0, args.scorers)
    import score_events as score
    sets = {}
    for name in args.gold:
        sets[name] = list(examples(score, args.dateline, coded.read(name)))
    for name, rows in sets.items():
        others = [r for other, more in sets.items() if other != name for r in more]
        unseen = f"right {accuracy(rows, fit(others)):.3f} unseen" if others else "alone"
        print(f"{name}: {len(rows)} acts, {unseen}")
    weights = fit([r for rows in sets.values() for r in rows])
    names = SIGNALS + [f"no place {t.lower()}" for t in TYPES]
    with open(args.out, "w", encoding="utf-8") as out:
        out.write(HEAD)
        out.writelines(f"{n}\t{round(100 * w)}\n" for n, w in zip(names, weights) if n != "no place none")


if __name__ == "__main__":
    main()
