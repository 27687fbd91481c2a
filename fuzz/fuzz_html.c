/* fuzz_html.c - any bytes are a page: sniffed, decoded, parsed and written, and the text leads back to them.
 *
 * The first byte chooses the encoding to force (0: none), the rest is the page. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "page/encoding.h"
#include "page/encoding_prescan.h"
#include "page/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name, *converter;
} forced[] = {
    {"utf-8", ""},          {"windows-1252", "CP1252"}, {"windows-1255", "CP1255"}, {"shift_jis", "CP932"},
    {"gb18030", "GB18030"}, {"big5", "BIG5-HKSCS"},     {"euc-kr", "UHC"},          {"euc-jp", "EUC-JP-MS"},
    {"utf-16le", ""},       {"utf-16be", ""},           {"replacement", ""},        {"iso-2022-jp", "ISO-2022-JP"},
};

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_html: %s\n", what);
    abort();
}

static bool any_label(const void *context, dl_str label)
{
    (void)context;
    return label.len > 3;
}

/* Nodes nest, in the array and in the bytes, and every attribute lies in its tag. */
static void check_tree(const dl_tree *tree)
{
    for (uint32_t i = 1; i < tree->count; i++) {
        const dl_node *node = &tree->nodes[i], *parent = &tree->nodes[node->parent];
        require(node->parent < i && node->next > i && node->next <= parent->next, "nodes do not nest");
        require(node->start >= parent->start && node->start <= node->body && node->body <= node->end, "bytes do not nest");
        require(node->body_end <= node->end && node->end <= tree->markup->text.len, "a node ends outside the page");
        uint32_t cursor = 0, previous = 0;
        for (dl_attr attr; dl_attr_next(tree, i, &cursor, &attr); previous = attr.name.end) {
            require(attr.name.start >= previous && attr.name.start < attr.name.end, "attributes out of order");
            require(attr.value.start <= attr.value.end && attr.value.end <= node->body, "an attribute outside its tag");
        }
    }
    require(tree->steps <= 4 * tree->markup->text.len + 64, "more work than the page is worth");
}

/* Each element in a block of its own or run together, and strings of scripts unescaped, by turns. */
static void write_page(dl_writer *writer, dl_arena *arena, const dl_tree *tree)
{
    for (uint32_t i = 1; i < tree->count; i = tree->nodes[i].next) {
        if (i % 3 == 0) dl_writer_block(writer, DL_BLOCK_PARAGRAPH);
        if (i % 3 == 1) dl_writer_space(writer);
        dl_writer_mark mark = dl_writer_here(writer);
        dl_writer_subtree(writer, tree, i);
        if (i % 5 == 4) dl_writer_back(writer, &mark);
        dl_markup body;
        if (i % 4 != 3 || dl_markup_unescape(&body, arena, tree->markup, tree->nodes[i].start, tree->nodes[i].end, NULL))
            continue;
        dl_writer_text(writer, &body, 0, (uint32_t)body.text.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    size_t choice = data[0] % (sizeof forced / sizeof *forced);
    dl_str bytes = {(const char *)data + 1, size - 1};
    dl_encoding encoding = {.name = dl_str_of(forced[choice].name), .converter = dl_str_of(forced[choice].converter)};
    dl_arena arena;
    dl_markup markup;
    dl_tree tree;
    dl_writer writer;
    dl_story story;
    dl_error err = {0};
    dl_encoding_prescan(bytes, any_label, NULL);
    dl_arena_init(&arena, 0);
    require(dl_encoding_decode(&markup, &arena, bytes, &encoding, &err) == DL_OK, err.message);
    require(dl_tree_parse(&tree, &arena, &markup, &err) == DL_OK, err.message);
    check_tree(&tree);
    dl_writer_init(&writer, &arena);
    write_page(&writer, &arena, &tree);
    require(dl_writer_finish(&writer, &story, &err) == DL_OK, err.message);
    require(dl_story_check(&story, bytes, &markup, &err) == DL_OK, err.message);
    dl_arena_free(&arena);
    return 0;
}
