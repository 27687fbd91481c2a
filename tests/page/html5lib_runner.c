/* html5lib_runner.c - runs tokenizer cases in the JSON format of html5lib-tests against our tokenizer.
 *
 *   html5lib_runner FILE.test ...   prints what differs; exit 1 if anything does
 *
 * The cases are not ours and do not come with dateline; point the build option DATELINE_HTML5LIB at a folder of them.
 * Error names are not compared. Lone surrogates, which no UTF-8 page can hold, are read as U+FFFD on both sides. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/map.h"
#include "base/utf8.h"
#include "page/tokenizer.h"

typedef struct suite {
    dl_arena arena;
    size_t run, failed;
    const char *file;
} suite;

typedef struct text {
    char *bytes;
    size_t len;
} text;

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "html5lib_runner: %s\n", what);
    exit(2);
}

/* "\\uHHHH" once more, for cases that are escaped twice. */
static dl_str unescape(dl_arena *arena, dl_str in)
{
    char *out = dl_arena_alloc_raw(arena, in.len * 3 + 4);
    require(out, "out of memory");
    size_t len = 0;
    for (size_t at = 0; at < in.len;) {
        if (in.ptr[at] == '\\') len += dl_utf8_put(out + len, dl_json_unescape_next(in, &at));
        else out[len++] = in.ptr[at++];
    }
    return (dl_str){out, len};
}

static dl_str expected_text(suite *s, const dl_json *value, bool twice)
{
    dl_str str = dl_json_text(value);
    return twice && str.ptr ? unescape(&s->arena, str) : str;
}

static dl_str lower(dl_arena *arena, dl_str raw)
{
    dl_str decoded = dl_reference_decode(arena, raw, DL_MODE_RAWTEXT);
    char *out = dl_arena_alloc_raw(arena, decoded.len + 1);
    require(out, "out of memory");
    for (size_t i = 0; i < decoded.len; i++) out[i] = (char)dl_ascii_lower((unsigned char)decoded.ptr[i]);
    return (dl_str){out, decoded.len};
}

static void add(dl_json_out *out, dl_str str)
{
    if (str.ptr) dl_json_str(out, str);
    else dl_json_null(out);
}

/* ---- what we give, as canonical JSON ---- */

typedef struct pair {
    dl_str name, value;
} pair;

static int by_name(const void *a, const void *b)
{
    return dl_str_cmp(((const pair *)a)->name, ((const pair *)b)->name);
}

static void put_attributes(dl_json_out *out, pair *pairs, size_t count)
{
    qsort(pairs, count, sizeof *pairs, by_name);
    dl_json_open(out, '{');
    for (size_t i = 0; i < count; i++) {
        char key[4096];
        require(pairs[i].name.len < sizeof key, "attribute name too long");
        memcpy(key, pairs[i].name.ptr, pairs[i].name.len);
        key[pairs[i].name.len] = '\0';
        dl_json_key(out, key);
        dl_json_str(out, pairs[i].value);
    }
    dl_json_close(out, '}');
}

static void put_start_tag(suite *s, dl_json_out *out, dl_str input, const dl_html_token *token)
{
    static pair pairs[4096];
    size_t count = 0;
    const char *at = input.ptr + token->name.end, *end = input.ptr + token->end;
    dl_attribute attribute;
    while (dl_attribute_next(&at, end, &attribute) == DL_ATTRIBUTE) {
        dl_str raw = {attribute.value, (size_t)(attribute.value_end - attribute.value)};
        pair new = {lower(&s->arena, (dl_str){attribute.name, (size_t)(attribute.name_end - attribute.name)}),
                    dl_reference_decode(&s->arena, raw, DL_MODE_ATTRIBUTE)};
        bool seen = false;
        for (size_t i = 0; i < count; i++) seen |= dl_str_eq(pairs[i].name, new.name);
        if (!seen && count < 4096) pairs[count++] = new;
    }
    put_attributes(out, pairs, count);
    if (token->self_closing) dl_json_bool(out, true);
}

static void put_doctype(suite *s, dl_json_out *out, dl_str whole)
{
    dl_doctype doctype;
    dl_doctype_read(whole, &doctype);
    add(out, doctype.name.ptr ? lower(&s->arena, doctype.name) : doctype.name);
    add(out, doctype.public_id.ptr ? dl_reference_decode(&s->arena, doctype.public_id, DL_MODE_RAWTEXT) : doctype.public_id);
    add(out, doctype.system_id.ptr ? dl_reference_decode(&s->arena, doctype.system_id, DL_MODE_RAWTEXT) : doctype.system_id);
    dl_json_bool(out, !doctype.force_quirks);
}

static void put_token(suite *s, dl_json_out *out, dl_str input, const dl_html_token *token)
{
    static const char *const names[] = {"", "Character", "StartTag", "EndTag", "Comment", "DOCTYPE"};
    dl_str name = dl_span_str(input, token->name);
    dl_json_open(out, '[');
    dl_json_str(out, dl_str_of(names[token->kind]));
    if (token->kind == DL_HTML_START_TAG || token->kind == DL_HTML_END_TAG) add(out, lower(&s->arena, name));
    if (token->kind == DL_HTML_START_TAG) put_start_tag(s, out, input, token);
    if (token->kind == DL_HTML_COMMENT) dl_json_str(out, dl_reference_decode(&s->arena, name, DL_MODE_RAWTEXT));
    if (token->kind == DL_HTML_DOCTYPE) put_doctype(s, out, dl_str_slice(input, token->start, token->end));
    dl_json_close(out, ']');
}

static void append(text *to, dl_str more)
{
    to->bytes = realloc(to->bytes, to->len + more.len + 1);
    require(to->bytes, "out of memory");
    if (more.len) memcpy(to->bytes + to->len, more.ptr, more.len);
    to->len += more.len;
}

static void flush(dl_json_out *out, text *pending)
{
    if (pending->len) {
        dl_json_open(out, '[');
        dl_json_str(out, DL_STR("Character"));
        dl_json_str(out, (dl_str){pending->bytes, pending->len});
        dl_json_close(out, ']');
    }
    pending->len = 0;
}

static void tokenize(suite *s, dl_json_out *out, dl_str input, dl_html_state state, dl_str last_start)
{
    dl_tokenizer tokenizer;
    dl_html_token token;
    text pending = {0};
    dl_tokenizer_init(&tokenizer, input);
    tokenizer.state = state;
    tokenizer.last_start = last_start;
    dl_json_open(out, '[');
    while (dl_tokenizer_next(&tokenizer, &token), token.kind != DL_HTML_END_OF_FILE) {
        dl_str whole = dl_str_slice(input, token.start, token.end);
        if (token.kind == DL_HTML_TEXT) {
            append(&pending, dl_reference_decode(&s->arena, whole, token.mode));
            continue;
        }
        flush(out, &pending);
        put_token(s, out, input, &token);
    }
    flush(out, &pending);
    dl_json_close(out, ']');
    free(pending.bytes);
}

/* ---- what is wanted, as the same JSON ---- */

static void put_wanted_token(suite *s, dl_json_out *out, const dl_json *token, bool twice)
{
    static pair pairs[4096];
    dl_json_open(out, '[');
    for (const dl_json *part = token->first; part; part = part->next) {
        if (part->kind == DL_JSON_OBJECT) {
            size_t count = 0;
            for (const dl_json *member = part->first; member && count < 4096; member = member->next)
                pairs[count++] = (pair){twice ? unescape(&s->arena, member->key) : member->key,
                                        expected_text(s, member, twice)};
            put_attributes(out, pairs, count);
        } else if (part->kind == DL_JSON_TRUE || part->kind == DL_JSON_FALSE) {
            dl_json_bool(out, part->kind == DL_JSON_TRUE);
        } else {
            add(out, expected_text(s, part, twice));
        }
    }
    dl_json_close(out, ']');
}

/* Neighbouring characters are joined, and old files write an error as a bare string. */
static void put_wanted(suite *s, dl_json_out *out, const dl_json *tokens, bool twice)
{
    text pending = {0};
    dl_json_open(out, '[');
    for (const dl_json *token = tokens->first; token; token = token->next) {
        if (token->kind != DL_JSON_ARRAY || !token->first) continue;
        if (dl_str_is(dl_json_text(token->first), "Character")) {
            append(&pending, expected_text(s, token->first->next, twice));
            continue;
        }
        flush(out, &pending);
        put_wanted_token(s, out, token, twice);
    }
    flush(out, &pending);
    dl_json_close(out, ']');
    free(pending.bytes);
}

static dl_html_state state_of(dl_str name)
{
    if (dl_str_is(name, "RCDATA state")) return DL_HTML_RCDATA;
    if (dl_str_is(name, "RAWTEXT state")) return DL_HTML_RAWTEXT;
    if (dl_str_is(name, "Script data state")) return DL_HTML_SCRIPT;
    if (dl_str_is(name, "PLAINTEXT state")) return DL_HTML_PLAINTEXT;
    if (dl_str_is(name, "CDATA section state")) return DL_HTML_CDATA;
    require(dl_str_is(name, "Data state"), "unknown initial state");
    return DL_HTML_DATA;
}

static void run_case(suite *s, const dl_json *test, dl_str state)
{
    bool twice = dl_json_get(test, "doubleEscaped") && dl_json_get(test, "doubleEscaped")->kind == DL_JSON_TRUE;
    dl_str input = expected_text(s, dl_json_get(test, "input"), twice);
    dl_json_out got = {0}, wanted = {0};
    tokenize(s, &got, input, state_of(state), dl_json_text(dl_json_get(test, "lastStartTag")));
    put_wanted(s, &wanted, dl_json_get(test, "output"), twice);
    require(!got.failed && !wanted.failed, "out of memory");
    s->run++;
    if (got.len != wanted.len || memcmp(got.bytes, wanted.bytes, got.len) != 0) {
        dl_str description = dl_json_text(dl_json_get(test, "description"));
        s->failed++;
        printf("%s: %.*s (%.*s)\n  wanted %.*s\n  got    %.*s\n", s->file, (int)description.len, description.ptr,
               (int)state.len, state.ptr, (int)wanted.len, wanted.bytes, (int)got.len, got.bytes);
    }
    dl_json_out_free(&got);
    dl_json_out_free(&wanted);
}

static void run_file(suite *s, const char *path)
{
    dl_map map;
    const dl_json *root;
    dl_error err;
    s->file = path;
    require(dl_map_open(&map, path, &err) == DL_OK, path);
    dl_str bytes = {(const char *)map.bytes, map.size};
    require(dl_json_parse(&root, &s->arena, bytes, true, &err) == DL_OK, err.message);
    const dl_json *tests = dl_json_get(root, "tests");
    for (const dl_json *test = tests ? tests->first : NULL; test; test = test->next) {
        const dl_json *states = dl_json_get(test, "initialStates");
        if (!states) run_case(s, test, DL_STR("Data state"));
        for (const dl_json *state = states ? states->first : NULL; state; state = state->next)
            run_case(s, test, dl_json_text(state));
    }
    dl_map_close(&map);
    dl_arena_free(&s->arena);
}

int main(int argc, char **argv)
{
    suite s = {0};
    dl_arena_init(&s.arena, 0);
    for (int i = 1; i < argc; i++) run_file(&s, argv[i]);
    printf("%zu cases, %zu differ\n", s.run, s.failed);
    return s.failed || !s.run ? 1 : 0;
}
