#!/usr/bin/env python3
"""test_server.py DATELINE ROOT - `dateline serve` as its clients meet it: what it tells against what the commands print, and what clients do wrong."""
import gzip
import hashlib
import http.client
import json
import pathlib
import random
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

DATELINE, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "monitor"))
import prepared  # noqa: E402  the records of the prepared pages as a person codes them

PERIOD = ["--since", "2025-09-01", "--until", "2025-09-30"]
QUERY = {"since": "2025-09-01", "until": "2025-09-30"}


def run(*words, stdin=None):
    done = subprocess.run([DATELINE, *map(str, words)], input=stdin, capture_output=True, timeout=120)
    return done.stdout


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


class Server:
    """A server over a store, for the length of a test or of a class."""

    def __init__(self, store, *words, stdin=None):
        self.process = subprocess.Popen([DATELINE, "serve", "--store", str(store), "--listen", "127.0.0.1:0", *map(str, words)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if stdin is not None:
            self.process.stdin.write(stdin)
        self.process.stdin.close()
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.process.kill()
            raise RuntimeError(f"the server did not start: {self.process.stderr.read()}")
        self.port = urllib.parse.urlsplit(line.decode().strip()).port
        while "incomplete" in self.get("meta") or self.get("meta")["generation"].startswith("0."):
            time.sleep(0.05)

    def ask(self, path, method="GET", body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def get(self, resource, **query):
        path = "/api/v1/" + resource + ("?" + urllib.parse.urlencode(query) if query else "")
        answer, body = self.ask(path)
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {body.decode()}")
        return json.loads(body) if answer.headers["Content-Type"] == "application/json" else body

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        error = self.process.stderr.read().decode()
        self.process.stdout.close(), self.process.stderr.close()
        return code, error


class Served(unittest.TestCase):
    review = ()

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.store = cls.folder / "news.store"
        cls.records = list(prepared.records())
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in cls.records).encode()
        run("add", "--store", cls.store, "--now", "2025-10-20T00:00:00Z", "-", stdin=text)
        cls.server = Server(cls.store, *cls.review)
        cls.addClassCleanup(cls.end)

    @classmethod
    def end(cls):
        code, error = cls.server.stop()
        if code != 0 or "Sanitizer" in error:
            raise AssertionError(f"the server ended with {code}: {error}")

    def command(self, *words):
        return run(*words, "--store", self.store)

    def whole(self, resource, **query):
        """All parts of a list."""
        items, cursor = [], {}
        while True:
            part = self.server.get(resource, limit=3, **query, **cursor)
            items += part["items"]
            if "next" not in part:
                return items
            cursor = {"cursor": part["next"]}


class Views(Served):
    def test_tolls_and_sides_are_those_of_the_commands(self):
        self.assertEqual(self.whole("tolls"), lines(self.command("toll")))
        self.assertEqual(self.whole("tolls", place="Kutum", **QUERY), lines(self.command("toll", "Kutum", *PERIOD)))
        self.assertEqual(self.whole("tolls", all=1, place="SD"), lines(self.command("toll", "--all", "--place", "SD")))
        self.assertEqual(self.whole("sides"), lines(self.command("sides")))
        self.assertEqual(self.whole("sides", all=1, type="PROTEST"), lines(self.command("sides", "--all", "--type", "PROTEST")))

    def test_talks_and_the_brief_are_those_of_the_command(self):
        self.assertEqual(self.whole("talks"), lines(self.command("talks")))
        self.assertEqual(self.server.get("talks/brief", party="SDNREB"), self.command("talks", "--brief", "SDNREB"))

    def test_a_site_is_told_by_kind_and_with_the_last_day_first(self):
        name = "sites/" + urllib.parse.quote("Zaporizhzhia Nuclear Power Plant")
        whole = self.whole(name)
        latest = self.whole(name, order="latest")
        self.assertEqual(latest, [r for r in whole if "date" in r][::-1] + [r for r in whole if "date" not in r])
        kind = whole[0]["kind"]
        self.assertEqual(self.whole(name, kind=kind), [r for r in whole if r["kind"] == kind])
        self.assertEqual(self.server.get(name, kind=kind)["kinds"], self.server.get(name)["kinds"])
        for wrong in ({"kind": "picnic"}, {"order": "random"}):
            self.assertEqual(self.server.ask("/api/v1/" + name + "?" + urllib.parse.urlencode(wrong))[0].status, 400)

    def test_of_long_talks_the_last_is_told_and_how_much_is_left_out(self):
        whole, few = self.whole("talks"), self.server.get("talks", rounds=1, words=1)["items"]
        self.assertEqual([p["parties"] for p in few], [p["parties"] for p in whole])
        for long, short in zip(whole, few):
            self.assertEqual(short["rounds"][-1]["told_by"], long["rounds"][-1]["told_by"][:1])
            self.assertEqual(short.get("rounds_before", 0), len(long["rounds"]) - len(short["rounds"]))
            self.assertEqual(short["rounds"][-1].get("told_more", 0), len(long["rounds"][-1]["told_by"]) - 1)
            for issue, cut in zip(long["issues"], short["issues"]):
                self.assertEqual(cut["status"], issue["status"])
                self.assertEqual(cut["moves"], issue["moves"][-1:])
                self.assertEqual(cut.get("moves_more", 0), len(issue["moves"]) - 1)
        for issue in self.server.get("talks", words=2)["items"][0]["issues"]:
            self.assertTrue(len(issue["moves"]) <= 2 and issue["moves"][-1]["status"] == issue["status"])

    def test_the_digest_is_that_of_the_command(self):
        self.assertEqual(self.server.get("digest", week="2025-09-10"), self.command("digest", "--week", "2025-09-10", "--format", "html"))
        self.assertEqual(self.server.get("digest", day="2025-09-08", format="markdown", place="SD"), self.command("digest", "--day", "2025-09-08", "--place", "SD"))

    def test_the_ceasefire_is_that_of_the_command(self):
        told = self.server.get("ceasefire", since="2025-09-10", area="Khartoum state,North Darfur")
        printed = lines(self.command("ceasefire", "--since", "2025-09-10", "--area", "Khartoum state,North Darfur"))
        flat = [one for area in told["areas"] for one in area["days"] + [area["before"], area["after"]]]
        self.assertEqual(flat, printed)

    def test_the_site_is_that_of_the_command(self):
        name = "Zaporizhzhia Nuclear Power Plant"
        self.assertEqual(self.whole("sites/" + urllib.parse.quote(name)), lines(self.command("site", name)))
        self.assertEqual(self.server.get("sites")["items"][0]["name"], name)

    def test_search_is_that_of_the_command(self):
        self.assertEqual(self.whole("search", q="killed"), lines(self.command("find", "--what", "sentences", "killed")))
        self.assertEqual(self.whole("search", q="killed", what="events", type="ASSAULT"), lines(self.command("find", "killed", "--type", "ASSAULT")))

    def test_happenings_are_those_of_the_export(self):
        mine = self.whole("happenings")
        printed = lines(self.command("export", "--what", "happenings"))
        self.assertEqual(len(mine), len(printed))
        for one in mine:
            whole = self.server.get("happenings/" + urllib.parse.quote(one["id"], safe=""))
            claims = [{k: v for k, v in c.items()} for c in whole["claims"]]
            same = [p for p in printed if p["claims"] == claims]
            self.assertEqual(len(same), 1, one["id"])
            for member in ("type", "mode", "date", "date_to", "killed", "wounded", "captured", "missing", "pages", "first_seen", "last_seen"):
                self.assertEqual(whole.get(member), same[0].get(member), (one["id"], member))
                self.assertEqual(one.get(member), same[0].get(member), (one["id"], member))
            self.assertEqual(whole["sides"], same[0]["sides"])

    def test_every_figure_leads_to_words_in_its_page(self):
        texts = {r["id"]: r["text"] for r in self.records}
        found = 0

        def walk(value):
            nonlocal found
            if isinstance(value, list):
                for one in value:
                    walk(one)
            if not isinstance(value, dict):
                return
            if "span" in value and "document" in value and "sentence_span" in value:
                (first, last), (start, end) = value["sentence_span"], value["span"]
                text = texts[value["document"]]
                self.assertTrue(0 <= start < end <= len(text))
                if "text" in value and first < last:
                    self.assertEqual(text[first:last], value["text"])
                found += 1
            for one in value.values():
                walk(one)
        for resource in ("overview", "happenings", "claims", "tolls", "sides", "talks", "ceasefires"):
            walk(self.server.get(resource))
        self.assertGreater(found, 300)

    def test_a_page_s_fields_stand_in_its_text(self):
        for record in self.records[:12]:
            page = self.server.get("pages/" + urllib.parse.quote(record["id"], safe=""))
            self.assertEqual(page["record"]["text"], record["text"])
            names = {e["id"]: e["name"] for e in record["entities"]}
            for field in page["fields"]:
                start, end = field["span"]
                self.assertTrue(0 <= start < end <= len(record["text"]))
                if field["layer"] == "entity" and field["part"] == "name":
                    self.assertEqual(names[field["item"]], field["label"])
            self.assertEqual(sum(f["part"] == "trigger" for f in page["fields"]), len(record["events"]))

    def test_the_map_and_the_timeline_count_each_happening_once(self):
        everything = self.whole("happenings")
        points = [h for h in everything if "lat" in h.get("place", {}) and h["precision"] in ("exact", "city", "admin2")]
        pins = self.server.get("map")
        self.assertEqual(sorted(p["id"] for p in pins["pins"]), sorted(h["id"] for h in points))
        self.assertEqual(pins["total"] + pins["unplaced"] + pins["coarse"], len(everything))
        for zoom in (0, 4, 9):
            clusters = self.server.get("map", pins=0, zoom=zoom)
            self.assertEqual(sum(c["count"] for c in clusters["clusters"]), len(points))
            self.assertEqual(clusters["pins"], [])
            self.assertEqual(sum(c.get("killed", {}).get("best", 0) for c in clusters["clusters"]), sum(h.get("killed", {}).get("best", 0) for h in points))
        lanes = self.server.get("timeline", bin="day")["lanes"]
        attacks = [h for h in everything if h["type"] == "ASSAULT" and h["actual"] and len(h.get("date", "")) == 10]
        self.assertEqual(sum(b["count"] for b in lanes["violence"]), len(attacks))
        by_week = self.server.get("timeline", bin="week")["lanes"]["violence"]
        self.assertEqual(sum(b["count"] for b in by_week), len(attacks))

    def test_sorting_and_paging_leave_nothing_out(self):
        everything = {h["id"] for h in self.whole("happenings")}
        for sort in ("date", "killed", "seen", "sources"):
            items = self.whole("happenings", sort=sort)
            self.assertEqual({h["id"] for h in items}, everything)
            self.assertEqual(len(items), len(everything))
        killed = [h.get("killed", {}).get("best", -1) for h in self.whole("happenings", sort="killed")]
        self.assertEqual(killed, sorted(killed, reverse=True))

    def test_downloads_hold_everything_and_are_safe_for_spreadsheets(self):
        everything = self.whole("happenings")
        answer, body = self.server.ask("/api/v1/happenings?format=csv", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertIn('filename="happenings.csv"', answer.headers["Content-Disposition"])
        self.assertEqual(gzip.decompress(body).count(b"\r\n"), len(everything) + 1)
        geo = json.loads(self.server.ask("/api/v1/happenings?format=geojson")[1])
        self.assertEqual([f["id"] for f in geo["features"]], [h["id"] for h in everything])
        self.assertEqual(lines(self.server.get("happenings", format="ndjson"))[0]["id"], everything[0]["id"])
        self.assertEqual(self.server.get("tolls", format="csv"), self.command("toll", "--format", "csv"))
        self.assertEqual(self.server.get("tolls", format="ndjson"), self.command("toll", "--format", "ndjson"))
        self.assertEqual(self.server.get("talks", format="csv"), self.command("talks", "--format", "csv"))
        self.assertEqual(self.server.get("ceasefire", since="2025-09-10", area="North Darfur", format="csv"),
                         self.command("ceasefire", "--since", "2025-09-10", "--area", "North Darfur", "--format", "csv"))
        for what in ("events", "claims", "statements", "pages"):
            for form in ("ndjson", "csv"):
                self.assertEqual(self.server.get("export", what=what, format=form), self.command("export", "--what", what, "--format", form), what)
        self.assertEqual(self.server.get("export", layout="ucdp-ged"), self.command("export", "--layout", "ucdp-ged"))
        self.assertEqual(self.server.get("export", what="stories"), self.command("export", "--what", "stories"))
        answer, body = self.server.ask("/api/v1/export?what=claims&type=ASSAULT")
        self.assertEqual(answer.status, 400)

    def test_review_is_that_of_the_command(self):
        printed = lines(self.command("review", "--limit", "0"))
        mine = self.whole("review")
        self.assertEqual(sorted((r["claim"]["document"], r["claim"]["event"]) for r in mine), sorted((r["claim"]["document"], r["claim"]["event"]) for r in printed))
        self.assertEqual([r["urgency"] for r in mine], [r["urgency"] for r in printed])

    def test_counts_add_up(self):
        meta, facets, areas = self.server.get("meta"), self.server.get("facets"), self.server.get("areas")["items"]
        self.assertEqual(meta["counts"]["pages"], len(self.records))
        self.assertEqual(facets["total"], meta["counts"]["happenings"])
        self.assertEqual(sum(v["count"] for v in facets["type"]), facets["total"])
        north = [a for a in areas if a.get("admin1_name") == "North Darfur"]
        self.assertEqual(len(north), 1)
        self.assertEqual(north[0]["country_name"], "Sudan")
        self.assertEqual(sum(s["pages"] for s in self.whole("stories")), len(self.records))
        self.assertEqual(len(self.whole("pages")), len(self.records))
        self.assertTrue(self.server.get("suggestions", q="Kut", what="places")["items"])

    def test_every_resource_of_the_document_is_there(self):
        document = (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8")
        paths = [line[2:-1] for line in document.splitlines() if line.startswith("  /") and line.endswith(":")]
        self.assertGreater(len(paths), 25)
        for path in paths:
            answer, body = self.server.ask("/api/v1" + path.replace("{id}", "none").replace("{item}", "none").replace("{name}", "none"))
            self.assertNotIn(b"no such resource", body, path)
            self.assertIn(answer.status, (200, 400, 404, 405), path)

    def test_what_has_not_changed_is_not_sent_again(self):
        answer, body = self.server.ask("/api/v1/happenings")
        again, nothing = self.server.ask("/api/v1/happenings", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status, nothing), (304, b""))
        head, nothing = self.server.ask("/api/v1/happenings", method="HEAD")
        self.assertEqual((head.status, nothing), (200, b""))
        zipped, bytes_ = self.server.ask("/api/v1/happenings", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(json.loads(gzip.decompress(bytes_)), json.loads(body))
        for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
            self.assertTrue(answer.headers[header])
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)


class Words(Served):
    review = ("--review", "--now", "2025-11-01T00:00:00Z")

    def post(self, resource, body, **headers):
        token = self.server.get("session")["token"]
        answer, told = self.server.ask("/api/v1/" + resource, "POST", json.dumps(body), {"Content-Type": "application/json", "X-Dateline-Token": token, **headers})
        return answer.status, json.loads(told)

    def test_a_word_is_kept_wins_and_can_be_taken_back(self):
        item = self.server.get("review")["items"][0]
        name, document, event = item["item"], item["claim"]["document"], item["claim"]["event"]
        before = self.server.get("pages/" + document)["record"]["events"][int(event[1:]) - 1]
        status, told = self.post("review", {"item": name, "verdict": "correct", "field": "weapon", "value": "bayonet", "author": "A. Ruiz"})
        self.assertEqual(status, 200, told)
        after = self.server.get("pages/" + document)
        self.assertEqual(after["record"]["events"][int(event[1:]) - 1]["weapon"], "bayonet")
        self.assertEqual(after["corrections"][-1]["author"], "A. Ruiz")
        self.assertNotIn(name, [r["item"] for r in self.whole("review")])
        status, told = self.post("review/undo", {"correction": told["correction"], "author": "A. Ruiz"})
        self.assertEqual(status, 200, told)
        self.assertEqual(self.server.get("pages/" + document)["record"]["events"][int(event[1:]) - 1], before)
        self.assertIn(name, [r["item"] for r in self.whole("review")])
        said = [w.get("author") for w in self.server.get("history/" + urllib.parse.quote(name, safe=""))["items"]]
        self.assertEqual(said[-2:], ["A. Ruiz", "A. Ruiz"])
        self.assertEqual(run("check", "--store", self.store).count(b"fault"), 0)

    def test_words_are_told_the_last_first_with_what_took_them_back(self):
        item = self.server.get("review")["items"][-1]["item"]
        first = self.post("review", {"item": item, "verdict": "correct", "field": "weapon", "value": "sabre", "author": "D. Haddad"})[1]["correction"]
        last = self.post("review", {"item": item, "verdict": "correct", "field": "weapon", "value": "pike", "author": "D. Haddad", "note": "said so"})[1]["correction"]
        said = self.server.get("review/words", author="D. Haddad")["items"]
        self.assertEqual([(w["id"], w["value"], w["stands"]) for w in said], [(last, "pike", True), (first, "sabre", False)])
        self.assertEqual(f"{said[0]['document']}:{said[0]['item']}", item)
        self.assertTrue(said[0]["text"])
        self.assertEqual(said[0]["note"], "said so")
        undo = self.post("review/undo", {"correction": last, "author": "E. Novak"})[1]["correction"]
        said = self.server.get("review/words", author="D. Haddad")["items"]
        self.assertEqual((said[0]["undone_by"], said[0]["stands"]), (undo, False))
        self.assertEqual(self.server.get("review/words", author="E. Novak")["items"], [], "what takes a word back is told with that word")
        self.assertEqual(self.server.get("review/words", author="D. Haddad", limit=1, cursor="n1")["items"][0]["id"], first)

    def test_pages_that_come_in_are_told(self):
        record = json.loads(json.dumps(self.records[0]))
        record.update(id="late", url="http://late.example/1", site="Late Post")
        before = self.server.get("meta")["counts"]["claims"]
        run("add", "--store", self.store, "-", stdin=(json.dumps(record) + "\n").encode())
        until = time.monotonic() + 20
        while self.server.get("meta")["counts"]["claims"] == before and time.monotonic() < until:
            time.sleep(0.1)
        self.assertEqual(self.server.get("meta")["counts"]["claims"], before + len(record["events"]))


class Hostile(Served):
    """What clients do wrong leaves the server answering and the store as it was."""
    review = ("--review",)

    def digest(self):
        """A sum over all rows of all tables but the index's own."""
        store = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            whole = hashlib.sha256()
            for (table,) in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name").fetchall():
                for row in store.execute(f"SELECT * FROM {table}"):
                    whole.update(repr(row).encode())
            return whole.hexdigest()
        finally:
            store.close()

    def raw(self, data, timeout=10):
        """The first bytes of the answer to these bytes; b"" where the connection is closed without one."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout) as client:
            try:
                client.sendall(data)
                return client.recv(4096)
            except (ConnectionError, socket.timeout):
                return b""

    def hostile(self, rng):
        """One request that no good client sends."""
        host = b"Host: 127.0.0.1\r\n"
        target = rng.choice([b"/../../etc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc/passwd", b"//etc/passwd", b"/js/..\\..\\x", b"/%00", b"/a%0d%0aSet-Cookie:%20x=1",
                             b"/api/v1/pages/..%2f..%2f", b"/api/v1/pages/%ff%fe", b"/api/v1/happenings?" + b"a=1&" * 60, b"/" + b"a" * rng.randrange(4000, 40000),
                             b"/api/v1/happenings?q=" + b"%22" * 200, b"/api/v1/search?q=" + urllib.parse.quote("a\" OR NEAR(* ^ body: {").encode(),
                             b"/api/v1/happenings?place=" + b"%27%3B--" * 20, b"/api/v1/happenings?cursor=n99999999999999", b"/api/v1/happenings?near=1e309,0", b"/api/v1/tolls?cursor=d2025-13-45n1",
                             b"/api/v1/map?zoom=99", b"/api/v1/ceasefire?since=9999-12-31&area=" + b"x," * 900, b"/api/v1/sites/" + b"%F0%9F%92%A9" * 100, b"*", b"http://evil.example/", b"",
                             b"/?token=" + b"x" * 500, b"/api/v1/history/a:V99999999", b"/api/v1/export?what=claims&limit=1"])
        kind = rng.randrange(12)
        if kind == 0:
            return rng.randbytes(rng.randrange(1, 2000))
        if kind == 1:
            return b"GET " + target + b"\r\n\r\n"
        if kind == 2:
            return rng.choice([b"PUT", b"DELETE", b"TRACE", b"OPTIONS", b"CONNECT", b"PATCH", b"GE T", b"\0GET"]) + b" " + target + b" HTTP/1.1\r\n" + host + b"\r\n"
        if kind == 3:
            return b"GET " + target + b" HTTP/1.1\r\n" + host + b"".join(b"X-%d: %s\r\n" % (i, b"y" * 200) for i in range(rng.randrange(100, 400))) + b"\r\n"
        if kind == 4:
            return b"GET " + target + b" HTTP/1.1\r\nHost: " + rng.choice([b"evil.example", b"127.0.0.1.evil.example", b"", b"a\tb", b"127.0.0.1:99999999"]) + b"\r\n\r\n"
        if kind == 5:
            return b"GET / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
        if kind == 6:
            return b"POST /api/v1/review HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n" + b"{" * 70000
        if kind == 7:
            return b"POST /api/v1/review HTTP/1.1\r\n" + host + b"Origin: http://evil.example\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"
        if kind == 8:
            body = rng.choice([b"[" * 50000, b'{"item":"a:V1","verdict":"reject","author":"x"}', b"\xff\xfe{}", b'{"item":' + b'"' * 500])
            return b"POST /api/v1/review HTTP/1.1\r\n" + host + b"X-Dateline-Token: 0\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        if kind == 9:
            return b"GET /api/v1/meta HTTP/1.1\r\n" + host + b"If-None-Match: " + b"a" * 3000 + b"\r\nCookie: " + b"dateline=;" * 300 + b"\r\nRange: bytes=0-1,2-3,5-\r\n\r\n"
        if kind == 10:
            return b"GET /api/v1/meta HTTP/1.1\r\n" + host + b"Bad Header\r\n: none\r\nX-A: b\r\n folded\r\nContent-Length: -1\r\n\r\n"
        return b"GET " + target + b" HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"

    def test_a_thousand_hostile_requests_change_nothing(self):
        rng, before, ok = random.Random(9), self.digest(), 0
        for number in range(1000):
            told = self.raw(self.hostile(rng), timeout=0.3)
            if told:
                status = int(told.split(b" ")[1][:3])
                self.assertNotEqual(status, 500, told)
                self.assertNotIn(b"root:", told)
                self.assertNotIn(b"\r\nSet-Cookie: x=1", told)
                ok += 1
            if number % 100 == 0:
                self.assertEqual(self.server.get("meta")["name"], "dateline")
        self.assertGreater(ok, 400)
        self.assertEqual(self.digest(), before)
        self.assertEqual(self.server.get("meta")["counts"]["pages"], len(self.records))

    def test_five_hundred_clients_at_once_are_answered(self):
        clients, failures = [], []

        def client(number):
            try:
                answer, body = self.server.ask("/api/v1/happenings?limit=%d" % (number % 7 + 1))
                if answer.status != 200 or len(json.loads(body)["items"]) != number % 7 + 1:
                    failures.append((number, answer.status))
            except OSError as problem:
                failures.append((number, repr(problem)))
        for number in range(500):
            clients.append(threading.Thread(target=client, args=(number,)))
        for one in clients:
            one.start()
        for one in clients:
            one.join()
        self.assertEqual(failures, [])

    def test_clients_that_say_nothing_keep_nobody_out(self):
        silent = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(500)]
        for client in silent[:250]:
            client.sendall(b"GET /api/v1/meta HTTP/1.1\r\nHost: 127")
        try:
            self.assertEqual(self.server.get("meta")["name"], "dateline")
        finally:
            for client in silent:
                client.close()
        self.assertEqual(self.server.get("meta")["name"], "dateline")

    def test_a_request_that_trickles_is_cut_off(self):
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.server.port)) as client:
            client.sendall(b"POST /api/v1/review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
            closed = False
            while not closed and time.monotonic() - begun < 90:
                ready, _, _ = select.select([client], [], [], 0.5)
                try:
                    closed = bool(ready) and client.recv(1000) == b""
                    client.sendall(b"x")
                except ConnectionError:
                    closed = True
        self.assertTrue(closed)
        self.assertEqual(self.server.get("meta")["name"], "dateline")

    def test_a_download_that_nobody_reads_on_is_given_up(self):
        for _ in range(12):
            with socket.create_connection(("127.0.0.1", self.server.port)) as client:
                client.sendall(b"GET /api/v1/export?what=claims HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                client.recv(100)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.server.ask("/api/v1/export?what=claims&limit=1")[0].status != 200:
            time.sleep(0.2)
        self.assertEqual(self.server.ask("/api/v1/export?what=claims&limit=1")[0].status, 200)


class Ends(unittest.TestCase):
    def test_a_server_that_is_told_to_end_cuts_downloads_off(self):
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "news.store"
            records = list(prepared.records())
            text = "".join(json.dumps({**r, "id": f"{r['id']}-{n}", "url": f"http://a.example/{r['id']}/{n}"}) + "\n" for n in range(20) for r in records)
            run("add", "--store", store, "-", stdin=text.encode())
            server = Server(store)
            clients = []
            for what in ("claims", "events", "claims&format=csv"):
                client = socket.create_connection(("127.0.0.1", server.port))
                client.sendall(f"GET /api/v1/export?what={what} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                client.recv(10)
                clients.append(client)
            code, error = server.stop()
            for client in clients:
                client.close()
            self.assertEqual((code, error.replace("dateline: the page was not found (--web FOLDER); the API alone is served\n", "")), (0, ""))


class Doors(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.store = pathlib.Path(self.temporary.name) / "news.store"
        run("add", "--store", self.store, "--now", "2025-10-20T00:00:00Z", "-", stdin=(json.dumps(list(prepared.records())[0]) + "\n").encode())

    def refused(self, *words, stdin=b""):
        done = subprocess.run([DATELINE, "serve", *map(str, words)], input=stdin, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        return done.stderr.decode()

    def test_beyond_the_loopback_a_token_is_needed(self):
        self.assertIn("--token", self.refused("--store", self.store, "--listen", "0.0.0.0:0"))
        self.assertIn("16", self.refused("--store", self.store, "--listen", "0.0.0.0:0", "--token", "-", stdin=b"short\n"))
        self.assertIn("ADDRESS:PORT", self.refused("--store", self.store, "--listen", "127.0.0.1:http"))
        self.assertIn("no store", self.refused("--listen", "127.0.0.1:0"))

    def test_who_shows_the_token_is_answered(self):
        token = "abcdefghijklmnopqrstuvwx"
        process = subprocess.Popen([DATELINE, "serve", "--store", str(self.store), "--listen", "127.0.0.1:0", "--token", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        process.stdin.write(token.encode() + b"\n")
        process.stdin.close()
        port = urllib.parse.urlsplit(process.stdout.readline().decode().strip()).port

        def status(path, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer
        try:
            self.assertEqual(status("/api/v1/meta").status, 401)
            self.assertEqual(status("/api/v1/meta", Authorization="Bearer " + token).status, 200)
            welcome = status("/?token=" + token)
            self.assertEqual((welcome.status, welcome.headers["Location"]), (303, "/"))
            self.assertEqual(status("/api/v1/meta", Cookie=welcome.headers["Set-Cookie"].split(";")[0]).status, 200)
        finally:
            process.terminate()
            process.wait(30)
            process.stdout.close()


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
