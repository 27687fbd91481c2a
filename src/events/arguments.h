/* arguments.h - who of those named near an act does it, and to whom it is done: what each candidate tells of itself. */
#ifndef DL_EVENTS_ARGUMENTS_H
#define DL_EVENTS_ARGUMENTS_H

#include "base/lexicon.h"

/* A feature of one candidate for one role; names as in data/events/arguments.tsv. */
#define ARGUMENT_FEATURES(X)                                                                                                     \
    X(SURE, "sure") X(LISTED, "listed") X(OTHER_SURE, "other_sure") X(OTHER_LISTED, "other_listed")                              \
    X(LISTED_COUNT, "listed_count") X(OTHER_COUNT, "other_count")                                                                \
    X(HINT, "hint") X(HINT_OTHER, "hint_other") X(HINT_REST, "hint_rest") X(HINT_BEST, "hint_best") X(HINT_LACK, "hint_lack")     \
    X(COUNTRY, "country") X(SECTOR, "sector") X(BODY, "body") X(PERSON_NAME, "person_name") X(ORG_NAME, "org_name")              \
    X(GPE_NAME, "gpe_name") X(NORP_NAME, "norp_name") X(PLACE_NAME, "place_name")                                                \
    X(PERSON, "person") X(ARMED, "armed") X(STATE, "state") X(LEADER, "leader") X(NUMBER, "number") X(PRONOUN, "pronoun")        \
    X(THING, "thing") X(ADJECTIVE, "adjective")                                                                                  \
    X(NSUBJ, "nsubj") X(NSUBJ_PASS, "nsubj_pass") X(OBJ, "obj") X(OBL, "obl") X(NMOD, "nmod") X(POSS, "poss") X(AMOD, "amod")     \
    X(COMPOUND, "compound") X(CONJ, "conj") X(APPOS, "appos")                                                                    \
    X(CHILD, "child") X(BELOW, "below") X(VERB_ABOVE, "verb_above")                                                              \
    X(BY, "by") X(ON, "on") X(AGAINST, "against") X(WITH, "with") X(FROM, "from") X(TO, "to") X(OF, "of") X(IN, "in")             \
    X(BETWEEN, "between") X(FOR, "for")                                                                                          \
    X(BEFORE, "before") X(GAP, "gap") X(BACK, "back") X(ORDER, "order")                                                          \
    X(NOUN, "noun") X(PASSIVE, "passive") X(JOINT, "joint") X(ACTED_BEFORE, "acted_before") X(SUFFERED_BEFORE, "suffered_before") \
    X(SPEAKER, "speaker") X(OWN_CUE, "own_cue") X(TOPONYM, "toponym") X(SCENE, "scene") X(SAME_SIDE, "same_side")                 \
    X(STEPS_UP, "steps_up") X(STEPS_DOWN, "steps_down") X(ELSEWHERE, "elsewhere") X(VERBS_BETWEEN, "verbs_between")              \
    X(COMMAS_BETWEEN, "commas_between") X(INSIDE, "inside") X(SAME_CLAUSE, "same_clause") X(UNDERSTOOD, "understood")            \
    X(ACT_OBJECT, "act_object") X(ACT_SUBJECT, "act_subject") X(CARRIER, "carrier") X(VICTIM, "victim")                          \
    X(OWN_VICTIM, "own_victim") X(BARE_SECTOR, "bare_sector") X(CIVIL, "civil") X(MILITARY, "military")                          \
    X(GOVERNING, "governing") X(REBEL, "rebel") X(POLICING, "policing") X(OPPOSING, "opposing")                                  \
    X(TWINS, "twins") X(TWIN_NEARER, "twin_nearer") X(ROLE, "role") X(ROLE_OTHER, "role_other")                                  \
    X(AGREE, "agree") X(CONSULT, "consult") X(SUPPORT, "support") X(CONCEDE, "concede") X(COOPERATE, "cooperate") X(AID, "aid")   \
    X(RETREAT, "retreat") X(REQUEST, "request") X(ACCUSE, "accuse") X(REJECT, "reject") X(THREATEN, "threaten")                  \
    X(PROTEST, "protest") X(SANCTION, "sanction") X(MOBILIZE, "mobilize") X(COERCE, "coerce") X(ASSAULT, "assault")

typedef enum argument_feature {
#define X(name, text) ARGUMENT_##name,
    ARGUMENT_FEATURES(X)
#undef X
    ARGUMENT_FEATURE_COUNT
} argument_feature;

/* -1: no such feature. */
int argument_feature_of(dl_str name);

#endif
