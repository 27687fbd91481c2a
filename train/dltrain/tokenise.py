"""A plain splitter for training text that comes without treebank tokens: sentences by line and final mark, words after the
manner of the English treebanks (clitics apart, hyphens apart). The run-time tokeniser is the C one; this only has to be near it."""
import re

_ABBREVIATIONS = set("mr mrs ms dr prof gen lt col maj sgt capt cmdr gov sen rep st jr sr no vs etc inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec u.s u.n u.k e.g i.e a.m p.m".split())

_WORD = re.compile(r"""
    (?:https?://|www\.)[^\s<>"]*[^\s<>".,;:!?)\]'”’]       # addresses
  | [\w.+-]+@[\w-]+\.[\w.-]*\w                             # mail
  | (?:[A-Za-z]\.){2,}                                     # U.S.
  | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![\w])               # numbers
  | \d+(?:[.,:]\d+)*
  | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Gov|Sen|Rep|St|Jr|Sr|No|vs|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s|$)
  | [#@]\w+
  | \.{2,}|-{2,}
  | [^\W\d_]+(?:\d+\w*)?
  | \w+
  | \S
""", re.X)
_CLITIC = re.compile(r"(?i)^(.+?)(n['’]t)$")
_TAIL = re.compile(r"(?i)['’](?:s|re|ve|ll|d|m|S)\b")


def words(text, base=0):
    """-> [(start, end)] code-point offsets of the words of `text`."""
    out, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        m = re.compile(r"(?i)[a-z]+?(?=n['’]t(?!\w))").match(text, at)
        if m:
            out.append((at, m.end()))
            out.append((m.end(), m.end() + 3))
            at = m.end() + 3
            continue
        m = _TAIL.match(text, at)
        if m and out and out[-1][1] == at:
            out.append((at, m.end()))
            at = m.end()
            continue
        m = re.compile(r"(?i)cannot(?!\w)").match(text, at)
        if m:
            out += [(at, at + 3), (at + 3, at + 6)]
            at += 6
            continue
        m = _WORD.match(text, at)
        out.append((at, m.end()))
        at = m.end()
    return [(a + base, b + base) for a, b in out]


_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*")


def sentences(text):
    """-> [(start, end)] of the sentences of `text`."""
    out, start = [], 0
    for m in _END.finditer(text):
        if m.start() < start:
            continue
        if not m.group().startswith("\n"):
            before = text[start:m.start()].rsplit(None, 1)[-1:] or [""]
            word = before[0].lower().strip("(\"'“‘")
            if m.group()[0] == "." and (word in _ABBREVIATIONS or len(word) == 1 or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word)):
                continue
        if text[start:m.end()].strip():
            out.append((start, m.end()))
        start = m.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return out
