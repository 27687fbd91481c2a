#!/usr/bin/env python3
"""errors.py SCORERS GOLD FLAT [--free] [--show CLASS ...] - what goes wrong in coded events, by class.

SCORERS: the folder of score_events.py, whose pairing is used (anchored unless --free). GOLD and FLAT: NDJSON as that scorer reads it.
Prints how often each class of error occurs; --show CLASS (or `all`) lists each case with its sentence."""
import argparse
import collections
import importlib.util
import json
import pathlib


def load_scorer(folder):
    spec = importlib.util.spec_from_file_location("score_events", pathlib.Path(folder) / "score_events.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sentence(text, span):
    if not span:
        return text[:300]
    start = max(text.rfind(". ", 0, span[0]), text.rfind("\n", 0, span[0])) + 1
    ends = [e for e in (text.find(". ", span[1]), text.find("\n", span[1])) if e >= 0]
    end = min(ends) + 1 if ends else len(text)
    return f"{text[start:span[0]]}[[{text[span[0]:span[1]]}]]{text[span[1]:end]}".strip()


def brief(text, event):
    place = event.get("place")
    place = place.get("name") if isinstance(place, dict) else place
    shown = {k: event.get(k) for k in ("type", "actor", "recipient", "date", "killed", "wounded", "realis", "source", "background", "optional", "confidence")}
    shown["place"] = place
    spans = event.get("triggers") or ([event["trigger"]] if event.get("trigger") else [])
    shown["words"] = "|".join(text[a:b] for a, b in spans)
    return " ".join(f"{k}={v}" for k, v in shown.items() if v not in (None, [], False, ""))


def overlaps_gold(scorer, gold, event):
    return any(scorer.trig(g, event, True) for g in gold)


def faults_of_pair(s, g, e):
    """Names of the fields that disagree."""
    found = []
    if not s.label(g, e, "type"):
        found.append(f"type {g.get('type')}>{e.get('type')}")
    for key in ("actor", "recipient"):
        if s.actors(g, e, key, True) is False:
            wrong = "missing" if not e.get(key) else "spurious" if not g.get(key) else "other"
            found.append(f"{key} {wrong}")
        elif s.actors(g, e, key, False) is False:
            found.append(f"{key} inexact")
    for name, ok in (("date", s.date_ok(g, e, True)), ("place", s.place_ok(g, e, True)), ("killed", s.count_ok(g, e, "killed", True)),
                     ("wounded", s.count_ok(g, e, "wounded", True))):
        if ok is False:
            found.append(f"{name} {'missing' if e.get(name) is None else 'other'}")
    if s.label(g, e, "realis", lambda x: {"ongoing": "actual"}.get(x, x)) is False:
        found.append(f"realis {g['realis']}>{e.get('realis')}")
    if g.get("source"):
        if not e.get("source"):
            found.append("source missing")
        elif not s.same_actor(g["source"], e["source"], True):
            found.append("source other")
    elif e.get("source"):
        found.append("source spurious")
    return found


def cases(s, gold, system):
    """(class, document, gold event, system event) of every error."""
    for key, document in gold.items():
        text, golds, events = document["text"], document.get("events") or [], (system.get(key) or {}).get("events") or []
        pairs = [(a, b) for a, b in s.assign(golds, events) if not s.ANCHORED or s.anchored(golds[a], events[b])]
        paired_gold, paired = {a for a, _ in pairs}, {b for _, b in pairs}
        for a, g in enumerate(golds):
            if a not in paired_gold and not g.get("optional"):
                yield "event missed", text, g, None
        for b, e in enumerate(events):
            if b not in paired:
                yield "event not merged" if overlaps_gold(s, golds, e) else "event spurious", text, None, e
        for a, b in pairs:
            for fault in faults_of_pair(s, golds[a], events[b]) if not golds[a].get("optional") else []:
                yield fault, text, golds[a], events[b]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorers")
    parser.add_argument("gold")
    parser.add_argument("flat")
    parser.add_argument("--free", action="store_true")
    parser.add_argument("--show", nargs="*", default=[])
    args = parser.parse_args()
    scorer = load_scorer(args.scorers)
    scorer.ANCHORED = not args.free
    gold, system = scorer.load(args.gold), scorer.load(args.flat)
    found = list(cases(scorer, gold, system))
    for name, count in collections.Counter(c[0] for c in found).most_common():
        print(f"{count:5}  {name}")
    for name, text, g, e in found:
        if "all" in args.show or any(name.startswith(x) for x in args.show):
            print(f"\n## {name}\n   {sentence(text, ((e or {}).get('trigger') or (g or {}).get('trigger')))}")
            if g:
                print("   gold  ", brief(text, g))
            if e:
                print("   system", brief(text, e))


if __name__ == "__main__":
    main()
