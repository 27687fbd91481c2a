"""Learns data/page/weights.tsv: two models of boosted trees that choose a page's story blocks.

    learn.py --dump DUMP --lexicon LEXICON --out WEIGHTS.tsv SET ...

DUMP is train/reading/dump_features.c, built; each SET is a path without its ending: SET.pages.ndjson.gz ({"id","url","html"}) and
SET.gold.ndjson ({"id", "text"} or {"id","with","without"}); SET=0.5 lets its pages count by half. Prints how well blocks are told
apart on sites not learned from. The second model is learned from scores that the first gave to pages of sites it had not seen.

Sets do not agree on what a story's text is (standfirsts, comments, lists of links). Of each set in --marked the models are told
which blocks are its own; what is written is the models as they would answer for a page of the set --like."""
import argparse
import gzip
import hashlib
import json
import os
import subprocess
import tempfile
import urllib.parse

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

import labels

SECOND_ONLY = "first"  # features from this name to the end of the plain ones are the second model's


def site(url, page):
    host = urllib.parse.urlparse(url or "").hostname or page
    parts = host.split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


class Blocks:
    """All blocks of all sets, with features, labels and weights."""

    def __init__(self, args):
        self.args, self.sets, self.factor = args, [], {}
        for name in args.sets:
            name, _, factor = name.partition("=")
            self.factor[name] = float(factor or 1)
            with open(name + ".gold.ndjson", encoding="utf-8") as lines:
                self.sets.append((name, {g["id"]: g for g in map(json.loads, lines)}))
        self.features()
        self.label()

    def dump(self, name, scores):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "blocks")
            command = [self.args.dump, self.args.lexicon, out]
            if scores is not None:
                scores.astype(np.float32).tofile(out + ".scores")
                command.append(out + ".scores")
            with gzip.open(name + ".pages.ndjson.gz") as pages:
                names = subprocess.run(command, input=pages.read(), stdout=subprocess.PIPE, check=True).stdout.split()
            with open(out + ".ndjson", encoding="utf-8") as lines:
                rows = [json.loads(line) for line in lines]
            return [n.decode() for n in names], np.fromfile(out + ".f32", np.float32).reshape(-1, len(names)), rows

    def features(self, scores=None):
        parts, self.rows, at = [], [], 0
        for name, _ in self.sets:
            size = None if scores is None else self.sizes[name]
            self.names, matrix, rows = self.dump(name, None if scores is None else scores[at:at + size])
            at += len(rows)
            parts.append(matrix)
            self.rows += rows
            self.sizes = getattr(self, "sizes", {}) | {name: len(rows)}
        marks = [np.repeat([float(os.path.basename(n) == mark) for n, _ in self.sets], [self.sizes[n] for n, _ in self.sets])
                 for mark in self.args.marked]
        self.x = np.concatenate([np.concatenate(parts), np.array(marks, np.float32).T.reshape(at, -1)], axis=1)
        return self.x

    def label(self):
        count = len(self.rows)
        self.share, self.weight, self.fold = np.full(count, -1.0), np.zeros(count), np.zeros(count, int)
        self.site = np.zeros(count, np.uint32)
        at = 0
        for name, gold in self.sets:
            pages = {}
            for i in range(at, at + self.sizes[name]):
                pages.setdefault(self.rows[i]["id"], []).append(i)
            at += self.sizes[name]
            for page, index in pages.items():
                self.label_page(gold[page], index, self.factor[name])
        column = self.names.index
        letters = 2 ** self.x[:, column("letters")] - 1
        bare = (self.x[:, column("linked")] > 0.98) & (letters < 99.5)
        self.candidate = ~(bare | (self.x[:, column("in.nav")] > 0) | (letters < 1.5))  # as is_candidate in choose.c
        self.used = (self.share >= 0) & self.candidate
        self.y = (self.share > 0.5).astype(int)

    def label_page(self, gold, index, factor):
        texts = [self.rows[i]["text"] for i in index]
        if gold.get("text"):
            share, sizes = labels.from_text(texts, gold["text"])
        else:
            share, sizes = labels.from_snippets(texts, gold.get("with") or [], gold.get("without") or [])
        share = np.array([-1.0 if s is None else s for s in share])
        weight = np.sqrt(np.array(sizes) + 1.0) * (share >= 0)
        if gold.get("text"):
            weight *= 4 / (weight.sum() ** 0.6 + 1e-9)  # long pages count more than short ones, but not by their length
            kept = "\n".join(t for t, s in zip(texts, share) if s > 0.5)
            factor *= min(1, max(0.05, (labels.likeness(kept, gold["text"]) - 0.6) / 0.35))  # a gold that the page does not hold
        key = hashlib.md5(site(gold.get("url"), gold["id"]).encode()).hexdigest()
        self.share[index], self.weight[index], self.fold[index] = share, weight * factor, int(key[:8], 16) % self.args.folds
        self.site[index] = int(key[:8], 16)


def fit(blocks, rows, trees, columns):
    model = HistGradientBoostingClassifier(max_iter=trees, learning_rate=0.1, max_leaf_nodes=16, min_samples_leaf=30, max_features=0.3,
                                           l2_regularization=8.0, max_bins=64, early_stopping=False, random_state=0)
    return model.fit(blocks.x[rows][:, columns], blocks.y[rows], sample_weight=blocks.weight[rows])


def unseen(blocks, trees, columns):
    """Scores of every candidate by a model that saw no page of its site."""
    scores = np.zeros(len(blocks.rows))
    for fold in range(blocks.args.folds):
        model = fit(blocks, blocks.used & (blocks.fold != fold), trees, columns)
        test = blocks.candidate & (blocks.fold == fold)
        scores[test] = model.predict_proba(blocks.x[test][:, columns])[:, 1]
    return scores


def tell(name, blocks, scores):
    used = blocks.used
    precision = average_precision_score(blocks.y[used], scores[used], sample_weight=blocks.weight[used])
    right = np.average((scores[used] > 0.5) == blocks.y[used], weights=blocks.weight[used])
    print(f"{name}: average precision {precision:.4f}, right {right:.4f}, on unseen sites; {used.sum()} blocks")


def decimal(value):
    text = "%.5f" % value
    return text.rstrip("0").rstrip(".")


def rows_of(name, model, names, columns, answers):
    """Rows of one model; a test of a column in `answers` (column: value) is left out, as its answer is known."""
    yield f"{name}\tbias\tleaf\t{decimal(float(model._baseline_prediction.ravel()[0]))}"
    for number, (tree,) in enumerate(model._predictors):
        rows = []

        def walk(i):
            node = tree.nodes[i]
            while not node["is_leaf"] and columns[node["feature_idx"]] in answers:
                low = answers[columns[node["feature_idx"]]] <= node["num_threshold"]
                node = tree.nodes[node["left" if low else "right"]]
            place = len(rows)
            rows.append(f"{name}\t{number}\tleaf\t{decimal(node['value'])}")
            if not node["is_leaf"]:
                feature, limit = names[columns[node["feature_idx"]]], decimal(node["num_threshold"])
                low = walk(node["left"])
                rows[place] = f"{name}\t{number}\t{feature}\t{limit}\t{low}\t{walk(node['right'])}"
            return place
        walk(0)
        yield from rows


def common_columns(blocks, begin, least_blocks=40, least_sites=6):
    """Plain features that are seldom zero, and class words and phrases that several sites use."""
    used = blocks.x[blocks.candidate] != 0
    sites = blocks.site[blocks.candidate]
    for column in np.where(used.sum(0) >= least_blocks)[0]:
        if column < begin or column >= len(blocks.names) or len(np.unique(sites[used[:, column]])) >= least_sites:
            yield column


HEAD = """# What makes a block part of the story: boosted trees, learned by train/reading/learn.py.
# A row is a node of a tree: where feature <= limit go to node `low` of the same tree, else to `high`; a leaf adds its
# limit to the sum. Rows of a tree are in order, counted from 0. Features: docs/reading.md.
model\ttree\tfeature\tlimit\tlow\thigh"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--trees", type=int, nargs=2, default=(70, 100), metavar=("FIRST", "SECOND"))
    parser.add_argument("--marked", nargs="*", default=("zyte", "fundus"), metavar="SET")
    parser.add_argument("--like", default="zyte", metavar="SET")
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    blocks = Blocks(args)
    begin = blocks.names.index(SECOND_ONLY)
    end = next(i for i, n in enumerate(blocks.names) if n.startswith("near."))
    common = list(common_columns(blocks, end))
    both = np.array(sorted(set(common) | set(range(begin, end))))
    first_columns = np.array([c for c in both if not begin <= c < end])
    scores = unseen(blocks, args.trees[0], first_columns)
    tell("first", blocks, scores)
    first = fit(blocks, blocks.used, args.trees[0], first_columns)
    blocks.features(scores)
    tell("second", blocks, unseen(blocks, args.trees[1], both))
    second = fit(blocks, blocks.used, args.trees[1], both)
    answers = {len(blocks.names) + i: float(name == args.like) for i, name in enumerate(args.marked)}
    with open(args.out, "w", encoding="utf-8") as out:
        lines = [HEAD, *rows_of("first", first, blocks.names, first_columns, answers),
                 *rows_of("second", second, blocks.names, both, answers)]
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
