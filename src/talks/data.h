/* data.h - inside the talks room: word lists, and the talks being put together. */
#ifndef DL_TALKS_DATA_H
#define DL_TALKS_DATA_H

#include "talks/talks.h"
#include "text/numbers.h"

struct dl_talks_data {
    const dl_table *issues, *cues;
    int topic, kind;
    dl_numbers *numbers;
};

typedef DL_VEC(dl_issue) issue_vec;

typedef struct talks_reader {
    const dl_talks_data *data;
    const dl_events_input *in;
    const dl_text *text;
    const dl_events *events;
    dl_arena *arena;
} talks_reader;

/* A cue of this kind that starts at `token`: the number of its tokens, 0 for none. */
size_t talks_cue_at(const talks_reader *r, size_t token, const char *kind);

/* issues.c: what a sentence says of issues, added to `out`. */
dl_status talks_read_issues(const talks_reader *r, uint32_t sentence, issue_vec *out, dl_error *err);

/* details.c: mediators, round, outcome that a sentence tells of a talk. */
dl_status talks_read_details(const talks_reader *r, uint32_t sentence, dl_talk *talk, dl_error *err);

#endif
