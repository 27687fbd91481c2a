"""Which blocks of a page are of its story, going by a gold text or by snippets that must or must not be in it."""
import re
from collections import Counter

TOKEN = re.compile(r"\w+")


def tokens(text):
    return TOKEN.findall(text.lower())


def from_text(texts, gold):
    """Share of each block that the gold text holds (1: all of it), and the number of its tokens.

    Blocks of five tokens and more are looked for by themselves; shorter ones only between the places in the gold text of
    the longer ones around them, since a word such as "Sport" stands everywhere."""
    words = tokens(gold)
    joined = " " + " ".join(words) + " "
    grams = set(zip(words, words[1:], words[2:], words[3:]))
    blocks = [tokens(t) for t in texts]
    share, place, cursor = [None] * len(blocks), [None] * len(blocks), 0
    for i, block in enumerate(blocks):
        if len(block) < 5:
            continue
        text = " " + " ".join(block) + " "
        at = joined.find(text, max(0, cursor - 50))
        at = joined.find(text) if at < 0 else at
        if at >= 0:
            share[i], place[i], cursor = 1.0, (at, at + len(text) - 1), max(cursor, at)
            continue
        parts = list(zip(block, block[1:], block[2:], block[3:]))
        share[i] = sum(p in grams for p in parts) / len(parts)
        if share[i] > 0.6:
            hits = (joined.find(" " + " ".join(p) + " ") for p in parts)
            at = next((h for h in hits if h >= 0), None)
            place[i] = None if at is None else (at, at)
    upto = [len(joined)] * (len(blocks) + 1)
    for i in range(len(blocks) - 1, -1, -1):
        upto[i] = place[i][0] if place[i] else upto[i + 1]
    found = [i for i in range(len(blocks)) if place[i]]
    first, last, before = (found[0] if found else None), (found[-1] if found else None), 0
    for i, block in enumerate(blocks):
        if place[i]:
            before = max(before, place[i][1])
        elif share[i] is None:
            share[i] = 0.0
            if not block or first is None or i < first - 3 or i > last + 25:
                continue
            text = " " + " ".join(block) + " "
            at = joined.find(text, max(0, before - 1), upto[i] + 1 + (len(text) if i > last else 0))
            if at >= 0:
                share[i], before = 1.0, at + len(text) - 1
    return share, [len(b) for b in blocks]


def from_snippets(texts, wanted, unwanted):
    """1 for a block with a wanted snippet, 0 for one with an unwanted, None (not learned from) for the rest."""
    def flat(text):
        return re.sub(r"\s+", " ", text).strip()
    wanted, unwanted = [flat(w) for w in wanted if w], [flat(u) for u in unwanted if u]
    share = []
    for text in map(flat, texts):
        share.append(0.0 if any(u in text for u in unwanted) else 1.0 if any(w in text for w in wanted) else None)
    return share, [len(tokens(t)) for t in texts]


def likeness(text, gold):
    """F1 of the four-word pieces of two texts, each counted as often as it stands there."""
    def pieces(words):
        return Counter(zip(words, words[1:], words[2:], words[3:]))
    mine, other = pieces(tokens(text)), pieces(tokens(gold))
    both, all_pieces = sum((mine & other).values()), sum(mine.values()) + sum(other.values())
    return 2 * both / all_pieces if all_pieces else 1.0
