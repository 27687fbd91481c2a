#!/usr/bin/env python3
"""test_command.py DATELINE ROOT - `dateline add`, `find` and `check --store` as their users meet them."""
import csv
import io
import json
import os
import pathlib
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest

DATELINE, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
EXAMPLES = ROOT / "examples"
PAGES = sorted(str(p) for p in EXAMPLES.glob("*.html"))
MODEL = ("--model", "fast")


def run(*words, stdin=b"", **more):
    return subprocess.run([DATELINE, *map(str, words)], input=stdin, capture_output=True, timeout=250, **more)


def rows(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


class Store(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.records = run("extract", *MODEL, *PAGES).stdout

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.store = self.folder / "news.store"
        self.addCleanup(self.temporary.cleanup)

    def add(self, *words, **more):
        return run("add", "--store", self.store, *MODEL, *words, **more)

    def fill(self):
        done = run("add", "--store", self.store, "--now", "2025-10-20T06:00:00+02:00", "-", stdin=self.records)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def check(self):
        done = run("check", "--store", self.store)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode()


class Adding(Store):
    def test_each_page_is_acknowledged_and_counted(self):
        done = self.add("-j", "2", *PAGES)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = rows(done)
        self.assertEqual([row["input"] for row in told], PAGES)
        self.assertEqual({row["status"] for row in told}, {"added"})
        self.assertIn(f"{len(PAGES)} added, 0 revised, 0 reread, 0 unchanged, 0 failed", done.stderr.decode())
        self.assertIn(f"{len(PAGES)} documents", self.check())

    def test_pages_and_records_made_elsewhere_are_the_same(self):
        self.assertEqual(self.add(*PAGES).returncode, 0)
        done = self.fill()
        self.assertEqual({row["status"] for row in rows(done)}, {"unchanged"})

    def test_adding_again_leaves_the_file_as_it_is(self):
        self.fill()
        before = self.store.read_bytes()
        self.fill()
        self.assertEqual(self.store.read_bytes(), before)

    def test_a_record_from_the_store_is_the_record_that_went_in(self):
        self.fill()
        with sqlite3.connect(self.store) as db:
            kept = [value for value, in db.execute("SELECT value FROM claims WHERE layer = 7 ORDER BY id")]
        told = [event for line in self.records.splitlines() for event in json.loads(line)["events"]]
        self.assertEqual([json.loads(value) for value in kept], told)

    def test_another_model_rereads_and_a_changed_page_revises(self):
        page = {"id": "x", "text": "Shelling killed two people in Kharkiv on Monday.", "published": "2025-10-14"}
        def status(model, text):
            done = run("add", "--store", self.store, "--model", model, "-", stdin=json.dumps(dict(page, text=text)).encode())
            return rows(done)[0]["status"], rows(done)[0]["revision"]
        self.assertEqual(status("fast", page["text"]), ("added", 1))
        self.assertEqual(status("accurate", page["text"]), ("reread", 1))
        self.assertEqual(status("fast", page["text"].replace("two", "three")), ("revised", 2))
        self.assertEqual(status("fast", page["text"]), ("unchanged", 1))
        self.check()

    def test_history_tells_what_a_revision_and_a_person_changed(self):
        text = "A drone strike killed %s people in Kharkiv on Sunday, the governor said."
        for day, count in (("2025-05-05", "three"), ("2025-05-06", "four")):
            page = json.dumps({"id": "x/1", "published": "2025-05-05", "text": text % count}).encode()
            self.add("--input", "ndjson", "--now", f"{day}T10:00:00Z", "-", stdin=page)
        run("review", "--store", self.store, "--correct", "x/1:V1", "--set", "killed=[5,5]", "--author", "A. Ruiz", "--now", "2025-05-07T10:00:00Z")
        told = rows(run("history", "--store", self.store, "--format", "ndjson", "x/1:V1"))
        self.assertEqual([(r["revision"], r["seen"][:10], r.get("author")) for r in told],
                         [(1, "2025-05-05", None), (2, "2025-05-06", None), (2, "2025-05-07", "A. Ruiz")])
        table = run("history", "--store", self.store, "--format", "table", "x/1/V1").stdout.decode().splitlines()
        changes = [line.split() for line in table if " killed " in line]
        self.assertEqual([(c[1], c[-2], c[-1]) for c in changes], [("2", "[3,3]", "[4,4]"), ("2", "[4,4]", "[5,5]")])
        whole = rows(run("history", "--store", self.store, "x/1"))
        self.assertEqual(len(whole), len(rows(run("export", "--store", self.store, "--what", "claims"))))
        nothing = run("history", "--store", self.store, "x/2")
        self.assertEqual((nothing.returncode, nothing.stdout), (1, b""))

    def test_the_time_seen_is_the_one_given(self):
        self.fill()
        self.assertEqual({row["seen"] for row in rows(run("find", "--store", self.store))}, {"2025-10-20T04:00:00Z"})

    def test_bad_inputs_are_named_and_the_others_added(self):
        lines = self.records.splitlines(True)
        partial = json.loads(lines[1])
        del partial["events"]
        broken = lines[2].replace(b'"trigger":[', b'"trigger":[9')
        done = run("add", "--store", self.store, "-", stdin=lines[0] + json.dumps(partial).encode() + b"\n" + broken + b"nonsense\n" + lines[3])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(rows(done)), 2)
        for told in ("standard input:2: the record lacks layers", "standard input:3:", "standard input:4:", "2 added", "3 failed"):
            self.assertIn(told, done.stderr.decode())
        self.check()

    def test_records_need_word_lists_but_no_models(self):
        lists = self.folder / "lists"
        lists.mkdir()
        self.assertEqual(run("add", "--store", self.store, "--data", lists, "-", stdin=self.records).returncode, 2)
        data = os.environ.get("DATELINE_DATA") or pathlib.Path(DATELINE).parent / "data"
        (lists / "dateline.lexicon").symlink_to(pathlib.Path(data).resolve() / "dateline.lexicon")
        self.assertEqual(run("add", "--store", self.store, "--data", lists, "-", stdin=self.records).returncode, 0)

    def test_pages_are_exported_with_their_stories(self):
        self.fill()
        told = run("export", "--store", self.store, "--what", "stories")
        self.assertEqual(told.returncode, 0, told.stderr)
        names = [json.loads(line)["id"] for line in self.records.splitlines()]
        self.assertEqual([row["id"] for row in rows(told)], names)
        self.assertTrue({row["cluster"] for row in rows(told)} <= set(names))
        self.assertEqual(run("export", "--store", self.store, "--what", "else").returncode, 2)

    def test_happenings_are_exported_with_the_claims_of_their_pages(self):
        self.fill()
        told = rows(run("export", "--store", self.store, "--what", "happenings"))
        found = rows(run("find", "--store", self.store))
        claims = [(claim["document"], claim["event"]) for row in told for claim in row["claims"]]
        self.assertEqual(sorted(claims), sorted((row["document"], row["event"]) for row in found))
        self.assertEqual([row["date"] for row in told if "date" in row], sorted(row["date"] for row in told if "date" in row))
        self.assertEqual(len(rows(run("export", "--store", self.store, "--what", "happenings", "--type", "ASSAULT", "--limit", "1"))), 1)
        lines = list(csv.DictReader(io.StringIO(run("export", "--store", self.store, "--what", "happenings", "--format", "csv").stdout.decode(), newline="")))
        self.assertEqual([line["happening"] for line in lines], ["/".join((row["claims"][0]["document"], row["claims"][0]["event"])) for row in told])
        for line, row in zip(lines, told):
            self.assertEqual((line["type"], line["date"], line["pages"]), (row["type"], row.get("date", ""), str(row["pages"])))
            self.assertEqual(line["killed_best"], str(row["killed"]["best"]) if "killed" in row else "")
            self.assertIn((line["document"], line["event"]), {(c["document"], c["event"]) for c in row["claims"]})
        self.assertEqual(run("export", "--store", self.store, "--what", "stories", "--format", "geojson").returncode, 2)
        self.assertEqual(run("export", "--store", self.store, "--what", "stories", "--type", "AID").returncode, 2)
        self.assertGreater(run("export", "--store", self.store, "--layout", "acled").stdout.count(b"\r\n"), 1)

    def test_exports_do_not_depend_on_how_many_threads_read_the_pages(self):
        wanted = [("--what", what, "--format", form) for what in ("events", "claims", "statements", "pages", "happenings", "stories")
                  for form in ("ndjson", "csv", "parquet")] + [("--layout", layout) for layout in ("ucdp-ged", "gdelt", "polecat", "acled")]
        told = set()
        for jobs in ("1", "2", "5"):
            store = self.store.with_name(f"s{jobs}")
            done = run("add", "--store", store, "--now", "2025-10-20T06:00:00Z", "-j", jobs, *MODEL, *PAGES)
            self.assertEqual(done.returncode, 0, done.stderr)
            told.add(tuple(run("export", "--store", store, *words).stdout for words in wanted))
        self.assertEqual(len(told), 1)
        self.assertTrue(all(told.pop()))

    def test_an_export_that_finds_nothing_is_empty(self):
        self.fill()
        for words in (["--type", "AID", "--place", "Nowhere"], ["--what", "pages", "--until", "1999-12-31"]):
            told = run("export", "--store", self.store, *words)
            self.assertEqual((told.returncode, told.stdout), (0, b""), told.stderr)

    def test_two_writers_at_once(self):
        half = len(self.records.splitlines()) // 2
        numbered = [json.dumps(dict(json.loads(line), id=f"{n}/{i}")) for n in range(40) for i, line in enumerate(self.records.splitlines())]
        both = []
        for part in (numbered[: half * 40], numbered[half * 30 :]):
            path = self.folder / f"{len(both)}.ndjson"
            path.write_text("\n".join(part))
            both.append(subprocess.Popen([DATELINE, "add", "--store", str(self.store), str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        for process in both:
            _, told = process.communicate()
            self.assertEqual(process.returncode, 0, told)
        self.assertIn(f"{len(numbered)} documents", self.check())

    def test_the_store_may_come_from_the_environment(self):
        done = run("add", "-", stdin=self.records, env=dict(os.environ, DATELINE_STORE=str(self.store)))
        self.assertEqual(done.returncode, 0)
        self.assertTrue(self.store.exists())

    def test_wrong_use(self):
        environment = {k: v for k, v in os.environ.items() if k != "DATELINE_STORE"}
        for words, told in ((["add", "-"], "no store"), (["add", "--store", self.store], "no input"), (["find", "x"], "no store"),
                            (["add", "--store", self.store, "--now", "noon", "-"], "noon"), (["find", "--store", self.store, "--near", "1"], "--near"),
                            (["find", "--store", self.store, "--type", "WALK"], "WALK"), (["find", "--store", self.store, "--km", "5"], "--near"),
                            (["extract", "--store", self.store, "-"], "no option"), (["find", "--store", self.store, "--limit", "-1"], "--limit"),
                            (["check", "--repair", "-"], "not both"), (["check", "--store", self.store, "-"], "not both"), (["find", "--store", self.store, "--format", "json"], "csv")):
            done = run(*words, env=environment)
            self.assertEqual((done.returncode, done.stdout), (2, b""), words)
            self.assertIn(told, done.stderr.decode(), words)
        self.assertFalse(self.store.exists())


class Trouble(Store):
    def test_a_full_disk_is_told_and_the_store_intact(self):
        self.fill()
        many = [json.dumps(dict(json.loads(line), id=f"{n}")) for n in range(400) for line in self.records.splitlines()[:1]]
        room = self.store.stat().st_size + 400_000

        def limit():  # a write beyond it fails, as on a disk without room
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        done = run("add", "--store", self.store, "-", stdin="\n".join(many).encode(), preexec_fn=limit)
        self.assertEqual(done.returncode, 1 if done.stdout else 2)
        self.assertIn("news.store: ", done.stderr.decode())
        self.assertIn("are not in the store; add them again", done.stderr.decode())
        self.check()
        with sqlite3.connect(self.store) as db:
            there = {name for name, in db.execute("SELECT name FROM documents")}
        self.assertTrue({row["id"] for row in rows(done)} <= there)

    def test_a_store_that_may_not_be_written(self):
        self.fill()
        self.store.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        self.folder.chmod(0o555)
        user = None if os.getuid() else 65534
        before = self.store.read_bytes()
        try:
            done = run("add", "--store", self.store, "-", stdin=self.records.replace(b"page", b"pages"), user=user)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertRegex(done.stderr.decode(), "cannot be written to|unable to open|readonly")
            found = run("find", "--store", self.store, "--limit", "3", user=user)
            self.assertEqual((found.returncode, len(rows(found))), (0, 3), found.stderr)
            self.assertEqual(run("check", "--store", self.store, user=user).returncode, 0)
        finally:
            self.folder.chmod(0o755)
        self.assertEqual(self.store.read_bytes(), before)

    def test_a_file_that_is_no_store(self):
        self.store.write_bytes(b"Notes on the harvest.\n" * 100)
        for words in (["add", "--store", self.store, "-"], ["find", "--store", self.store], ["check", "--store", self.store]):
            done = run(*words, stdin=self.records)
            self.assertEqual(done.returncode, 2)
            self.assertIn("no store", done.stderr.decode())
        self.assertEqual(self.store.read_bytes(), b"Notes on the harvest.\n" * 100)

    def test_a_store_that_is_not_there(self):
        done = run("find", "--store", self.store)
        self.assertEqual(done.returncode, 2)
        self.assertIn("No such file", done.stderr.decode())

    def test_damage_is_found_and_repaired(self):
        self.fill()
        with sqlite3.connect(self.store) as db:
            db.execute("UPDATE events SET realis = 'planned' WHERE realis = 'actual'")
        done = run("check", "--store", self.store)
        self.assertEqual(done.returncode, 1)
        self.assertIn("table events says otherwise than the log in column realis", done.stderr.decode())
        self.assertEqual(run("check", "--store", self.store, "--repair").returncode, 0)
        self.check()


class Finding(Store):
    def setUp(self):
        super().setUp()
        self.fill()

    def find(self, *words):
        done = run("find", "--store", self.store, *words)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return rows(done)

    def test_every_event_is_there_with_its_words(self):
        texts = {record["id"]: record["text"] for record in map(json.loads, self.records.splitlines())}
        events = sum(len(json.loads(line)["events"]) for line in self.records.splitlines())
        found = self.find()
        self.assertEqual(len(found), events)
        for row in found:
            start, stop = row["sentence_span"]
            self.assertEqual(texts[row["document"]][start:stop], row["text"])
            self.assertTrue(start <= row["span"][0] < row["span"][1] <= stop)

    def test_conditions(self):
        self.assertTrue(all(row["type"] == "ASSAULT" for row in self.find("--type", "assault")))
        self.assertTrue(all(row["place"]["country"] == "UA" for row in self.find("--place", "UA")))
        self.assertEqual({row["place"]["name"] for row in self.find("--place", "kharkiv")}, {"Kharkiv"})
        self.assertTrue(self.find("--near", "49.98,36.25", "--km", "30"))
        self.assertTrue(all("missile" in row["text"].lower() for row in self.find("missile")))
        days = [row["date"] for row in self.find("--since", "2025-03-01", "--until", "2025-06-30")]
        self.assertTrue(days and days == sorted(days, reverse=True) and "2025-03" <= min(days) and max(days) < "2025-07")
        self.assertEqual(len(self.find("--limit", "2")), 2)

    def test_nothing_found_is_exit_1(self):
        done = run("find", "--store", self.store, "zeppelin")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn("nothing was found", done.stderr.decode())

    def test_csv_has_a_cell_for_each_heading_and_no_formula(self):
        evil = json.loads(self.records.splitlines()[0])
        evil.update(id="=cmd|' /C calc'!A0", title='+1, "quoted"', site="@SUM(1)", url="-2")
        run("add", "--store", self.store, "-", stdin=json.dumps(evil).encode())
        for what in ("events", "sentences"):
            done = run("find", "--store", self.store, "--format", "csv", "--what", what)
            lines = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
            self.assertEqual({len(line) for line in lines}, {len(lines[0])})
            self.assertGreater(len(lines), 2)
            for line in lines:
                for heading, cell in zip(lines[0], line):
                    self.assertFalse(cell[:1] in tuple("=+-@\t\r") and heading not in ("lat", "lon"), cell)
        self.assertIn("'=cmd|' /C calc'!A0", [line[0] for line in lines])

    def test_the_table_fits_and_has_no_colours_in_a_pipe(self):
        done = run("find", "--store", self.store, "--format", "table")
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertIn("Kharkiv", done.stdout.decode())

    def test_the_same_question_gives_the_same_bytes(self):
        self.assertEqual(run("find", "--store", self.store).stdout, run("find", "--store", self.store).stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
