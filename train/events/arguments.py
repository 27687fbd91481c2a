#!/usr/bin/env python3
"""arguments.py --dateline TRACING --out data/events/arguments.tsv GOLD ...

Learns who of those named near an act does it and who suffers it: boosted trees over the features of src/events/arguments.h, one model a role.
TRACING is the command built with -DDL_TRACE_ARGUMENTS (cmake -DCMAKE_C_FLAGS=-DDL_TRACE_ARGUMENTS); each GOLD is a file of coded news in the flat
form (tools/corpus/corpus.py export writes data/corpus so). A candidate is right where it heads the words that the gold names, or, where the gold
has no words, where its code is the gold's. Prints average precision and the best F1 on documents not seen, then writes trees learned on all."""
import re
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

import coded
from boosted import FOLDS, command_line, features_of, fold_of, rows_of, write_table
from coded import TYPES

FEATURES = features_of("arguments.h")
ROLES, TREES = ("recipient", "actor"), 120
SILENCED, SHUFFLED = 0.08, 0.1


def gold_spans(event, role, text):
    """Spans of the words that name the role, each where it stands nearest to the act."""
    if event.get(role + "_spans"):
        return event[role + "_spans"]
    act, spans = event["trigger"][0], []
    for words in event.get(role + "_text") or []:
        found = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
        if found:
            start = min(found, key=lambda at: abs(at - act))
            spans.append([start, start + len(words)])
    return spans


def is_meant(event, role, words, span):
    """Whether a pronoun means somebody whom the gold names: by the words, or by the span in which they stand."""
    if any(a <= span[0] and span[1] <= b for a, b in event.get(role + "_spans") or []):
        return True
    return any(words and words in text for text in event.get(role + "_text") or [])


def judge(rows, spans):
    """Of the candidates inside a span those are right that the rules found, else those whose own head lies outside it, else the one that the model
    favours. Conjuncts and appositions, which may be right too, are let be."""
    right = np.zeros(len(rows))
    for start, end in spans:
        inside = [i for i, row in enumerate(rows) if start <= row[0] and row[1] <= end]
        heads = [i for i in inside if rows[i][5]] or [i for i in inside if not start <= rows[i][4] < end] or sorted(inside, key=lambda i: (-rows[i][2], rows[i][0]))[:1]
        for i in inside:
            if i in heads:
                right[i] = 1
            elif rows[i][3] and not right[i]:
                right[i] = -1
    return right


def examples(command, documents):
    """role -> (features, right, weight, document) of every candidate of every act that the gold knows."""
    by_id, out = {d["id"]: d for d in documents}, {role: [] for role in ROLES}
    for record, trace in coded.run(command, documents):
        raw, acts = record["text"].encode(), {}
        for cells in trace or []:
            acts.setdefault((cells[0], int(cells[6])), []).append(cells)
        for (_, actor), cells in acts.items():
            at = lambda byte: len(raw[:int(byte)].decode(errors="replace"))
            same, _ = coded.gold_events(by_id[record["id"]], at(cells[0][1]), at(cells[0][2]), TYPES[int(cells[0][3])])
            event = next(iter(same), None)
            if not event:
                continue
            x = np.array([[float(v) for v in c[10:]] for c in cells])
            role = ROLES[actor]
            model_says = x[:, FEATURES.index("hint")]
            beside = x[:, FEATURES.index("conj")] + x[:, FEATURES.index("appos")] > 0
            rows = [(at(c[4]), at(c[5]), x[i, FEATURES.index("listed")] + model_says[i], beside[i], at(c[7]), x[i, FEATURES.index("listed")]) for i, c in enumerate(cells)]
            right = judge(rows, gold_spans(event, role, record["text"]))
            for i, c in enumerate(cells):
                span = at(c[8]), at(c[9])
                if c[8] != c[4] and right[i] < 1 and is_meant(event, role, record["text"][span[0]:span[1]], span):
                    right[i] = 1
            if event.get(role) and not right.any():
                continue  # told elsewhere
            keep = right >= 0
            out[role].append((x[keep], right[keep], record["id"]))
    return out


def doubted(acts):
    """The language model was trained on the same text, so that its word is better here than elsewhere: for some acts it is taken away or dealt
    out anew."""
    random = np.random.default_rng(0)
    own = [FEATURES.index(f) for f in ("hint", "hint_other", "hint_rest")]
    best, lack = FEATURES.index("hint_best"), FEATURES.index("hint_lack")
    for x, _, _ in acts:
        x, draw = x.copy(), random.random()
        if draw < SILENCED:
            x[:, own] = 0
        elif draw < SILENCED + SHUFFLED:
            x[:, own] = x[random.permutation(len(x))][:, own]
        x[:, best] = x[:, own[0]].max()
        x[:, lack] = x[:, best] - x[:, own[0]]
        yield x


def fit(acts):
    x, y = np.concatenate(list(doubted(acts))), np.concatenate([a[1] for a in acts])
    model = HistGradientBoostingClassifier(max_iter=TREES, learning_rate=0.08, max_leaf_nodes=16, min_samples_leaf=25, l2_regularization=5.0,
                                           max_bins=64, early_stopping=False, random_state=0)
    return model.fit(x, y)


def cross_validate(role, acts):
    scores, truth = [], []
    for fold in range(FOLDS):
        model = fit([a for a in acts if fold_of(a[2]) != fold])
        for x, y, key in acts:
            if fold_of(key) == fold:
                scores.append(model.predict_proba(x)[:, 1])
                truth.append(y)
    scores, truth = np.concatenate(scores), np.concatenate(truth)
    best = max((2 * truth[scores > cut].sum() / (truth.sum() + (scores > cut).sum()), cut) for cut in np.arange(0.2, 0.8, 0.05))
    print(f"{role}: {len(truth)} candidates, average precision {average_precision_score(truth, scores):.4f}, F1 {best[0]:.4f} at {best[1]:.2f}, unseen")


def main():
    args = command_line(__doc__)
    acts = {role: [] for role in ROLES}
    for name in args.gold:
        for role, more in examples(args.dateline, coded.read(name)).items():
            acts[role] += more
    for role in ROLES:
        cross_validate(role, acts[role])
    rows = (row for role in ROLES for row in rows_of(role, FEATURES, fit(acts[role])))
    write_table(args.out, "Who of those named near an act does it or suffers it", "arguments.h", rows)


if __name__ == "__main__":
    sys.exit(main())
