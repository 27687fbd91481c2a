/* survey.h - what the blocks of a page share, for the models and for whoever asks where the headline is. */
#ifndef DL_PAGE_SURVEY_H
#define DL_PAGE_SURVEY_H

#include "page/blocks.h"
#include "page/shingles.h"

/* What the page's metadata says of its story. */
typedef struct dl_page_hints {
    dl_str title, description;
    dl_shingles body, summary; /* of articleBody and the description; empty where there is none */
    dl_shingles people;        /* words of the authors' names */
    bool is_article;           /* calls itself an article */
} dl_page_hints;

/* Blocks that one element holds, or that are of one kin. */
typedef struct dl_holder {
    uint32_t node, blocks, prose, letters, linked, paragraphs;
    float mass, weight; /* sums of score times letters, and of letters, for the second model */
    uint32_t sure, asked; /* letters of its prose that are kept, and of all, once both models have said */
} dl_holder;

/* Blocks that are alike in something. */
typedef struct dl_group {
    uint32_t *of, *rank; /* block -> slot in stats; how many of them stand before it */
    dl_holder *stats;
} dl_group;

/* Fills the tables that all blocks of a page share. */
typedef struct dl_page_survey {
    const dl_page_blocks *blocks;
    const dl_page_hints *hints;
    uint32_t headline;         /* index of the block that is the headline, DL_NONE */
    uint32_t *holders;         /* node -> slot in stats; 0: none */
    dl_holder *stats;
    uint32_t *same, *twin;     /* block -> how many read the same, itself included; the first of them */
    float *in_body, *in_summary; /* block -> share of its shingles, for candidates; NULL where there is none */
    uint32_t *holder_rank;     /* block -> how many of its holder stand before it */
    dl_group kin, look;        /* blocks of one tag and class, in a parent of the same; in any parent */
    dl_group article;          /* blocks of one article, or of none */
    bool *titled, *title_first; /* block -> whether it reads as the title; whether it begins with it and goes on */
    float *by_people, *people_lead; /* block -> share of its words, and of its first four, in the authors' names; or NULL */
    uint32_t comments;         /* the first block that begins what readers wrote, DL_NONE */
    uint32_t *more_before;     /* block -> blocks since one that leads to other stories, 999 */
    uint32_t prose, *prose_before; /* letters in prose-like blocks; in those before each block, and in all */
    uint32_t open_prose;       /* in those that are no readers' comments */
    /* filled by dl_page_survey_add_scores */
    float *said;               /* block -> what a model says, for its user */
    float mass, *mass_before;  /* score times letters: of the page; before each block, and at its end */
    uint32_t *core_before, *core_after; /* blocks to the next one that is surely of the story */
    uint32_t core;             /* the lowest element that holds most of the mass, DL_NONE */
} dl_page_survey;

dl_status dl_page_survey_make(dl_page_survey *out, const dl_page_blocks *blocks, const dl_page_hints *hints,
                              dl_arena *arena, dl_error *err);
/* Whether the models need to look at a block: not at bare links, navigation, lone signs. */
bool dl_page_is_candidate(const dl_page_block *block);
/* Adds the first model's scores to the holders; call between the two models. */
void dl_page_survey_add_scores(dl_page_survey *survey);
/* Score times letters of all that an element holds, and its letters. */
float dl_page_mass_of(const dl_page_survey *survey, uint32_t node, uint32_t *letters);
/* A block that reads like a paragraph: long, few links, whole sentences. */
bool dl_page_is_prose(const dl_page_block *block);

#endif
