/* writer.h - builds a story's text out of pieces of a page, and remembers where each byte came from.
 *
 * White space (also U+00A0 and its kin) is made one space, and left out at both ends of a block and around line
 * breaks; invisible format characters (soft hyphen, zero-width space, directional marks) are left out. After a failed
 * allocation all calls are no-ops; dl_writer_finish reports it. */
#ifndef DL_PAGE_WRITER_H
#define DL_PAGE_WRITER_H

#include "dateline/page.h"
#include "page/tree.h"

typedef enum dl_writer_gap { DL_GAP_NONE, DL_GAP_SPACE, DL_GAP_LINE } dl_writer_gap;

typedef struct dl_writer {
    dl_arena *arena;
    DL_VEC(char) text;
    DL_VEC(dl_run) runs;
    DL_VEC(dl_block) blocks;
    dl_block_kind kind;   /* of the block that the next text begins */
    dl_writer_gap gap;    /* white space that waits for text */
    dl_span gap_page;     /* its bytes, where it has any */
    bool gap_verbatim;    /* they are one plain space */
    bool open;            /* a block has begun */
    bool failed;
    uint64_t steps;       /* work counted; for tests that it is linear */
} dl_writer;

/* Where a writer stood, to go back to. */
typedef struct dl_writer_mark {
    dl_writer writer;
    dl_run run;     /* the last ones, which later text may have lengthened */
    dl_block block;
} dl_writer_mark;

void dl_writer_init(dl_writer *writer, dl_arena *arena);
/* What is written next begins a new block. A block without text leaves no trace. */
void dl_writer_block(dl_writer *writer, dl_block_kind kind);
/* Bytes [start, end) of markup as HTML text: references decoded, white space made one. */
void dl_writer_text(dl_writer *writer, const dl_markup *markup, uint32_t start, uint32_t end);
/* The same without references: for the plain text of a JSON string (dl_markup_unescape makes the markup). */
void dl_writer_plain(dl_writer *writer, const dl_markup *markup, uint32_t start, uint32_t end);
void dl_writer_space(dl_writer *writer); /* words before and behind are parted, by white space of no bytes */
void dl_writer_line(dl_writer *writer);  /* a line break, "\n" */
/* All text that is shown under a node (itself included); br is a line break, blocks inside are parted by a space. */
void dl_writer_subtree(dl_writer *writer, const dl_tree *tree, uint32_t node);
size_t dl_writer_length(const dl_writer *writer); /* bytes of text so far, without white space that waits */
dl_writer_mark dl_writer_here(const dl_writer *writer);
void dl_writer_back(dl_writer *writer, const dl_writer_mark *mark);
/* Fills text, blocks and runs of the story, which live in the arena. */
dl_status dl_writer_finish(dl_writer *writer, dl_story *story, dl_error *err);

/* The shown text under a node as one line (a title, a byline); ptr NULL when out of memory. */
dl_str dl_tree_text(const dl_tree *tree, uint32_t node, dl_arena *arena);

/* Whether runs are whole and in order, and each, read back from the page's bytes (of which `page` is the markup),
 * gives its text again. DL_BAD_DATA names the first byte of the text that does not. For tests and fuzzing. */
dl_status dl_story_check(const dl_story *story, dl_str bytes, const dl_markup *page, dl_error *err);

#endif
