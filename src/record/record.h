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
    dl_str engine, model; /* who read it, each with its version; ptr NULL where not known */
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
/* What the page says of itself, as an object: the members of the record from "url" to "encoding". */
void dl_record_write_page(dl_json_out *out, const dl_document *document);
void dl_record_write_blocks(dl_json_out *out, const dl_document *document);    /* the array */
void dl_record_write_sentences(dl_json_out *out, const dl_document *document); /* the array */
/* Items of a layer that is a list (entities, places, times, statements, events, talks), and one of them as in the record. */
size_t dl_record_item_count(const dl_document *document, unsigned layer);
void dl_record_write_item(dl_json_out *out, const dl_document *document, unsigned layer, size_t index);

/* Makes a document of a record that was parsed from `json`, in the arena of the new document; the tree may go afterwards.
 * DL_BAD_DATA gives the byte of the value at fault. */
dl_status dl_record_read(dl_document **out, const dl_json *root, dl_error *err);

/* Whether every span of the document lies inside its text on code-point boundaries, ends after it starts, and every index
 * points into its array; else DL_BAD_DATA says which item is wrong. */
dl_status dl_record_check(const dl_document *document, dl_error *err);

#endif
