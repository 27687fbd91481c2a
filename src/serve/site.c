/* site.c - all that pages tell of one critical site and of what lies around it. */
#include "serve/room.h"

static void put_site_head(serve_call *call, const dl_site *site, const dl_site_item *items, size_t count)
{
    enum { KINDS = DL_SITE_OTHER + 1 };
    size_t kinds[KINDS] = {0};
    dl_json_out *out = call->out;
    const dl_area *area = dl_site_area(site);
    dl_json_key(out, "site");
    dl_json_open(out, '{');
    view_json_text(out, "name", area->name), view_json_text(out, "country", area->country);
    dl_json_key(out, "lat"), dl_json_real(out, area->lat, 5);
    dl_json_key(out, "lon"), dl_json_real(out, area->lon, 5);
    dl_json_key(out, "km"), dl_json_real(out, area->km, 1);
    dl_json_close(out, '}');
    for (size_t i = 0; i < count; i++) kinds[items[i].kind]++;
    dl_json_key(out, "kinds");
    dl_json_open(out, '{');
    for (int i = 0; i < KINDS; i++)
        if (kinds[i]) dl_json_key(out, dl_site_kind_name((dl_site_kind)i)), dl_json_int(out, (int64_t)kinds[i]);
    dl_json_close(out, '}');
}

/* ---- which items, in which order ---- */

typedef struct chosen {
    const dl_site_item **items;
    size_t count;
} chosen;

static dl_status ask_kind(serve_call *call, int *kind)
{
    dl_str text = request_param(call->request, "kind");
    *kind = -1;
    for (int i = 0; text.ptr && i <= DL_SITE_OTHER; i++)
        if (dl_str_is(text, dl_site_kind_name((dl_site_kind)i))) *kind = i;
    return text.ptr && *kind < 0 ? dl_fail(call->err, DL_USAGE, NULL, 0, "'kind' takes attack, occupation, power, ...: one that an answer's 'kinds' names") : DL_OK;
}

/* As the command tells them, by day; or the last day first, and what has no day at the end. */
static dl_status choose_items(serve_call *call, const dl_site_item *items, size_t count, int kind, bool latest, chosen *out)
{
    out->count = 0;
    out->items = DL_NEW_ARRAY(call->arena, const dl_site_item *, count + 1);
    if (!out->items) return dl_fail_memory(call->err);
    for (size_t i = 0; i < count; i++) {
        const dl_site_item *item = &items[latest ? count - 1 - i : i];
        if ((kind < 0 || (int)item->kind == kind) && (!latest || item->date.year)) out->items[out->count++] = item;
    }
    for (size_t i = 0; latest && i < count; i++)
        if ((kind < 0 || (int)items[i].kind == kind) && !items[i].date.year) out->items[out->count++] = &items[i];
    return DL_OK;
}

/* ---- the answer ---- */

static dl_status tell_site(serve_call *call, const dl_site *site, const page_window *window, list_format format, int kind, bool latest)
{
    size_t count, given = 0;
    chosen rows;
    const dl_site_item *items = dl_site_items(site, &count);
    dl_status status = choose_items(call, items, count, kind, latest, &rows);
    if (status != DL_OK) return status;
    if (!format) dl_json_open(call->out, '{'), put_site_head(call, site, items, count), dl_json_key(call->out, "items"), dl_json_open(call->out, '[');
    for (size_t i = window->from; i < rows.count && given < window->limit && send_some(call); i++, given++) {
        if (format == LIST_CSV) csv_site_item(call->out, rows.items[i], !given);
        else json_site_item(call->out, rows.items[i]);
        if (format == LIST_NDJSON) dl_json_newline(call->out);
    }
    if (!format) close_list(call, window, given, rows.count, window->from + given < rows.count);
    return DL_OK;
}

dl_status get_site(serve_call *call)
{
    dl_site *site;
    dl_site_query query = {.name = call->request->segments[3]};
    page_window window;
    list_format format;
    int kind;
    dl_str order = request_param(call->request, "order");
    dl_status status = ask_day(call, "since", &query.since);
    if (status == DL_OK) status = ask_day(call, "until", &query.until);
    if (status == DL_OK) status = ask_real(call, "km", 0.001, 20100, 0, &query.km);
    if (status == DL_OK) status = ask_window(call, 200, 2000, &window);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV, "site", &format);
    if (status == DL_OK) status = ask_kind(call, &kind);
    if (status == DL_OK && order.ptr && !dl_str_is(order, "latest")) status = dl_fail(call->err, DL_USAGE, NULL, 0, "'order' takes latest");
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK) status = need_places(call);
    if (status == DL_OK && !is_download(call) && !dl_site_is_known(call->server->monitor, query.name))
        return refuse(call, 404, "no place is called '%.*s'", (int)(query.name.len < 100 ? query.name.len : 100), query.name.ptr);
    if (status == DL_OK) status = dl_site_open(&site, call->server->monitor, call->store, &query, call->err);
    if (status != DL_OK) return status;
    if (!is_dry(call)) status = tell_site(call, site, &window, format, kind, order.ptr != NULL);
    dl_site_free(site);
    return status;
}
