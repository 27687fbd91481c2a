/* retold.h - whether an act told later is one told before: what each pair of acts tells of itself. */
#ifndef DL_EVENTS_RETOLD_H
#define DL_EVENTS_RETOLD_H

#include "events/build.h"

/* A feature of a pair of acts, the earlier one first; names as in data/events/retold.tsv. */
#define RETOLD_FEATURES(X)                                                                                                        \
    X(RULE, "rule") X(GAP, "gap") X(TOKENS, "tokens") X(BLOCKS, "blocks") X(BETWEEN, "between") X(ORDER, "order")                 \
    X(SENTENCES, "sentences") X(HEADING, "heading") X(OPENING, "opening")                                                                                   \
    X(SAME_MODE, "same_mode") X(MODES_DIFFER, "modes_differ")                                                                     \
    X(REAL_FIRST, "real_first") X(REAL_LATER, "real_later") X(SAME_REALIS, "same_realis") X(UNREAL_BOTH, "unreal_both")            \
    X(PAST_FIRST, "past_first") X(PAST_LATER, "past_later")                                                                       \
    X(PLACE_FIRST, "place_first") X(PLACE_LATER, "place_later") X(SAME_PLACE, "same_place") X(PLACES_DIFFER, "places_differ")     \
    X(SAME_COUNTRY, "same_country") X(EXACT_LATER, "exact_later")                                                                 \
    X(DAY_FIRST, "day_first") X(DAY_LATER, "day_later") X(SAME_DAY, "same_day") X(DAYS_DIFFER, "days_differ")                     \
    X(TOLL_FIRST, "toll_first") X(TOLL_LATER, "toll_later") X(SAME_TOLL, "same_toll") X(TOLLS_DIFFER, "tolls_differ")             \
    X(FEWER, "fewer") X(SAME_VICTIMS, "same_victims")                                                                             \
    X(ACTORS_FIRST, "actors_first") X(ACTORS_LATER, "actors_later") X(SAME_ACTOR, "same_actor") X(ACTOR_COUNTRY, "actor_country")  \
    X(ACTORS_DIFFER, "actors_differ") X(RECIPIENTS_FIRST, "recipients_first") X(RECIPIENTS_LATER, "recipients_later")             \
    X(SAME_RECIPIENT, "same_recipient") X(RECIPIENT_COUNTRY, "recipient_country") X(RECIPIENTS_DIFFER, "recipients_differ")       \
    X(SHARED_ENTITY, "shared_entity") X(CROSSED, "crossed")                                                                       \
    X(SAME_WORDS, "same_words") X(SAME_LEMMA, "same_lemma") X(SAME_STEM, "same_stem")               \
    X(SAID_THERE, "said_there") X(SAME_CAMEO, "same_cameo") X(PARTY_WORDS, "party_words") X(NOUN_FIRST, "noun_first") X(NOUN_LATER, "noun_later")                \
    X(DEFINITE, "definite") X(INDEFINITE, "indefinite") X(PLURAL_FIRST, "plural_first") X(PLURAL_LATER, "plural_later")           \
    X(EFFECT_FIRST, "effect_first") X(EFFECT_LATER, "effect_later") X(BARE_FIRST, "bare_first") X(BARE_LATER, "bare_later")       \
    X(SET_APART, "set_apart") X(SOURCED_FIRST, "sourced_first") X(SOURCED_LATER, "sourced_later") X(SAME_SOURCE, "same_source")   \
    X(SAME_WEAPON, "same_weapon") X(SAME_SITE, "same_site") X(NAMES_SHARED, "names_shared") X(WORDS_SHARED, "words_shared")        \
    X(SURE_FIRST, "sure_first") X(SURE_LATER, "sure_later") X(GOVERNED, "governed")                                               \
    X(AGREE, "agree") X(CONSULT, "consult") X(SUPPORT, "support") X(CONCEDE, "concede") X(COOPERATE, "cooperate") X(AID, "aid")    \
    X(RETREAT, "retreat") X(REQUEST, "request") X(ACCUSE, "accuse") X(REJECT, "reject") X(THREATEN, "threaten")                   \
    X(PROTEST, "protest") X(SANCTION, "sanction") X(MOBILIZE, "mobilize") X(COERCE, "coerce") X(ASSAULT, "assault")

typedef enum retold_feature {
#define X(name, text) RETOLD_##name,
    RETOLD_FEATURES(X)
#undef X
    RETOLD_FEATURE_COUNT
} retold_feature;

/* -1: no such feature. */
int retold_feature_of(dl_str name);

/* The features of acts `first` and `later` of the page; f[RETOLD_RULE] is the caller's. */
void describe_retelling(const coder *c, const drafts *all, size_t first, size_t later, float *f);

/* retell.c: what the rules ask, too */
bool tolls_differ(const dl_event *a, const dl_event *b);
bool places_differ(const coder *c, const draft *a, const draft *b);
bool days_differ(const dl_event *a, const dl_event *b);
bool some_code_agrees(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count);
bool sides_differ(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count);
bool modes_differ(const dl_event *a, const dl_event *b);
bool harms_same_victims(const coder *c, const draft *earlier, const draft *later, uint32_t gap);
bool is_bare(const draft *d);
bool is_set_apart(const coder *c, const draft *d);
bool same_words(const coder *c, const draft *a, const draft *b);

#endif
