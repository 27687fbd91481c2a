/* query_text.c - words of pages for rows: the text read once a page, not once a row. */
#include "base/error.h"
#include "store/query.h"

dl_status query_page_text(page_text *page, dl_store *store, int64_t document, dl_error *err)
{
    static const char sql[] = "SELECT r.text FROM pages p JOIN readings g ON g.id = p.reading JOIN revisions r ON r.id = g.revision WHERE p.document = ?1";
    bool row;
    if (page->document == document) return DL_OK;
    dl_status status = page->statement ? DL_OK : store_prepare(store, &page->statement, sql, err);
    if (status != DL_OK) return status;
    sqlite3_reset(page->statement);
    sqlite3_bind_int64(page->statement, 1, document);
    *page = (page_text){.statement = page->statement};
    status = store_step(store, page->statement, &row, err);
    if (status != DL_OK || !row) return status;
    page->text = store_column(page->statement, 0);
    if (!page->text.ptr) return dl_fail_memory(err);
    page->document = document;
    return DL_OK;
}

/* As SQLite counts: a byte from 0xC0 on begins a code point of several. */
static size_t skip_points(dl_str text, size_t at, uint32_t points)
{
    for (; points && at < text.len; points--) {
        bool longer = (unsigned char)text.ptr[at++] >= 0xC0;
        while (longer && at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80) at++;
    }
    return at;
}

dl_str query_words(page_text *page, dl_span span)
{
    if (span.start < page->point) page->point = 0, page->byte = 0;
    page->byte = skip_points(page->text, page->byte, span.start - page->point);
    page->point = span.start;
    return dl_str_slice(page->text, page->byte, skip_points(page->text, page->byte, span.end > span.start ? span.end - span.start : 0));
}
