# packages: resiliparse
import common

common.one_core()
from resiliparse.extract.html2text import extract_plain_text  # noqa: E402

pages = common.documents("html")
extract_plain_text(pages[0], main_content=True)


def work():
    for page in pages:
        extract_plain_text(page, main_content=True)


common.measure(work)
