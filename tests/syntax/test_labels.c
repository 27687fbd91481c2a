/* test_labels.c - span labels, edit scripts and the names of relations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "syntax/base_form.h"
#include "syntax/bio.h"
#include "syntax/labels.h"
#include "syntax/lemma.h"

enum { O, B_PERSON, I_PERSON, B_GPE, I_GPE, LABELS };
static const dl_str labels[] = {{"O", 1}, {"B-PERSON", 8}, {"I-PERSON", 8}, {"B-GPE", 5}, {"I-GPE", 5}};

static void inside_follows_only_its_own_kind(void **state)
{
    (void)state;
    dl_bio bio;
    assert_true(dl_bio_open(&bio, labels, LABELS, NULL));
    const float scores[4][LABELS] = {{0, 1, 9, 0, 0}, {0, 0, 3, 0, 4}, {0, 0, 0, 0, 5}, {1, 0, 0, 0, 0}};
    uint8_t out[4];
    dl_bio_decode(&bio, scores[0], LABELS, 4, out);
    assert_int_equal(out[0], B_GPE); /* 0 + 4 + 5 beats 1 + 3 + 0 */
    assert_int_equal(out[1], I_GPE);
    assert_int_equal(out[2], I_GPE);
    assert_int_equal(out[3], O);
}

static void transitions_count_where_there_are_any(void **state)
{
    (void)state;
    float transitions[LABELS * LABELS] = {0};
    transitions[O * LABELS + B_GPE] = -5;
    dl_bio bio;
    assert_true(dl_bio_open(&bio, labels, LABELS, transitions));
    const float scores[2][LABELS] = {{2, 1, 0, 1, 0}, {0, 0, 0, 3, 0}};
    uint8_t out[2];
    dl_bio_decode(&bio, scores[0], LABELS, 2, out);
    assert_int_equal(out[0], B_PERSON);
    assert_int_equal(out[1], B_GPE);
}

static void other_labels_mark_no_spans(void **state)
{
    (void)state;
    static const dl_str bad[][2] = {{{"O", 1}, {"x", 1}}, {{"O", 1}, {"I-X", 3}}, {{"B-X", 3}, {"I-X", 3}}};
    dl_bio bio;
    for (size_t i = 0; i < 3; i++) assert_false(dl_bio_open(&bio, bad[i], 2, NULL));
    assert_false(dl_bio_open(&bio, labels, 0, NULL));
}

static void scripts_make_lemmas_of_forms(void **state)
{
    (void)state;
    static const struct {
        const char *script, *form, *lemma;
    } cases[] = {{"l-3+y", "Countries", "country"}, {"l-0+", "The", "the"},  {"k-0+", "NATO", "NATO"},  {"k-1+", "Reuters", "Reuter"},
                 {"=be", "was", "be"},              {"t-0+", "IRAN", "Iran"}, {"l-9+x", "abc", "ax"},     {"l-0+e", "mov", "move"},
                 {"t-0+", "\xC3\xA9VA", "\xC3\x89va"}, {"l-1+", "\xC3\x89t\xC3\xA9s", "\xC3\xA9t\xC3\xA9"}};
    dl_arena arena;
    dl_arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_lemma_script script;
        dl_str form = dl_str_of(cases[i].form);
        assert_true(dl_lemma_parse(&script, dl_str_of(cases[i].script)));
        dl_str lemma = dl_lemma_apply(script, &arena, form, dl_utf8_fold(&arena, form));
        if (!dl_str_is(lemma, cases[i].lemma)) fail_msg("%s: %.*s", cases[i].form, (int)lemma.len, lemma.ptr);
    }
    dl_arena_free(&arena);
}

static void what_is_no_script_is_not_taken(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "=", "l", "l-", "l-1", "x-1+", "l+1+", "l-x+y", "l-1000+y", "l-+y"};
    dl_lemma_script script;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(dl_lemma_parse(&script, dl_str_of(bad[i])));
}

static void every_relation_and_tag_is_found_by_its_name(void **state)
{
    (void)state;
    for (int i = 1; i < DL_DEP_COUNT; i++) assert_int_equal(dl_deprel_of(dl_str_of(dl_deprel_name((dl_deprel)i))), i);
    for (int i = 1; i <= DL_X; i++) assert_int_equal(dl_upos_of(dl_str_of(dl_upos_name((dl_upos)i))), i);
    assert_int_equal(dl_deprel_of(DL_STR("obl:arg")), DL_DEP_OBL);
    assert_int_equal(dl_deprel_of(DL_STR("nonsense")), DL_DEP_NONE);
    assert_int_equal(dl_upos_of(DL_STR("_")), DL_UPOS_NONE);
    assert_int_equal(dl_name_type_of(DL_STR("WEAPON")), DL_NAME_WEAPON);
}

static void lemmas_that_are_no_words_give_way_to_base_forms_of_the_word(void **state)
{
    (void)state;
    static const struct {
        const char *norm, *lemma, *wanted;
        dl_upos upos;
    } cases[] = {
        {"nominated", "nominat", "nominate", DL_VERB}, {"occupied", "occupi", "occupy", DL_VERB}, {"shelled", "shell", "shell", DL_VERB},
        {"companies", "companie", "company", DL_NOUN}, {"bomb", "bom", "bomb", DL_NOUN},          {"western", "Western", "Western", DL_ADJ},
        {"blorked", "blorke", "blorke", DL_VERB},      {"jones", "Jone", "Jone", DL_PROPN},       {"fighting", "fight", "fight", DL_NOUN},
    };
    dl_lexicon *lexicon;
    dl_known_lemmas known;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    assert_int_equal(dl_lexicon_open(&lexicon, DATELINE_TEST_DATA "/dateline.lexicon", NULL), DL_OK);
    assert_int_equal(dl_known_lemmas_open(&known, lexicon, NULL), DL_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_str lemma = dl_known_lemma(&known, &arena, cases[i].upos, dl_str_of(cases[i].norm), dl_str_of(cases[i].lemma));
        if (!dl_str_is(lemma, cases[i].wanted)) fail_msg("%s: %.*s", cases[i].norm, (int)lemma.len, lemma.ptr);
    }
    dl_known_lemmas none = {0};
    assert_true(dl_str_is(dl_known_lemma(&none, &arena, DL_VERB, DL_STR("nominated"), DL_STR("nominat")), "nominat"));
    dl_lexicon_close(lexicon);
    dl_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_follows_only_its_own_kind),
        cmocka_unit_test(transitions_count_where_there_are_any),
        cmocka_unit_test(other_labels_mark_no_spans),
        cmocka_unit_test(scripts_make_lemmas_of_forms),
        cmocka_unit_test(what_is_no_script_is_not_taken),
        cmocka_unit_test(lemmas_that_are_no_words_give_way_to_base_forms_of_the_word),
        cmocka_unit_test(every_relation_and_tag_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
