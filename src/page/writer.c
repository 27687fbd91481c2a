/* writer.c - text and runs, piece by piece. */
#include "page/writer.h"

#include "base/error.h"
#include "base/utf8.h"
#include "page/references.h"
#include "page/seek.h"

enum { REPLACEMENT = 0xFFFD, STRAY_TOGETHER = 16 };

void dl_writer_init(dl_writer *writer, dl_arena *arena)
{
    *writer = (dl_writer){.arena = arena};
}

/* ---- runs ---- */

static void put_bytes(dl_writer *w, const char *bytes, size_t len)
{
    while (w->text.capacity - w->text.count < len && !w->failed) {
        char *grown = dl_arena_grow(w->arena, w->text.items, &w->text.capacity, 1);
        if (grown) w->text.items = grown;
        else w->failed = true;
    }
    if (w->failed) return;
    memcpy(w->text.items + w->text.count, bytes, len);
    w->text.count += len;
}

static void put_run(dl_writer *w, const char *bytes, size_t len, dl_span page, bool verbatim)
{
    uint32_t text = (uint32_t)w->text.count;
    if (len > UINT32_MAX - text) w->failed = true;
    put_bytes(w, bytes, len);
    if (w->failed) return;
    dl_run *last = w->runs.count ? &w->runs.items[w->runs.count - 1] : NULL;
    if (last && verbatim && last->verbatim && last->page + last->page_len == page.start) {
        last->text_len += (uint32_t)len;
        last->page_len += (uint32_t)len;
        return;
    }
    dl_run *run = DL_VEC_PUSH(w->arena, &w->runs);
    if (!run) w->failed = true;
    else *run = (dl_run){text, (uint32_t)len, page.start, page.end - page.start, verbatim};
}

/* Page bytes between the last run and `start`, or none where the page was not read in order. */
static dl_span between(const dl_writer *w, uint32_t start)
{
    const dl_run *last = &w->runs.items[w->runs.count - 1];
    uint32_t end = last->page + last->page_len;
    return (dl_span){end, start > end ? start : end};
}

static void put_space(dl_writer *w, uint32_t start)
{
    dl_span page = w->gap_page.end > w->gap_page.start ? w->gap_page : between(w, start);
    put_run(w, " ", 1, page, w->gap_verbatim);
}

static void begin_block(dl_writer *w)
{
    dl_block *block = DL_VEC_PUSH(w->arena, &w->blocks);
    if (!block) {
        w->failed = true;
        return;
    }
    *block = (dl_block){.span = {(uint32_t)w->text.count, (uint32_t)w->text.count}, .kind = w->kind};
    w->open = true;
}

/* What must stand before text whose page bytes begin at `start`. */
static void settle(dl_writer *w, uint32_t start)
{
    if (!w->open) {
        if (w->text.count) put_run(w, "\n\n", 2, between(w, start), false);
        if (!w->failed) begin_block(w);
    } else if (w->gap == DL_GAP_LINE) {
        put_run(w, "\n", 1, between(w, start), false);
    } else if (w->gap == DL_GAP_SPACE) {
        put_space(w, start);
    }
    w->gap = DL_GAP_NONE;
}

/* ---- pieces of markup ---- */

/* Bytes [start, end) of a markup with origins: one run where byte answers byte, else one for each unit. */
static void put_units(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end)
{
    const dl_origin *origin = dl_markup_origin(markup, start), *last = markup->origins + markup->origin_count - 1;
    for (; start < end && !w->failed; origin++) {
        uint32_t stop = origin < last && origin[1].text < end ? origin[1].text : end;
        bool same = origin->text_unit == 1 && origin->page_unit == 1;
        for (; start < stop && !w->failed; w->steps++) {
            uint32_t unit = (start - origin->text) / origin->text_unit;
            uint32_t next = same ? stop : origin->text + (unit + 1) * origin->text_unit;
            uint32_t page = origin->page + unit * origin->page_unit;
            if (next > stop) next = stop;
            put_run(w, markup->text.ptr + start, next - start,
                    (dl_span){page, page + (same ? next - start : origin->page_unit)}, same);
            start = next;
        }
    }
}

/* Bytes [start, end) of the markup as they are. */
static void put_verbatim(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end)
{
    if (start == end) return;
    dl_span page = dl_markup_page(markup, start, end);
    settle(w, page.start);
    if (markup->origins) put_units(w, markup, start, end);
    else put_run(w, markup->text.ptr + start, end - start, page, true);
}

static void wait_space(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end)
{
    if (!w->open || w->gap != DL_GAP_NONE) return;
    w->gap = DL_GAP_SPACE;
    w->gap_page = dl_markup_page(markup, start, end);
    w->gap_verbatim = end - start == 1 && markup->text.ptr[start] == ' ' && w->gap_page.end - w->gap_page.start == 1;
}

typedef enum point_kind { POINT_SHOWN, POINT_SPACE, POINT_DROPPED } point_kind;

/* Spaces of any width are white space; what has no width and no meaning in text is left out. */
static point_kind kind_of(uint32_t point)
{
    if (point <= 0x20 || point == 0x7F) return dl_ascii_space((unsigned char)point) ? POINT_SPACE : POINT_DROPPED;
    if (point < 0xA0) return point < 0x7F ? POINT_SHOWN : point == 0x85 ? POINT_SPACE : POINT_DROPPED;
    if (point == 0xA0 || point == 0x1680 || point == 0x3000) return POINT_SPACE;
    if (point == 0xAD || point == 0x61C || point == 0xFEFF) return POINT_DROPPED;
    if (point < 0x2000 || point > 0x206F) return POINT_SHOWN;
    if (point <= 0x200A || point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F) return POINT_SPACE;
    bool joiner = point == 0x200C || point == 0x200D; /* they spell words in Persian and the scripts of India */
    bool invisible = point <= 0x200F || (point >= 0x202A && point <= 0x202E) || point >= 0x2060;
    return invisible && !joiner ? POINT_DROPPED : POINT_SHOWN;
}

/* A joiner behind a Latin letter spells nothing: some pages strew them into words against copying. */
static bool is_strewn(uint32_t point, char before)
{
    return (point == 0x200C || point == 0x200D) && (unsigned char)before < 0x80;
}

static void put_points(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end, const uint32_t points[2])
{
    point_kind kind = kind_of(points[0]);
    if (is_strewn(points[0], w->text.count ? w->text.items[w->text.count - 1] : ' ')) kind = POINT_DROPPED;
    dl_span page = dl_markup_page(markup, start, end);
    if (kind == POINT_SPACE) wait_space(w, markup, start, end);
    if (kind != POINT_SHOWN) return;
    char bytes[8];
    size_t len = dl_utf8_put(bytes, points[0]);
    if (points[1]) len += dl_utf8_put(bytes + len, points[1]);
    settle(w, page.start);
    put_run(w, bytes, len, page, false);
}

/* Bytes that may simply be copied; a single space between them too. '&' is looked at by the caller. */
static bool is_plain(char c)
{
    return (unsigned char)(c - 0x21) < 0x5E && c != '&';
}

/* From `at` on; a space counts only behind `from`, where what is copied begins. */
static const char *skip_plain(const char *from, const char *at, const char *end)
{
    while (at < end && (is_plain(*at) || (*at == ' ' && at > from && at + 1 < end && is_plain(at[1])))) at++;
    return at;
}

typedef enum piece { PIECE_COPIED, PIECE_REFERENCE, PIECE_SPACE, PIECE_DROPPED, PIECE_STRAY } piece;

/* Whether a byte that belongs to no character stands at `at`. */
static bool is_stray(dl_str text, size_t at)
{
    size_t next = at;
    return dl_utf8_next(text, &next) == REPLACEMENT && next == at + 1;
}

/* What stands at `at` and ends at *next; a reference's characters go to `points`. */
static piece read_piece(dl_str text, size_t at, bool references, size_t *next, uint32_t points[2])
{
    if (text.ptr[at] == '&') {
        size_t used = references ? dl_reference_read(text.ptr + at, text.len - at, false, points) : 0;
        *next = at + (used ? used : 1);
        return used ? PIECE_REFERENCE : PIECE_COPIED;
    }
    *next = at;
    uint32_t point = dl_utf8_next(text, next);
    if (point == REPLACEMENT && *next == at + 1) {
        while (*next < text.len && *next - at < STRAY_TOGETHER && is_stray(text, *next)) ++*next;
        return PIECE_STRAY;
    }
    point_kind kind = is_strewn(point, at ? text.ptr[at - 1] : ' ') ? POINT_DROPPED : kind_of(point);
    return kind == POINT_SPACE ? PIECE_SPACE : kind == POINT_DROPPED ? PIECE_DROPPED : PIECE_COPIED;
}

/* One U+FFFD for each of the bytes [start, end), all in one run. */
static void put_stray(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end)
{
    char bytes[3 * STRAY_TOGETHER + 4];
    size_t len = 0;
    for (uint32_t i = start; i < end; i++) len += dl_utf8_put(bytes + len, REPLACEMENT);
    dl_span page = dl_markup_page(markup, start, end);
    settle(w, page.start);
    put_run(w, bytes, len, page, false);
}

static void write_range(dl_writer *w, const dl_markup *markup, uint32_t start, uint32_t end, bool references)
{
    dl_str text = {markup->text.ptr, end};
    uint32_t from = start; /* what stands from here to `at` is copied as it is */
    for (size_t at = start, next; at < end && !w->failed; at = next, w->steps++) {
        uint32_t points[2];
        at = (size_t)(skip_plain(text.ptr + from, text.ptr + at, text.ptr + end) - text.ptr);
        if (at >= end) break;
        piece found = read_piece(text, at, references, &next, points);
        if (found == PIECE_COPIED) continue;
        put_verbatim(w, markup, from, (uint32_t)at);
        from = (uint32_t)next;
        if (found == PIECE_REFERENCE) put_points(w, markup, (uint32_t)at, from, points);
        else if (found == PIECE_SPACE) wait_space(w, markup, (uint32_t)at, from);
        else if (found == PIECE_STRAY) put_stray(w, markup, (uint32_t)at, from);
    }
    if (!w->failed) put_verbatim(w, markup, from, end);
}

void dl_writer_text(dl_writer *writer, const dl_markup *markup, uint32_t start, uint32_t end)
{
    write_range(writer, markup, start, end, true);
}

void dl_writer_plain(dl_writer *writer, const dl_markup *markup, uint32_t start, uint32_t end)
{
    write_range(writer, markup, start, end, false);
}

void dl_writer_block(dl_writer *writer, dl_block_kind kind)
{
    if (writer->open) writer->blocks.items[writer->blocks.count - 1].span.end = (uint32_t)writer->text.count;
    writer->open = false;
    writer->kind = kind;
    writer->gap = DL_GAP_NONE;
}

void dl_writer_space(dl_writer *writer)
{
    if (!writer->open || writer->gap != DL_GAP_NONE) return;
    writer->gap = DL_GAP_SPACE;
    writer->gap_page = (dl_span){0, 0};
    writer->gap_verbatim = false;
}

void dl_writer_line(dl_writer *writer)
{
    if (writer->open) writer->gap = DL_GAP_LINE;
}

size_t dl_writer_length(const dl_writer *writer)
{
    return writer->text.count;
}

dl_writer_mark dl_writer_here(const dl_writer *writer)
{
    dl_writer_mark mark = {.writer = *writer};
    if (writer->runs.count) mark.run = writer->runs.items[writer->runs.count - 1];
    if (writer->blocks.count) mark.block = writer->blocks.items[writer->blocks.count - 1];
    return mark;
}

void dl_writer_back(dl_writer *writer, const dl_writer_mark *mark)
{
    const dl_writer *then = &mark->writer;
    if (writer->failed) return;
    writer->text.count = then->text.count;
    writer->runs.count = then->runs.count;
    writer->blocks.count = then->blocks.count;
    if (writer->runs.count) writer->runs.items[writer->runs.count - 1] = mark->run;
    if (writer->blocks.count) writer->blocks.items[writer->blocks.count - 1] = mark->block;
    writer->kind = then->kind;
    writer->gap = then->gap;
    writer->gap_page = then->gap_page;
    writer->gap_verbatim = then->gap_verbatim;
    writer->open = then->open;
}

dl_status dl_writer_finish(dl_writer *writer, dl_story *story, dl_error *err)
{
    dl_writer_block(writer, DL_BLOCK_PARAGRAPH);
    if (writer->failed) return dl_fail_memory(err);
    story->text = (dl_str){writer->text.items ? writer->text.items : "", writer->text.count};
    story->runs = writer->runs.items;
    story->run_count = writer->runs.count;
    story->blocks = writer->blocks.items;
    story->block_count = writer->blocks.count;
    return DL_OK;
}

/* ---- trees ---- */

typedef struct block_ends { /* where the blocks that are open end, innermost last */
    uint32_t items[DL_TREE_MAX_DEPTH + 2];
    size_t count;
} block_ends;

static void write_node(dl_writer *w, const dl_tree *tree, uint32_t index, block_ends *ends)
{
    const dl_node *node = &tree->nodes[index];
    if (node->kind == DL_NODE_TEXT) {
        write_range(w, tree->markup, node->start, node->end, !(node->flags & DL_NODE_RAW));
    } else if (node->tag == DL_TAG_BR) {
        dl_writer_line(w);
    } else if (dl_tag_flags(node->tag) & DL_TAG_IS_BLOCK) {
        dl_writer_space(w);
        ends->items[ends->count++] = node->next;
    }
}

void dl_writer_subtree(dl_writer *writer, const dl_tree *tree, uint32_t node)
{
    block_ends ends = {.count = 0};
    for (uint32_t i = node, end = tree->nodes[node].next; i < end && !writer->failed; writer->steps++) {
        while (ends.count && i >= ends.items[ends.count - 1]) {
            ends.count--;
            dl_writer_space(writer);
        }
        bool hidden = (dl_tag_flags(tree->nodes[i].tag) & (DL_TAG_IS_HIDDEN | DL_TAG_IS_FOREIGN)) != 0;
        if (hidden && i != node) {
            i = tree->nodes[i].next;
            continue;
        }
        write_node(writer, tree, i, &ends);
        i++;
    }
}

dl_str dl_tree_text(const dl_tree *tree, uint32_t node, dl_arena *arena)
{
    dl_writer writer;
    dl_story story;
    dl_writer_init(&writer, arena);
    dl_writer_subtree(&writer, tree, node);
    return dl_writer_finish(&writer, &story, NULL) == DL_OK ? story.text : (dl_str){0};
}
