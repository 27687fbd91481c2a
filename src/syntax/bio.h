/* bio.h - labels that mark spans: "O", "B-TYPE" for a span's first word, "I-TYPE" for the others. */
#ifndef DL_SYNTAX_BIO_H
#define DL_SYNTAX_BIO_H

#include "base/str.h"

enum { DL_BIO_LABELS = 128, DL_BIO_WORDS = 256 };

typedef struct dl_bio {
    uint32_t labels;
    uint8_t outside;                 /* the label "O" */
    uint8_t begin[DL_BIO_LABELS];    /* of an I- label, its B- label; of others, themselves */
    bool inside[DL_BIO_LABELS];      /* an I- label */
    const float *transitions;        /* [labels][labels] or NULL */
} dl_bio;

/* Whether the labels, given by their texts, are such; fills *out. An I- label without its B- label is not. */
bool dl_bio_open(dl_bio *out, const dl_str *labels, size_t count, const float *transitions);
/* The best sequence in which an I- label follows only its own kind; of equal sums the lower label wins. At most DL_BIO_WORDS words. */
void dl_bio_decode(const dl_bio *bio, const float *scores, size_t stride, size_t words, uint8_t *out);

#endif
