/* features.h - what the two models that choose the story's blocks look at, as numbers.
 *
 * The first model sees a block, its neighbours and its holder; the second sees besides how sure the first was of
 * the blocks around. Names are those of data/page/weights.tsv. */
#ifndef DL_PAGE_FEATURES_H
#define DL_PAGE_FEATURES_H

#include "page/blocks.h"
#include "page/shingles.h"

enum {
    DL_FEATURE_PLAIN_COUNT = 115,
    DL_FEATURE_WHERE_COUNT = 21,
    DL_FEATURE_NEAR = DL_FEATURE_PLAIN_COUNT,
    DL_FEATURE_FAR = DL_FEATURE_NEAR + DL_CUE_COUNT,
    DL_FEATURE_WHERE = DL_FEATURE_FAR + DL_CUE_COUNT,
    DL_FEATURE_PHRASE = DL_FEATURE_WHERE + DL_FEATURE_WHERE_COUNT,
    DL_FEATURE_LEADS = DL_FEATURE_PHRASE + DL_PHRASE_COUNT,
    DL_FEATURE_COUNT = DL_FEATURE_LEADS + DL_PHRASE_COUNT
};

/* What the page's metadata says of its story. */
typedef struct dl_page_hints {
    dl_str title, description;
    dl_shingles body, summary; /* of articleBody and the description; empty where there is none */
    dl_shingles people;        /* words of the authors' names */
    bool is_article;           /* calls itself an article */
} dl_page_hints;

/* Index of a feature by its name in weights.tsv, or -1. */
int dl_feature_index(dl_str name);
/* "near.nav" and the like into `out`. */
void dl_feature_name(int index, char out[32]);

/* Fills the tables that all blocks of a page share. */
typedef struct dl_page_survey {
    const dl_page_blocks *blocks;
    const dl_page_hints *hints;
    uint32_t headline;         /* index of the block that is the headline, DL_NONE */
    uint32_t *holders;         /* node -> slot in stats; 0: none */
    struct dl_holder *stats;
    uint32_t *same, *twin;     /* block -> how many read the same, itself included; the first of them */
    float *in_body, *in_summary; /* block -> share of its shingles, for candidates; NULL where there is none */
    uint32_t *kins;            /* block -> slot in kin_stats */
    struct dl_holder *kin_stats;
    uint32_t *holder_rank, *kin_rank; /* block -> how many of its holder, of its kin, stand before it */
    bool *titled;              /* block -> whether it reads as the title */
    float *by_people, *people_lead; /* block -> share of its words, and of its first four, in the authors' names; or NULL */
    uint32_t comments;         /* the first block that begins what readers wrote, DL_NONE */
    uint32_t *more_before;     /* block -> blocks since one that leads to other stories, 999 */
    uint32_t prose;            /* letters in prose-like blocks */
    /* filled by dl_page_survey_add_scores */
    float *both;               /* block -> what both models say, for their user; zeros */
    float mass, *mass_before;  /* score times letters: of the page; before each block, and at its end */
    uint32_t *core_before, *core_after; /* blocks to the next one that is surely of the story */
    uint32_t core;             /* the lowest element that holds most of the mass, DL_NONE */
} dl_page_survey;

/* Blocks that one element holds, or that are of one kin. */
typedef struct dl_holder {
    uint32_t node, blocks, prose, letters, linked, paragraphs;
    float mass, weight; /* sums of score times letters, and of letters, for the second model */
} dl_holder;

dl_status dl_page_survey_make(dl_page_survey *out, const dl_page_blocks *blocks, const dl_page_hints *hints,
                              dl_arena *arena, dl_error *err);
/* Whether the models need to look at a block: not at bare links, navigation, lone signs. */
bool dl_page_is_candidate(const dl_page_block *block);
/* Adds the first model's scores to the holders; call between the two models. */
void dl_page_survey_add_scores(dl_page_survey *survey);
/* Features of one block for the first (`second` false) or second model. */
void dl_page_features(const dl_page_survey *survey, uint32_t block, bool second, float out[DL_FEATURE_COUNT]);

#endif
