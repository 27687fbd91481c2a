#!/usr/bin/env python3
"""crash.py DATELINE ROOT KILLS [SEED] - adding is killed at random moments; each time the store is sound and holds every acknowledged page.

The process is killed with SIGKILL between its first instruction and a third of a second later: while the store is being made, while a batch is
gathered, written, committed, or acknowledged. Every third time a second process adds to the same store meanwhile, and must not mind."""
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

dateline, root, kills = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 20251014
random.seed(seed)
pages = sorted(map(str, (root / "examples").glob("*.html")))
records = [json.loads(line) for line in subprocess.run([dateline, "extract", "--model", "fast", *pages], capture_output=True, check=True).stdout.splitlines()]


def page(number):
    record = dict(records[number % len(records)], id=f"page/{number}", url=f"https://a.example/{number}")
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def write_pages(path, numbers):
    path.write_bytes(b"".join(page(n) for n in numbers))
    return str(path)


def acknowledged(output):
    """Ids of whole lines; the kill may have cut the last one."""
    return {json.loads(line)["id"] for line in output.split(b"\n")[:-1]}


def add(store, path, **more):
    return subprocess.Popen([dateline, "add", "--store", store, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)


def kill_once(store, folder, number):
    """Ids acknowledged by a process that was killed, and by one beside it that was not."""
    killed = add(store, write_pages(folder / "a.ndjson", range(number, number + 400)))
    beside = add(store, write_pages(folder / "b.ndjson", range(number + 300, number + 440))) if random.random() < 0.33 else None
    time.sleep(random.choice((0.01, 0.1, 0.33)) * random.random())
    killed.kill()
    safe = acknowledged(killed.communicate()[0])
    if beside:
        safe |= acknowledged(beside.communicate()[0])
        if beside.returncode or len(safe) < 140:
            sys.exit(f"seed {seed}: the process beside the killed one ended with {beside.returncode}")
    return safe


def verify(store, safe):
    if not safe and not os.path.exists(store):  # killed before anything
        return
    done = subprocess.run([dateline, "check", "--store", store], capture_output=True)
    if done.returncode and not (b"no dateline store" in done.stderr and not safe):  # killed before the store was made
        sys.exit(f"seed {seed}: {done.stderr.decode()}{done.stdout.decode()}")
    if not safe:
        return
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        there = {name for name, in db.execute("SELECT name FROM documents")}
    if safe - there:
        sys.exit(f"seed {seed}: {len(safe - there)} acknowledged pages are not there: {sorted(safe - there)[:5]}")


total = 0
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for round_ in range(kills):
        if round_ % 8 == 0:
            for old in folder.glob("s*"):
                old.unlink()
            store, safe = str(folder / "s"), set()
        new = kill_once(store, folder, round_ * 500)
        safe |= new
        total += len(new)
        verify(store, safe)
if not total:
    sys.exit("no page was acknowledged before a kill: the machine is too slow for this test")
print(f"{kills} kills, {total} pages acknowledged and all there, the store sound each time (seed {seed})")
