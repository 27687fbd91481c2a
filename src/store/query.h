/* query.h - what the queries beside find.c share. */
#ifndef DL_STORE_QUERY_H
#define DL_STORE_QUERY_H

#include "dateline/queries.h"
#include "store/database.h"

/* "2025-10-14", "2025-10" or "2025"; year 0 for anything else. */
dl_date query_day(sqlite3_stmt *row, int column);
/* The current text of the page that was asked for last: rows of one page mostly come together. Begins as zeros; finalize `statement` at the end. */
typedef struct page_text {
    sqlite3_stmt *statement;
    int64_t document;
    dl_str text; /* lent by the statement */
    uint32_t point; /* code points before `byte`, where the last words began: the next are mostly further on */
    size_t byte;
} page_text;
dl_status query_page_text(page_text *page, dl_store *store, int64_t document, dl_error *err);
/* The words of a span of code points, as SQLite's substr gives them; lent from the page's text. */
dl_str query_words(page_text *page, dl_span span);
/* A JSON array for json_each; false when out of memory. */
bool store_bind_numbers(sqlite3_stmt *statement, int index, const int64_t *numbers, size_t count);

#endif
