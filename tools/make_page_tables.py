#!/usr/bin/env python3
"""Writes the two lookup tables of the page room, src/page/tag_table.h and src/page/entity_table.h.

The named character references are those of the WHATWG HTML standard, as Python's html.entities.html5 lists them; the
tags are those of src/page/tags.h. Both tables are perfect hashes, searched for here so that a lookup in C is one
multiplication, one slot and one comparison. Output depends on nothing but the two lists.

Usage: tools/make_page_tables.py [--check] [REPOSITORY]      --check writes nothing; exit 1 if a table is out of date
"""
import argparse
import html.entities
import pathlib
import re
import sys

PAGE_SIZE = 4096
MASK64 = (1 << 64) - 1
NOTE = "/* Written by tools/make_page_tables.py; do not edit. */\n"


def rows(values, width=108):
    """C initialisers broken into lines."""
    lines, line = [], "   "
    for value in values:
        item = f" {value},"
        if len(line) + len(item) > width:
            lines.append(line)
            line = "   "
        line += item
    return "\n".join(lines + [line])


def pack(name):
    """The first eight bytes, low byte first, each with bit 5 set: the key of a tag."""
    word = 0
    for place, byte in enumerate(name.encode()[:8]):
        word |= (byte | 0x20) << (8 * place)
    return word


def multiplier(words, bits):
    """An odd 64-bit factor whose top `bits` of the product differ for all words."""
    state = 0x9E3779B97F4A7C15
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK64
        factor = state | 1
        if len({(word * factor & MASK64) >> (64 - bits) for word in words}) == len(words):
            return factor


def tag_table(header):
    body = re.search(r"DL_TAG_UNKNOWN,.*?\n(.*?)DL_TAG_COUNT", header, re.S).group(1)
    names = [name.lower() for name in re.findall(r"DL_TAG_(\w+),", body)]
    bits = 11
    factor = multiplier([pack(name) for name in names], bits)
    slots = ["0"] * (1 << bits)
    for name in names:
        slots[(pack(name) * factor & MASK64) >> (64 - bits)] = f"{names.index(name) + 2}"
    return (f"{NOTE}enum {{ TAG_BITS = {bits} }};\n#define TAG_FACTOR UINT64_C({factor:#x})\n\n"
            f"/* Slot of a packed name: its dl_tag, or 0. */\n"
            f"static const uint8_t tag_slots[1 << TAG_BITS] = {{\n{rows(slots)}\n}};\n\n"
            f"/* The packed name of each dl_tag. */\n"
            f"static const uint64_t tag_words[] = {{\n{rows(['0', '0'] + [f'{pack(name):#x}' for name in names])}\n}};\n")


def entity_hash(name, seed):
    value = 2166136261 ^ seed
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return (value ^ value >> 15) & 0xFFFFFFFF


def displace(names, bucket_count):
    """Hash and displace (Belazzougui, Botelho, Dietzfelbinger 2009): a seed for each bucket, a slot for each name."""
    buckets = [[] for _ in range(bucket_count)]
    for name in names:
        buckets[entity_hash(name, 0) % bucket_count].append(name)
    slots, seeds = [None] * len(names), [0] * bucket_count
    for number in sorted(range(bucket_count), key=lambda n: (-len(buckets[n]), n)):
        seed = 1
        while buckets[number]:
            places = [entity_hash(name, seed) % len(names) for name in buckets[number]]
            if len(set(places)) == len(places) and all(slots[place] is None for place in places):
                break
            seed += 1
        seeds[number] = seed
        for name in buckets[number]:
            slots[entity_hash(name, seed) % len(names)] = name
    return slots, seeds


def entity_table():
    entities = html.entities.html5
    slots, seeds = displace(sorted(entities), 600)
    pages, records = [""], []
    for name in slots:
        if len(pages[-1]) + len(name) > PAGE_SIZE - 1:
            pages.append("")
        points = [ord(char) for char in entities[name]] + [0]
        place = (len(pages) - 1) * PAGE_SIZE + len(pages[-1])
        records.append(f"{{{place}, {len(name)}, {points[1]:#x}, {points[0]:#x}}}")
        pages[-1] += name
    pieces = ",\n".join("\n".join(f'    "{page[at:at + 100]}"' for at in range(0, len(page), 100)) for page in pages)
    longest_bare = max(len(name) for name in entities if not name.endswith(";"))
    return (f"{NOTE}enum {{ ENTITY_COUNT = {len(slots)}, ENTITY_BUCKETS = {len(seeds)}, "
            f"ENTITY_LONGEST = {max(map(len, entities))},\n       ENTITY_LONGEST_BARE = {longest_bare}, "
            f"ENTITY_PAGE = {PAGE_SIZE} }};\n\n"
            f"/* Names one after the other, in pieces as long as ISO C lets a string be; those without ';' may be written so. */\n"
            f"static const char *const entity_names[] = {{\n{pieces}}};\n\n"
            f"static const uint16_t entity_seeds[ENTITY_BUCKETS] = {{\n{rows(seeds)}\n}};\n\n"
            f"static const struct {{\n    uint16_t name;\n    uint8_t len;\n    uint16_t second; /* 0: none */\n"
            f"    uint32_t first;\n}} entity_slots[ENTITY_COUNT] = {{\n{rows(records)}\n}};\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path("."))
    options = parser.parse_args()
    page = options.root / "src" / "page"
    tables = {page / "tag_table.h": tag_table((page / "tags.h").read_text()), page / "entity_table.h": entity_table()}
    stale = [path for path, text in tables.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if options.check:
            print(f"{path} is out of date: run tools/make_page_tables.py")
        else:
            path.write_text(tables[path])
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
