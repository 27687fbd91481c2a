#!/usr/bin/env python3
"""learn.py - learns data/places/weights.tsv from texts with gold places.

    cmake --build BUILD --target place_features
    learn.py --features BUILD/place_features --data BUILD/data --weights data/places/weights.tsv GOLD.ndjson ...

GOLD has a line a text: {"id", "text", "places":[{"span","lat","lon","geonameid"}]}, spans in code points, lat null where the
place has no coordinates. Each file counts as much as each other. Needs numpy.

Two models, a few dozen numbers: a logistic one for "this mention is a toponym" (negative: every other mention found;
mentions on gold places without coordinates are left out), and a log-linear one for "this candidate is meant" (right:
within 161 km or the same id; several may be). Features of company depend on the weights, so both are learned anew
some rounds. --folds N tells the loss on texts held back in turn.
"""
import argparse
import json
import math
import re
import subprocess

import numpy as np


def kilometres(lat1, lon1, lat2, lon2):
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


def feature_names(header):
    text = open(header, encoding="utf-8").read()
    mention, candidate = text.split("#define CANDIDATE_FEATURES")
    find = lambda part: [n.lower() for n in re.findall(r'X\(\w+,\s*"([^"]+)"\)', part)]
    return find(mention.split("#define MENTION_FEATURES")[1]), find(candidate.split("#define X(id")[0])


def dense(flat, size):
    row = np.zeros(size, np.float32)
    row[[int(i) for i in flat[0::2]]] = flat[1::2]
    return row


def is_same(gold, candidate):
    return bool(gold.get("geonameid")) and gold["geonameid"] == candidate["id"]


def is_right(gold, candidate):
    return kilometres(gold["lat"], gold["lon"], candidate["lat"], candidate["lon"]) <= 161


def run_features(args, path, given):
    out = subprocess.run([args.features, args.data] + (["given"] if given else []), stdin=open(path, encoding="utf-8"),
                         capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def collect(args, sizes, weights):
    mentions, nodes = [], []
    for number, path in enumerate(args.gold):
        gold = {d["id"]: d for d in map(json.loads, open(path, encoding="utf-8"))}
        for given in (False, True):
            for doc in run_features(args, path, given):
                places = {tuple(p["span"]): p for p in gold[doc["id"]].get("places", [])}
                for m in doc["mentions"]:
                    place = places.get(tuple(m["span"]))
                    located = place and place["lat"] is not None
                    if not given and m["kind"] < 4 and (located or not place):
                        mentions.append((number, hash_of(doc["id"]), dense(m["f"], sizes[0]), float(bool(located))))
                    if located and m["node"] >= 0:
                        candidates = doc["nodes"][m["node"]]
                        right = np.array([is_same(place, c) for c in candidates])
                        if not right.any():
                            right = np.array([is_right(place, c) for c in candidates])
                        if right.any() and len(right) > 1:
                            features = np.array([dense(c["f"], sizes[1]) for c in candidates])
                            keep = right | (np.argsort(np.argsort(-(features @ weights))) < 12)
                            nodes.append((number, hash_of(doc["id"]), features[keep], right[keep]))
    return mentions, nodes


def hash_of(text):
    value = 0
    for c in text:
        value = (value * 131 + ord(c)) % 1000003
    return value


def balance(groups):
    counts = np.bincount(groups)
    return np.array([1 / counts[g] for g in groups]) * len(groups) / np.count_nonzero(counts)


def adam(gradient, start, steps, rate=0.05):
    w, m, v = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(w)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= rate * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8)
    return w


def learn_mentions(rows, start, l2):
    x, y = np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    weight = balance([r[0] for r in rows])
    weight /= weight.sum()

    def gradient(w):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        return x.T @ (weight * (p - y)) + l2 * w
    return adam(gradient, start, 300)


def mention_loss(rows, w):
    x, y = np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    p = np.clip(1 / (1 + np.exp(-np.clip(x @ w, -30, 30))), 1e-6, 1 - 1e-6)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))), float(np.mean((p > 0.5) == y))


def stack(rows):
    x = np.concatenate([r[2] for r in rows])
    right = np.concatenate([r[3] for r in rows])
    group = np.repeat(np.arange(len(rows)), [len(r[3]) for r in rows])
    starts = np.concatenate([[0], np.cumsum([len(r[3]) for r in rows])[:-1]])
    return x, right, group, starts


def shares(x, w, group, starts, mask=None):
    s = x @ w
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    s = np.exp(s - np.maximum.reduceat(s, starts)[group])
    return s / np.add.reduceat(s, starts)[group]


def learn_candidates(rows, start, l2):
    x, right, group, starts = stack(rows)
    weight = balance([r[0] for r in rows])
    weight = (weight / weight.sum())[group]

    def gradient(w):
        return x.T @ (weight * (shares(x, w, group, starts) - shares(x, w, group, starts, right))) + l2 * w
    return adam(gradient, start, 400)


# What the page says outright, and what ids (not distances) would teach, must not drown in correlated features.
AT_LEAST = {"in the container": 2.0, "nature": 0.3, "overlay": 5.0, "country hint": 3.0,
            "its county is named": 3.0, "a town in it is named": 3.0}
AT_MOST = {"outside the container": -2.0, "holds its namesake": -1.4, "another bears the name": -2.0}


def bound(names, weights):
    low = np.array([AT_LEAST.get(n, -np.inf) for n in names])
    high = np.array([AT_MOST.get(n, np.inf) for n in names])
    return np.clip(weights, low, high)


def candidate_accuracy(rows, w):
    return float(np.mean([r[3][np.argmax(r[2] @ w)] for r in rows]))


def read_weights(path, names):
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if "\t" in line]
    table = {cells[0]: cells[1:] for cells in lines}
    column = lambda group, list_, at: np.array([float((table.get(f"{group} {n}", []) + [0, 0])[at] or 0) for n in list_])
    return (column("mention", names[0], 0), column("mention", names[0], 1), column("candidate", names[1], 0)), table.get("threshold", ["0.5"])[0]


def write_weights(path, names, weights, threshold):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Weights of the features of mentions and candidates (README.md), learned by train/places/learn.py.\nfeature\tweight\tuntagged\n")
        for name, tagged, untagged in zip(names[0], *weights[:2]):
            out.write(f"mention {name}\t{tagged:.3f}\t{untagged:.3f}\n")
        for name, value in zip(names[1], weights[2]):
            out.write(f"candidate {name}\t{value:.3f}\n")
        out.write(f"threshold\t{threshold}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    for name in ("features", "data", "weights", "header", "build"):
        parser.add_argument("--" + name, required=name != "build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--l2", type=float, default=3e-5)
    args = parser.parse_args()
    names = feature_names(args.header)
    for turn in range(args.rounds):
        (mention, untagged, candidate), threshold = read_weights(args.weights, names)
        mentions, nodes = collect(args, [len(n) for n in names], candidate)
        if args.folds and turn == args.rounds - 1:
            for kind, rows, learn, test in (("mention", mentions, learn_mentions, mention_loss), ("candidate", nodes, learn_candidates, candidate_accuracy)):
                results = []
                for fold in range(args.folds):
                    w = learn([r for r in rows if r[1] % args.folds != fold], mention if kind == "mention" else candidate, args.l2)
                    results.append(test([r for r in rows if r[1] % args.folds == fold], w))
                print("held back", kind, np.mean(results, axis=0))
        plain = [(g, h, np.where([n.split()[0] == "tag" or " tag " in n for n in names[0]], 0, x), y) for g, h, x, y in mentions]
        mention, untagged = learn_mentions(mentions, mention, args.l2), learn_mentions(plain, untagged, args.l2)
        candidate = bound(names[1], learn_candidates(nodes, candidate, args.l2))
        print("round", turn, "mentions", len(mentions), mention_loss(mentions, mention), "untagged", mention_loss(plain, untagged),
              "nodes", len(nodes), candidate_accuracy(nodes, candidate))
        write_weights(args.weights, names, (mention, untagged, candidate), threshold)
        if args.build:
            subprocess.run(["cmake", "--build", args.build, "--target", "data"], check=True, capture_output=True)


if __name__ == "__main__":
    main()
