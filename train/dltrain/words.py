"""What both tiers see of a word: its folded key, its letter shape, word pieces (accurate tier), hashed features (fast tier).

Every function here has a twin in C and must give the same numbers (src/base/utf8.c, src/base/str.c, src/model)."""
import functools
import unicodedata

_PLAIN = {0x131: "i", 0x142: "l", 0xF8: "o", 0x111: "d"}
_PLAIN.update({c: "'" for c in (0x2018, 0x2019, 0x2BC, 0x2BB, 0x2032, 0x60, 0xB4)})
_PLAIN.update({c: '"' for c in (0x201C, 0x201D, 0x201E, 0xAB, 0xBB)})
_PLAIN.update({c: "-" for c in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212)})
_PLAIN.update({c: " " for c in (0xA0, 0x202F, 0x2009)})

MASK = (1 << 64) - 1


@functools.lru_cache(maxsize=None)
def _fold_point(c):
    if c < "\x80":
        return "'" if c == "`" else c.lower()
    parts = unicodedata.normalize("NFD", c.casefold())
    return "".join(_PLAIN.get(ord(p), p) for p in parts if unicodedata.category(p)[0] != "M")


@functools.lru_cache(maxsize=None)
def fold(word):
    """Twin of dl_utf8_fold: lower case, accents off, plain quotes and dashes."""
    return "".join(_fold_point(c) for c in word)


SHAPE_COUNT = 8  # letter shapes of a form, numbered from 1 as in docs/model-format.md; 0 is no word


@functools.lru_cache(maxsize=None)
def shape(form):
    letters = upper = digits = 0
    first_upper = False
    for c in form:
        category = unicodedata.category(c)
        if category[0] == "L":
            if category in ("Lu", "Lt"):
                first_upper = first_upper or not letters
                upper += 1
            letters += 1
        elif "0" <= c <= "9":
            digits += 1
    if digits:
        return 8 if letters else 7
    if not letters:
        return 1
    if not upper:
        return 2
    if letters == 1:
        return 5
    if upper == letters:
        return 4
    return 3 if first_upper and upper == 1 else 6


class WordPiece:
    """Greedy longest-match word pieces over the folded word, split at punctuation first."""

    def __init__(self, vocab):
        self.vocab = vocab
        self.ids = {p: i for i, p in enumerate(vocab)}
        self.unk, self.cls, self.sep = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.pieces = functools.lru_cache(maxsize=None)(self._pieces)

    def _pieces(self, form):
        out = []
        for run in runs(fold(form)):
            out += self._run(run)
        return tuple(out[:MAX_PIECES]) or (self.unk,)

    def _run(self, run):
        if len(run.encode()) > 100:
            return [self.unk]
        out, at = [], 0
        while at < len(run):
            end = len(run)
            while end > at:
                piece = ("##" if at else "") + run[at:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == at:
                return [self.unk]
            out.append(self.ids[piece])
            at = end
        return out


MAX_PIECES = 12  # of one word; the rest is dropped


def runs(key):
    """Runs of letters, numbers and marks, and each other code point by itself; spaces and control characters part."""
    run = ""
    for c in key:
        category = unicodedata.category(c)
        if category[0] in "LNM":
            run += c
            continue
        if run:
            yield run
        run = ""
        if not c.isspace() and category not in ("Zs", "Cc"):
            yield c
    if run:
        yield run


def hash64(data, seed):
    """Twin of dl_hash."""
    h = seed ^ (len(data) * 0x9E3779B97F4A7C15 & MASK)
    while len(data) >= 8:
        h = (h ^ int.from_bytes(data[:8], "little")) * 0xFF51AFD7ED558CCD & MASK
        h ^= h >> 32
        data = data[8:]
    h = (h ^ int.from_bytes(data, "little")) * 0xC4CEB9FE1A85EC53 & MASK
    h ^= h >> 33
    h = h * 0xFF51AFD7ED558CCD & MASK
    return h ^ (h >> 29)


# The fast tier's features: name, rows of its table, width of a row. The seed of a feature's hash is its place in this list of all known names.
_SEEDS = {n: i for i, n in enumerate(["norm", "stem", "prefix1", "prefix2", "prefix3", "prefix4", "prefix5",
                                      "suffix1", "suffix2", "suffix3", "suffix4", "suffix5", "shape", "first"])}
FEATURES = [("norm", 49152, 96), ("prefix2", 2048, 16), ("prefix3", 6144, 32), ("suffix2", 2048, 32), ("suffix3", 6144, 48),
            ("suffix4", 12288, 32), ("shape", 4096, 32)]


@functools.lru_cache(maxsize=None)
def written_shape(form):
    out = ""
    for c in form[:24]:
        category = unicodedata.category(c)
        mark = "X" if category in ("Lu", "Lt") else "x" if category[0] == "L" else "d" if "0" <= c <= "9" else c
        if out[-3:] != mark * 3:
            out += mark
    return out


def feature_text(name, form, first):
    if name == "first":
        return "1" if first else "0"
    if name == "shape":
        return written_shape(form)
    key = fold(form)
    if name == "norm":
        return key
    if name == "stem":
        return "".join("0" if "0" <= c <= "9" else c for c in key)
    n = int(name[-1])
    return key[:n] if name.startswith("prefix") else key[-n:]


@functools.lru_cache(maxsize=None)
def features(form, first=False):
    """Two row numbers for each feature: a word's vector is their sum, so that two words hardly ever share both."""
    out = []
    for name, rows, _ in FEATURES:
        h = hash64(feature_text(name, form, first).encode(), _SEEDS[name])
        out += [(h & 0xFFFFFFFF) % rows, (h >> 32) % rows]
    return tuple(out)
