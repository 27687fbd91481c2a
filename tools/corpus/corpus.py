#!/usr/bin/env python3
"""corpus.py check|export|count FILE... - the coded corpus of data/corpus: checks it, or writes it as NDJSON in the flat form.

An item is a head line `## ID DAY` (DAY: of publication, YYYY-MM-DD), then its text, paragraphs parted by empty lines, with marks in it:
`[words|tag; tag]`. Marks may stand inside marks. A backslash takes the meaning from `[`, `|`, `]` and itself. Tags:

  V1=TYPE/mode,realis,flag...   the trigger of event V1 (mode may be missing; realis is `actual` unless said; flags: background, S2 = its source)
  V1+                           further words that tell of V1
  V1.actor=CODE  V1.recipient=CODE  V1.place=CC  V1.date=DAY[..DAY]  V1.weapon  V1.site
  V1.killed=RANGE  V1.wounded=RANGE  V1.captured=RANGE  V1.missing=RANGE  V1.harmed=RANGE     RANGE: 3  3+  2-5  0
  S1=kind,named|unnamed         the cue of statement S1 (kind: direct, indirect, mixed)
  S1.content  S1.speaker  S1.channel
  N1=  N1.party=CODE  N1.delegate  N1.mediator=CODE  N1.place=CC  N1.date=DAY  N1.round=3  N1.next=DAY  N1.issue=topic/status

A fault is printed as FILE:LINE: message; exit 1 if there is any. What the codes mean: data/corpus/CODEBOOK.md."""
import collections
import json
import re
import sys

TYPES = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())
MODES = {
    "ASSAULT": set("aerial heavy explosive firearm clash beating abduct torture sexual assassinate suicide territory other".split()),
    "CONSULT": {"talks", "visit", "call"}, "AID": set("military money humanitarian asylum".split()),
    "COERCE": set("arrest seize deport restrict cyber".split()), "COOPERATE": set("prisoners intelligence economic military".split())}
REALIS = set("actual ongoing planned possible threatened negated denied".split())
HARM = set("killed wounded captured missing harmed".split())
PARTS = {"V": {"actor", "recipient", "place", "date", "weapon", "site"} | HARM, "S": {"content", "speaker", "channel"},
         "N": {"party", "delegate", "mediator", "place", "date", "round", "next", "issue"}}
STATUS = {"agreed", "open", "rejected", "proposed"}
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
CODE = re.compile(r"([A-Z]{3}){1,4}$")
TAG = re.compile(r"([VSN])([1-9]\d*)(\+|\.([a-z]+))?(?:=(.*))?$")


class Fault(Exception):
    pass


def items(path):
    """(line number, id, day, marked text) of each item."""
    head, body, start = None, [], 0
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.startswith("## "):
            if head:
                yield start, *head, "\n".join(body).strip()
            words = line.split()
            if len(words) != 3:
                raise Fault(f"{path}:{number}: a head line is `## ID DAY`")
            head, body, start = words[1:], [], number
        elif head:
            body.append(line)
        elif line.strip() and not line.startswith("#"):
            raise Fault(f"{path}:{number}: text before the first head line")
    if head:
        yield start, *head, "\n".join(body).strip()


def unmark(marked):
    """The plain text, and the marks as (start, end, tag) in code points."""
    text, open_marks, found, at = [], [], [], 0
    while at < len(marked):
        c = marked[at]
        if c == "\\" and at + 1 < len(marked):
            text.append(marked[at + 1])
            at += 2
        elif c == "[":
            open_marks.append(len(text))
            at += 1
        elif c == "|" and open_marks:
            end = marked.find("]", at)
            if end < 0:
                raise Fault("a mark is not closed")
            start = open_marks.pop()
            if start == len(text):
                raise Fault("a mark without words")
            found += [(start, len(text), tag.strip()) for tag in marked[at + 1:end].split(";")]
            at = end + 1
        elif c == "]":
            raise Fault(f"a mark without tags near '{''.join(text)[-30:]}'")
        else:
            text.append(c)
            at += 1
    if open_marks:
        raise Fault("a mark is not closed")
    return "".join(text), found


def number_range(value):
    if match := re.fullmatch(r"(\d+)(\+|-(\d+))?", value):
        low = int(match[1])
        high = None if match[2] == "+" else int(match[3]) if match[3] else low
        if high is None or high >= low:
            return [low, high]
    raise Fault(f"'{value}' is no range (3, 3+, 2-5)")


def day(value):
    if not DAY.match(value):
        raise Fault(f"'{value}' is no day")
    return value


def code(value):
    if not CODE.match(value or ""):
        raise Fault(f"'{value}' is no code of three-letter parts")
    return value


def country(value):
    if value and not re.fullmatch(r"[A-Z]{2}", value):
        raise Fault(f"'{value}' is no two-letter country")
    return value


def trigger(event, start, end, value):
    kind, *flags = (value or "").split(",")
    name, _, mode = kind.partition("/")
    if name not in TYPES:
        raise Fault(f"'{name}' is no event type")
    if mode and mode not in MODES.get(name, ()):
        raise Fault(f"{name} has no mode '{mode}'")
    if "type" in event:
        raise Fault("an event with two triggers; further words are marked with +")
    event.update(type=name, mode=mode or None, trigger=[start, end], realis="actual", background=False)
    for flag in filter(None, flags):
        if flag in REALIS:
            event["realis"] = flag
        elif flag == "background":
            event["background"] = True
        elif re.fullmatch(r"S[1-9]\d*", flag):
            event["said"] = flag
        else:
            raise Fault(f"'{flag}' is neither realis, background nor a statement")


def event_part(event, part, start, end, value, text):
    words = text[start:end]
    if part in ("actor", "recipient"):
        event.setdefault(part, []).append(code(value))
        event.setdefault(part + "_spans", []).append([start, end])
    elif part == "place":
        event["place"], event["place_span"] = {"name": words, "country": country(value)}, [start, end]
    elif part == "date":
        first, _, last = (value or "").partition("..")
        event["date"] = day(first)
        if last:
            event["date_end"] = day(last)
        event["date_span"] = [start, end]
    elif part in HARM:
        key = "killed_or_wounded" if part == "harmed" else part
        event[key] = number_range(value or "")
        event.setdefault("casualty_spans", []).append([start, end])
        event.setdefault("toll_spans", {}).setdefault(part, []).append([start, end])
    else:
        event[part], event[part + "_span"] = words, [start, end]


def statement_part(said, part, start, end, value):
    if part is None:
        kind, _, named = (value or "").partition(",")
        if kind not in ("direct", "indirect", "mixed") or named not in ("named", "unnamed", ""):
            raise Fault(f"'{value}' is no kind of statement (indirect,named)")
        said.setdefault("cue", []).append([start, end])
        said.update(kind=kind, named=named != "unnamed")
    else:
        said.setdefault(part, []).append([start, end])


def talk_part(talk, part, start, end, value, text):
    if part is None:
        talk["span"] = [start, end]
    elif part in ("party", "mediator"):
        talk.setdefault({"party": "parties", "mediator": "mediators"}[part], []).append(code(value))
    elif part == "delegate":
        talk.setdefault("delegates", []).append(text[start:end])
    elif part == "issue":
        topic, _, status = (value or "").partition("/")
        if status not in STATUS or not topic:
            raise Fault(f"'{value}' is no issue (topic/status)")
        talk.setdefault("issues", []).append({"span": [start, end], "topic": topic, "status": status})
    elif part == "round":
        talk["round"] = int(value)
    elif part == "place":
        talk["place"] = text[start:end]
        country(value)
    else:
        talk[part] = day(value or "")


def read_item(marked):
    text, marks = unmark(marked)
    return text, read_marks(text, marks)


def read_marks(text, marks):
    """The layers V, S and N that marks (start, end, tag) tell of a text."""
    layers = {"V": collections.defaultdict(dict), "S": collections.defaultdict(dict), "N": collections.defaultdict(dict)}
    for start, end, tag in marks:
        match = TAG.match(tag)
        if not match:
            raise Fault(f"'{tag}' is no tag")
        letter, number, what, part, value = match.groups()
        if part and part not in PARTS[letter]:
            raise Fault(f"{letter}{number} has no part '{part}'")
        if text[start:end] != text[start:end].strip():
            raise Fault(f"'{text[start:end]}' begins or ends with white space")
        item = layers[letter][int(number)]
        if what == "+":
            if letter != "V":
                raise Fault("only events have further words")
            item.setdefault("also", []).append([start, end])
        elif letter == "V":
            event_part(item, part, start, end, value, text) if part else trigger(item, start, end, value)
        elif letter == "S":
            statement_part(item, part, start, end, value)
        else:
            talk_part(item, part, start, end, value, text)
    finish(text, layers)
    return layers


def finish(text, layers):
    for number, said in layers["S"].items():
        if "content" not in said:
            raise Fault(f"S{number} has no content")
        said.setdefault("kind", "indirect")
    for number, event in layers["V"].items():
        if "type" not in event:
            raise Fault(f"V{number} has no trigger")
        if "said" in event:
            said = layers["S"].get(int(event["said"][1:]))
            if not said:
                raise Fault(f"V{number} names {event['said']}, which is not there")
            event["source"] = " ".join(text[a:b] for a, b in said.get("speaker", [])) or None
        if event["type"] in ("CONSULT", "AGREE") and event.get("recipient"):
            raise Fault(f"V{number}: {event['type']} is a joint act; all parties are actors")
    for number, talk in layers["N"].items():
        if "span" not in talk:
            raise Fault(f"N{number} is not named by any words")


def flat(identity, published, text, layers):
    events = [{"actor": [], "recipient": [], **{k: v for k, v in event.items() if k != "said"},
               "triggers": [event["trigger"], *event.get("also", [])]} for _, event in sorted(layers["V"].items())]
    said = [{"content": s["content"], "cue": s.get("cue", []), "speaker": s.get("speaker", []), "kind": s["kind"], "named": s.get("named", True)}
            for _, s in sorted(layers["S"].items())]
    return {"id": identity, "published": published, "text": text, "events": events, "statements": said, "talks": [t for _, t in sorted(layers["N"].items())]}


def main(action, paths):
    faults, seen, totals = 0, {}, collections.Counter()
    for path in paths:
        try:
            for line, identity, published, marked in items(path):
                try:
                    day(published)
                    if identity in seen:
                        raise Fault(f"the id '{identity}' stands at {seen[identity]} already")
                    seen[identity] = f"{path}:{line}"
                    text, layers = read_item(marked)
                    if not text:
                        raise Fault("an item without text")
                except (Fault, ValueError) as why:
                    faults += 1
                    print(f"{path}:{line}: {identity}: {why}", file=sys.stderr)
                    continue
                totals.update(items=1, articles="\n\n" in text, sentences=max(1, len(re.findall(r"[.!?][\"”’)]*(?:\s|$)", text))),
                              events=len(layers["V"]), statements=len(layers["S"]), talks=len(layers["N"]))
                totals.update(e["type"] for e in layers["V"].values())
                totals.update("realis " + e["realis"] for e in layers["V"].values())
                if action == "export":
                    print(json.dumps(flat(identity, published, text, layers), ensure_ascii=False))
        except Fault as why:
            faults += 1
            print(why, file=sys.stderr)
    if action == "count":
        for name, count in sorted(totals.items()):
            print(f"{name:<24} {count}")
    elif action == "check":
        print(f"{totals['items']} items, {totals['sentences']} sentences, {totals['events']} events, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("check", "export", "count"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
