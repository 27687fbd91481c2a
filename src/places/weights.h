/* weights.h - the features of mentions and candidates, and their weights (data/places/weights.tsv).
 *
 * A mention is a toponym with probability 1 / (1 + exp(-w.f)); a candidate is the place meant with a probability
 * proportional to exp(w.f). The names are the keys of the table. */
#ifndef DL_PLACES_WEIGHTS_H
#define DL_PLACES_WEIGHTS_H

#include "base/lexicon.h"

#define MENTION_FEATURES(X)                                                                                            \
    X(BIAS, "bias") X(WHOLE, "whole run") X(LEFT_NAME, "name before") X(LEFT_GIVEN, "given name before")                \
    X(LEFT_TITLE, "title before") X(LEFT_DIRECTION, "direction before") X(LEFT_KIND, "kind before")                     \
    X(LEFT_PREP, "preposition before") X(LEFT_OF, "of before") X(LEFT_KIND_OF, "kind of before")                        \
    X(LEFT_ORG_OF, "organisation of before") X(LEFT_THE, "the before") X(LEFT_COMMA, "comma before")                    \
    X(LEFT_START, "sentence start") X(LEFT_LOWER, "small word before") X(LEFT_ADJECTIVE, "adjective before")            \
    X(LEFT_AND, "list before") X(RIGHT_NAME, "name behind") X(RIGHT_ORG, "organisation behind")                         \
    X(RIGHT_KIND, "kind behind") X(RIGHT_STREET, "street behind") X(RIGHT_FACILITY, "facility behind")                  \
    X(RIGHT_SPEECH, "speech behind") X(RIGHT_TITLE, "title behind") X(RIGHT_VERB, "verb behind")                        \
    X(RIGHT_LOWER, "small word behind") X(RIGHT_COMMA, "comma behind") X(RIGHT_DIGIT, "number behind")                  \
    X(RIGHT_END, "end behind") X(POSSESSIVE, "possessive") X(CONTAINER, "container behind") X(CONTAINS, "is container")  \
    X(HYPHEN_LEFT, "hyphen before") X(HYPHEN_RIGHT, "hyphen behind") X(COMMON, "common word")                           \
    X(COMMON_START, "common word at start") X(GIVEN, "given name") X(CALENDAR, "calendar word") X(UPPER, "capitals")     \
    X(MULTIWORD, "several words") X(SHORT, "short") X(SEEN_LOWER, "seen small") X(PERSON_ON_PAGE, "person on page")     \
    X(PREP_ON_PAGE, "preposition on page") X(CONTAINER_ON_PAGE, "container on page") X(REPEATED, "repeated")            \
    X(POPULATION, "population") X(COUNTRY, "country") X(ADMIN1, "admin1") X(ADMIN2, "admin2") X(SITE, "site")           \
    X(NATURE, "nature") X(REGION, "region") X(CAPITAL, "capital or seat") X(SMALL, "small place")                       \
    X(ALTERNATE, "alternate name") X(SHORTENED, "shortened name") X(AMBIGUOUS, "ambiguous") X(DATELINE, "dateline")      \
    X(TAG_GPE, "tag GPE") X(TAG_GPE_PART, "part of tag GPE") X(TAG_LOC, "tag LOC") X(TAG_LOC_PART, "part of tag LOC")    \
    X(TAG_FAC, "tag FAC") X(TAG_FAC_PART, "part of tag FAC") X(TAG_ORG, "tag ORG") X(TAG_ORG_START, "start of tag ORG")  \
    X(TAG_ORG_PART, "part of tag ORG") X(TAG_PERSON, "tag PERSON") X(TAG_PERSON_PART, "part of tag PERSON")             \
    X(TAG_NORP, "tag NORP") X(TAG_NONE, "tag none") X(UNKNOWN, "in no gazetteer") X(FACILITY, "facility")               \
    X(STREET, "street") X(NATURE_WORD, "unit or natural feature") X(KNOWN_ALONE, "elsewhere alone")                             \
    X(ORG_SEAT, "organisation of a seat") X(ORG_COUNTRY, "organisation of a country") X(COMMON_PREP, "common word behind preposition") \
    X(PREP_ALONE, "alone behind preposition") X(RARE_BACKED, "rare and backed") X(RARE_PREP, "rare, backed, behind preposition") \
    X(SUPPORT_COUNTRY, "country support")                               \
    X(SUPPORT_UNIT, "unit support") X(SUPPORT_NEAR, "near support")                                                     \
    X(RIGHT_PUBLIC, "public body behind") X(ADJ, "adjective bias") X(ADJ_PERSON, "adjective person behind") X(ADJ_CAPITAL, "adjective name behind")           \
    X(ADJ_ORG, "adjective organisation behind") X(ADJ_KIND, "adjective kind behind")                                    \
    X(ADJ_TITLE, "adjective title behind") X(ADJ_LOWER, "adjective small word behind") X(ADJ_END, "adjective end behind") \
    X(ADJ_START, "adjective at start") X(ADJ_PAGE, "adjective country on page") X(ADJ_CONTINENT, "adjective continent")

#define CANDIDATE_FEATURES(X)                                                                                          \
    X(POPULATION, "population") X(COUNTRY, "country") X(ADMIN1, "admin1") X(ADMIN2, "admin2") X(DISTRICT, "district")    \
    X(NATURE, "nature") X(SITE, "site") X(REGION, "region") X(CAPITAL, "capital") X(SEAT, "seat")                       \
    X(ALTERNATE, "alternate name") X(SHORTENED, "shortened name") X(FIRST, "most populous")      \
    X(APPROXIMATE, "approximate point") X(CONTAINED, "in the container") X(NOT_CONTAINED, "outside the container")      \
    X(CONTAINS, "contains the place before") X(KIND_FITS, "kind fits") X(KIND_CLASHES, "kind clashes")                  \
    X(COUNTRY_SHARE, "country share") X(UNIT_SHARE, "unit share") X(NEAR_SHARE, "near share") X(NEXT, "next to")        \
    X(PARENT, "is around others") X(NAMESAKE, "holds its namesake") X(HINT, "country hint") X(OVERLAY, "overlay")          \
    X(RIVAL, "another bears the name") X(COUNTY_NAMED, "its county is named") X(TOWN_NAMED, "a town in it is named")

#define X(id, text) M_##id,
typedef enum mention_feature { MENTION_FEATURES(X) M_COUNT } mention_feature;
#undef X
#define X(id, text) C_##id,
typedef enum candidate_feature { CANDIDATE_FEATURES(X) C_COUNT } candidate_feature;
#undef X

typedef struct dl_weights {
    float mention[M_COUNT];  /* where the language model has tagged the text */
    float untagged[M_COUNT]; /* where it has not */
    float candidate[C_COUNT];
    float threshold; /* least probability of a toponym that is written out */
} dl_weights;

/* Sum of features by their weights, in four strands so that it goes fast; the same on every run. */
double dl_weights_sum(const float *features, const float *weights, int count);
/* DL_BAD_DATA when the table lacks a feature or holds an unknown one. */
dl_status dl_weights_read(dl_weights *out, const dl_lexicon *lexicon, dl_error *err);
const char *dl_mention_feature_name(int feature);
const char *dl_candidate_feature_name(int feature);

#endif
