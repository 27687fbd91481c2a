/* stories.h - signatures of pages, pairs of them, and the index they lie in. */
#ifndef DL_STORIES_STORIES_H
#define DL_STORIES_STORIES_H

#include "base/arena.h"
#include "dateline/stories.h"

/* ---- signatures ---- */

/* What a page is made of, as vectors of length VECTOR_NORM. */
typedef enum story_vector {
    VECTOR_TEXT,   /* words of the first MOST_WORDS */
    VECTOR_LEAD,   /* words of title and beginning */
    VECTOR_TITLE,
    VECTOR_PAIRS,  /* of neighbouring words */
    VECTOR_PLACES, /* towns and sites */
    VECTOR_AREAS,  /* first-level units and countries */
    VECTOR_PEOPLE, /* last names */
    VECTOR_NAMES,
    VECTOR_NUMBERS, /* in figures, no years */
    VECTOR_COUNT
} story_vector;

typedef enum story_set {
    SET_EVENT_DAYS, /* of attacks that the page itself reports, where words give it */
    SET_TOLD_DAYS,  /* of all time expressions */
    SET_TOLLS,
    SET_AGES,       /* "17-year-old", ", 34," */
    SET_SHINGLES,   /* a sample of the hashes of five words in a row */
    SET_POSTED,     /* terms under which the page is found again */
    SET_COUNT
} story_set;

enum {
    MOST_WORDS = 500,
    LEAD_WORDS = 70,
    FIRST_PAIRS = 300,
    VECTOR_NORM = 1 << 14,
    MOST_TERMS = 1024,     /* of a vector or a set */
    MOST_SHINGLES = 128,
    MOST_POSTED = 30,
    MOST_CANDIDATES = 28,
    MOST_POSTINGS = 64,   /* pages that are looked at under a term, the newest */
    DENSE_RANK = 20,       /* how alike its n-th neighbour is says how crowded a page's surroundings are */
    MOST_JOINED = 100,     /* pages of a story that still becomes part of another */
    NO_DAY = INT32_MIN,
    DAY_ZERO = 1000000,   /* days in sets count from so many before 1970 */
    UNIT = 10000           /* a likeness of 1 */
};

/* Terms in rising order; the weights of a vector beside them. */
typedef struct story_terms {
    const uint32_t *ids;
    const uint16_t *weights; /* NULL for sets */
    uint32_t count;
} story_terms;

typedef struct dl_signature {
    int32_t day;    /* of publication, since 1970; NO_DAY */
    uint32_t words; /* of the page */
    story_terms vectors[VECTOR_COUNT];
    story_terms sets[SET_COUNT];
} dl_signature;

/* How alike its nearest and its DENSE_RANK-th neighbour were when a page came in, in UNITths. */
typedef struct story_surroundings {
    uint16_t best_text, best_lead, dense_text, dense_lead;
} story_surroundings;

/* Bytes of a signature as kept in a store, little-endian. */
dl_status dl_signature_pack(const dl_signature *signature, dl_arena *arena, dl_str *out, dl_error *err);
/* DL_BAD_DATA for what was not packed so. Nothing of `bytes` is kept. */
dl_status dl_signature_unpack(dl_signature *out, dl_arena *arena, dl_str bytes, dl_error *err);

/* ---- the index ---- */

typedef struct story_posting {
    int64_t page;
    uint16_t weight; /* of the term in the page's text */
} story_posting;

/* A page that came before, and the story that it is in. */
typedef struct story_page {
    dl_signature signature;
    story_surroundings around;
    int64_t story;
    uint32_t pages; /* in that story */
} story_page;

/* What is known of the pages that came before; pages and stories have numbers above 0 that never change. */
typedef struct dl_story_index {
    void *context;
    /* Pages posted under a term, `most` at most, the last added first. */
    dl_status (*postings)(void *context, uint32_t term, size_t most, story_posting *out, size_t *count, dl_error *err);
    /* A posted page, in `arena`. */
    dl_status (*page)(void *context, int64_t page, dl_arena *arena, story_page *out, dl_error *err);
} dl_story_index;

/* ---- placing a page ---- */

/* What judges a pair; values are whole numbers, ABSENT where one of the pages does not tell. */
typedef enum pair_feature {
    PAIR_TEXT, PAIR_LEAD, PAIR_PAIRS, PAIR_PLACES, PAIR_AREAS, PAIR_PEOPLE, PAIR_NAMES, PAIR_NUMBERS, PAIR_TITLE, PAIR_GAP,
    PAIR_EVENT_DAY, PAIR_TOLD_DAYS, PAIR_TOLLS, PAIR_WORDS, PAIR_LENGTHS, PAIR_CONTAINED, PAIR_RAREST,
    PAIR_TEXT_OF_BEST, PAIR_TEXT_OF_OTHER, PAIR_LEAD_OF_BEST, PAIR_LEAD_OF_OTHER, PAIR_TEXT_DENSE, PAIR_LEAD_DENSE, PAIR_TEXT_ABOVE,
    PAIR_LEAD_ABOVE, PAIR_RANK, PAIR_TITLE_IN_LEAD, PAIR_SHARED_NAMES, PAIR_POSTED, PAIR_POSTED_OF_BEST, PAIR_RAREST_POSTED,
    PAIR_TOLD_GAP, PAIR_AGES, PAIR_COUNT
} pair_feature;

extern const char *const dl_pair_feature_names[PAIR_COUNT];
enum { ABSENT = -1 };

typedef struct story_candidate {
    int64_t page, story;
    uint32_t pages; /* in that story */
    int32_t odds;   /* of being one story with the new page: natural logarithm, in thousandths */
    int32_t features[PAIR_COUNT];
} story_candidate;

typedef struct story_placement {
    dl_signature signature;
    story_surroundings around;
    const uint16_t *posted_weights; /* beside the set SET_POSTED */
    const story_candidate *candidates;
    size_t candidate_count;
    int64_t story; /* 0: a new one */
    const int64_t *joined; /* stories that turn out to be the same one, to become part of it */
    size_t joined_count;
} story_placement;

/* The signature alone; it depends on nothing but the page. */
dl_status dl_stories_sign(const dl_stories *stories, const dl_document *document, dl_arena *arena, dl_signature *out, dl_error *err);
/* Makes the signature of a page and finds its story. Everything lies in `arena`. */
dl_status dl_stories_place(const dl_stories *stories, const dl_story_index *index, const dl_document *document, dl_arena *arena,
                           story_placement *out, dl_error *err);
/* dl_grouping_add that also tells how it came about; *out lives until the next page. */
dl_status dl_grouping_place(dl_grouping *grouping, const dl_document *document, story_placement *out, dl_error *err);

#endif
