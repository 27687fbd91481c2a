#!/usr/bin/env python3
"""make_lemma_list.py DICT > data/syntax/lemmas.tsv - single lower-case words that are base forms, from the index files of a WordNet
database (the folder that holds index.verb, index.noun, index.adj, index.adv).

All verbs; of the others those that have two senses or more, occur in the tagged texts, or are verbs, too: rare words gain nothing here."""
import collections
import pathlib
import re
import sys

PARTS = (("verb", "v"), ("noun", "n"), ("adj", "a"), ("adv", "r"))


def entries(path):
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        pointers = int(fields[3])
        yield fields[0], int(fields[2]), int(fields[5 + pointers])  # word, senses, senses tagged in texts


def main():
    tags = collections.defaultdict(str)
    for part, letter in PARTS:
        for word, senses, tagged in entries(pathlib.Path(sys.argv[1]) / f"index.{part}"):
            if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word) and len(word) > 1 and (letter == "v" or senses > 1 or tagged or word in tags):
                tags[word] += letter
    print("# Made by tools/make_lemma_list.py from WordNet 3.1; see README.md.")
    print("word\ttags")
    for word in sorted(tags):
        print(f"{word}\t{tags[word]}")


main()
