#!/usr/bin/env python3
"""test_views.py DATELINE - the views of the prepared pages against the tables that a person counted (truth/*.tsv), cell by cell.

From the records that a person coded every cell must be right. With --pages the pages go through the coder instead, and the share of right
cells is printed for each view: that measures the coder, and fails only below the share that was reached before."""
import argparse
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import prepared

TRUTH = prepared.HERE / "truth"


class Store:
    def __init__(self, dateline, folder):
        self.dateline, self.path = dateline, os.path.join(folder, "s")

    def call(self, *arguments, text=None, codes=(0,)):
        done = subprocess.run([self.dateline, *arguments, "--store", self.path], input=text, capture_output=True, text=True, encoding="utf-8", timeout=300)
        if done.returncode not in codes:
            raise SystemExit(f"dateline {' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.call(*arguments, "--format", "csv"), newline="")))


def plain(cell):
    return cell[1:] if cell.startswith("'") and cell[1:2] in "=+-@" else cell


def compare(name, rows, keys, say):
    """Rows are found by their keys; every cell of the truth is held against the row's. Rows that the truth does not know are wrong, too."""
    truth = prepared.table(TRUTH / f"{name}.tsv")
    def key(row):
        return tuple(row.get(k, "") or "" for k in keys)
    left, right, wrong = {}, 0, 0
    for row in rows:
        left.setdefault(key(row), []).append(row)
    for wanted in truth:
        cells = [c for c in wanted if c not in keys]
        found = left.get(key(wanted))
        row = found.pop(0) if found else None
        for cell in cells or ["row"]:
            if row is not None and (cell == "row" or plain(row.get(cell, "") or "") == wanted[cell]):
                right += 1
                continue
            wrong += 1
            say(f"{name}: {' '.join(key(wanted))}: {cell} is {'(no row)' if row is None else repr(row.get(cell))}, not {wanted.get(cell)!r}")
    for key_, rest in left.items():
        for _ in rest:
            wrong += 1
            say(f"{name}: {' '.join(key_)}: a row that should not be there")
    return right, wrong


def page_of(row):
    return row["url"].rsplit("/", 1)[-1]


def range_cell(low, high):
    return low if low == high or not low else f"{low}-{high}" if high else f"{low}+"


def toll(store, say):
    rows = store.rows("toll")
    figures = [r for r in rows if r["level"] in ("day", "happening")]
    yield compare("toll", figures, ["date", "place", "happening"], say)
    known = {(r["date"], r["place"], r["happening"]) for r in prepared.table(TRUTH / "sides.tsv")}
    sides = [r for r in store.rows("sides") if r["level"] == "side" and (r["date"], r["place"], r["happening"]) in known]
    yield compare("sides", sides, ["date", "place", "happening", "side"], say)


def claims(store, say):
    rows = [r for r in store.rows("sides", "--type", "ASSAULT") if r["level"] == "claim"]
    for row in rows:
        row["page"] = page_of(row)
        for harm in ("killed", "wounded"):
            row[harm] = range_cell(row[f"{harm}_low"], row[f"{harm}_high"])
    yield compare("claims", rows, ["page", "source"], say)


def ceasefire(store, say):
    rows = store.rows("ceasefire", "--since", "2025-09-10", "--area", "Khartoum state,North Darfur")
    yield compare("ceasefire_days", [r for r in rows if r["level"] == "day"], ["area", "date"], say)
    yield compare("ceasefire_totals", [r for r in rows if r["level"] == "total"], ["area", "period"], say)
    parties = [{**r, "incidents": r["party_incidents"], "accusations": r["party_accusations"]} for r in rows if r["level"] == "party"]
    yield compare("ceasefire_parties", parties, ["area", "date", "party"], say)


def talks(store, say):
    rows = store.rows("talks")
    for row in rows:
        row["page"] = page_of(row)
    yield compare("talks_rounds", [r for r in rows if r["level"] == "round"], ["round", "date"], say)
    yield compare("talks_issues", [r for r in rows if r["level"] == "issue"], ["topic", "date", "page"], say)


def site(store, say):
    rows = store.rows("site", "Zaporizhzhia Nuclear Power Plant")
    for row in rows:
        row["page"] = page_of(row)
    yield compare("site", rows, ["date", "kind", "page"], say)


VIEWS = {"toll": toll, "claims": claims, "ceasefire": ceasefire, "talks": talks, "site": site}


def fill(store, from_pages):
    if from_pages:
        store.call("add", str(prepared.HERE / "pages"), "--now", "2025-12-01T00:00:00Z")
        return
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in prepared.records())
    store.call("add", "-", "--input", "ndjson", "--now", "2025-12-01T00:00:00Z", text=lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dateline")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--at-least", type=float, default=100, help="percent of all cells")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(options.dateline, folder)
        fill(store, options.pages)
        total = [0, 0]
        for name, view in VIEWS.items():
            right = wrong = 0
            for part in view(store, (lambda line: None) if options.quiet else print):
                right, wrong = right + part[0], wrong + part[1]
            print(f"{name}: {right} of {right + wrong} cells")
            total[0] += right
            total[1] += wrong
    share = 100 * total[0] / sum(total)
    print(f"{total[0]} of {sum(total)} cells: {share:.1f} %")
    sys.exit(share < options.at_least)


if __name__ == "__main__":
    main()
