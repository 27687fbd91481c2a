#!/usr/bin/env python3
"""serve_scale.py DATELINE STORE [ROUNDS] - how long the API's answers take over a large store.

STORE is one that bench/monitor_scale.py made (pages of 2025). Starts a server, waits until its happenings are all in memory, then asks each resource ROUNDS times (20 by
default) with other days, places, boxes and words each time, so that no answer was kept from before; and once more each, for those that were. One client, one
request at a time. Prints the median, the 95th percentile and the longest of each, in milliseconds of wall time, and of the server's CPU (which other
work on the machine does not stretch)."""
import http.client
import os
import random
import subprocess
import sys
import time
import urllib.parse

dateline, store = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
random.seed(7)
PLACES = ["El Fasher", "Omdurman", "Kutum", "SD", "UA", "North Darfur", "Nyala"]
WORDS = ["market", "drone", "hospital", "ceasefire", "witnesses", "governor", "shelling", "talks"]


def day(rng, span):
    month, first = rng.randrange(1, 12), rng.randrange(1, 28 - min(span, 26))
    return f"2025-{month:02}-{first:02}", f"2025-{month:02}-{first + min(span, 26):02}"


def week(rng):
    since, until = day(rng, 7)
    return {"since": since, "until": until}


def month(rng):
    since, until = day(rng, 26)
    return {"since": since, "until": until}


def box(rng):
    zoom = rng.randrange(3, 9)
    width = 360 / 2 ** zoom * 3
    west, south = rng.uniform(10, 40 - min(width, 29)), rng.uniform(0, 40)
    return {"zoom": zoom, "bbox": f"{west:.3f},{south:.3f},{min(west + width, 180):.3f},{min(south + width / 2, 89):.3f}"}


RESOURCES = {
    "meta": lambda r: ("meta", {}),
    "overview": lambda r: ("overview", {"day": day(r, 1)[0]}),
    "happenings, a month": lambda r: ("happenings", month(r)),
    "happenings, a side": lambda r: ("happenings", {"side": r.choice(["SDN", "SDNREB", "SDNMIL"]), "limit": r.randrange(20, 100)}),
    "happenings, deadliest": lambda r: ("happenings", {"sort": "killed", "place": r.choice(PLACES), **month(r)}),
    "happenings, words": lambda r: ("happenings", {"q": r.choice(WORDS), **week(r)}),
    "one happening": None,
    "claims": lambda r: ("claims", {"type": "ASSAULT", **week(r)}),
    "map, the world": lambda r: ("map", {"zoom": r.randrange(1, 5), "pins": r.randrange(1, 300)}),
    "map, a box": lambda r: ("map", box(r)),
    "timeline": lambda r: ("timeline", {"bin": r.choice(["day", "week", "month"]), "place": r.choice(PLACES), "confidence": round(r.random() / 2, 3)}),
    "facets": lambda r: ("facets", month(r)),
    "areas": lambda r: ("areas", month(r)),
    "tolls, a place": lambda r: ("tolls", {"place": r.choice(PLACES), **week(r)}),
    "tolls, all": lambda r: ("tolls", {"limit": r.randrange(10, 100), "since": day(r, 1)[0]}),
    "sides, a place": lambda r: ("sides", {"place": r.choice(PLACES), **week(r)}),
    "talks, a month": lambda r: ("talks", {"party": "SDN", **month(r)}),
    "talks, all": lambda r: ("talks", {"words": r.randrange(5, 20), "since": day(r, 1)[0]}),
    "ceasefire": lambda r: ("ceasefire", {"since": day(r, 1)[0], "area": r.choice(["North Darfur", "Khartoum state,North Darfur", "Omdurman"])}),
    "sites": lambda r: ("sites", month(r)),
    "a site, a month": lambda r: ("sites/" + urllib.parse.quote("Zaporizhzhia Nuclear Power Plant"), month(r)),
    "search, sentences": lambda r: ("search", {"q": r.choice(WORDS), "limit": r.randrange(10, 100)}),
    "search, events": lambda r: ("search", {"q": r.choice(WORDS), "what": "events", **month(r)}),
    "suggestions": lambda r: ("suggestions", {"q": r.choice(["Om", "El", "Kh", "Ny", "Ku"]), "what": r.choice(["places", "outlets"])}),
    "pages": lambda r: ("pages", {"limit": r.randrange(10, 100)}),
    "one page": lambda r: ("pages/" + urllib.parse.quote(f"page/{r.randrange(50000)}", safe=""), {}),
    "stories, a week": lambda r: ("stories", week(r)),
    "review": lambda r: ("review", {"place": r.choice(PLACES), **month(r)}),
    "review, words": lambda r: ("review/words", {"limit": r.randrange(10, 100)}),
}


def seconds_of(process):
    """CPU of all its threads, to the nanosecond."""
    total = 0
    for task in os.listdir(f"/proc/{process.pid}/task"):
        with open(f"/proc/{process.pid}/task/{task}/schedstat", encoding="ascii") as stat:
            total += int(stat.read().split()[0])
    return total / 1e9


def memory_of(process, of="VmRSS"):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith(of))


def ask(connection, target):
    start = time.monotonic()
    connection.request("GET", "/api/v1/" + target, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        sys.exit(f"{target}: {answer.status}")
    return (time.monotonic() - start) * 1000, size


def centile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


server = subprocess.Popen([dateline, "serve", "--store", store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
connection = http.client.HTTPConnection("127.0.0.1", urllib.parse.urlsplit(server.stdout.readline().decode().strip()).port, timeout=120)
try:
    start = time.monotonic()
    while True:
        connection.request("GET", "/api/v1/meta")
        body = connection.getresponse().read()
        if b'"incomplete"' not in body and b'"generation":"0.' not in body:
            break
        time.sleep(0.2)
    most = memory_of(server, "VmHWM")
    print(f"all happenings in memory after {time.monotonic() - start:.1f} s, {seconds_of(server):.1f} s of CPU, {memory_of(server)} MiB ({most} at most): {body.decode()[body.find(b'counts') - 1:]}", flush=True)
    first, again, work = [], [], []
    print("                             wall ms: median 95th longest      again   CPU ms: median 95th longest      bytes")
    for name, make in RESOURCES.items():
        times, sizes, kept, cpus = [], [], [], []
        for _ in range(rounds):
            if make:
                resource, query = make(random)
            else:
                connection.request("GET", "/api/v1/happenings?" + urllib.parse.urlencode({"limit": 1, **week(random)}))
                text = connection.getresponse().read().decode()
                resource, query = "happenings/" + urllib.parse.quote(text.split('"id":"')[1].split('"')[0], safe=""), {}
            target = resource + ("?" + urllib.parse.urlencode(query) if query else "")
            before = seconds_of(server)
            took, size = ask(connection, target)
            cpus.append((seconds_of(server) - before) * 1000)
            times.append(took), sizes.append(size)
            kept.append(ask(connection, target)[0])
        first += times
        again += kept
        work += cpus
        print(f"    {name:24} {centile(times, 0.5):13.1f} {centile(times, 0.95):7.1f} {max(times):7.1f} {centile(kept, 0.5):10.1f} {centile(cpus, 0.5):16.1f} {centile(cpus, 0.95):6.1f} "
              f"{max(cpus):7.1f} {sum(sizes) // len(sizes):10}", flush=True)
    print(f"all, the first time: wall median {centile(first, 0.5):.1f} ms, 95th percentile {centile(first, 0.95):.1f} ms; CPU {centile(work, 0.5):.1f}, {centile(work, 0.95):.1f} ms; "
          f"again: wall {centile(again, 0.5):.1f}, {centile(again, 0.95):.1f} ms; {memory_of(server)} MiB")
finally:
    server.terminate()
    server.wait(60)
