"""Label sets. Order as in include/dateline/text.h (the model file carries the names, so nothing hangs on it)."""

UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]

DEPREL = """acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj
csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat flat:foreign goeswith iobj list mark nmod nmod:desc nmod:poss
nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp""".split()

NAME_TYPES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON"]
MENTION_TYPES = ["PERSON", "ORG", "LOC", "WEAPON"]


def bio(types):
    """Labels of a BIO head: O, B-first, I-first, B-second, ..."""
    return ["O"] + [p + t for t in types for p in ("B-", "I-")]


NAMES = bio(NAME_TYPES)
MENTIONS = bio(MENTION_TYPES)

UPOS_ID = {x: i for i, x in enumerate(UPOS)}
DEPREL_ID = {x: i for i, x in enumerate(DEPREL)}
IGNORE = -100

EVENT_TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
MODES = """_ aerial heavy explosive firearm clash beating abduct torture sexual assassinate suicide territory other talks visit call military money
humanitarian asylum arrest seize deport restrict cyber prisoners intelligence economic""".split()
REALIS = "actual ongoing planned possible threatened negated denied".split()

# Heads with one label a word, besides the tags of the treebanks. "event": triggers; "mode", "realis", "background": of a word that is a
# trigger; "saying": cues and speakers; "content": what is said; "role": who acts and who is acted upon; "toll": the numbers of the dead,
# the wounded, the captured, the missing, and of dead and wounded together (HARMED). "mentions_gum" helps only in
# training (GUM's idea of a mention differs from re3d's) and is not exported.
TOKEN_HEADS = {"names": NAMES, "mentions": MENTIONS, "mentions_gum": bio(["PERSON", "ORG", "LOC"]), "event": bio(EVENT_TYPES), "mode": MODES,
               "realis": REALIS, "background": ["no", "yes"], "saying": bio(["CUE", "SPEAKER"]), "content": bio(["CONTENT"]),
               "role": bio(["ACTOR", "RECIPIENT"]), "toll": bio(["KILLED", "WOUNDED", "CAPTURED", "MISSING", "HARMED"])}
BIO_HEADS = {k: v for k, v in TOKEN_HEADS.items() if v[0] == "O"}
TRAINING_ONLY = {"mentions_gum"}

# What a word is to a trigger (pairs of words; see "arguments" in docs/model-format.md).
ARGUMENTS = ["none", "ACTOR", "RECIPIENT", "PLACE", "TIME", "WEAPON", "SITE"]
