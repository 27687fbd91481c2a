#!/usr/bin/env python3
"""monitor_scale.py DATELINE RECORDS STORE [PAGES] - how long each view takes in a large store.

RECORDS is the output of `dateline extract` on pages at hand (tests/monitor/prepared.py writes such, too). They are varied into PAGES pages, 100,000 by
default, spread over the 365 days of 2025 and 400 outlets: each copy gets an id, an address and a day of its own; small places move over 500
points each, counts of victims by up to eight. A store that is there already is only asked. Prints the CPU and the wall time of each view,
the best of three, and its rows."""
import datetime
import json
import os
import random
import resource
import subprocess
import sys
import time

dateline, records, store = sys.argv[1:4]
pages = int(sys.argv[4]) if len(sys.argv) > 4 else 100000
seeds = [json.loads(line) for line in open(records, encoding="utf-8")]


def moved(day, by):
    try:
        return (datetime.date.fromisoformat(day) + by).isoformat()
    except ValueError:
        return day  # a month or a year


def vary(number):
    random.seed(number)
    page = json.loads(json.dumps(seeds[number % len(seeds)]))
    shift, day = random.randrange(500), datetime.date(2025, 1, 1) + datetime.timedelta(number * 7 % 365)
    by = day - datetime.date.fromisoformat(page.get("published") or "2025-01-01")
    page.update(id=f"page/{number}", url=f"https://outlet{number % 400}.example/{number}", site=f"Outlet {number % 400}", published=day.isoformat())
    for place in page["places"]:
        if place.get("precision") in ("exact", "city") and "geonameid" in place and shift > 100:
            place["geonameid"] += shift
            place["lat"] = round(max(-90, min(90, place["lat"] + (shift - 250) / 50)), 5)
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


VIEWS = {
    "toll, place, week": ["toll", "El Fasher", "--since", "2025-06-01", "--until", "2025-06-07"],
    "toll, country, day": ["toll", "--place", "SD", "--since", "2025-06-01", "--until", "2025-06-01"],
    "toll, all, week": ["toll", "--since", "2025-06-01", "--until", "2025-06-07"],
    "sides, place, week": ["sides", "Kutum", "--since", "2025-06-01", "--until", "2025-06-07"],
    "ceasefire, 2 areas": ["ceasefire", "--since", "2025-06-10", "--area", "Khartoum state,North Darfur"],
    "site, month": ["site", "Zaporizhzhia Nuclear Power Plant", "--since", "2025-06-01", "--until", "2025-06-30"],
    "talks, party, month": ["talks", "--actor", "SDN", "--since", "2025-06-01", "--until", "2025-06-30"],
    "brief, month": ["talks", "--brief", "SDNREB", "--since", "2025-06-01", "--until", "2025-06-30"],
    "digest, day": ["digest", "--day", "2025-06-10"],
    "digest, week, place": ["digest", "--week", "2025-06-10", "--place", "SD", "--format", "html"],
}

if not os.path.exists(store):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([dateline, "add", "--store", store, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for n in range(pages):
        process.stdin.write(vary(n).encode())
    process.stdin.close()
    if process.wait():
        sys.exit("adding failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{pages} pages: {1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / pages:.2f} ms of CPU a page, "
          f"{os.path.getsize(store) / pages:.0f} bytes a page", flush=True)
for name, words in VIEWS.items():
    best, cpu, rows = 9e9, 9e9, 0
    for _ in range(3):
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([dateline, *words, "--store", store], capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best, rows = min(best, time.monotonic() - start), done.stdout.count(b"\n")
        cpu = min(cpu, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"    {name:22} {cpu * 1000:6.0f} ms CPU {best * 1000:7.0f} ms {rows:7} lines", flush=True)
