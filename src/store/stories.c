/* stories.c - signatures, postings and stories as tables, and the index that the stories room asks for.
 *
 * The signature and the postings of a page follow from its record; which story it is in depends also on what was there when it came. So
 * a rebuild, which adds the pages in the order in which they first came, may part stories otherwise than revisions and corrections did. */
#include "store/stories.h"

#include <stdlib.h>

#include "base/error.h"
#include "stories/stories.h"

static dl_status open_data(dl_store *store, dl_error *err)
{
    return store->stories ? DL_OK : dl_stories_open(&store->stories, store->data, err);
}

void store_stories_close(dl_store *store)
{
    dl_stories_close(store->stories);
    dl_arena_free(&store->story_arena);
}

/* ---- the index ---- */

static dl_status find_postings(void *context, uint32_t term, size_t most, story_posting *out, size_t *count, dl_error *err)
{
    dl_store *store = context;
    sqlite3_stmt *statement;
    bool row = true;
    *count = 0;
    dl_status status = store_sql(store, SQL_POSTINGS, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, term);
    sqlite3_bind_int64(statement, 2, (int64_t)most);
    while (status == DL_OK && *count < most) {
        status = store_step(store, statement, &row, err);
        if (status != DL_OK || !row) return status;
        out[(*count)++] = (story_posting){sqlite3_column_int64(statement, 0), (uint16_t)sqlite3_column_int(statement, 1)};
    }
    sqlite3_reset(statement);
    return status;
}

static dl_status select_page(dl_store *store, int64_t page, sqlite3_stmt **statement, bool *row, dl_error *err)
{
    dl_status status = store_sql(store, SQL_GROUPED, statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(*statement, 1, page);
    return store_step(store, *statement, row, err);
}

static dl_status find_page(void *context, int64_t page, dl_arena *arena, story_page *out, dl_error *err)
{
    dl_store *store = context;
    sqlite3_stmt *statement;
    bool row;
    dl_status status = select_page(store, page, &statement, &row, err);
    if (status != DL_OK) return status;
    if (!row) return dl_fail(err, DL_BAD_DATA, store->path, 0, "a page that is posted under a word is in no story; 'dateline check --repair' mends it");
    out->story = sqlite3_column_int64(statement, 0);
    out->pages = (uint32_t)sqlite3_column_int64(statement, 1);
    out->around = (story_surroundings){(uint16_t)sqlite3_column_int(statement, 2), (uint16_t)sqlite3_column_int(statement, 3),
                                       (uint16_t)sqlite3_column_int(statement, 4), (uint16_t)sqlite3_column_int(statement, 5)};
    status = dl_signature_unpack(&out->signature, arena, store_blob(statement, 6), err);
    sqlite3_reset(statement);
    return status;
}

/* ---- placing ---- */

static dl_status run_with(dl_store *store, store_statement which, int64_t first, int64_t second, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, which, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, first);
    if (second) sqlite3_bind_int64(statement, 2, second);
    return store_run(store, statement, err);
}

static dl_status join_story(dl_store *store, int64_t *story, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_status status = store_sql(store, *story ? SQL_JOIN_STORY : SQL_ADD_STORY, &statement, err);
    if (status != DL_OK) return status;
    if (*story) sqlite3_bind_int64(statement, 1, *story);
    status = store_run(store, statement, err);
    if (!*story) *story = sqlite3_last_insert_rowid(store->db);
    return status;
}

static dl_status add_postings(dl_store *store, int64_t document, const story_placement *placement, dl_error *err)
{
    const story_terms *posted = &placement->signature.sets[SET_POSTED];
    dl_status status = DL_OK;
    for (size_t i = 0; i < posted->count && status == DL_OK;) {
        size_t rows = posted->count - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        sqlite3_stmt *statement;
        status = store_sql(store, rows > 1 ? SQL_ADD_POSTINGS : SQL_ADD_POSTING, &statement, err);
        for (int at = 0; status == DL_OK && rows; rows--, i++) {
            sqlite3_bind_int64(statement, ++at, posted->ids[i]);
            sqlite3_bind_int64(statement, ++at, document);
            sqlite3_bind_int(statement, ++at, placement->posted_weights[i]);
        }
        if (status == DL_OK) status = store_run(store, statement, err);
    }
    return status;
}

static dl_status add_page(dl_store *store, int64_t document, int64_t story, const story_placement *placement, dl_error *err)
{
    sqlite3_stmt *statement;
    dl_str bytes;
    const story_surroundings *around = &placement->around;
    dl_status status = dl_signature_pack(&placement->signature, &store->story_arena, &bytes, err);
    if (status == DL_OK) status = store_sql(store, SQL_ADD_GROUPED, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, document);
    sqlite3_bind_int64(statement, 2, story);
    sqlite3_bind_int(statement, 3, around->best_text), sqlite3_bind_int(statement, 4, around->best_lead);
    sqlite3_bind_int(statement, 5, around->dense_text), sqlite3_bind_int(statement, 6, around->dense_lead);
    status = store_run(store, statement, err);
    if (status == DL_OK) status = store_sql(store, SQL_ADD_SIGNATURE, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, document);
    sqlite3_bind_blob64(statement, 2, bytes.ptr, bytes.len, SQLITE_STATIC);
    return store_run(store, statement, err);
}

/* `joined` becomes part of `story`. */
static dl_status merge_stories(dl_store *store, int64_t story, int64_t joined, dl_error *err)
{
    dl_status status = run_with(store, SQL_MOVE_PAGES, story, joined, err);
    if (status == DL_OK) status = run_with(store, SQL_COUNT_PAGES, story, 0, err);
    if (status == DL_OK) status = run_with(store, SQL_COUNT_PAGES, joined, 0, err);
    return status == DL_OK ? run_with(store, SQL_DROP_STORY, joined, 0, err) : status;
}

dl_status store_place(dl_store *store, int64_t document, const dl_document *doc, dl_error *err)
{
    const dl_story_index index = {store, find_postings, find_page};
    story_placement placement = {0};
    dl_status status = open_data(store, err);
    if (status != DL_OK) return status;
    dl_arena_reset(&store->story_arena);
    status = dl_stories_place(store->stories, &index, doc, &store->story_arena, &placement, err);
    if (status == DL_OK) status = join_story(store, &placement.story, err);
    if (status == DL_OK) status = add_page(store, document, placement.story, &placement, err);
    if (status == DL_OK) status = add_postings(store, document, &placement, err);
    for (size_t i = 0; i < placement.joined_count && status == DL_OK; i++)
        status = merge_stories(store, placement.story, placement.joined[i], err);
    return status;
}

/* ---- taking away ---- */

dl_status store_displace(dl_store *store, int64_t document, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_signature signature;
    dl_arena_reset(&store->story_arena);
    dl_status status = select_page(store, document, &statement, &row, err);
    if (status != DL_OK || !row) return status;
    int64_t story = sqlite3_column_int64(statement, 0);
    status = dl_signature_unpack(&signature, &store->story_arena, store_blob(statement, 6), err);
    sqlite3_reset(statement);
    if (status != DL_OK) return status;
    const story_terms *posted = &signature.sets[SET_POSTED];
    for (size_t i = 0; i < posted->count && status == DL_OK; i++) status = run_with(store, SQL_DROP_POSTING, posted->ids[i], document, err);
    if (status == DL_OK) status = run_with(store, SQL_DROP_SIGNATURE, document, 0, err);
    if (status == DL_OK) status = run_with(store, SQL_DROP_GROUPED, document, 0, err);
    if (status == DL_OK) status = run_with(store, SQL_LEAVE_STORY, story, 0, err);
    if (status == DL_OK) status = run_with(store, SQL_DROP_STORY, story, 0, err);
    return status;
}

/* ---- checking ---- */

static dl_status is_posted(dl_store *store, int64_t document, uint32_t term, bool *out, dl_error *err)
{
    sqlite3_stmt *statement;
    int64_t found = 0;
    dl_status status = store_sql(store, SQL_IS_POSTED, &statement, err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, term);
    sqlite3_bind_int64(statement, 2, document);
    status = store_number(store, statement, 0, &found, err);
    *out = found;
    return status;
}

static void check_postings(row_sink *sink, int64_t document, const story_terms *posted)
{
    bool there = true;
    for (size_t i = 0; i < posted->count && there && sink->status == DL_OK; i++)
        sink->status = is_posted(sink->store, document, posted->ids[i], &there, sink->err);
    if (!there) rows_fault(sink, "the page is not posted under one of its words");
}

void store_check_story(row_sink *sink, int64_t document, const dl_document *doc)
{
    dl_store *store = sink->store;
    sqlite3_stmt *statement;
    dl_signature signature;
    dl_str bytes = {0};
    bool row = false;
    if (sink->status == DL_OK) sink->status = open_data(store, sink->err);
    if (sink->status != DL_OK) return;
    dl_arena_reset(&store->story_arena);
    sink->status = dl_stories_sign(store->stories, doc, &store->story_arena, &signature, sink->err);
    if (sink->status == DL_OK) sink->status = dl_signature_pack(&signature, &store->story_arena, &bytes, sink->err);
    if (sink->status == DL_OK) sink->status = select_page(store, document, &statement, &row, sink->err);
    if (sink->status != DL_OK) return;
    if (!row) rows_fault(sink, "the page is in no story");
    else if (!dl_str_eq(store_blob(statement, 6), bytes)) rows_fault(sink, "the page's signature says otherwise than the log");
    if (row) sqlite3_reset(statement);
    check_postings(sink, document, &signature.sets[SET_POSTED]);
}

dl_status dl_store_visit_stories(dl_store *store, dl_story_visit *visit, void *context, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row = true;
    dl_status status = store_sql(store, SQL_STORIES, &statement, err);
    while (status == DL_OK && row) {
        status = store_step(store, statement, &row, err);
        if (status != DL_OK || !row) break;
        if (!visit(context, store_column(statement, 0), store_column(statement, 1))) {
            sqlite3_reset(statement);
            break;
        }
    }
    return status;
}

dl_status dl_store_use_data(dl_store *store, const char *data_dir, dl_error *err)
{
    char *copy = data_dir ? strdup(data_dir) : NULL;
    if (data_dir && !copy) return dl_fail_memory(err);
    free(store->data);
    store->data = copy;
    return DL_OK;
}
