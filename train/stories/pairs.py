"""Pairs of pages as the C code sees them when pages come in one by one, with the truth about them."""
import collections
import json
import random
import subprocess
import zlib

import numpy as np


class Pass:
    """Pages of one set added in one order: their clusters, and for each pair the later page, the earlier one and the features."""

    def __init__(self, name, kind, half, ids, clusters, later, earlier, x, features):
        self.name, self.kind, self.half, self.ids, self.clusters = name, kind, half, ids, clusters
        self.later, self.earlier, self.x, self.features = later, earlier, x, features
        self.same = np.array([clusters[i] == clusters[j] for i, j in zip(later, earlier)], dtype=bool)


def group_of(page):
    """What look-alikes have in common, so that halves do not part them: the topic of ECB+, the city of an incident."""
    incident = page.get("incident") or {}
    return page.get("topic") or " ".join(filter(None, (incident.get("city"), incident.get("state")))) or page["cluster"]


def half_of(group):
    return zlib.crc32(str(group).encode()) % 2


class Set:
    """Pages with their truth, and what `dateline extract` made of them."""

    def __init__(self, name, gold_path, records_path):
        self.name, self.clusters, self.halves, self.records = name, {}, {}, []
        with open(gold_path, encoding="utf-8") as f:
            for line in f:
                page = json.loads(line)
                self.clusters[page["id"]], self.halves[page["id"]] = str(page["cluster"]), half_of(group_of(page))
        with open(records_path, "rb") as f:
            for line in f:
                self.records.append((json.loads(line)["id"], line))

    def add(self, tool, data, kind="file", half=None, seed=0):
        """Adds the pages (of one half) one by one, as a store does."""
        records = [r for r in self.records if half is None or self.halves[r[0]] == half]
        if kind == "random":
            random.Random(seed).shuffle(records)
        told = subprocess.run([tool, data], input=b"".join(r[1] for r in records), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
        features = told[0].split("\t")[3:]
        rows = np.array([[int(v) for v in line.split("\t")] for line in told[1:] if not line.startswith("story")], dtype=np.int32)
        rows = rows.reshape(-1, len(features) + 3)
        ids = [r[0] for r in records]
        return Pass(self.name, kind, half, ids, [self.clusters[i] for i in ids], rows[:, 0], rows[:, 1], rows[:, 3:], features)


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
