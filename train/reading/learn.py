"""Learns data/page/weights.tsv: two models of boosted trees that choose a page's story blocks.

    learn.py --dump DUMP --boost BOOST.so --lexicon LEXICON --out WEIGHTS.tsv SET ...

DUMP is train/reading/dump_features.c, built, BOOST.so train/reading/boost.c, built; each SET is a path without its ending: SET.pages.ndjson.gz ({"id","url","html"}) and
SET.gold.ndjson ({"id", "text"} or {"id","with","without"}); SET=0.5 lets its pages count by half. Prints how well blocks are told
apart on sites not learned from. The second model is learned from scores that the first gave to pages of sites it had not seen.

Sets do not agree on what a story's text is (standfirsts, comments, lists of links). Of each set in --marked the models are told
which blocks are its own; what is written is the models as they would answer for a page of the set --like."""
import argparse
import ctypes
import gzip
import hashlib
import json
import os
import subprocess
import tempfile
import urllib.parse

import numpy as np

import labels

DOUBT = 0.02  # what the first model gives less the second does not learn from; choose.c shows it still less
SECOND_ONLY = "first"  # features from this name to the end of the plain ones are the second model's


def site(url, page):
    host = urllib.parse.urlparse(url or "").hostname or page
    parts = host.split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


def half(values):
    """Values as base/forest.c sees them: rounded towards zero to five bits of exponent and ten of fraction."""
    bits = np.asarray(values, np.float32).view(np.int32)
    size = np.clip(((bits & 0x7FFFFFFF) >> 13) - (112 << 10), 0, 0x7FFF)
    whole = np.where(size > 0, (size + (112 << 10)) << 13, 0).astype(np.int32).view(np.float32)
    return np.where(bits < 0, -whole, whole).astype(np.float32)


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
        self.x = np.concatenate([half(np.concatenate(parts)), np.array(marks, np.float32).T.reshape(at, -1)], axis=1)
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
        self.candidate = np.array([row["candidate"] for row in self.rows])
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
        part = key if not self.args.split else hashlib.md5(f"{key} {self.args.split}".encode()).hexdigest()
        self.share[index], self.weight[index], self.fold[index] = share, weight * factor, int(part[:8], 16) % self.args.folds
        self.site[index] = int(key[:8], 16)


BINS = 64


class Settings(ctypes.Structure):
    """boost_settings of boost.c."""
    _fields_ = [(n, ctypes.c_uint32) for n in ("trees", "leaves", "least")] + \
               [(n, ctypes.c_float) for n in ("rate", "shrink", "columns", "groups")] + [("always", ctypes.c_uint32), ("seed", ctypes.c_uint64)]


NODE = np.dtype([("column", np.int32), ("limit", np.int32), ("low", np.int32), ("high", np.int32), ("value", np.float32)])


def address(array):
    return array.ctypes.data_as(ctypes.c_void_p)


class Binned:
    """The candidates' columns in bins, for boost.c: x <= limits[k] where bin <= k."""

    def __init__(self, blocks, columns):
        self.blocks, self.columns, self.rows = blocks, columns, np.where(blocks.candidate)[0]
        self.limits = []
        for column in columns:
            values = blocks.x[self.rows, column]
            distinct = np.unique(values)
            if len(distinct) > BINS:
                distinct = np.unique(np.quantile(values, np.linspace(0, 1, BINS), method="nearest"))
            middle = (distinct[1:] + distinct[:-1]) / 2 if len(distinct) > 1 else np.zeros(1, np.float32)
            self.limits.append(np.where(half(middle) < distinct[1:], middle, distinct[:-1]) if len(distinct) > 1 else middle)
        self.bins = self.bins_of(blocks.x)
        self.group = np.ascontiguousarray(blocks.site[self.rows])
        self.label = np.ascontiguousarray(blocks.y[self.rows].astype(np.uint8))
        self.weight = np.where(blocks.used, blocks.weight, 0)[self.rows].astype(np.float32)

    def bins_of(self, x):
        """The candidates' bins of features that may differ from those learned from."""
        columns = [np.searchsorted(limits, x[self.rows, column], side="left") for limits, column in zip(self.limits, self.columns)]
        return np.array(columns, np.uint8)

    def learn(self, wanted, trees, salt):
        """Trees learned from the wanted rows (a mask over blocks), and what they say of every candidate."""
        args = self.blocks.args
        weight = np.where(wanted[self.rows], self.weight, 0).astype(np.float32)
        args.booster.boost_learn.restype = ctypes.c_float
        parts, scores, bias = [], np.zeros(len(self.rows), np.float32), 0.0
        for bag in range(args.bags):  # the mean of models that chance made differ
            settings = Settings(trees, args.leaves, args.least, args.rate, args.shrink, args.columns, args.groups, args.always,
                                args.seed + 100 * bag + salt)
            nodes, said = np.zeros((trees, 2 * args.leaves), NODE), np.zeros(len(self.rows), np.float32)
            bias += args.booster.boost_learn(address(self.bins), len(self.rows), len(self.columns), address(self.group), address(self.label),
                                             address(weight), ctypes.byref(settings), address(nodes), address(said)) / args.bags
            nodes["value"] /= args.bags
            parts.append(nodes)
            scores += said / args.bags
        return np.concatenate(parts), bias, scores

    def score(self, nodes, bias, like, bins):
        """What trees say of every candidate if it were of the set `like`."""
        bins, scores = bins.copy(), np.zeros(len(self.rows), np.float32)
        for i, mark in enumerate(self.blocks.args.marked):
            bins[len(self.columns) - len(self.blocks.args.marked) + i] = mark == like
        self.blocks.args.booster.boost_score(address(bins), len(self.rows), address(nodes), len(nodes), nodes.shape[1] // 2,
                                             ctypes.c_float(bias), address(scores))
        return scores


def share(scores):
    return 1 / (1 + np.exp(-scores.astype(float)))


def unseen(blocks, binned, trees, shown=None):
    """Scores of every candidate by trees that saw no page of its site: as one of its own set, and, by the bins `shown`, as one of
    the set --like."""
    own, like = np.zeros(len(blocks.rows)), np.zeros(len(blocks.rows))
    fold = blocks.fold[binned.rows]
    for number in range(blocks.args.folds):
        test = fold == number
        nodes, bias, scores = binned.learn(blocks.fold != number, trees, number + 1)
        own[binned.rows[test]] = share(scores)[test]
        like[binned.rows[test]] = share(binned.score(nodes, bias, blocks.args.like, binned.bins if shown is None else shown))[test]
    return own, like


def precision_of(right, scores, weights):
    """Average precision: the area under precision over recall."""
    order = np.argsort(-scores, kind="stable")
    right, weights = right[order] * weights[order], weights[order]
    return float((np.cumsum(right) / np.cumsum(weights) * right).sum() / right.sum())


def tell(name, blocks, scores):
    used = blocks.used
    precision = precision_of(blocks.y[used], scores[used], blocks.weight[used])
    right = np.average((scores[used] > 0.5) == blocks.y[used], weights=blocks.weight[used])
    print(f"{name}: average precision {precision:.4f}, right {right:.4f}, on unseen sites; {used.sum()} blocks", flush=True)


def decimal(value):
    text = "%.5f" % value
    return text.rstrip("0").rstrip(".")


def rows_of(name, model, names, binned, answers):
    """Rows of one model; a test of a column in `answers` (column: value) is left out, as its answer is known."""
    trees, bias, _ = model
    yield f"{name}\tbias\tleaf\t{decimal(float(bias))}"
    for number, tree in enumerate(trees):
        rows = []

        def walk(i):
            while tree[i]["column"] >= 0 and binned.columns[tree[i]["column"]] in answers:
                column, limit = tree[i]["column"], tree[i]["limit"]
                i = tree[i]["low" if answers[binned.columns[column]] <= binned.limits[column][limit] else "high"]
            place, node = len(rows), tree[i]
            rows.append(f"{name}\t{number}\tleaf\t{decimal(float(node['value']))}")
            if node["column"] >= 0:
                feature, limit = names[binned.columns[node["column"]]], decimal(float(binned.limits[node["column"]][node["limit"]]))
                low = walk(node["low"])
                rows[place] = f"{name}\t{number}\t{feature}\t{limit}\t{low}\t{walk(node['high'])}"
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


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--boost", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", action="store_true", help="tell how well the second model does on sites not learned from, too")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--trees", type=int, nargs=2, default=(85, 120), metavar=("FIRST", "SECOND"))
    parser.add_argument("--bags", type=int, default=6, help="models whose mean is taken, of so many trees each")
    parser.add_argument("--leaves", type=int, default=16)
    parser.add_argument("--least", type=int, default=30, help="rows of a leaf")
    parser.add_argument("--rate", type=float, default=0.075)
    parser.add_argument("--shrink", type=float, default=8.0, help="L2 on values of leaves")
    parser.add_argument("--columns", type=float, default=0.3, help="share that a tree sees")
    parser.add_argument("--always", type=int, default=0, help="columns that every tree sees, counted from the last: the marks of sets")
    parser.add_argument("--groups", type=float, default=0.7, help="share of the sites that a tree sees")
    parser.add_argument("--least-sites", type=int, default=6, help="that use a class word or a phrase, for it to be looked at")
    parser.add_argument("--split", type=int, default=0, help="another division of the sites into folds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--marked", nargs="*", default=("zyte", "fundus"), metavar="SET")
    parser.add_argument("--like", default="zyte", metavar="SET")
    parser.add_argument("sets", nargs="+")
    return parser


def columns_of(blocks):
    """Columns of the first and of the second model; the marks come last."""
    begin = blocks.names.index(SECOND_ONLY)
    end = next(i for i, n in enumerate(blocks.names) if n.startswith("near."))
    common = list(common_columns(blocks, end, least_sites=blocks.args.least_sites))
    marks = list(range(len(blocks.names), blocks.x.shape[1]))
    plain = sorted((set(common) | set(range(begin, end))) - set(marks))
    return [c for c in plain if not begin <= c < end] + marks, plain + marks


def learn(blocks):
    """Both models, with what they are over, and the scores of every block by models that had not seen its site."""
    first_columns, both_columns = columns_of(blocks)
    first_binned = Binned(blocks, first_columns)
    scores, first_like = unseen(blocks, first_binned, blocks.args.trees[0])
    tell("first", blocks, scores)
    first = first_binned.learn(blocks.used, blocks.args.trees[0], 0)
    blocks.features(scores)
    blocks.candidate &= scores >= DOUBT
    blocks.used &= blocks.candidate
    binned = Binned(blocks, both_columns)
    second = binned.learn(blocks.used, blocks.args.trees[1], 0)
    if not blocks.args.check: return (first, first_binned), (second, binned), None
    own, like = unseen(blocks, binned, blocks.args.trees[1], binned.bins_of(blocks.features(first_like)))
    tell("second", blocks, own)
    return (first, first_binned), (second, binned), 0.3 * first_like + 0.7 * like


def main():
    args = arguments().parse_args()
    args.booster = ctypes.CDLL(os.path.abspath(args.boost))
    blocks = Blocks(args)
    (first, first_binned), (second, binned), _ = learn(blocks)
    answers = {len(blocks.names) + i: float(name == args.like) for i, name in enumerate(args.marked)}
    with open(args.out, "w", encoding="utf-8") as out:
        lines = [HEAD, *rows_of("first", first, blocks.names, first_binned, answers), *rows_of("second", second, blocks.names, binned, answers)]
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
