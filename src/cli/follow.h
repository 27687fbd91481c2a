/* follow.h - the two kinds of sources of `dateline follow`, as items for the pipeline. */
#ifndef DL_CLI_FOLLOW_H
#define DL_CLI_FOLLOW_H

#include "cli/cli.h"

typedef struct follow_counts {
    size_t files, feeds, asked, same, kept_out; /* files read; feeds read; addresses asked; as before; not allowed by robots.txt */
} follow_counts;

/* A copy in one block of malloc; NULL when out of memory. */
dl_followed *followed_copy(const dl_followed *followed);
int64_t follow_now(const cli_settings *settings); /* --now, or the clock */

/* ---- follow_files.c ---- */
typedef struct follow_files follow_files;
/* `known` is a store for look-ups; it and the settings are kept. NULL when out of memory. */
follow_files *follow_files_new(const cli_settings *settings, dl_store *known, follow_counts *counts);
void follow_files_free(follow_files *ff);
/* The next page of a new or changed file; false at the end of the round. */
bool follow_files_next(follow_files *ff, item *out);

/* ---- follow_web.c ---- */
typedef struct follow_web follow_web;
follow_web *follow_web_new(const cli_settings *settings, dl_store *known, follow_counts *counts);
void follow_web_free(follow_web *fw);
/* Begins a round: every source is asked anew. */
void follow_web_begin(follow_web *fw, const char *const *sources, size_t count);
/* The next item if one is had within `wait_ms`. */
bool follow_web_next(follow_web *fw, int wait_ms, item *out);
/* Requests without an answer, and items not taken yet; 0 at the end of the round. */
size_t follow_web_waiting(const follow_web *fw);

#endif
