/* page.h - a saved page, and the story read from it.
 *
 * A story keeps its own text and, for every byte of it, the bytes of the page that it came from. Plain text is a
 * story too: its text is the input unchanged. */
#ifndef DATELINE_PAGE_H
#define DATELINE_PAGE_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_block_kind {
    DL_BLOCK_PARAGRAPH, DL_BLOCK_HEADING, DL_BLOCK_CAPTION, DL_BLOCK_QUOTE, DL_BLOCK_LIST, DL_BLOCK_TABLE
} dl_block_kind;

typedef struct dl_block {
    dl_span span;
    dl_block_kind kind;
} dl_block;

typedef enum dl_access { DL_ACCESS_UNKNOWN, DL_ACCESS_FULL, DL_ACCESS_TRUNCATED, DL_ACCESS_BLOCKED } dl_access;

/* Where published came from, in the words of the record: "given", "json-ld", "meta", "microdata", "time", "url",
 * "text"; ptr NULL where there is no date. */
typedef dl_str dl_basis;

/* `text` bytes [text, text + text_len) were read from `page` bytes [page, page + page_len). Where both lengths are
 * equal and `verbatim` is set, byte answers byte; else the whole run answers the whole (an entity, a transcoded
 * letter, white space made one, a break between paragraphs). Runs are in order and cover all of the text. */
typedef struct dl_run {
    uint32_t text, text_len, page, page_len;
    bool verbatim;
} dl_run;

typedef struct dl_story {
    dl_str text; /* UTF-8; blocks parted by "\n\n" */
    const dl_block *blocks;
    size_t block_count;
    const dl_run *runs; /* none for plain text */
    size_t run_count;

    dl_str title, site, url, language, section; /* ptr NULL where not told */
    const dl_str *authors;
    size_t author_count;
    dl_date published, modified;
    dl_str published_time, modified_time; /* ISO 8601 with zone, as far as told */
    dl_basis published_from;
    dl_access access;
    dl_str notice;   /* the page's own words about what it keeps back */
    dl_str encoding; /* WHATWG name */
} dl_story;

/* The bytes of the page that text bytes [span.start, span.end) of the story came from; a run that is not verbatim
 * counts whole. For plain text, and where there are no runs, the span itself. */
DL_API dl_span dl_story_page_span(const dl_story *story, dl_span span);

#ifdef __cplusplus
}
#endif
#endif
