/* access.h - whether the page as served carries its whole story, and its own words where it does not.
 *
 * Nothing is passed: only what an open reader of the page sees is read, and what is missing is said. */
#ifndef DL_PAGE_ACCESS_H
#define DL_PAGE_ACCESS_H

#include "dateline/page.h"
#include "page/reading.h"

/* Sets access and notice of the story from the chosen blocks; blocks of the notice itself are no longer kept. Call
 * before the story is written. */
dl_status dl_access_judge(dl_reading *reading, dl_arena *arena, dl_story *story, dl_error *err);

#endif
