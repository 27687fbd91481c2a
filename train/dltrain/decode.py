"""From scores to annotation: the spanning tree, the best name sequence, CoNLL-U lines. Twins of what the C runtime does."""
import numpy as np


def tree(scores):
    """scores [n, n + 1] (head 0 = root) -> heads of the best tree with a single root; of equal scores the lower head wins."""
    n = len(scores)
    heads = scores.argmax(1)
    roots = int((heads == 0).sum())
    if roots == 1 and not _cycle(heads):
        return heads
    best, best_heads = -np.inf, None
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    candidates = np.flatnonzero(scores[:, 0] > scores[:, 0].max() - 30)
    candidates = candidates[np.argsort(-scores[candidates, 0])][:5]
    for root in candidates:
        one = full.copy()
        one[1:, 0] = -1e9
        one[root + 1, :] = -1e9
        one[root + 1, 0] = scores[root, 0]
        found = _edmonds(one)
        value = sum(one[i, found[i]] for i in range(1, n + 1))
        if value > best:
            best, best_heads = value, found
    return best_heads[1:]


def _cycle(heads):
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at - 1])
        if state[at] == 1:
            return True
        for x in path:
            state[x] = 2
    return False


def _edmonds(scores):
    """Chu-Liu/Edmonds on scores[dependent, head]; node 0 is the root."""
    n = len(scores)
    heads = np.zeros(n, dtype=int)
    masked = scores.copy()
    np.fill_diagonal(masked, -np.inf)
    heads[1:] = masked[1:].argmax(1)
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    m = len(outside)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = masked[np.ix_(outside, outside)]
    own = masked[cycle, heads[cycle]]
    enter = masked[np.ix_(cycle, outside)] - own[:, None]      # enter the cycle at c from outside o
    leave = masked[np.ix_(outside, cycle)]
    small[m, :m], enter_at = enter.max(0), enter.argmax(0)
    small[:m, m], leave_at = leave.max(1), leave.argmax(1)
    found = _edmonds(small)
    result = heads.copy()
    for i, o in enumerate(outside):
        if o:
            result[o] = cycle[leave_at[i]] if found[i] == m else outside[found[i]]
    into = found[m]
    result[cycle[enter_at[into]]] = outside[into]
    return result


def _find_cycle(heads):
    state = np.zeros(len(heads), dtype=int)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at):]
        state[path] = 2
    return None


def legal(labels):
    """[from, to] 0 or -inf: I-T follows only B-T and I-T; the last row is the sentence's start."""
    out = np.zeros((len(labels) + 1, len(labels)))
    for j, to in enumerate(labels):
        if to[0] == "I":
            for i, label in enumerate(labels + ["O"]):
                if label[2:] != to[2:]:
                    out[i, j] = -1e9
    return out


def sequence(logits, moves):
    """Best legal label sequence."""
    best, back = logits[0] + moves[-1], []
    for row in logits[1:]:
        total = best[:, None] + moves[:-1]
        back.append(total.argmax(0))
        best = total.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(path, labels):
    """[(first word, last word, type)]"""
    out = []
    for i, label in enumerate(labels[k] for k in path):
        if label[0] == "B":
            out.append([i, i, label[2:]])
        elif label[0] == "I" and out:
            out[-1][1] = i
    return [tuple(x) for x in out]
