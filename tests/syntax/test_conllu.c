/* test_conllu.c - reading and writing CoNLL-U. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/str.h"
#include "syntax/conllu.h"

static dl_arena arena;

static int set_up(void **state)
{
    (void)state;
    dl_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dl_arena_free(&arena);
    return 0;
}

static const char sample[] = "# text = Kyiv can't sleep.\n"
                             "1\tKyiv\tKyiv\tPROPN\t_\tNumber=Sing\t4\tnsubj\t_\tName=B-GPE\n"
                             "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "2\tca\tcan\tAUX\t_\t_\t4\taux\t_\t_\n"
                             "3\tn't\tnot\tPART\t_\tPolarity=Neg\t4\tadvmod\t_\t_\n"
                             "3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "4\tsleep\tsleep\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
                             "5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_\n\n";

static dl_status read_text(dl_text *text, const char *conllu, dl_error *err)
{
    return dl_conllu_read(text, &arena, dl_str_of(conllu), err);
}

/* What was written, kept by the arena. */
static dl_str written(const dl_text *text)
{
    dl_json_out out = {0};
    assert_int_equal(dl_conllu_write(&out, text, NULL), DL_OK);
    dl_str copy = dl_arena_str(&arena, (dl_str){out.bytes, out.len});
    dl_json_out_free(&out);
    return copy;
}

static void words_spaces_and_spans_make_up_the_text(void **state)
{
    (void)state;
    dl_text text;
    assert_int_equal(read_text(&text, sample, NULL), DL_OK);
    assert_true(dl_str_is(text.text, "Kyiv can't sleep.\n"));
    assert_int_equal(text.token_count, 5);
    assert_true(dl_str_is(dl_span_str(text.text, text.tokens[1].span), "ca"));
    assert_true(dl_str_is(dl_span_str(text.text, text.tokens[2].span), "n't"));
    assert_int_equal(text.tokens[2].flags & DL_TOKEN_JOINED, DL_TOKEN_JOINED);
    assert_int_equal(text.tokens[1].flags & DL_TOKEN_SPACE_AFTER, 0);
    assert_int_equal(text.tokens[0].head, 3);
    assert_int_equal(text.tokens[0].deprel, DL_DEP_NSUBJ);
    assert_int_equal(text.tokens[0].name, DL_NAME_GPE);
    assert_int_equal(text.tokens[3].left, 0);
}

static void what_is_written_reads_back_the_same(void **state)
{
    (void)state;
    dl_text text, again;
    assert_int_equal(read_text(&text, sample, NULL), DL_OK);
    dl_str out = written(&text);
    assert_true(dl_str_find(out, DL_STR("2-3\tcan't\t"), 0) != SIZE_MAX);
    assert_true(dl_str_find(out, DL_STR("Span=5:7"), 0) != SIZE_MAX);
    assert_int_equal(dl_conllu_read(&again, &arena, out, NULL), DL_OK);
    assert_true(dl_str_eq(out, written(&again)));
}

static void a_text_without_trees_has_no_heads(void **state)
{
    (void)state;
    dl_text text;
    assert_int_equal(read_text(&text, sample, NULL), DL_OK);
    for (size_t i = 0; i < text.token_count; i++) {
        text.tokens[i].head = DL_NONE;
        text.tokens[i].deprel = DL_DEP_NONE;
    }
    assert_true(dl_str_find(written(&text), DL_STR("4\tsleep\tsleep\tVERB\t_\t_\t_\t_\t_\t"), 0) != SIZE_MAX);
}

static void rewriting_keeps_comments_ranges_and_misc(void **state)
{
    (void)state;
    dl_text text;
    dl_json_out rewritten = {0};
    assert_int_equal(read_text(&text, sample, NULL), DL_OK);
    text.tokens[0].upos = DL_X;
    assert_int_equal(dl_conllu_rewrite(&rewritten, dl_str_of(sample), &text, NULL), DL_OK);
    dl_str out = {rewritten.bytes, rewritten.len};
    assert_true(dl_str_starts(out, "# text = Kyiv can't sleep.\n1\tKyiv\tKyiv\tX\t_\tNumber=Sing\t4\tnsubj\t_\tName=B-GPE\n2-3\tcan't\t"));
    assert_true(dl_str_find(out, DL_STR("ghost"), 0) == SIZE_MAX);
    assert_true(dl_str_ends(out, "4\tpunct\t_\t_\n\n"));
    dl_json_out_free(&rewritten);
}

static void nothing_reads_as_an_empty_text(void **state)
{
    (void)state;
    dl_text text;
    assert_int_equal(dl_conllu_read(&text, &arena, (dl_str){0}, NULL), DL_OK);
    assert_int_equal(text.token_count, 0);
}

static void faults_are_told_with_their_byte(void **state)
{
    (void)state;
    static const struct {
        const char *conllu;
        size_t offset;
    } cases[] = {
        {"1\ta\t_\n", 0},
        {"1\ta\t_\t_\t_\t_\tx\t_\t_\t_\n", 12},
        {"2\ta\t_\t_\t_\t_\t0\t_\t_\t_\n", 0},
        {"1\ta\t_\t_\t_\t_\t2\t_\t_\t_\n\n", 20},
        {"1\t\t_\t_\t_\t_\t0\t_\t_\t_\n", 2},
        {"2-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 0},
        {"5-6\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_text text;
        dl_error err = {0};
        assert_int_equal(read_text(&text, cases[i].conllu, &err), DL_BAD_DATA);
        assert_int_equal(err.offset, cases[i].offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_spaces_and_spans_make_up_the_text),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(a_text_without_trees_has_no_heads),
        cmocka_unit_test(rewriting_keeps_comments_ranges_and_misc),
        cmocka_unit_test(nothing_reads_as_an_empty_text),
        cmocka_unit_test(faults_are_told_with_their_byte),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
