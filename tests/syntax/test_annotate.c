/* test_annotate.c - texts through a tiny model: every token gets its share, whatever the sentences' lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../model/tiny_model.h"
#include "parsed.h"
#include "syntax/annotator.h"
#include "syntax/tree.h"

static dl_syntax *open_tiny(tiny_file file)
{
    dl_model *model;
    dl_syntax *syntax;
    assert_int_equal(dl_model_load(&model, file.bytes, file.size, "tiny", true, NULL), DL_OK);
    assert_int_equal(dl_syntax_of_model(&syntax, model, "tiny", NULL), DL_OK);
    return syntax;
}

/* A text of sentences with these numbers of words. */
static dl_text text_of(dl_arena *arena, const size_t *lengths, size_t count)
{
    static const char *const words[] = {"The", "army", "shelled", "rebel-town", ",", "abc", "Omar", "12", "."};
    char *bytes;
    size_t size, next = 0;
    FILE *to = open_memstream(&bytes, &size);
    for (size_t s = 0; s < count; s++) {
        for (size_t i = 0; i < lengths[s]; i++) fprintf(to, "%s/X/%d/dep ", words[next++ % 9], i ? 1 : 0);
        fputs("|| ", to);
    }
    fclose(to);
    dl_text text = parsed(arena, bytes);
    free(bytes);
    return text;
}

static void check_sentence(const dl_text *text, size_t number)
{
    const dl_sentence *s = &text->sentences[number];
    size_t roots = 0;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const dl_token *t = &text->tokens[i];
        size_t steps = 0;
        assert_true(t->upos != DL_UPOS_NONE && t->deprel != DL_DEP_NONE && t->lemma.len > 0 && t->feats.ptr);
        roots += t->head == DL_NONE;
        assert_true((t->head == DL_NONE) == (t->deprel == DL_DEP_ROOT));
        for (uint32_t at = i; text->tokens[at].head != DL_NONE; at = text->tokens[at].head) {
            assert_true(text->tokens[at].head >= s->first && text->tokens[at].head < s->first + s->count);
            assert_true(steps++ < s->count);
        }
    }
    assert_int_equal(roots, 1);
}

static void every_sentence_becomes_a_tree_with_one_root(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 5, 300, 2, 256, 30, 257, 1, 700, 9};
    tiny_file files[] = {tiny_convolutions(), tiny_encoder(24)};
    for (size_t f = 0; f < 2; f++) {
        dl_syntax *syntax = open_tiny(files[f]);
        dl_arena arena;
        dl_arena_init(&arena, 0);
        dl_text text = text_of(&arena, lengths, 10);
        assert_int_equal(text.sentence_count, 10);
        assert_int_equal(dl_syntax_annotate(syntax, &arena, &text, NULL), DL_OK);
        assert_true(text.parsed);
        for (size_t i = 0; i < text.sentence_count; i++) check_sentence(&text, i);
        dl_arena_free(&arena);
        dl_syntax_close(syntax);
        tiny_free(&files[f]);
    }
}

static void a_sentence_is_annotated_the_same_alone_and_among_others(void **state)
{
    (void)state;
    static const size_t lengths[] = {9, 18, 9, 27}, alone[] = {9};
    tiny_file file = tiny_convolutions();
    dl_syntax *syntax = open_tiny(file);
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_text all = text_of(&arena, lengths, 4), one = text_of(&arena, alone, 1);
    assert_int_equal(dl_syntax_annotate(syntax, &arena, &all, NULL), DL_OK);
    assert_int_equal(dl_syntax_annotate(syntax, &arena, &one, NULL), DL_OK);
    for (uint32_t i = 0; i < 9; i++) {
        const dl_token *a = &all.tokens[27 + i], *b = &one.tokens[i];
        assert_int_equal(a->upos, b->upos);
        assert_int_equal(a->deprel, b->deprel);
        assert_int_equal(a->head == DL_NONE ? DL_NONE : a->head - 27, b->head);
        assert_true(dl_str_eq(a->lemma, b->lemma));
        assert_int_equal(a->name, b->name);
        assert_true(a->name_score == b->name_score);
    }
    dl_arena_free(&arena);
    dl_syntax_close(syntax);
    tiny_free(&file);
}

typedef dl_status annotate_with(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err);

/* Both tiers: what `less` fills is, token by token, what all together fill. */
static void hold_against_all(annotate_with *less, bool parsed, void (*agree)(const dl_token *all, const dl_token *less))
{
    static const size_t lengths[] = {9, 300, 18, 1};
    tiny_file files[] = {tiny_convolutions(), tiny_encoder(24)};
    for (size_t f = 0; f < 2; f++) {
        dl_syntax *syntax = open_tiny(files[f]);
        dl_arena arena;
        dl_arena_init(&arena, 0);
        dl_text all = text_of(&arena, lengths, 4), some = text_of(&arena, lengths, 4);
        some.parsed = false;
        assert_int_equal(dl_syntax_annotate(syntax, &arena, &all, NULL), DL_OK);
        assert_int_equal(less(syntax, &arena, &some, NULL), DL_OK);
        assert_true(all.tagged && all.signals && some.tagged && some.parsed == parsed && !some.signals);
        for (uint32_t i = 0; i < all.token_count; i++) agree(&all.tokens[i], &some.tokens[i]);
        dl_arena_free(&arena);
        dl_syntax_close(syntax);
        tiny_free(&files[f]);
    }
}

static void tags_agree(const dl_token *a, const dl_token *b)
{
    assert_int_equal(a->upos, b->upos);
    assert_true(dl_str_eq(a->lemma, b->lemma) && dl_str_eq(a->feats, b->feats));
    assert_true(b->head == DL_NONE && b->deprel == DL_DEP_NONE && b->name == DL_NAME_NONE);
}

static void trees_and_names_agree(const dl_token *a, const dl_token *b)
{
    assert_true(a->upos == b->upos && a->head == b->head && a->deprel == b->deprel && a->right == b->right);
    assert_true(a->name == b->name && a->flags == b->flags && a->name_score == b->name_score);
    assert_true(dl_str_eq(a->lemma, b->lemma) && dl_str_eq(a->feats, b->feats));
}

static void tags_alone_are_the_same_as_with_all_the_rest(void **state)
{
    (void)state;
    hold_against_all(dl_syntax_tag, false, tags_agree);
}

static void trees_and_names_alone_are_the_same_as_with_all_the_rest(void **state)
{
    (void)state;
    hold_against_all(dl_syntax_parse, true, trees_and_names_agree);
}

static void signals_tell_labels_probabilities_spans_and_arguments(void **state)
{
    (void)state;
    static const size_t lengths[] = {18, 31, 40};
    tiny_file file = tiny_convolutions();
    dl_syntax *syntax = open_tiny(file);
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_text text = text_of(&arena, lengths, 3);
    assert_int_equal(dl_syntax_annotate(syntax, &arena, &text, NULL), DL_OK);
    const dl_signal *event = dl_signal_find(&text, "event"), *realis = dl_signal_find(&text, "realis");
    assert_true(event && realis && event->spans && !realis->spans);
    assert_null(dl_signal_find(&text, "upos"));
    assert_int_equal(dl_signal_label(realis, "planned"), 1);
    assert_int_equal(dl_signal_label(realis, "gone"), -1);
    size_t spans = 0, arguments = 0;
    dl_signal_span span;
    for (uint32_t from = 0; dl_signal_next_span(&text, event, from, &span); from = span.last + 1, spans++) {
        size_t count;
        assert_true(span.first >= from && span.last >= span.first && span.probability > 0 && span.probability <= 1);
        const dl_argument *a = dl_signal_arguments(&text, span.last, &count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(a[i].trigger, span.last);
            assert_int_equal(text.tokens[a[i].token].sentence, text.tokens[span.last].sentence);
            assert_true(a[i].label > 0 && a[i].label < text.signals->argument_label_count);
        }
        arguments += count;
    }
    assert_true(spans > 0);
    assert_true(arguments <= text.signals->argument_count); /* words that may well be triggers have theirs, too */
    for (uint32_t i = 0; i < text.token_count; i++)
        assert_true(dl_signal_probability(realis, i, 0) + dl_signal_probability(realis, i, 1) > 0.98f);
    dl_arena_free(&arena);
    dl_syntax_close(syntax);
    tiny_free(&file);
}

static void a_text_without_tokens_is_parsed_at_once(void **state)
{
    (void)state;
    tiny_file file = tiny_convolutions();
    dl_syntax *syntax = open_tiny(file);
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_text text = {0};
    assert_int_equal(dl_syntax_annotate(syntax, &arena, &text, NULL), DL_OK);
    assert_true(text.parsed);
    dl_arena_free(&arena);
    dl_syntax_close(syntax);
    tiny_free(&file);
}

static void memory_that_runs_out_is_told_at_every_step(void **state)
{
    (void)state;
    static const size_t lengths[] = {18, 31};
    tiny_file file = tiny_convolutions();
    dl_syntax *syntax = open_tiny(file);
    dl_status status = DL_NO_MEMORY;
    dl_arena texts, arena;
    dl_arena_init(&texts, 0);
    dl_text text = text_of(&texts, lengths, 2);
    for (size_t limit = 64; status != DL_OK; limit += limit < 400000 ? 997 : 16) {
        dl_arena_init(&arena, limit);
        status = dl_syntax_annotate(syntax, &arena, &text, NULL);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        dl_arena_free(&arena);
    }
    dl_arena_free(&texts);
    dl_syntax_close(syntax);
    tiny_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_becomes_a_tree_with_one_root),
        cmocka_unit_test(a_sentence_is_annotated_the_same_alone_and_among_others),
        cmocka_unit_test(tags_alone_are_the_same_as_with_all_the_rest),
        cmocka_unit_test(trees_and_names_alone_are_the_same_as_with_all_the_rest),
        cmocka_unit_test(signals_tell_labels_probabilities_spans_and_arguments),
        cmocka_unit_test(a_text_without_tokens_is_parsed_at_once),
        cmocka_unit_test(memory_that_runs_out_is_told_at_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
