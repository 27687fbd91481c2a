#!/usr/bin/env python3
"""kept.py --dateline TRACING --out data/events/kept.tsv GOLD ...

Learns which words that may name an act name one: boosted trees over the features of src/events/kept.h. TRACING is the command built with
-DDL_TRACE_KEPT (cmake -DCMAKE_C_FLAGS=-DDL_TRACE_KEPT); each GOLD is a file of coded news in the flat form, with its weight behind an @. An act is
right where it has words in common with one of the gold's. Prints average precision and the best F1 on documents not seen, beside what the rules
alone reach, then writes trees learned on all. Where the language model was trained on a text, it is surer there than elsewhere: give such
texts a small weight, or trace with a model that never saw them."""
import sys

import coded
from boosted import command_line, cross_validate, features_of, fit, page, pages_of, rows_of, write_table
from coded import TYPES

FEATURES = features_of("kept.h")
RULES = [FEATURES.index(f) for f in ("mishap", "figurative", "peace", "doubtful", "content", "wanted")]
SHAPE = dict(max_iter=100, learning_rate=0.07, max_leaf_nodes=12, min_samples_leaf=25, l2_regularization=5.0)


def examples(command, documents, weight):
    """(id, features, right, weight) of the acts in the making, by document."""
    by_id = {d["id"]: d for d in documents}
    for record, trace in coded.run(command, documents):
        raw, rows = record["text"].encode(), []
        for _, start, end, kind, *features in trace or []:
            spans = (len(raw[:int(x)].decode(errors="replace")) for x in (start, end))
            _, hits = coded.gold_events(by_id[record["id"]], *spans, TYPES[int(kind)])
            rows.append(([float(v) for v in features], bool(hits), weight))
        if rows:
            yield page(record["id"], rows)


def main():
    args = command_line(__doc__)
    pages = list(pages_of(args.gold, lambda path, weight: examples(args.dateline, coded.read(path), weight)))
    cross_validate("acts", pages, lambda x: ~(x[:, RULES] > 0).any(axis=1), **SHAPE)
    write_table(args.out, "Whether a word that may name an act names one", "kept.h", rows_of("kept", FEATURES, fit(pages, **SHAPE)))


if __name__ == "__main__":
    sys.exit(main())
