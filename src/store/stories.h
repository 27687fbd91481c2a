/* stories.h - pages of the store grouped into stories, over an index of their weightiest words. */
#ifndef DL_STORE_STORIES_H
#define DL_STORE_STORIES_H

#include "store/log.h"
#include "store/rows.h"

/* Finds the story of a page whose rows are there and which has none. */
dl_status store_place(dl_store *store, int64_t document, const dl_document *doc, dl_error *err);
/* Takes a page out of its story and of the index; no fault where it is in none. */
dl_status store_displace(dl_store *store, int64_t document, dl_error *err);
/* Holds what is there against what the reading gives. */
void store_check_story(row_sink *sink, int64_t document, const dl_document *doc);
void store_stories_close(dl_store *store);

#endif
