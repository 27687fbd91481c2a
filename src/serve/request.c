/* request.c - a request's target taken apart (RFC 3986, and "application/x-www-form-urlencoded" for the query). */
#include "serve/request.h"

#include "base/utf8.h"

static int hex_value(char c)
{
    if (dl_ascii_digit((unsigned char)c)) return c - '0';
    unsigned char lower = dl_ascii_lower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool is_clean(dl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7F) return false;
    return dl_utf8_valid_prefix(text) == text.len;
}

/* `text` with its escapes undone, in the arena; ptr NULL where it is no text. In a query + is a space. */
static dl_str undo_escapes(dl_arena *arena, dl_str text, bool query)
{
    char *out = dl_arena_alloc_raw(arena, text.len + 1);
    size_t len = 0;
    if (!out) return (dl_str){0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%') {
            if (text.len - i < 3) return (dl_str){0};
            int high = hex_value(text.ptr[i + 1]), low = hex_value(text.ptr[i + 2]);
            if (high < 0 || low < 0) return (dl_str){0};
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && query) {
            c = ' ';
        }
        out[len++] = c;
    }
    out[len] = '\0';
    dl_str text_out = {out, len};
    return is_clean(text_out) ? text_out : (dl_str){0};
}

static bool read_path(serve_request *request, dl_str path, const char **why)
{
    dl_str rest = dl_str_slice(path, 1, path.len), segment;
    request->path = undo_escapes(&request->arena, path, false);
    *why = "the path is no text with proper escapes";
    if (!request->path.ptr) return false;
    while (rest.len && dl_str_next(&rest, '/', &segment)) {
        *why = "the path has too many parts";
        if (request->segment_count == SERVE_SEGMENTS) return false;
        segment = undo_escapes(&request->arena, segment, false);
        *why = "the path is no text with proper escapes";
        if (!segment.ptr) return false;
        *why = "no path goes up";
        if (dl_str_is(segment, "..") || dl_str_is(segment, ".")) return false;
        request->segments[request->segment_count++] = segment;
    }
    return true;
}

static bool read_query(serve_request *request, dl_str query, const char **why)
{
    dl_str pair;
    while (query.len && dl_str_next(&query, '&', &pair)) {
        if (!pair.len) continue;
        *why = "there are too many parameters";
        if (request->param_count == SERVE_PARAMS) return false;
        size_t equals = dl_str_find(pair, DL_STR("="), 0);
        size_t end = equals == SIZE_MAX ? pair.len : equals;
        serve_param *param = &request->params[request->param_count];
        param->name = undo_escapes(&request->arena, dl_str_slice(pair, 0, end), true);
        param->value = equals == SIZE_MAX ? DL_STR("") : undo_escapes(&request->arena, dl_str_slice(pair, end + 1, pair.len), true);
        *why = "a parameter is no text with proper escapes";
        if (!param->name.ptr || !param->value.ptr) return false;
        request->param_count++;
    }
    return true;
}

bool request_read(serve_request *request, const char **why)
{
    dl_str target = request->target;
    request->segment_count = request->param_count = 0;
    request->asked = 0;
    *why = "the address is too long";
    if (target.len > SERVE_LONGEST_TARGET) return false;
    *why = "the address is no path";
    if (!target.len || target.ptr[0] != '/') return false;
    size_t mark = dl_str_find(target, DL_STR("?"), 0), end = mark == SIZE_MAX ? target.len : mark;
    if (!read_path(request, dl_str_slice(target, 0, end), why)) return false;
    return mark == SIZE_MAX || read_query(request, dl_str_slice(target, mark + 1, target.len), why);
}

dl_str request_param(serve_request *request, const char *name)
{
    dl_str value = {0};
    for (size_t i = request->param_count; i-- > 0;) {
        if (!dl_str_is(request->params[i].name, name)) continue;
        request->asked |= UINT64_C(1) << i;
        value = request->params[i].value;
    }
    return value.len ? value : (dl_str){0};
}

dl_str request_stranger(const serve_request *request)
{
    for (size_t i = 0; i < request->param_count; i++)
        if (!(request->asked & UINT64_C(1) << i)) return request->params[i].name;
    return (dl_str){0};
}

dl_str request_cookie(const serve_request *request, const char *name)
{
    dl_str rest = request->cookie, one;
    size_t len = strlen(name);
    while (rest.len && dl_str_next(&rest, ';', &one)) {
        one = dl_str_trim(one);
        if (one.len > len && memcmp(one.ptr, name, len) == 0 && one.ptr[len] == '=') return dl_str_slice(one, len + 1, one.len);
    }
    return (dl_str){0};
}
