/* fuzz_text.c - any bytes as a text: tokens, sentences and time expressions must lie in order inside it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "page/page.h"
#include "text/numbers.h"
#include "text/text.h"
#include "times/times.h"

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

static void check_times(const dl_text *text, const dl_times *times)
{
    uint32_t end = 0;
    for (size_t i = 0; i < times->count; i++) {
        const dl_time *time = &times->items[i];
        if (!time->count || time->first + time->count > text->token_count || time->span.start < end || !time->value.len) abort();
        end = time->span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static dl_lexicon *lexicon;
    static dl_text_data *data;
    static dl_numbers *numbers;
    static dl_times_data *times_data;
    const char *dir = getenv("DATELINE_DATA");
    dl_arena arena;
    dl_arena_init(&arena, 0);
    if (!lexicon) {
        dl_str path = dl_arena_format(&arena, "%s/dateline.lexicon", dir ? dir : "data");
        if (dl_lexicon_open(&lexicon, path.ptr, NULL) != DL_OK || dl_text_open(&data, lexicon, NULL) != DL_OK ||
            dl_numbers_open(&numbers, lexicon, NULL) != DL_OK || dl_times_open(&times_data, lexicon, NULL) != DL_OK)
            abort();
    }
    dl_str input = {(const char *)bytes, size};
    input.len = dl_utf8_valid_prefix(input);
    dl_story story;
    dl_text text;
    dl_times times;
    if (dl_page_plain(&arena, input, &story, NULL) == DL_OK && dl_text_split(data, &arena, &story, &text, NULL) == DL_OK) {
        check(&text, numbers);
        story.published = (dl_date){2025, 10, 14};
        if (dl_times_find(times_data, &arena, &text, &story, &times, NULL) == DL_OK) check_times(&text, &times);
    }
    dl_arena_free(&arena);
    return 0;
}
