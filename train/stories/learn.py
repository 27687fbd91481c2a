#!/usr/bin/env python3
"""learn.py --tool BUILD/story_pairs --data-dir BUILD/data --out data/stories NAME=GOLD.ndjson=RECORDS.ndjson ... [--check]

Learns the trees that judge pairs of pages, and writes trees.tsv and the base odds of settings.tsv. Every set is added in the order of its file and in
one at random. --check prints instead what to expect: each half of each set (by cluster), learned from the other half of all sets.

RECORDS are what `dateline extract` makes of the texts of GOLD, in the same order."""
import argparse
import collections
import pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import pairs
from measures import conll_and_pairwise

RISING = ("text", "lead", "pairs", "rarest", "text_of_best", "text_of_other", "lead_of_best", "lead_of_other", "text_above", "lead_above",
          "posted", "posted_of_best", "title_in_lead", "shared_names")
WEIGHTS = {"newscluster": 4, "gva": 1.5, "neardup": 2, "ecbplus_dev": 0.15,
           "ecbplus_train": 0.15}  # ECB+ parts look-alikes that others join, and has no days
OTHER_PAIRS = {"gva": 24, "neardup": 100}  # pairs of two stories weigh this many times as much as those of one: where look-alikes abound, more; else 8
KEPT = {"gva": 0.5, "ecbplus_train": 0.4}  # share of the pairs of two stories that are learned from
SETTINGS = {"threshold": 0, "missing": -3000, "best_share": 75, "join": 1000}


def rows(p, half):
    among = p.same | (np.random.RandomState(0).rand(len(p.same)) < KEPT.get(p.name, 1))
    if half is not None:
        among &= (p.half[p.later] == half) & (p.half[p.earlier] == half)
    x, y = p.x[among], p.same[among]
    other = OTHER_PAIRS.get(p.name, 8)
    return x, y, np.where(y, 1000 / max(1, y.sum()), other * 1000 / max(1, (~y).sum())) * WEIGHTS.get(p.name, 1)


def learn(parts, features):
    x, y, weight = map(np.concatenate, zip(*[rows(*part) for part in parts]))
    model = HistGradientBoostingClassifier(max_depth=4, max_iter=200, learning_rate=0.05, max_features=0.5, min_samples_leaf=40, l2_regularization=5.0,
                                           monotonic_cst=[int(f in RISING) for f in features], early_stopping=False, random_state=0)
    return model.fit(x, y, sample_weight=weight)


def tree_rows(number, nodes, features):
    """Parents before children: the library's nodes are in that order already."""
    for node in nodes:
        if node["is_leaf"]:
            yield f"{number}\tleaf\t{round(float(node['value']) * 1000)}\t\t"
        else:
            yield (f"{number}\t{features[node['feature_idx']]}\t{int(np.floor(node['num_threshold']))}"
                   f"\t{node['left']}\t{node['right']}")


def write(folder, model, features):
    lines = ["# made by train/stories/learn.py; see README.md", "key\tfeature\tat_most\tleft\tright"]
    for number, (predictor,) in enumerate(model._predictors):
        lines += tree_rows(number, predictor.nodes, features)
    (folder / "trees.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    base = round(float(np.ravel(model._baseline_prediction)[0]) * 1000)
    settings = {"base": base, **SETTINGS}
    (folder / "settings.tsv").write_text("# base is made by train/stories/learn.py; see README.md\nkey\tvalue\n" +
                                         "".join(f"{k}\t{v}\n" for k, v in settings.items()), encoding="utf-8")


def check(passes, features):
    told = collections.defaultdict(list)
    for half in (0, 1):
        model = learn([(p, half) for p in passes], features)
        for p in passes:
            odds = np.round(model.decision_function(p.x) * 1000)
            story = pairs.group(p.later, p.earlier, odds, len(p.ids), **SETTINGS)
            kept = [i for i in range(len(p.ids)) if p.half[i] != half]
            told[p.name, p.kind].append(conll_and_pairwise([p.clusters[i] for i in kept], [story[i] for i in kept]))
    for (name, kind), values in told.items():
        halves = "  ".join(f"{conll:.3f} {pairwise:.3f}" for conll, pairwise in values)
        print(f"{name}\t{kind}\tCoNLL {np.mean([v[0] for v in values]):.3f}\tpairwise {np.mean([v[1] for v in values]):.3f}\tof each half {halves}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("data/stories"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    passes = [pairs.load(*given.split("="), args.tool, args.data_dir, kind) for given in args.sets for kind in ("file", "random")]
    features = passes[0].features
    if args.check:
        return check(passes, features)
    write(args.out, learn([(p, None) for p in passes], features), features)


if __name__ == "__main__":
    main()
