/* document.h - the finished record of one page: its story and every layer found in it.
 *
 * A document belongs to one thread; all it lends lives until dl_document_free. */
#ifndef DATELINE_DOCUMENT_H
#define DATELINE_DOCUMENT_H

#include "dateline/casualties.h"
#include "dateline/events.h"
#include "dateline/names.h"
#include "dateline/page.h"
#include "dateline/places.h"
#include "dateline/statements.h"
#include "dateline/talks.h"
#include "dateline/text.h"
#include "dateline/times.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dl_document dl_document;

/* Layers of a record; each needs those it is built from, which then run too but are not written out. */
enum {
    DL_LAYER_PAGE = 1 << 0,
    DL_LAYER_SENTENCES = 1 << 1,
    DL_LAYER_TOKENS = 1 << 2,
    DL_LAYER_ENTITIES = 1 << 3,
    DL_LAYER_PLACES = 1 << 4,
    DL_LAYER_TIMES = 1 << 5,
    DL_LAYER_STATEMENTS = 1 << 6,
    DL_LAYER_EVENTS = 1 << 7,
    DL_LAYER_TALKS = 1 << 8,
    DL_LAYER_TAGS = 1 << 9, /* tokens with tags and lemmas, without trees and names: quicker where nothing else is asked for */
    /* all but tokens and tags, which are asked for by name */
    DL_LAYER_DEFAULT = (1 << 9) - 1 - DL_LAYER_TOKENS
};
/* "events,places" as a set of layers; 0 if a name is not known. */
DL_API unsigned dl_layers_parse(const char *names);

DL_API void dl_document_free(dl_document *document); /* NULL is fine */

/* Reads a record back, as dl_document_json wrote it (tokens are not read). What the JSON does not hold (the tolls as a layer of their
 * own, tokens, which place is an adjective) is empty in the document. DL_BAD_DATA gives the byte of the value at fault. */
DL_API DL_CHECK dl_status dl_document_read(dl_document **out, const char *json, size_t size, dl_error *err);

DL_API dl_str dl_document_id(const dl_document *document);
/* Who read the page: engine and model with their versions, as in the record; ptr NULL where it does not say. */
DL_API dl_str dl_document_engine(const dl_document *document);
DL_API dl_str dl_document_model(const dl_document *document);
DL_API const dl_story *dl_document_story(const dl_document *document);
DL_API const dl_text *dl_document_text(const dl_document *document);
DL_API const dl_names *dl_document_names(const dl_document *document);
DL_API const dl_times *dl_document_times(const dl_document *document);
DL_API const dl_places *dl_document_places(const dl_document *document);
DL_API const dl_statements *dl_document_statements(const dl_document *document);
DL_API const dl_casualties *dl_document_casualties(const dl_document *document);
DL_API const dl_events *dl_document_events(const dl_document *document);
DL_API const dl_talks *dl_document_talks(const dl_document *document);
DL_API size_t dl_document_warning_count(const dl_document *document);
DL_API dl_str dl_document_warning(const dl_document *document, size_t index);

/* Code points of the story's text before byte `offset`: from a dl_span to the offsets of the JSON record. */
DL_API uint32_t dl_document_codepoint(const dl_document *document, uint32_t offset);

/* The record as one line of JSON (schema "dateline/1"), ended by a newline. The caller frees *json with
 * dl_free. Fails with DL_NO_MEMORY only. */
DL_API DL_CHECK dl_status dl_document_json(const dl_document *document, unsigned layers, char **json, size_t *size,
                                           dl_error *err);
DL_API void dl_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
