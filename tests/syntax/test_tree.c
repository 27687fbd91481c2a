/* test_tree.c - steps in dependency trees, and who does what to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "parsed.h"
#include "syntax/tree.h"

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

static const char passive[] = "Three/NUM/2/nummod villagers/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root/"
                              "Tense=Past|VerbForm=Part|Voice=Pass by/ADP/6/case gunmen/NOUN/4/obl:agent in/ADP/8/case Kosti/PROPN/4/obl";
static const char shared[] = "The/DET/2/det army/NOUN/3/nsubj shelled/VERB/0/root and/CCONJ/5/cc burned/VERB/3/conj the/DET/7/det "
                             "town/NOUN/5/obj ././3/punct";
static const char relative[] = "Rebels/NOUN/0/root who/PRON/3/nsubj/PronType=Rel seized/VERB/1/acl:relcl the/DET/5/det bridge/NOUN/3/obj "
                               "tried/VERB/3/conj to/PART/8/mark flee/VERB/6/xcomp";

static void a_passive_verb_has_its_by_phrase_for_agent_and_its_subject_for_patient(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, passive);
    assert_true(dl_tree_is_passive(&text, 3));
    assert_int_equal(dl_tree_agent(&text, 3), 5);
    assert_int_equal(dl_tree_patient(&text, 3), 1);
    assert_int_equal(dl_tree_oblique(&text, 3, "in", 0), 7);
    assert_int_equal(dl_tree_oblique(&text, 3, "in", 1), DL_NONE);
}

static void a_participle_after_a_noun_is_passive_with_the_noun_for_patient(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "Men/NOUN/4/nsubj shot/VERB/1/acl/Tense=Past|VerbForm=Part today/NOUN/2/obl:unmarked fled/VERB/0/root");
    assert_true(dl_tree_is_passive(&text, 1));
    assert_false(dl_tree_is_passive(&text, 3));
    assert_int_equal(dl_tree_patient(&text, 1), 0);
    assert_int_equal(dl_tree_agent(&text, 1), DL_NONE);
}

static void an_active_perfect_is_not_passive(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "Troops/NOUN/3/nsubj have/AUX/3/aux seized/VERB/0/root/Tense=Past|VerbForm=Part it/PRON/3/obj");
    assert_false(dl_tree_is_passive(&text, 2));
    assert_int_equal(dl_tree_agent(&text, 2), 0);
    assert_int_equal(dl_tree_patient(&text, 2), 3);
}

static void coordinated_verbs_share_subject_and_object(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, shared);
    assert_int_equal(dl_tree_subject(&text, 4), DL_NONE);
    assert_int_equal(dl_tree_agent(&text, 4), 1);
    assert_int_equal(dl_tree_patient(&text, 4), 6);
    assert_int_equal(dl_tree_patient(&text, 2), 6);
}

static void a_relative_pronoun_stands_for_its_noun_through_coordination_and_complement(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, relative);
    assert_int_equal(dl_tree_agent(&text, 2), 0);
    assert_int_equal(dl_tree_agent(&text, 5), 0);
    assert_int_equal(dl_tree_agent(&text, 7), 0);
}

static void the_object_of_a_governing_verb_does_what_is_asked(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "They/PRON/2/nsubj forced/VERB/0/root families/NOUN/2/obj to/PART/5/mark leave/VERB/2/xcomp");
    assert_int_equal(dl_tree_agent(&text, 4), 2);
}

static void negation_is_seen_on_the_word_itself(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "No/DET/2/det/PronType=Neg one/NOUN/3/nsubj:pass hurt/VERB/0/root ;/PUNCT/6/punct not/PART/6/advmod/Polarity=Neg "
                                  "true/ADJ/3/parataxis");
    assert_true(dl_tree_is_negated(&text, 1));
    assert_true(dl_tree_is_negated(&text, 5));
    assert_false(dl_tree_is_negated(&text, 2));
}

static void a_noun_phrase_leaves_out_clauses_appositions_and_prepositional_phrases(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "The/DET/3/det army/NOUN/3/compound chief/NOUN/10/nsubj of/ADP/5/case Sudan/PROPN/3/nmod ,/PUNCT/8/punct "
                                  "Gen./NOUN/8/compound Omar/PROPN/3/appos ,/PUNCT/8/punct spoke/VERB/0/root");
    dl_token_range range = dl_tree_noun_phrase(&text, 2);
    assert_int_equal(range.first, 0);
    assert_int_equal(range.last, 2);
    assert_int_equal(dl_tree_full_noun_phrase(&text, 2).last, 4);
    assert_int_equal(dl_tree_apposition(&text, 2), 7);
    assert_int_equal(dl_tree_noun_phrase(&text, DL_NONE).first, DL_NONE);
}

static void conjuncts_are_found_flat_and_nested(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "men/NOUN/0/root ,/PUNCT/3/punct women/NOUN/1/conj and/CCONJ/5/cc boys/NOUN/3/conj");
    uint32_t out[4];
    assert_int_equal(dl_tree_conjuncts(&text, 0, out, 4), 3);
    assert_int_equal(out[1], 2);
    assert_int_equal(out[2], 4);
    assert_int_equal(dl_tree_conjuncts(&text, 0, out, 2), 2);
    assert_int_equal(dl_tree_first_conjunct(&text, 4), 0);
}

static void edges_hold_dependents_that_cross_other_arcs(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "a/NOUN/3/obj b/NOUN/4/nsubj c/VERB/4/xcomp d/VERB/0/root e/NOUN/2/nmod");
    assert_int_equal(text.tokens[2].left, 0);
    assert_int_equal(text.tokens[2].right, 2);
    assert_int_equal(text.tokens[1].right, 4);
    assert_int_equal(text.tokens[3].left, 0);
    dl_span span = dl_tree_subtree(&text, 1);
    assert_int_equal(span.start, 2);
    assert_int_equal(span.end, 9);
}

static void heads_that_run_in_a_circle_end_every_question(void **state)
{
    (void)state;
    dl_text text = parsed(&arena, "a/VERB/2/conj b/VERB/3/conj c/VERB/1/conj d/NOUN/1/obj");
    assert_false(dl_tree_dominates(&text, 3, 0));
    assert_true(dl_tree_dominates(&text, 1, 0));
    assert_int_equal(dl_tree_agent(&text, 0), DL_NONE);
    assert_int_equal(dl_tree_root(&text, 0), DL_NONE);
    uint32_t out[8];
    assert_true(dl_tree_conjuncts(&text, 0, out, 8) <= 8);
    dl_tree_first_conjunct(&text, 0);
    assert_int_equal(dl_tree_clause(&text, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passive_verb_has_its_by_phrase_for_agent_and_its_subject_for_patient),
        cmocka_unit_test(a_participle_after_a_noun_is_passive_with_the_noun_for_patient),
        cmocka_unit_test(an_active_perfect_is_not_passive),
        cmocka_unit_test(coordinated_verbs_share_subject_and_object),
        cmocka_unit_test(a_relative_pronoun_stands_for_its_noun_through_coordination_and_complement),
        cmocka_unit_test(the_object_of_a_governing_verb_does_what_is_asked),
        cmocka_unit_test(negation_is_seen_on_the_word_itself),
        cmocka_unit_test(a_noun_phrase_leaves_out_clauses_appositions_and_prepositional_phrases),
        cmocka_unit_test(conjuncts_are_found_flat_and_nested),
        cmocka_unit_test(edges_hold_dependents_that_cross_other_arcs),
        cmocka_unit_test(heads_that_run_in_a_circle_end_every_question),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
