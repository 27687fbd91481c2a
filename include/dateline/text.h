/* text.h - sentences and tokens, with their place in the text and in the syntax tree.
 *
 * Tokens are syntactic words after Universal Dependencies ("don't" = "do" + "n't"). The text room finds
 * them; the syntax room fills tag, lemma, head and relation. */
#ifndef DATELINE_TEXT_H
#define DATELINE_TEXT_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Universal part-of-speech tags (universaldependencies.org/u/pos). */
typedef enum dl_upos {
    DL_UPOS_NONE, DL_ADJ, DL_ADP, DL_ADV, DL_AUX, DL_CCONJ, DL_DET, DL_INTJ, DL_NOUN, DL_NUM, DL_PART, DL_PRON,
    DL_PROPN, DL_PUNCT, DL_SCONJ, DL_SYM, DL_VERB, DL_X
} dl_upos;

/* Universal dependency relations (universaldependencies.org/u/dep) with the subtypes of English. */
typedef enum dl_deprel {
    DL_DEP_NONE, DL_DEP_ACL, DL_DEP_ACL_RELCL, DL_DEP_ADVCL, DL_DEP_ADVCL_RELCL, DL_DEP_ADVMOD, DL_DEP_AMOD,
    DL_DEP_APPOS, DL_DEP_AUX, DL_DEP_AUX_PASS, DL_DEP_CASE, DL_DEP_CC, DL_DEP_CC_PRECONJ, DL_DEP_CCOMP,
    DL_DEP_COMPOUND, DL_DEP_COMPOUND_PRT, DL_DEP_CONJ, DL_DEP_COP, DL_DEP_CSUBJ, DL_DEP_CSUBJ_OUTER,
    DL_DEP_CSUBJ_PASS, DL_DEP_DEP, DL_DEP_DET, DL_DEP_DET_PREDET, DL_DEP_DISCOURSE, DL_DEP_DISLOCATED,
    DL_DEP_EXPL, DL_DEP_FIXED, DL_DEP_FLAT, DL_DEP_FLAT_FOREIGN, DL_DEP_GOESWITH, DL_DEP_IOBJ, DL_DEP_LIST,
    DL_DEP_MARK, DL_DEP_NMOD, DL_DEP_NMOD_DESC, DL_DEP_NMOD_POSS, DL_DEP_NMOD_UNMARKED, DL_DEP_NSUBJ,
    DL_DEP_NSUBJ_OUTER, DL_DEP_NSUBJ_PASS, DL_DEP_NUMMOD, DL_DEP_OBJ, DL_DEP_OBL, DL_DEP_OBL_AGENT,
    DL_DEP_OBL_UNMARKED, DL_DEP_ORPHAN, DL_DEP_PARATAXIS, DL_DEP_PUNCT, DL_DEP_REPARANDUM, DL_DEP_ROOT,
    DL_DEP_VOCATIVE, DL_DEP_XCOMP, DL_DEP_COUNT
} dl_deprel;

/* Kinds of names; also the kinds of entities in the record. */
typedef enum dl_name_type {
    DL_NAME_NONE, DL_NAME_PERSON, DL_NAME_ORG, DL_NAME_GPE, DL_NAME_LOC, DL_NAME_FAC, DL_NAME_NORP, DL_NAME_WEAPON
} dl_name_type;

enum {
    DL_TOKEN_SPACE_AFTER = 1, /* white space or the end follows */
    DL_TOKEN_JOINED = 2,      /* written together with the token before it, as one multiword token */
    DL_TOKEN_NAME_BEGIN = 4,  /* first word of the name that `name` tells the type of */
    DL_TOKEN_QUOTED = 8       /* inside quotation marks, as far as the text room can tell */
};

typedef struct dl_token {
    dl_span span;
    dl_str norm;       /* key for word lists: lower case, accents off, plain apostrophes */
    dl_str lemma;      /* ptr NULL until syntax has run */
    dl_str feats;      /* UD features "Number=Plur|..."; ptr NULL where unknown */
    uint32_t sentence; /* index */
    uint32_t head;     /* index of the token this one depends on, DL_NONE for a root */
    uint8_t upos, deprel, name, flags; /* dl_upos, dl_deprel, dl_name_type of the name it is part of, DL_TOKEN_* */
    float name_score;  /* probability of `name`, 0 where no model spoke */
    uint32_t child, sibling; /* first dependent, next dependent of the same head; DL_NONE: none */
    uint32_t left, right;    /* first and last token of what depends on this one, itself included */
} dl_token;

typedef struct dl_sentence {
    dl_span span;
    uint32_t first, count; /* tokens */
    uint32_t block;        /* index of the story's block */
} dl_sentence;

typedef struct dl_text {
    dl_str text;
    dl_token *tokens;
    size_t token_count;
    dl_sentence *sentences;
    size_t sentence_count;
    bool parsed; /* syntax has run */
    bool tagged; /* it has filled tags and lemmas at least */
    const struct dl_signals *signals; /* what else the model says of each token (src/syntax/signals.h), NULL: nothing */
} dl_text;

DL_API const char *dl_upos_name(dl_upos upos);         /* "NOUN" */
DL_API const char *dl_deprel_name(dl_deprel relation); /* "nsubj:pass" */
DL_API const char *dl_name_type_name(dl_name_type type);

#ifdef __cplusplus
}
#endif
#endif
