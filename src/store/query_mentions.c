/* query_mentions.c - statements that name a place. */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "store/query.h"

dl_date query_day(sqlite3_stmt *row, int column)
{
    dl_str text = store_column(row, column);
    dl_date date = {0};
    int64_t year = 0, month = 0;
    if (text.len < 4 || dl_date_parse_iso(text, &date)) return date;
    (void)dl_str_number(dl_str_slice(text, 0, 4), &year);
    if (text.len >= 7) (void)dl_str_number(dl_str_slice(text, 5, 7), &month);
    return (dl_date){(int16_t)year, (uint8_t)month, 0};
}

bool store_bind_numbers(sqlite3_stmt *statement, int index, const int64_t *numbers, size_t count)
{
    enum { LONGEST = 21 }; /* digits, sign and comma of a number */
    char *text = count > (SIZE_MAX - 3) / LONGEST ? NULL : malloc(count * LONGEST + 3);
    size_t len = 0;
    if (!text) return false;
    text[len++] = '[';
    for (size_t i = 0; i < count; i++) len += (size_t)snprintf(text + len, LONGEST + 1, i ? ",%lld" : "%lld", (long long)numbers[i]);
    text[len++] = ']';
    return sqlite3_bind_text64(statement, index, text, len, free, SQLITE_UTF8) == SQLITE_OK;
}

static const char query[] =
    "SELECT d.id, d.name, p.url, p.site, p.title, p.published, p.changed, t.item, a.name, a.code,"
    " substr(r.text, t.start + 1, t.stop - t.start), min(m.start), m.stop, s.number, s.start, s.stop, substr(r.text, s.start + 1, s.stop - s.start)"
    " FROM places m CROSS JOIN pages p ON p.document = m.document CROSS JOIN statements t ON t.document = m.document AND t.start <= m.start AND t.stop >= m.stop"
    " CROSS JOIN sentences s ON s.document = m.document AND s.start <= m.start AND s.stop > m.start"
    " JOIN documents d ON d.id = m.document JOIN readings g ON g.id = p.reading"
    " JOIN revisions r ON r.id = g.revision LEFT JOIN actors a ON a.id = t.actor"
    " WHERE m.location IN (SELECT value FROM json_each(?1))" /* pages of other days are left out by a list from an index, before any is looked at */
    " AND (?2 IS NULL OR ?3 IS NULL OR m.document IN (SELECT document FROM pages WHERE published BETWEEN ?2 AND ?3)) AND (?2 IS NULL OR p.published >= ?2) AND (?3 IS NULL OR p.published <= ?3)"
    " GROUP BY t.document, t.item ORDER BY p.published, t.document, t.item";

static void take_row(sqlite3_stmt *row, dl_mention_row *out)
{
    *out = (dl_mention_row){.number = sqlite3_column_int64(row, 0), .document = store_column(row, 1), .url = store_column(row, 2),
                            .site = store_column(row, 3), .title = store_column(row, 4), .published = query_day(row, 5),
                            .seen = sqlite3_column_int64(row, 6), .item = (uint32_t)sqlite3_column_int64(row, 7) - 1,
                            .speaker = {store_column(row, 8), store_column(row, 9)}, .statement = store_column(row, 10)};
    if (!out->speaker.code.len) out->speaker.code = (dl_str){0};
    out->quote.span = (dl_span){(uint32_t)sqlite3_column_int64(row, 11), (uint32_t)sqlite3_column_int64(row, 12)};
    out->quote.sentence = (uint32_t)sqlite3_column_int64(row, 13);
    out->quote.sentence_span = (dl_span){(uint32_t)sqlite3_column_int64(row, 14), (uint32_t)sqlite3_column_int64(row, 15)};
    out->quote.sentence_text = store_column(row, 16);
}

dl_status dl_store_mentions(dl_store *store, const int64_t *locations, size_t count, dl_date since, dl_date until, dl_visit_mention *visit,
                            void *context, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_prepare(store, &statement, query, err);
    if (status != DL_OK) return status;
    store_bind_date(statement, 2, since), store_bind_date(statement, 3, until);
    if (!store_bind_numbers(statement, 1, locations, count)) status = dl_fail_memory(err);
    while (status == DL_OK && (status = store_step(store, statement, &row, err)) == DL_OK && row) {
        dl_mention_row mention;
        take_row(statement, &mention);
        if (!visit(context, &mention)) break;
    }
    sqlite3_finalize(statement);
    return status;
}
