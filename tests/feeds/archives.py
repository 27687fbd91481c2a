"""archives.py - web archives made from scratch, for the tests."""
import base64
import gzip
import hashlib
import io
import zipfile
import zlib


def page(title, story, day="2025-10-14"):
    """An HTML page with one story."""
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in story)
    return (f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
            f'<meta property="article:published_time" content="{day}T08:00:00Z"></head>\n'
            f"<body><article><h1>{title}</h1>\n{body}</article></body></html>\n").encode()


def chunked(body, size=700):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def bare_deflate(body):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


CODINGS = {None: lambda b: b, "gzip": gzip.compress, "deflate": zlib.compress, "bare": bare_deflate}


def http(body, status="200 OK", kind="text/html; charset=utf-8", coding=None, chunks=False):
    """The response as it came over the wire."""
    packed = CODINGS[coding](body)
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}"]
    if coding:
        lines.append("Content-Encoding: " + ("deflate" if coding == "bare" else coding))
    if chunks:
        lines.append("Transfer-Encoding: chunked")
        packed = chunked(packed)
    else:
        lines.append(f"Content-Length: {len(packed)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + packed


def record(kind, url, block, body=None, date="2025-10-14T09:00:00Z", more=(), length=None):
    """One WARC record; with `body` its digest is told."""
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Date: {date}", f"WARC-Record-ID: <urn:uuid:{hashlib.md5(block + url.encode()).hexdigest()}>"]
    if url:
        lines.append(f"WARC-Target-URI: {url}")
    if kind in ("response", "request"):
        lines.append(f"Content-Type: application/http; msgtype={kind}")
    if body is not None:
        lines.append("WARC-Payload-Digest: sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode())
    lines += more
    lines.append(f"Content-Length: {len(block) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(url, body, digest=True, date="2025-10-14T09:00:00Z", more=(), **options):
    return record("response", url, http(body, **options), body if digest else None, date, more)


def info():
    return record("warcinfo", "", b"software: made for a test\r\nformat: WARC File Format 1.1\r\n")


def request(url):
    return record("request", url, f"GET / HTTP/1.1\r\nHost: x\r\n\r\n".encode())


def members(records):
    """Each record in a gzip member of its own, as the standard asks."""
    return [gzip.compress(r) for r in records]


def wacz(path, files, stored=True, extra=()):
    """A WACZ: {name: bytes} in archive/."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as out:
        out.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}')
        for name, data in files.items():
            out.writestr("archive/" + name, data)
        out.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n')
        for name, data in extra:
            out.writestr(name, data)


STORY = ["Shells hit the grain store of {place} on Monday night, killing {n} people and wounding {m}, the regional governor said.",
         "Rescue crews worked until dawn in {place}, and the mayor said that the road to the north was closed.",
         "The army accused the rebels of the attack. A spokesman for the rebels denied it."]


def story(number):
    places = ["Kharkiv", "Goma", "Idlib", "Sumy", "Omdurman", "Kherson"]
    words = {"place": places[number % len(places)], "n": number % 40 + 2, "m": number % 60 + 3}
    return page(f"Shelling of {words['place']}, report {number}", [line.format(**words) for line in STORY])
