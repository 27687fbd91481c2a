/* cue.h - inside the statements room: a verb that is a cue, and the content that it governs. */
#ifndef DL_STATEMENTS_CUE_H
#define DL_STATEMENTS_CUE_H

#include "statements/speaker.h"
#include "statements/surface.h"
#include "statements/work.h"

typedef struct cue_verb {
    uint32_t verb, last; /* tokens: the verb; the end of "call for", "point out" */
    unsigned frames;
    uint32_t subject;    /* head of the speaker, DL_NONE */
    uint32_t first, end; /* sentence, end exclusive */
    surface order;       /* what the order of words says, for verbs of saying */
} cue_verb;

/* ---- cues.c ---- */

/* FRAME_ bits of rows of verbs.tsv. */
unsigned statements_frames(const dl_statements_data *data, dl_rows rows);
/* Whether a cue verb stands at `token`. */
bool statements_read_cue(const statements_work *work, uint32_t token, cue_verb *out);
/* The cue's own clause: verb, subject, addressee, time and place, without the content. */
dl_token_range statements_cue_clause(const dl_text *text, const cue_verb *cue);
/* The verb with its auxiliaries and adverbs: "has also said". */
dl_token_range statements_cue_words(const dl_text *text, const cue_verb *cue);
/* A verb's complement of that relation, those behind it first; DL_NONE. */
uint32_t statements_complement(const dl_text *text, uint32_t verb, dl_deprel relation);

static inline bool statements_is_participle(const dl_token *t)
{
    return t->upos == DL_VERB && dl_str_ends(t->norm, "ing");
}

static inline uint32_t statements_within(uint32_t token, uint32_t low, uint32_t high)
{
    return token < low ? low : token > high ? high : token;
}

/* ---- bounds.c ---- */

/* `last`, or the token before a second cue or before words that are the writer's. */
uint32_t statements_before_next_cue(const statements_work *work, uint32_t first, uint32_t last);
/* Where a content behind the cue begins whose clause begins at `left`, and where one ends whose clause ends
 * at `right`. */
uint32_t statements_content_start(const statements_work *work, const cue_verb *cue, uint32_t left);
uint32_t statements_content_end(const statements_work *work, const cue_verb *cue, uint32_t right);

/* ---- saying.c, attitudes.c: add to a draft the content that a cue's frames take ---- */

void statements_add_saying(statements_work *work, draft *item, const cue_verb *cue);
void statements_add_reported(statements_work *work, draft *item, const cue_verb *cue);
void statements_add_infinitive(statements_work *work, draft *item, const cue_verb *cue);
void statements_add_attitude(statements_work *work, draft *item, const cue_verb *cue);

#endif
