/* parse.c - `dateline parse`: sentences, words, tags and trees as CoNLL-U. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "engine/paths.h"
#include "syntax/conllu.h"
#include "syntax/syntax.h"

enum { MOST_CONLLU = 1 << 30 };

static dl_status make_conllu(const cli_settings *settings, const item *it, const dl_document *document, dl_json_out *out, dl_error *err)
{
    (void)settings;
    const dl_text *text = dl_document_text(document);
    if (!text->tagged && text->token_count > 0) return dl_fail(err, DL_IO, it->name, 0, "there is no language model to parse with");
    return dl_conllu_write(out, text, err);
}

/* ---- given words ---- */

/* The whole of a file, unzipped where it is gzip; the caller frees *bytes. */
static dl_status read_whole(const char *path, char **bytes, size_t *size, dl_error *err)
{
    gzFile file = strcmp(path, "-") == 0 ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb");
    size_t room = 1 << 16;
    *size = 0;
    *bytes = file ? malloc(room) : NULL;
    int got = 1;
    while (*bytes && got > 0) {
        if (*size == room) {
            char *grown = room < MOST_CONLLU ? realloc(*bytes, room *= 2) : NULL;
            if (!grown) free(*bytes);
            *bytes = grown;
            continue;
        }
        got = gzread(file, *bytes + *size, (unsigned)(room - *size));
        if (got > 0) *size += (size_t)got;
    }
    if (file) gzclose(file);
    if (!file || got < 0) {
        free(*bytes);
        return dl_fail(err, DL_IO, path, 0, "cannot be read");
    }
    return *bytes ? DL_OK : dl_fail(err, DL_LIMIT, path, 0, "is too large");
}

static dl_status annotate(const dl_syntax *syntax, bool tags_only, dl_arena *arena, dl_str conllu, dl_json_out *out, dl_error *err)
{
    dl_text text;
    dl_status status = dl_conllu_read(&text, arena, conllu, err);
    if (status == DL_OK) status = (tags_only ? dl_syntax_tag : dl_syntax_parse)(syntax, arena, &text, err);
    return status == DL_OK ? dl_conllu_rewrite(out, conllu, &text, err) : status;
}

static dl_status annotate_file(const dl_syntax *syntax, bool tags_only, const char *path, dl_error *err)
{
    char *bytes;
    size_t size;
    dl_arena arena;
    dl_json_out out = {0};
    dl_status status = read_whole(path, &bytes, &size, err);
    if (status != DL_OK) return status;
    dl_arena_init(&arena, 0);
    status = annotate(syntax, tags_only, &arena, (dl_str){bytes, size}, &out, err);
    if (status != DL_OK) snprintf(err->source, sizeof err->source, "%s", path);
    else if (out.len && fwrite(out.bytes, 1, out.len, stdout) != out.len) status = dl_fail(err, DL_IO, "output", 0, "cannot be written");
    dl_json_out_free(&out);
    dl_arena_free(&arena);
    free(bytes);
    return status;
}

static dl_status open_part(char path[DL_PATH_SIZE], const cli_settings *settings, const char *file, dl_error *err)
{
    char dir[DL_PATH_SIZE];
    dl_status status = dl_data_dir(dir, settings->data, err);
    return status == DL_OK ? dl_path_join(path, dir, file, err) : status;
}

static dl_status open_all(dl_syntax **syntax, dl_lexicon **lexicon, const cli_settings *settings, dl_error *err)
{
    char path[DL_PATH_SIZE], file[64];
    snprintf(file, sizeof file, "%s.dlm", settings->model ? settings->model : "accurate");
    dl_status status = open_part(path, settings, "dateline.lexicon", err);
    if (status == DL_OK) status = dl_lexicon_open(lexicon, path, err);
    if (status == DL_OK) status = open_part(path, settings, file, err);
    if (status == DL_OK) status = dl_syntax_open(syntax, path, err);
    return status == DL_OK ? dl_syntax_use_words(*syntax, *lexicon, err) : status;
}

static int annotate_files(const cli_settings *settings)
{
    dl_syntax *syntax = NULL;
    dl_lexicon *lexicon = NULL;
    dl_error err = {0};
    bool open = open_all(&syntax, &lexicon, settings, &err) == DL_OK;
    size_t failed = open ? 0 : settings->path_count;
    if (!open) report(&err);
    for (size_t i = 0; open && i < settings->path_count; i++) {
        if (annotate_file(syntax, settings->layers == DL_LAYER_TAGS, settings->paths[i], &err) == DL_OK) continue;
        report(&err);
        failed++;
    }
    dl_syntax_close(syntax);
    dl_lexicon_close(lexicon);
    return failed == 0 ? EXIT_DONE : failed < settings->path_count ? EXIT_SOME_FAILED : EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_parse, "ijmdlC", argc, argv);
    if (code >= 0) return code;
    if (!settings.layers) settings.layers = DL_LAYER_TOKENS;
    if (settings.layers != DL_LAYER_TOKENS && settings.layers != DL_LAYER_TAGS) return usage_error(&command_parse, "--layers of parse takes tokens or tags");
    if (settings.conllu) return annotate_files(&settings);
    settings.layers |= DL_LAYER_SENTENCES;
    return run_inputs(&settings, make_conllu, NULL, NULL, NULL);
}

const command command_parse = {
    "parse", "sentences, words, lemmas, tags and dependency trees as CoNLL-U",
    "Usage: dateline parse [OPTION]... FILE|FOLDER|-...\n\n"
    "Writes each document's sentences as CoNLL-U (Universal Dependencies). MISC tells each word's place in the text in code\n"
    "points (Span=START:END) and the name it is part of (Name=B-PERSON).\n\n"
    "  -l, --layers LAYER   tokens: all (default); tags: tags, features and lemmas alone, which takes less time\n"
    "      --conllu         the files are CoNLL-U (or gzip of it): keep their words, annotate them anew\n"
    "  -i, --input KIND     html, text or ndjson (default: seen from name and content)\n"
    "  -j, --jobs N         threads; the output is the same for any N\n"
    "  -m, --model NAME     accurate or fast\n"
    "  -d, --data FOLDER    models and word lists\n\n"
    "Examples:\n"
    "  dateline parse story.txt > story.conllu\n"
    "  dateline parse --model accurate --conllu treebank.conllu.gz\n"
    "  dateline parse --model fast --layers tags archive.ndjson > tags.conllu\n",
    run};
