"""news_site.py - a news site on the loopback, for the tests: what it serves is told path by path, what it was asked is kept."""
import http.server
import threading
import time


class Site:
    def __init__(self):
        self.pages = {}  # path: (status, headers, body), or a function of the request that gives one
        self.asked = []  # (path, headers, time)
        self.open = self.most_open = 0
        self.lock = threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with site.lock:
                    site.open += 1
                    site.most_open = max(site.most_open, site.open)
                    site.asked.append((self.path, self.headers, time.monotonic()))
                try:
                    self.answer()
                finally:
                    with site.lock:
                        site.open -= 1

            def answer(self):
                found = site.pages.get(self.path, (404, {"Content-Type": "text/html"}, b"<html>nothing here</html>"))
                status, headers, body = found(self) if callable(found) else found
                if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag", 0):
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def html(self, path, body, **headers):
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, body)

    def xml(self, path, body, **headers):
        self.pages[path] = (200, {"Content-Type": "application/xml", **headers}, body.encode() if isinstance(body, str) else body)

    def count(self, path):
        return sum(asked[0] == path for asked in self.asked)


def rss(items):
    """items: (link, pubDate or None)"""
    rows = "".join(f"<item><title>t</title><link>{link}</link>{f'<pubDate>{day}</pubDate>' if day else ''}</item>" for link, day in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>/</link>{rows}</channel></rss>'


def atom(items):
    rows = "".join(f'<entry><id>tag:x,{i}</id><link rel="alternate" href="{link}"/><updated>{day}</updated></entry>' for i, (link, day) in enumerate(items))
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{rows}</feed>'


def rdf(items):
    rows = "".join(f'<item rdf:about="{link}"><title>t</title><link>{link}</link></item>' for link in items)
    return f'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>{rows}</rdf:RDF>'


def sitemap(items):
    rows = "".join(f"<url><loc>{link}</loc><lastmod>{day}</lastmod></url>" for link, day in items)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def index(items):
    rows = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in items)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
