"""Agreement of two groupings: the mean F1 of MUC, B-cubed and CEAF-e, and F1 over pairs."""
import collections

import numpy as np
from scipy.optimize import linear_sum_assignment


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def conll_and_pairwise(gold, system):
    both = collections.Counter(zip(gold, system))
    g, s, n = collections.Counter(gold), collections.Counter(system), len(gold)
    bcubed = f1(sum(k * k / s[b] for (_, b), k in both.items()) / n, sum(k * k / g[a] for (a, _), k in both.items()) / n)
    parts_g, parts_s = collections.Counter(a for a, _ in both), collections.Counter(b for _, b in both)
    links = lambda sizes, parts: sum(sizes[x] - parts[x] for x in sizes) / max(1, sum(sizes[x] - 1 for x in sizes))
    muc = f1(links(s, parts_s), links(g, parts_g))
    rows, columns = {a: i for i, a in enumerate(g)}, {b: i for i, b in enumerate(s)}
    overlap = np.zeros((len(g), len(s)))
    for (a, b), k in both.items():
        overlap[rows[a], columns[b]] = 2 * k / (g[a] + s[b])
    chosen = overlap[linear_sum_assignment(-overlap)].sum()
    ceaf = f1(chosen / len(s), chosen / len(g))
    pair = lambda sizes: sum(k * (k - 1) // 2 for k in sizes.values())
    together = pair(both)
    return (bcubed + muc + ceaf) / 3, f1(together / max(1, pair(s)), together / max(1, pair(g)))
