#!/usr/bin/env python3
"""test_command.py DATELINE ROOT - the command as its users meet it: outputs, exit codes, bad input.

Run by ctest; needs python3-jsonschema for the record's schema."""
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jsonschema

DATELINE, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
EXAMPLES = ROOT / "examples"
PAGES = sorted(str(p) for p in [*EXAMPLES.glob("*.html"), *EXAMPLES.glob("*.ndjson")])
SCHEMA = jsonschema.Draft7Validator(json.loads((ROOT / "schema/record.schema.json").read_text(encoding="utf-8")))


def run(*words, stdin=b"", **more):
    return subprocess.run([DATELINE, *map(str, words)], input=stdin, capture_output=True, timeout=250, **more)


def records(*words, **more):
    return [json.loads(line) for line in run(*words, **more).stdout.decode("utf-8").splitlines()]


def spans(value, key=""):
    """Every [start,end) pair of a record, wherever it stands."""
    if isinstance(value, dict):
        for k, v in value.items():
            yield from spans(v, k)
    elif isinstance(value, list):
        if key in ("killed", "wounded", "captured", "missing", "killed_or_wounded"):
            return
        if len(value) == 2 and all(isinstance(x, int) for x in value):
            yield value
        else:
            for v in value:
                yield from spans(v, key)


class Conventions(unittest.TestCase):
    def test_help_goes_to_stdout_and_has_examples(self):
        for words in (["--help"], ["read", "--help"], ["extract", "--help"], ["show", "--help"], ["check", "--help"], ["parse", "--help"], ["add", "--help"], ["find", "--help"]):
            done = run(*words)
            self.assertEqual(done.returncode, 0, words)
            self.assertIn(b"Example", done.stdout)
            self.assertEqual(done.stderr, b"")

    def test_version_is_one_line(self):
        self.assertRegex(run("--version").stdout.decode(), r"^dateline \d+\.\d+\.\d+\n$")

    def test_wrong_use_is_exit_2_and_says_what(self):
        for words, told in ((["nonsense"], "nonsense"), (["extract"], "no input"), (["extract", "--layers", "moods", "-"], "moods"),
                            (["extract", "-j", "0", "-"], "--jobs"), (["extract", "--published", "2025-02-30", "-"], "2025-02-30"),
                            (["read", "--model", "fast", "-"], "model"), (["extract", "--what", "-"], "what"),
                            (["extract", "--model", "clever", EXAMPLES / "strike.html"], "clever"),
                            (["extract", "--data", "/nonexistent", EXAMPLES / "strike.html"], "/nonexistent")):
            done = run(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(told, done.stderr.decode(), words)
            self.assertEqual(done.stdout, b"", words)

    def test_a_pipe_gets_ndjson_without_colours(self):
        for words in (["extract"], ["show"], ["extract", "--format", "table"]):
            self.assertNotIn(b"\x1b", run(*words, EXAMPLES / "strike.html").stdout)


class Records(unittest.TestCase):
    def test_every_example_keeps_the_schema_and_its_spans(self):
        for record in records("extract", "--layers", "all", *PAGES):
            SCHEMA.validate(record)
            for start, end in spans(record):
                self.assertTrue(0 <= start < end <= len(record["text"]), (record["id"], start, end))

    def test_the_same_bytes_for_any_number_of_threads(self):
        one = run("extract", "--layers", "all", *PAGES, *PAGES)
        self.assertEqual(one.returncode, 0)
        for jobs in (2, 5):
            self.assertEqual(run("extract", "--layers", "all", "-j", jobs, *PAGES, *PAGES).stdout, one.stdout)

    def test_text_is_given_back_unchanged(self):
        text = "  A drone hit Kyiv.\n\n\n \U0001F54A\tTwo died – said\u00a0police. e\u0301 \n"
        (record,) = records("extract", "-", stdin=json.dumps({"id": "x", "text": text}).encode())
        self.assertEqual(record["text"], text)

    def test_the_day_given_wins(self):
        (record,) = records("extract", "--published", "2024-02-03", EXAMPLES / "strike.html")
        self.assertEqual((record["published"], record["published_from"]), ("2024-02-03", "given"))

    def test_a_date_that_is_none_is_a_warning(self):
        (record,) = records("extract", "-", stdin=b'{"id":"x","published":"last week","text":"Rain fell."}')
        self.assertNotIn("published", record)
        self.assertIn("last week", record["warnings"][0])

    def test_layers_are_those_asked_for(self):
        (record,) = records("extract", "--layers", "times", EXAMPLES / "strike.html")
        self.assertIn("times", record)
        self.assertFalse({"events", "places", "statements", "entities"} & set(record))

    def test_formats_of_read(self):
        json.loads(run("read", "--format", "json", *PAGES).stdout)
        self.assertTrue(run("read", "--format", "markdown", EXAMPLES / "strike.html").stdout.startswith(b"# Missile strike"))
        self.assertIn(b"covered market", run("read", "--format", "text", EXAMPLES / "strike.html").stdout)

    def test_gzip_is_undone(self):
        page = (EXAMPLES / "strike.html").read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "strike.html.gz"
            path.write_bytes(gzip.compress(page))
            self.assertEqual(run("extract", path).stdout, run("extract", EXAMPLES / "strike.html").stdout)
            self.assertEqual(run("extract", "-", stdin=page).stdout, run("extract", path).stdout)

    def test_a_folder_is_all_its_pages_in_order(self):
        self.assertEqual(run("read", EXAMPLES).stdout, run("read", *PAGES).stdout)

    def test_check_finds_the_examples_sound(self):
        done = run("check", EXAMPLES)
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class BadInput(unittest.TestCase):
    """Each bad input stands between two good ones: it is named, they are done, and the exit code is 1."""

    def between(self, name, content, told):
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder) / name
            if content is not None:
                bad.write_bytes(content)
            done = run("extract", EXAMPLES / "strike.html", bad, EXAMPLES / "talks.html")
            self.assertEqual(len(done.stdout.splitlines()), 2)
            self.assertEqual(done.returncode, 1)
            self.assertIn(str(bad), done.stderr.decode())
            self.assertRegex(done.stderr.decode(), told)

    def test_a_file_that_is_not_there(self):
        self.between("none.html", None, "No such file")

    def test_an_empty_file(self):
        self.between("empty.html", b"", "empty")
        self.between("empty.ndjson", b"", "empty")

    def test_binary_data(self):
        self.between("photo", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, "binary|UTF-8")
        self.between("note.txt", b"abc\0def", ":3: .*binary")

    def test_text_in_another_charset(self):
        self.between("latin.txt", "Ménaka".encode("latin-1"), ":1: .*UTF-8")

    def test_a_gzip_file_cut_short(self):
        self.between("cut.html.gz", gzip.compress(os.urandom(1 << 16))[:4000], "gzip|ends|unexpected")

    def test_a_line_that_is_no_json(self):
        self.between("bad.ndjson", b'{"id":"x","text":"a"', "bad.ndjson:1:20: .*expected")
        self.between("other.ndjson", b'{"id":"x"}', "neither")

    def test_a_folder_that_may_not_be_read_and_a_loop_of_links(self):
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(folder, pathlib.Path(folder) / "again")
            (pathlib.Path(folder) / "a.txt").write_text("Rain fell.")
            self.assertEqual(len(records("extract", folder)), 1)

    def test_nothing_could_be_done_is_exit_2(self):
        self.assertEqual(run("extract", "/nonexistent/page.html").returncode, 2)

    def test_other_lines_of_ndjson_are_done(self):
        done = run("extract", "-j", "3", "-", stdin=b'{"id":"a","text":"One."}\nnonsense\n\n{"id":"b","text":"Two."}')
        self.assertEqual([json.loads(x)["id"] for x in done.stdout.splitlines()], ["a", "b"])
        self.assertIn("standard input:2", done.stderr.decode())
        self.assertEqual(done.returncode, 1)

    def test_a_page_without_text_is_a_record_with_a_warning(self):
        (record,) = records("extract", "-", stdin=b"<html><body><script>1</script></body></html>")
        self.assertEqual((record["text"], record["warnings"]), ("", ["no story was found"]))

    def test_a_hundred_megabytes(self):
        big = b"<p>" + b"The convoy was hit near the bridge on Monday. " * (100 * 1024 * 1024 // 46)
        done = run("extract", "-", stdin=big)
        self.assertEqual(done.returncode, 2)
        self.assertIn("longer than 4 MiB", done.stderr.decode())
        self.assertEqual(run("read", "-", stdin=big).returncode, 0)

    def test_a_million_nested_tags(self):
        done = run("extract", "-", stdin=b"<div>" * 1000000 + b"<p>Two people were killed in Kyiv on Monday when a missile hit a market near the river, the governor said.")
        self.assertEqual(done.returncode, 0)
        self.assertIn("killed", json.loads(done.stdout)["text"])

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DATELINE, "extract", *PAGES], stdout=full, stderr=subprocess.PIPE, timeout=250)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr.decode())

    def test_a_reader_that_goes_away_is_no_crash(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([DATELINE, "extract", *PAGES * 3], stdout=writing, stderr=subprocess.PIPE, timeout=250)
        os.close(writing)
        self.assertEqual(done.returncode, 1)

    def test_a_damaged_data_file_is_refused_with_its_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in os.listdir(os.environ["DATELINE_DATA"]):
                os.symlink(os.path.realpath(os.path.join(os.environ["DATELINE_DATA"], name)), os.path.join(folder, name))
            for name in sorted(os.listdir(folder)):
                path = pathlib.Path(folder) / name
                good = os.path.realpath(path)
                whole = pathlib.Path(good).read_bytes()
                for damaged in (b"", whole[:20], b"X" + whole[1:], whole[:-8]):
                    path.unlink()
                    path.write_bytes(damaged)
                    done = run("extract", "--model", path.stem if path.suffix == ".dlm" else "fast", "--data", folder, "-", stdin=b"Rain fell.")
                    self.assertEqual(done.returncode, 2, (name, len(damaged), done.stderr))
                    self.assertTrue(re.search(re.escape(name) + r"(:\d+)?: ", done.stderr.decode()), done.stderr)
                path.unlink()
                os.symlink(good, path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
