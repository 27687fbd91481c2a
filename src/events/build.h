/* build.h - from groups of triggers to the events of the record. */
#ifndef DL_EVENTS_BUILD_H
#define DL_EVENTS_BUILD_H

#include "events/coder.h"

/* An event in the making: its triggers and what the steps add. */
typedef struct draft {
    dl_event event;
    uint32_t lead;     /* index of its leading trigger */
    uint32_t *members; /* indices of all its triggers, in order */
    size_t member_count;
    token_list actors, recipients;
    dl_str country;    /* ISO alpha-3 of its place, ptr NULL */
    bool place_own, time_own; /* told in its own sentence */
    bool dropped;
    bool kept; /* by the trees of keep.c */
    float probability; /* the best that the model says of its triggers */
    dl_span *also;     /* event.also with room to grow, once it has taken in others */
    size_t also_room;
    const dl_casualty *dead, *hurt; /* those counted as killed and wounded, NULL: none */
    bool counted;      /* a number of victims hangs on one of its triggers */
    bool slain;        /* and it tells of three or more killed, in these words */
    bool total;        /* and it is a running total: "killed since April 2023" */
} draft;

typedef struct drafts {
    draft *items;
    size_t count;
    uint32_t *of_trigger; /* draft of each trigger */
} drafts;

enum { MAX_CANDIDATES = 48 };

/* Somebody or something named near an act, and how likely it is that it does it or suffers it. */
typedef struct candidate {
    uint32_t token, meant; /* the word of the text; whom it means, where it is a pronoun, else the same */
    uint32_t entity;
    dl_str code;
    bool back;            /* named in the sentence before */
    bool acted, suffered; /* party to an act told just before */
    float heard[HINT_SITE + 1]; /* by role: what the model says of its words, the best */
    float does, suffers;
} candidate;

typedef struct candidates {
    candidate items[MAX_CANDIDATES];
    size_t count;
} candidates;

/* build.c */
dl_status draft_events(coder *c, drafts *out, dl_error *err);
/* Whether the token is one of the words that tell of the event. */
bool is_word_of(const coder *c, const draft *d, uint32_t token);
/* The draft that has a trigger with this head; DL_NONE. */
uint32_t draft_of_token(const coder *c, const drafts *all, uint32_t token);
/* where.c */
void place_events(coder *c, drafts *all);
/* The place that a token is part of; DL_NONE. */
uint32_t place_at(const coder *c, uint32_t token);
/* when.c */
void date_events(coder *c, drafts *all);
/* spoken.c: after score_events */
void place_spoken_acts(coder *c, drafts *all);
/* means.c: weapon and site */
void arm_events(coder *c, drafts *all);
/* toll.c */
dl_status count_tolls(coder *c, drafts *all, dl_error *err);
/* arguments.c: in order of the text */
void find_arguments(const coder *c, const drafts *acts, size_t index, candidates *out);
void trace_arguments(const coder *c); /* a new page begins, for the learner */
/* bearings.c: features of one candidate, added to what arguments.c tells of it */
void describe_bearing(const coder *c, const drafts *acts, size_t index, const candidates *all, size_t which, bool actor, float *f);
/* participants.c */
dl_status name_participants(coder *c, drafts *all, dl_error *err);
/* source.c */
/* The first statement that may lie in the sentence. */
size_t statements_from(const dl_statements *statements, uint32_t sentence);
void source_events(coder *c, drafts *all);
/* confidence.c: at the end, from all that is known of an event */
void rate_events(const coder *c, drafts *all);
/* context.c */
dl_status set_contexts(coder *c, drafts *all, dl_error *err);
/* victims.c: whether all victims that a later draft counts were counted by an earlier one, so far as their numbers and sides tell */
bool counts_same_victims(const coder *c, const draft *earlier, const draft *later);
/* Whether a count tells of more victims than those told before: "were also killed", "two others". */
bool is_added(const coder *c, const dl_casualty *x);
/* Adds victims told a sentence on, of the same attack, to those of the first one; before merging, which then takes in what is left. */
void add_further_victims(const coder *c, drafts *all);
/* retell.c: one happening told in several sentences */
dl_status merge_retold(coder *c, drafts *all, dl_error *err);
bool effects_only(const coder *c, const draft *d); /* tells only what an attack did */
bool is_in_heading(const coder *c, const draft *d);
/* keep.c */
void score_events(coder *c, drafts *all);
void drop_denied_harm(coder *c, drafts *all); /* after merging */

/* Which draft's trigger stands nearest above `token` in the tree; DL_NONE. Without a parse: the nearest in the sentence. */
uint32_t draft_above(const coder *c, const drafts *all, uint32_t token);

#endif
