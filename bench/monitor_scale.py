#!/usr/bin/env python3
"""monitor_scale.py DATELINE STORE [PAGES] RECORDS... - what a page costs in a store that grows, and how long each view takes in a large one.

RECORDS are the output of `dateline extract` on pages at hand, the more the better; of several files each gives as many pages. They are varied into PAGES
pages, 100,000 by default, spread over the 365 days of 2025 and 400 outlets: each copy gets an id, an address and a day of its own; days that it tells
move along; names of people, groups and buildings are respelt letter by letter (as long as before, so that all spans hold); small places move over 500
points each, counts of victims by up to eight. A store that is there already is only asked. Prints the CPU of adding the second and the last
thousand pages, the bytes a page, then the CPU and the wall time of each view, the best of three, and its rows."""
import datetime
import json
import os
import random
import resource
import subprocess
import sys
import time

dateline, store, *rest = sys.argv[1:]
pages = int(rest.pop(0)) if rest and rest[0].isdigit() else 100000
STEP, POOL, FIRST_DAY = 1000, 4000, datetime.date(2025, 1, 1)
VIEWS = {
    "find, words": ["find", "hospital", "killed", "--limit", "50"],
    "find, type and week": ["find", "--type", "ASSAULT", "--since", "2025-06-01", "--until", "2025-06-07"],
    "find, near 30 km": ["find", "--near", "15.6,32.5", "--km", "30", "--limit", "50"],
    "find, country": ["find", "--place", "UA", "--limit", "50"],
    "find, actor": ["find", "--actor", "RUSMIL", "--limit", "50"],
    "find, source": ["find", "--source", "police", "--limit", "50"],
    "find, sentences": ["find", "--what", "sentences", "ceasefire", "--limit", "50"],
    "toll, place, week": ["toll", "El Fasher", "--since", "2025-06-01", "--until", "2025-06-07"],
    "toll, country, day": ["toll", "--place", "SD", "--since", "2025-06-01", "--until", "2025-06-01"],
    "toll, country, week": ["toll", "--place", "UA", "--since", "2025-06-01", "--until", "2025-06-07"],
    "toll, all, day": ["toll", "--since", "2025-06-01", "--until", "2025-06-01"],
    "toll, all, week": ["toll", "--since", "2025-06-01", "--until", "2025-06-07"],
    "sides, place, week": ["sides", "Kutum", "--since", "2025-06-01", "--until", "2025-06-07"],
    "sides, country, day": ["sides", "--place", "UA", "--since", "2025-06-01", "--until", "2025-06-01"],
    "ceasefire, 2 areas": ["ceasefire", "--since", "2025-06-10", "--area", "Khartoum state,North Darfur"],
    "ceasefire, a country": ["ceasefire", "--since", "2025-06-10", "--area", "Ukraine"],
    "site, month": ["site", "Zaporizhzhia Nuclear Power Plant", "--since", "2025-06-01", "--until", "2025-06-30"],
    "talks, party, month": ["talks", "--actor", "SDN", "--since", "2025-06-01", "--until", "2025-06-30"],
    "talks, party, year": ["talks", "--actor", "SDN"],
    "brief, month": ["talks", "--brief", "SDNREB", "--since", "2025-06-01", "--until", "2025-06-30"],
    "digest, day": ["digest", "--day", "2025-06-10"],
    "digest, day, HTML": ["digest", "--day", "2025-06-10", "--format", "html"],
    "digest, week, country": ["digest", "--week", "2025-06-10", "--place", "SD", "--format", "html"],
    "digest, week, all": ["digest", "--week", "2025-06-10"],
    "review": ["review", "--limit", "20"],
    "review, week": ["review", "--since", "2025-06-01", "--until", "2025-06-07", "--limit", "20"],
    "history, a page": ["history", "page/54321"],
    "history, an event": ["history", "page/54321:V1"],
}


def moved(day, by):
    try:
        return (datetime.date.fromisoformat(day) + by).isoformat()
    except (ValueError, OverflowError):
        return day  # a month or a year


def respell(word, shift):
    return "".join(chr((ord(c) - 97 + shift * (i + 1)) % 26 + 97) if "a" <= c <= "z" else c for i, c in enumerate(word))


def respell_names(page, shift):
    text = list(page["text"])
    for entity in page["entities"]:
        if entity["type"] not in ("PERSON", "ORG", "FAC"):
            continue
        entity["name"] = respell(entity["name"], shift)
        for mention in entity["mentions"]:
            if mention["kind"] == "name":
                start, stop = mention["span"]
                text[start:stop] = respell("".join(text[start:stop]), shift)
    page["text"] = "".join(text)


def vary(number, seeds):
    random.seed(number)
    file = seeds[number % len(seeds)]
    page = json.loads(file[number // len(seeds) % len(file)])
    shift, day = random.randrange(POOL), FIRST_DAY + datetime.timedelta(number * 7 % 365)
    by, place_shift = day - datetime.date.fromisoformat((page.get("published") or "2025-01-01")[:10]), shift % 500
    page.update(id=f"page/{number}", url=f"https://outlet{number % 400}.example/{number}", site=f"Outlet {number % 400}", published=day.isoformat())
    respell_names(page, shift)
    for place in page["places"]:
        if place.get("precision") in ("exact", "city") and "geonameid" in place and place_shift > 100:
            place["geonameid"] += place_shift
            place["lat"] = round(max(-90, min(90, place["lat"] + (place_shift - 250) / 50)), 5)
    for item in page["events"] + page["talks"]:
        for field in ("date", "date_to"):
            if item.get(field):
                item[field] = moved(item[field], by)
        if item.get("next", {}).get("date"):
            item["next"]["date"] = moved(item["next"]["date"], by)
        for harm in ("killed", "wounded"):
            if item.get(harm):
                low, high = item[harm]
                item[harm] = [low + shift % 9, None if high is None else high + shift % 9]
    return json.dumps(page, ensure_ascii=False) + "\n"


def used():
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def add(seeds, first, last):
    """Milliseconds of CPU a page, in a process of its own."""
    before = used()
    process = subprocess.Popen([dateline, "add", "--store", store, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for number in range(first, last):
        process.stdin.write(vary(number, seeds).encode())
    process.stdin.close()
    if process.wait():
        sys.exit(f"adding pages {first} to {last} failed")
    return 1000 * (used() - before) / max(1, last - first)


def fill():
    seeds = [open(path, encoding="utf-8").read().splitlines() for path in rest]
    marks = sorted({0, *(n for n in (STEP, 2 * STEP, pages - STEP) if 0 < n < pages), pages})
    for first, last in zip(marks, marks[1:]):
        cost = add(seeds, first, last)
        print(f"pages {first} to {last}: {cost:.2f} ms of CPU a page; {os.path.getsize(store) / last:.0f} bytes a page", flush=True)


def ask(name, words):
    best, cpu, lines = 9e9, 9e9, 0
    for _ in range(3):
        start, before = time.monotonic(), used()
        done = subprocess.run([dateline, *words, "--store", store], capture_output=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{name}: {done.stderr.decode()}")
        best, cpu, lines = min(best, time.monotonic() - start), min(cpu, used() - before), done.stdout.count(b"\n")
    print(f"    {name:22} {cpu * 1000:6.0f} ms CPU {best * 1000:7.0f} ms {lines:7} lines", flush=True)


if not os.path.exists(store):
    fill()
for view in VIEWS.items():
    ask(*view)
