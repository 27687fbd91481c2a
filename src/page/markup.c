/* markup.c - origins: from the bytes of a markup to the bytes of the page. */
#include "page/markup.h"

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "page/references.h"

bool dl_origins_add(dl_origins *origins, dl_arena *arena, uint32_t text, uint32_t text_len, uint32_t page,
                    uint32_t page_len)
{
    if (page_len > UINT8_MAX) { /* only of escapes without end; what they hold matters to nobody */
        page += page_len - UINT8_MAX;
        page_len = UINT8_MAX;
    }
    if (origins->list.count) {
        const dl_origin *last = &origins->list.items[origins->list.count - 1];
        uint32_t units = (text - last->text) / last->text_unit;
        bool goes_on = last->text_unit == text_len && last->page_unit == page_len &&
                       text == last->text + units * last->text_unit && page == last->page + units * last->page_unit;
        if (goes_on) return true;
    }
    dl_origin *added = DL_VEC_PUSH(arena, &origins->list);
    if (!added) return false;
    *added = (dl_origin){text, page, (uint8_t)text_len, (uint8_t)page_len};
    return true;
}

const dl_origin *dl_markup_origin(const dl_markup *markup, uint32_t at)
{
    size_t low = 0, high = markup->origin_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (markup->origins[middle].text <= at) low = middle;
        else high = middle;
    }
    return &markup->origins[low];
}

static uint32_t page_start(const dl_markup *markup, uint32_t text)
{
    const dl_origin *origin = dl_markup_origin(markup, text);
    return origin->page + (text - origin->text) / origin->text_unit * origin->page_unit;
}

dl_span dl_markup_page(const dl_markup *markup, uint32_t start, uint32_t end)
{
    if (!markup->origins) return (dl_span){markup->page_base + start, markup->page_base + end};
    if (!markup->origin_count) return (dl_span){markup->page_base, markup->page_base};
    dl_span page = {page_start(markup, start), 0};
    if (end <= start) return (dl_span){page.start, page.start};
    const dl_origin *last = dl_markup_origin(markup, end - 1);
    page.end = last->page + ((end - 1 - last->text) / last->text_unit + 1) * last->page_unit;
    return page;
}

/* The last origin that begins at or before page byte `page`; origins are in page order too. */
static const dl_origin *origin_of_page(const dl_markup *markup, uint32_t page)
{
    size_t low = 0, high = markup->origin_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (markup->origins[middle].page <= page) low = middle;
        else high = middle;
    }
    return &markup->origins[low];
}

static uint32_t text_of_page(const dl_markup *markup, uint32_t page)
{
    if (page <= markup->origins[0].page) return 0;
    const dl_origin *origin = origin_of_page(markup, page);
    uint32_t next = origin + 1 < markup->origins + markup->origin_count ? origin[1].text : (uint32_t)markup->text.len;
    uint32_t text = origin->text + (page - origin->page) / origin->page_unit * origin->text_unit;
    return text < next ? text : next;
}

dl_span dl_markup_text(const dl_markup *markup, uint32_t start, uint32_t end)
{
    if (markup->origins && !markup->origin_count) return (dl_span){0, 0};
    if (markup->origins) return (dl_span){text_of_page(markup, start), text_of_page(markup, end)};
    uint32_t base = markup->page_base;
    return (dl_span){start > base ? start - base : 0, end > base ? end - base : 0};
}

typedef struct unescaper {
    dl_arena *arena;
    const dl_markup *from;
    uint32_t base;  /* where the body begins in `from` */
    dl_str body;
    char *out;
    uint32_t len;
    dl_origins origins;
} unescaper;

/* The character at *at of the body. */
static bool unescape_one(unescaper *u, size_t *at)
{
    size_t before = *at;
    uint32_t point = dl_json_unescape_next(u->body, at);
    uint32_t written = (uint32_t)dl_utf8_put(u->out + u->len, point);
    dl_span page = dl_markup_page(u->from, u->base + (uint32_t)before, u->base + (uint32_t)*at);
    bool added = dl_origins_add(&u->origins, u->arena, u->len, written, page.start, page.end - page.start);
    u->len += written;
    return added;
}

/* Bytes up to the next backslash as they are. */
static bool copy_plain(unescaper *u, size_t *at)
{
    const char *start = u->body.ptr + *at;
    const char *stop = memchr(start, '\\', u->body.len - *at);
    size_t len = stop ? (size_t)(stop - start) : u->body.len - *at;
    if (len && !dl_origins_add(&u->origins, u->arena, u->len, 1, u->from->page_base + u->base + (uint32_t)*at, 1))
        return false;
    memcpy(u->out + u->len, start, len);
    u->len += (uint32_t)len;
    *at += len;
    return true;
}

static bool unescape(unescaper *u)
{
    for (size_t at = 0; at < u->body.len;) {
        if (!u->from->origins && !copy_plain(u, &at)) return false;
        if (at < u->body.len && !unescape_one(u, &at)) return false;
    }
    return true;
}

dl_status dl_markup_unescape(dl_markup *out, dl_arena *arena, const dl_markup *from, uint32_t start, uint32_t end,
                             dl_error *err)
{
    static const dl_origin none;
    dl_str body = dl_str_slice(from->text, start, end);
    *out = (dl_markup){.text = body, .page_base = from->page_base + start};
    if (!from->origins && (!body.len || !memchr(body.ptr, '\\', body.len))) return DL_OK;
    unescaper u = {.arena = arena, .from = from, .base = start, .body = body};
    u.out = dl_arena_alloc_raw(arena, body.len * 3 + 4); /* a stray byte gives U+FFFD */
    if (!u.out || !unescape(&u)) return dl_fail_memory(err);
    *out = (dl_markup){.text = {u.out, u.len},
                       .origins = u.origins.list.items ? u.origins.list.items : &none,
                       .origin_count = u.origins.list.count,
                       .page_base = dl_markup_page(from, start, start).start};
    return DL_OK;
}

/* The reference at *at of the body, or the byte that only looks like one. */
static bool dereference_one(unescaper *u, size_t *at)
{
    uint32_t points[2];
    size_t used = dl_reference_read(u->body.ptr + *at, u->body.len - *at, true, points), before = *at;
    uint32_t written = 1;
    if (used) {
        written = (uint32_t)dl_utf8_put(u->out + u->len, points[0]);
        if (points[1]) written += (uint32_t)dl_utf8_put(u->out + u->len + written, points[1]);
    } else {
        u->out[u->len] = '&';
    }
    *at += used ? used : 1;
    dl_span page = dl_markup_page(u->from, u->base + (uint32_t)before, u->base + (uint32_t)*at);
    bool added = dl_origins_add(&u->origins, u->arena, u->len, written, page.start, page.end - page.start);
    u->len += written;
    return added;
}

/* Bytes up to the next '&' as they are; where `from` has origins itself, unit by unit. */
static bool copy_to_reference(unescaper *u, size_t *at)
{
    const char *start = u->body.ptr + *at, *stop = memchr(start, '&', u->body.len - *at);
    size_t len = stop ? (size_t)(stop - start) : u->body.len - *at;
    memcpy(u->out + u->len, start, len);
    for (size_t done = 0, run; done < len; done += run) {
        uint32_t from = u->base + (uint32_t)(*at + done), unit = u->from->origins ? dl_markup_origin(u->from, from)->text_unit : 1;
        run = u->from->origins ? unit : len;
        if (run > len - done) run = len - done;
        dl_span page = dl_markup_page(u->from, from, from + unit);
        if (!dl_origins_add(&u->origins, u->arena, u->len, unit, page.start, page.end - page.start)) return false;
        u->len += (uint32_t)run;
    }
    *at += len;
    return true;
}

dl_status dl_markup_dereference(dl_markup *out, dl_arena *arena, const dl_markup *from, uint32_t start, uint32_t end, dl_error *err)
{
    dl_str body = dl_str_slice(from->text, start, end);
    unescaper u = {.arena = arena, .from = from, .base = start, .body = body};
    u.out = dl_arena_alloc_raw(arena, body.len * 2 + 8); /* hardly a reference is shorter than what it stands for */
    if (!u.out) return dl_fail_memory(err);
    for (size_t at = 0; at < body.len;) {
        if (!copy_to_reference(&u, &at)) return dl_fail_memory(err);
        if (at < body.len && !dereference_one(&u, &at)) return dl_fail_memory(err);
    }
    static const dl_origin none;
    *out = (dl_markup){.text = {u.out, u.len},
                       .origins = u.origins.list.items ? u.origins.list.items : &none,
                       .origin_count = u.origins.list.count,
                       .page_base = dl_markup_page(from, start, start).start};
    return DL_OK;
}
