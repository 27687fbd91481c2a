/* write.h - shared by the files that write a record's layers. */
#ifndef DL_RECORD_WRITE_H
#define DL_RECORD_WRITE_H

#include "record/record.h"

/* The words of the record for enumerated values, in their order; ended by NULL. */
extern const char *const access_words[], *const block_words[], *const mention_words[], *const precision_words[],
    *const time_words[], *const statement_words[], *const issue_words[];

typedef struct writer {
    dl_json_out *out;
    const dl_document *doc;
} writer;

void write_span(const writer *w, dl_span span); /* [start,end] in code points */
void write_spans(const writer *w, const char *key, const dl_span *spans, size_t count);
void write_id(const writer *w, char letter, size_t index); /* "E1" for index 0 */
/* These leave the key out where there is nothing to tell. */
void write_text(const writer *w, const char *key, dl_str value);
void write_ref(const writer *w, const char *key, char letter, uint32_t index);
void write_date(const writer *w, const char *key, dl_date date);
void write_range(const writer *w, const char *key, dl_range range);
void write_confidence(const writer *w, float confidence);

void write_page(const writer *w);
void write_blocks(const writer *w);    /* these two: the array alone */
void write_sentences(const writer *w);
void write_story_layers(const writer *w, unsigned layers);
void write_entity(const writer *w, size_t index);
void write_place(const writer *w, const dl_place *place, size_t index);
void write_time(const writer *w, const dl_time *time, size_t index);
void write_statement(const writer *w, const dl_statement *statement, size_t index);
void write_event(const writer *w, const dl_event *event, size_t index);
void write_talk(const writer *w, const dl_talk *talk, size_t index);

#endif
