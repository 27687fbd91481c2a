/* choose.h - which blocks are the story, and the story written out of them. */
#ifndef DL_PAGE_CHOOSE_H
#define DL_PAGE_CHOOSE_H

#include "base/forest.h"
#include "page/reading.h"
#include "page/richtext.h"
#include "page/writer.h"

typedef struct dl_chooser {
    dl_forest first, second;
} dl_chooser;

dl_status dl_chooser_open(dl_chooser *out, const dl_lexicon *lexicon, dl_error *err);
void dl_chooser_close(dl_chooser *chooser);

/* Letters; a story shorter than this may stand where no browser shows it: in noscript; one not much longer in the page's data. */
enum { DL_SHORT_STORY = 200, DL_THIN_STORY = 400 };

/* Marks the story's blocks as kept. */
void dl_choose_blocks(const dl_chooser *chooser, dl_reading *reading);
/* The same by the scores that the blocks have already. */
void dl_keep_blocks(dl_reading *reading);
size_t dl_kept_letters(const dl_reading *reading);
/* Text, blocks and runs of the story out of the kept blocks. */
dl_status dl_write_story(dl_reading *reading, const dl_rich_words *words, dl_arena *arena, dl_story *story, dl_error *err);

#endif
