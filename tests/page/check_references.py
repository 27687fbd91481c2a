#!/usr/bin/env python3
"""check_references.py RUNNER - every named character reference of the standard, in text and in attribute values.

The names are Python's html.entities.html5; RUNNER is html5lib_runner, which reads the cases written here."""
import html.entities
import json
import pathlib
import subprocess
import sys
import tempfile


def cases():
    for name, text in sorted(html.entities.html5.items()):
        yield f"&{name}", [["Character", text]]
        yield f"<a b='&{name}'>", [["StartTag", "a", {"b": text}]]
        if name.endswith(";"):
            continue
        # without a semicolon it goes on as text, but not where a value might mean a query
        longer = max((n for n in html.entities.html5 if f"{name}Zz".startswith(n)), key=len)
        yield f"&{name}Zz", [["Character", html.entities.html5[longer] + f"{name}Zz"[len(longer):]]]
        yield f"<a b='&{name}='>", [["StartTag", "a", {"b": f"&{name}="}]]


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "references.test"
    path.write_text(json.dumps({"tests": [{"description": i, "input": i, "output": o} for i, o in cases()]}))
    sys.exit(subprocess.run([sys.argv[1], str(path)]).returncode)
