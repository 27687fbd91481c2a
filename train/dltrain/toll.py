"""Where the numbers of a toll stand, and of what: the labels of the "toll" head."""
import re

KINDS = {"killed": "KILLED", "wounded": "WOUNDED", "captured": "CAPTURED", "missing": "MISSING", "harmed": "HARMED", "killed_or_wounded": "HARMED"}
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VAGUE = {"several": 3, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}
WORDS = {**{w: i for i, w in enumerate(_UNITS)}, **{w: 20 + 10 * i for i, w in enumerate(_TENS)},
         **{t + "-" + u: 20 + 10 * i + k for i, t in enumerate(_TENS) for k, u in enumerate(_UNITS[:10]) if k}, "dozen": 12, **_VAGUE}
_NUMBER = re.compile(r"\d[\d,]*|[A-Za-z]+(?:-[a-z]+)?")


def numbers(text, start, end):
    """(span, value) of the numbers in a stretch of text."""
    for m in _NUMBER.finditer(text, start, end):
        word = m[0].lower()
        value = int(word.replace(",", "")) if word[0].isdigit() else WORDS.get(word)
        if value is not None:
            yield m.span(), value


def of_spans(text, event):
    """Of marked counts: the numbers that make up the range (several where groups are summed), or, where there are none ("a farmer"), all their words."""
    for part, spans in event.get("toll_spans", {}).items():
        least = (event.get("killed_or_wounded" if part == "harmed" else part) or [0])[0]
        for start, end in spans:
            here = list(numbers(text, start, end))
            if not here:
                yield (start, end), KINDS[part]
            for span, _ in here[:summed(here, least)]:
                yield span, KINDS[part]


def summed(found, least):
    """How many of the numbers make up the range's lower end; 1 where they don't, for then the rest are subsets."""
    total = 0
    for k, (_, value) in enumerate(found, 1):
        total += value
        if total in (least, least - 1):
            return k
    return 1


def of_text(text, coded):
    """Of an event coded with ranges and the words of its toll: the numbers that the ranges begin with; None for words that may be a count."""
    words = coded.get("toll_text")
    at = text.find(words) if words else -1
    if at < 0:
        return []
    left = [(KINDS[k], coded[k][0]) for k in KINDS if coded.get(k)]
    out = []
    for span, value in numbers(text, at, at + len(words)):
        hit = next((x for x in left if x[1] in (value, value + 1)), None)
        if hit:
            left.remove(hit)
            out.append((span, hit[0]))
    return ([((at, at + len(words)), None)] if left else []) + out
