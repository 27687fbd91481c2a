/* writer.h - builds a story's text out of pieces of a page, and remembers where each byte came from.
 *
 * White space (also U+00A0 and its kin) is made one space, and left out at both ends of a block and around line
 * breaks; invisible format characters (soft hyphen, zero-width space, directional marks) are left out. After a failed
 * allocation all calls are no-ops; dl_writer_finish reports it. */
#ifndef DL_PAGE_WRITER_H
#define DL_PAGE_WRITER_H

#include "dateline/page.h"
#include "page/tree.h"

typedef struct dl_writer {
    dl_arena *arena;
    struct { char *items; size_t count, capacity; } text;
    DL_VEC(dl_run) runs;
    DL_VEC(dl_block) blocks;
    dl_block_kind kind;   /* of the block that the next text begins */
    uint8_t pending;      /* white space that waits for text: none, space, line, block */
    bool open;            /* a block has begun */
    bool failed;
    uint32_t gap_start, gap_end; /* page bytes of what is pending */
    uint32_t page_end;    /* page byte behind the last run */
} dl_writer;

/* Where a writer stood, to go back to. */
typedef struct dl_writer_mark {
    size_t text, runs, blocks;
    dl_writer writer;
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
/* All text that is shown under a node (itself included), line breaks as said, blocks inside it parted by a space. */
void dl_writer_subtree(dl_writer *writer, const dl_tree *tree, uint32_t node);
/* Text written so far, in bytes; with no pending white space. */
size_t dl_writer_length(const dl_writer *writer);
dl_writer_mark dl_writer_here(const dl_writer *writer);
void dl_writer_back(dl_writer *writer, const dl_writer_mark *mark);
/* Fills text, blocks and runs of the story, which live in the arena. */
dl_status dl_writer_finish(dl_writer *writer, dl_story *story, dl_error *err);

/* The shown text under a node as one line (a title, a byline); ptr NULL when out of memory. */
dl_str dl_tree_text(const dl_tree *tree, uint32_t node, dl_arena *arena);

/* Whether every run, read back from the page's bytes, gives its text again, and runs are whole and in order.
 * DL_BAD_DATA names the first byte of the text that does not. For tests and fuzzing. */
dl_status dl_story_check(const dl_story *story, dl_str page, const char *converter, dl_error *err);

#endif
