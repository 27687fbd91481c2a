/* test_mentions.c - phrases that the model takes for mentions: what of them reaches the record, and where they begin and end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "names/names.h"
#include "syntax/conllu.h"
#include "syntax/signals.h"

static const dl_str labels[] = {{"O", 1}, {"B-PERSON", 8}, {"I-PERSON", 8}, {"B-ORG", 5}, {"I-ORG", 5}, {"B-LOC", 5}, {"I-LOC", 5}};
enum { LABELS = sizeof labels / sizeof *labels, MOST = 32 };

static dl_lexicon *lexicon;
static dl_names_data *data;

static int open_lists(void **state)
{
    (void)state;
    return dl_lexicon_open(&lexicon, DATELINE_TEST_DATA "/dateline.lexicon", NULL) == DL_OK ? (int)dl_names_open(&data, lexicon, NULL) : -1;
}

static int close_lists(void **state)
{
    (void)state;
    dl_names_close(data);
    dl_lexicon_close(lexicon);
    return 0;
}

typedef struct page {
    dl_arena arena;
    dl_text text;
    dl_names names;
    dl_signals signals;
    dl_signal signal;
    uint8_t best[MOST], probabilities[MOST * LABELS];
} page;

static uint8_t label_of(const char *word)
{
    for (uint8_t i = 0; i < LABELS; i++)
        if (dl_str_is(labels[i], word)) return i;
    fail_msg("no label %s", word);
    return 0;
}

/* Lines "FORM UPOS HEAD RELATION LABEL" of one sentence, LABEL as certain as `sure` of 255. */
static void open_page(page *p, const char *lines, uint8_t sure)
{
    dl_str rest = dl_str_of(lines), line, columns[5];
    char conllu[4096] = "";
    size_t count = 0, used = 0;
    memset(p, 0, sizeof *p);
    dl_arena_init(&p->arena, 0);
    while (dl_str_next(&rest, '\n', &line)) {
        for (int i = 0; i < 5; i++) assert_true(dl_str_next(&line, ' ', &columns[i]));
        char word[16];
        snprintf(word, sizeof word, "%.*s", (int)columns[4].len, columns[4].ptr);
        p->best[count] = label_of(word);
        p->probabilities[count * LABELS + p->best[count]] = sure;
        used += (size_t)snprintf(conllu + used, sizeof conllu - used, "%zu\t%.*s\t_\t%.*s\t_\t_\t%.*s\t%.*s\t_\t_\n", ++count, (int)columns[0].len, columns[0].ptr,
                                 (int)columns[1].len, columns[1].ptr, (int)columns[2].len, columns[2].ptr, (int)columns[3].len, columns[3].ptr);
    }
    snprintf(conllu + used, sizeof conllu - used, "\n");
    assert_int_equal(dl_conllu_read(&p->text, &p->arena, dl_str_of(conllu), NULL), DL_OK);
    p->text.parsed = true;
    p->signal = (dl_signal){DL_STR("mentions"), labels, LABELS, true, p->best, p->probabilities};
    p->signals = (dl_signals){.items = &p->signal, .count = 1};
    p->text.signals = &p->signals;
    p->names.entities = DL_NEW_ARRAY(&p->arena, dl_entity, 4);
    p->names.mentions = DL_NEW_ARRAY(&p->arena, dl_mention, 4);
}

static void add(page *p, dl_name_type type, dl_mention_kind kind, uint32_t first, uint32_t count, uint32_t head)
{
    size_t index = p->names.entity_count++;
    p->names.mentions[p->names.mention_count++] =
        (dl_mention){{p->text.tokens[first].span.start, p->text.tokens[first + count - 1].span.end}, first, count, head, (uint32_t)index, kind};
    p->names.entities[index] = (dl_entity){.type = type, .head_mention = (uint32_t)index};
}

static dl_str words(const page *p, size_t mention)
{
    return dl_span_str(p->text.text, p->names.mentions[mention].span);
}

static void run(page *p)
{
    assert_int_equal(dl_names_add_phrases(data, &p->arena, &p->text, &p->names, NULL), DL_OK);
}

static const char minister[] = "Deputy PROPN 3 compound B-PERSON\nforeign PROPN 3 amod I-PERSON\nminister PROPN 5 compound I-PERSON\nAna PROPN 5 compound I-PERSON\n"
                               "Kral PROPN 6 nsubj I-PERSON\nleft VERB 0 root O";

static void a_phrase_round_a_name_is_another_mention_of_its_bearer(void **state)
{
    (void)state;
    page p;
    open_page(&p, minister, 255);
    add(&p, DL_NAME_PERSON, DL_MENTION_NAME, 3, 2, 4);
    run(&p);
    assert_int_equal(p.names.entity_count, 1);
    assert_int_equal(p.names.mention_count, 2);
    assert_true(dl_str_is(words(&p, 0), "Deputy foreign minister Ana Kral"));
    assert_int_equal(p.names.mentions[0].kind, DL_MENTION_NOMINAL);
    assert_int_equal(p.names.entities[0].head_mention, 1); /* the name still names it best */
    dl_arena_free(&p.arena);
}

static void a_title_and_what_modifies_it_belong_to_a_name_that_the_model_left_bare(void **state)
{
    (void)state;
    page p;
    open_page(&p, "Then ADV 7 advmod O\nPolish ADJ 3 amod O\nforeign ADJ 4 amod O\nminister PROPN 6 compound O\nAna PROPN 6 compound O\nKral PROPN 7 nsubj O\nleft VERB 0 root O", 255);
    add(&p, DL_NAME_PERSON, DL_MENTION_NAME, 4, 2, 5);
    run(&p);
    assert_int_equal(p.names.mention_count, 2);
    assert_true(dl_str_is(words(&p, 0), "Polish foreign minister Ana Kral"));
    assert_int_equal(p.names.mentions[0].entity, 0);
    dl_arena_free(&p.arena);
    open_page(&p, "Dr. PROPN 2 compound O\nKral PROPN 3 nsubj O\nleft VERB 0 root O", 255);
    add(&p, DL_NAME_PERSON, DL_MENTION_NAME, 1, 1, 1);
    run(&p);
    assert_true(dl_str_is(words(&p, 0), "Dr. Kral"));
    dl_arena_free(&p.arena);
}

static void a_phrase_of_another_type_than_its_name_is_somebody_else(void **state)
{
    (void)state;
    page p;
    open_page(&p, minister, 255);
    add(&p, DL_NAME_ORG, DL_MENTION_NAME, 3, 2, 4);
    run(&p);
    assert_int_equal(p.names.entity_count, 2);
    assert_int_equal(p.names.entities[1].type, DL_NAME_PERSON);
    dl_arena_free(&p.arena);
}

static void what_the_model_is_unsure_of_or_cuts_a_name_is_left_out(void **state)
{
    (void)state;
    page p;
    open_page(&p, minister, 100);
    run(&p);
    assert_int_equal(p.names.mention_count, 0);
    dl_arena_free(&p.arena);
    open_page(&p, "Ana PROPN 2 compound O\nKral PROPN 3 nsubj B-PERSON\nleft VERB 0 root O", 255);
    add(&p, DL_NAME_PERSON, DL_MENTION_NAME, 0, 2, 1);
    run(&p);
    assert_int_equal(p.names.mention_count, 1);
    dl_arena_free(&p.arena);
}

static void a_listed_noun_gets_its_whole_phrase_and_keeps_its_code(void **state)
{
    (void)state;
    page p;
    open_page(&p, "The DET 3 det B-ORG\nlast ADJ 3 amod I-ORG\nresidents NOUN 7 nsubj I-ORG\nof ADP 6 case I-ORG\nthe DET 6 det I-ORG\nvalley NOUN 3 nmod I-ORG\nfled VERB 0 root O", 255);
    add(&p, DL_NAME_PERSON, DL_MENTION_NOMINAL, 1, 2, 2);
    p.names.entities[0].code = DL_STR("CVL");
    run(&p);
    assert_int_equal(p.names.mention_count, 1);
    assert_true(dl_str_is(words(&p, 0), "The last residents of the valley"));
    assert_int_equal(p.names.entities[0].type, DL_NAME_ORG);
    assert_true(dl_str_is(p.names.entities[0].code, "CVL"));
    dl_arena_free(&p.arena);
}

static void an_article_and_of_go_on_into_what_follows(void **state)
{
    (void)state;
    page p;
    open_page(&p, "The DET 2 det B-LOC\ncity NOUN 5 nsubj B-LOC\nof ADP 4 case I-LOC\nVelm PROPN 2 nmod O\nfell VERB 0 root O", 255);
    add(&p, DL_NAME_GPE, DL_MENTION_NAME, 3, 1, 3);
    run(&p);
    assert_int_equal(p.names.mention_count, 2);
    assert_true(dl_str_is(words(&p, 0), "The city of Velm"));
    assert_true(dl_str_is(words(&p, 1), "Velm"));
    dl_arena_free(&p.arena);
}

static void pronouns_and_verbs_head_no_phrase(void **state)
{
    (void)state;
    page p;
    open_page(&p, "They PRON 2 nsubj B-ORG\nleft VERB 0 root O\nour PRON 4 nmod:poss B-ORG\ncamp NOUN 2 obj O", 255);
    run(&p);
    assert_int_equal(p.names.mention_count, 0);
    dl_arena_free(&p.arena);
}

static void the_same_words_mean_the_same_unless_an_indefinite_article_begins_them(void **state)
{
    (void)state;
    page p;
    open_page(&p, "The DET 2 det B-ORG\nhardliners NOUN 3 nsubj I-ORG\nmet VERB 0 root O\nthe DET 5 det B-ORG\nhardliners NOUN 3 obj I-ORG\nand CCONJ 8 cc O\n"
                  "a DET 8 det B-PERSON\ncourier NOUN 5 conj I-PERSON\nwith ADP 11 case O\na DET 11 det B-PERSON\ncourier NOUN 8 nmod I-PERSON", 255);
    run(&p);
    assert_int_equal(p.names.mention_count, 4);
    assert_int_equal(p.names.entity_count, 3);
    assert_true(dl_str_is(p.names.entities[0].name, "hardliners"));
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(p.names.mentions[p.names.entities[i].head_mention].entity, i);
    dl_arena_free(&p.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_round_a_name_is_another_mention_of_its_bearer),
        cmocka_unit_test(a_title_and_what_modifies_it_belong_to_a_name_that_the_model_left_bare),
        cmocka_unit_test(a_phrase_of_another_type_than_its_name_is_somebody_else),
        cmocka_unit_test(what_the_model_is_unsure_of_or_cuts_a_name_is_left_out),
        cmocka_unit_test(a_listed_noun_gets_its_whole_phrase_and_keeps_its_code),
        cmocka_unit_test(an_article_and_of_go_on_into_what_follows),
        cmocka_unit_test(pronouns_and_verbs_head_no_phrase),
        cmocka_unit_test(the_same_words_mean_the_same_unless_an_indefinite_article_begins_them),
    };
    return cmocka_run_group_tests(tests, open_lists, close_lists);
}
