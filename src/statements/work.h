/* work.h - inside the statements room: cues, quotes and the statements while they are put together. */
#ifndef DL_STATEMENTS_WORK_H
#define DL_STATEMENTS_WORK_H

#include "dateline/text.h"
#include "statements/statements.h"
#include "syntax/tree.h"
#include "text/match.h"

struct dl_statements_data {
    const dl_table *verbs, *nouns, *channels, *phrases, *words;
    uint16_t *word_kinds; /* by row of words.tsv: WORD_ bits */
    int verb_kind, verb_frames, noun_kind, channel_name, phrase_kind;
};

/* What a cue verb may govern, after verbs.tsv. */
enum {
    FRAME_CLAUSE = 1,       /* says that ... */
    FRAME_QUOTE = 2,        /* says: "..." */
    FRAME_INFINITIVE = 4,   /* promises to ... */
    FRAME_OBJECT = 8,       /* criticises ... */
    FRAME_PREPOSITION = 16, /* calls for ...: what follows the cue's own preposition */
    FRAME_ADDRESSEE = 32,   /* tells somebody */
    FRAME_OF = 64,          /* accuses somebody of ... */
    FRAME_FOR = 128,
    FRAME_AS = 256,
    FRAME_LABEL = 512,   /* calls something something */
    FRAME_URGE = 1024,   /* urges somebody to ... */
    FRAME_THOUGHT = 2048 /* a belief or plan, not a saying */
};

/* Kinds of words.tsv, in the order of the names in words.c. */
enum {
    WORD_PRONOUN = 1,      /* may speak */
    WORD_DOCUMENT = 2,     /* may speak, too: "the report says" */
    WORD_ARTICLE = 4,      /* stands before a role and is no part of it */
    WORD_CHANNEL_LEAD = 8, /* "in", "told": a channel may follow */
    WORD_PHRASE = 16,      /* prepositions within a speaker's phrase */
    WORD_GOES_ON = 32,     /* behind a comma: what is said goes on */
    WORD_RELATIVE = 64,    /* no main clause follows */
    WORD_STOP = 128,       /* ends the phrase of an attitude */
    WORD_MODAL = 256,      /* "must say": nobody has */
    WORD_REPORT = 512,     /* forms of the plainest verbs of saying, where there is no tree */
    WORD_BODY = 1024       /* an institution: named by its owner, and without a role */
};

/* A passage between quotation marks, within one paragraph; [first, last] with its marks. */
typedef struct quote {
    uint32_t first, last;
    bool closed;        /* else the mark is missing and the passage ends with its paragraph */
    bool continues;     /* goes on with the quote before it, which was left open */
    bool single;        /* between single marks */
    uint32_t statement; /* draft that has it, DL_NONE */
} quote;

enum {
    MAX_RANGES = 8,
    MAX_LOOK = 400 /* tokens looked at on one side: more is no sentence of a newsroom, and many cues in one
                      must stay cheap */
};

typedef struct draft {
    dl_token_range content[MAX_RANGES], cue, speaker;
    uint32_t content_count;
    uint32_t cue_token;             /* DL_NONE: no cue word */
    uint32_t speaker_head;          /* token, DL_NONE */
    bool said;                      /* by a verb of saying, not of thinking */
    bool dropped;                   /* part of another one, to be left out */
    dl_token_range clause;          /* where channel and time may stand: the cue's own clause */
    float heard_cue, heard_content; /* what the model holds of cue and content; -1: not asked */
    float confidence;
    const char *why;
} draft;

typedef struct statements_work {
    const dl_statements_data *data;
    dl_arena *arena;
    const dl_text *text;
    const dl_names *names;
    const dl_times *times;
    DL_VEC(quote) quotes;
    DL_VEC(draft) drafts;
    uint32_t *quote_of; /* by token: index of the quote that holds it, DL_NONE */
    bool *unsaid;       /* by token: a verb of saying with which nothing is said; NULL until verbs are read */
} statements_work;

dl_status statements_quotes_find(statements_work *work, dl_error *err);
dl_status statements_verbs_find(statements_work *work, dl_error *err);
dl_status statements_sources_find(statements_work *work, dl_error *err); /* "according to", nouns */
dl_status statements_flat_find(statements_work *work, dl_error *err);    /* where there is no tree */
/* Makes a statement of quoted words inside a sentence where they are somebody's; false when memory runs out. */
bool statements_take_fragment(statements_work *work, uint32_t index);
dl_status statements_loose_find(statements_work *work,
                                dl_error *err); /* quotes without a cue of their own, interviews */
dl_status statements_meet(statements_work *work, dl_error *err); /* of rules and model */
dl_status statements_prune(statements_work *work); /* indices of drafts are no longer valid after it */
/* A finished statement with its cue and the head of its speaker. */
typedef struct spoken {
    dl_statement *out;
    uint32_t cue, head;
} spoken;

/* Sets the entity of speakers told by a pronoun; puts `items` in the order of their cues. */
void statements_resolve_pronouns(const statements_work *work, spoken *items, size_t count);
dl_status statements_finish(statements_work *work, bool why, dl_statements *out, dl_error *err);

/* ---- shared ---- */

/* A new draft; NULL when out of memory. */
draft *statements_new(statements_work *work, uint32_t cue_token, const char *why);
/* Adds [first, last] without the punctuation at its edges, widened to the quotes it cuts; false when nothing
 * is left.
 */
bool statements_add_content(statements_work *work, draft *item, uint32_t first, uint32_t last);
/* The range without punctuation at its edges (quotation marks stay); first DL_NONE when nothing is left. */
dl_token_range statements_trim(const dl_text *text, uint32_t first, uint32_t last);
/* Marks the quotes that a draft's content touches as taken. */
void statements_take_quotes(statements_work *work, uint32_t draft_index);

static inline dl_str statements_norm(const dl_text *text, uint32_t token)
{
    return text->tokens[token].norm;
}
static inline bool statements_is(const dl_text *text, uint32_t token, const char *word)
{
    return token < text->token_count && dl_str_is(text->tokens[token].norm, word);
}
/* Whether words.tsv has `word` with one of the WORD_ `kinds`. */
bool statements_word_is(const dl_statements_data *data, dl_str word, unsigned kinds);
dl_status statements_words_open(dl_statements_data *data, const dl_lexicon *lexicon, dl_error *err);
bool statements_is_any(dl_str word, const char *const *list); /* list ends with NULL */
uint32_t statements_block_of(const dl_text *text, uint32_t token);
/* First and one-past-last token of a sentence. */
uint32_t statements_first(const dl_text *text, uint32_t sentence);
uint32_t statements_end(const dl_text *text, uint32_t sentence);
/* Whether a time expression covers the token. */
bool statements_in_time(const statements_work *work, uint32_t token);
/* A double or single quotation mark. */
bool statements_is_mark(const dl_text *text, uint32_t token);

#endif
