/* features.h - what the two models that choose the story's blocks look at, as numbers.
 *
 * The first model sees a block, its neighbours and its holder; the second sees besides how sure the first was of
 * the blocks around. Names are those of data/page/weights.tsv. */
#ifndef DL_PAGE_FEATURES_H
#define DL_PAGE_FEATURES_H

#include "page/survey.h"

enum {
    DL_FEATURE_PLAIN_COUNT = 136,
    DL_FEATURE_WHERE_COUNT = 21,
    DL_FEATURE_NEAR = DL_FEATURE_PLAIN_COUNT,
    DL_FEATURE_FAR = DL_FEATURE_NEAR + DL_CUE_COUNT,
    DL_FEATURE_WHERE = DL_FEATURE_FAR + DL_CUE_COUNT,
    DL_FEATURE_PHRASE = DL_FEATURE_WHERE + DL_FEATURE_WHERE_COUNT,
    DL_FEATURE_LEADS = DL_FEATURE_PHRASE + DL_PHRASE_COUNT,
    DL_FEATURE_COUNT = DL_FEATURE_LEADS + DL_PHRASE_COUNT
};

/* Index of a feature by its name in weights.tsv, or -1. */
int dl_feature_index(dl_str name);
/* "near.nav" and the like into `out`. */
void dl_feature_name(int index, char out[32]);

/* "Read more: ..." on a line of its own, mostly a link. */
bool dl_page_is_more_link(const dl_page_block *block);
/* Features of one block for the first (`second` false) or second model. */
void dl_page_features(const dl_page_survey *survey, uint32_t block, bool second, float out[DL_FEATURE_COUNT]);

#endif
