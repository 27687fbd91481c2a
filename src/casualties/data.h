/* data.h - inside the casualties room: its word lists, and what its steps share. */
#ifndef DL_CASUALTIES_DATA_H
#define DL_CASUALTIES_DATA_H

#include "casualties/casualties.h"
#include "syntax/signals.h"
#include "text/numbers.h"

typedef enum victim_slot { VICTIM_OBJECT, VICTIM_SUBJECT, VICTIM_BEFORE, VICTIM_OF, VICTIM_TO } victim_slot;
typedef enum harm_part { PART_VERB, PART_ADJECTIVE, PART_NOUN } harm_part;

struct dl_casualties_data {
    const dl_table *harm, *persons, *cues, *irregular;
    int harm_column, victim_column, part_column, counts_column, person_kind, cue_kind;
    dl_numbers *numbers;
};

/* A number of the sentence being read. */
typedef struct counted {
    uint32_t first, last, core; /* tokens; core is the first of the number itself */
    dl_range range;
    bool none, used;
} counted;

enum { MAX_COUNTED = 32 };

typedef DL_VEC(dl_casualty) casualty_vec;

typedef struct reader {
    const dl_casualties_data *data;
    const dl_text *text;
    const dl_names *names;
    dl_arena *arena;
    uint32_t sentence, first, end; /* tokens of the sentence: [first, end) */
    const dl_signal *toll; /* what the model says of counts, NULL: nothing */
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
    bool people_only;     /* what is seized may be things: only a noun of people is a victim */
    bool uncounted;       /* a number before it counts happenings: "three massacres" */
    bool numbered;        /* tells harm only of a number: "sixty were taken to hospital" */
    dl_str beside;        /* kind of cue that must stand near: "lives" with "lost", "bodies" with "found"; empty: none */
} harm_word;

/* How many victims a phrase tells, and its head. */
typedef struct victims {
    dl_range range;
    dl_span span;
    uint32_t head, number_token;
    uint32_t last; /* token that ends them, as far as they were read by order */
    bool told; /* something was found */
    float sure;
} victims;

/* words.c */
bool harm_at(const reader *r, uint32_t token, harm_word *out);
/* "person", "thing" or 0 for other nouns. */
char noun_kind(const reader *r, uint32_t token);
/* "people", "persons": nouns that tell nothing of who they are. */
bool means_anyone(const reader *r, uint32_t token);
/* The noun as the list of persons has it, in the arena; ptr NULL where it is not there. */
dl_str person_noun(const reader *r, uint32_t token);
/* Whether a cue of a kind begins at one of the tokens [from, to). */
bool cue_near(const reader *r, uint32_t from, uint32_t to, const char *kind);
/* How many tokens the cue of a kind at `token` takes, 0 for none. */
uint32_t cue_length(const reader *r, uint32_t token, const char *kind);
bool norm_is(const reader *r, uint32_t token, const char *word);
bool is_plural(const reader *r, uint32_t token);

/* counts.c */
void read_numbers(reader *r);
dl_range count_exactly(int64_t n);
dl_range count_at_least(int64_t n);
/* "17-year-old", "aged 12", "$5 million", "2025". */
bool counts_no_people(const reader *r, const counted *n);
bool is_named_person(const reader *r, uint32_t head);
/* People told without a number: one, some, or not known. */
dl_range bare_count(const reader *r, uint32_t head);
/* Whether a verb or adjective of harm stands among the tokens [from, to), or they are too many to look at. */
bool crosses_harm(const reader *r, uint32_t from, uint32_t to);
/* The victims whose head noun is `head`, conjuncts added up as far as they stand on its side of the word of harm. */
victims victims_of(reader *r, uint32_t head, const harm_word *word);

/* near.c */
/* Whether a number counts a part of others: "including [four] women". */
bool is_subset(const reader *r, const counted *n);
/* Victims told by words near a word of harm, without the tree. */
victims victims_near(reader *r, const harm_word *word);
/* Those whose phrase begins right behind it: "killed a guard", "the death of two men". */
victims victims_right_behind(reader *r, const harm_word *word);
/* Adds those who shared the harm: "along with his driver". */
void add_companions(reader *r, const harm_word *word, victims *v);
/* The victims that a number counts; not told where it counts things. */
victims victims_of_number(reader *r, const harm_word *word, counted *n, float sure);
bool looks_passive(const reader *r, const harm_word *word);

/* lists.c */
/* Two groups and more that stand in a list right before a word of harm: "a guard and three farmers were killed". */
victims victims_listed_before(reader *r, const harm_word *word);
/* Those right behind it, where they are more than a tree has found: "the murder of the rector and two priests". */
victims victims_listed_behind(reader *r, const harm_word *word, int64_t more_than);

/* signal.c */
/* Brings what the rules found in a sentence, items from `from` on, and the model's word on its numbers together. */
dl_status heed_signal(reader *r, casualty_vec *out, size_t from, dl_error *err);

#endif
