/* reading.h - a page on its way to a story: everything that is known of it before its blocks are chosen. */
#ifndef DL_PAGE_READING_H
#define DL_PAGE_READING_H

#include "page/encoding.h"
#include "page/features.h"
#include "page/jsonld.h"

typedef struct dl_reading {
    dl_markup markup;
    dl_encoding encoding;
    dl_tree tree;
    dl_head head;
    dl_linked linked;
    dl_str site, title, url;
    dl_page_hints hints;
    dl_page_blocks blocks;
    dl_page_survey survey;
} dl_reading;

/* `encodings` and `cues` may be shared by threads. */
dl_status dl_reading_prepare(dl_reading *out, const dl_encodings *encodings, const dl_cues *cues, dl_arena *arena,
                             dl_str bytes, dl_str charset_hint, dl_str url, dl_error *err);
/* Cuts the tree into blocks (anew): the last step of dl_reading_prepare, for when the tree has changed. */
dl_status dl_reading_cut(dl_reading *reading, const dl_cues *cues, dl_arena *arena, dl_error *err);

#endif
