#!/usr/bin/env python3
"""golden.py check|update DATELINE ROOT - the records of the example pages, against tests/golden/records.

A record is kept as indented JSON, so that a change of any stage shows as a readable diff. After a change that is meant, `update` writes them
anew; read the diff before committing it."""
import difflib
import json
import pathlib
import re
import subprocess
import sys

action, dateline, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
folder = root / "tests/golden/records"
pages = sorted([*(root / "examples").glob("*.html"), *(root / "examples").glob("*.ndjson")])


def render(record):
    """Indented, with spans and ranges on one line each."""
    record = {key: value for key, value in record.items() if key not in ("engine", "model")}  # new with every edit of the data
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+|null)\s+\]", r"[\1, \2]", text) + "\n"


bad = 0
for page in pages:
    done = subprocess.run([dateline, "extract", str(page)], capture_output=True, check=True)
    now = "".join(render(json.loads(line)) for line in done.stdout.decode("utf-8").splitlines())
    kept = folder / (page.name + ".json")
    if action == "update":
        folder.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
        continue
    then = kept.read_text(encoding="utf-8") if kept.exists() else ""
    if now != then:
        bad += 1
        sys.stdout.writelines(list(difflib.unified_diff(then.splitlines(True), now.splitlines(True), f"kept {kept.name}", "now", n=2))[:60])
print(f"{len(pages)} pages, {bad} records differ from those kept")
sys.exit(1 if bad else 0)
