"""prepared.py - the records of the prepared pages as a person codes them (events.tsv, talks.tsv, places.tsv), with the spans of their words."""
import html
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent


def table(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


def page(path):
    """What a page says of itself, and its text; each paragraph is one sentence."""
    source = path.read_text(encoding="utf-8")
    meta = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', source))
    paragraphs = [html.unescape(p) for p in re.findall(r"<p>(.*?)</p>", source)]
    title = html.unescape(re.search(r"<h1>(.*?)</h1>", source)[1])
    return {"url": meta["og:url"], "site": meta["og:site_name"], "title": title, "authors": [],
            "published": meta["article:published_time"][:10], "published_from": "meta", "access": "full", "encoding": "utf-8"}, paragraphs


class Coder:
    """One page's record being put together; words are found in the text, "word#2" at their second place."""

    def __init__(self, path, places):
        self.about, self.paragraphs = page(path)
        self.text = "\n\n".join(self.paragraphs)
        self.known_places = places
        self.entities, self.places, self.statements, self.events, self.talks = [], [], [], [], []
        self.sentences, at = [], 0
        for paragraph in self.paragraphs:
            self.sentences.append([at, at + len(paragraph)])
            at += len(paragraph) + 2
        self.name = path.stem

    def span(self, words, inside=None):
        words, _, nth = words.partition("#")
        start, stop = inside or (0, len(self.text))
        at = start - 1
        for _ in range(int(nth or 1)):
            at = self.text.find(words, at + 1, stop)
            if at < 0:
                raise ValueError(f"{self.name}: '{words}' is not there")
        return [at, at + len(words)]

    def sentence(self, span):
        return next(i for i, (start, stop) in enumerate(self.sentences) if start <= span[0] < stop)

    def entity(self, words, code):
        name = words.partition("#")[0]
        for one in self.entities:
            if one["name"] == name:
                return one["id"]
        self.entities.append({"id": f"E{len(self.entities) + 1}", "type": "ORG", "name": name,
                              "mentions": [{"span": self.span(words), "kind": "name"}], **({"code": code} if code else {}), "confidence": 1})
        return self.entities[-1]["id"]

    def place(self, words):
        if not words:
            return None
        span = self.span(words)
        for one in self.places:
            if one["span"] == span:
                return one["id"]
        known = self.known_places[words.partition("#")[0]]
        place = {"id": f"P{len(self.places) + 1}", "span": span, "name": known["name"]}
        if known["geonameid"]:
            place["geonameid"] = int(known["geonameid"])
        if known["id"]:
            place["gazetteer_id"] = known["id"]
        place.update(lat=float(known["lat"]), lon=float(known["lon"]), country=known["country"])
        if known["admin1"]:
            place["admin1"] = known["admin1"]
        place.update(feature=known["feature"], precision=known["precision"], confidence=1)
        self.places.append(place)
        return place["id"]

    def participants(self, cell):
        out = []
        for part in filter(None, cell.split(";")):
            words, _, code = part.partition("=")
            out.append({"span": self.span(words), "name": words.partition("#")[0], **({"code": code} if code else {}),
                        "entity": self.entity(words, code)})
        return out

    def statement(self, speaker, sentence):
        words, _, code = speaker.partition("=")
        start, stop = self.sentences[sentence]
        entity = self.entity(words, code)
        for one in self.statements:
            if one["content"][0] == [start, stop] and one["entity"] == entity:
                return one["id"]
        span = self.span(words)
        cue = re.search(r"\b(?:said|denied|warned|fear|threatened)\b", self.text[start:stop])
        self.statements.append({"id": f"S{len(self.statements) + 1}", "content": [[start, stop]],
                                "cue": [[start + cue.start(), start + cue.end()]] if cue else [], "speaker": [span], "entity": entity,
                                "named": True, "kind": "indirect", "confidence": 1})
        return self.statements[-1]["id"]

    def event(self, row):
        trigger = self.span(row["trigger"])
        sentence = self.sentence(trigger)
        if row["place"]:
            trigger_place = self.place(row["place"])
        event = {"type": row["type"], **({"mode": row["mode"]} if row["mode"] else {}), "context": [], "trigger": trigger, "sentence": sentence,
                 "actor": self.participants(row["actor"]), "recipient": self.participants(row["recipient"])}
        if row["place"]:
            event["place"] = trigger_place
        if row["date"]:
            event["date"] = row["date"]
        counts = [counted(row[harm]) for harm in ("killed", "wounded", "captured")]
        event.update({harm: count for harm, count in zip(("killed", "wounded", "captured"), counts) if count})
        if any(counts):
            event["casualty_spans"] = [trigger]
        if row["site"]:
            event["site"] = row["site"]
        event.update(realis=row["realis"], background=row["background"] == "1")
        if row["speaker"]:
            event["source"] = self.statement(row["speaker"], sentence)
        event["confidence"] = 1
        self.events.append(event)

    def talk(self, row):
        span = self.span(row["words"])
        talk = {"span": span, "sentence": self.sentence(span), "parties": row["parties"].split(";"), "delegates": [],
                "mediators": row["mediators"].split(";"), "place": self.place(row["place"]), "date": row["date"], "round": int(row["round"])}
        if row["next"]:
            talk["next"] = {"span": self.span(row["next"]), "date": row["next_date"], "place": self.place(row["next_place"])}
        talk["issues"] = []
        for issue in row["issues"].split("|"):
            words, topic, status, speaker = issue.split(":")
            at = self.span(words)
            talk["issues"].append({"span": at, "topic": topic, "status": status})
            self.statement(speaker, self.sentence(at))
        talk["confidence"] = 1
        self.talks.append(talk)

    def name_places(self):
        """All places that the text names, the longest name first."""
        taken = [place["span"] for place in self.places]
        for words in sorted(self.known_places, key=len, reverse=True):
            for n, found in enumerate(re.finditer(re.escape(words), self.text)):
                start, stop = found.span()
                if re.match(r"\w", self.text[stop:]) or any(a < stop and start < b and [start, stop] != [a, b] for a, b in taken):
                    continue
                self.place(f"{words}#{n + 1}")
                taken.append([start, stop])

    def record(self):
        events = sorted(self.events, key=lambda e: e["trigger"])
        for i, event in enumerate(events):
            event["id"] = f"V{i + 1}"
        for i, talk in enumerate(self.talks):
            talk["id"] = f"N{i + 1}"
        return {"schema": "dateline/1", "id": self.name, "engine": "hand", "model": "hand", **self.about, "text": self.text,
                "blocks": [{"span": span, "kind": "paragraph"} for span in self.sentences], "sentences": self.sentences, "entities": self.entities,
                "places": self.places, "times": [], "statements": self.statements, "events": events, "talks": self.talks}


def counted(cell):
    if not cell:
        return None
    return [int(cell[:-1]), None] if cell.endswith("+") else [int(cell), int(cell)]


def records():
    places = {row["words"]: row for row in table(HERE / "places.tsv")}
    events, talks = table(HERE / "events.tsv"), table(HERE / "talks.tsv")
    for path in sorted((HERE / "pages").glob("*.html")):
        coder = Coder(path, places)
        for row in events:
            if row["page"] == path.stem:
                coder.event(row)
        for row in talks:
            if row["page"] == path.stem:
                coder.talk(row)
        coder.name_places()
        coder.statements.sort(key=lambda s: s["content"])
        renumber(coder)
        yield coder.record()


def renumber(coder):
    """Statements stand in the order of their content; events point at them by their new number."""
    new = {s["id"]: f"S{i + 1}" for i, s in enumerate(coder.statements)}
    for statement in coder.statements:
        statement["id"] = new[statement["id"]]
    for event in coder.events:
        if "source" in event:
            event["source"] = new[event["source"]]


if __name__ == "__main__":
    for one in records():
        print(json.dumps(one, ensure_ascii=False))
