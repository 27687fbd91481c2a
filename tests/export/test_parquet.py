#!/usr/bin/env python3
"""test_parquet.py DATELINE ROOT - Parquet exports against the same rows as CSV.

Read by a small reader of the subset that is written (below), which follows the format's specification and shares no code with the writer, and by pyarrow where it
is installed."""
import csv
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

DATELINE, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
BOOLEAN, INT64, DOUBLE, BYTES = 0, 2, 5, 6
KINDS = ("events", "statements", "pages", "claims", "happenings", "stories")


class Thrift:
    """The compact protocol: structs become {field: value}."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def varint(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def value(self, kind):
        if kind in (5, 6):
            n = self.varint()
            return n >> 1 ^ -(n & 1)
        if kind == 8:
            size = self.varint()
            self.at += size
            return self.data[self.at - size:self.at]
        if kind == 9:
            head = self.data[self.at]
            self.at += 1
            return [self.value(head & 15) for _ in range(self.varint() if head >> 4 == 15 else head >> 4)]
        assert kind == 12, kind
        fields, last = {}, 0
        while self.data[self.at]:
            head = self.data[self.at]
            self.at += 1
            last += head >> 4
            fields[last] = self.value(head & 15)
        self.at += 1
        return fields


def read_page(data, offset, kind):
    """A column of one group, nulls as None."""
    thrift = Thrift(data, offset)
    header = thrift.value(12)
    page = zlib.decompress(data[thrift.at:thrift.at + header[3]], 31)
    assert len(page) == header[2]
    rows, size = header[5][1], struct.unpack_from("<I", page)[0]
    run = Thrift(page, 4)
    head = run.varint()
    assert head & 1 and head >> 1 == (rows + 7) // 8
    there = [page[run.at + i // 8] >> i % 8 & 1 for i in range(rows)]
    at, out, count = 4 + size, [], 0
    for one in there:
        if not one:
            out.append(None)
            continue
        if kind == BYTES:
            size = struct.unpack_from("<I", page, at)[0]
            out.append(page[at + 4:at + 4 + size].decode())
            at += 4 + size
        elif kind == BOOLEAN:
            out.append(bool(page[at + count // 8] >> count % 8 & 1))
        else:
            out.append(struct.unpack_from("<q" if kind == INT64 else "<d", page, at)[0])
            at += 8
        count += 1
    assert at + ((count + 7) // 8 if kind == BOOLEAN else 0) == len(page)
    return out


def read_table(data):
    assert data[:4] == data[-4:] == b"PAR1"
    footer = Thrift(data, len(data) - 8 - struct.unpack("<I", data[-8:-4])[0]).value(12)
    columns = footer[2][1:]
    assert footer[2][0][5] == len(columns)
    table = {c[4].decode(): [] for c in columns}
    for group in footer[4]:
        for column, chunk in zip(columns, group[1]):
            assert chunk[3][3] == [column[4]] and chunk[3][5] == group[3]
            table[column[4].decode()] += read_page(data, chunk[3][9], column[1])
    assert all(len(cells) == footer[3] for cells in table.values())
    return table


def as_text(value):
    """As CSV writes it, but for the apostrophe before formulas."""
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def same(value, cell):
    if isinstance(value, float):
        return cell != "" and value == float(cell)
    return as_text(value) in (cell, cell[1:] if cell[:1] == "'" else cell)


def run(*words, **more):
    done = subprocess.run([DATELINE, *map(str, words)], capture_output=True, check=True, **more)
    return done.stdout


class Parquet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = pathlib.Path(cls.folder.name) / "s"
        pages = run("extract", "--model", "fast", *sorted((ROOT / "examples").glob("*.html")))
        odd = json.loads(pages.splitlines()[0])
        odd.update(id="odd", title="=1+1", url=None)
        run("add", "--store", cls.store, "-", input=pages + json.dumps(odd).encode() + b"\n")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def export(self, what, form, *more):
        return run("export", "--store", self.store, "--what", what, "--format", form, *more)

    def assert_same(self, table, lines, what):
        self.assertEqual(list(table), list(lines[0]), what)
        for name, cells in table.items():
            self.assertEqual(len(cells), len(lines))
            for value, line in zip(cells, lines):
                self.assertTrue(same(value, line[name]), f"{what}.{name}: {value!r} is not {line[name]!r}")

    def test_every_cell_is_that_of_the_csv(self):
        for what in KINDS:
            lines = list(csv.DictReader(io.StringIO(self.export(what, "csv").decode(), newline="")))
            table = read_table(self.export(what, "parquet"))
            self.assertGreater(len(lines), 8)
            self.assert_same(table, lines, what)

    def test_columns_have_types(self):
        table = read_table(self.export("events", "parquet"))
        kinds = {name: {type(v) for v in cells if v is not None} for name, cells in table.items()}
        self.assertEqual((kinds["killed_min"], kinds["lat"], kinds["background"], kinds["date"]), ({int}, {float}, {bool}, {str}))

    def test_a_formula_stays_as_it_is(self):
        self.assertIn("=1+1", read_table(self.export("pages", "parquet"))["title"])

    def test_an_export_that_finds_nothing_is_a_table_without_rows(self):
        table = read_table(self.export("events", "parquet", "--since", "2099-01-01"))
        self.assertEqual({len(cells) for cells in table.values()}, {0})

    def test_the_same_store_gives_the_same_bytes(self):
        self.assertEqual(self.export("claims", "parquet"), self.export("claims", "parquet"))

    def test_pyarrow_reads_the_same(self):
        try:
            import pyarrow.parquet as pq
        except ImportError:
            self.skipTest("pyarrow is not installed")
        for what in KINDS:
            data = self.export(what, "parquet")
            self.assertEqual(pq.read_table(io.BytesIO(data)).to_pydict(), read_table(data))

    def test_every_cell_of_a_layout_is_that_of_its_csv(self):
        kinds = {}
        for layout in ("ucdp-ged", "gdelt", "polecat", "acled"):
            lines = list(csv.DictReader(io.StringIO(self.export("events", "csv", "--layout", layout).decode(), newline="")))
            table = read_table(self.export("events", "parquet", "--layout", layout))
            self.assert_same(table, lines, layout)
            kinds[layout] = {name: {type(v) for v in cells if v is not None} for name, cells in table.items()}
        self.assertEqual((kinds["ucdp-ged"]["best"], kinds["acled"]["iso"], kinds["gdelt"]["SQLDATE"], kinds["polecat"]["Latitude"]), ({int}, {int}, {int}, {float}))
        self.assertEqual(kinds["gdelt"]["EventRootCode"], {str})  # "04" is no number


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
