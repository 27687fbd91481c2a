#!/usr/bin/env python3
"""kept.py --dateline TRACING --out data/events/kept.tsv GOLD ...

Learns which words that may name an act name one: boosted trees over the features of src/events/kept.h. TRACING is the command built with
-DDL_TRACE_KEPT (cmake -DCMAKE_C_FLAGS=-DDL_TRACE_KEPT); each GOLD is a file of coded news in the flat form, with its weight behind an @. An act is
right where it has words in common with one of the gold's. Prints average precision and the best F1 on documents not seen, beside what the rules
alone reach, then writes trees learned on all. Where the language model was trained on a text, it is surer there than elsewhere: give such
texts a small weight, or trace with a model that never saw them."""
import argparse
import sys

import numpy as np

import coded
from boosted import cross_validate, features_of, fit, pages_of, rows_of
from coded import TYPES

FEATURES = features_of("kept.h")
RULES = [FEATURES.index(f) for f in ("mishap", "figurative", "peace", "doubtful", "content", "wanted")]
SHAPE = dict(max_iter=100, learning_rate=0.07, max_leaf_nodes=12, min_samples_leaf=25, l2_regularization=5.0)
HEAD = """# Whether a word that may name an act names one: boosted trees, learned by train/events/kept.py.
# A row is a node of a tree: where feature <= limit go to node `low` of the same tree, else to `high`; a leaf adds its
# limit to the sum. Rows of a tree are in order, counted from 0. Features: src/events/kept.h.
model\ttree\tfeature\tlimit\tlow\thigh
"""


def examples(command, documents, weight):
    """(id, features, right, weight) of the acts in the making, by document."""
    by_id = {d["id"]: d for d in documents}
    for record, trace in coded.run(command, documents):
        raw, rows = record["text"].encode(), []
        for _, start, end, kind, *features in trace or []:
            spans = (len(raw[:int(x)].decode(errors="replace")) for x in (start, end))
            _, hits = coded.gold_events(by_id[record["id"]], *spans, TYPES[int(kind)])
            rows.append(([float(v) for v in features], bool(hits)))
        if rows:
            yield record["id"], np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), np.full(len(rows), weight)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("gold", nargs="+")
    args = parser.parse_args()
    pages = list(pages_of(args.gold, lambda path, weight: examples(args.dateline, coded.read(path), weight)))
    cross_validate("acts", pages, lambda x: ~(x[:, RULES] > 0).any(axis=1), **SHAPE)
    with open(args.out, "w", encoding="utf-8") as out:
        out.write(HEAD)
        out.writelines(row + "\n" for row in rows_of("kept", FEATURES, fit(pages, **SHAPE)))


if __name__ == "__main__":
    sys.exit(main())
