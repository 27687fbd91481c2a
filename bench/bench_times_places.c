/* bench_times_places.c - CPU time of the times and places stages alone, on texts parsed once beforehand.
 *
 * Usage: bench_times_places DATA_DIR ROUNDS [MODEL] < NDJSON   Each line has "text". Prints MB/s of text for each stage and both;
 * differences of whole runs, as bench_stages takes them, drown in the parser's time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "dateline/dateline.h"
#include "places/places.h"
#include "times/times.h"

enum { DOCUMENTS = 4096 };

static void fail(const dl_error *err)
{
    fprintf(stderr, "bench_times_places: %s: %s\n", err->source, err->message);
    exit(1);
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static dl_document *parse(const dl_engine *engine, dl_str line)
{
    dl_error err = {0};
    dl_arena arena;
    const dl_json *root;
    dl_document *doc;
    dl_arena_init(&arena, 0);
    if (dl_json_parse(&root, &arena, line, false, &err) != DL_OK) fail(&err);
    dl_input input = {.kind = DL_INPUT_TEXT, .bytes = dl_json_text(dl_json_get(root, "text")), .published = {2025, 1, 1}};
    dl_options options = {.layers = DL_LAYER_ENTITIES};
    if (dl_extract(engine, &input, &options, &doc, &err) != DL_OK) fail(&err);
    dl_arena_free(&arena);
    return doc;
}

/* Seconds that one stage takes for all documents, the best of some rounds. */
static double measure(const dl_times_data *times, const dl_places_data *places, dl_document **docs, size_t count, int rounds)
{
    double best = 1e9;
    dl_error err = {0};
    for (int round = 0; round < rounds; round++) {
        double start = cpu_seconds();
        for (size_t i = 0; i < count; i++) {
            dl_arena arena;
            dl_times found;
            dl_places toponyms;
            const dl_text *text = dl_document_text(docs[i]);
            const dl_story *story = dl_document_story(docs[i]);
            dl_arena_init(&arena, 0);
            if (times && dl_times_find(times, &arena, text, story, &found, &err) != DL_OK) fail(&err);
            if (places && dl_places_find(places, &arena, text, dl_document_names(docs[i]), story, NULL, 0, false, false, &toponyms, &err) != DL_OK)
                fail(&err);
            dl_arena_free(&arena);
        }
        double seconds = cpu_seconds() - start;
        if (seconds < best) best = seconds;
    }
    return best;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    char path[1024];
    dl_error err = {0};
    dl_engine *engine;
    dl_engine_options options = {.data_dir = argv[1], .model = argc > 3 ? argv[3] : NULL};
    dl_lexicon *lexicon;
    dl_places_data *places;
    dl_times_data *times;
    if (dl_engine_open(&engine, &options, &err) != DL_OK) fail(&err);
    snprintf(path, sizeof path, "%s/dateline.lexicon", argv[1]);
    if (dl_lexicon_open(&lexicon, path, &err) != DL_OK) fail(&err);
    snprintf(path, sizeof path, "%s/places.gazetteer", argv[1]);
    if (dl_places_open(&places, lexicon, path, NULL, &err) != DL_OK || dl_times_open(&times, lexicon, &err) != DL_OK) fail(&err);
    static dl_document *docs[DOCUMENTS];
    char *line = NULL;
    size_t capacity = 0, count = 0, bytes = 0;
    for (ssize_t len; count < DOCUMENTS && (len = getline(&line, &capacity, stdin)) > 0; count++) {
        docs[count] = parse(engine, dl_str_trim((dl_str){line, (size_t)len}));
        bytes += dl_document_story(docs[count])->text.len;
    }
    int rounds = atoi(argv[2]);
    double t = measure(times, NULL, docs, count, rounds), p = measure(NULL, places, docs, count, rounds);
    double mb = (double)bytes / 1e6;
    printf("%zu documents, %.2f MB\ntimes %.2f MB/s\nplaces %.2f MB/s\nboth %.2f MB/s\n", count, mb, mb / t, mb / p, mb / (t + p));
    for (size_t i = 0; i < count; i++) dl_document_free(docs[i]);
    free(line);
    dl_times_close(times);
    dl_places_close(places);
    dl_lexicon_close(lexicon);
    dl_engine_close(engine);
    return 0;
}
