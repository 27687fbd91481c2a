#!/usr/bin/env python3
"""background.py NEWS.ndjson... > data/stories/background.tsv - in how many of a million news items each word is.

Words are folded as src/stories/words.c does; those of fewer than three items are left out."""
import collections
import json
import re
import sys
import unicodedata

LEAST = 3
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,]*")


def fold(text):
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def word(token):
    if token[0].isdigit():
        return token.replace(",", "")
    if len(token) > 2 and token.endswith("'s"):
        token = token[:-2]
    return token[:-1] if len(token) > 4 and token.endswith("s") and token[-2] != "s" else token


counts, items = collections.Counter(), 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        for line in f:
            items += 1
            counts.update({word(t) for t in WORD.findall(fold(json.loads(line)["text"]))})
print("key\tshare")
for key, count in sorted(counts.items()):
    if count >= LEAST and key.isascii():
        print(f"{key}\t{round(count * 1e6 / items)}")
