/* engine.h - dateline at work: data and models opened once, then any number of documents.
 *
 * An engine is read-only after opening and may be shared by threads; each call makes a document of its own. */
#ifndef DATELINE_ENGINE_H
#define DATELINE_ENGINE_H

#include "dateline/document.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dl_engine dl_engine;

typedef struct dl_engine_options {
    const char *data_dir; /* NULL: $DATELINE_DATA, else where dateline was installed or built */
    const char *model;    /* "accurate" or "fast"; NULL: the default */
    const char *overlay;  /* a gazetteer of the user's own (TSV or GeoJSON), searched first; NULL: none */
    unsigned layers;      /* what documents will be asked for, which takes less memory than all; 0: anything */
} dl_engine_options;

typedef enum dl_input_kind { DL_INPUT_TEXT, DL_INPUT_HTML } dl_input_kind;

/* One document as it came. All strings are borrowed for the length of the call. */
typedef struct dl_input {
    dl_input_kind kind;
    dl_str bytes;     /* HTML in any encoding, or UTF-8 text */
    dl_str id;        /* ptr NULL: a hash of the canonical URL or of the text */
    dl_str url;       /* ptr NULL: the page's own */
    dl_str title;     /* for text; ptr NULL: none */
    dl_str charset;   /* of an HTTP header; ptr NULL: none */
    dl_date published; /* year 0: the page's own */
    const dl_span *given_places; /* places already known: resolve just these */
    size_t given_place_count;
    bool resolve_given; /* given_places holds */
} dl_input;

typedef struct dl_options {
    unsigned layers; /* 0: DL_LAYER_DEFAULT */
    bool why;        /* keep the traces that `show --why` prints */
    size_t memory_limit; /* bytes that one document may take beside its input, then DL_NO_MEMORY; 0: no limit */
} dl_options;

/* Opens data and models into *out; close with dl_engine_close. options may be NULL. DL_IO or DL_BAD_DATA names
 * the file. */
DL_API DL_CHECK dl_status dl_engine_open(dl_engine **out, const dl_engine_options *options, dl_error *err);
DL_API void dl_engine_close(dl_engine *engine); /* NULL is fine */

/* Reads one input into a document that the caller frees. options may be NULL. A page that reads badly is
 * no error: the document says so in its warnings. Fails with DL_NO_MEMORY, DL_LIMIT (input over 256 MiB; with any layer
 * beyond the page, text over 4 MiB), DL_BAD_DATA (text that is no UTF-8, or holds U+0000; `offset` is the byte), or
 * DL_USAGE (layers that the engine was not opened for). */
DL_API DL_CHECK dl_status dl_extract(const dl_engine *engine, const dl_input *input, const dl_options *options,
                                     dl_document **out, dl_error *err);

#ifdef __cplusplus
}
#endif
#endif
