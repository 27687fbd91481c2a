/* layout.c - columns and cells for people. */
#include "cli/layout.h"

#include <inttypes.h>
#include <string.h>
#include <sys/ioctl.h>
#include <utf8proc.h>

#include "base/utf8.h"

static size_t point_width(uint32_t point)
{
    if (point < 0x80) return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)point);
    return width < 0 ? 0 : (size_t)width;
}

size_t text_width(dl_str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;) width += point_width(dl_utf8_next(text, &at));
    return width;
}

/* Control characters of a page must not reach a terminal. */
static void put_safe(dl_json_out *out, dl_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t point = dl_utf8_next(text, &at);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0)) put_bytes(out, DL_STR(" "));
        else put_bytes(out, dl_str_slice(text, from, at));
    }
}

void put_cell(dl_json_out *out, dl_str text, size_t width, bool last)
{
    size_t used = text_width(text);
    if (used > width) {
        size_t at = 0, end = 0;
        used = 0;
        while (at < text.len) {
            size_t wide = point_width(dl_utf8_next(text, &at));
            if (used + wide > width - 1) break;
            used += wide;
            end = at;
        }
        put_safe(out, dl_str_slice(text, 0, end));
        put_bytes(out, DL_STR("\xE2\x80\xA6"));
        used++;
    } else {
        put_safe(out, text);
    }
    if (!last) put_format(out, "%*s", (int)(width - used), "");
}

void put_style(dl_json_out *out, bool colour, const char *sequence)
{
    if (colour) put_bytes(out, dl_str_of(sequence));
}

int terminal_width(void)
{
    struct winsize size;
    if (is_terminal(stdout) && ioctl(fileno(stdout), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
    return 110;
}

const char *range_words(dl_range range, char buffer[48])
{
    buffer[0] = '\0';
    if (!range.known) return buffer;
    if (range.open) snprintf(buffer, 48, "%" PRId64 "+", range.min);
    else if (range.min == range.max) snprintf(buffer, 48, "%" PRId64, range.min);
    else snprintf(buffer, 48, "%" PRId64 "-%" PRId64, range.min, range.max);
    return buffer;
}

void put_participants(dl_json_out *out, const dl_participant *items, size_t count)
{
    if (!count) put_bytes(out, DL_STR("?"));
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(out, DL_STR(", "));
        put_safe(out, items[i].name);
        if (items[i].code.len && !dl_str_eq(items[i].code, items[i].name))
            put_format(out, " (%.*s)", (int)items[i].code.len, items[i].code.ptr);
    }
}

dl_str place_words(const dl_document *document, uint32_t place)
{
    const dl_places *places = dl_document_places(document);
    return place < places->count ? places->items[place].name : (dl_str){"", 0};
}

dl_str source_words(const dl_document *document, uint32_t statement)
{
    const dl_statements *statements = dl_document_statements(document);
    if (statement >= statements->count) return (dl_str){"", 0};
    const dl_statement *said = &statements->items[statement];
    const dl_names *names = dl_document_names(document);
    if (said->entity < names->entity_count) return names->entities[said->entity].name;
    if (said->speaker_count) return dl_span_str(dl_document_story(document)->text, said->speaker[0]);
    return (dl_str){"", 0};
}
