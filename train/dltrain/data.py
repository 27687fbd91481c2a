"""Reads the corpora into one form.

A sentence is a dict: "source", "words" and, each where the corpus has it, "upos" "feats" "lemma" "head" "deprel" (lists over words;
head 0 = root, else 1-based) and any of labels.TOKEN_HEADS (bit masks over the head's labels: those that the gold allows; 0 = not known)."""
import gzip
import json
import pathlib
import subprocess
import sys

from . import places, tokenise, toll
from .labels import ARGUMENTS, DEPREL_ID, EVENT_TYPES, MENTIONS, MODES, NAMES, REALIS, TOKEN_HEADS

CORPUS_TOOL = pathlib.Path(__file__).parents[2] / "tools" / "corpus" / "corpus.py"
ANY_NAME, ANY_MENTION = (1 << len(NAMES)) - 1, (1 << len(MENTIONS)) - 1

# GUM documents that may train weights, by genre and by the place they come from (CC BY or public domain).
GUM_GENRES = {"news", "interview", "bio", "voyage", "textbook", "speech", "court", "academic"}
GUM_NOT_FROM = ("libretexts", "wikihow", "phoenix", "youtube")


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")


def conllu(path):
    """Yields (document, [columns of each syntactic word], comments)."""
    doc, meta, rows = None, {}, []
    with open_text(path) as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
                meta = {}
            elif line.startswith("# meta::") and "=" in line:
                key, value = line[8:].split("=", 1)
                meta[key.strip()] = value.strip()
            elif line and line[0].isdigit():
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                yield doc, meta, rows
                rows = []
    if rows:
        yield doc, meta, rows


def tree(source, rows):
    return {"source": source, "words": [c[1] for c in rows], "upos": [c[3] for c in rows], "feats": [c[5] for c in rows],
            "lemma": [c[2] for c in rows], "head": [int(c[6]) for c in rows],
            "deprel": [c[7] if c[7] in DEPREL_ID else c[7].split(":")[0] for c in rows]}


def gum_may_train(doc, meta):
    genre = doc.split("_")[1]
    return genre in GUM_GENRES and not any(x in meta.get("sourceURL", "") for x in GUM_NOT_FROM)


def treebanks(folder):
    for _, _, rows in conllu(folder / "en_ewt-ud-train.conllu.gz"):
        yield tree("ewt", rows)
    for doc, meta, rows in conllu(folder / "en_gum-ud-train.conllu.gz"):
        if gum_may_train(doc, meta):
            s = tree("gum", rows)
            s["mentions_gum"] = gum_mentions(rows)
            yield s


_GUM_TYPE = {"person": "PERSON", "organization": "ORG", "place": "LOC"}


def gum_mentions(rows):
    """Bit masks of the mentions head: GUM's outermost person, organisation and place mentions, cut down to their own noun
    phrase (without relative clauses and what follows a comma), the extent that re3d marks."""
    open_, spans = [], []
    for i, columns in enumerate(rows):
        entity = next((x[7:] for x in columns[9].split("|") if x.startswith("Entity=")), "")
        at = 0
        while at < len(entity):
            if entity[at] == "(":
                end = at + 1
                while end < len(entity) and entity[end] not in "()":
                    end += 1
                parts = entity[at + 1:end].split("-")
                open_.append((i, parts))
                at = end
                if at < len(entity) and entity[at] == ")":
                    spans.append((*open_.pop(), i))
                    at += 1
            else:
                end = at
                while end < len(entity) and entity[end] not in "()":
                    end += 1
                key = entity[at:end].split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][1][0] == key or not key:
                        spans.append((*open_.pop(k), i))
                        break
                at = end + 1 if end < len(entity) and entity[end] == ")" else max(end, at + 1)
    masks, taken = [1] * len(rows), [False] * len(rows)
    for first, parts, last in sorted(spans, key=lambda s: s[0] - s[2]):
        kind = _GUM_TYPE.get(parts[1] if len(parts) > 1 else "")
        if not kind or any(taken[first:last + 1]):
            continue
        inside = set(range(first + 1, last + 2))
        heads = [i for i in range(first, last + 1) if int(rows[i][6]) not in inside]
        if len(heads) != 1 or rows[heads[0]][3] == "PRON":
            continue
        end = heads[0]
        while end < last and rows[end + 1][7].split(":")[0] in ("flat", "compound", "nmod", "case", "det", "amod", "punct") \
                and rows[end + 1][1] not in (",", "(", "-") and rows[end + 1][7] != "acl:relcl":
            end += 1
        while end > heads[0] and rows[end][3] in ("ADP", "PUNCT", "DET", "ADJ"):
            end -= 1
        mark(masks, first, end, [kind], TOKEN_HEADS["mentions_gum"])
        for i in range(first, end + 1):
            taken[i] = True
    return masks


def mark(masks, first, last, kinds, labels):
    for i in range(first, last + 1):
        masks[i] = sum(1 << labels.index(("B-" if i == first else "I-") + k) for k in kinds)


# How each corpus's types map to ours; a list of several leaves the choice open, "O" among them too.
WWN = {"PERSON": ["PERSON"], "ORG": ["ORG"], "LOC": ["GPE", "LOC"], "FAC": ["FAC"], "NORP": ["NORP"], "PRODUCT": ["O", "WEAPON"], "MISC": ["O", "WEAPON"]}
CROSSNER = {"PERSON": ["PERSON"], "POLITICIAN": ["PERSON"], "POLITICALPARTY": ["ORG"], "ORG": ["ORG"], "GPE": ["GPE"], "LOC": ["LOC", "FAC", "GPE"], "MISC": ["O", "NORP", "WEAPON"]}
WIKIGOLD = {"PERSON": ["PERSON"], "ORG": ["ORG"], "LOC": ["GPE", "LOC", "FAC"], "MISC": ["O", "NORP", "WEAPON"]}
RE3D = {"PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "WEAPON": "WEAPON", "MILITARYPLATFORM": "WEAPON", "VEHICLE": "WEAPON"}


def ndjson(path):
    with open_text(path) as f:
        for line in f:
            yield json.loads(line)


class Splitter:
    """Sentences and words of running text: by the dateline command, as at run time, or by tokenise.py where there is none."""

    def __init__(self, command=None):
        self.command, self.known = command, {}

    def learn(self, records):
        """Has the command split the texts of many records at once; gives the records back."""
        records = list(records)
        if self.command:
            lines = "".join(json.dumps({"id": str(i), "text": r["text"]}) + "\n" for i, r in enumerate(records))
            done = subprocess.run([self.command, "extract", "--format", "ndjson", "--input", "ndjson", "--layers", "sentences,tokens", "-"],
                                  input=lines, capture_output=True, text=True, check=True)
            for r, line in zip(records, done.stdout.splitlines(), strict=True):
                self.known[r["text"]] = self._sentences(json.loads(line))
        return records

    @staticmethod
    def _sentences(split):
        words = [tuple(t["span"]) for t in split["tokens"]]
        out, at = [], 0
        for start, end in split["sentences"]:
            first = at
            while at < len(words) and words[at][1] <= end:
                at += 1
            out.append(words[first:at])
        return [s for s in out if s]

    def words(self, text):
        """-> the (start, end) code-point offsets of the words of each sentence."""
        if text in self.known:
            return self.known[text]
        return [w for w in (tokenise.words(text[a:b], a) for a, b in tokenise.sentences(text)) if w]


def covered(words, span):
    """First and last word of a span, or None where it shares no word."""
    hit = [i for i, (a, b) in enumerate(words) if a < span[1] and b > span[0]]
    return (hit[0], hit[-1]) if hit else None


def named(source, record, table, splitter):
    text = record["text"]
    for words in splitter.words(text):
        masks = [1] * len(words)
        for e in record["entities"]:
            kinds = table.get(e["type"])
            at = covered(words, e["span"])
            if not kinds or not at:
                continue
            name = text[e["span"][0]:e["span"][1]]
            if "GPE" in kinds and "LOC" in kinds:
                sure = places.kind(name)
                kinds = [sure] if sure else kinds
            real = [k for k in kinds if k != "O"]
            mark(masks, at[0], at[1], real, NAMES)
            if "O" in kinds:
                for i in range(at[0], at[1] + 1):
                    masks[i] |= 1
        yield {"source": source, "words": [text[a:b] for a, b in words], "names": masks}


def re3d_document(record, splitter):
    """Sentences with "mentions" as annotated and "names" only where a weapon or plain text makes them sure."""
    text, out = record["text"], []
    for words in splitter.words(text):
        names, mentions = [1] * len(words), [1] * len(words)
        for e in record["entities_low_confidence"]:
            at = covered(words, e["span"])
            for i in range(at[0], at[1] + 1) if at else ():
                names[i] = ANY_NAME
        for e in record["entities"]:
            kind, at = RE3D.get(e["type"]), covered(words, e["span"])
            if not at:
                continue
            for i in range(at[0], at[1] + 1):
                names[i] = ANY_NAME
            if kind:
                mark(mentions, at[0], at[1], [kind], MENTIONS)
        out.append({"source": "re3d", "doc": record["id"], "words": [text[a:b] for a, b in words], "names": names, "mentions": mentions})
    return out


def re3d_fold(doc_id, folds=5):
    return int(doc_id[-6:], 16) % folds


def names_corpora(folder, splitter, without_re3d_fold=None):
    for r in splitter.learn(ndjson(folder / "wwn-train.ndjson.gz")):
        yield from named("wwn", r, WWN, splitter)
    for part in ("train", "dev"):
        for r in splitter.learn(ndjson(folder / ("crossner_politics-%s.ndjson.gz" % part))):
            yield from named("crossner", r, CROSSNER, splitter)
    for r in splitter.learn(ndjson(folder / "wikigold-train.ndjson.gz")):
        yield from named("wikigold", r, WIKIGOLD, splitter)
    for r in splitter.learn(ndjson(folder / "re3d-train.ndjson.gz")):
        if "BBC" not in r["source"] and (without_re3d_fold is None or re3d_fold(r["id"]) != without_re3d_fold):
            yield from re3d_document(r, splitter)


def items(folder, splitter):
    """News items coded whole (gold/train_items): triggers and what they are, sayings, roles, tolls; and the names that the coding implies."""
    coded = {r["id"]: r for r in ndjson(folder / "train_items_annotation.ndjson")}
    for r in splitter.learn(ndjson(folder / "train_items_gold.ndjson")):
        text = r["text"]
        events = []
        for e, more in zip(r["events"], coded[r["id"]]["events"], strict=True):
            phrases = {"PLACE": [more.get("place")], "TIME": [more.get("date_basis")], "WEAPON": [e.get("weapon")], "SITE": [e.get("site")],
                       "RECIPIENT": e.get("recipient_text") or [], "ACTOR": e.get("actor_text") or []}
            arguments = {role: [list(found(text, p)) for p in some if p] for role, some in phrases.items()}
            events.append({**e, "arguments": arguments, "toll": toll.of_text(text, more)})
        names = [(span, ["GPE"]) for p in r["place_names"] if p["what"] in ("country", "city") for span in found(text, p["text"])]
        for words in splitter.words(text):
            yield coded_sentence("items", text, words, events, r["statements"], names)


def corpus(paths, splitter):
    """Our own corpus (data/corpus): the same, with every span marked."""
    yield from marked("corpus", [CORPUS_TOOL, "export", *paths], splitter)


def articles(annotations, folder, splitter):
    """News articles coded whole (train/annotations), whose texts are in the sets of `folder`; read like the corpus."""
    yield from marked("articles", [CORPUS_TOOL.with_name("standoff.py"), "export", "--texts", folder, *annotations], splitter)


def marked(source, command, splitter):
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=True)
    for r in splitter.learn(map(json.loads, done.stdout.splitlines())):
        events = []
        for e in r["events"]:
            one = {role: [[e[key]]] for role, key in (("PLACE", "place_span"), ("TIME", "date_span"), ("WEAPON", "weapon_span"), ("SITE", "site_span")) if key in e}
            arguments = {**one, "RECIPIENT": [[x] for x in e.get("recipient_spans", ())], "ACTOR": [[x] for x in e.get("actor_spans", ())]}
            events.append({**e, "arguments": arguments, "toll": list(toll.of_spans(r["text"], e))})
        names = [(e["place_span"], ["GPE", "LOC", "FAC"]) for e in r["events"] if "place_span" in e and r["text"][e["place_span"][0]].isupper()]
        for words in splitter.words(r["text"]):
            yield coded_sentence(source, r["text"], words, events, r["statements"], names)


def arguments(event, words, trigger):
    """Labels of the sentence's words as arguments of a trigger; of several places a phrase stands at, the one nearest to the trigger counts."""
    out = [0] * len(words)
    for role, phrases in event["arguments"].items():
        for spans in phrases:
            spots = [at for at in (covered(words, span) for span in spans) if at]
            if spots:
                a, b = min(spots, key=lambda at: abs(at[0] - trigger))
                out[a: b + 1] = [ARGUMENTS.index(role)] * (b + 1 - a)
    return out


def coded_sentence(source, text, words, events, statements, names):
    """One sentence with all that events, statements and names ((span, types) pairs) say of its words."""
    n = len(words)
    s = {"source": source, "words": [text[a:b] for a, b in words], "names": [0] * n,
         **{k: [1] * n for k in ("event", "saying", "content", "role", "toll")}, **{k: [0] * n for k in ("mode", "realis", "background")}, "arguments": []}

    def put(head, span, kinds):
        at = covered(words, span) if span else None
        if at:
            mark(s[head], *at, kinds, TOKEN_HEADS[head])
        return at

    for e in events:
        for kind in ("RECIPIENT", "ACTOR"):
            for span in (x for spans in e["arguments"].get(kind, ()) for x in spans):
                put("role", span, [kind])
        for span in (x for spans in e["arguments"].get("WEAPON", ()) for x in spans):
            put("names", span, ["WEAPON"])
        for span, kind in e["toll"]:
            put("toll", span, [kind] if kind else [])  # without a kind: not known
        for span in e["triggers"] or [e["trigger"]]:
            at = put("event", span, [e["type"]])
            for i in range(at[0], at[1] + 1) if at else ():
                s["mode"][i] = 1 << MODES.index(e["mode"] or "_")
                s["realis"][i] = 1 << REALIS.index(e["realis"] or "actual")
                s["background"][i] = 2 if e.get("background") else 1
            if at:
                s["arguments"].append((at[1], arguments(e, words, at[1])))
    for x in statements:
        for head, kind in (("speaker", "SPEAKER"), ("cue", "CUE")):
            for span in x[head]:
                put("saying", span, [kind])
        for span in x["content"]:
            put("content", span, ["CONTENT"])
    for span, kinds in names:
        put("names", span, kinds)
    return s


def found(text, name):
    """Where `name` stands as whole words."""
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            yield at, end
        at = text.find(name, end)


_GPE = 1 << NAMES.index("B-GPE"), 1 << NAMES.index("I-GPE")


def moved(s, rng):
    """The sentence with one of its countries, regions or cities put in place of another, so that names all over the world are met."""
    begins = [i for i, m in enumerate(s["names"]) if m == _GPE[0]]
    if not begins or 0 in s["names"]:
        return s
    first = rng.choice(begins)
    last = first
    while last + 1 < len(s["names"]) and s["names"][last + 1] == _GPE[1]:
        last += 1
    new = rng.choice(places.examples())
    if len(new) + len(s["words"]) > 90:
        return s
    out = {}
    for key, v in s.items():
        if key == "words":
            out[key] = v[:first] + new + v[last + 1:]
        elif key == "names":
            out[key] = v[:first] + [_GPE[0]] + [_GPE[1]] * (len(new) - 1) + v[last + 1:]
        elif key in TOKEN_HEADS:
            out[key] = v[:first] + [v[first]] + [v[last] if last > first else 0] * (len(new) - 1) + v[last + 1:]
        else:
            out[key] = v
    return out


# Surface changes that news makes and treebanks lack.
def vary(s, rng):
    """The sentence, at times lower-cased, in capitals, headline-cased, without its final mark, or with another place in it."""
    if "names" in s and "head" not in s and rng.random() < 0.25:
        s = moved(s, rng)
    draw = rng.random()
    words = s["words"]
    if draw < 0.04:
        return {**s, "words": [w.lower() for w in words]}
    if draw < 0.06:
        return {**s, "words": [w.upper() for w in words]}
    if draw < 0.08:
        return {**s, "words": [w[:1].upper() + w[1:] for w in words]}
    if draw < 0.13 and len(words) > 3 and words[-1] in (".", "!", "?") and ("head" not in s or len(words) not in s["head"]):
        if not s.get("arguments"):
            return {k: v[:-1] if isinstance(v, list) else v for k, v in s.items()}
    return s


def inventory(sentences, key, least):
    count = {}
    for s in sentences:
        for x in s.get(key) or ():
            count[x] = count.get(x, 0) + 1
    return [x for x, n in sorted(count.items(), key=lambda p: (-p[1], p[0])) if n >= least]


def batches(sentences, size, rng, cost):
    """Groups of sentence indices of near length, each of at most `size` cost, in random order."""
    order = sorted(range(len(sentences)), key=lambda i: (cost(i) + rng.random() * 4))
    out, group, longest = [], [], 0
    for i in order:
        longest_now = max(longest, cost(i))
        if group and longest_now * (len(group) + 1) > size:
            out.append(group)
            group, longest_now = [], cost(i)
        group.append(i)
        longest = longest_now
    if group:
        out.append(group)
    rng.shuffle(out)
    return out
