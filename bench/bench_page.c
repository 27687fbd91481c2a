/* bench_page.c - speed of reading pages, step by step, in CPU time.
 *
 *   bench_page PAGES.ndjson[.gz] ...     lines with "html"; prints MB/s of each step over all pages
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/json.h"
#include "base/lexicon.h"
#include "base/utf8.h"
#include "page/encoding.h"
#include "page/page.h"
#include "page/tokenizer.h"
#include "page/writer.h"

enum { ROUNDS = 5 };

typedef struct pages {
    dl_str *items;
    size_t count, bytes;
    dl_arena arena;
    dl_page_data *data;
    dl_encodings encodings;
} pages;

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "bench_page: %s\n", what);
    exit(1);
}

/* The page of one line is copied out of it. */
static void add_line(pages *to, dl_str line)
{
    dl_arena arena;
    const dl_json *value;
    dl_arena_init(&arena, 0);
    require(dl_json_parse(&value, &arena, line, true, NULL) == DL_OK, "a line is no JSON");
    dl_str html = dl_json_text(dl_json_get(value, "html"));
    if (html.len) {
        to->items = realloc(to->items, (to->count + 1) * sizeof *to->items);
        char *copy = malloc(html.len);
        require(to->items && copy, "out of memory");
        memcpy(copy, html.ptr, html.len);
        to->items[to->count++] = (dl_str){copy, html.len};
        to->bytes += html.len;
    }
    dl_arena_free(&arena);
}

static void add_file(pages *to, const char *path)
{
    gzFile file = gzopen(path, "rb");
    require(file, path);
    char *bytes = NULL;
    size_t len = 0, capacity = 0;
    for (int got = 1; got > 0; len += (size_t)got) {
        if (capacity - len < 1 << 20) bytes = realloc(bytes, capacity = capacity * 2 + (1 << 21));
        require(bytes, "out of memory");
        got = gzread(file, bytes + len, 1 << 20);
        require(got >= 0, "damaged file");
    }
    gzclose(file);
    dl_str rest = {bytes, len}, line;
    while (dl_str_next(&rest, '\n', &line))
        if (line.len) add_line(to, line);
    free(bytes);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

typedef size_t step(pages *p, dl_str page);

static size_t check_utf8(pages *p, dl_str page)
{
    (void)p;
    return dl_utf8_valid_prefix(page);
}

static size_t sniff(pages *p, dl_str page)
{
    return dl_encoding_sniff(&p->encodings, page, (dl_str){0}).name.len;
}

static size_t tokenize(pages *p, dl_str page)
{
    (void)p;
    dl_tokenizer tokenizer;
    dl_html_token token;
    size_t count = 0;
    dl_tokenizer_init(&tokenizer, page);
    while (dl_tokenizer_next(&tokenizer, &token), token.kind != DL_HTML_END_OF_FILE) {
        count++;
        if (token.kind != DL_HTML_START_TAG) continue;
        if (token.tag == DL_TAG_SCRIPT) tokenizer.state = DL_HTML_SCRIPT;
        else if (token.tag == DL_TAG_STYLE) tokenizer.state = DL_HTML_RAWTEXT;
    }
    return count;
}

static size_t parse(pages *p, dl_str page)
{
    dl_markup markup = {.text = page};
    dl_tree tree;
    require(dl_tree_parse(&tree, &p->arena, &markup, NULL) == DL_OK, "out of memory");
    return tree.count;
}

static size_t parse_and_ask(pages *p, dl_str page)
{
    dl_markup markup = {.text = page};
    dl_tree tree;
    size_t found = 0;
    require(dl_tree_parse(&tree, &p->arena, &markup, NULL) == DL_OK, "out of memory");
    for (uint32_t i = 0; i < tree.count; i++)
        if (tree.nodes[i].kind == DL_NODE_ELEMENT) found += dl_attr_raw(&tree, i, "class").len;
    return found;
}

static size_t parse_and_write(pages *p, dl_str page)
{
    dl_markup markup = {.text = page};
    dl_tree tree;
    dl_writer writer;
    dl_story story;
    require(dl_tree_parse(&tree, &p->arena, &markup, NULL) == DL_OK, "out of memory");
    dl_writer_init(&writer, &p->arena);
    dl_writer_subtree(&writer, &tree, 0);
    require(dl_writer_finish(&writer, &story, NULL) == DL_OK, "out of memory");
    return story.text.len;
}

static size_t read_story(pages *p, dl_str page)
{
    dl_story story;
    require(dl_page_read(p->data, &p->arena, page, (dl_str){0}, (dl_str){0}, &story, NULL) == DL_OK, "page");
    return story.text.len;
}

static void measure(pages *p, const char *name, step *run)
{
    double best = 1e9;
    size_t sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        sum = 0;
        for (size_t i = 0; i < p->count; i++) {
            sum += run(p, p->items[i]);
            dl_arena_reset(&p->arena);
        }
        double took = now() - start;
        if (took < best) best = took;
    }
    printf("%-16s %8.1f MB/s %8.3f ms/page %12zu\n", name, (double)p->bytes / 1e6 / best,
           best * 1e3 / (double)p->count, sum);
}

int main(int argc, char **argv)
{
    pages p = {0};
    dl_lexicon *lexicon;
    dl_error err;
    const char *data = getenv("DATELINE_DATA");
    char path[4096];
    snprintf(path, sizeof path, "%s/dateline.lexicon", data ? data : "data");
    require(dl_lexicon_open(&lexicon, path, &err) == DL_OK, err.message);
    require(dl_encodings_open(&p.encodings, lexicon, &err) == DL_OK, err.message);
    require(dl_page_open(&p.data, lexicon, &err) == DL_OK, err.message);
    dl_arena_init(&p.arena, 0);
    for (int i = 1; i < argc; i++) add_file(&p, argv[i]);
    require(p.count, "no pages");
    printf("%zu pages, %.1f MB\n", p.count, (double)p.bytes / 1e6);
    measure(&p, "check UTF-8", check_utf8);
    measure(&p, "sniff encoding", sniff);
    measure(&p, "tokenize", tokenize);
    measure(&p, "tree", parse);
    measure(&p, "tree and class", parse_and_ask);
    measure(&p, "tree and text", parse_and_write);
    measure(&p, "whole read", read_story);
    dl_page_close(p.data);
    dl_lexicon_close(lexicon);
    return 0;
}
