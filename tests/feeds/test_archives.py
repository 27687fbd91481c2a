#!/usr/bin/env python3
"""test_archives.py DATELINE - web archives as inputs of the command: what is read, what is passed over, what damage costs."""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import archives  # noqa: E402

DATELINE = sys.argv[1]
SITE = "https://news.example/"


def run(*words, stdin=b""):
    return subprocess.run([DATELINE, *map(str, words)], input=stdin, capture_output=True, timeout=250)


class Archives(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, data):
        path = pathlib.Path(self.folder.name, name)
        path.write_bytes(data)
        return path

    def read(self, path, code=0, **more):
        done = run("read", "--format", "ndjson", path, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        return [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()

    def urls(self, path, code=0, **more):
        found, told = self.read(path, code, **more)
        return [record["url"].removeprefix(SITE) for record in found], told

    def pages(self, count):
        return [archives.response(f"{SITE}{i}", archives.story(i)) for i in range(count)]

    def test_plain_and_gzipped_by_record_and_as_a_whole_give_the_same(self):
        records = [archives.info(), archives.request(SITE), *self.pages(5)]
        expected = [str(i) for i in range(5)]
        for name, data in (("a.warc", b"".join(records)), ("a.warc.gz", b"".join(archives.members(records))), ("b.warc.gz", gzip.compress(b"".join(records)))):
            path = self.file(name, data)
            self.assertEqual(self.urls(path)[0], expected, name)
            self.assertEqual(self.urls("-", stdin=data)[0], expected, name + " through a pipe")
        self.assertEqual(self.urls(self.folder.name)[0], expected * 3)

    def test_every_coding_of_a_body_is_undone(self):
        plain = archives.story(7)
        expected = self.read(self.file("p.warc", archives.response(SITE, plain)))[0][0]["text"]
        for coding in (None, "gzip", "deflate", "bare"):
            for chunks in (False, True):
                data = archives.response(SITE, plain, coding=coding, chunks=chunks)
                self.assertEqual(self.read(self.file("c.warc", data))[0][0]["text"], expected, (coding, chunks))

    def test_a_body_that_was_unpacked_under_its_old_header_is_taken_as_it_is(self):
        plain = archives.story(3)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.assertEqual(len(self.read(self.file("u.warc", archives.record("response", SITE, head + plain)))[0]), 1)

    def test_only_pages_that_were_found_are_taken(self):
        body = archives.story(1)
        records = [archives.response(SITE + "gone", body, digest=False, status="404 Not Found"),
                   archives.response(SITE + "moved", body, digest=False, status="301 Moved Permanently"),
                   archives.response(SITE + "image", b"\x89PNG\r\n", kind="image/png"),
                   archives.record("metadata", SITE, b"fetchTimeMs: 12\r\n"), archives.record("response", "dns:news.example", b"20251014 news.example. A 192.0.2.1"),
                   archives.record("resource", SITE + "resource", body, more=("Content-Type: text/html",)), archives.response(SITE + "page", archives.story(2))]
        self.assertEqual(self.urls(self.file("o.warc", b"".join(records)))[0], ["resource", "page"])

    def test_a_body_that_came_before_is_not_read_again(self):
        body = archives.story(1)
        records = [archives.response(SITE + "a", body), archives.response(SITE + "b", body), archives.record("revisit", SITE + "a", b"HTTP/1.1 304 Not Modified\r\n\r\n", body),
                   archives.response(SITE + "c", archives.story(2), digest=False), archives.response(SITE + "d", archives.story(2), digest=False)]
        self.assertEqual(self.urls(self.file("d.warc.gz", b"".join(archives.members(records))))[0], ["a", "c"])

    def test_the_charset_of_the_http_header_counts(self):
        body = "<html><title>Бой</title><body><p>Бои под Харьковом шли всю ночь, сообщили военные.</p><p>Погибли пять человек.</p></body></html>".encode("cp1251")
        found = self.read(self.file("r.warc", archives.response(SITE, body, kind="text/html; charset=windows-1251")))[0]
        self.assertEqual(found[0]["encoding"], "windows-1251")
        self.assertIn("Харьковом", found[0]["text"])

    def test_wacz_with_stored_and_deflated_members(self):
        gz, plain = b"".join(archives.members(self.pages(3))), b"".join(self.pages(5)[3:])
        for stored in (True, False):
            path = pathlib.Path(self.folder.name, f"{stored}.wacz")
            archives.wacz(path, {"a.warc.gz": gz, "b.warc": plain}, stored)
            self.assertEqual(self.urls(path)[0], ["0", "1", "2", "3", "4"])

    def test_a_wacz_that_was_cut_says_so(self):
        path = pathlib.Path(self.folder.name, "cut.wacz")
        archives.wacz(path, {"a.warc.gz": b"".join(archives.members(self.pages(3)))})
        path.write_bytes(path.read_bytes()[:-40])
        self.assertIn("no directory at its end", self.urls(path, 2)[1])

    def test_damage_costs_the_record_that_it_is_in_and_is_named(self):
        records = archives.members(self.pages(6))
        offset = sum(map(len, records[:2]))
        hurt = bytearray(records[2])
        for i in range(40, 60):
            hurt[i] ^= 0x5A
        cases = {"bytes changed": bytes(hurt), "cut in the middle": records[2][:150], "an ending wrong": records[2][:-6] + b"abcdef"}
        for what, damaged in cases.items():
            path = self.file("h.warc.gz", b"".join(records[:2] + [damaged] + records[3:]))
            found, told = self.urls(path, 1)
            self.assertEqual(found, ["0", "1", "3", "4", "5"], what)
            self.assertIn(f"h.warc.gz:{offset}: a damaged record was skipped", told, what)
            self.assertEqual(told.count("skipped"), 1, told)

    def test_a_wrong_length_costs_one_record_of_a_plain_archive(self):
        records = self.pages(5)
        block = archives.http(archives.story(2))
        for length in (len(block) - 200, len(block) + 200, 10 ** 12, 0):
            wrong = archives.record("response", SITE + "2", block, length=length)
            found, told = self.urls(self.file("w.warc", b"".join(records[:2] + [wrong] + records[3:])), 1)
            self.assertEqual(found, ["0", "1", "3", "4"], length)
            self.assertIn(f"w.warc:{len(records[0]) + len(records[1])}: ", told)

    def test_a_file_that_ends_inside_a_record_says_where(self):
        for records in (self.pages(3), archives.members(self.pages(3))):
            found, told = self.urls(self.file("e.warc", b"".join(records)[:-500]), 1)
            self.assertEqual(found, ["0", "1"])
            self.assertIn(f"e.warc:{len(records[0]) + len(records[1])}: ", told)

    def test_a_body_whose_packing_is_damaged_is_skipped_and_named(self):
        packed = archives.http(archives.story(1), coding="gzip")
        brotli = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nabc"
        records = [archives.record("response", SITE + "x", packed[:-30]), *self.pages(1), archives.record("response", SITE + "y", brotli)]
        found, told = self.urls(self.file("b.warc", b"".join(records)), 1)
        self.assertEqual(found, ["0"])
        self.assertIn("b.warc:", told)
        self.assertIn("'br' is not known", told)


unittest.main(argv=sys.argv[:1])
