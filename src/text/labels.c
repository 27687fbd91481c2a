/* labels.c - names of tags, relations and name types, in the order of their enums. */
#include "dateline/text.h"

const char *dl_upos_name(dl_upos upos)
{
    static const char *const names[] = {"_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                        "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};
    return (unsigned)upos < sizeof names / sizeof *names ? names[upos] : "_";
}

const char *dl_deprel_name(dl_deprel relation)
{
    static const char *const names[DL_DEP_COUNT] = {
        "_", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
        "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "dep",
        "det", "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "flat:foreign", "goeswith", "iobj",
        "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass",
        "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "root",
        "vocative", "xcomp"};
    return (unsigned)relation < DL_DEP_COUNT ? names[relation] : "_";
}

const char *dl_name_type_name(dl_name_type type)
{
    static const char *const names[] = {"", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON"};
    return (unsigned)type < sizeof names / sizeof *names ? names[type] : "";
}
