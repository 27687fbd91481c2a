/* claims.c - events of a store as claims: who says so, and of which side. */
#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"
#include "monitor/view.h"

/* ---- order and distance ---- */

int date_order(dl_date a, dl_date b)
{
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return a.day == b.day ? 0 : a.day < b.day ? -1 : 1;
}

int32_t days_between(dl_date a, dl_date b)
{
    return dl_date_to_days(b) - dl_date_to_days(a);
}

int claim_order(const dl_claim *a, const dl_claim *b)
{
    int order = date_order(a->row.published, b->row.published);
    if (order) return order;
    if (a->row.number != b->row.number) return a->row.number < b->row.number ? -1 : 1;
    return a->row.item == b->row.item ? 0 : a->row.item < b->row.item ? -1 : 1;
}

/* Those without a day come last. */
static int by_day(const void *left, const void *right)
{
    const dl_claim *a = left, *b = right;
    bool dated[] = {a->row.date.year != 0, b->row.date.year != 0};
    if (dated[0] != dated[1]) return dated[0] ? -1 : 1;
    int order = date_order(a->row.date, b->row.date);
    return order ? order : claim_order(a, b);
}

double distance_km(double lat1, double lon1, double lat2, double lon2)
{
    const double degree = 3.14159265358979323846 / 180;
    double up = sin((lat2 - lat1) * degree / 2), along = sin((lon2 - lon1) * degree / 2);
    double h = up * up + cos(lat1 * degree) * cos(lat2 * degree) * along * along;
    return 2 * 6371.0088 * asin(sqrt(h < 1 ? h : 1));
}

bool is_told_as_fact(const dl_claim *claim)
{
    return (claim->row.realis == DL_ACTUAL || claim->row.realis == DL_ONGOING) && !claim->row.background;
}

/* ---- copies ---- */

typedef struct collector {
    dl_view *view;
    dl_status status;
    dl_error *err;
} collector;

static dl_str copy(collector *c, dl_str text)
{
    if (!text.ptr) return text;
    dl_str out = dl_arena_str(&c->view->arena, text);
    if (!out.ptr && c->status == DL_OK) c->status = dl_fail_memory(c->err);
    return out;
}

static const dl_party *copy_parties(collector *c, const dl_party *parties, size_t count)
{
    dl_party *out = DL_NEW_ARRAY(&c->view->arena, dl_party, count ? count : 1);
    if (!out && c->status == DL_OK) c->status = dl_fail_memory(c->err);
    for (size_t i = 0; out && i < count; i++) out[i] = (dl_party){copy(c, parties[i].name), copy(c, parties[i].code)};
    return out;
}

static void copy_row(collector *c, dl_row *row)
{
    dl_str *const texts[] = {&row->document, &row->url, &row->site, &row->title, &row->sentence_text, &row->mode, &row->cameo, &row->weapon,
                             &row->critical_site, &row->place, &row->country, &row->admin1, &row->precision, &row->source.name,
                             &row->source.code};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = copy(c, *texts[i]);
    row->actors = copy_parties(c, row->actors, row->actor_count);
    row->recipients = copy_parties(c, row->recipients, row->recipient_count);
}

/* ---- sources ---- */

/* "the Health Ministry" and "Health Ministry" are one. */
static dl_str without_article(dl_str name)
{
    static const char *const articles[] = {"the ", "The ", "a ", "A ", "an ", "An "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (dl_str_starts(name, articles[i])) return dl_str_slice(name, strlen(articles[i]), name.len);
    return name;
}

/* Witnesses of no told country are of that of the people hit: "CVL" beside "SDNCVL" is that, too. */
static dl_str with_country(const dl_row *row, dl_str code)
{
    for (size_t i = 0; i < row->recipient_count && code.len == 3; i++) {
        dl_str hit = row->recipients[i].code;
        if (hit.len == 6 && dl_str_ends(hit, "CVL") && dl_str_is(code, "CVL")) return hit;
    }
    return code;
}

/* A speaker is known by name and country, an outlet by its name, a page that names neither by its id. */
static void find_source(collector *c, dl_claim *claim)
{
    const dl_row *row = &claim->row;
    bool spoken = row->source.name.len > 0;
    claim->source = spoken ? without_article(row->source.name) : row->site.len ? row->site : row->document;
    dl_str name = claim->source, code = spoken ? with_country(row, row->source.code) : (dl_str){0};
    if (code.len) claim->source_code = code;
    if (code.len >= 3) claim->side = dl_str_slice(code, 0, code.len < 6 ? code.len : 6);
    char *lower = dl_arena_alloc_raw(&c->view->arena, name.len + 1);
    if (!lower) {
        if (c->status == DL_OK) c->status = dl_fail_memory(c->err);
        return;
    }
    for (size_t i = 0; i < name.len; i++) lower[i] = (char)dl_ascii_lower((unsigned char)name.ptr[i]);
    lower[name.len] = '\0';
    claim->source_key = dl_arena_format(&c->view->arena, "%s:%s:%.*s", spoken ? "speaker" : "outlet", lower, code.len < 3 ? (int)code.len : 3,
                                        code.len ? code.ptr : "");
    if (!claim->source_key.ptr && c->status == DL_OK) c->status = dl_fail_memory(c->err);
}

static bool take_row(void *context, const dl_row *row)
{
    collector *c = context;
    dl_claim *claim = DL_VEC_PUSH(&c->view->arena, &c->view->claims);
    if (!claim) {
        c->status = dl_fail_memory(c->err);
        return false;
    }
    *claim = (dl_claim){.row = *row, .counts = {row->killed, row->wounded, row->captured, row->missing}, .happening = DL_NONE};
    for (size_t i = 0; i < DL_HARMS; i++) claim->of[i] = DL_NONE;
    copy_row(c, &claim->row);
    find_source(c, claim);
    return c->status == DL_OK;
}

dl_status view_collect(dl_view *view, dl_store *store, const dl_query *query, dl_error *err)
{
    collector c = {.view = view, .err = err};
    dl_query all = *query;
    all.rows = DL_ROWS_EVENTS;
    all.limit = 0;
    dl_status status = dl_store_find(store, &all, take_row, &c, err);
    if (status == DL_OK) status = c.status;
    if (view->claims.count) qsort(view->claims.items, view->claims.count, sizeof *view->claims.items, by_day);
    return status;
}
