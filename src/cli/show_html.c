/* show_html.c - the page given back with the fields of its story marked in place.
 *
 * Marks go around the page's own bytes, piece by piece, so that they never cross a tag. What stands in a script or an
 * attribute stays as it is. The page's scripts are turned off by a policy put before everything else. */
#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"

static const char PREAMBLE[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; form-action 'none'\">\n"
    "<style>mark[data-dateline]{color:#111!important;background:#ffe08a!important;padding:0 1px}"
    "mark[data-dateline^=V]{background:#ffb3b3!important}mark[data-dateline^=K]{background:#e7c6ff!important}"
    "mark[data-dateline^=P]{background:#b7f0b7!important}mark[data-dateline^=T]{background:#b8e6ff!important}"
    "mark[data-dateline^=S]{background:#ffe08a!important}</style>\n";

/* Page bytes [start, end) to be wrapped. */
typedef struct piece {
    size_t start, end;
    char letter;
    uint32_t index;
} piece;

typedef struct pieces {
    piece *items;
    size_t count, capacity;
    bool failed;
} pieces;

static void add_piece(pieces *all, size_t start, size_t end, char letter, size_t index)
{
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 128;
        piece *grown = realloc(all->items, capacity * sizeof *grown);
        if (!grown) {
            all->failed = true;
            return;
        }
        all->items = grown;
        all->capacity = capacity;
    }
    all->items[all->count++] = (piece){start, end, letter, (uint32_t)index};
}

/* First run that ends after `at`. */
static size_t run_at(const dl_story *story, uint32_t at)
{
    size_t low = 0, high = story->run_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (story->runs[middle].text + story->runs[middle].text_len > at) high = middle;
        else low = middle + 1;
    }
    return low;
}

/* The page's bytes behind a span of the text, runs that touch joined into one piece. */
static void add_span(pieces *all, const dl_story *story, dl_span span, char letter, size_t index)
{
    size_t start = 0, end = 0;
    for (size_t i = run_at(story, span.start); i < story->run_count && story->runs[i].text < span.end; i++) {
        const dl_run *run = &story->runs[i];
        if (!run->page_len) continue;
        size_t from = run->page, to = run->page + (size_t)run->page_len;
        if (run->verbatim) {
            if (span.start > run->text) from += span.start - run->text;
            if (span.end < run->text + run->text_len) to = run->page + (size_t)(span.end - run->text);
        }
        if (end && from == end) {
            end = to;
            continue;
        }
        if (end) add_piece(all, start, end, letter, index);
        start = from, end = to;
    }
    if (end) add_piece(all, start, end, letter, index);
}

static void collect(pieces *all, const dl_document *doc)
{
    const dl_story *story = dl_document_story(doc);
    const dl_events *events = dl_document_events(doc);
    const dl_places *places = dl_document_places(doc);
    const dl_times *times = dl_document_times(doc);
    const dl_statements *said = dl_document_statements(doc);
    for (size_t i = 0; i < events->count; i++) {
        add_span(all, story, events->items[i].trigger, 'V', i);
        for (size_t j = 0; j < events->items[i].casualty_span_count; j++)
            add_span(all, story, events->items[i].casualty_spans[j], 'K', i);
    }
    for (size_t i = 0; i < places->count; i++) add_span(all, story, places->items[i].span, 'P', i);
    for (size_t i = 0; i < times->count; i++) add_span(all, story, times->items[i].span, 'T', i);
    for (size_t i = 0; i < said->count; i++)
        for (size_t j = 0; j < said->items[i].speaker_count; j++) add_span(all, story, said->items[i].speaker[j], 'S', i);
}

static int by_start(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* Whether the bytes hold a tag (white space between blocks does) or lie inside one, as an attribute's value. */
static bool touches_markup(dl_str page, const piece *p)
{
    if (memchr(page.ptr + p->start, '<', p->end - p->start)) return true;
    const char *open = memrchr(page.ptr, '<', p->start), *close = memrchr(page.ptr, '>', p->start);
    return open && (!close || close < open);
}

/* End of the raw element that `at` lies in, or `at`: text of a script must not be marked. */
static size_t after_scripts(dl_str page, size_t *script, size_t at)
{
    for (;;) {
        size_t open = dl_str_find_nocase(page, DL_STR("<script"), *script);
        if (open == SIZE_MAX || open > at) return at;
        size_t close = dl_str_find_nocase(page, DL_STR("</script"), open);
        if (close == SIZE_MAX) return page.len;
        if (close > at) return close;
        *script = close;
    }
}

static void put_title(dl_json_out *out, const dl_document *doc, const piece *p)
{
    const dl_events *events = dl_document_events(doc);
    if (p->letter != 'V' && p->letter != 'K') return;
    put_format(out, " title=\"%s, %s\"", dl_event_type_name(events->items[p->index].type),
               dl_realis_name(events->items[p->index].realis));
}

static void put_marked(dl_json_out *out, const dl_document *doc, dl_str page, const pieces *all)
{
    size_t at = 0, script = 0;
    for (size_t i = 0; i < all->count; i++) {
        const piece *p = &all->items[i];
        if (p->start < at || p->end > page.len || touches_markup(page, p)) continue; /* overlaps an earlier mark */
        if (after_scripts(page, &script, p->start) != p->start) continue;
        put_bytes(out, dl_str_slice(page, at, p->start));
        put_format(out, "<mark data-dateline=\"%c%u\"", p->letter, p->index + 1);
        put_title(out, doc, p);
        put_bytes(out, DL_STR(">"));
        put_bytes(out, dl_str_slice(page, p->start, p->end));
        put_bytes(out, DL_STR("</mark>"));
        at = p->end;
    }
    put_bytes(out, dl_str_slice(page, at, page.len));
}

/* Where the preamble may go without making a browser change its mind about the doctype. */
static size_t head_start(dl_str page)
{
    size_t head = dl_str_find_nocase(page, DL_STR("<head"), 0);
    if (head == SIZE_MAX || head + 5 >= page.len || dl_ascii_alpha((unsigned char)page.ptr[head + 5])) return 0;
    size_t end = dl_str_find(page, DL_STR(">"), head);
    return end == SIZE_MAX ? 0 : end + 1;
}

dl_status show_html(const item *it, const dl_document *document, dl_json_out *out, dl_error *err)
{
    dl_str page = it->input.bytes, encoding = dl_document_story(document)->encoding;
    if (it->input.kind != DL_INPUT_HTML)
        return dl_fail(err, DL_USAGE, it->name, 0, "--html marks pages, and this is plain text");
    if (dl_str_starts(encoding, "utf-16"))
        return dl_fail(err, DL_USAGE, it->name, 0, "pages in UTF-16 can't be marked in place");
    pieces all = {0};
    collect(&all, document);
    if (all.count) qsort(all.items, all.count, sizeof *all.items, by_start);
    size_t head = head_start(page);
    /* no text stands before the end of <head>, so all marks lie behind the preamble */
    dl_json_out marked = {0};
    put_marked(&marked, document, page, &all);
    put_bytes(out, dl_str_slice(page, 0, head));
    put_bytes(out, dl_str_of(PREAMBLE));
    if (!marked.failed) put_bytes(out, (dl_str){marked.bytes + head, marked.len - head});
    out->failed |= marked.failed || all.failed;
    dl_json_out_free(&marked);
    free(all.items);
    return DL_OK;
}
