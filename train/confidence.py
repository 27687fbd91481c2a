#!/usr/bin/env python3
"""confidence.py SCORERS GOLD RECORDS FLAT [GOLD RECORDS FLAT ...]

Fits data/events/confidence.tsv: how likely an event and its type are right, from coded news (GOLD, flat form), what `dateline extract --why`
wrote of it (RECORDS) and its flat form (FLAT). Right means: paired by the anchored scorer in the folder SCORERS, with the same type; events that
the gold holds optional count only where they are right. Prints the reliability table of five-fold cross-validation (whole documents) and the
weights in hundredths. Standard library only; the same input gives the same figures."""
import json
import math
import re
import sys

NAMES = ["bias", "probability", "parties", "toll", "assault", "retold", "unreal", "place"]
BUCKETS = [0, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01]
FOLDS, STEPS, RATE, PENALTY = 5, 3000, 0.2, 1.0


def evidence(event):
    """The features of confidence.c, in the order of NAMES."""
    told = re.search(r"probability ([\d.]+)", event["why"])
    p = min(0.995, max(0.02, float(told.group(1))))
    toll = any(event.get(k) for k in ("killed", "wounded", "killed_or_wounded"))
    return [1.0, math.log(p / (1 - p)), float(bool(event.get("actor") and event.get("recipient"))), float(toll), float(event["type"] == "ASSAULT"),
            float(bool(event.get("also"))), float(event["realis"] not in ("actual", "ongoing")), float(bool(event.get("place")))]


def read_events(score, gold_file, record_file, flat_file):
    """(features, right, document) of every event."""
    score.ANCHORED = True
    gold, flat = score.load(gold_file), score.load(flat_file)
    with open(record_file, encoding="utf-8") as lines:
        records = {r["id"]: r for r in map(json.loads, lines)}
    for key, document in gold.items():
        wanted, found = document.get("events") or [], (flat.get(key) or {}).get("events") or []
        pairs = {b: wanted[a] for a, b in score.assign(wanted, found) if score.anchored(wanted[a], found[b])}
        for index, event in enumerate(found):
            match = pairs.get(index)
            right = bool(match and score.label(match, event, "type"))
            if right or not (match and match.get("optional")):
                yield evidence(records[key]["events"][index]), int(right), key


def value(weights, features):
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features))))


def fit(rows):
    """Weights by gradient ascent on the penalised likelihood; the bias goes free."""
    weights = [0.0] * len(NAMES)
    for _ in range(STEPS):
        slope = [0.0] * len(NAMES)
        for features, right, _ in rows:
            miss = right - value(weights, features)
            for k, x in enumerate(features):
                slope[k] += miss * x
        for k in range(len(NAMES)):
            weights[k] += RATE * (slope[k] - (PENALTY * weights[k] if k else 0)) / len(rows)
    return weights


def cross_validate(rows):
    """(confidence, right) of every event, by weights that have not seen its document."""
    fold = {key: number % FOLDS for number, key in enumerate(sorted({key for _, _, key in rows}))}
    out = []
    for held in range(FOLDS):
        weights = fit([r for r in rows if fold[r[2]] != held])
        out += [(value(weights, features), right) for features, right, key in rows if fold[key] == held]
    return out


def print_table(judged):
    print("| confidence | events | mean | right |\n|---|---|---|---|")
    for low, high in zip(BUCKETS, BUCKETS[1:]):
        bucket = [(p, right) for p, right in judged if low <= p < high]
        if bucket:
            mean, share = (sum(column) / len(bucket) for column in zip(*bucket))
            print(f"| {low:.2f}-{min(high, 1):.2f} | {len(bucket)} | {mean:.2f} | {share:.2f} |")


def main():
    if len(sys.argv) < 5 or (len(sys.argv) - 2) % 3:
        sys.exit(__doc__)
    sys.path.insert(0, sys.argv[1])
    import score_events as score
    files = sys.argv[2:]
    rows = [row for i in range(0, len(files), 3) for row in read_events(score, *files[i:i + 3])]
    print_table(cross_validate(rows))
    for name, weight in zip(NAMES, fit(rows)):
        print(f"{name}\t{round(100 * weight)}")


if __name__ == "__main__":
    main()
