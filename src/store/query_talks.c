/* query_talks.c - negotiations that pages tell of, with who states what of each issue. */
#include "base/error.h"
#include "store/query.h"
#include "store/talk_card.h"

/* Which talks; the order follows. What they tell is on their cards. */
#define TALKS_ASKED \
    "SELECT t.document, t.item FROM talks t" \
    " WHERE (?1 IS NULL OR t.published >= ?1) AND (?2 IS NULL OR t.published <= ?2)" \
    " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM parties q WHERE q.document = t.document AND q.talk = t.item AND substr(q.name, 1, length(?3)) = ?3))" \
    " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM issues i WHERE i.document = t.document AND i.talk = t.item AND i.topic = ?4))" \
    " AND (?5 IS NULL OR t.document IN (SELECT document FROM places WHERE location IN (SELECT value FROM json_each(?5))))"

static const char by_day[] = TALKS_ASKED " ORDER BY t.published, t.document, t.item";
static const char by_document[] = TALKS_ASKED " ORDER BY t.document, t.item";
static const char card_sql[] = "SELECT card FROM talk_cards WHERE document = ?1 AND item = ?2";

typedef struct reader {
    dl_store *store;
    sqlite3_stmt *talks, *card;
    dl_arena arena; /* of one row */
    dl_error *err;
} reader;

static dl_status take_talk(reader *r, dl_talk_row *out)
{
    bool row;
    int64_t document = sqlite3_column_int64(r->talks, 0), item = sqlite3_column_int64(r->talks, 1);
    sqlite3_reset(r->card); /* it lent the words of the talk before */
    sqlite3_bind_int64(r->card, 1, document), sqlite3_bind_int64(r->card, 2, item);
    dl_status status = store_step(r->store, r->card, &row, r->err);
    if (status != DL_OK) return status;
    if (!row) return dl_fail(r->err, DL_BAD_DATA, r->store->path, 0, "a page's talks have no card; 'dateline check --repair' mends it");
    dl_arena_reset(&r->arena);
    status = talk_card_get(out, &r->arena, store_blob(r->card, 0), r->err);
    out->number = document, out->item = (uint32_t)(item - 1);
    return status;
}

static dl_status visit_talks(reader *r, const dl_talk_query *query, dl_visit_talk *visit, void *context)
{
    bool row = true, more = true;
    dl_status status = DL_OK;
    store_bind_date(r->talks, 1, query->since), store_bind_date(r->talks, 2, query->until);
    store_bind_text(r->talks, 3, query->party), store_bind_text(r->talks, 4, query->topic);
    if (query->named && !store_bind_numbers(r->talks, 5, query->named, query->named_count)) return dl_fail_memory(r->err);
    while (status == DL_OK && more && (status = store_step(r->store, r->talks, &row, r->err)) == DL_OK && row) {
        dl_talk_row talk;
        status = take_talk(r, &talk);
        if (status == DL_OK) more = visit(context, &talk);
    }
    return status;
}

dl_status dl_store_talks(dl_store *store, const dl_talk_query *query, dl_visit_talk *visit, void *context, dl_error *err)
{
    reader r = {.store = store, .err = err};
    dl_arena_init(&r.arena, 0);
    dl_status status = store_prepare(store, &r.talks, query->by_document ? by_document : by_day, err);
    if (status == DL_OK) status = store_prepare(store, &r.card, card_sql, err);
    if (status == DL_OK) status = visit_talks(&r, query, visit, context);
    sqlite3_finalize(r.talks), sqlite3_finalize(r.card);
    dl_arena_free(&r.arena);
    return status;
}
