/* fuzz_conllu.c - any bytes are read as CoNLL-U or refused with their place; what was read is written, and reads back to as many words. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "syntax/conllu.h"
#include "syntax/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_conllu: %s\n", what);
    abort();
}

static void check_text(const dl_text *text)
{
    for (uint32_t i = 0; i < text->token_count; i++) {
        const dl_token *t = &text->tokens[i];
        require(t->span.start <= t->span.end && t->span.end <= text->text.len, "a span lies outside the text");
        require(t->head == DL_NONE || t->head < text->token_count, "a head is no token");
        require(t->left <= i && i <= t->right && t->right < text->token_count, "edges leave their token out");
        dl_tree_agent(text, i);
        dl_tree_patient(text, i);
        dl_tree_clause(text, i);
        dl_tree_full_noun_phrase(text, i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str input = {(const char *)data, size};
    dl_json_out written = {0}, out = {0};
    dl_text text, again;
    dl_error err = {0};
    if (dl_conllu_read(&text, &arena, input, &err) == DL_OK) {
        check_text(&text);
        require(dl_conllu_write(&written, &text, &err) == DL_OK, "what was read is not written");
        require(dl_conllu_rewrite(&out, input, &text, &err) == DL_OK, "what was read is not rewritten");
        require(dl_conllu_read(&again, &arena, (dl_str){out.bytes ? out.bytes : "", out.len}, &err) == DL_OK && again.token_count == text.token_count, "what was rewritten reads otherwise");
    } else require(err.offset <= size, "a fault is told outside the input");
    dl_json_out_free(&written);
    dl_json_out_free(&out);
    dl_arena_free(&arena);
    return 0;
}
