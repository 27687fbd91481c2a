/* page.h - bytes of a page into its story, title, authors, dates and access. */
#ifndef DL_PAGE_PAGE_H
#define DL_PAGE_PAGE_H

#include "base/lexicon.h"
#include "dateline/page.h"

typedef struct dl_page_data dl_page_data; /* word lists and weights, resolved once; read-only */

dl_status dl_page_open(dl_page_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_page_close(dl_page_data *data);

/* `charset_hint` and `url` may have ptr NULL. A page without a story gives an empty text and no error. */
dl_status dl_page_read(const dl_page_data *data, dl_arena *arena, dl_str bytes, dl_str charset_hint, dl_str url,
                       dl_story *out, dl_error *err);
/* Plain UTF-8 text as a story: the text unchanged, blocks parted by empty lines. */
dl_status dl_page_plain(dl_arena *arena, dl_str text, dl_story *out, dl_error *err);

#endif
