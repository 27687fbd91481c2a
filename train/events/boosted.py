"""boosted.py - boosted trees of scikit-learn as rows that src/base/trees.h reads, and folds of documents."""
import hashlib
import pathlib
import re

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
