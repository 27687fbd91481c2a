/* log.h - the log: readings put in as claims, and given back as documents. */
#ifndef DL_STORE_LOG_H
#define DL_STORE_LOG_H

#include "record/record.h"
#include "store/database.h"

/* A person's word on an item of the reading at hand. */
typedef struct store_edit {
    int layer;     /* id of table layers: the bit of DL_LAYER_* */
    uint32_t item; /* from 1; 0 for the page */
    dl_verdict verdict;
    dl_str field, value;
} store_edit;

/* One reading as a document, with what the derived tables need beside it. */
typedef struct store_reading {
    int64_t id, document, revision, first_claim, claim_count, digest;
    int64_t first_seen, changed;
    const dl_document *doc;  /* store_reading_free */
    const store_edit *edits; /* that hold for it; in the store's arena */
    size_t edit_count;
} store_reading;

enum { FIRST_LIST = 3, LAST_LIST = 8 }; /* layers that are lists of claims */

/* Whether people rejected the item (from 0). */
bool store_rejected(const store_reading *reading, unsigned layer, size_t item);
/* The speaker of a statement of the document; name.ptr NULL where there is none. */
dl_party store_speaker(const dl_document *doc, uint32_t statement);
/* Words that an item of a layer is anchored at, in code points; `first_mentions` for entities (store_first_mentions). */
dl_span store_anchor(const dl_document *doc, unsigned layer, size_t index, const uint32_t *first_mentions);
/* The first mention of each entity; NULL when out of memory. */
uint32_t *store_first_mentions(dl_arena *arena, const dl_document *doc);

uint64_t store_digest(dl_str page, dl_str text);
/* Reads a reading back, with corrections applied where `corrected`. DL_BAD_DATA if the log does not hold a record. */
dl_status store_load(dl_store *store, int64_t reading, bool corrected, store_reading *out, dl_error *err);
void store_reading_free(store_reading *reading);
/* The reading that a document's derived rows are made from, 0 for none. */
dl_status store_current(dl_store *store, int64_t document, int64_t *reading, dl_error *err);
/* The corrections of the document that hold for this reading, each on the item that it is about now. */
dl_status store_edits(dl_store *store, store_reading *reading, dl_error *err);

#endif
