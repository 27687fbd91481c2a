/* followed.c - what is known of addresses that pages come from. */
#include "base/error.h"
#include "store/database.h"

enum { TEXTS = 4, NUMBERS = 7 };

/* The columns behind the address, in their order. */
static void columns(dl_followed *f, dl_str *texts[TEXTS], int64_t *numbers[NUMBERS])
{
    dl_str *const all_texts[] = {&f->source, &f->etag, &f->modified, &f->place};
    int64_t *const all_numbers[] = {&f->size, &f->changed, &f->digest, &f->status, &f->failures, &f->not_before, &f->seen};
    memcpy(texts, all_texts, sizeof all_texts);
    memcpy(numbers, all_numbers, sizeof all_numbers);
}

dl_status dl_store_followed(dl_store *store, dl_str address, dl_followed *out, bool *known, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_str *texts[TEXTS];
    int64_t *numbers[NUMBERS];
    *known = false;
    *out = (dl_followed){.address = address};
    columns(out, texts, numbers);
    dl_status status = store_sql(store, SQL_GET_FOLLOWED, &statement, err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, address);
    status = store_step(store, statement, known, err);
    if (!*known) return status;
    dl_arena_reset(&store->arena);
    for (int i = 0; i < TEXTS && status == DL_OK; i++) {
        dl_str text = store_column(statement, i);
        if (text.ptr) *texts[i] = dl_arena_str(&store->arena, text);
        if (text.ptr && !texts[i]->ptr) status = dl_fail_memory(err);
    }
    for (int i = 0; i < NUMBERS; i++) *numbers[i] = sqlite3_column_int64(statement, TEXTS + i);
    sqlite3_reset(statement);
    return status;
}

dl_status dl_store_follow(dl_store *store, const dl_followed *followed, dl_error *err)
{
    bool own;
    sqlite3_stmt *statement;
    dl_followed copy = *followed;
    dl_str *texts[TEXTS];
    int64_t *numbers[NUMBERS];
    columns(&copy, texts, numbers);
    dl_status status = store_enter(store, &own, err);
    if (status != DL_OK) return status;
    status = store_sql(store, SQL_PUT_FOLLOWED, &statement, err);
    if (status == DL_OK) {
        store_bind_text(statement, 1, copy.address);
        for (int i = 0; i < TEXTS; i++) store_bind_text(statement, 2 + i, *texts[i]);
        for (int i = 0; i < NUMBERS; i++) sqlite3_bind_int64(statement, 2 + TEXTS + i, *numbers[i]);
        status = store_run(store, statement, err);
    }
    return store_finish(store, own, status, err);
}
