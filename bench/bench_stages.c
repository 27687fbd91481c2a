/* bench_stages.c - CPU time and peak memory of each stage over documents given as NDJSON.
 *
 * Usage: bench_stages FILE.ndjson [ROUNDS [MODEL [LAST STAGE]]]. A stage's time is that of extracting up to it less that of
 * extracting up to the stage before; the best of the rounds is taken, on one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/json.h"
#include "base/map.h"
#include "dateline/dateline.h"

typedef struct inputs {
    dl_input *items;
    size_t count, bytes;
} inputs;

static const struct {
    const char *name;
    unsigned layers;
} stages[] = {
    {"page", DL_LAYER_PAGE},
    {"text", DL_LAYER_PAGE | DL_LAYER_SENTENCES},
    {"syntax", DL_LAYER_PAGE | DL_LAYER_TOKENS},
    {"names", DL_LAYER_PAGE | DL_LAYER_ENTITIES},
    {"times", DL_LAYER_PAGE | DL_LAYER_ENTITIES | DL_LAYER_TIMES},
    {"places", DL_LAYER_PAGE | DL_LAYER_TIMES | DL_LAYER_PLACES},
    {"statements", DL_LAYER_PAGE | DL_LAYER_PLACES | DL_LAYER_STATEMENTS},
    {"events", DL_LAYER_PAGE | DL_LAYER_EVENTS},
    {"talks", DL_LAYER_PAGE | DL_LAYER_TALKS},
};
enum { STAGE_COUNT = sizeof stages / sizeof *stages };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void add_input(inputs *in, dl_arena *arena, dl_str line)
{
    const dl_json *root;
    if (!dl_str_trim(line).len || dl_json_parse(&root, arena, line, false, NULL) != DL_OK) return;
    dl_str html = dl_json_text(dl_json_get(root, "html")), text = dl_json_text(dl_json_get(root, "text"));
    dl_input *input = &in->items[in->count++];
    *input = (dl_input){.kind = html.ptr ? DL_INPUT_HTML : DL_INPUT_TEXT, .bytes = html.ptr ? html : text,
                        .published = {2025, 1, 1}};
    if (html.ptr) input->charset = DL_STR("utf-8");
    in->bytes += input->bytes.len;
}

static double run(const dl_engine *engine, const inputs *in, unsigned layers, size_t *text_bytes)
{
    dl_options options = {.layers = layers};
    double start = cpu_seconds();
    *text_bytes = 0;
    for (size_t i = 0; i < in->count; i++) {
        dl_document *document;
        if (dl_extract(engine, &in->items[i], &options, &document, NULL) != DL_OK) continue;
        *text_bytes += dl_document_story(document)->text.len;
        dl_document_free(document);
    }
    return cpu_seconds() - start;
}

int main(int argc, char **argv)
{
    dl_error err;
    dl_map file;
    if (argc < 2 || dl_map_open(&file, argv[1], &err) != DL_OK) {
        fprintf(stderr, "usage: bench_stages FILE.ndjson [ROUNDS [MODEL [LAST STAGE]]]\n");
        return 2;
    }
    dl_engine *engine;
    dl_engine_options options = {.model = argc > 3 ? argv[3] : NULL};
    double opening = cpu_seconds();
    if (dl_engine_open(&engine, &options, &err) != DL_OK) {
        fprintf(stderr, "%s: %s\n", err.source, err.message);
        return 2;
    }
    opening = cpu_seconds() - opening;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str rest = {(const char *)file.bytes, file.size}, line;
    size_t lines = 1;
    for (size_t i = 0; i < file.size; i++) lines += file.bytes[i] == '\n';
    inputs in = {.items = calloc(lines, sizeof *in.items)};
    while (in.items && dl_str_next(&rest, '\n', &line)) add_input(&in, &arena, line);
    double before = peak_megabytes(), best[STAGE_COUNT];
    size_t text_bytes = 0;
    int rounds = argc > 2 ? atoi(argv[2]) : 3, last = 0;
    while (last < STAGE_COUNT - 1 && !(argc > 4 && strcmp(argv[4], stages[last].name) == 0)) last++;
    printf("%zu documents, %.2f MB in; opening %.1f ms\n", in.count, (double)in.bytes / 1e6, opening * 1e3);
    for (int s = 0; s <= last; s++) {
        best[s] = 1e9;
        for (int round = 0; round < rounds; round++) {
            double seconds = run(engine, &in, stages[s].layers, &text_bytes);
            if (seconds < best[s]) best[s] = seconds;
        }
        double alone = s ? best[s] - best[s - 1] : best[s];
        if (alone < 1e-9) alone = 1e-9;
        double bytes = s ? (double)text_bytes : (double)in.bytes;
        printf("stage %s %.1f docs/s %.2f MB/s %.1f ms +%.1f MB\n", stages[s].name, (double)in.count / alone, bytes / 1e6 / alone,
               alone * 1e3, peak_megabytes() - before);
    }
    printf("stage whole %.1f docs/s %.2f MB/s %.1f ms +%.1f MB\n", (double)in.count / best[last],
           (double)in.bytes / 1e6 / best[last], best[last] * 1e3, peak_megabytes() - before);
    free(in.items);
    dl_arena_free(&arena);
    dl_map_close(&file);
    dl_engine_close(engine);
    return 0;
}
