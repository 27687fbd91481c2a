/* bench_model.c - speed of the language model: opening it, and words a second through it with each kernel set.
 *
 * Usage: bench_model fast|accurate FILE.txt [ROUNDS]. The file's paragraphs are split into documents of about 3,000 bytes. CPU time of one
 * thread, the best of the rounds; "raw" is from bytes to the annotated text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/map.h"
#include "dateline/dateline.h"
#include "engine/paths.h"
#include "syntax/annotator.h"

enum { DOCUMENT_BYTES = 3000, MOST_DOCUMENTS = 4096 };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Of this program alone: getrusage's figure holds that of whoever started it, too. */
static double peak_megabytes(void)
{
    char line[256];
    double kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0) kilobytes = strtod(line + 6, NULL);
    if (status) fclose(status);
    return kilobytes / 1024;
}

static int fail(const dl_error *err)
{
    fprintf(stderr, "bench_model: %s: %s\n", err->source, err->message);
    return 1;
}

static size_t split(dl_str all, dl_str *out)
{
    size_t count = 0, start = 0;
    for (size_t at = 0; at <= all.len && count < MOST_DOCUMENTS; at++) {
        bool ends = at == all.len || (at - start >= DOCUMENT_BYTES && all.ptr[at] == '\n');
        if (!ends || at == start) continue;
        out[count++] = dl_str_slice(all, start, at);
        start = at + 1;
    }
    return count;
}

static double time_open(const char *path, dl_error *err)
{
    double best = 1e9;
    for (int i = 0; i < 10; i++) {
        dl_syntax *syntax;
        double start = cpu_seconds();
        if (dl_syntax_open(&syntax, path, err) != DL_OK) return -1;
        double took = cpu_seconds() - start;
        if (took < best) best = took;
        dl_syntax_close(syntax);
    }
    return best;
}

/* Annotates the documents' texts anew. */
static double time_annotation(const dl_syntax *syntax, dl_document *const *documents, size_t count)
{
    double seconds = 0;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    for (size_t i = 0; i < count; i++) {
        dl_text text = *dl_document_text(documents[i]);
        dl_token *tokens = DL_NEW_ARRAY(&arena, dl_token, text.token_count + 1);
        if (!tokens) exit(1);
        if (text.token_count) memcpy(tokens, text.tokens, text.token_count * sizeof *tokens);
        text.tokens = tokens;
        double start = cpu_seconds();
        if (dl_syntax_annotate(syntax, &arena, &text, NULL) != DL_OK) exit(1);
        seconds += cpu_seconds() - start;
        dl_arena_reset(&arena);
    }
    dl_arena_free(&arena);
    return seconds;
}

/* One round: documents made of the texts; gives the seconds. */
static double time_extraction(const dl_engine *engine, const dl_str *texts, size_t count, unsigned layers, dl_document **documents)
{
    dl_options options = {.layers = layers};
    double start = cpu_seconds();
    for (size_t i = 0; i < count; i++) {
        dl_input input = {.kind = DL_INPUT_TEXT, .bytes = texts[i]};
        dl_error err;
        dl_document_free(documents[i]);
        if (dl_extract(engine, &input, &options, &documents[i], &err) != DL_OK) exit(fail(&err));
    }
    return cpu_seconds() - start;
}

static double best_extraction(const dl_engine *engine, const dl_str *texts, size_t count, unsigned layers, dl_document **documents, int rounds)
{
    double best = 1e9;
    for (int r = 0; r < rounds; r++) {
        double took = time_extraction(engine, texts, count, layers, documents);
        if (took < best) best = took;
    }
    return best;
}

static void report_sets(dl_syntax *syntax, dl_document *const *documents, size_t count, size_t words, int rounds)
{
    bool known = true;
    for (size_t s = 0; known; s++) {
        const dl_kernels *set = dl_kernels_at(s, &known);
        if (!set) continue;
        dl_model_use(syntax->model, set);
        double best = 1e9;
        for (int r = 0; r < (s ? rounds : 1); r++) {
            double took = time_annotation(syntax, documents, count);
            if (took < best) best = took;
        }
        printf("annotate, %-12s %9.0f words/s\n", set->name, (double)words / best);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: bench_model fast|accurate FILE.txt [ROUNDS]\n");
        return 2;
    }
    static dl_str texts[MOST_DOCUMENTS];
    static dl_document *documents[MOST_DOCUMENTS];
    int rounds = argc > 3 ? atoi(argv[3]) : 3;
    char dir[DL_PATH_SIZE], path[DL_PATH_SIZE], file[64];
    dl_error err = {0};
    dl_map map;
    dl_engine *engine;
    dl_syntax *syntax;
    dl_engine_options options = {.model = argv[1]};
    snprintf(file, sizeof file, "%s.dlm", argv[1]);
    if (dl_data_dir(dir, NULL, &err) != DL_OK || dl_path_join(path, dir, file, &err) != DL_OK) return fail(&err);
    double before = peak_megabytes(), open_seconds = time_open(path, &err);
    if (open_seconds < 0 || dl_map_open(&map, argv[2], &err) != DL_OK || dl_syntax_open(&syntax, path, &err) != DL_OK) return fail(&err);
    printf("open %.1f ms, +%.1f MB\n", open_seconds * 1e3, peak_megabytes() - before);
    dl_lexicon *lexicon;
    if (dl_path_join(path, dir, "dateline.lexicon", &err) != DL_OK || dl_lexicon_open(&lexicon, path, &err) != DL_OK ||
        dl_syntax_use_words(syntax, lexicon, &err) != DL_OK)
        return fail(&err);
    if (dl_engine_open(&engine, &options, &err) != DL_OK) return fail(&err);
    size_t count = split((dl_str){(const char *)map.bytes, map.size}, texts), words = 0;
    double plain = best_extraction(engine, texts, count, DL_LAYER_SENTENCES, documents, rounds);
    double tags = best_extraction(engine, texts, count, DL_LAYER_TAGS, documents, rounds);
    double raw = best_extraction(engine, texts, count, DL_LAYER_TOKENS, documents, rounds);
    for (size_t i = 0; i < count; i++) words += dl_document_text(documents[i])->token_count;
    printf("%zu documents, %zu words; split %.0f words/s, tags %.0f words/s, raw %.0f words/s (%s)\n", count, words, (double)words / plain,
           (double)words / tags, (double)words / raw, dl_model_kernels(syntax->model));
    report_sets(syntax, documents, count, words, rounds);
    printf("peak %.1f MB\n", peak_megabytes());
    for (size_t i = 0; i < count; i++) dl_document_free(documents[i]);
    dl_engine_close(engine);
    dl_syntax_close(syntax);
    dl_lexicon_close(lexicon);
    dl_map_close(&map);
    return 0;
}
