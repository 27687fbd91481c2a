/* fuzz_text.c - any bytes as a text: tokens and sentences must lie in order inside it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "page/page.h"
#include "text/numbers.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(const dl_text *text, const dl_numbers *numbers)
{
    uint32_t end = 0;
    for (size_t i = 0; i < text->token_count; i++) {
        const dl_token *token = &text->tokens[i];
        if (token->span.start < end || token->span.end <= token->span.start || token->span.end > text->text.len) abort();
        if (token->sentence >= text->sentence_count) abort();
        end = token->span.end;
        dl_number number;
        if (dl_number_at(numbers, text, i, &number) && (!number.count || i + number.count > text->token_count)) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static dl_lexicon *lexicon;
    static dl_text_data *data;
    static dl_numbers *numbers;
    const char *dir = getenv("DATELINE_DATA");
    dl_arena arena;
    dl_arena_init(&arena, 0);
    if (!lexicon) {
        dl_str path = dl_arena_format(&arena, "%s/dateline.lexicon", dir ? dir : "data");
        if (dl_lexicon_open(&lexicon, path.ptr, NULL) != DL_OK || dl_text_open(&data, lexicon, NULL) != DL_OK ||
            dl_numbers_open(&numbers, lexicon, NULL) != DL_OK)
            abort();
    }
    dl_str input = {(const char *)bytes, size};
    input.len = dl_utf8_valid_prefix(input);
    dl_story story;
    dl_text text;
    if (dl_page_plain(&arena, input, &story, NULL) == DL_OK && dl_text_split(data, &arena, &story, &text, NULL) == DL_OK)
        check(&text, numbers);
    dl_arena_free(&arena);
    return 0;
}
