#!/usr/bin/env python3
"""standoff.py strip --texts DATA FILE...     the marks of coded texts (files as corpus.py reads them) without the texts, as NDJSON
standoff.py export --texts DATA ANNOTATIONS  the coded texts in the flat form, as `corpus.py export` writes it
standoff.py show --texts DATA ANNOTATIONS    the coded texts with their marks, to read and edit

For texts that are not ours to keep. DATA is a folder with ner/ and parse/ (see train/README.md). A line of ANNOTATIONS is
{"set", "document", "id", "published", "start", "end", "digest", "marks": [[start, end, tag], ...]}: the excerpt [start, end) of a document of a
set, in code points of its text as `tidy` leaves it, the first half of its SHA-256, and marks whose spans count from the start of the excerpt. The tags are corpus.py's.
A document that is missing or has changed is told on standard error and left out; exit 1 then."""
import argparse
import functools
import gzip
import hashlib
import json
import pathlib
import re
import sys

import corpus

SETS = {"wwn": "ner/wwn-train.ndjson.gz", "re3d": "ner/re3d-train.ndjson.gz", "ewt": "parse/en_ewt-ud-train.conllu.gz", "gum": "parse/en_gum-ud-train.conllu.gz"}


def tidy(text):
    """White space within paragraphs as single spaces, paragraphs parted by one empty line. A line end before a capital or a quotation mark parts paragraphs."""
    parts = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n|\n(?=\s*[A-Z\"“‘'])", text))
    return "\n\n".join(p for p in parts if p)


def treebank(lines):
    """(id, text) of the documents of a treebank, with its paragraphs."""
    name, paragraphs = None, []
    for line in lines:
        if line.startswith("# newdoc id = "):
            if name:
                yield name, "\n\n".join(" ".join(p) for p in paragraphs)
            name, paragraphs = line[14:].strip(), []
        elif line.startswith("# newpar"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            if not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(line[9:].strip())
    if name:
        yield name, "\n\n".join(" ".join(p) for p in paragraphs)


@functools.lru_cache(maxsize=None)
def texts(folder, name):
    """Tidy texts of a set by document id."""
    with gzip.open(pathlib.Path(folder) / SETS[name], "rt", encoding="utf-8") as lines:
        rows = treebank(lines) if ".conllu" in SETS[name] else ((r["id"], r["text"]) for r in map(json.loads, lines))
        return {key: tidy(text) for key, text in rows}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def locate(folder, excerpt):
    """(set, document, start, end) of an excerpt; a Fault where no set holds it."""
    for name in SETS:
        for key, text in texts(folder, name).items():
            at = text.find(excerpt)
            if at >= 0:
                return name, key, at, at + len(excerpt)
    raise corpus.Fault("no set holds this text")


def strip(folder, paths):
    for path in paths:
        for line, identity, published, marked in corpus.items(path):
            try:
                text, marks = corpus.unmark(marked)
                corpus.read_marks(text, marks)
                name, key, start, end = locate(folder, text)
            except (corpus.Fault, ValueError) as why:
                yield None, f"{path}:{line}: {identity}: {why}"
                continue
            yield {"set": name, "document": key, "id": identity, "published": corpus.day(published), "start": start, "end": end, "digest": digest(text),
                   "marks": sorted(marks)}, None


def joined(folder, path):
    """(annotation, excerpt) of each line, or (None, fault)."""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            text = texts(folder, row["set"]).get(row["document"], "")[row["start"]:row["end"]]
            if digest(text) == row["digest"]:
                yield row, text
            else:
                yield None, f"{path}:{number}: {row['document']} of {row['set']} is missing or has another text"


def export(folder, paths):
    for path in paths:
        for row, text in joined(folder, path):
            if row is None:
                yield None, text
            else:
                yield corpus.flat(row["id"], row["published"], text, corpus.read_marks(text, [tuple(m) for m in row["marks"]])), None


def marked(text, marks):
    """The text with its marks inline. Marks that cross cannot be written so; corpus.unmark never gives such."""
    spans = {}
    for start, end, tag in marks:
        spans.setdefault((start, end), []).append(tag)
    order = sorted(spans, key=lambda s: (s[0], -s[1]))
    out, open_spans, at = [], [], 0
    for i in range(len(text) + 1):
        while open_spans and open_spans[-1][1] == i:
            out.append("|" + "; ".join(spans[open_spans.pop()]) + "]")
        while at < len(order) and order[at][0] == i:
            out.append("[")
            open_spans.append(order[at])
            at += 1
        if i < len(text):
            out.append("\\" + text[i] if text[i] in "[]|\\" else text[i])
    return "".join(out)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("action", choices=["strip", "export", "show"])
    ap.add_argument("--texts", required=True, metavar="DATA")
    ap.add_argument("paths", nargs="+", metavar="FILE")
    a = ap.parse_args()
    faults = 0
    if a.action == "show":
        for path in a.paths:
            for row, text in joined(a.texts, path):
                if row is None:
                    faults += 1
                    print(text, file=sys.stderr)
                else:
                    print(f"## {row['id']} {row['published']}\n{marked(text, row['marks'])}\n")
    else:
        for row, fault in (strip if a.action == "strip" else export)(a.texts, a.paths):
            faults += row is None
            print(fault, file=sys.stderr) if row is None else print(json.dumps(row, ensure_ascii=False))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
