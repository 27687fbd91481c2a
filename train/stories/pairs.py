"""Pairs of pages as the C code sees them when pages come in one by one, with the truth about them."""
import collections
import json
import random
import subprocess
import zlib

import numpy as np


class Pass:
    """One set added in one order: pages, their clusters, and for each pair the later page, the earlier one and the features."""

    def __init__(self, name, kind, ids, clusters, later, earlier, x, features):
        self.name, self.kind, self.ids, self.clusters = name, kind, ids, clusters
        self.later, self.earlier, self.x, self.features = later, earlier, x, features
        self.same = np.array([clusters[i] == clusters[j] for i, j in zip(later, earlier)])
        self.half = np.array([zlib.crc32(c.encode()) % 2 for c in clusters])


def order_of(records, kind, seed):
    places = list(range(len(records)))
    if kind == "random":
        random.Random(seed).shuffle(places)
    if kind == "day":
        places.sort(key=lambda i: (records[i][1], i))
    return places


def load(name, gold_path, records_path, tool, data, kind="file", seed=0):
    clusters = {}
    with open(gold_path, encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            clusters[record["id"]] = str(record["cluster"])
    records = []
    with open(records_path, "rb") as f:
        for line in f:
            record = json.loads(line)
            records.append((record["id"], record.get("published") or "", line))
    order = order_of(records, kind, seed)
    feed = b"".join(records[i][2] for i in order)
    told = subprocess.run([tool, data], input=feed, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    features = told[0].split("\t")[3:]
    rows = np.array([[int(v) for v in line.split("\t")] for line in told[1:] if not line.startswith("story")], dtype=np.int32)
    rows = rows.reshape(-1, len(features) + 3)
    ids = [records[i][0] for i in order]
    return Pass(name, kind, ids, [clusters[i] for i in ids], rows[:, 0], rows[:, 1], rows[:, 3:], features)


MOST_JOINED = 100  # as in src/stories/stories.h


def group(later, earlier, odds, count, threshold, missing, best_share, join):
    """As src/stories/place.c chooses and joins."""
    story, pages = list(range(count)), {}
    rows = collections.defaultdict(list)
    for i, j, o in zip(later.tolist(), earlier.tolist(), odds.tolist()):
        rows[i].append((j, o))
    for page in range(count):
        by = collections.defaultdict(list)
        for j, o in rows[page]:
            by[story[j]].append(o)
        values = {}
        for s, told in by.items():
            n = max(len(pages[s]), len(told))
            mean = (sum(told) + (n - len(told)) * missing) / n
            values[s] = (max(told) * best_share + mean * (100 - best_share)) / 100
        chosen = max(values, key=values.get, default=None)
        if chosen is None or values[chosen] <= threshold:
            chosen = page
        else:
            for s, value in values.items():
                if s != chosen and value > (threshold if len(pages[s]) == 1 else join) and len(pages[s]) <= MOST_JOINED:
                    for other in pages[s]:
                        story[other] = chosen
                    pages[chosen] += pages.pop(s)
        story[page] = chosen
        pages.setdefault(chosen, []).append(page)
    return story
