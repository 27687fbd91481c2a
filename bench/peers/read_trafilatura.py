# packages: trafilatura lxml_html_clean
import common

common.one_core()
import trafilatura  # noqa: E402

pages = common.documents("html")
trafilatura.extract(pages[0])


def work():
    for page in pages:
        trafilatura.extract(page, with_metadata=True)


common.measure(work)
