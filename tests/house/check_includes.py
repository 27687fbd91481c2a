#!/usr/bin/env python3
"""check_includes.py ROOT - prints every #include of src/ that runs against the direction of the data; exit 1 if any.

A room may include itself, base, the public headers, and the rooms that stand before it."""
import pathlib
import re
import sys

ROOMS = ["base", "page", "text", "model", "syntax", "names", "times", "places", "statements", "casualties", "events",
         "talks", "record", "engine", "feeds", "stories", "store", "monitor", "export", "serve", "cli"]
# What a room may not see although it stands before it.
NEVER = {("text", "page"), ("model", "page"), ("model", "text"), ("cli", "page"), ("cli", "text"), ("cli", "model")}
RULE = re.compile(r'^\s*#\s*include\s+"([a-z_]+)/')


def faults(root):
    for path in sorted((root / "src").glob("*/*.[ch]")):
        room = path.parent.name
        if room not in ROOMS:
            yield path, 0, f"'{room}' is no room of the house"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = RULE.match(line)
            if not match or match[1] in ("dateline", room):
                continue
            other = match[1]
            if other not in ROOMS or ROOMS.index(other) > ROOMS.index(room) or (room, other) in NEVER:
                yield path, number, f"{room} may not include {other}"


found = list(faults(pathlib.Path(sys.argv[1])))
for path, number, what in found:
    print(f"{path}:{number}: {what}")
print(f"{len(found)} includes against the arrow")
sys.exit(1 if found else 0)
