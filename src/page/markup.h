/* markup.h - UTF-8 text read from a page, and the way from each of its bytes back to the page's bytes.
 *
 * A page in UTF-8 is used in place; a page in another encoding, and the body of a JSON string, are unpacked into
 * memory of their own with a list of origins. Whatever is built on a markup (tree, attributes, story) counts in
 * bytes of markup.text; only dl_markup_page leads to the page. */
#ifndef DL_PAGE_MARKUP_H
#define DL_PAGE_MARKUP_H

#include "base/str.h"

/* From byte `text` on, up to the next origin's, each `text_unit` bytes of text came from `page_unit` bytes of the
 * page, beginning at `page`. Page bytes that gave no text (a byte order mark) lie between two origins. */
typedef struct dl_origin {
    uint32_t text, page;
    uint8_t text_unit, page_unit;
} dl_origin;

typedef struct dl_markup {
    dl_str text;
    const dl_origin *origins; /* NULL: byte i of text is byte page_base + i of the page */
    size_t origin_count;
    uint32_t page_base;
} dl_markup;

/* The page's bytes behind text bytes [start, end); a unit that is touched counts whole. */
dl_span dl_markup_page(const dl_markup *markup, uint32_t start, uint32_t end);

/* The origin of text byte `at`, in markup.origins, of which there must be some. */
const dl_origin *dl_markup_origin(const dl_markup *markup, uint32_t at);
/* The text bytes that page bytes [start, end) gave: the inverse, for looking back. */
dl_span dl_markup_text(const dl_markup *markup, uint32_t start, uint32_t end);

/* The body of a JSON string (bytes [start, end) of `from`, without its quotes), unescaped (leniently, as
 * dl_json_unescape_next does). Without a backslash the text is used in place. */
dl_status dl_markup_unescape(dl_markup *out, dl_arena *arena, const dl_markup *from, uint32_t start, uint32_t end,
                             dl_error *err);

/* The value of an attribute (bytes [start, end) of `from`), its references decoded. */
dl_status dl_markup_dereference(dl_markup *out, dl_arena *arena, const dl_markup *from, uint32_t start, uint32_t end,
                                dl_error *err);

/* Builds a markup piece by piece: `text_len` bytes of text, one character, from page bytes [page, page + page_len).
 * More of the same lengths may follow in text and page without being added. */
typedef struct dl_origins {
    DL_VEC(dl_origin) list;
} dl_origins;
bool dl_origins_add(dl_origins *origins, dl_arena *arena, uint32_t text, uint32_t text_len, uint32_t page,
                    uint32_t page_len);

#endif
