#!/usr/bin/env python3
"""learn.py --tool BUILD/story_pairs --data-dir BUILD/data --out data/stories NAME=GOLD.ndjson=RECORDS.ndjson ... [--check]

Learns the trees that judge pairs of pages: trees.tsv for pairs of which both pages tell their day, trees_undated.tsv for others; and their base
odds in settings.tsv. Sets are added in the order of their file, the small ones at random, too. --check prints instead what to expect: each half of
each set (by topic or city, so that look-alikes are in one half) alone in a store, by trees learned from the other halves.

RECORDS are what `dateline extract` makes of the texts of GOLD, in the same order. Set OMP_NUM_THREADS=1 on a busy machine."""
import argparse
import collections
import pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import pairs
from measures import conll_and_pairwise

RISING = ("text", "lead", "pairs", "rarest", "text_of_best", "text_of_other", "lead_of_best", "lead_of_other", "text_above", "lead_above",
          "posted", "posted_of_best", "title_in_lead", "shared_names")
WEIGHTS = {"newscluster": 8, "gva": 1.5, "neardup": 2}
OTHER_PAIRS = {"gva": 32, "neardup": 100, "newscluster": 4}  # pairs of two stories weigh this many times as much as those of one: where look-alikes abound,
# more; else 8
KEPT = {"gva": 0.4}  # share of the pairs of two stories that are learned from
LARGE = ("gva",)     # added in one order
TREES = (260, 200)   # of pairs with days, and of others
CAUTION = 500        # taken from all odds: where halves are judged by each other, doubtful pairs are better kept apart
SETTINGS = {"threshold": 0, "missing": -3000, "best_share": 75, "join": 1000}


def undated(p, x):
    return x[:, p.features.index("gap")] < 0


def rows(p, without_days):
    among = (p.same | (np.random.RandomState(0).rand(len(p.same)) < KEPT.get(p.name, 1))) & (undated(p, p.x) == without_days)
    x, y = p.x[among], p.same[among]
    other = OTHER_PAIRS.get(p.name, 8)
    return x, y, np.where(y, 1000 / max(1, y.sum()), other * 1000 / max(1, (~y).sum())) * WEIGHTS.get(p.name, 1)


class Judge:
    """Two forests: for pairs with days and without."""

    def __init__(self, passes):
        self.models = [self.learn([rows(p, kind) for p in passes], passes[0].features, TREES[kind]) for kind in (False, True)]

    @staticmethod
    def learn(parts, features, trees):
        x, y, weight = map(np.concatenate, zip(*parts))
        model = HistGradientBoostingClassifier(max_depth=4, max_iter=trees, learning_rate=0.05, max_features=0.5, min_samples_leaf=40, l2_regularization=5.0,
                                               monotonic_cst=[int(f in RISING) for f in features], early_stopping=False, random_state=0)
        return model.fit(x, y, sample_weight=weight)

    def odds(self, p):
        bare = undated(p, p.x)
        out = np.zeros(len(bare))
        for kind, model in enumerate(self.models):
            if (bare == kind).any():
                out[bare == kind] = np.round(model.decision_function(p.x[bare == kind]) * 1000) - CAUTION
        return out


def tree_rows(number, nodes, features):
    """Parents before children: the library's nodes are in that order already."""
    for node in nodes:
        if node["is_leaf"]:
            yield f"{number}\tleaf\t{round(float(node['value']) * 1000)}\t\t"
        else:
            yield (f"{number}\t{features[node['feature_idx']]}\t{int(np.floor(node['num_threshold']))}"
                   f"\t{node['left']}\t{node['right']}")


def write(folder, judge, features):
    base = []
    for model, name in zip(judge.models, ("trees.tsv", "trees_undated.tsv")):
        lines = ["# made by train/stories/learn.py; see README.md", "key\tfeature\tat_most\tleft\tright"]
        for number, (predictor,) in enumerate(model._predictors):
            lines += tree_rows(number, predictor.nodes, features)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        base.append(round(float(np.ravel(model._baseline_prediction)[0]) * 1000) - CAUTION)
    settings = {"base": base[0], "base_undated": base[1], **SETTINGS}
    (folder / "settings.tsv").write_text("# base and base_undated are made by train/stories/learn.py; see README.md\nkey\tvalue\n" +
                                         "".join(f"{k}\t{v}\n" for k, v in settings.items()), encoding="utf-8")


def orders(name):
    return ("file",) if name in LARGE else ("file", "random")


def check(sets, tool, data):
    told = collections.defaultdict(list)
    halves = {(s.name, kind, half): s.add(tool, data, kind, half) for s in sets for kind in ("file", "random") for half in (0, 1)}
    for half in (0, 1):
        judge = Judge([halves[s.name, kind, half] for s in sets for kind in orders(s.name)])
        for s in sets:
            for kind in ("file", "random"):
                p = halves[s.name, kind, 1 - half]
                story = pairs.group(p.later, p.earlier, judge.odds(p), len(p.ids), **SETTINGS)
                told[s.name, kind].append(conll_and_pairwise(p.clusters, story))
    for (name, kind), values in told.items():
        each = "  ".join(f"{conll:.3f} {pairwise:.3f}" for conll, pairwise in values)
        print(f"{name}\t{kind}\tCoNLL {np.mean([v[0] for v in values]):.3f}\tpairwise {np.mean([v[1] for v in values]):.3f}\tof each half {each}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("data/stories"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    sets = [pairs.Set(*given.split("=")) for given in args.sets]
    if args.check:
        return check(sets, args.tool, args.data_dir)
    passes = [s.add(args.tool, args.data_dir, kind) for s in sets for kind in orders(s.name)]
    write(args.out, Judge(passes), passes[0].features)


if __name__ == "__main__":
    main()
