/* test_tokens.c - tokens and sentences against case files, and texts made to be slow or odd. */
#include "room.h"

/* Tokens parted by " ", joined ones by "+"; sentences by " | ". */
static dl_str shown(room *it, const dl_text *text, bool tokens)
{
    char *out = dl_arena_alloc(&it->arena, 3 * text->text.len + 16);
    size_t len = 0;
    for (size_t i = 0; i < text->token_count; i++) {
        const dl_token *token = &text->tokens[i];
        bool first = i == 0 || token->sentence != token[-1].sentence;
        bool space = tokens || (i && token[-1].flags & DL_TOKEN_SPACE_AFTER);
        if (i && first) len += (size_t)sprintf(out + len, " | ");
        else if (i && tokens && token->flags & DL_TOKEN_JOINED) out[len++] = '+';
        else if (i && space) out[len++] = ' ';
        memcpy(out + len, text->text.ptr + token->span.start, token->span.end - token->span.start);
        len += token->span.end - token->span.start;
    }
    return (dl_str){out, len};
}

static void compare(dl_str got, dl_str expected)
{
    if (!dl_str_eq(got, expected))
        fail_msg("\n  got      %.*s\n  expected %.*s", (int)got.len, got.ptr, (int)expected.len, expected.ptr);
}

static void check_tokens(room *it, dl_str input, dl_str expected)
{
    dl_text text = split(it, input);
    compare(shown(it, &text, true), expected);
}

static void check_sentences(room *it, dl_str input, dl_str expected)
{
    dl_text text = split(it, input);
    compare(shown(it, &text, false), expected);
}

static void words_are_cut_as_the_cases_say(void **state)
{
    for_each_case(*state, DATELINE_TEST_CASES "/text/tokens.txt", check_tokens);
}

static void sentences_end_where_the_cases_say(void **state)
{
    for_each_case(*state, DATELINE_TEST_CASES "/text/sentences.txt", check_sentences);
}

static void tokens_lie_inside_their_sentence_and_sentences_inside_their_block(void **state)
{
    dl_text text = split(*state, DL_STR("One. Two \xE2\x80\x9Cthree\xE2\x80\x9D.\n\nFour\nfive. \xF0\x9F\x95\x8A\xEF\xB8\x8F\n\n  \n\nSix"));
    assert_int_equal(text.sentence_count, 5);
    uint32_t end = 0;
    for (size_t i = 0; i < text.token_count; i++) {
        const dl_token *token = &text.tokens[i];
        const dl_sentence *sentence = &text.sentences[token->sentence];
        assert_true(token->span.start >= end && token->span.start < token->span.end);
        assert_true(token->span.start >= sentence->span.start && token->span.end <= sentence->span.end);
        assert_true(i >= sentence->first && i < sentence->first + sentence->count);
        end = token->span.end;
    }
    assert_int_equal(text.sentences[1].block, 0);
    assert_int_equal(text.sentences[4].block, 2);
}

static void norms_are_folded_forms(void **state)
{
    dl_text text = split(*state, DL_STR("Gda\xC5\x84sk DIDN\xE2\x80\x99T fall"));
    assert_true(dl_str_is(text.tokens[0].norm, "gdansk"));
    assert_true(dl_str_is(text.tokens[1].norm, "did"));
    assert_true(dl_str_is(text.tokens[2].norm, "n't"));
    assert_true(dl_str_is(text.tokens[3].norm, "fall"));
}

static void words_between_quotation_marks_are_flagged(void **state)
{
    dl_text text = split(*state, DL_STR("He said: \"We won,\" and left. \xE2\x80\x98No way\xE2\x80\x99 out"));
    for (size_t i = 0; i < text.token_count; i++) {
        dl_str norm = text.tokens[i].norm;
        bool inside = dl_str_is(norm, "we") || dl_str_is(norm, "won") || dl_str_is(norm, "no") || dl_str_is(norm, "way") || dl_str_is(norm, ",");
        assert_int_equal((text.tokens[i].flags & DL_TOKEN_QUOTED) != 0, inside);
    }
}

static void megabytes_of_one_mark_are_read(void **state)
{
    static const char *const pieces[] = {".", "\"", "'", "a", "a.", "1-", "@a", "1.", "a'", "(", "-", "\xE2\x80\x99", "http://", "a\n", "\xCC\x81"};
    room *it = *state;
    enum { SIZE = 1 << 20 };
    char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        size_t len = strlen(pieces[p]), size = SIZE / len * len;
        for (size_t i = 0; i < size; i++) bytes[i] = pieces[p][i % len];
        dl_arena_free(&it->arena);
        dl_text text = split(it, (dl_str){bytes, size});
        size_t covered = 0;
        for (size_t i = 0; i < text.token_count; i++) covered += text.tokens[i].span.end - text.tokens[i].span.start;
        assert_int_equal(covered, pieces[p][0] == 'a' && len == 2 && pieces[p][1] == '\n' ? size / 2 : size);
    }
    free(bytes);
    dl_arena_free(&it->arena);
}

static void every_failed_allocation_is_told(void **state)
{
    room *it = *state;
    dl_story story;
    dl_str bytes = DL_STR("The SHELLING didn't stop. \"It\xE2\x80\x99s bad,\" he said.\n\nMore.");
    dl_arena arena;
    dl_arena_init(&arena, 0);
    assert_int_equal(dl_page_plain(&arena, bytes, &story, NULL), DL_OK);
    bool done = false;
    for (size_t limit = 1; !done; limit += 16) {
        dl_arena small;
        dl_arena_init(&small, limit);
        dl_text text;
        dl_status status = dl_text_split(it->data, &small, &story, &text, NULL);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        done = status == DL_OK;
        dl_arena_free(&small);
    }
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_as_the_cases_say),
        cmocka_unit_test(sentences_end_where_the_cases_say),
        cmocka_unit_test(tokens_lie_inside_their_sentence_and_sentences_inside_their_block),
        cmocka_unit_test(norms_are_folded_forms),
        cmocka_unit_test(words_between_quotation_marks_are_flagged),
        cmocka_unit_test(megabytes_of_one_mark_are_read),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, open_room, close_room);
}
