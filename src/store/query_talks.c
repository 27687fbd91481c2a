/* query_talks.c - negotiations that pages tell of, with who states what of each issue. */
#include "base/date.h"
#include "base/error.h"
#include "dateline/queries.h"
#include "store/query.h"

enum { TALKS, TALKS_BY_DOCUMENT, PARTIES, ISSUES, SENTENCES, SAID, SPEAKER, STATEMENTS };

/* Which talks; the order follows. */
#define TALKS_ASKED \
    "SELECT t.document, d.name, p.url, p.site, p.title, p.published, p.changed, t.item, t.sentence, t.start, t.stop, t.round, t.date, t.date_to," \
    " t.next_date, t.next_start, t.next_stop, t.outcome, l.id, l.name, l.country, n.name" \
    " FROM talks t CROSS JOIN pages p ON p.document = t.document JOIN documents d ON d.id = t.document" \
    " LEFT JOIN locations l ON l.id = t.location LEFT JOIN locations n ON n.id = t.next_location" \
    " WHERE (?1 IS NULL OR p.published >= ?1) AND (?2 IS NULL OR p.published <= ?2)" \
    " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM parties q WHERE q.document = t.document AND q.talk = t.item AND substr(q.name, 1, length(?3)) = ?3))" \
    " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM issues i WHERE i.document = t.document AND i.talk = t.item AND i.topic = ?4))" \
    " AND (?5 IS NULL OR t.document IN (SELECT document FROM places WHERE location IN (SELECT value FROM json_each(?5))))"

static const char *const queries[STATEMENTS] = {
    [TALKS] = TALKS_ASKED " ORDER BY p.published, t.document, t.item",
    [TALKS_BY_DOCUMENT] = TALKS_ASKED " ORDER BY t.document, t.item",
    [PARTIES] = "SELECT role, name FROM parties WHERE document = ?1 AND talk = ?2 ORDER BY role, position",
    [ISSUES] = "SELECT topic, status, start, stop FROM issues WHERE document = ?1 AND talk = ?2 ORDER BY position",
    [SENTENCES] = "SELECT start, stop, number FROM sentences WHERE document = ?1 ORDER BY number",
    [SAID] = "SELECT start, stop, actor FROM statements WHERE document = ?1 ORDER BY item",
    [SPEAKER] = "SELECT name, code FROM actors WHERE id = ?1",
};

/* A sentence with its number, or a statement with the row of its speaker. */
typedef struct part {
    dl_span span;
    int64_t of;
} part;

typedef DL_VEC(part) part_vec;

typedef struct reader {
    dl_store *store;
    sqlite3_stmt *statements[STATEMENTS];
    dl_arena arena; /* of one row */
    page_text page;
    dl_arena page_arena; /* of the page that holds the row */
    int64_t document;
    part_vec sentences, said;
    bool said_known; /* statements are read when the first issue asks */
    dl_error *err;
} reader;

static dl_str copy(reader *r, sqlite3_stmt *row, int column)
{
    dl_str text = store_column(row, column);
    return text.ptr ? dl_arena_str(&r->arena, text) : text;
}

static dl_status quote_words(reader *r, int64_t document, dl_span span, dl_str *out)
{
    dl_status status = query_page_text(&r->page, r->store, document, r->err);
    if (status != DL_OK) return status;
    *out = dl_arena_str(&r->arena, query_words(&r->page, span));
    return out->ptr ? DL_OK : dl_fail_memory(r->err);
}

static dl_status read_parts(reader *r, sqlite3_stmt *statement, part_vec *out)
{
    bool row;
    dl_status status;
    *out = (part_vec){0};
    sqlite3_bind_int64(statement, 1, r->document);
    while ((status = store_step(r->store, statement, &row, r->err)) == DL_OK && row) {
        part *one = DL_VEC_PUSH(&r->page_arena, out);
        if (!one) {
            sqlite3_reset(statement);
            return dl_fail_memory(r->err);
        }
        *one = (part){{(uint32_t)sqlite3_column_int64(statement, 0), (uint32_t)sqlite3_column_int64(statement, 1)}, sqlite3_column_int64(statement, 2)};
    }
    return status;
}

/* Sentences of a page at once: its talks and their issues ask for many of them. */
static dl_status read_page(reader *r, int64_t document)
{
    if (r->document == document) return DL_OK;
    dl_arena_reset(&r->page_arena);
    r->document = document, r->said_known = false;
    return read_parts(r, r->statements[SENTENCES], &r->sentences);
}

/* The sentence that holds a code point; NULL where none does. They stand in their order. */
static const part *sentence_at(const reader *r, uint32_t at)
{
    size_t low = 0, high = r->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->sentences.items[middle].span.end <= at) low = middle + 1;
        else high = middle;
    }
    return low < r->sentences.count && r->sentences.items[low].span.start <= at ? &r->sentences.items[low] : NULL;
}

static dl_status find_quote(reader *r, int64_t document, dl_span span, dl_quote *out)
{
    const part *sentence = sentence_at(r, span.start);
    *out = (dl_quote){.span = span, .sentence = DL_NONE};
    if (!sentence) return DL_OK;
    out->sentence = (uint32_t)sentence->of;
    out->sentence_span = sentence->span;
    return quote_words(r, document, out->sentence_span, &out->sentence_text);
}

static dl_status name_speaker(reader *r, int64_t actor, dl_party *out)
{
    sqlite3_stmt *statement = r->statements[SPEAKER];
    bool row;
    sqlite3_bind_int64(statement, 1, actor);
    dl_status status = store_step(r->store, statement, &row, r->err);
    if (status != DL_OK || !row) return status;
    *out = (dl_party){copy(r, statement, 0), copy(r, statement, 1)};
    if (!out->code.len) out->code = (dl_str){0};
    sqlite3_reset(statement);
    return out->name.ptr ? DL_OK : dl_fail_memory(r->err);
}

/* The narrowest statement around the words; of equals the first. */
static dl_status find_speaker(reader *r, int64_t document, dl_issue_row *issue)
{
    const part *narrowest = NULL;
    dl_status status = r->said_known ? DL_OK : read_parts(r, r->statements[SAID], &r->said);
    r->said_known = true;
    for (size_t i = 0; i < r->said.count; i++) {
        const part *one = &r->said.items[i];
        if (one->span.start > issue->quote.span.start || one->span.end < issue->quote.span.end) continue;
        if (!narrowest || one->span.end - one->span.start < narrowest->span.end - narrowest->span.start) narrowest = one;
    }
    if (!narrowest || status != DL_OK) return status;
    issue->statement_span = narrowest->span;
    if (narrowest->of) status = name_speaker(r, narrowest->of, &issue->speaker);
    return status == DL_OK ? quote_words(r, document, issue->statement_span, &issue->statement) : status;
}

static dl_status take_issues(reader *r, dl_talk_row *talk)
{
    DL_VEC(dl_issue_row) issues = {0};
    sqlite3_stmt *statement = r->statements[ISSUES];
    bool row = true;
    dl_status status = DL_OK;
    sqlite3_bind_int64(statement, 1, talk->number), sqlite3_bind_int64(statement, 2, (int64_t)talk->item + 1);
    while (status == DL_OK && (status = store_step(r->store, statement, &row, r->err)) == DL_OK && row) {
        dl_issue_row *issue = DL_VEC_PUSH(&r->arena, &issues);
        if (!issue) {
            status = dl_fail_memory(r->err);
            break;
        }
        *issue = (dl_issue_row){.topic = copy(r, statement, 0), .status = copy(r, statement, 1)};
        dl_span span = {(uint32_t)sqlite3_column_int64(statement, 2), (uint32_t)sqlite3_column_int64(statement, 3)};
        status = find_quote(r, talk->number, span, &issue->quote);
        if (status == DL_OK) status = find_speaker(r, talk->number, issue);
    }
    sqlite3_reset(statement);
    talk->issues = issues.items, talk->issue_count = issues.count;
    return status;
}

static dl_status take_parties(reader *r, dl_talk_row *talk)
{
    DL_VEC(dl_str) names[3] = {{0}, {0}, {0}};
    sqlite3_stmt *statement = r->statements[PARTIES];
    bool row = true;
    dl_status status = DL_OK;
    sqlite3_bind_int64(statement, 1, talk->number), sqlite3_bind_int64(statement, 2, (int64_t)talk->item + 1);
    while (status == DL_OK && (status = store_step(r->store, statement, &row, r->err)) == DL_OK && row) {
        int role = sqlite3_column_int(statement, 0);
        dl_str *name = DL_VEC_PUSH(&r->arena, &names[role < 0 || role > 2 ? 2 : role]);
        if (name) *name = copy(r, statement, 1);
        if (!name || !name->ptr) status = dl_fail_memory(r->err);
    }
    sqlite3_reset(statement);
    talk->parties = names[0].items, talk->party_count = names[0].count;
    talk->mediators = names[1].items, talk->mediator_count = names[1].count;
    talk->delegates = names[2].items, talk->delegate_count = names[2].count;
    return status;
}

static dl_status take_talk(reader *r, sqlite3_stmt *row, dl_talk_row *out)
{
    *out = (dl_talk_row){.number = sqlite3_column_int64(row, 0), .document = copy(r, row, 1), .url = copy(r, row, 2), .site = copy(r, row, 3),
                         .title = copy(r, row, 4), .published = query_day(row, 5), .seen = sqlite3_column_int64(row, 6),
                         .item = (uint32_t)sqlite3_column_int64(row, 7) - 1, .round = (int32_t)sqlite3_column_int64(row, 11),
                         .date = query_day(row, 12), .date_to = query_day(row, 13), .next_date = query_day(row, 14), .outcome = copy(r, row, 17),
                         .location = sqlite3_column_int64(row, 18), .place = copy(r, row, 19), .country = copy(r, row, 20),
                         .next_place = copy(r, row, 21), .next_quote.sentence = DL_NONE};
    dl_span span = {(uint32_t)sqlite3_column_int64(row, 9), (uint32_t)sqlite3_column_int64(row, 10)};
    dl_status status = read_page(r, out->number);
    if (status == DL_OK) status = find_quote(r, out->number, span, &out->quote);
    if (status == DL_OK && sqlite3_column_type(row, 15) != SQLITE_NULL) {
        dl_span next = {(uint32_t)sqlite3_column_int64(row, 15), (uint32_t)sqlite3_column_int64(row, 16)};
        status = find_quote(r, out->number, next, &out->next_quote);
    }
    if (status == DL_OK) status = take_parties(r, out);
    return status == DL_OK ? take_issues(r, out) : status;
}

static dl_status visit_talks(reader *r, const dl_talk_query *query, dl_visit_talk *visit, void *context)
{
    sqlite3_stmt *statement = r->statements[query->by_document ? TALKS_BY_DOCUMENT : TALKS];
    bool row = true, more = true;
    dl_status status = DL_OK;
    store_bind_date(statement, 1, query->since), store_bind_date(statement, 2, query->until);
    store_bind_text(statement, 3, query->party), store_bind_text(statement, 4, query->topic);
    if (query->named && !store_bind_numbers(statement, 5, query->named, query->named_count)) return dl_fail_memory(r->err);
    while (status == DL_OK && more && (status = store_step(r->store, statement, &row, r->err)) == DL_OK && row) {
        dl_talk_row talk;
        dl_arena_reset(&r->arena);
        status = take_talk(r, statement, &talk);
        if (status == DL_OK) more = visit(context, &talk);
    }
    return status;
}

dl_status dl_store_talks(dl_store *store, const dl_talk_query *query, dl_visit_talk *visit, void *context, dl_error *err)
{
    reader r = {.store = store, .err = err};
    dl_status status = DL_OK;
    dl_arena_init(&r.arena, 0), dl_arena_init(&r.page_arena, 0);
    for (int i = 0; i < STATEMENTS && status == DL_OK; i++) status = store_prepare(store, &r.statements[i], queries[i], err);
    if (status == DL_OK) status = visit_talks(&r, query, visit, context);
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(r.statements[i]);
    sqlite3_finalize(r.page.statement);
    dl_arena_free(&r.arena), dl_arena_free(&r.page_arena);
    return status;
}
