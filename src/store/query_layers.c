/* query_layers.c - pages, statements and claims of a store one by one, in the order of their keys: nothing is sorted or kept. */
#include "base/error.h"
#include "dateline/queries.h"
#include "store/find.h"

/* The parameters of all queries here: ?1 first day, ?2 last day, ?3 words of the outlet, ?4 and ?5 to ?6 a speaker's name and code, ?7 words
 * of the text, ?8 rows at most. What is not asked for is NULL. */
#define OUTLET "instr(lower(' ' || replace(replace(p.site, '-', ' '), ',', ' ') || ' '), lower(?3)) > 0"
#define DAYS "(?1 IS NULL OR p.published >= ?1) AND (?2 IS NULL OR substr(p.published, 1, 10) <= ?2)"
#define SPEAKERS "(SELECT rowid FROM actor_words WHERE actor_words MATCH ?4 UNION ALL SELECT id FROM actors WHERE code <> '' AND code >= ?5 AND code < ?6)"

static const char pages_sql[] =
    "SELECT d.id, d.name, p.url, p.site, p.title, p.language, p.section, p.published, p.modified, p.access, r.text, n.engine, n.model,"
    "  p.first_seen, p.changed, r.number, p.corrections, (SELECT count(*) FROM events e WHERE e.document = p.document),"
    "  (SELECT count(*) FROM statements s WHERE s.document = p.document)"
    " FROM pages p CROSS JOIN documents d ON d.id = p.document CROSS JOIN readings g ON g.id = p.reading CROSS JOIN revisions r ON r.id = g.revision"
    "  CROSS JOIN engines n ON n.id = g.engine"
    " WHERE " DAYS " AND (?3 IS NULL OR " OUTLET ")"
    "  AND (?7 IS NULL OR p.document IN (SELECT rowid >> 24 FROM search WHERE search MATCH ?7)) ORDER BY p.document LIMIT ?8";

static const char statements_sql[] =
    "SELECT d.id, d.name, p.url, p.site, p.title, p.published, p.changed, t.item, t.kind, t.role, t.channel, t.named, a.name, a.code, t.start,"
    "  t.stop, substr(r.text, t.start + 1, t.stop - t.start), t.sentence, t.confidence"
    " FROM statements t CROSS JOIN pages p ON p.document = t.document CROSS JOIN documents d ON d.id = t.document CROSS JOIN readings g ON g.id = p.reading"
    "  CROSS JOIN revisions r ON r.id = g.revision LEFT JOIN actors a ON a.id = t.actor"
    " WHERE " DAYS " AND (?3 IS NULL OR " OUTLET " OR +t.actor IN " SPEAKERS ")"
    "  AND (?7 IS NULL OR (t.document << 24 | t.sentence) IN (SELECT rowid FROM search WHERE search MATCH ?7))"
    " ORDER BY t.document, t.item LIMIT ?8";

#define OF_READING " CROSS JOIN revisions r ON r.id = g.revision CROSS JOIN documents d ON d.id = r.document CROSS JOIN engines n ON n.id = g.engine"

/* A claim's speaker is words, so that its outlet or those words must hold what is asked for. */
static const char claims_sql[] =
    "SELECT d.name, r.number, n.engine, n.model, l.name, l.letter || c.item, c.start, c.stop, c.speaker, c.value, g.seen, p.reading = c.reading,"
    "  NULL, NULL, NULL, NULL"
    " FROM claims c CROSS JOIN readings g ON g.id = c.reading" OF_READING " CROSS JOIN layers l ON l.id = c.layer"
    "  LEFT JOIN pages p ON p.document = d.id"
    " WHERE " DAYS " AND (?3 IS NULL OR " OUTLET " OR instr(lower(' ' || c.speaker || ' '), lower(?3)) > 0) ORDER BY c.id LIMIT ?8";

/* Of one document, ?1: led by its name, so that the rest of the log does not matter. */
static const char history_sql[] =
    "SELECT d.name, r.number, n.engine, n.model, l.name, CASE WHEN c.item > 0 THEN l.letter || c.item END, c.start, c.stop, c.speaker, c.value, g.seen,"
    "  p.reading = c.reading, NULL, NULL, NULL, NULL"
    " FROM documents d CROSS JOIN revisions r ON r.document = d.id CROSS JOIN readings g ON g.revision = r.id"
    "  CROSS JOIN claims c ON c.id BETWEEN g.first_claim AND g.first_claim + g.claim_count - 1 CROSS JOIN engines n ON n.id = g.engine"
    "  CROSS JOIN layers l ON l.id = c.layer LEFT JOIN pages p ON p.document = d.id"
    " WHERE d.name = ?1 ORDER BY c.id";

static const char history_of_people_sql[] =
    "SELECT d.name, r.number, n.engine, n.model, l.name, CASE WHEN k.item > 0 THEN l.letter || k.item END, k.start, k.stop, NULL, k.value, k.seen,"
    "  p.reading = k.reading, k.verdict, k.field, k.author, k.note"
    " FROM documents d CROSS JOIN corrections k ON k.document = d.id CROSS JOIN readings g ON g.id = k.reading CROSS JOIN revisions r ON r.id = g.revision"
    "  CROSS JOIN engines n ON n.id = g.engine CROSS JOIN layers l ON l.id = k.layer LEFT JOIN pages p ON p.document = d.id"
    " WHERE d.name = ?1 ORDER BY k.id";

static const char corrections_sql[] =
    "SELECT d.name, r.number, n.engine, n.model, l.name, CASE WHEN k.item > 0 THEN l.letter || k.item END, k.start, k.stop, NULL, k.value, k.seen,"
    "  p.reading = k.reading, k.verdict, k.field, k.author, k.note"
    " FROM corrections k CROSS JOIN readings g ON g.id = k.reading" OF_READING " CROSS JOIN layers l ON l.id = k.layer"
    "  LEFT JOIN pages p ON p.document = d.id"
    " WHERE " DAYS " AND (?3 IS NULL OR " OUTLET ") ORDER BY k.id LIMIT ?8";

/* ---- asking ---- */

static void bind_day(sqlite3_stmt *statement, int index, dl_date day)
{
    if (day.year) store_bind_date(statement, index, day);
}

/* Binds text of the arena; a text asked for that could not be made is out of memory. */
static bool bind(sqlite3_stmt *statement, int index, dl_str text)
{
    if (text.ptr && sqlite3_bind_parameter_count(statement) >= index) store_bind_text(statement, index, text);
    return text.ptr != NULL;
}

static dl_status prepare(dl_store *store, sqlite3_stmt **out, const char *sql, const dl_page_query *query, size_t limit, dl_error *err)
{
    dl_arena *arena = &store->arena;
    bool bound = true;
    dl_status status = store_prepare(store, out, sql, err);
    if (status != DL_OK) return status;
    bind_day(*out, 1, query->since), bind_day(*out, 2, query->until);
    if (query->source.len) {
        bound = bind(*out, 3, store_spaced(arena, query->source)) && bind(*out, 4, store_phrase(arena, query->source)) &&
                bind(*out, 5, query->source) && bind(*out, 6, dl_arena_format(arena, "%.*s\x7F", (int)query->source.len, query->source.ptr));
    }
    if (query->text.len) bound = bind(*out, 7, store_search_words(arena, query->text)) && bound;
    sqlite3_bind_int64(*out, 8, limit && limit <= INT64_MAX ? (int64_t)limit : -1);
    if (bound) return DL_OK;
    sqlite3_finalize(*out);
    *out = NULL;
    return dl_fail_memory(err);
}

/* Gives each row to `take`, which says whether to go on. */
typedef bool take_row(sqlite3_stmt *row, void *visit);

static dl_status visit_all(dl_store *store, const char *sql, const dl_page_query *query, size_t limit, take_row *take, void *visit, dl_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row;
    dl_arena_reset(&store->arena);
    dl_status status = prepare(store, &statement, sql, query, limit, err);
    if (status != DL_OK) return status;
    while ((status = store_step(store, statement, &row, err)) == DL_OK && row)
        if (!take(statement, visit)) break;
    sqlite3_finalize(statement);
    return status;
}

static dl_span span_at(sqlite3_stmt *row, int column)
{
    return (dl_span){(uint32_t)sqlite3_column_int64(row, column), (uint32_t)sqlite3_column_int64(row, column + 1)};
}

static dl_str known(dl_str text)
{
    return text.len ? text : (dl_str){0};
}

/* ---- pages ---- */

typedef struct page_visit {
    dl_visit_page *visit;
    void *context;
} page_visit;

static bool take_page(sqlite3_stmt *row, void *of)
{
    const page_visit *v = of;
    dl_page_row page = {.number = sqlite3_column_int64(row, 0)};
    dl_str *const texts[] = {&page.document, &page.url, &page.site, &page.title, &page.language, &page.section, &page.published, &page.modified,
                             &page.access, &page.text, &page.engine, &page.model};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) *texts[i] = store_column(row, i + 1);
    page.first_seen = sqlite3_column_int64(row, 13), page.changed = sqlite3_column_int64(row, 14);
    page.revision = (uint32_t)sqlite3_column_int64(row, 15), page.corrections = (uint32_t)sqlite3_column_int64(row, 16);
    page.events = (uint32_t)sqlite3_column_int64(row, 17), page.statements = (uint32_t)sqlite3_column_int64(row, 18);
    return v->visit(v->context, &page);
}

dl_status dl_store_pages(dl_store *store, const dl_page_query *query, dl_visit_page *visit, void *context, dl_error *err)
{
    return visit_all(store, pages_sql, query, query->limit, take_page, &(page_visit){visit, context}, err);
}

/* ---- statements ---- */

typedef struct statement_visit {
    dl_visit_statement *visit;
    void *context;
} statement_visit;

static bool take_statement(sqlite3_stmt *row, void *of)
{
    const statement_visit *v = of;
    dl_statement_row said = {.number = sqlite3_column_int64(row, 0), .document = store_column(row, 1), .url = store_column(row, 2)};
    said.site = store_column(row, 3), said.title = store_column(row, 4), said.published = store_column(row, 5);
    said.seen = sqlite3_column_int64(row, 6);
    said.item = (uint32_t)sqlite3_column_int64(row, 7) - 1;
    said.kind = store_column(row, 8), said.role = store_column(row, 9), said.channel = store_column(row, 10);
    said.named = sqlite3_column_int(row, 11) != 0;
    said.speaker = (dl_party){store_column(row, 12), known(store_column(row, 13))};
    said.span = span_at(row, 14), said.text = store_column(row, 16);
    said.sentence = sqlite3_column_type(row, 17) == SQLITE_NULL ? DL_NONE : (uint32_t)sqlite3_column_int64(row, 17);
    said.confidence = sqlite3_column_double(row, 18);
    return v->visit(v->context, &said);
}

dl_status dl_store_statements(dl_store *store, const dl_page_query *query, dl_visit_statement *visit, void *context, dl_error *err)
{
    return visit_all(store, statements_sql, query, query->limit, take_statement, &(statement_visit){visit, context}, err);
}

/* ---- claims ---- */

typedef struct claim_visit {
    dl_visit_claim *visit;
    void *context;
    size_t rows;
    bool enough;
} claim_visit;

static bool take_claim(sqlite3_stmt *row, void *of)
{
    claim_visit *v = of;
    dl_claim_row claim = {.document = store_column(row, 0), .revision = (uint32_t)sqlite3_column_int64(row, 1), .engine = store_column(row, 2)};
    claim.model = store_column(row, 3), claim.layer = store_column(row, 4), claim.item = store_column(row, 5);
    claim.anchored = sqlite3_column_type(row, 6) != SQLITE_NULL;
    claim.span = span_at(row, 6);
    claim.speaker = store_column(row, 8), claim.value = store_column(row, 9);
    claim.seen = sqlite3_column_int64(row, 10);
    claim.current = sqlite3_column_int(row, 11) != 0;
    claim.verdict = store_column(row, 12), claim.field = store_column(row, 13), claim.author = store_column(row, 14), claim.note = store_column(row, 15);
    v->rows++;
    v->enough = !v->visit(v->context, &claim);
    return !v->enough;
}

dl_status dl_store_claims(dl_store *store, const dl_page_query *query, dl_visit_claim *visit, void *context, dl_error *err)
{
    claim_visit v = {visit, context, 0, false};
    dl_status status = visit_all(store, claims_sql, query, query->limit, take_claim, &v, err);
    size_t left = query->limit ? query->limit - v.rows : 0;
    if (status != DL_OK || v.enough || (query->limit && !left)) return status;
    return visit_all(store, corrections_sql, query, left, take_claim, &v, err);
}

static dl_status visit_named(dl_store *store, const char *sql, dl_str document, claim_visit *v, dl_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row;
    dl_status status = store_prepare(store, &statement, sql, err);
    if (status != DL_OK) return status;
    store_bind_text(statement, 1, document);
    while ((status = store_step(store, statement, &row, err)) == DL_OK && row)
        if (!take_claim(statement, v)) break;
    sqlite3_finalize(statement);
    return status;
}

dl_status dl_store_history(dl_store *store, dl_str document, dl_visit_claim *visit, void *context, dl_error *err)
{
    claim_visit v = {visit, context, 0, false};
    dl_status status = visit_named(store, history_sql, document, &v, err);
    return status != DL_OK || v.enough ? status : visit_named(store, history_of_people_sql, document, &v, err);
}
