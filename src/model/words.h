/* words.h - what the networks see of a word: its letter shape, its word pieces, its hashed features (docs/model-format.md). */
#ifndef DL_MODEL_WORDS_H
#define DL_MODEL_WORDS_H

#include "base/arena.h"
#include "model/file.h"

typedef struct dl_model_word {
    dl_str form, norm;
} dl_model_word;

enum { DL_SHAPES = 8, DL_MAX_PIECES = 12, DL_FEATURE_NAMES = 14, DL_MAX_FEATURES = 16 };

/* 1 to DL_SHAPES. */
uint32_t dl_word_shape(dl_str form);

/* ---- word pieces ---- */

typedef struct dl_wordpiece {
    dl_strings pieces;
    uint32_t *slots; /* piece + 1 by hash, 0: free */
    uint32_t slot_mask, longest;
    uint32_t unknown;
} dl_wordpiece;

dl_status dl_wordpiece_open(dl_wordpiece *out, const dl_model_file *file, dl_error *err);
void dl_wordpiece_close(dl_wordpiece *wp);
/* 1 to DL_MAX_PIECES pieces of a word. */
size_t dl_wordpiece_split(const dl_wordpiece *wp, dl_str norm, uint32_t out[DL_MAX_PIECES]);

/* ---- hashed features ---- */

/* The number of a feature's name in the list of docs/model-format.md, or -1. */
int dl_feature_kind(dl_str name);
uint64_t dl_feature_hash(int kind, dl_model_word word, bool first);

#endif
