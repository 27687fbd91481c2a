/* references.h - characters of HTML text: references decoded, line ends and U+0000 as the standard says. */
#ifndef DL_PAGE_REFERENCES_H
#define DL_PAGE_REFERENCES_H

#include "base/str.h"

/* Where a piece of text stands decides what its '&' and its U+0000 mean. */
typedef enum dl_text_mode {
    DL_MODE_DATA,      /* references; U+0000 stays, for the tree to leave out */
    DL_MODE_RCDATA,    /* references; U+0000 becomes U+FFFD: title, textarea */
    DL_MODE_RAWTEXT,   /* no references: style, script, xmp, iframe; comments and names */
    DL_MODE_CDATA,     /* no references, U+0000 stays */
    DL_MODE_ATTRIBUTE  /* references by the rules of attribute values */
} dl_text_mode;

/* What a reference at `at` (which points at '&') stands for: returns how many bytes it takes, 0 if it is none.
 * `points` gets one or two characters; points[1] is 0 where there is one. */
size_t dl_reference_read(const char *at, size_t left, bool in_attribute, uint32_t points[2]);

/* Decodes `raw` into the arena; gives `raw` itself back where nothing changes. Bytes that are no UTF-8 are kept.
 * ptr NULL when out of memory. */
dl_str dl_reference_decode(dl_arena *arena, dl_str raw, dl_text_mode mode);

#endif
