#!/usr/bin/env python3
"""make_web_countries.py ROOT [check] - writes web/js/countries.js, the page's names of countries, from data/names/countries.tsv; or says that it is not in step."""
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
codes = {}
for line in (root / "data/names/countries.tsv").read_text(encoding="utf-8").splitlines()[1:]:
    cells = line.split("\t")
    if not line.startswith("#") and len(cells) >= 5 and cells[1] == "name":
        codes.setdefault(cells[2], (cells[3], cells[4]))
rows = "".join(f'    {iso3}: ["{iso2}", "{name}"],\n' for iso3, (iso2, name) in sorted(codes.items()))
text = f"// countries.js - ISO 3166-1: alpha-3 code, alpha-2 code, name. Made by tools/make_web_countries.py from data/names/countries.tsv.\nexport const COUNTRIES = {{\n{rows}}};\n"
path = root / "web/js/countries.js"
if sys.argv[2:] == ["check"]:
    if path.read_text(encoding="utf-8") != text:
        sys.exit("web/js/countries.js is not what tools/make_web_countries.py makes of data/names/countries.tsv")
else:
    path.write_text(text, encoding="utf-8")
