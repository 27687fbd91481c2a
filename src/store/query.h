/* query.h - what the queries beside find.c share. */
#ifndef DL_STORE_QUERY_H
#define DL_STORE_QUERY_H

#include "dateline/queries.h"
#include "store/database.h"

/* "2025-10-14", "2025-10" or "2025"; year 0 for anything else. */
dl_date query_day(sqlite3_stmt *row, int column);
/* A JSON array for json_each; false when out of memory. */
bool store_bind_numbers(sqlite3_stmt *statement, int index, const int64_t *numbers, size_t count);

#endif
