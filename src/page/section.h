/* section.h - the part of the paper a page stands in ("World", "Politik"). */
#ifndef DL_PAGE_SECTION_H
#define DL_PAGE_SECTION_H

#include "base/lexicon.h"
#include "page/reading.h"

typedef struct dl_section_words {
    const dl_table *words, *metas;
    int kind, meta_kind, meta_rank; /* columns */
} dl_section_words;

dl_status dl_section_words_open(dl_section_words *out, const dl_lexicon *lexicon, dl_error *err);

/* The first of JSON-LD articleSection, meta by rank, the trail of bread crumbs (JSON-LD, then shown) and the folders of
 * the address that names a part of the paper and not all of it ("news"); else the first. ptr NULL if none. */
dl_str dl_section_choose(const dl_section_words *words, const dl_reading *reading, dl_arena *arena);

#endif
