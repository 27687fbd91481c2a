/* write.h - shared by the files that write a record's layers. */
#ifndef DL_RECORD_WRITE_H
#define DL_RECORD_WRITE_H

#include "record/record.h"

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

void write_story_layers(const writer *w, unsigned layers);
void write_event(const writer *w, const dl_event *event, size_t index);
void write_talk(const writer *w, const dl_talk *talk, size_t index);

#endif
