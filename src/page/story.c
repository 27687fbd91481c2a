/* story.c - from a story's text back to the page, and the check that the way back is true. */
#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "page/references.h"
#include "page/writer.h"

/* The run that holds text byte `at`; run_count if none does. */
static size_t run_at(const dl_story *story, uint32_t at)
{
    size_t low = 0, high = story->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (story->runs[middle].text + story->runs[middle].text_len <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Page bytes of what `run` gives inside text bytes [start, end). */
static dl_span part_of_run(const dl_run *run, uint32_t start, uint32_t end)
{
    dl_span page = {run->page, run->page + run->page_len};
    if (!run->verbatim) return page;
    uint32_t text_end = run->text + run->text_len;
    if (start > run->text) page.start += start - run->text;
    if (end < text_end) page.end -= text_end - end;
    return page;
}

dl_span dl_story_page_span(const dl_story *story, dl_span span)
{
    if (!story->run_count) return span;
    size_t i = run_at(story, span.start);
    if (i == story->run_count) {
        const dl_run *last = &story->runs[i - 1];
        return (dl_span){last->page + last->page_len, last->page + last->page_len};
    }
    dl_span page = part_of_run(&story->runs[i], span.start, span.end);
    if (span.end <= span.start) return (dl_span){page.start, page.start};
    for (i++; i < story->run_count && story->runs[i].text < span.end; i++) {
        dl_span more = part_of_run(&story->runs[i], span.start, span.end);
        if (more.start < page.start) page.start = more.start;
        if (more.end > page.end) page.end = more.end;
    }
    return page;
}

/* ---- the check ---- */

/* `text` follows from `source`, character by character; stray bytes give U+FFFD. */
static bool spells(dl_str source, dl_str text)
{
    size_t done = 0;
    for (size_t at = 0; at < source.len;) {
        char bytes[4];
        size_t len = dl_utf8_put(bytes, dl_utf8_next(source, &at));
        if (text.len - done < len || memcmp(text.ptr + done, bytes, len) != 0) return false;
        done += len;
    }
    return done == text.len;
}

static bool refers(dl_str source, dl_str text)
{
    uint32_t points[2];
    char bytes[8];
    if (!source.len || source.ptr[0] != '&') return false;
    size_t used = dl_reference_read(source.ptr, source.len, false, points);
    if (used != source.len) return false;
    size_t len = dl_utf8_put(bytes, points[0]);
    if (points[1]) len += dl_utf8_put(bytes + len, points[1]);
    return dl_str_eq(text, (dl_str){bytes, len});
}

/* One way of writing characters undone: references (or what JSON escapes). Nothing is lost that fits `room`. */
static size_t undo(dl_str source, bool references, char *out, size_t room)
{
    size_t len = 0;
    for (size_t at = 0; at < source.len && len + 8 <= room;) {
        uint32_t points[2] = {0, 0};
        size_t used = references && source.ptr[at] == '&' ? dl_reference_read(source.ptr + at, source.len - at, true, points) : 0;
        if (used) at += used;
        else points[0] = references ? dl_utf8_next(source, &at) : dl_json_unescape_next(source, &at);
        len += dl_utf8_put(out + len, points[0]);
        if (points[1]) len += dl_utf8_put(out + len, points[1]);
    }
    return len;
}

/* A character that is written in a way of JSON, of HTML, or of one within the other: JSON in an attribute or in a string,
 * HTML in JSON. */
static bool escapes(dl_str source, dl_str text, int levels)
{
    char bytes[256];
    for (int references = 0; references < 2 && levels; references++) {
        dl_str inner = {bytes, undo(source, references, bytes, sizeof bytes)};
        if (dl_str_eq(inner, text) || refers(inner, text)) return true;
        if (!dl_str_eq(inner, source) && escapes(inner, text, levels - 1)) return true;
    }
    return false;
}

static bool is_gap(dl_str text)
{
    return dl_str_is(text, " ") || dl_str_is(text, "\n") || dl_str_is(text, "\n\n");
}

static bool run_is_true(const dl_run *run, dl_str text, dl_str bytes, const dl_markup *page)
{
    if (run->page > bytes.len || run->page_len > bytes.len - run->page) return false;
    if (run->verbatim)
        return run->text_len == run->page_len && memcmp(text.ptr, bytes.ptr + run->page, text.len) == 0;
    if (is_gap(text)) return true;
    dl_span span = dl_markup_text(page, run->page, run->page + run->page_len);
    dl_str source = dl_span_str(page->text, span);
    if (spells(source, text) || refers(source, text) || escapes(source, text, 4)) return true;
    /* a few legacy codes stand for two characters, which a run may part */
    return page->origins && source.len <= 8 && dl_str_find(source, text, 0) != SIZE_MAX;
}

dl_status dl_story_check(const dl_story *story, dl_str bytes, const dl_markup *page, dl_error *err)
{
    uint32_t at = 0;
    for (size_t i = 0; i < story->run_count; i++) {
        const dl_run *run = &story->runs[i];
        bool whole = run->text == at && run->text_len > 0 && run->text_len <= story->text.len - at;
        if (!whole) return dl_fail(err, DL_BAD_DATA, NULL, at, "a run does not follow the one before");
        dl_str text = dl_str_slice(story->text, at, at + run->text_len);
        if (!run_is_true(run, text, bytes, page))
            return dl_fail(err, DL_BAD_DATA, NULL, at, "page bytes %u to %u do not give the text", run->page,
                           run->page + run->page_len);
        at += run->text_len;
    }
    if (at != story->text.len) return dl_fail(err, DL_BAD_DATA, NULL, at, "runs end before the text");
    return DL_OK;
}
