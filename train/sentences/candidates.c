/* candidates.c - prints the features of every place where a sentence may end, for train.py.
 *
 * Usage: candidates LEXICON TEXT ENDS   ENDS holds, one a line, the byte offsets at which sentences of TEXT end. A line
 * out is "1" or "0", then the features, tab-separated. Sentence starts are those of ENDS. */
#include <stdio.h>
#include <stdlib.h>

#include "page/page.h"
#include "text/boundary.h"

static dl_str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) exit(1);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    if (!bytes || fread(bytes, 1, size, file) != size) exit(1);
    bytes[size] = 0;
    fclose(file);
    return (dl_str){bytes, size};
}

static void print_feature(void *context, unsigned template_, dl_str value)
{
    (void)context;
    printf("\t%s=%.*s", dl_boundary_template_name(template_), (int)value.len, value.ptr);
}

static void print_block(const dl_boundary_view *view, const bool *ends)
{
    dl_boundary_state state = {0};
    for (size_t i = 0; i + 1 < view->count; i++) {
        dl_boundary_step(view, i, &state);
        bool end = ends[view->tokens[i].span.end];
        if (dl_boundary_is_candidate(view, i, &state)) {
            printf("%d", end);
            dl_boundary_features(view, i, &state, print_feature, NULL);
            putchar('\n');
        }
        if (end) state = (dl_boundary_state){.start = i + 1};
    }
}

int main(int argc, char **argv)
{
    dl_lexicon *lexicon;
    dl_text_data *data;
    dl_arena arena;
    dl_story story;
    dl_error err;
    if (argc != 4) return 2;
    dl_arena_init(&arena, 0);
    dl_str text = read_file(argv[2]), ends = read_file(argv[3]), line;
    if (dl_lexicon_open(&lexicon, argv[1], &err) != DL_OK || dl_text_open(&data, lexicon, &err) != DL_OK ||
        dl_page_plain(&arena, text, &story, &err) != DL_OK) {
        fprintf(stderr, "candidates: %s\n", err.message);
        return 1;
    }
    bool *is_end = calloc(text.len + 1, 1);
    int64_t offset;
    while (is_end && dl_str_next(&ends, '\n', &line))
        if (dl_str_number(line, &offset) && (size_t)offset <= text.len) is_end[offset] = true;
    for (size_t i = 0; i < story.block_count; i++) {
        dl_scanner scanner = {.data = data, .arena = &arena, .text = text};
        dl_scan_block(&scanner, story.blocks[i].span.start, story.blocks[i].span.end);
        if (scanner.failed) return 1;
        print_block(&(dl_boundary_view){data, text, scanner.out.items, scanner.out.count}, is_end);
    }
    return 0;
}
