/* data.h - inside the casualties room: its word lists, and what its steps share. */
#ifndef DL_CASUALTIES_DATA_H
#define DL_CASUALTIES_DATA_H

#include "casualties/casualties.h"
#include "text/numbers.h"

typedef enum victim_slot { VICTIM_OBJECT, VICTIM_SUBJECT, VICTIM_BEFORE, VICTIM_OF, VICTIM_TO } victim_slot;
typedef enum harm_part { PART_VERB, PART_ADJECTIVE, PART_NOUN } harm_part;

struct dl_casualties_data {
    const dl_table *harm, *persons, *cues, *irregular;
    int harm_column, victim_column, part_column, person_kind, cue_kind;
    dl_numbers *numbers;
};

/* A number of the sentence being read. */
typedef struct counted {
    uint32_t first, last, core; /* tokens; core is the first of the number itself */
    dl_range range;
    bool none, used;
} counted;

enum { MAX_COUNTED = 32 };

typedef struct reader {
    const dl_casualties_data *data;
    const dl_text *text;
    const dl_names *names;
    dl_arena *arena;
    uint32_t sentence, first, end; /* tokens of the sentence: [first, end) */
    counted numbers[MAX_COUNTED];
    size_t number_count;
    bool shared; /* the word of harm at hand is one of a pair: "killed and wounded", and may share the other's number */
} reader;

/* A word of harm: which harm to whom. */
typedef struct harm_word {
    dl_harm harm;
    victim_slot victim;
    harm_part part;
    uint32_t first, last; /* tokens */
} harm_word;

/* How many victims a phrase tells, and its head. */
typedef struct victims {
    dl_range range;
    dl_span span;
    uint32_t head, number_token;
    bool told; /* something was found */
    float sure;
} victims;

/* words.c */
bool harm_at(const reader *r, uint32_t token, harm_word *out);
/* "person", "thing" or 0 for other nouns. */
char noun_kind(const reader *r, uint32_t token);
bool cue_near(const reader *r, uint32_t from, uint32_t to, const char *kind);
bool norm_is(const reader *r, uint32_t token, const char *word);
bool is_plural(const reader *r, uint32_t token);

/* counts.c */
void read_numbers(reader *r);
/* The victims whose head noun is `head`, conjuncts added up as far as they stand on its side of the word of harm. */
victims victims_of(reader *r, uint32_t head, const harm_word *word);
/* Victims told by words near a word of harm, without the tree. */
victims victims_near(reader *r, const harm_word *word);

#endif
