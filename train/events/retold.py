#!/usr/bin/env python3
"""retold.py --dateline TRACING --out data/events/retold.tsv GOLD ...

Learns whether an act told later on a page is one told before: boosted trees over the features of src/events/retold.h. TRACING is the command built
with -DDL_TRACE_RETOLD (cmake -DCMAKE_C_FLAGS=-DDL_TRACE_RETOLD); each GOLD is a file of coded news in the flat form (tools/corpus/corpus.py export
writes data/corpus so), with its weight behind an @ (ours@0.3: written news tells less again than real news does). A pair counts where the gold
knows both acts; it is right where one event of the gold has words of both. Prints average precision and the best F1 on documents not seen,
beside what the rules alone reach, then writes trees learned on all."""
import sys

import coded
from boosted import command_line, cross_validate, features_of, fit, page, pages_of, rows_of, write_table

FEATURES = features_of("retold.h")
RULE = FEATURES.index("rule")
SHAPE = dict(max_iter=80, learning_rate=0.08, max_leaf_nodes=10, min_samples_leaf=20, l2_regularization=8.0)


def events_at(document, spans):
    """Numbers of the gold's events that have words in the spans."""
    return {i for i, e in enumerate(document.get("events", []))
            for a, b in e.get("triggers") or [e["trigger"]] if any(a < end and start < b for start, end in spans)}


def spans_of(cell, raw):
    at = lambda byte: len(raw[:int(byte)].decode(errors="replace"))
    return [tuple(map(at, pair.split("-"))) for pair in cell.split(",")]


def examples(command, documents, weight):
    """(id, features, right, weight) of the pairs that the gold knows, by document."""
    by_id = {d["id"]: d for d in documents}
    for record, trace in coded.run(command, documents):
        raw, rows = record["text"].encode(), []
        for _, _, _, first, later, *features in trace or []:
            one, other = (events_at(by_id[record["id"]], spans_of(x, raw)) for x in (first, later))
            if one and other:
                rows.append(([float(v) for v in features], bool(one & other), weight))
        if rows:
            yield page(record["id"], rows)


def main():
    args = command_line(__doc__)
    pages = list(pages_of(args.gold, lambda path, weight: examples(args.dateline, coded.read(path), weight)))
    cross_validate("pairs", pages, lambda x: x[:, RULE] > 0, **SHAPE)
    write_table(args.out, "Whether an act told later on a page is one told before", "retold.h", rows_of("retold", FEATURES, fit(pages, **SHAPE)))


if __name__ == "__main__":
    sys.exit(main())
