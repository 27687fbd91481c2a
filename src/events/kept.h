/* kept.h - whether a word that may name an act names one: what each act in the making tells of itself. */
#ifndef DL_EVENTS_KEPT_H
#define DL_EVENTS_KEPT_H

#include "events/build.h"

/* A feature of an act in the making; names as in data/events/kept.tsv. */
#define KEPT_FEATURES(X)                                                                                                           \
    X(SURE, "sure") X(OWN, "own") X(OTHER, "other") X(MEAN, "mean") X(ROLE, "role") X(NEAR, "near")                                \
    X(LISTED, "listed") X(SPECIFIC, "specific") X(WORDS, "words") X(MEMBERS, "members") X(NOUN, "noun") X(ADJECTIVE, "adjective")  \
    X(PROPER, "proper") X(PLURAL, "plural") X(DEFINITE, "definite") X(INDEFINITE, "indefinite") X(LIGHT, "light")                  \
    X(PARTICIPLE, "participle") X(INFINITIVE, "infinitive") X(GERUND, "gerund") X(ROOT, "root") X(SUBJECT, "subject")              \
    X(OBJECT, "object") X(OBLIQUE, "oblique") X(MODIFIER, "modifier") X(CLAUSE, "clause") X(DEPTH, "depth")                        \
    X(EFFECT, "effect") X(COUNTED, "counted") X(ANAPHOR, "anaphor") X(GOVERNED, "governed") X(COMPLEMENT, "complement")            \
    X(UNREAL, "unreal") X(NEGATED, "negated") X(PLANNED, "planned") X(PAST, "past")                                                \
    X(ACTORS, "actors") X(RECIPIENTS, "recipients") X(NAMED_ACTOR, "named_actor") X(ARMED_ACTOR, "armed_actor")                    \
    X(SAID, "said") X(QUOTED, "quoted") X(CUE, "cue") X(HEADING, "heading") X(ORDER, "order") X(SENTENCE, "sentence")              \
    X(SENTENCES, "sentences") X(LENGTH, "length") X(BESIDE, "beside") X(WAR, "war") X(WAR_SHARE, "war_share")                      \
    X(MISHAP, "mishap") X(FIGURATIVE, "figurative") X(PEACE, "peace") X(DOUBTFUL, "doubtful") X(CONTENT, "content")                \
    X(WANTED, "wanted")                                                                                                            \
    X(AGREE, "agree") X(CONSULT, "consult") X(SUPPORT, "support") X(CONCEDE, "concede") X(COOPERATE, "cooperate") X(AID, "aid")     \
    X(RETREAT, "retreat") X(REQUEST, "request") X(ACCUSE, "accuse") X(REJECT, "reject") X(THREATEN, "threaten")                    \
    X(PROTEST, "protest") X(SANCTION, "sanction") X(MOBILIZE, "mobilize") X(COERCE, "coerce") X(ASSAULT, "assault")

typedef enum kept_feature {
#define X(name, text) KEPT_##name,
    KEPT_FEATURES(X)
#undef X
    KEPT_FEATURE_COUNT
} kept_feature;

/* -1: no such feature. */
int kept_feature_of(dl_str name);

/* All features but those of the rules (mishap ... wanted), which are the caller's. */
void describe_act(const coder *c, const drafts *all, size_t index, float *f);

#endif
