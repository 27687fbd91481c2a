/* statements.h - attributed statements: who says what, by which words, where.
 *
 * After Pareti's attribution relations: source, cue and content, each of one or more spans. */
#ifndef DATELINE_STATEMENTS_H
#define DATELINE_STATEMENTS_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_statement_kind { DL_STATEMENT_DIRECT, DL_STATEMENT_INDIRECT, DL_STATEMENT_MIXED } dl_statement_kind;

typedef struct dl_statement {
    const dl_span *content, *cue, *speaker; /* speaker may be empty: "it was reported that" */
    size_t content_count, cue_count, speaker_count;
    uint32_t sentence;  /* of the cue */
    uint32_t cue_token; /* DL_NONE where there is no cue word */
    uint32_t entity;    /* of the speaker, DL_NONE */
    uint32_t time;      /* index in times, DL_NONE */
    bool named;
    dl_str role, channel; /* ptr NULL where not told */
    dl_statement_kind kind;
    float confidence;
    dl_str why;
} dl_statement;

typedef struct dl_statements {
    dl_statement *items; /* in order of their first content */
    size_t count;
} dl_statements;

#ifdef __cplusplus
}
#endif
#endif
