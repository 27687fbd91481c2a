#!/usr/bin/env python3
"""learn.py --tool BUILD/story_pairs --data-dir BUILD/data --out data/stories NAME=GOLD.ndjson=RECORDS.ndjson ... [--check]

Learns the trees that judge pairs of pages, and writes trees.tsv and the base odds of settings.tsv. Every set is added in the order of its file and in
one at random. --check prints instead what to expect: each set's second half (by
cluster), learned from the other sets with its first half ("half") and without ("set left out").

RECORDS are what `dateline extract` makes of the texts of GOLD, in the same order. Sets of which one name begins with the other's first three letters
are taken for parts of one."""
import argparse
import pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import pairs
from measures import conll_and_pairwise

RISING = ("text", "lead", "pairs", "rarest", "text_of_best", "text_of_other", "lead_of_best", "lead_of_other", "text_above", "lead_above",
          "posted", "posted_of_best", "title_in_lead", "shared_names")
WEIGHTS = {"newscluster": 1.5, "ecbplus_dev": 0.15, "ecbplus_train": 0.15}  # ECB+ parts look-alikes that others join, and has no days; else 1
OTHER_PAIRS = {"gva": 24}  # pairs of two stories weigh this many times as much as those of one: where look-alikes abound, more; else 8
SKIPPED = ()
SETTINGS = {"threshold": 0, "missing": -3000, "best_share": 40, "join": 1000}


def rows(p, half):
    among = np.ones(len(p.same), bool) if half is None else (p.half[p.later] == half) & (p.half[p.earlier] == half)
    x, y = p.x[among], p.same[among]
    other = OTHER_PAIRS.get(p.name, 8)
    return x, y, np.where(y, 1000 / max(1, y.sum()), other * 1000 / max(1, (~y).sum())) * WEIGHTS.get(p.name, 1)


def learn(parts, features):
    x, y, weight = map(np.concatenate, zip(*[rows(*part) for part in parts]))
    columns = [i for i, f in enumerate(features) if f not in SKIPPED]
    model = HistGradientBoostingClassifier(max_depth=4, max_iter=120, learning_rate=0.08, min_samples_leaf=40, l2_regularization=1.0,
                                           monotonic_cst=[int(features[i] in RISING) for i in columns], early_stopping=False,
                                           random_state=0)
    return model.fit(x[:, columns], y, sample_weight=weight), columns


def tree_rows(number, nodes, columns, features):
    """Parents before children: the library's nodes are in that order already."""
    for node in nodes:
        if node["is_leaf"]:
            yield f"{number}\tleaf\t{round(float(node['value']) * 1000)}\t\t"
        else:
            yield (f"{number}\t{features[columns[node['feature_idx']]]}\t{int(np.floor(node['num_threshold']))}"
                   f"\t{node['left']}\t{node['right']}")


def write(folder, model, columns, features):
    lines = ["# made by train/stories/learn.py; see README.md", "key\tfeature\tat_most\tleft\tright"]
    for number, (predictor,) in enumerate(model._predictors):
        lines += tree_rows(number, predictor.nodes, columns, features)
    (folder / "trees.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    base = round(float(np.ravel(model._baseline_prediction)[0]) * 1000)
    settings = {"base": base, **SETTINGS}
    (folder / "settings.tsv").write_text("# base is made by train/stories/learn.py; see README.md\nkey\tvalue\n" +
                                         "".join(f"{k}\t{v}\n" for k, v in settings.items()), encoding="utf-8")


def check(passes, features):
    for name in sorted({p.name for p in passes}):
        others = [(p, None) for p in passes if p.name[:3] != name[:3]]
        for how, parts in (("half", others + [(p, 0) for p in passes if p.name == name]), ("set left out", others)):
            model, columns = learn(parts, features)
            for p in passes:
                if p.name != name:
                    continue
                odds = np.round(model.decision_function(p.x[:, columns]) * 1000)
                story = pairs.group(p.later, p.earlier, odds, len(p.ids), SETTINGS["threshold"], SETTINGS["missing"], SETTINGS["best_share"], SETTINGS["join"])
                for half in (1, None) if how == "half" else (None,):
                    kept = [i for i in range(len(p.ids)) if half is None or p.half[i] == half]
                    told = conll_and_pairwise([p.clusters[i] for i in kept], [story[i] for i in kept])
                    print(f"{name}\t{p.kind}\t{how}{'' if half else ', all of it' if how == 'half' else ''}\tCoNLL {told[0]:.3f}\tpairwise {told[1]:.3f}", flush=True)


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
    model, columns = learn([(p, None) for p in passes], features)
    write(args.out, model, columns, features)


if __name__ == "__main__":
    main()
