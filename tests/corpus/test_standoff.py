"""test_standoff.py - marks kept apart from their texts come back where they were, and a changed text is told."""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools" / "corpus"
TEXT = "News\n\nRebels shelled the\nport of Marsa on Monday.\n\nThe mayor said seven \\ [dock] workers died."
CODED = """## wwn-1 2024-05-15
[Rebels|V1.actor=REB] [shelled|V1=ASSAULT/heavy] the [port|V1.site] of [Marsa|V1.place=LY] on [Monday|V1.date=2024-05-13].

[The mayor|S1.speaker] [said|S1=indirect,unnamed] [[seven \\\\ \\[dock\\] workers|V1.killed=7; V1.recipient=LBYCVL] [died|V1+]|S1.content].
"""


class Standoff(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.data = pathlib.Path(self.folder.name)
        for place in ("ner", "parse"):
            (self.data / place).mkdir()
        for name in ("ner/re3d-train.ndjson.gz", "parse/en_ewt-ud-train.conllu.gz", "parse/en_gum-ud-train.conllu.gz"):
            self.write(name, "")
        self.write("ner/wwn-train.ndjson.gz", json.dumps({"id": "a", "text": TEXT}) + "\n")
        (self.data / "coded.txt").write_text(CODED)

    def write(self, name, text):
        with gzip.open(self.data / name, "wt", encoding="utf-8") as out:
            out.write(text)

    def run_tool(self, tool, *arguments):
        return subprocess.run([sys.executable, str(TOOLS / tool), *map(str, arguments)], capture_output=True, text=True, check=False)

    def strip(self):
        done = self.run_tool("standoff.py", "strip", "--texts", self.data, self.data / "coded.txt")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        (self.data / "marks.ndjson").write_text(done.stdout)
        return done.stdout

    def test_the_marks_hold_no_word_of_the_text(self):
        marks = self.strip()
        for word in ("Rebels", "Marsa", "dock", "mayor"):
            self.assertNotIn(word, marks)

    def test_marks_and_text_joined_give_what_was_coded(self):
        self.strip()
        shown = self.run_tool("standoff.py", "show", "--texts", self.data, self.data / "marks.ndjson")
        self.assertEqual(shown.stdout.strip(), CODED.strip())

    def test_the_flat_form_is_that_of_the_corpus(self):
        self.strip()
        joined = self.run_tool("standoff.py", "export", "--texts", self.data, self.data / "marks.ndjson")
        whole = self.run_tool("corpus.py", "export", self.data / "coded.txt")
        self.assertEqual(json.loads(joined.stdout), json.loads(whole.stdout))

    def test_a_text_that_changed_is_told_and_left_out(self):
        self.strip()
        self.write("ner/wwn-train.ndjson.gz", json.dumps({"id": "a", "text": TEXT.replace("seven", "eight")}) + "\n")
        joined = self.run_tool("standoff.py", "export", "--texts", self.data, self.data / "marks.ndjson")
        self.assertEqual((joined.returncode, joined.stdout), (1, ""))
        self.assertIn("marks.ndjson:1", joined.stderr)

    def test_a_text_that_no_set_holds_is_a_fault(self):
        (self.data / "coded.txt").write_text(CODED.replace("port", "harbour"))
        done = self.run_tool("standoff.py", "strip", "--texts", self.data, self.data / "coded.txt")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("coded.txt:1: wwn-1", done.stderr)


if __name__ == "__main__":
    unittest.main()
