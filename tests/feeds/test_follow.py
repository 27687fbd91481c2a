#!/usr/bin/env python3
"""test_follow.py DATELINE - dateline follow against folders, archives and a site on the loopback."""
import gzip
import json
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import archives  # noqa: E402
import news_site as news  # noqa: E402

DATELINE = sys.argv[1]


class Following(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.store = self.path / "s.store"
        self.site = news.Site()
        self.addCleanup(self.site.close)

    def words(self, *sources):
        return [DATELINE, "follow", "--store", str(self.store), "--once", "--allow-private", "--delay", "0", "--contact", "mailto:desk@news.example", *map(str, sources)]

    def follow(self, *sources, code=0):
        done = subprocess.run(self.words(*sources), capture_output=True, timeout=250)
        self.assertEqual(done.returncode, code, done.stderr)
        return [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()

    def statuses(self, *sources, code=0):
        return [line["status"] for line in self.follow(*sources, code=code)[0]]

    def documents(self):
        with sqlite3.connect(self.store) as db:
            return db.execute("SELECT count(*) FROM documents").fetchone()[0]

    def check(self):
        done = subprocess.run([DATELINE, "check", "--store", str(self.store)], capture_output=True, timeout=250)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)

    def serve(self, count, **headers):
        for i in range(count):
            self.site.html(f"/{i}", archives.story(i), **headers)
        return [f"{self.site.url}/{i}" for i in range(count)]


class Files(Following):
    def test_new_and_changed_files_of_a_folder_are_read_and_no_others(self):
        pages = self.path / "pages"
        pages.mkdir()
        for i in range(3):
            (pages / f"{i}.html").write_bytes(archives.story(i))
        self.assertEqual(self.statuses(pages), ["added"] * 3)
        lines, told = self.follow(pages)
        self.assertEqual(lines, [])
        self.assertIn("3 as before", told)
        (pages / "1.html").write_bytes(archives.story(1).replace(b"Monday night", b"Monday evening"))
        (pages / "3.html").write_bytes(archives.story(3))
        self.assertEqual(len(self.statuses(pages)), 2)
        self.check()

    def test_an_archive_that_has_grown_is_gone_on_with(self):
        records = archives.members([archives.response(f"http://a.example/{i}", archives.story(i)) for i in range(6)])
        for name, parts in (("a.warc.gz", records), ("b.ndjson", [json.dumps({"html": archives.story(i).decode(), "url": f"http://b.example/{i}"}).encode() + b"\n" for i in range(6)])):
            path = self.path / name
            path.write_bytes(b"".join(parts[:4]))
            self.assertEqual(len(self.follow(path)[0]), 4)
            path.write_bytes(b"".join(parts))
            self.assertEqual(len(self.follow(path)[0]), 2, name)
            path.write_bytes(b"".join(parts[1:]))
            self.assertEqual(self.statuses(path), ["unchanged"] * 5, name)

    def test_damage_in_an_archive_is_told_once_and_gone_on_behind(self):
        records = archives.members([archives.response(f"http://a.example/{i}", archives.story(i)) for i in range(5)])
        path = self.path / "d.warc.gz"
        path.write_bytes(b"".join([*records[:2], records[2][:100], records[3], records[4][:100]]))
        lines, told = self.follow(path, code=1)
        self.assertEqual((len(lines), told.count("was skipped")), (3, 2))
        lines, told = self.follow(path)
        self.assertEqual((lines, "1 as before" in told), ([], True))
        path.write_bytes(b"".join([*records[:2], records[2][:100], *records[3:]]))
        self.assertEqual(self.statuses(path), ["added"])

    def test_a_page_of_an_archive_was_seen_when_its_crawler_saw_it(self):
        path = self.path / "a.warc"
        path.write_bytes(archives.response("http://a.example/", archives.story(1), date="2025-10-14T09:00:00Z"))
        self.follow(path)
        with sqlite3.connect(self.store) as db:
            self.assertEqual(db.execute("SELECT seen FROM revisions").fetchall(), [(1760432400,)])

    def test_killed_at_any_moment_nothing_is_lost_and_nothing_comes_twice(self):
        count = 60
        path = self.path / "k.warc.gz"
        path.write_bytes(b"".join(archives.members([archives.response(f"http://a.example/{i}", archives.story(i)) for i in range(count)])))
        acknowledged, chance = [], random.Random(7)
        for _ in range(6):
            run = subprocess.Popen(self.words(path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.2, 1.5))
            run.send_signal(signal.SIGKILL)
            acknowledged += [json.loads(line) for line in run.communicate()[0].decode().splitlines() if line.endswith("}")]
        acknowledged += self.follow(path)[0]
        self.assertEqual({line["status"] for line in acknowledged}, {"added"})
        self.assertEqual(len({line["id"] for line in acknowledged}), len(acknowledged))
        self.assertEqual(self.documents(), count)
        self.check()


class Web(Following):
    def test_every_kind_of_feed_leads_to_its_pages(self):
        links = self.serve(8)
        self.site.xml("/rss", news.rss([(links[0], None), ("/1", "Tue, 14 Oct 2025 12:30:00 GMT")]))
        self.site.xml("/atom", news.atom([("2", "2025-10-14T12:30:00Z")]))
        self.site.xml("/rdf", news.rdf([links[3]]))
        self.site.xml("/map", news.sitemap([(links[4], "2025-10-14"), (links[5], "2025-10-14")]))
        self.site.xml("/packed", gzip.compress(news.sitemap([(links[6], "2025-10-14")]).encode()))
        self.site.xml("/index", news.index(["/map", "/packed"]))
        lines, told = self.follow(*(f"{self.site.url}/{name}" for name in ("rss", "atom", "rdf", "index", "7")))
        self.assertEqual(sorted(line["input"] for line in lines), sorted(links))
        self.assertIn("6 feeds read", told)
        self.check()

    def test_a_second_round_asks_with_validators_and_for_new_pages_only(self):
        links = self.serve(3, ETag='"page"')
        self.site.xml("/feed", news.rss([(link, None) for link in links[:2]]), ETag='"one"')
        feed = self.site.url + "/feed"
        self.assertEqual(self.statuses(feed, links[2]), ["added"] * 3)
        self.assertEqual(self.statuses(feed, links[2]), [])
        last = [headers for path, headers, _ in self.site.asked if path == "/feed"][-1]
        self.assertEqual(last["If-None-Match"], '"one"')
        self.assertEqual([self.site.count(f"/{i}") for i in range(3)], [1, 1, 2])
        self.site.html("/3", archives.story(3))
        self.site.xml("/feed", news.rss([(link, None) for link in [*links[:2], "/3"]]), ETag='"two"')
        self.assertEqual(len(self.statuses(feed)), 1)
        self.assertEqual([self.site.count(f"/{i}") for i in range(4)], [1, 1, 2, 1])

    def test_a_page_that_its_feed_calls_changed_becomes_a_revision(self):
        feed = self.site.url + "/feed"
        self.serve(1)
        self.site.xml("/feed", news.atom([("/0", "2025-10-14T12:30:00Z")]))
        self.assertEqual(self.statuses(feed), ["added"])
        self.site.html("/0", archives.story(0).replace(b"Monday night", b"Monday evening"))
        self.assertEqual(self.statuses(feed), [])
        self.site.xml("/feed", news.atom([("/0", "2100-01-01T00:00:00Z")]))
        self.assertEqual(self.statuses(feed), ["revised"])

    def test_robots_txt_comes_first_and_is_obeyed(self):
        self.serve(3)
        self.site.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nAllow: /\n\nUser-agent: Dateline\nDisallow: /1\nDisallow: /*?\nAllow: /1$\n")
        self.site.html("/2?x=1", archives.story(4))
        self.site.html("/11", archives.story(5))
        self.site.xml("/feed", news.rss([(path, None) for path in ("/0", "/1", "/11", "/2?x=1", "/2")]))
        lines, told = self.follow(self.site.url + "/feed")
        self.assertEqual(self.site.asked[0][0], "/robots.txt")
        self.assertEqual(sorted(line["input"] for line in lines), [f"{self.site.url}/{i}" for i in range(3)])
        self.assertEqual(self.site.count("/11") + self.site.count("/2?x=1"), 0)
        self.assertIn("/11: the site's robots.txt does not allow it", told)
        self.assertIn("2 kept back by robots.txt", told)

    def test_without_a_robots_txt_to_be_had_nothing_is_asked(self):
        self.serve(1)
        self.site.pages["/robots.txt"] = (503, {}, b"")
        self.follow(self.site.url + "/0", code=2)
        self.assertEqual(self.site.count("/0"), 0)

    def test_one_request_at_a_time_with_a_pause_and_our_name(self):
        links = self.serve(4)
        self.site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 0.3\n")
        self.follow(*links)
        self.assertEqual(self.site.most_open, 1)
        times = [when for path, _, when in self.site.asked if path != "/robots.txt"]
        self.assertTrue(all(b - a > 0.29 for a, b in zip(times, times[1:])), times)
        self.assertRegex(self.site.asked[-1][1]["User-Agent"], r"^dateline/\d+\.\d+\.\d+ \(\+mailto:desk@news\.example\)$")

    def test_a_busy_site_is_asked_again_and_left_alone_when_it_says_so(self):
        tries = []

        def busy(request):
            tries.append(time.monotonic())
            return (429, {"Retry-After": "1"}, b"") if len(tries) == 1 else (200, {"Content-Type": "text/html"}, archives.story(1))

        self.site.pages["/busy"] = busy
        self.assertEqual(self.statuses(self.site.url + "/busy"), ["added"])
        self.assertGreater(tries[1] - tries[0], 0.99)
        self.site.pages["/later"] = (503, {"Retry-After": "3600"}, b"")
        self.assertIn("/later: the site answers 503", self.follow(self.site.url + "/later", code=2)[1])
        self.serve(1)
        self.assertIn("left alone", self.follow(self.site.url + "/0", code=2)[1])
        self.assertEqual((self.site.count("/later"), self.site.count("/0")), (1, 0))

    def test_redirections_are_followed_but_not_for_ever_nor_anywhere(self):
        self.serve(1)
        self.site.pages["/to"] = (302, {"Location": "/0"}, b"")
        self.site.pages["/round"] = (301, {"Location": "/round"}, b"")
        self.site.pages["/out"] = (302, {"Location": "file:///etc/passwd"}, b"")
        self.assertEqual(self.statuses(self.site.url + "/to"), ["added"])
        self.assertIn("more than five redirections", self.follow(self.site.url + "/round", code=2)[1])
        self.assertEqual(self.site.count("/round"), 6)
        self.assertIn("none of the web", self.follow(self.site.url + "/out", code=2)[1])

    def test_nothing_private_is_asked_unless_allowed(self):
        self.serve(1)
        host = re.sub("127.0.0.1", "localhost", self.site.url)
        for url in (self.site.url, host):
            done = subprocess.run([DATELINE, "follow", "--store", str(self.store), "--once", url + "/0"], capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"private", done.stderr)
        for url in ("file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "http://user:word@news.example/"):
            self.assertIn("no address of the web", self.follow(url, code=2)[1])
        self.assertEqual(self.site.asked, [])

    def test_failures_are_named_once_and_the_rest_is_done(self):
        links = self.serve(2)
        self.site.pages["/image"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
        self.site.xml("/feed", news.rss([(path, None) for path in ("/0", "/gone", "/image", "/1")]))
        self.site.xml("/bad", "<rss><channel><item><link>/0</link></item><item>")
        lines, told = self.follow(self.site.url + "/feed", self.site.url + "/bad", code=1)
        self.assertEqual(sorted(line["input"] for line in lines), links)
        for words in ("/gone: the site answers 404", "/image: it is no page but of another type", "/bad:", "3 failed"):
            self.assertIn(words, told)
        lines, told = self.follow(self.site.url + "/feed")
        self.assertEqual((lines, self.site.count("/gone"), self.site.count("/image")), ([], 1, 1))

    def test_a_feed_that_declares_entities_is_refused(self):
        self.site.xml("/bomb", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><link>/&b;</link></item></channel></rss>')
        self.site.xml("/file", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><link>/&a;</link></item></channel></rss>')
        for name in ("bomb", "file"):
            self.assertIn("entities", self.follow(f"{self.site.url}/{name}", code=2)[1])

    def test_a_page_without_a_day_takes_that_of_its_feed(self):
        body = archives.story(2).replace(b'<meta property="article:published_time" content="2025-10-14T08:00:00Z">', b"")
        self.site.html("/0", body)
        self.site.xml("/feed", news.rss([("/0", "Wed, 15 Oct 2025 06:00:00 GMT")]))
        self.follow(self.site.url + "/feed")
        with sqlite3.connect(self.store) as db:
            self.assertEqual(db.execute("SELECT published FROM pages").fetchall(), [("2025-10-15",)])

    def test_a_feed_is_believed_as_before_only_when_its_pages_are_in_the_store(self):
        self.serve(2)
        self.site.pages["/1"] = (500, {}, b"")
        self.site.xml("/feed", news.rss([("/0", None), ("/1", None)]), ETag='"one"')
        feed = self.site.url + "/feed"
        self.assertEqual(self.statuses(feed, code=1), ["added"])
        with sqlite3.connect(self.store) as db:
            db.execute("UPDATE followed SET not_before = 0")
        self.serve(2)
        self.assertEqual(self.statuses(feed), ["added"])
        self.assertNotIn("If-None-Match", [headers for path, headers, _ in self.site.asked if path == "/feed"][-1])
        self.assertEqual(self.statuses(feed), [])
        self.assertEqual([headers for path, headers, _ in self.site.asked if path == "/feed"][-1]["If-None-Match"], '"one"')

    def test_killed_while_fetching_it_goes_on_where_it_stopped(self):
        count = 30
        self.serve(count)
        self.site.xml("/feed", news.rss([(f"/{i}", None) for i in range(count)]), ETag='"one"')
        acknowledged, chance = [], random.Random(11)
        for _ in range(4):
            run = subprocess.Popen(self.words(self.site.url + "/feed"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.3, 1.2))
            run.send_signal(signal.SIGKILL)
            acknowledged += [json.loads(line) for line in run.communicate()[0].decode().splitlines() if line.endswith("}")]
        acknowledged += self.follow(self.site.url + "/feed")[0]
        self.assertEqual({line["status"] for line in acknowledged}, {"added"})
        self.assertEqual(len({line["id"] for line in acknowledged}), len(acknowledged))
        self.assertEqual(self.documents(), count)
        self.check()

    def test_rounds_go_on_until_interrupted(self):
        self.serve(2)
        self.site.xml("/feed", news.rss([("/0", None)]))
        words = [word for word in self.words(self.site.url + "/feed") if word != "--once"] + ["--every", "1"]
        run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(json.loads(run.stdout.readline())["status"], "added")
        self.site.xml("/feed", news.rss([("/0", None), ("/1", None)]))
        self.assertEqual(json.loads(run.stdout.readline())["status"], "added")
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=60)[1].decode()
        self.assertEqual(run.returncode, 130, told)
        self.assertIn("2 added", told)


unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
