/* where.h - what speaks for a place being the scene of an act: names of the weights in data/events/places.tsv. */
#ifndef DL_EVENTS_WHERE_H
#define DL_EVENTS_WHERE_H

/* Of a place: how exact it is; the word that introduces it; what it is to its sentence; whose words it hangs on; how far
 * off it stands; what the page has of it. Of the act, for telling no place at all: its type. */
#define SCENE_SIGNALS(X)                                                                                                         \
    X(EXACT, "exact") X(CITY, "city") X(ADMIN2, "admin2") X(ADMIN1, "admin1") X(REGION, "region") X(COUNTRY, "country")          \
    X(TOLD_IN, "told in") X(TOLD_ON, "told on") X(TOLD_OF, "told of") X(TOLD_AWAY, "told away") X(APPOSED, "apposed")            \
    X(SUBJECT, "subject") X(OBJECT, "object") X(MODIFIER, "modifier") X(BARE, "bare") X(ADJECTIVE, "adjective")                  \
    X(COUNTRY_MODIFIER, "country modifier") X(COUNTRY_IN, "country told in") X(COUNTRY_SUBJECT, "country subject")               \
    X(ABOVE_OWN, "hangs on the act") X(ABOVE_OTHER, "hangs on another") X(OWN_IN, "hangs on the act, told in")                   \
    X(OF_ACTOR, "of the actor") X(OF_RECIPIENT, "of the recipient") X(COUNTRY_RECIPIENT, "country of the recipient")             \
    X(BEFORE, "before the act") X(NEAR, "within five words") X(MIDDLE, "within twelve words") X(CONTAINER, "behind one it holds") \
    X(SENTENCE_BEFORE, "sentence before") X(TWO_BEFORE, "two sentences before") X(CHOSEN_BEFORE, "scene of the act before")      \
    X(CHOSEN_NEAR, "scene of an act of the sentence") X(THEATRE, "country of most places")                                        \
    X(MATERIAL_COUNTRY, "country, force used") X(SPEECH_COUNTRY, "country, words only") X(SPEECH, "words only")                  \
    X(MATERIAL_BEFORE, "sentence before, force used")

/* "no place": the type of the act follows, as in "no place ASSAULT". */
typedef enum scene_signal {
#define X(name, text) SCENE_##name,
    SCENE_SIGNALS(X)
#undef X
    SCENE_SIGNAL_COUNT
} scene_signal;

#endif
