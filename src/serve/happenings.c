/* happenings.c - happenings as the atlas knows them, and their claims as the store tells them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "serve/room.h"

enum { FEW = 50, MOST = 500, MOST_CLAIMS = 200, MOST_CLAIMS_OF_ONE = 1000 };

/* ---- members ---- */

static void put_word(dl_json_out *out, const char *key, const atlas_bucket *bucket, uint32_t word)
{
    view_json_text(out, key, bucket->words[word]);
}

static dl_str event_id(int64_t ref, char buffer[16])
{
    snprintf(buffer, 16, "V%" PRId64, ref & 0xFFFFFF);
    return dl_str_of(buffer);
}

void put_match_id(dl_json_out *out, const char *key, const atlas_match *match)
{
    const atlas_claim *first = &match->bucket->claims[match->happening->first];
    dl_json_out id = {0};
    char event[16];
    put_bytes(&id, match->bucket->words[first->document]), put_bytes(&id, DL_STR(":")), put_bytes(&id, event_id(first->ref, event));
    if (id.failed) out->failed = true;
    view_json_text(out, key, (dl_str){id.bytes, id.len});
    dl_json_out_free(&id);
}

void put_claim_place(dl_json_out *out, const char *key, const atlas_bucket *bucket, uint32_t claim)
{
    char event[16];
    if (claim >= bucket->claim_count) return;
    const atlas_claim *c = &bucket->claims[claim];
    dl_json_key(out, key);
    dl_json_open(out, '{');
    put_word(out, "document", bucket, c->document);
    view_json_text(out, "event", event_id(c->ref, event));
    view_json_span(out, "span", c->span);
    view_json_span(out, "sentence_span", c->sentence_span);
    dl_json_close(out, '}');
}

void put_match_estimate(dl_json_out *out, const char *key, const atlas_match *match, size_t harm)
{
    dl_estimate e = atlas_range(match->bucket, match->happening, harm);
    if (!e.known) return;
    dl_json_key(out, key);
    dl_json_open(out, '{');
    dl_json_key(out, "low"), dl_json_int(out, e.low);
    dl_json_key(out, "best"), dl_json_int(out, e.best);
    dl_json_key(out, "high"), dl_json_int(out, e.high);
    dl_json_key(out, "open"), dl_json_bool(out, e.open);
    dl_json_key(out, "sources"), dl_json_int(out, e.sources);
    put_claim_place(out, "low_from", match->bucket, e.low_claim);
    put_claim_place(out, "best_from", match->bucket, e.best_claim);
    put_claim_place(out, "high_from", match->bucket, e.high_claim);
    dl_json_close(out, '}');
}

/* "place": with the names of its unit and country, where the gazetteer knows them */
static void put_place(serve_call *call, const atlas_match *match)
{
    dl_json_out *out = call->out;
    if (match->happening->place == DL_NONE) return;
    const atlas_place *p = &match->bucket->places[match->happening->place];
    dl_json_key(out, "place");
    dl_json_open(out, '{');
    view_json_text(out, "name", p->name);
    view_json_text(out, "country", p->country);
    view_json_text(out, "country_name", unit_name_of(&call->server->names, p->country, (dl_str){0}));
    view_json_text(out, "admin1", p->admin1);
    if (p->admin1.len) view_json_text(out, "admin1_name", unit_name_of(&call->server->names, p->country, p->admin1));
    if (p->geonameid) dl_json_key(out, "geonameid"), dl_json_int(out, p->geonameid);
    if (p->located) {
        dl_json_key(out, "lat"), dl_json_real(out, p->lat, 5);
        dl_json_key(out, "lon"), dl_json_real(out, p->lon, 5);
    }
    dl_json_close(out, '}');
    view_json_text(out, "precision", p->precision);
}

static void put_realis(dl_json_out *out, unsigned set)
{
    dl_json_key(out, "realis");
    dl_json_open(out, '[');
    for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
        if (set & 1u << i) dl_json_str(out, dl_str_of(dl_realis_name((dl_realis)i)));
    dl_json_close(out, ']');
}

/* The sides that say anything, each once, in the order in which they spoke; "" is outlets and those of no known side. */
static void put_voices(dl_json_out *out, const atlas_match *match)
{
    enum { MOST_SIDES = 24 };
    uint32_t seen[MOST_SIDES];
    size_t count = 0;
    dl_json_key(out, "voices");
    dl_json_open(out, '[');
    for (uint32_t i = 0; i < match->happening->count && count < MOST_SIDES; i++) {
        uint32_t side = match->bucket->claims[match->happening->first + i].side;
        bool known = false;
        for (size_t k = 0; k < count && !known; k++) known = seen[k] == side;
        if (known) continue;
        seen[count++] = side;
        dl_json_str(out, side ? match->bucket->words[side] : DL_STR(""));
    }
    dl_json_close(out, ']');
}

static void put_flag(dl_json_out *out, const char *key, bool value)
{
    dl_json_key(out, key), dl_json_bool(out, value);
}

static void put_count(dl_json_out *out, const char *key, int64_t value)
{
    dl_json_key(out, key), dl_json_int(out, value);
}

void put_match(serve_call *call, const atlas_match *match)
{
    dl_json_out *out = call->out;
    const atlas_happening *h = match->happening;
    char seen[32];
    put_match_id(out, "id", match);
    view_json_text(out, "type", dl_str_of(dl_event_type_name((dl_event_type)h->type)));
    put_word(out, "mode", match->bucket, h->mode);
    view_json_day(out, "date", h->date);
    view_json_day(out, "date_to", h->date_to);
    put_place(call, match);
    put_realis(out, h->realis);
    put_flag(out, "actual", h->actual), put_flag(out, "background", h->background);
    put_flag(out, "one_sided", h->one_sided), put_flag(out, "contested", h->contested);
    put_count(out, "claims_total", h->count), put_count(out, "sources", h->sources), put_count(out, "pages", h->pages);
    put_voices(out, match);
    dl_json_key(out, "confidence"), dl_json_real(out, (double)h->confidence, 2);
    view_json_text(out, "first_seen", dl_str_of(time_text(h->first_seen, seen)));
    view_json_text(out, "last_seen", dl_str_of(time_text(h->last_seen, seen)));
    for (size_t i = 0; i < DL_HARMS; i++) put_match_estimate(out, dl_harm_name(i), match, i);
}

/* ---- claims from the store ---- */

uint32_t leading_claim(const atlas_match *match)
{
    for (size_t i = 0; i < DL_HARMS; i++) {
        dl_estimate e = atlas_range(match->bucket, match->happening, i);
        if (e.known) return e.best_claim;
    }
    return match->happening->first;
}

dl_status open_claims(serve_call *call, const int64_t *refs, size_t count, dl_view **out)
{
    return dl_view_open(out, call->store, &(dl_query){.events = refs, .event_count = count}, call->err);
}

/* ---- a list of them ---- */

typedef struct collected {
    DL_VEC(atlas_match) matches;
    dl_arena *arena;
    page_window window;
    size_t total;
    bool failed;
} collected;

static bool collect(void *context, const atlas_match *match)
{
    collected *c = context;
    size_t at = c->total++;
    if (at < c->window.from || at - c->window.from >= c->window.limit) return true;
    atlas_match *slot = DL_VEC_PUSH(c->arena, &c->matches);
    if (slot) *slot = *match;
    else c->failed = true;
    return slot != NULL;
}

/* Those with the most people killed, or first seen last, in front: all are gone through, the best of them kept in a heap. */
typedef struct ranking {
    atlas_match *heap; /* the least on top */
    size_t count, room, total;
    int64_t (*key)(const atlas_match *match);
} ranking;

static int64_t by_killed(const atlas_match *match)
{
    dl_estimate killed = atlas_range(match->bucket, match->happening, 0), wounded = atlas_range(match->bucket, match->happening, 1);
    int64_t dead = killed.known ? killed.best : -1, hurt = wounded.known ? wounded.best : -1;
    if (dead > 1000000000) dead = 1000000000;
    if (hurt > 1000000000) hurt = 1000000000;
    return (dead + 1) * INT64_C(2000000000) + hurt + 1;
}

static int64_t by_seen(const atlas_match *match)
{
    return match->happening->first_seen;
}

static int64_t by_sources(const atlas_match *match)
{
    return match->happening->sources;
}

/* Equals in the atlas's own order: a later day first. */
static bool is_less(const ranking *r, const atlas_match *a, const atlas_match *b)
{
    int64_t x = r->key(a), y = r->key(b);
    if (x != y) return x < y;
    if (a->bucket != b->bucket) return a->bucket->first.year * 512 + a->bucket->first.month * 32 + a->bucket->first.day <
                                       b->bucket->first.year * 512 + b->bucket->first.month * 32 + b->bucket->first.day;
    return a->happening < b->happening;
}

static void sift_down(ranking *r, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < r->count; at = child) {
        if (child + 1 < r->count && is_less(r, &r->heap[child + 1], &r->heap[child])) child++;
        if (!is_less(r, &r->heap[child], &r->heap[at])) return;
        atlas_match swap = r->heap[at];
        r->heap[at] = r->heap[child], r->heap[child] = swap;
    }
}

static bool rank(void *context, const atlas_match *match)
{
    ranking *r = context;
    r->total++;
    if (r->count < r->room) {
        size_t at = r->count++;
        r->heap[at] = *match;
        for (; at && is_less(r, &r->heap[at], &r->heap[(at - 1) / 2]); at = (at - 1) / 2) {
            atlas_match swap = r->heap[at];
            r->heap[at] = r->heap[(at - 1) / 2], r->heap[(at - 1) / 2] = swap;
        }
    } else if (is_less(r, &r->heap[0], match)) {
        r->heap[0] = *match;
        sift_down(r, 0);
    }
    return true;
}

static dl_status choose_ranked(serve_call *call, const question *q, int64_t (*key)(const atlas_match *), collected *c)
{
    ranking r = {.room = c->window.from + c->window.limit, .key = key};
    if (is_download(call)) return dl_fail(call->err, DL_USAGE, NULL, 0, "a download comes by day: 'sort' goes with JSON");
    if (r.room > 20000) return dl_fail(call->err, DL_USAGE, NULL, 0, "a ranking is told down to the 20,000th; ask for fewer days");
    r.heap = DL_NEW_ARRAY(call->arena, atlas_match, r.room);
    if (!r.heap) return dl_fail_memory(call->err);
    dl_status status = atlas_choose(call->atlas, &q->filter, call->arena, rank, &r, call->err);
    size_t count = r.count;
    while (r.count > 1) { /* the least goes to the end, one after the other */
        atlas_match least = r.heap[0];
        r.heap[0] = r.heap[--r.count];
        sift_down(&r, 0);
        r.heap[r.count] = least;
    }
    size_t from = c->window.from < count ? c->window.from : count;
    c->matches.items = r.heap + from, c->matches.count = count - from;
    c->total = r.total;
    return status;
}

static dl_status choose(serve_call *call, const question *q, collected *c)
{
    dl_str sort = request_param(call->request, "sort");
    c->arena = call->arena;
    if (dl_str_is(sort, "killed")) return choose_ranked(call, q, by_killed, c);
    if (dl_str_is(sort, "seen")) return choose_ranked(call, q, by_seen, c);
    if (dl_str_is(sort, "sources")) return choose_ranked(call, q, by_sources, c);
    if (sort.ptr && !dl_str_is(sort, "date")) return dl_fail(call->err, DL_USAGE, NULL, 0, "'sort' takes date, killed, seen or sources");
    dl_status status = atlas_choose(call->atlas, &q->filter, call->arena, collect, c, call->err);
    return status == DL_OK && c->failed ? dl_fail_memory(call->err) : status;
}

/* How many claims of each happening are told. */
static uint32_t told(const atlas_match *match, uint32_t most)
{
    return match->happening->count < most ? match->happening->count : most;
}

/* The refs of what will be told: of each happening its leading claim, or its first `most`. */
static dl_status open_told(serve_call *call, const collected *c, uint32_t most, dl_view **out)
{
    DL_VEC(int64_t) refs = {0};
    for (size_t i = 0; i < c->matches.count; i++) {
        const atlas_match *match = &c->matches.items[i];
        for (uint32_t k = 0; k < (most ? told(match, most) : 1); k++) {
            int64_t *slot = DL_VEC_PUSH(call->arena, &refs);
            if (!slot) return dl_fail_memory(call->err);
            *slot = match->bucket->claims[most ? match->happening->first + k : leading_claim(match)].ref;
        }
    }
    static const int64_t none = 0;
    return open_claims(call, refs.count ? refs.items : &none, refs.count, out);
}

/* The view's claims by ref, so that thousands are found without looking through all. */
static int by_ref(const void *left, const void *right)
{
    const dl_claim *a = *(const dl_claim *const *)left, *b = *(const dl_claim *const *)right;
    if (a->row.number != b->row.number) return a->row.number < b->row.number ? -1 : 1;
    return a->row.item < b->row.item ? -1 : a->row.item > b->row.item;
}

typedef struct claim_index {
    const dl_claim **items;
    size_t count;
} claim_index;

static dl_status index_claims(serve_call *call, const dl_view *view, claim_index *out)
{
    const dl_claim *claims = dl_view_claims(view, &out->count);
    out->items = DL_NEW_ARRAY(call->arena, const dl_claim *, out->count + 1);
    if (!out->items) return dl_fail_memory(call->err);
    for (size_t i = 0; i < out->count; i++) out->items[i] = &claims[i];
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_ref);
    return DL_OK;
}

static const dl_claim *find_claim(const claim_index *index, const atlas_claim *known)
{
    const dl_claim key = {.row = {.number = known->ref >> 24, .item = (uint32_t)((known->ref & 0xFFFFFF) - 1)}};
    const dl_claim *pointer = &key;
    const dl_claim **found = index->count ? bsearch(&pointer, index->items, index->count, sizeof *index->items, by_ref) : NULL;
    return found ? *found : NULL;
}

/* The claim, its figures standing as they do among all claims of the happening; null where it went since the atlas was made. */
static void put_indexed(dl_json_out *out, const claim_index *index, const atlas_claim *known)
{
    const dl_claim *found = find_claim(index, known);
    if (!found) {
        dl_json_null(out);
        return;
    }
    dl_claim whole = *found;
    for (size_t i = 0; i < DL_HARMS; i++) whole.standing[i] = (dl_standing)known->standing[i];
    view_json_claim(out, &whole);
}

static void put_listed(serve_call *call, const atlas_match *match, const claim_index *index, uint32_t most)
{
    dl_json_out *out = call->out;
    dl_json_open(out, '{');
    put_match(call, match);
    if (most) {
        dl_json_key(out, "claims");
        dl_json_open(out, '[');
        for (uint32_t k = 0; k < told(match, most); k++) put_indexed(out, index, &match->bucket->claims[match->happening->first + k]);
        dl_json_close(out, ']');
    } else {
        dl_json_key(out, "lead"), put_indexed(out, index, &match->bucket->claims[leading_claim(match)]);
    }
    dl_json_close(out, '}');
}

/* ---- downloads: all of them, a part at a time ---- */

#define CSV_HEADING                                                                                                                              \
    "id,type,mode,date,date_to,place,country,admin1,precision,lat,lon,realis,actual,background,one_sided,contested,claims,sources,pages,"        \
    "killed_low,killed_best,killed_high,killed_open,wounded_low,wounded_best,wounded_high,wounded_open,captured_low,captured_best,captured_high," \
    "captured_open,missing_low,missing_best,missing_high,missing_open,confidence,first_seen,last_seen,source,side," VIEW_CSV_WHERE "\r\n"

static void csv_place(dl_json_out *out, const atlas_match *match)
{
    static const atlas_place nowhere = {.located = false};
    const atlas_place *p = match->happening->place == DL_NONE ? &nowhere : &match->bucket->places[match->happening->place];
    csv_text(out, p->name), csv_text(out, p->country), csv_text(out, p->admin1), csv_text(out, p->precision);
    if (p->located) csv_number(out, "%.5f", p->lat), csv_number(out, "%.5f", p->lon);
    else csv_empty(out), csv_empty(out);
}

static void csv_realis(dl_json_out *out, unsigned set)
{
    dl_json_out words = {0};
    for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
        if (set & 1u << i) put_format(&words, "%s%s", words.len ? "; " : "", dl_realis_name((dl_realis)i));
    csv_text(out, (dl_str){words.bytes, words.len});
    dl_json_out_free(&words);
}

static void csv_match(dl_json_out *out, const atlas_match *match, const dl_claim *lead)
{
    const atlas_happening *h = match->happening;
    const atlas_claim *first = &match->bucket->claims[h->first];
    char seen[32], event[16];
    dl_json_out id = {0};
    put_bytes(&id, match->bucket->words[first->document]), put_bytes(&id, DL_STR(":")), put_bytes(&id, event_id(first->ref, event));
    csv_text(out, (dl_str){id.bytes, id.len});
    dl_json_out_free(&id);
    csv_text(out, dl_str_of(dl_event_type_name((dl_event_type)h->type))), csv_text(out, match->bucket->words[h->mode]);
    view_csv_day(out, h->date), view_csv_day(out, h->date_to);
    csv_place(out, match);
    csv_realis(out, h->realis);
    csv_number(out, "%d", h->actual), csv_number(out, "%d", h->background), csv_number(out, "%d", h->one_sided), csv_number(out, "%d", h->contested);
    csv_number(out, "%" PRIu32, h->count), csv_number(out, "%" PRIu32, h->sources), csv_number(out, "%" PRIu32, h->pages);
    for (size_t i = 0; i < DL_HARMS; i++) {
        dl_estimate e = atlas_range(match->bucket, h, i);
        view_csv_estimate(out, &e);
    }
    csv_number(out, "%.2f", (double)h->confidence);
    csv_text(out, dl_str_of(time_text(h->first_seen, seen))), csv_text(out, dl_str_of(time_text(h->last_seen, seen)));
    csv_text(out, lead ? lead->source : (dl_str){0}), csv_text(out, lead ? lead->side : (dl_str){0});
    view_csv_where(out, lead);
    csv_end(out);
}

static void put_feature(serve_call *call, const atlas_match *match, const claim_index *index, bool first)
{
    dl_json_out *out = call->out;
    const atlas_place *p = match->happening->place == DL_NONE ? NULL : &match->bucket->places[match->happening->place];
    put_bytes(out, first ? DL_STR("\n") : DL_STR(",\n"));
    dl_json_open(out, '{');
    dl_json_key(out, "type"), dl_json_str(out, DL_STR("Feature"));
    put_match_id(out, "id", match);
    dl_json_key(out, "geometry");
    if (p && p->located) {
        dl_json_open(out, '{');
        dl_json_key(out, "type"), dl_json_str(out, DL_STR("Point"));
        dl_json_key(out, "coordinates"), dl_json_open(out, '['), dl_json_real(out, p->lon, 5), dl_json_real(out, p->lat, 5), dl_json_close(out, ']');
        dl_json_close(out, '}');
    } else {
        dl_json_null(out);
    }
    dl_json_key(out, "properties");
    put_listed(call, match, index, 0);
    dl_json_close(out, '}');
    out->comma = false;
}

static dl_status tell_part(serve_call *call, const collected *part, uint32_t most, list_format format, size_t before)
{
    dl_view *view;
    claim_index index;
    dl_status status = open_told(call, part, most, &view);
    if (status != DL_OK) return status;
    status = index_claims(call, view, &index);
    for (size_t i = 0; i < part->matches.count && status == DL_OK; i++) {
        const atlas_match *match = &part->matches.items[i];
        if (format == LIST_NDJSON) put_listed(call, match, &index, most), dl_json_newline(call->out);
        else if (format == LIST_GEOJSON) put_feature(call, match, &index, before + i == 0);
        else csv_match(call->out, match, find_claim(&index, &match->bucket->claims[leading_claim(match)]));
    }
    dl_view_free(view);
    return status;
}

static dl_status tell_all(serve_call *call, const collected *c, uint32_t most, list_format format)
{
    enum { PART = 200 };
    dl_status status = DL_OK;
    if (format == LIST_CSV) put_bytes(call->out, DL_STR(CSV_HEADING));
    if (format == LIST_GEOJSON) put_bytes(call->out, DL_STR("{\"type\":\"FeatureCollection\",\"features\":["));
    for (size_t i = 0; i < c->matches.count && status == DL_OK && send_some(call); i += PART) {
        collected part = {.arena = call->arena};
        part.matches.items = c->matches.items + i;
        part.matches.count = c->matches.count - i < PART ? c->matches.count - i : PART;
        status = tell_part(call, &part, most, format, i);
    }
    if (format == LIST_GEOJSON && status == DL_OK) put_bytes(call->out, DL_STR("\n]}\n"));
    return status;
}

/* `most`: claims told of each; 0: the leading one alone. */
static dl_status list_happenings(serve_call *call, uint32_t most, size_t few, const char *name)
{
    question q;
    list_format format;
    collected c = {0};
    dl_view *view = NULL;
    claim_index index = {0};
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV | (most ? 0 : 1u << LIST_GEOJSON), name, &format);
    if (status == DL_OK) status = ask_window(call, few, MOST, &c.window);
    if (status == DL_OK && call->dry) c.window.limit = 1;
    if (status == DL_OK) status = choose(call, &q, &c);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK || is_dry(call)) return status;
    if (format) return tell_all(call, &c, most, format);
    status = open_told(call, &c, most, &view);
    if (status == DL_OK) status = index_claims(call, view, &index);
    if (status == DL_OK) {
        open_list(call);
        for (size_t i = 0; i < c.matches.count; i++) put_listed(call, &c.matches.items[i], &index, most);
        close_list(call, &c.window, c.matches.count, c.total, c.window.from + c.matches.count < c.total);
    }
    dl_view_free(view);
    return status;
}

dl_status get_happenings(serve_call *call)
{
    return list_happenings(call, 0, FEW, "happenings");
}

dl_status get_claims(serve_call *call)
{
    return list_happenings(call, MOST_CLAIMS, FEW / 2, "claims");
}

/* ---- one ---- */

static dl_status put_sides(serve_call *call, dl_view *view)
{
    size_t count, ignored, side_count;
    const dl_happening *happenings = dl_view_happenings(view, &count);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    const dl_side *sides;
    dl_json_out *out = call->out;
    if (count != 1) return DL_OK; /* the store has moved on since the atlas was made */
    dl_status status = dl_view_sides(view, &happenings[0], &sides, &side_count, call->err);
    if (status != DL_OK) return status;
    dl_json_key(out, "sides");
    dl_json_open(out, '[');
    for (size_t i = 0; i < side_count; i++) {
        dl_json_open(out, '{');
        dl_json_key(out, "side"), dl_json_str(out, sides[i].side);
        for (size_t k = 0; k < DL_HARMS; k++) view_json_estimate(out, dl_harm_name(k), &sides[i].harms[k], claims);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    return DL_OK;
}

static dl_status put_one(serve_call *call, const atlas_match *match)
{
    dl_view *view;
    claim_index index;
    size_t count = told(match, MOST_CLAIMS_OF_ONE);
    int64_t *refs = DL_NEW_ARRAY(call->arena, int64_t, count);
    if (!refs) return dl_fail_memory(call->err);
    for (uint32_t i = 0; i < count; i++) refs[i] = match->bucket->claims[match->happening->first + i].ref;
    dl_status status = open_claims(call, refs, count, &view);
    if (status != DL_OK) return status;
    status = index_claims(call, view, &index);
    dl_json_open(call->out, '{');
    put_match(call, match);
    if (status == DL_OK && count == match->happening->count) status = put_sides(call, view);
    dl_json_key(call->out, "claims");
    dl_json_open(call->out, '[');
    for (uint32_t i = 0; i < count && status == DL_OK; i++) put_indexed(call->out, &index, &match->bucket->claims[match->happening->first + i]);
    dl_json_close(call->out, ']');
    put_generation(call);
    dl_json_close(call->out, '}');
    dl_view_free(view);
    return status;
}

dl_status get_happening(serve_call *call)
{
    int64_t ref;
    atlas_match match;
    dl_status status = no_strangers(call);
    if (status == DL_OK) status = ask_item(call, call->request->segments[3], &ref);
    if (status != DL_OK) return status;
    if (!ref || !atlas_find(call->atlas, ref, &match))
        return refuse(call, call->atlas->wanted ? 503 : 404, call->atlas->wanted ? "the happenings are still being put together" : "no happening has a claim of this name");
    return put_one(call, &match);
}
