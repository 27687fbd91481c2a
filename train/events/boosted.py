"""boosted.py - boosted trees of scikit-learn as rows that src/base/trees.h reads, folds of documents, and how well trees do on pages not seen.

A page is (id, features, right, weight), the last three arrays with a row each for what is to be judged."""
import argparse
import hashlib
import pathlib
import re

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDS = 5


def features_of(header):
    """The names of the features in a header of src/events, in their order."""
    return re.findall(r'X\(\w+, "([^"]+)"\)', (ROOT / "src/events" / header).read_text())


def fold_of(key):
    return int(hashlib.md5(key.encode()).hexdigest()[:8], 16) % FOLDS


def decimal(value):
    text = "%.5f" % value
    return text.rstrip("0").rstrip(".") or "0"


def rows_of(name, features, model):
    yield f"{name}\tbias\tleaf\t{decimal(float(model._baseline_prediction.ravel()[0]))}\t\t"
    for number, (tree,) in enumerate(model._predictors):
        rows = []

        def walk(index):
            node, place = tree.nodes[index], len(rows)
            rows.append(f"{name}\t{number}\tleaf\t{decimal(node['value'])}\t\t")
            if not node["is_leaf"]:
                low = walk(node["left"])
                rows[place] = f"{name}\t{number}\t{features[node['feature_idx']]}\t{decimal(node['num_threshold'])}\t{low}\t{walk(node['right'])}"
            return place
        walk(0)
        yield from rows


def fit(pages, **shape):
    """Trees learned on pages; `shape` says how many, of how many leaves."""
    x, y, weight = (np.concatenate([p[k] for p in pages]) for k in (1, 2, 3))
    model = HistGradientBoostingClassifier(max_bins=64, early_stopping=False, random_state=0, **shape)
    return model.fit(x, y, sample_weight=weight)


def f1(truth, chosen):
    return 2 * (truth & chosen).sum() / max(1, truth.sum() + chosen.sum())


def cross_validate(what, pages, by_rules, **shape):
    """Prints average precision and the best F1 on pages not seen, beside that of `by_rules` (features to chosen)."""
    scores, truth, rules = [], [], []
    for fold in range(FOLDS):
        model = fit([p for p in pages if fold_of(p[0]) != fold], **shape)
        for key, x, y, _ in pages:
            if fold_of(key) == fold:
                scores.append(model.predict_proba(x)[:, 1])
                truth.append(y)
                rules.append(by_rules(x))
    scores, truth, rules = np.concatenate(scores), np.concatenate(truth), np.concatenate(rules)
    best = max((f1(truth, scores > cut), cut) for cut in np.arange(0.2, 0.8, 0.05))
    print(f"{len(truth)} {what}, {truth.sum()} right; average precision {average_precision_score(truth, scores):.4f}, "
          f"F1 {best[0]:.4f} at {best[1]:.2f} unseen, by the rules alone {f1(truth, rules):.4f}")


def pages_of(golds, examples):
    """Pages of all files of coded news, each `path` or `path@weight`."""
    for name in golds:
        path, _, weight = name.partition("@")
        yield from examples(path, float(weight or 1))


def command_line(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("gold", nargs="+")
    return parser.parse_args()


def write_table(path, what, header, rows):
    """A table of trees that tell `what`, for features of a header of src/events."""
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"""# {what}: boosted trees, learned by train/events/{pathlib.Path(header).stem}.py.
# A row is a node of a tree: where feature <= limit go to node `low` of the same tree, else to `high`; a leaf adds its
# limit to the sum. Rows of a tree are in order, counted from 0. Features: src/events/{header}.
model\ttree\tfeature\tlimit\tlow\thigh
""")
        out.writelines(row + "\n" for row in rows)


def page(key, rows):
    """A page of (features, right, weight) rows."""
    features, right, weight = zip(*rows)
    return key, np.array(features), np.array(right), np.array(weight)
