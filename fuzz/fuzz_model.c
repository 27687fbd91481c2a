/* fuzz_model.c - model files with bytes changed are refused or run: never a crash, always trees.
 *
 * The first byte chooses one of two small model files; then each five bytes put two bytes (the last ones) at an offset (the first three,
 * modulo the size). The checksum isn't looked at, or nothing would ever get past it. */
#include "../tests/model/tiny_model.h"
#include "base/utf8.h"
#include "syntax/annotator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_model: %s\n", what);
    abort();
}

enum { WORDS = 40 };

static void annotate(const dl_syntax *syntax)
{
    static const char line[] = "The army shelled the rebel town , Abc 's 12 - \xC3\x89t\xC3\xA9 abbc A . The rebel town . shells shelled the army town rebel . -";
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str forms[WORDS];
    dl_token tokens[WORDS];
    memset(tokens, 0, sizeof tokens);
    uint32_t count = (uint32_t)tiny_words(line, forms, WORDS);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = (uint32_t)(forms[i].ptr - line);
        tokens[i].span = (dl_span){start, start + (uint32_t)forms[i].len};
        tokens[i].norm = dl_utf8_fold(&arena, forms[i]);
        tokens[i].sentence = i >= 15;
    }
    dl_sentence sentences[] = {{{0, 0}, 0, 15, 0}, {{0, 0}, 15, count - 15, 0}};
    dl_text text = {.text = {line, sizeof line - 1}, .tokens = tokens, .token_count = count, .sentences = sentences, .sentence_count = 2};
    require(dl_syntax_annotate(syntax, &arena, &text, NULL) == DL_OK, "a model that opened does not run");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = i, steps = 0;
        while (tokens[at].head != DL_NONE && steps++ <= count) at = tokens[at].head;
        require(steps <= count, "heads run in a circle");
    }
    dl_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    tiny_file file = data[0] & 1 ? tiny_encoder(16) : tiny_convolutions();
    for (data++, size--; size >= 5; data += 5, size -= 5) {
        uint32_t offset = data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16;
        memcpy(file.bytes + offset % (file.size - 1), data + 3, 2);
    }
    dl_model *model;
    dl_syntax *syntax;
    dl_error err;
    if (dl_model_load(&model, file.bytes, file.size, "fuzzed", false, &err) == DL_OK &&
        dl_syntax_of_model(&syntax, model, "fuzzed", &err) == DL_OK) {
        annotate(syntax);
        dl_syntax_close(syntax);
    } else require(err.offset <= file.size, "a fault is told outside the file");
    tiny_free(&file);
    return 0;
}
