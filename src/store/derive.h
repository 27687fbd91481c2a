/* derive.h - the derived tables of a document, from its current reading. */
#ifndef DL_STORE_DERIVE_H
#define DL_STORE_DERIVE_H

#include "store/log.h"
#include "store/rows.h"

/* Gives every derived row of the reading to the sink. */
void store_rows(row_sink *sink, const store_reading *reading);
/* Writes the rows of a document that has none. */
dl_status store_insert_rows(dl_store *store, const store_reading *reading, dl_error *err);
/* Takes away a document's rows and writes them anew from the log. */
dl_status store_derive(dl_store *store, int64_t document, dl_error *err);

#endif
