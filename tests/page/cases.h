/* cases.h - reads tests/cases/page/NAME: blocks of "key: value" lines, parted by empty lines; '#' is a comment.
 *
 * In a value, \n \t \r \0 \\ and \xHH stand for bytes. */
#ifndef TESTS_PAGE_CASES_H
#define TESTS_PAGE_CASES_H

#include "base/map.h"
#include "base/str.h"

typedef struct cases {
    dl_map map;
    dl_str rest;
    dl_arena arena;
    size_t line;
} cases;

enum { CASE_KEYS = 4 };

typedef struct page_case {
    dl_str keys[CASE_KEYS], values[CASE_KEYS];
    size_t count, line;
} page_case;

static inline int case_hex(char c)
{
    return dl_ascii_digit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

static inline dl_str case_unescape(dl_arena *arena, dl_str in)
{
    char *out = dl_arena_alloc_raw(arena, in.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < in.len; at++) {
        char c = in.ptr[at];
        if (c == '\\' && at + 1 < in.len) {
            c = in.ptr[++at];
            if (c == 'n') c = '\n';
            else if (c == 't') c = '\t';
            else if (c == 'r') c = '\r';
            else if (c == '0') c = '\0';
            else if (c == 'x' && at + 2 < in.len) {
                c = (char)(case_hex(in.ptr[at + 1]) << 4 | case_hex(in.ptr[at + 2]));
                at += 2;
            }
        }
        out[len++] = c;
    }
    out[len] = '\0';
    return (dl_str){out, len};
}

static inline bool cases_open(cases *c, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/page/%s", DATELINE_TEST_CASES, name);
    *c = (cases){0};
    dl_arena_init(&c->arena, 0);
    if (dl_map_open(&c->map, path, NULL) != DL_OK) return false;
    c->rest = (dl_str){(const char *)c->map.bytes, c->map.size};
    return true;
}

/* The next case, or false. */
static inline bool cases_next(cases *c, page_case *out)
{
    dl_str line;
    *out = (page_case){0};
    while (dl_str_next(&c->rest, '\n', &line)) {
        c->line++;
        if (!line.len && out->count) return true;
        size_t colon = dl_str_find(line, DL_STR(":"), 0);
        if (!line.len || line.ptr[0] == '#' || colon == SIZE_MAX || out->count == CASE_KEYS) continue;
        size_t from = colon + 1 + (colon + 1 < line.len && line.ptr[colon + 1] == ' ');
        if (!out->count) out->line = c->line;
        out->keys[out->count] = dl_str_slice(line, 0, colon);
        out->values[out->count++] = case_unescape(&c->arena, dl_str_slice(line, from, line.len));
    }
    return out->count > 0;
}

static inline dl_str case_value(const page_case *c, const char *key)
{
    for (size_t i = 0; i < c->count; i++)
        if (dl_str_is(c->keys[i], key)) return c->values[i];
    return (dl_str){0};
}

static inline void cases_close(cases *c)
{
    dl_map_close(&c->map);
    dl_arena_free(&c->arena);
}

#endif
