/* embedded.h - stories that stand in a page's data only: JSON-LD articleBody or liveBlogUpdate, or the state of a script-rendered page. */
#ifndef DL_PAGE_EMBEDDED_H
#define DL_PAGE_EMBEDDED_H

#include "page/reading.h"
#include "page/richtext.h"
#include "page/writer.h"

/* Writes the longest story found in the page's JSON; *bytes is its length in bytes, 0 if there is none. */
dl_status dl_embedded_write(const dl_reading *reading, const dl_rich_words *words, dl_arena *arena, dl_writer *writer, size_t *bytes, dl_error *err);
/* Whether the page's article is a live blog, whose posts a script may add to the few that are shown. */
bool dl_embedded_is_live(const dl_reading *reading);

#endif
