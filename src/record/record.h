/* record.h - the finished document: one struct in one arena, written out as JSON. */
#ifndef DL_RECORD_RECORD_H
#define DL_RECORD_RECORD_H

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"
#include "dateline/document.h"

struct dl_document {
    dl_arena arena;
    dl_str id;
    dl_story story;
    dl_text text;
    dl_names names;
    dl_times times;
    dl_places places;
    dl_statements statements;
    dl_casualties casualties;
    dl_events events;
    dl_talks talks;
    dl_codepoints codepoints; /* of story.text */
    DL_VEC(dl_str) warnings;
    unsigned layers; /* that were asked for */
};

dl_document *dl_document_new(void); /* NULL when out of memory */
/* Adds a sentence to the document's warnings; what does not fit in memory is dropped. */
void dl_document_warn(dl_document *document, dl_str sentence);
/* The record as a JSON object, without a newline. Needs codepoints built. */
void dl_record_write(dl_json_out *out, const dl_document *document, unsigned layers);
/* Whether every span of the document lies inside its text on code-point boundaries, ends after it starts, and every index
 * points into its array; else DL_BAD_DATA says which item is wrong. */
dl_status dl_record_check(const dl_document *document, dl_error *err);

#endif
