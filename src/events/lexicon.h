/* lexicon.h - the word lists of events, compiled when the stage opens: patterns of triggers with their conditions and
 * slots, kinds of things, words of realis.
 *
 * Every word of the lists has a number; a token of a text is known by the numbers of the base forms it may have. All
 * later questions compare numbers. Format of the lists: data/events/README.md. */
#ifndef DL_EVENTS_LEXICON_H
#define DL_EVENTS_LEXICON_H

#include "base/lexicon.h"
#include "base/trees.h"
#include "dateline/events.h"
#include "events/events.h"
#include "events/vocabulary.h"
#include "events/where.h"

enum { MAX_PATTERN_WORDS = 6, MAX_SLOTS = 8, MAX_CONDITIONS = 8, MAX_CONTEXTS = 32 };

/* Where a participant or a condition's noun is looked for. */
typedef enum slot_kind {
    SLOT_NONE,
    SLOT_SUBJECT, /* who does it, seen through passives */
    SLOT_OBJECT,  /* whom it is done to */
    SLOT_AGENT,   /* of a noun: possessor, adjective of origin, "by", subject of its verb */
    SLOT_TARGET,  /* of a noun: "on", "against" and such, object of its verb */
    SLOT_PREP,    /* noun behind `preposition` */
    SLOT_MODIFIER, /* adjective or noun before a noun */
    SLOT_NEAR,    /* anywhere else in the sentence */
    SLOT_AROUND,  /* anywhere else in the sentence or its neighbours */
    SLOT_CLAUSE,  /* a complement clause with "that" */
    SLOT_TO,      /* an infinitive */
    SLOT_HAS_PREP /* the preposition itself */
} slot_kind;

typedef struct slot {
    uint8_t kind;
    word_id preposition;
} slot;

typedef struct condition {
    slot slot;
    bool negated, present; /* present: any filler will do */
    word_set words;
} condition;

typedef struct pattern {
    word_id words[MAX_PATTERN_WORDS];
    uint8_t word_count;
    bool noun;
    uint8_t type; /* dl_event_type */
    uint8_t condition_count, actor_count, recipient_count;
    dl_str mode, cameo, key;
    condition conditions[MAX_CONDITIONS];
    slot actors[MAX_SLOTS], recipients[MAX_SLOTS];
} pattern;

/* How a word of realis must stand to the trigger. */
typedef enum cue_place { CUE_AUX, CUE_OVER, CUE_MOD, CUE_MARK, CUE_NOUN, CUE_PREP } cue_place;

typedef struct realis_cue {
    word_id words[MAX_PATTERN_WORDS];
    uint8_t word_count, realis, place;
} realis_cue;

/* What speaks for an event, each with a weight (data/events/confidence.tsv). */
typedef enum evidence {
    EVIDENCE_BIAS, EVIDENCE_PROBABILITY, EVIDENCE_PARTIES, EVIDENCE_TOLL, EVIDENCE_ASSAULT, EVIDENCE_RETOLD, EVIDENCE_UNREAL, EVIDENCE_PLACE,
    EVIDENCE_COUNT
} evidence;

struct dl_events_data {
    dl_arena arena;
    vocabulary words;
    const dl_table *irregular;
    struct {
        bool always_actor, always_recipient, no_recipient, seldom_recipient;
        uint8_t context; /* number in `contexts` where no word tells one */
        float least; /* probability that the model must give a word of the lists */
    } manners[DL_EVENT_TYPE_COUNT];
    pattern general[DL_EVENT_TYPE_COUNT][2]; /* of a type where no row tells more: verbs, nouns */
    pattern *patterns; /* sorted by first word, longer ones first */
    size_t pattern_count;
    dl_str contexts[MAX_CONTEXTS];
    size_t context_count;
    uint32_t *word_contexts; /* by word: a bit for each context */
    float evidence[EVIDENCE_COUNT];
    dl_trees arguments[2]; /* whether somebody suffers it, whether he does it */
    dl_trees kept;         /* whether a word that may name an act names one */
    dl_trees retold;       /* whether an act is one told before */
    float scene[SCENE_SIGNAL_COUNT], no_scene[DL_EVENT_TYPE_COUNT]; /* of a place, of no place */
    realis_cue *cues;
    size_t cue_count;
};

/* Patterns that begin with `word`; NULL and 0 where there are none. */
const pattern *patterns_of(const dl_events_data *data, word_id word, size_t *count);

/* A bit for each context that a word tells of. */
uint32_t contexts_of_word(const dl_events_data *data, word_id word);

#endif
