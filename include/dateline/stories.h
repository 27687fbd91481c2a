/* stories.h - which pages mainly report the same happening.
 *
 * Every page gets a signature: its words and names with their weights, the days and counts it tells, a sketch of its wording. A page
 * that comes in is compared with the few pages that share its rarest words, and joins the story whose pages it resembles most, or begins one.
 * What is known already lies in an index that the caller keeps: a store, or plain memory. All arithmetic is on integers, so that a
 * page is judged alike on every machine. */
#ifndef DATELINE_STORIES_H
#define DATELINE_STORIES_H

#include "dateline/document.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How much a word tells, and the trees that judge a pair of pages. Read-only after opening; may be shared by threads. */
typedef struct dl_stories dl_stories;

/* Opens the data (dateline.lexicon) of `data_dir`; NULL finds it as an engine does. Close with dl_stories_close. */
DL_API DL_CHECK dl_status dl_stories_open(dl_stories **out, const char *data_dir, dl_error *err);
DL_API void dl_stories_close(dl_stories *stories); /* NULL is fine */

/* ---- pages in memory, grouped ---- */

/* Pages seen so far. A grouping belongs to one thread. */
typedef struct dl_grouping dl_grouping;

DL_API DL_CHECK dl_status dl_grouping_new(dl_grouping **out, const dl_stories *stories, dl_error *err);
DL_API void dl_grouping_free(dl_grouping *grouping); /* NULL is fine */

/* Adds a page and tells its story in *story (may be NULL): the number of the page that began it. Pages are numbered 0, 1, ... in the order in
 * which they are added. */
DL_API DL_CHECK dl_status dl_grouping_add(dl_grouping *grouping, const dl_document *document, uint32_t *story, dl_error *err);
DL_API size_t dl_grouping_count(const dl_grouping *grouping);
/* The story of page `page`, which may be another than when it was added: stories that turn out to be one are joined. */
DL_API uint32_t dl_grouping_story(const dl_grouping *grouping, size_t page);

#ifdef __cplusplus
}
#endif
#endif
