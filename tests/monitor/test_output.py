#!/usr/bin/env python3
"""test_output.py DATELINE - what the views print: spans that hold, links that lead somewhere, nothing of a page that acts as markup or formula,
exit codes, and a person's word that wins while the machine's stays."""
import copy
import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

import prepared

DATELINE = sys.argv.pop(1)
NASTY = '=HYPERLINK("x") <script>alert(1)</script> [a](javascript:b) **c**'


def call(*arguments, text=None):
    done = subprocess.run([DATELINE, *arguments], input=text, capture_output=True, text=True, encoding="utf-8", timeout=300)
    return done.returncode, done.stdout, done.stderr


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.hrefs, self.attributes = [], set(), [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.add(value)
            if name == "href":
                self.hrefs.append(value)


class Views(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = os.path.join(cls.folder.name, "s")
        cls.records = {r["id"]: r for r in prepared.records()}
        cls.fill(cls.store, cls.records.values())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def fill(store, records):
        code, _, err = call("add", "-", "--input", "ndjson", "--now", "2025-12-01T00:00:00Z", "--store", store,
                            text="".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))
        assert code == 0, err

    def ask(self, *arguments, store=None, code=0):
        found, out, err = call(*arguments, "--store", store or self.store)
        self.assertEqual(found, code, err)
        return out

    def test_every_row_of_a_page_stands_where_it_says(self):
        views = [["toll"], ["sides"], ["talks"], ["site", "Zaporizhzhia Nuclear Power Plant"],
                 ["ceasefire", "--since", "2025-09-10", "--area", "Khartoum state,North Darfur"]]
        for view in views:
            rows = [r for r in csv.DictReader(io.StringIO(self.ask(*view, "--format", "csv"), newline="")) if r["document"]]
            self.assertTrue(rows, view)
            for row in rows:
                text = self.records[row["document"]]["text"]
                start, end, first, last = (int(row[c]) for c in ("start", "end", "sentence_start", "sentence_end"))
                self.assertEqual(text[first:last], row["text"], view)
                self.assertTrue(first <= start < end <= last, view)

    def test_every_claim_behind_a_figure_is_named(self):
        for line in self.ask("toll").splitlines():
            toll = json.loads(line)
            for happening in toll["happenings"]:
                claims = {(c["document"], c["event"]): c for c in happening["claims"]}
                for harm in ("killed", "wounded", "captured"):
                    for end in ("low", "best"):
                        if harm in happening:
                            told = happening[harm][f"{end}_from"]
                            claim = claims[told["document"], told["event"]]
                            self.assertEqual([told["span"], told["sentence_span"]], [claim["span"], claim["sentence_span"]])
                            self.assertEqual(claim[harm][0], happening[harm][end])
                            self.assertEqual(claim["standing"][harm], "current")

    def test_the_digest_links_every_figure_to_a_sentence_that_is_there(self):
        page = Links()
        page.feed(self.ask("digest", "--week", "2025-09-10", "--format", "html"))
        self.assertNotIn("script", page.tags)
        self.assertEqual(page.tags.count("svg"), 2)
        local = [h for h in page.hrefs if h.startswith("#")]
        self.assertGreater(len(local), 20)
        self.assertFalse([h for h in local if h[1:] not in page.ids])
        self.assertFalse([h for h in page.hrefs if not h.startswith(("#", "https://"))])
        text = self.ask("digest", "--week", "2025-09-10")
        for anchor in re.findall(r"\]\(#(s\d+)\)", text):
            self.assertIn(f'<a id="{anchor}">', text)

    def test_nothing_of_a_page_acts_as_markup_or_formula(self):
        record = copy.deepcopy(self.records["31-jeddah"])
        attack = copy.deepcopy(self.records["01-omdurman"])
        for one in (record, attack):
            one.update(site=NASTY, title=NASTY, url="javascript:alert(1)")
        attack["statements"] = []
        attack["events"][0].pop("source")
        attack["events"][0]["recipient"][0]["name"] = NASTY
        attack["places"][0]["name"] = NASTY
        with tempfile.TemporaryDirectory() as folder:
            store = os.path.join(folder, "s")
            self.fill(store, [record, attack])
            page = Links()
            page.feed(self.ask("digest", "--week", "2025-09-10", "--format", "html", store=store))
            self.assertNotIn("script", page.tags)
            self.assertFalse([h for h in page.hrefs if not h.startswith("#")])
            for view in (["digest", "--week", "2025-09-10"], ["talks", "--brief", "SDN"]):
                text = self.ask(*view, store=store)
                self.assertNotIn("<script", text)
                self.assertNotRegex(text, r"(?<!\\)\]\(javascript:")
            for view in ("toll", "sides", "talks"):
                for row in csv.reader(io.StringIO(self.ask(view, "--format", "csv", store=store), newline="")):
                    self.assertFalse([cell for cell in row if cell[:1] in "=+-@\t\r" and cell], view)

    def test_the_same_question_gives_the_same_bytes(self):
        for view in (["toll"], ["talks", "--brief", "SDNREB"], ["digest", "--day", "2025-09-07", "--format", "html"]):
            self.assertEqual(self.ask(*view), self.ask(*view))

    def test_what_is_not_known_and_what_is_not_there_are_told_apart(self):
        code, _, err = call("ceasefire", "--since", "2025-09-10", "--area", "Xyzzyburg", "--store", self.store)
        self.assertEqual(code, 2)
        self.assertIn("no place is called 'Xyzzyburg'", err)
        self.assertIn("nothing was found", call("toll", "Omdurman", "--since", "2031-01-01", "--store", self.store)[2])
        self.ask("toll", "Omdurman", "--since", "2031-01-01", code=1)
        for wrong in (["ceasefire", "--area", "SD"], ["digest"], ["talks", "--format", "markdown"], ["review", "--accept", "x:V1"], ["toll", "--format", "html"]):
            self.ask(*wrong, code=2)

    def test_parties_narrow_a_ceasefire(self):
        wide, narrow = (self.ask("ceasefire", "--since", "2025-09-10", "--area", "North Darfur", *more, "--format", "csv")
                        for more in ([], ["--parties", "SDNMIL"]))
        counts = [[r["incidents"] for r in csv.DictReader(io.StringIO(t, newline="")) if r["level"] == "total"] for t in (wide, narrow)]
        self.assertEqual(counts, [["2", "3"], ["1", "2"]])

    def test_a_persons_word_wins_and_the_machines_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            store = os.path.join(folder, "s")
            self.fill(store, [self.records["37-enerhodar"]])
            self.ask("review", "--correct", "37-enerhodar:V1", "--set", "killed=[4,4]", "--author", "A. Ruiz", "--now", "2025-12-02T00:00:00Z", store=store)
            self.assertEqual(json.loads(self.ask("toll", store=store))["killed"]["best"], 4)
            self.ask("review", "--reject", "37-enerhodar:V1", "--author", "A. Ruiz", store=store)
            self.ask("toll", store=store, code=1)
            self.ask("review", "--accept", "37-enerhodar:V1", "--author", "B. Ode", store=store)
            self.assertEqual(json.loads(self.ask("toll", store=store))["killed"]["best"], 4)
            self.ask("review", "--accept", "37-enerhodar:V9", "--author", "B. Ode", store=store, code=2)
            self.assertIn("sound", call("check", "--store", store)[1])


if __name__ == "__main__":
    unittest.main()
