/* read.h - shared by the files that read a record's layers back from JSON.
 *
 * The first fault is kept in `status` and makes every later call a no-op, so that a layer reads as a list of its members. */
#ifndef DL_RECORD_READ_H
#define DL_RECORD_READ_H

#include "record/record.h"

typedef struct reader {
    dl_document *doc;
    uint32_t length; /* of the text in code points */
    dl_status status;
    dl_error *err;
} reader;

void read_fault(reader *r, const dl_json *at, const char *what);
/* `count` zeroed items in the document's arena; NULL, and the reader failed, when out of memory. */
void *read_array(reader *r, size_t count, size_t size);

/* The member `key` if it is there and not null; another kind than `kind` is a fault. */
const dl_json *read_member(reader *r, const dl_json *object, const char *key, dl_json_kind kind);
/* A member that must be there. */
const dl_json *read_needed(reader *r, const dl_json *object, const char *key, dl_json_kind kind);

dl_str read_string(reader *r, const dl_json *value);                     /* a copy in the document's arena */
dl_str read_text(reader *r, const dl_json *object, const char *key);     /* ptr NULL where absent */
dl_span read_span(reader *r, const dl_json *value);                      /* [start,end] in code points, made bytes */
dl_span read_span_of(reader *r, const dl_json *object, const char *key); /* must be there */
dl_span *read_spans(reader *r, const dl_json *object, const char *key, size_t *count);
dl_str *read_strings(reader *r, const dl_json *object, const char *key, size_t *count);
int64_t read_integer(reader *r, const dl_json *value);                   /* 0 to 2^53 */
double read_real(reader *r, const dl_json *object, const char *key, bool *known);
bool read_bool(reader *r, const dl_json *object, const char *key);
float read_confidence(reader *r, const dl_json *object);
dl_date read_date(reader *r, const dl_json *object, const char *key);    /* a day, month or year */
dl_range read_range(reader *r, const dl_json *object, const char *key);
/* "E3" as 2 where there are more than two; DL_NONE where absent. */
uint32_t read_ref(reader *r, const dl_json *object, const char *key, char letter, size_t count);
uint32_t read_ref_value(reader *r, const dl_json *value, char letter, size_t count);
/* Place of the member's word in `words`, which NULL ends; 0 where absent. */
int read_word(reader *r, const dl_json *object, const char *key, const char *const *words);

void read_page(reader *r, const dl_json *root);
void read_sentences(reader *r, const dl_json *root);
void read_entities(reader *r, const dl_json *root);
void read_places(reader *r, const dl_json *root);
void read_times(reader *r, const dl_json *root);
void read_statements(reader *r, const dl_json *root);
void read_events(reader *r, const dl_json *root);
void read_talks(reader *r, const dl_json *root);

#endif
