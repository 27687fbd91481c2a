/* scan.h - inside the text room: the scanner that cuts a block into tokens. */
#ifndef DL_TEXT_SCAN_H
#define DL_TEXT_SCAN_H

#include "text/chars.h"
#include "text/text.h"

/* Weights of the sentence model, by the hash of their feature; hash 0 is a free slot. */
typedef struct dl_sentence_slot {
    uint64_t hash;
    float weight;
} dl_sentence_slot;

typedef struct dl_sentence_weights {
    dl_sentence_slot *slots;
    size_t mask; /* slots - 1 */
} dl_sentence_weights;

dl_status dl_sentence_weights_open(dl_sentence_weights *out, const dl_lexicon *lexicon, dl_error *err);
void dl_sentence_weights_close(dl_sentence_weights *weights);

struct dl_text_data {
    dl_sentence_weights weights;
    const dl_table *abbreviations, *prefixes, *contractions, *elisions, *units, *domains, *emoticons;
    int abbreviation_kind, abbreviation_when, contraction_split;
    uint32_t contraction_pairs[26]; /* by first letter: second letters (bits) that some contraction begins with */
};

typedef DL_VEC(dl_token) dl_token_vec;

/* Cuts white-space-separated chunks into tokens. All look-ahead stays in the chunk and is bounded. */
typedef struct dl_scanner {
    const dl_text_data *data;
    dl_arena *arena;
    dl_str text;       /* cut off at the end of the block */
    dl_token_vec out;
    size_t start, end; /* of the chunk */
    size_t previous;   /* end of the last token */
    size_t at_sign;    /* the chunk's first '@', or `end` */
    bool single_open;  /* a single quotation mark was opened in this block */
    bool failed;       /* out of memory */
} dl_scanner;

/* Tokens of text bytes [start, end) at the end of scanner->out. */
void dl_scan_block(dl_scanner *scanner, size_t start, size_t end);

/* The parts, each of which takes the token that begins at `at`, puts it out and gives its end. */
size_t dl_scan_word(dl_scanner *scanner, size_t at);
size_t dl_scan_number(dl_scanner *scanner, size_t at);
size_t dl_scan_mark(dl_scanner *scanner, size_t at);

/* Whether [start, end) begins like a word written as one that is two ("cannot"); a quick first look. */
bool dl_scan_may_be_contraction(const dl_scanner *scanner, size_t start, size_t end);
void dl_scan_emit(dl_scanner *scanner, size_t start, size_t end, uint8_t flags);
/* End of the letters and digits from `at`, `at` itself if there are none. */
size_t dl_scan_run(const dl_scanner *scanner, size_t at);
/* Class of the character at `at`; the end of the chunk counts as white space. */
dl_char_class dl_scan_class(const dl_scanner *scanner, size_t at);
/* The rows of `table` for the ASCII-lower-cased bytes [start, end); none if over 32 bytes. */
dl_rows dl_scan_find(const dl_scanner *scanner, const dl_table *table, size_t start, size_t end);

#endif
