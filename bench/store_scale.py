#!/usr/bin/env python3
"""store_scale.py DATELINE RECORDS STORE [PAGES...] - what a page costs in a store that grows.

RECORDS is the output of `dateline extract` on pages at hand. They are varied into as many pages as asked: each copy gets an id, an address
and a day of its own; names of people, of groups and of small places are respelt letter by letter (as long as before, so that all spans hold),
numbers of victims, coordinates and GeoNames numbers move. Prints, for each number of pages in the store, the CPU of the last thousand
added, the size of the file, and how long questions take."""
import json
import os
import random
import resource
import subprocess
import sys
import time

dateline, records, store = sys.argv[1:4]
sizes = [int(n) for n in sys.argv[4:]] or [1000, 20000, 100000]
seeds = [json.loads(line) for line in open(records, encoding="utf-8")]
POOL = 4000  # spellings of a name; the same ones come back, as names do


def respell(word, shift):
    return "".join(chr((ord(c) - 97 + shift * (i + 1)) % 26 + 97) if "a" <= c <= "z" else c for i, c in enumerate(word))


def vary(number):
    random.seed(number)
    page = json.loads(json.dumps(seeds[number % len(seeds)]))
    text, shift = list(page["text"]), random.randrange(POOL)
    page["id"] = f"page/{number}"
    page["url"] = f"https://outlet{number % 400}.example/{number}"
    page["site"] = f"Outlet {number % 400}"
    day = f"20{15 + number % 11}-{random.randrange(12) + 1:02}-{random.randrange(28) + 1:02}"
    page["published"] = day
    for entity in page["entities"]:
        if entity["type"] in ("PERSON", "ORG", "FAC"):
            entity["name"] = respell(entity["name"], shift)
            for mention in entity["mentions"]:
                if mention["kind"] == "name":
                    start, stop = mention["span"]
                    text[start:stop] = respell("".join(text[start:stop]), shift)
    for place in page["places"]:
        if place.get("precision") in ("exact", "city") and place["lat"] is not None:
            place["geonameid"] = place.get("geonameid", 1) + shift % 500
            place["lat"] = round(max(-90, min(90, place["lat"] + (shift % 500 - 250) / 50)), 5)
    for event in page["events"]:
        if "date" in event:
            event["date"] = day
            event.pop("date_to", None)
        for harm in ("killed", "wounded"):
            if harm in event:
                low, high = event[harm]
                event[harm] = [low + shift % 9, None if high is None else high + shift % 9]
    page["text"] = "".join(text)
    return json.dumps(page, ensure_ascii=False) + "\n"


def add(first, last):
    """User and system seconds of adding these pages."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([dateline, "add", "--store", store, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for number in range(first, last):
        process.stdin.write(vary(number).encode())
    process.stdin.close()
    if process.wait():
        sys.exit(f"adding pages {first} to {last} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


QUESTIONS = {
    "last events": ["--limit", "50"],
    "type and days": ["--type", "ASSAULT", "--since", "2020-05-01", "--until", "2020-05-31"],
    "rare words": ["police", "chief", "hospital", "--limit", "50"],
    "common word": ["killed", "--limit", "50"],
    "near": ["--near", "35.9,-77.8", "--km", "30", "--limit", "50"],
    "country": ["--place", "US", "--limit", "50"],
    "actor": ["--actor", "USACOP", "--limit", "50"],
    "source": ["--source", "police", "--limit", "50"],
    "sentences": ["--what", "sentences", "killed", "--limit", "50"],
}


def ask():
    for name, words in QUESTIONS.items():
        best, rows = 9e9, 0
        for _ in range(3):
            start = time.monotonic()
            done = subprocess.run([dateline, "find", "--store", store, *words], capture_output=True)
            best, rows = min(best, time.monotonic() - start), done.stdout.count(b"\n")
        print(f"    {name:14} {best * 1000:7.0f} ms {rows:6} rows", flush=True)


have = 0
for size in sizes:
    if size - 1000 > have:
        add(have, size - 1000)
    user, system = add(max(have, size - 1000), size)
    have = size
    print(f"{size:7} pages: {user:.2f} ms user + {system:.2f} ms system a page, {os.path.getsize(store) / size:.0f} bytes a page", flush=True)
    ask()
