/* encoding_prescan.c - looking for meta elements before the encoding is known. */
#include "page/encoding_prescan.h"

#include "page/seek.h"
#include "page/tokenizer.h"

static dl_str between(const char *start, const char *end)
{
    return (dl_str){start, (size_t)(end - start)};
}

/* The charset in a content attribute: "text/html; charset=utf-8". */
static dl_str charset_of_content(dl_str content)
{
    const char *end = content.ptr + content.len;
    for (size_t found = 0; (found = dl_str_find_nocase(content, DL_STR("charset"), found)) != SIZE_MAX;) {
        found += 7;
        const char *at = dl_seek_text(content.ptr + found, end);
        if (at == end || *at != '=') continue;
        at = dl_seek_text(at + 1, end);
        if (at < end && (*at == '"' || *at == '\'')) {
            const char *quote = dl_seek_byte(at + 1, end, *at);
            return quote < end ? between(at + 1, quote) : (dl_str){0};
        }
        const char *stop = at;
        while (stop < end && *stop != ';' && !dl_seek_is(*stop, SEEK_SPACE)) stop++;
        return between(at, stop);
    }
    return (dl_str){0};
}

/* Attributes of a meta element from `at` on; leaves *at behind it. */
static dl_str charset_of_meta(const char **at, const char *end)
{
    dl_attribute attribute;
    dl_str charset = {0}, content = {0};
    dl_attribute_step step;
    bool pragma = false;
    while ((step = dl_attribute_next(at, end, &attribute)) == DL_ATTRIBUTE) {
        dl_str name = between(attribute.name, attribute.name_end);
        dl_str value = between(attribute.value, attribute.value_end);
        if (dl_str_eq_nocase(name, DL_STR("charset")) && !charset.ptr) charset = value;
        if (dl_str_eq_nocase(name, DL_STR("content")) && !content.ptr) content = charset_of_content(value);
        if (dl_str_eq_nocase(name, DL_STR("http-equiv")))
            pragma |= dl_str_eq_nocase(value, DL_STR("content-type"));
    }
    if (step == DL_ATTRIBUTES_CUT) return (dl_str){0};
    return charset.ptr ? charset : pragma ? content : (dl_str){0};
}

/* The label in "<?xml ... encoding='...' ?>" at the very start. */
static dl_str charset_of_xml(dl_str bytes)
{
    if (!dl_str_starts(bytes, "<?xml")) return (dl_str){0};
    const char *end = dl_seek_byte(bytes.ptr, bytes.ptr + bytes.len, '>');
    dl_str declaration = between(bytes.ptr, end);
    size_t found = dl_str_find(declaration, DL_STR("encoding"), 0);
    if (found == SIZE_MAX) return (dl_str){0};
    const char *at = dl_seek_text(bytes.ptr + found + 8, end);
    if (at == end || *at != '=') return (dl_str){0};
    at = dl_seek_text(at + 1, end);
    if (at == end || (*at != '"' && *at != '\'')) return (dl_str){0};
    const char *quote = dl_seek_byte(at + 1, end, *at);
    return quote < end ? between(at + 1, quote) : (dl_str){0};
}

/* Behind a comment that begins at `at`. */
static const char *skip_comment(const char *at, const char *end)
{
    size_t found = dl_str_find(between(at + 2, end), DL_STR("-->"), 0);
    return found == SIZE_MAX ? end : at + 2 + found + 3;
}

static const char *skip_tag(const char *at, const char *end)
{
    dl_attribute attribute;
    at = dl_seek_class_of(at, end, SEEK_SPACE | SEEK_TAG_END);
    while (dl_attribute_next(&at, end, &attribute) == DL_ATTRIBUTE) {}
    return at;
}

static bool is_meta(const char *at, const char *end)
{
    return end - at > 5 && dl_str_eq_nocase((dl_str){at + 1, 4}, DL_STR("meta")) &&
           dl_seek_is(at[5], SEEK_SPACE | SEEK_TAG_END) && at[5] != '>';
}

dl_str dl_encoding_prescan(dl_str bytes, bool (*is_known)(const void *context, dl_str label), const void *context)
{
    const char *end = bytes.ptr + (bytes.len < DL_PRESCAN_BYTES ? bytes.len : DL_PRESCAN_BYTES);
    for (const char *at = bytes.ptr; at < end;) {
        at = dl_seek_byte(at, end, '<');
        if (end - at < 3) break;
        bool closing = at[1] == '/';
        if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
            at = skip_comment(at, end);
        } else if (is_meta(at, end)) {
            at += 5;
            dl_str label = charset_of_meta(&at, end);
            if (label.ptr && is_known(context, label)) return label;
        } else if (dl_seek_is(at[1 + closing], SEEK_ALPHA)) {
            at = skip_tag(at + 1 + closing, end);
        } else if (closing || at[1] == '!' || at[1] == '?') {
            at = dl_seek_byte(at, end, '>');
        } else {
            at++;
        }
    }
    dl_str label = charset_of_xml(bytes);
    return label.ptr && is_known(context, label) ? label : (dl_str){0};
}
