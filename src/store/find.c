/* find.c - questions as SQL, answers as rows.
 *
 * A query is put together from fixed pieces of SQL; whatever the user said is only ever bound. Names, codes and places are looked up in the
 * tables that hold each of them once, and lead to events through an index. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "store/card.h"
#include "store/find.h"
#include "store/query.h"
#include "store/rows.h"

/* ---- distance ---- */

static const double earth_km = 6371.0088; /* mean radius, IUGG */
static const double degree = 3.14159265358979323846 / 180;

/* Great circle by the haversine formula, sound for short distances too (R. W. Sinnott, "Virtues of the Haversine", 1984). */
static double distance_km(double lat1, double lon1, double lat2, double lon2)
{
    double up = sin((lat2 - lat1) * degree / 2), along = sin((lon2 - lon1) * degree / 2);
    double h = up * up + cos(lat1 * degree) * cos(lat2 * degree) * along * along;
    return 2 * earth_km * asin(sqrt(h < 1 ? h : 1));
}

static void km_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    for (int i = 0; i < 4; i++)
        if (sqlite3_value_type(values[i]) == SQLITE_NULL) return;
    sqlite3_result_double(context, distance_km(sqlite3_value_double(values[0]), sqlite3_value_double(values[1]),
                                               sqlite3_value_double(values[2]), sqlite3_value_double(values[3])));
}

dl_status store_add_functions(dl_store *store, dl_error *err)
{
    int code = sqlite3_create_function(store->db, "km", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, km_function, NULL, NULL);
    return code == SQLITE_OK ? DL_OK : store_fail(store, err);
}

/* ---- putting the query together ---- */

enum { MOST_VALUES = 48 };

typedef struct asker {
    dl_store *store;
    const dl_query *query;
    dl_json_out sql;
    cell values[MOST_VALUES];
    int count;
    dl_str few;   /* the events that the rarest condition holds for */
    dl_str first; /* the day that `latest` begins with; ptr NULL: there are fewer events */
    page_text page;     /* of a row that is a sentence */
    card card;          /* of the document whose row is an event */
    int64_t document;   /* that it is of */
    int64_t story;
    dl_arena card_arena;
    dl_error *err;
} asker;

static void say(asker *ask, const char *sql)
{
    ask->sql.comma = false;
    dl_json_raw(&ask->sql, dl_str_of(sql));
}

/* A condition with one value, written ? in it. */
static void where(asker *ask, const char *sql, cell value)
{
    say(ask, sql);
    ask->values[ask->count++] = value;
}

dl_str store_search_words(dl_arena *arena, dl_str text)
{
    char *out = dl_arena_alloc_raw(arena, text.len * 4 + 1);
    size_t len = 0;
    bool open = false, phrase = false;
    for (size_t i = 0; out && i <= text.len; i++) {
        char c = i < text.len ? text.ptr[i] : ' ';
        bool space = dl_ascii_space((unsigned char)c);
        if (c == '"' && i < text.len) phrase = !phrase;
        bool star = c == '*' && open && !phrase && (i + 1 >= text.len || dl_ascii_space((unsigned char)text.ptr[i + 1]));
        if (open && ((space && !phrase) || c == '"' || star || i == text.len)) {
            out[len++] = '"';
            if (star) out[len++] = '*';
            out[len++] = ' ';
            open = false;
        }
        if (c == '"' || star || (space && !open)) continue;
        if (!open) out[len++] = '"';
        open = true;
        out[len++] = c == '\0' ? ' ' : c;
    }
    return (dl_str){out, len};
}

dl_str store_phrase(dl_arena *arena, dl_str words)
{
    dl_str phrase = dl_arena_format(arena, "\"%.*s\"", (int)words.len, words.ptr);
    for (size_t i = 1; phrase.ptr && i + 1 < phrase.len; i++)
        if (phrase.ptr[i] == '"') ((char *)phrase.ptr)[i] = ' ';
    return phrase;
}

dl_str store_spaced(dl_arena *arena, dl_str words)
{
    return dl_arena_format(arena, " %.*s ", (int)words.len, words.ptr);
}

static cell day_cell(dl_arena *arena, dl_date date)
{
    char text[16];
    return cell_text(dl_arena_str(arena, dl_str_of(dl_date_format(date, text))));
}

/* ---- conditions ---- */

static void say_actors(asker *ask, dl_str actor)
{
    dl_arena *arena = &ask->store->arena;
    where(ask, "(SELECT rowid FROM actor_words WHERE actor_words MATCH ?", cell_text(store_phrase(arena, actor)));
    where(ask, " UNION ALL SELECT id FROM actors WHERE code <> '' AND code >= ?", cell_text(actor));
    where(ask, " AND code < ?)", cell_text(dl_arena_format(arena, "%.*s\x7F", (int)actor.len, actor.ptr)));
}

static bool is_country_code(dl_str place)
{
    return place.len == 2 && place.ptr[0] >= 'A' && place.ptr[0] <= 'Z' && place.ptr[1] >= 'A' && place.ptr[1] <= 'Z';
}

/* A country or a first-level unit holds all that lies in it. */
static void say_place(asker *ask, dl_str place)
{
    int64_t number;
    if (dl_str_number(place, &number)) {
        where(ask, "SELECT id FROM locations WHERE geonameid = ?", cell_int(number));
        return;
    }
    if (is_country_code(place)) {
        where(ask, "SELECT id FROM locations WHERE country = ?", cell_text(place));
        return;
    }
    where(ask, "SELECT id FROM locations WHERE " HAS_WORDS("name"), cell_text(store_spaced(&ask->store->arena, place)));
    where(ask, " OR country IN (SELECT country FROM locations WHERE name = ? COLLATE NOCASE AND precision = 'country')", cell_text(place));
    where(ask, " OR (country, admin1) IN (SELECT country, admin1 FROM locations WHERE name = ? COLLATE NOCASE AND precision = 'admin1')", cell_text(place));
}

/* The box around the circle asks the R*Tree, the distance the rest. Around a pole, or over the date line, the box is all longitudes. */
static void say_near(asker *ask, double lat, double lon, double km)
{
    double up = km / 111.19, low = lat - up, high = lat + up;
    double along = fabs(lat) + up < 89 ? up / cos((fabs(lat) + up) * degree) : 360;
    bool around = lon - along < -180 || lon + along > 180;
    where(ask, "SELECT l.id FROM location_boxes b JOIN locations l ON l.id = b.id WHERE b.lat_max >= ?", cell_real(low - 0.001));
    where(ask, " AND b.lat_min <= ?", cell_real(high + 0.001));
    where(ask, " AND b.lon_max >= ?", cell_real(around ? -181 : lon - along - 0.001));
    where(ask, " AND b.lon_min <= ?", cell_real(around ? 181 : lon + along + 0.001));
    where(ask, " AND km(l.lat, l.lon, ?", cell_real(lat));
    where(ask, ", ?", cell_real(lon));
    where(ask, ") <= ?", cell_real(km));
}

/* "[3,17]" */
static dl_str location_list(dl_arena *arena, const int64_t *locations, size_t count)
{
    enum { LONGEST = 21 }; /* digits, sign and comma of a number */
    char *out = dl_arena_alloc_raw(arena, count * LONGEST + 3);
    size_t len = 0;
    if (!out) return (dl_str){0};
    out[len++] = '[';
    for (size_t i = 0; i < count; i++) len += (size_t)snprintf(out + len, LONGEST + 1, i ? ",%lld" : "%lld", (long long)locations[i]);
    out[len++] = ']';
    return (dl_str){out, len};
}

/* Phrases for FTS5, any of which will do. */
static dl_str search_phrases(dl_arena *arena, dl_str phrases)
{
    char *out = dl_arena_alloc_raw(arena, phrases.len * 8 + 3);
    size_t len = 0;
    dl_str phrase;
    while (out && dl_str_next(&phrases, '\n', &phrase)) {
        if (len) memcpy(out + len, " OR ", 4), len += 4;
        out[len++] = '"';
        for (size_t i = 0; i < phrase.len; i++) out[len++] = phrase.ptr[i] == '"' || phrase.ptr[i] == '\0' ? ' ' : phrase.ptr[i];
        out[len++] = '"';
    }
    return (dl_str){out, len};
}

static void say_locations(asker *ask)
{
    const dl_query *q = ask->query;
    say(ask, "(");
    if (q->place.len) say_place(ask, q->place);
    if (q->place.len && q->near) say(ask, " INTERSECT ");
    if (q->near) say_near(ask, q->lat, q->lon, q->km);
    if (q->locations && (q->place.len || q->near)) say(ask, " INTERSECT ");
    if (q->locations) where(ask, "SELECT value FROM json_each(?)", cell_text(location_list(&ask->store->arena, q->locations, q->location_count)));
    say(ask, ")");
}

/* Conditions that may hold for few events or for very many. Each can be asked in two ways: as a list of the events that it holds for, which
 * an index gives; or of one event at hand. Few: the list leads to the events. Many: the events are gone through by day, and enough are
 * found soon. */
typedef enum condition { BY_EVENT, BY_TEXT, BY_LOCATION, BY_ACTOR, BY_SOURCE, CONDITIONS } condition;
enum { FEW = 5000 };

static bool is_asked(const dl_query *q, condition which)
{
    switch (which) {
    case BY_EVENT: return q->events != NULL;
    case BY_TEXT: return q->text.len > 0;
    case BY_LOCATION: return q->place.len > 0 || q->near || q->locations;
    case BY_ACTOR: return q->actor.len > 0;
    default: return q->source.len > 0;
    }
}

/* A column to compare with; in the order of the key no index may serve, for its rows would have to be sorted. */
static void where_column(asker *ask, const char *column, const char *sql, cell value)
{
    say(ask, ask->query->by_document ? " AND +e." : " AND e."), say(ask, column);
    where(ask, sql, value);
}

/* An event of several days counts by each of them, so the first day to look at is that of the first event that lasts until `since`. */
static void say_days(asker *ask)
{
    dl_arena *arena = &ask->store->arena;
    if (ask->query->since.year) {
        cell since = day_cell(arena, ask->query->since);
        where(ask, " AND ifnull(e.date_to, e.date) >= ?", since);
        where_column(ask, "date", " >= (SELECT min(d) FROM (SELECT ? AS d", since);
        where(ask, " UNION ALL SELECT min(date) FROM events INDEXED BY events_by_end WHERE date_to >= ?))", since);
    }
    if (ask->query->undated) say(ask, " AND e.date IS NULL");
    if (ask->first.ptr) where_column(ask, "date", " >= ?", cell_text(ask->first));
    if (ask->query->until.year) where_column(ask, "date", " <= ?", day_cell(arena, ask->query->until));
}

/* Of a page's place or words only, that an event of the page is of the days asked for, where these are so few that their pages are soon listed. */
static void say_pages_of_days(asker *ask, const char *document)
{
    enum { FEW_DAYS = 100 };
    const dl_query *q = ask->query;
    if (!dl_date_is_valid(q->since) || !dl_date_is_valid(q->until) || dl_date_to_days(q->until) - dl_date_to_days(q->since) > FEW_DAYS) return;
    say(ask, " AND "), say(ask, document), say(ask, " IN (SELECT e.document FROM events e WHERE 1");
    say_days(ask);
    say(ask, ")");
}

static void say_list(asker *ask, condition which)
{
    const dl_query *q = ask->query;
    dl_arena *arena = &ask->store->arena;
    switch (which) {
    case BY_EVENT:
        where(ask, "SELECT value >> 24 AS document, value & 16777215 AS item FROM json_each(?)", cell_text(location_list(arena, q->events, q->event_count)));
        break;
    case BY_TEXT:
        where(ask, "SELECT v.document, v.item FROM search f CROSS JOIN events v ON v.document = f.rowid >> 24 AND v.sentence = f.rowid & 16777215"
                   " WHERE search MATCH ?", cell_text(store_search_words(arena, q->text)));
        break;
    case BY_LOCATION:
        say(ask, "SELECT e.document, e.item FROM events e WHERE e.location IN "), say_locations(ask), say_days(ask);
        if (q->named) {
            where(ask, " UNION SELECT v.document, v.item FROM places m CROSS JOIN sentences s ON s.document = m.document AND s.start <= m.start AND s.stop > m.start"
                       " CROSS JOIN events v ON v.document = m.document AND v.sentence = s.number"
                       " WHERE m.location IN (SELECT value FROM json_each(?))", cell_text(location_list(arena, q->named, q->named_count)));
            say_pages_of_days(ask, "m.document");
        }
        if (q->named && q->phrases.len) {
            where(ask, " UNION SELECT v.document, v.item FROM search f CROSS JOIN events v ON v.document = f.rowid >> 24 AND v.sentence = f.rowid & 16777215"
                       " WHERE search MATCH ?", cell_text(search_phrases(arena, q->phrases)));
            say_pages_of_days(ask, "(f.rowid >> 24)");
        }
        break;
    case BY_ACTOR: say(ask, "SELECT document, event AS item FROM participants WHERE actor IN "), say_actors(ask, q->actor); break;
    default:
        say(ask, "SELECT v.document, v.item FROM statements t CROSS JOIN events v ON v.document = t.document AND v.source = t.item WHERE t.actor IN ");
        say_actors(ask, q->source);
        where(ask, " UNION ALL SELECT v.document, v.item FROM pages p CROSS JOIN events v ON v.document = p.document WHERE " HAS_WORDS("p.site"),
              cell_text(store_spaced(arena, q->source)));
    }
}

static void say_test(asker *ask, condition which)
{
    const dl_query *q = ask->query;
    dl_arena *arena = &ask->store->arena;
    switch (which) {
    case BY_EVENT:
        where(ask, " AND (e.document << 24 | e.item) IN (SELECT value FROM json_each(?))", cell_text(location_list(arena, q->events, q->event_count)));
        break;
    case BY_TEXT:
        where(ask, " AND EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = (e.document << 24 | e.sentence))",
              cell_text(store_search_words(arena, q->text)));
        break;
    case BY_LOCATION:
        say(ask, " AND (+e.location IN "), say_locations(ask);
        if (q->named)
            where(ask, " OR (e.document, e.sentence) IN (SELECT m.document, s.number FROM places m CROSS JOIN sentences s ON s.document = m.document"
                       " AND s.start <= m.start AND s.stop > m.start WHERE m.location IN (SELECT value FROM json_each(?)))",
                  cell_text(location_list(arena, q->named, q->named_count)));
        if (q->named && q->phrases.len)
            where(ask, " OR (e.document << 24 | e.sentence) IN (SELECT rowid FROM search WHERE search MATCH ?)",
                  cell_text(search_phrases(arena, q->phrases)));
        say(ask, ")");
        break;
    case BY_ACTOR:
        say(ask, " AND EXISTS (SELECT 1 FROM participants t WHERE t.document = e.document AND t.event = e.item AND +t.actor IN ");
        say_actors(ask, q->actor), say(ask, ")");
        break;
    default:
        say(ask, " AND (EXISTS (SELECT 1 FROM statements t WHERE t.document = e.document AND t.item = e.source AND +t.actor IN ");
        say_actors(ask, q->source);
        where(ask, ") OR EXISTS (SELECT 1 FROM pages t WHERE t.document = e.document AND " HAS_WORDS("t.site") "))", cell_text(store_spaced(arena, q->source)));
    }
}

static void say_realis(asker *ask, unsigned set)
{
    say(ask, " AND e.realis IN (''");
    for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
        if (set & 1u << i) where(ask, ", ?", cell_text(dl_str_of(dl_realis_name((dl_realis)i))));
    say(ask, ")");
}

/* ---- whole queries ---- */

static void say_limit(asker *ask, size_t limit)
{
    if (limit) where(ask, " LIMIT ?", cell_int(limit > INT64_MAX ? INT64_MAX : (int64_t)limit));
}

/* The text so far as a statement with its values; the asker is empty again. */
static dl_status prepare(asker *ask, sqlite3_stmt **out)
{
    ask->sql.comma = false;
    dl_json_raw(&ask->sql, (dl_str){"", 1}); /* the zero */
    *out = NULL;
    if (ask->sql.failed) return dl_fail_memory(ask->err);
    if (sqlite3_prepare_v2(ask->store->db, ask->sql.bytes, -1, out, NULL) != SQLITE_OK) return store_fail(ask->store, ask->err);
    for (int i = 0; i < ask->count; i++) {
        const cell *value = &ask->values[i];
        if (value->kind == CELL_INT) sqlite3_bind_int64(*out, i + 1, value->number);
        else if (value->kind == CELL_REAL) sqlite3_bind_double(*out, i + 1, value->real);
        else if (!value->text.ptr) return dl_fail_memory(ask->err);
        else sqlite3_bind_text64(*out, i + 1, value->text.ptr, value->text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    dl_json_out_clear(&ask->sql);
    ask->count = 0;
    return DL_OK;
}

/* The events that a condition holds for, as far as these are few; else one more than FEW. A list of places and of names is made whole before its
 * first event comes, so those of other days are left out at once. */
static dl_status list_events(asker *ask, condition which, int64_t *out, size_t *count)
{
    sqlite3_stmt *statement;
    bool row = true;
    *count = 0;
    say(ask, "SELECT n.document << 24 | n.item FROM (");
    say_list(ask, which);
    say(ask, ") n");
    if (which == BY_LOCATION && ask->query->named) {
        say(ask, " CROSS JOIN events e ON e.document = n.document AND e.item = n.item WHERE 1");
        say_days(ask);
    }
    say_limit(ask, FEW + 1);
    dl_status status = prepare(ask, &statement);
    while (status == DL_OK && *count <= FEW && (status = store_step(ask->store, statement, &row, ask->err)) == DL_OK && row)
        out[(*count)++] = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return status;
}

/* Finds the condition that holds for the fewest events, where these are few, and keeps them: CONDITIONS where there is none. */
static dl_status choose(asker *ask, condition *out)
{
    int64_t *found = DL_NEW_ARRAY(&ask->store->arena, int64_t, FEW + 1);
    size_t fewest = FEW + 1, count;
    *out = CONDITIONS;
    if (!found) return dl_fail_memory(ask->err);
    for (condition which = BY_EVENT; which < CONDITIONS; which++) {
        if (!is_asked(ask->query, which)) continue;
        dl_status status = list_events(ask, which, found, &count);
        if (status != DL_OK) return status;
        if (count >= fewest) continue;
        fewest = count, *out = which;
        ask->few = location_list(&ask->store->arena, found, count);
    }
    return DL_OK;
}

static dl_status find_latest(asker *ask)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_prepare(ask->store, &statement, "SELECT date FROM events WHERE date IS NOT NULL ORDER BY date DESC LIMIT 1 OFFSET ?", ask->err);
    if (status != DL_OK) return status;
    sqlite3_bind_int64(statement, 1, (int64_t)ask->query->latest);
    status = store_step(ask->store, statement, &row, ask->err);
    if (status == DL_OK && row) {
        ask->first = dl_arena_str(&ask->store->arena, store_column(statement, 0));
        if (!ask->first.ptr) status = dl_fail_memory(ask->err);
    }
    sqlite3_finalize(statement);
    return status;
}

/* The columns that take_page reads, in its order. */
#define PAGE_COLUMNS "d.id, d.name, p.url, p.site, p.title, p.published, p.changed, s.number, s.start, s.stop"

/* Which events, in order; what they tell is on the cards of their pages. */
static void ask_for_events(asker *ask, condition led_by)
{
    const dl_query *q = ask->query;
    say(ask, "SELECT e.document, e.item FROM ");
    if (led_by != CONDITIONS) {
        where(ask, "(SELECT DISTINCT value >> 24 AS document, value & 16777215 AS item FROM json_each(?", cell_text(ask->few));
        say(ask, ")) n CROSS JOIN events e ON e.document = n.document AND e.item = n.item WHERE 1");
    } else {
        say(ask, "events e WHERE 1");
    }
    for (condition which = BY_EVENT; which < CONDITIONS; which++)
        if (which != led_by && is_asked(q, which)) say_test(ask, which);
    if (q->type) where_column(ask, "type", " = ?", cell_text(dl_str_of(dl_event_type_name(q->type))));
    if (q->realis) say_realis(ask, q->realis);
    if (q->counted) say(ask, " AND EXISTS (SELECT 1 FROM casualties c WHERE c.document = e.document AND c.event = e.item)");
    say_days(ask);
    say(ask, q->by_document ? " ORDER BY e.document, e.item" : " ORDER BY e.date DESC, e.document, e.item");
    if (!q->by_document) say_limit(ask, q->limit); /* else rows are counted as they come; a limit here would have them sorted once more */
}

static void ask_for_sentences(asker *ask)
{
    const dl_query *q = ask->query;
    dl_arena *arena = &ask->store->arena;
    say(ask, "SELECT " PAGE_COLUMNS " FROM (SELECT k.document, k.number FROM (");
    if (q->text.len) where(ask, "SELECT rowid >> 24 AS document, rowid & 16777215 AS number FROM search WHERE search MATCH ?", cell_text(store_search_words(arena, q->text)));
    else say(ask, "SELECT document, number FROM sentences");
    say(ask, ") k CROSS JOIN pages p ON p.document = k.document WHERE 1");
    if (q->since.year) where(ask, " AND p.published >= ?", day_cell(arena, q->since));
    if (q->until.year) where(ask, " AND p.published <= ?", day_cell(arena, q->until));
    if (q->source.len) where(ask, " AND " HAS_WORDS("p.site"), cell_text(store_spaced(arena, q->source)));
    say(ask, " ORDER BY p.published DESC, k.document, k.number"), say_limit(ask, q->limit);
    say(ask, ") k CROSS JOIN documents d ON d.id = k.document"
             " JOIN pages p ON p.document = d.id LEFT JOIN sentences s ON s.document = k.document AND s.number = k.number ORDER BY p.published DESC, k.document, k.number");
}

/* ---- rows ---- */

static dl_date column_day(sqlite3_stmt *row, int column)
{
    dl_str text = store_column(row, column);
    dl_date date = {0};
    int64_t year = 0, month = 0;
    if (text.len < 4 || dl_date_parse_iso(text, &date)) return date;
    dl_str_number(dl_str_slice(text, 0, 4), &year);
    if (text.len >= 7) dl_str_number(dl_str_slice(text, 5, 7), &month);
    return (dl_date){(int16_t)year, (uint8_t)month, 0};
}

static dl_span column_span(sqlite3_stmt *row, int column)
{
    return (dl_span){(uint32_t)sqlite3_column_int64(row, column), (uint32_t)sqlite3_column_int64(row, column + 1)};
}

static dl_status take_page(asker *ask, sqlite3_stmt *row, dl_row *out)
{
    out->number = sqlite3_column_int64(row, 0);
    out->document = store_column(row, 1);
    out->url = store_column(row, 2);
    out->site = store_column(row, 3);
    out->title = store_column(row, 4);
    out->published = column_day(row, 5);
    out->seen = sqlite3_column_int64(row, 6);
    bool titled = sqlite3_column_type(row, 7) == SQLITE_NULL;
    out->sentence = titled ? DL_NONE : (uint32_t)sqlite3_column_int64(row, 7);
    out->sentence_span = titled ? (dl_span){0} : column_span(row, 8);
    out->sentence_text = out->title;
    if (titled) return DL_OK;
    dl_status status = query_page_text(&ask->page, ask->store, out->number, ask->err);
    if (status == DL_OK) out->sentence_text = query_words(&ask->page, out->sentence_span);
    return status;
}

static dl_status take_card(asker *ask, int64_t document)
{
    sqlite3_stmt *statement;
    bool row;
    if (ask->document == document) return DL_OK;
    dl_status status = store_sql(ask->store, SQL_GET_CARD, &statement, ask->err);
    if (status != DL_OK) return status;
    ask->document = 0;
    sqlite3_reset(statement); /* it lent the card before */
    sqlite3_bind_int64(statement, 1, document);
    status = store_step(ask->store, statement, &row, ask->err);
    if (status != DL_OK) return status;
    if (!row) return dl_fail(ask->err, DL_BAD_DATA, ask->store->path, 0, "a page with events has no card; 'dateline check --repair' mends it");
    dl_arena_reset(&ask->card_arena);
    status = card_open(&ask->card, &ask->card_arena, store_blob(statement, 0), ask->err);
    ask->story = sqlite3_column_int64(statement, 1);
    if (status == DL_OK) ask->document = document;
    return status;
}

/* An event whose sentence the page does not have is on no card. */
static dl_status take_event(asker *ask, sqlite3_stmt *row, dl_row *out, bool *found)
{
    int64_t document = sqlite3_column_int64(row, 0);
    *found = false;
    dl_status status = take_card(ask, document);
    if (status != DL_OK) return status;
    dl_arena_reset(&ask->store->arena);
    status = card_find(&ask->card, (uint32_t)(sqlite3_column_int64(row, 1) - 1), &ask->store->arena, out, found, ask->err);
    out->number = document, out->story = ask->story;
    return status;
}

static dl_status visit_rows(asker *ask, sqlite3_stmt *statement, dl_visit *visit, void *context)
{
    const dl_query *q = ask->query;
    bool row;
    dl_status status;
    size_t count = 0;
    while ((status = store_step(ask->store, statement, &row, ask->err)) == DL_OK && row) {
        dl_row out = {0};
        bool found = true;
        status = q->rows == DL_ROWS_EVENTS ? take_event(ask, statement, &out, &found) : take_page(ask, statement, &out);
        if (status == DL_OK && !found) continue;
        if (status != DL_OK || !visit(context, &out)) return status;
        if (q->rows == DL_ROWS_EVENTS && q->by_document && ++count == q->limit) return DL_OK;
    }
    return status;
}

dl_status dl_store_find(dl_store *store, const dl_query *query, dl_visit *visit, void *context, dl_error *err)
{
    asker ask = {.store = store, .query = query, .err = err};
    sqlite3_stmt *statement = NULL;
    condition led_by = CONDITIONS;
    dl_arena_init(&ask.card_arena, 0);
    dl_arena_reset(&store->arena);
    dl_status status = query->rows == DL_ROWS_EVENTS && query->latest ? find_latest(&ask) : DL_OK;
    if (status == DL_OK && query->rows == DL_ROWS_EVENTS) status = choose(&ask, &led_by);
    if (status == DL_OK && query->rows == DL_ROWS_EVENTS) ask_for_events(&ask, led_by);
    else if (status == DL_OK) ask_for_sentences(&ask);
    if (status == DL_OK) status = prepare(&ask, &statement);
    if (status == DL_OK) status = visit_rows(&ask, statement, visit, context);
    sqlite3_finalize(statement);
    sqlite3_finalize(ask.page.statement);
    if (store->statements[SQL_GET_CARD]) sqlite3_reset(store->statements[SQL_GET_CARD]);
    dl_arena_free(&ask.card_arena);
    dl_json_out_free(&ask.sql);
    return status;
}
