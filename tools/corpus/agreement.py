#!/usr/bin/env python3
"""agreement.py FIRST... --second FILE [--list] - how far two readers of the same items agree.

Items are paired by id; those that only one reader coded are left out. Events are paired one to one by the words of their triggers (any of an
event's spans), statements by the words of their content (Dice at least 0.5). Each row tells how often the first and the second reader gave
a thing, how often both gave the same, and F1 = 2 * both / (first + second), which doesn't change when the readers change places. Fields are
counted in paired events and statements only. Cohen's kappa (1960) on the type stands last. --list prints every disagreement instead."""
import collections
import itertools
import re
import sys

import corpus

RANGES = "killed", "wounded"
ROWS = ("event found", "event and type", "type", "mode of ASSAULT", "realis", "actor words", "actor code", "recipient words", "recipient code",
        "place", "date", *RANGES, "source given", "statement found", "speaker", "cue", "kind", "named")


def read(paths):
    """{id: (text, layers)} of all items of the files."""
    return {identity: corpus.read_item(marked) for path in paths for _, identity, _, marked in corpus.items(path)}


def words(text, spans):
    """Offsets of the words in the spans, so that a stray quotation mark counts for nothing; of the marks where there are no words (a colon as cue)."""
    return {m.start() + start for start, end in spans for m in re.finditer(r"\w+" if re.search(r"\w", text[start:end]) else r"\S", text[start:end])}


def overlap(text, first, second):
    return len(words(text, first) & words(text, second))


def pairs(firsts, seconds, score):
    """One-to-one pairs, best score first, then (a, None) and (None, b) for what is left alone; a score that is false is no pair."""
    ranked = [(score(a, b), -i, -j) for (i, a), (j, b) in itertools.product(enumerate(firsts), enumerate(seconds))]
    taken = {}
    for value, i, j in sorted((entry for entry in ranked if entry[0]), reverse=True):
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    yield from ((a, seconds[taken[i]] if i in taken else None) for i, a in enumerate(firsts))
    yield from ((None, b) for j, b in enumerate(seconds) if j not in taken.values())


def triggers(event):
    return [event["trigger"], *event.get("also", [])]


def quote(text, spans):
    """The words of the spans, None where there is none."""
    return " / ".join(text[a:b] for a, b in spans) or None


class Tally:
    """Counts of a row by each reader and by both, and the disagreements in words."""

    def __init__(self):
        self.counts, self.notes, self.types = collections.defaultdict(lambda: [0, 0, 0]), [], []

    def add(self, row, where, first, second, same=None):
        """first, second: what each gave, None for nothing; same: whether they agree, by default if equal."""
        both = first is not None and second is not None
        agreed = both and (first == second if same is None else same)
        for column, given in enumerate((first is not None, second is not None, agreed)):
            self.counts[row][column] += given
        if not agreed and (first, second) != (None, None):
            self.notes.append(f"{where}\t{row}\t{first}\t{second}")

    def kappa(self):
        total = len(self.types)
        first, second = (collections.Counter(side) for side in zip(*self.types))
        chance = sum(first[name] * second[name] for name in first) / total ** 2
        return (sum(a == b for a, b in self.types) / total - chance) / (1 - chance)


def compare_parties(tally, where, text, part, first, second):
    """Actors or recipients: their words by overlap, their codes by themselves, since a party may be marked at any of its mentions."""
    spans = [event.get(part + "_spans", []) for event in (first, second)]
    for a, b in pairs(*spans, lambda one, two: overlap(text, [one], [two])):
        tally.add(part + " words", where, a and quote(text, [a]), b and quote(text, [b]), True)
    for a, b in pairs(first.get(part, []), second.get(part, []), lambda one, two: one == two):
        tally.add(part + " code", where, a, b)


def compare_fields(tally, where, text, first, second):
    """The fields of an event that both readers have."""
    tally.types.append((first["type"], second["type"]))
    tally.add("type", where, first["type"], second["type"])
    if first["type"] == second["type"] == "ASSAULT":
        tally.add("mode of ASSAULT", where, first["mode"], second["mode"])
    tally.add("realis", where, first["realis"], second["realis"])
    for part in ("actor", "recipient"):
        compare_parties(tally, where, text, part, first, second)
    places = [[event["place_span"]] if "place_span" in event else [] for event in (first, second)]
    tally.add("place", where, *(quote(text, spans) for spans in places), overlap(text, *places) > 0)
    tally.add("date", where, *(" ".join(filter(None, (event.get("date"), event.get("date_end")))) or None for event in (first, second)))
    for key in RANGES:
        tally.add(key, where, first.get(key), second.get(key))
    tally.add("source given", where, first.get("said"), second.get("said"), True)


def compare_events(tally, item, text, first, second):
    def score(a, b):
        shared = overlap(text, triggers(a), triggers(b))
        return shared and (shared, sum(a.get(key) == b.get(key) for key in ("type", "place", "realis", "actor", "recipient", *RANGES)))

    def name(event):
        return event and f"{event['type']} {quote(text, triggers(event))}"
    for a, b in pairs(first, second, score):
        tally.add("event found", item, name(a), name(b), True)
        if a and b:
            compare_fields(tally, f"{item} {quote(text, [a['trigger']])}", text, a, b)


def compare_statements(tally, item, text, first, second):
    def score(a, b):
        sizes = [len(words(text, said["content"])) for said in (a, b)]
        dice = 2 * overlap(text, a["content"], b["content"]) / (sum(sizes) or 1)
        return dice >= 0.5 and (dice, *(overlap(text, a.get(part, []), b.get(part, [])) for part in ("speaker", "cue")))

    for a, b in pairs(first, second, score):
        tally.add("statement found", item, a and quote(text, a["content"]), b and quote(text, b["content"]), True)
        if a and b:
            for part in ("speaker", "cue"):
                spans = a.get(part, []), b.get(part, [])
                tally.add(part, item, *(quote(text, side) for side in spans), overlap(text, *spans) > 0)
            tally.add("kind", item, a["kind"], b["kind"])
            tally.add("named", item, a.get("named", True), b.get("named", True))


def main(arguments):
    at = arguments.index("--second")
    second, listed = read(arguments[at + 1:at + 2]), "--list" in arguments
    first = {identity: item for identity, item in read(arguments[:at]).items() if identity in second}
    tally = Tally()
    for identity, (text, layers) in first.items():
        other_text, other = second[identity]
        if text != other_text:
            sys.exit(f"{identity}: the readers coded different texts")
        compare_events(tally, identity, text, *([e for _, e in sorted(x["V"].items())] for x in (layers, other)))
        compare_statements(tally, identity, text, *([s for _, s in sorted(x["S"].items())] for x in (layers, other)))
    tally.counts["event and type"] = [*tally.counts["event found"][:2], tally.counts["type"][2]]
    if listed:
        print("\n".join(tally.notes))
        return
    print(f"{len(first)} items\n{'':<20}{'first':>7}{'second':>8}{'both':>6}{'F1':>7}")
    for row in ROWS:
        one, two, both = tally.counts[row]
        print(f"{row:<20}{one:>7}{two:>8}{both:>6}{2 * both / (one + two) if one + two else 0:>7.2f}")
    print(f"kappa of the type   {tally.kappa():>28.2f}")


if __name__ == "__main__":
    if "--second" not in sys.argv[2:-1]:
        sys.exit(__doc__)
    main(sys.argv[1:])
