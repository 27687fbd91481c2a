/* boundary.h - inside the text room: the places where a sentence may end, and what is seen there.
 *
 * Each candidate is told by features "template=value"; a logistic model (data/text/sentence_weights.tsv, learned by
 * train/sentences) sums their weights. Training reads the same features through the same calls. */
#ifndef DL_TEXT_BOUNDARY_H
#define DL_TEXT_BOUNDARY_H

#include "text/scan.h"

/* The tokens of one block. */
typedef struct dl_boundary_view {
    const dl_text_data *data;
    dl_str text;
    const dl_token *tokens;
    size_t count;
} dl_boundary_view;

/* What has been seen since the sentence began. */
typedef struct dl_boundary_state {
    size_t start;    /* its first token */
    int brackets;    /* open ones */
    bool quote_open; /* a straight or opening double mark without its end */
} dl_boundary_state;

typedef void (*dl_boundary_visit)(void *context, unsigned template_, dl_str value);

/* Whether a sentence may end after token i, which is not the last of the block. */
bool dl_boundary_is_candidate(const dl_boundary_view *view, size_t i, const dl_boundary_state *state);
/* Calls `visit` for each feature of candidate i. */
void dl_boundary_features(const dl_boundary_view *view, size_t i, const dl_boundary_state *state, dl_boundary_visit visit,
                          void *context);
/* Takes token i into the state. */
void dl_boundary_step(const dl_boundary_view *view, size_t i, dl_boundary_state *state);

const char *dl_boundary_template_name(unsigned template_); /* NULL beyond the last */

#endif
