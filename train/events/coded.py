"""coded.py - what the learners of this folder share: a traced run of the command over coded news, and the act that a trigger belongs to."""
import json
import subprocess

TYPES = ["NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
         "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]


def read(name):
    """Documents in the flat form, one a line."""
    with open(name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run(command, documents):
    """(record, traced candidates or None) of each document; None where events were not looked for."""
    keys = ("id", "text", "published", "title")
    lines = "".join(json.dumps({k: d[k] for k in keys if d.get(k)}) + "\n" for d in documents)
    done = subprocess.run([command, "extract", "-j", "1", "--input", "ndjson", "--format", "ndjson", "-"], input=lines.encode(), capture_output=True,
                          check=False)
    traces = []
    for line in done.stderr.decode(errors="replace").splitlines():
        kind, *cells = line.split("\t")
        if kind == "D":
            traces.append((int(cells[0]), []))
        elif kind == "C":
            traces[-1][1].append(cells)
    at = 0
    for record in map(json.loads, done.stdout.splitlines()):
        traced = at < len(traces) and traces[at][0] == len(record["text"].encode())
        yield record, traces[at][1] if traced else None
        at += traced


def gold_events(document, start, end, kind):
    """Events whose triggers meet the span: those of this type, and all."""
    hits = [e for e in document.get("events", []) if any(a < end and start < b for a, b in e.get("triggers") or [e["trigger"]])]
    return [e for e in hits if e["type"] == kind], hits
