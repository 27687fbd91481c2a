"""Lemmas as edit scripts, written as in docs/model-format.md.

"l-3+y": C-N+S, where C is l (all lower), k (keep case) or t (first letter upper, the rest lower), N code points come off the end
and S is added. "=be" is the lemma itself."""


def _cased(form, rule):
    if rule == "l":
        return form.lower()
    if rule == "t":
        return form[:1].upper() + form[1:].lower()
    return form


def script(form, lemma):
    """The shortest script that turns `form` into `lemma`; ties go to lower, keep, title. Nothing in common: the lemma itself."""
    best = None
    for rule in "lkt":
        base = _cased(form, rule)
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        cost = len(base) - common + len(lemma) - common
        if best is None or cost < best[0]:
            best = (cost, common, "%s-%d+%s" % (rule, len(base) - common, lemma[common:]))
    return best[2] if best[1] else "=" + lemma


def apply(form, text):
    """The lemma; a script never takes off the first code point."""
    if text[0] == "=":
        return text[1:]
    cut, add = text[2:].split("+", 1)
    base = _cased(form, text[0])
    return base[: max(1, len(base) - int(cut))] + add
