/* coder.h - what the steps of event coding share: the document, what its tokens may be, and the triggers found so far. */
#ifndef DL_EVENTS_CODER_H
#define DL_EVENTS_CODER_H

#include "events/events.h"
#include "events/hints.h"
#include "events/lexicon.h"

enum { MAX_FORMS = 4, MAX_PARTICIPANTS = 8, MAX_SENTENCE_TRIGGERS = 40 };

typedef struct token_view {
    word_id forms[MAX_FORMS];
    uint8_t form_count;
    class_set classes;
} token_view;

typedef struct token_list {
    uint32_t items[MAX_PARTICIPANTS];
    size_t count;
    uint32_t sure; /* a bit for each item that the clause itself names: subject, object, origin, "by" */
} token_list;

/* A word that may name an event, with what was found out about it. */
typedef struct trigger {
    const pattern *pattern;
    const pattern *slots; /* where its parties stand, if not where the pattern says; NULL */
    uint32_t token, first, last, sentence; /* head of the phrase, its first and last word */
    dl_span span;
    uint8_t type, realis;
    uint8_t told;    /* realis by the rules alone */
    dl_str mode;
    bool effect;     /* tells only what an attack did: "killing", "wounded" */
    bool background; /* told as past */
    bool anaphor;    /* "the attack": told before */
    bool joint;      /* all parties are actors */
    bool cause_unsaid; /* harm with no sign of an attacker */
    token_list actors, recipients;
    uint32_t group;     /* first trigger of the same event */
    uint32_t governor;  /* nearest trigger of another type above it in the tree, DL_NONE */
    bool duty;          /* a demand told as a duty: its parties are known */
    bool complement;    /* by way of its object, infinitive or "of", not of an adjunct */
    const char *rule;   /* for the trace: how it was joined or judged */
    uint32_t hint_token; /* where the model's word on it is kept: the last one of its span */
    float score;         /* probability that it is a trigger of its type; 1 without a model */
    bool listed;         /* a pattern of the lists stands behind it */
    bool specific;       /* that asks for more than one word: a phrase, or the kind of its object */
} trigger;

typedef DL_VEC(trigger) trigger_vec;

typedef struct coder {
    const dl_events_data *data;
    const dl_events_input *in;
    const dl_text *text;
    dl_arena *arena;
    token_view *views;    /* a token each */
    hints hints;
    uint32_t *mention_of; /* innermost name mention that covers a token, DL_NONE */
    uint16_t *war;        /* words of war in each sentence */
    uint32_t war_total;
    trigger_vec triggers; /* in order of their place */
    class_set class_war, class_person, class_armed, class_state, class_weapon, class_attack, class_light, class_site,
        class_place, class_many, class_leader, class_vehicle, class_report, class_effect, class_accident, class_illness, class_after, class_peaceful, class_duty, class_separate, class_stranger;
    word_id word_by, word_on, word_against, word_at, word_of, word_in, word_with, word_from, word_to, word_between, word_after, word_since,
        word_near, word_into, word_including, word_the, word_this, word_that, word_no, word_not, word_over, word_for, word_will, word_would, word_country;
} coder;

/* views.c */
dl_status coder_init(coder *c, const dl_events_data *data, dl_arena *arena, const dl_events_input *input, dl_error *err);
bool is_word(const coder *c, uint32_t token, word_id word);
bool is_class(const coder *c, uint32_t token, class_set classes);
bool in_set(const coder *c, uint32_t token, const word_set *set);
uint32_t sentence_end(const coder *c, uint32_t token); /* one past the last token of its sentence */
uint32_t sentence_start(const coder *c, uint32_t token);

/* find.c */
dl_status find_triggers(coder *c, dl_error *err);
/* duty.c: adds to the triggers of a sentence, the first of which is `from` */
dl_status find_duties(coder *c, const dl_sentence *sentence, size_t from, dl_error *err);
/* sense.c */
bool conditions_hold(const coder *c, const pattern *p, uint32_t token);
/* Whether something stands there that the pattern rules out: "heart attack". */
bool is_excluded(const coder *c, const pattern *p, uint32_t token);
/* dateline.c: whether a word tells where or when the report was filed: "VIENNA, Sept 24 (Reuters) —". */
bool in_dateline(const coder *c, uint32_t token);
/* realis.c */
void judge_realis(const coder *c, trigger *t);
/* roles.c */
void find_roles(coder *c, trigger *t);
/* Whom a pronoun means; any other word, and a pronoun that means nobody known, comes back as it is. */
uint32_t antecedent(const coder *c, uint32_t token);
/* join.c */
void join_triggers(coder *c);

#endif
