#!/usr/bin/env python3
"""analyst.py check|update DATELINE ROOT - runs the commands of docs/analyst.md in order and holds their output against the file, or writes it there.

A block begins with ```console; its lines "$ ..." are commands for one shell, what follows each is its output."""
import os
import pathlib
import subprocess
import sys
import tempfile

mode, dateline, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
path = root / "docs" / "analyst.md"


def run(commands, folder):
    """Each command's output; variables live on from one to the next."""
    mark = "---end of command---"
    script = "".join(f"{command}\necho '{mark}'\n" for command in commands)
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300,
                          env={**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"})
    if done.stderr:
        sys.exit(f"{commands}: {done.stderr}")
    return done.stdout.split(mark + "\n")[:-1]


def rewrite(text, folder):
    out, lines = [], iter(text.splitlines())
    for line in lines:
        out.append(line)
        if line != "```console":
            continue
        block = []
        for inner in lines:
            if inner == "```":
                break
            block.append(inner)
        commands = [inner[2:] for inner in block if inner.startswith("$ ")]
        for command, output in zip(commands, run(commands, folder)):
            out.append(f"$ {command}")
            out.extend(line.rstrip() for line in output.splitlines())
        out.append("```")
    return "\n".join(out) + "\n"


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "bin").mkdir()
    (folder / "bin" / "dateline").symlink_to(dateline)
    for shared in ("examples", "tests"):
        (folder / shared).symlink_to(root / shared)
    have = path.read_text(encoding="utf-8")
    want = rewrite(have, folder)
if mode == "update":
    path.write_text(want, encoding="utf-8")
elif have != want:
    for old, new in zip(have.splitlines(), want.splitlines()):
        if old != new:
            print(f"- {old}\n+ {new}")
    sys.exit("docs/analyst.md does not show what the commands print; run tests/monitor/analyst.py update")
