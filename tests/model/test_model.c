/* test_model.c - model files: what is refused, and that what is said of a sentence depends on nothing but the sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "model/model.h"
#include "tiny_model.h"

enum { ROOM = 256 };

static dl_model *open_tiny(tiny_file file)
{
    dl_model *model;
    dl_error err = {0};
    if (dl_model_load(&model, file.bytes, file.size, "tiny", true, &err) != DL_OK) fail_msg("%s at %zu", err.message, err.offset);
    return model;
}

static size_t read_words(dl_arena *arena, const char *line, dl_model_word *out)
{
    dl_str forms[ROOM];
    size_t count = tiny_words(line, forms, ROOM);
    for (size_t i = 0; i < count; i++) out[i] = (dl_model_word){forms[i], dl_utf8_fold(arena, forms[i])};
    return count;
}

/* Vectors of the words of `parts` lines read together; the caller frees them. */
static float *vectors_of(const dl_model *model, const char *const *lines, size_t parts, size_t *size)
{
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_model_word words[ROOM];
    uint32_t first[16] = {0};
    bool opens[16];
    for (size_t p = 0; p < parts; p++) {
        first[p + 1] = first[p] + (uint32_t)read_words(&arena, lines[p], words + first[p]);
        opens[p] = true;
    }
    dl_model_session *session;
    assert_int_equal(dl_model_session_new(&session, model, &arena, first[parts], parts, NULL), DL_OK);
    dl_model_read(session, words, first, opens, parts);
    size_t dim;
    const float *vectors = dl_model_vectors(session, &dim);
    *size = first[parts] * dim;
    float *copy = malloc(*size * sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, vectors, *size * sizeof *copy);
    dl_arena_free(&arena);
    return copy;
}

static const char *const lines[] = {"The army shelled the rebel town .", "shells", "abbc - Abc , 12 Rebel's TOWN"};

static void check_neighbours(tiny_file file)
{
    dl_model *model = open_tiny(file);
    size_t size, own_size, at = 0;
    float *all = vectors_of(model, lines, 3, &size);
    for (size_t i = 0; i < 3; i++) {
        float *own = vectors_of(model, lines + i, 1, &own_size);
        assert_memory_equal(own, all + at, own_size * sizeof *own);
        at += own_size;
        free(own);
    }
    assert_int_equal(at, size);
    free(all);
    dl_model_close(model);
    tiny_free(&file);
}

static void a_sentence_is_read_the_same_alone_and_among_others(void **state)
{
    (void)state;
    check_neighbours(tiny_encoder(64));
    check_neighbours(tiny_convolutions());
}

static void check_sets(tiny_file file)
{
    dl_model *model = open_tiny(file);
    size_t size;
    float *best = vectors_of(model, lines, 3, &size);
    bool known = true;
    for (size_t i = 0; known; i++) {
        const dl_kernels *set = dl_kernels_at(i, &known);
        if (!set) continue;
        dl_model *other = open_tiny(file);
        dl_model_use(other, set);
        float *own = vectors_of(other, lines, 3, &size);
        assert_memory_equal(own, best, size * sizeof *own);
        free(own);
        dl_model_close(other);
    }
    free(best);
    dl_model_close(model);
    tiny_free(&file);
}

static void all_kernel_sets_read_the_same(void **state)
{
    (void)state;
    check_sets(tiny_encoder(64));
    check_sets(tiny_convolutions());
}

/* A window of 16 pieces holds 14 words of one piece; the next one begins floor(14 / 4) = 3 words before its end, and of
 * these the first floor(3 / 2) = 1 keeps the first window's vector. */
static void long_sentences_are_read_in_overlapping_windows(void **state)
{
    (void)state;
    tiny_file file = tiny_encoder(16);
    dl_model *model = open_tiny(file);
    static const char *const whole = "the army shell the rebel town the the army army shell shell town rebel the army . town";
    static const char *const head = "the army shell the rebel town the the army army shell shell town rebel";
    static const char *const tail = "shell town rebel the army . town";
    size_t size, head_size, tail_size;
    float *all = vectors_of(model, &whole, 1, &size), *a = vectors_of(model, &head, 1, &head_size), *b = vectors_of(model, &tail, 1, &tail_size);
    enum { DIM = 32 };
    assert_int_equal(size, 18 * DIM);
    assert_memory_equal(all, a, 12 * DIM * sizeof *all);
    assert_memory_equal(all + 12 * DIM, b + 1 * DIM, 6 * DIM * sizeof *all);
    free(all);
    free(a);
    free(b);
    dl_model_close(model);
    tiny_free(&file);
}

static void words_are_split_greedily_and_what_matches_nothing_is_unknown(void **state)
{
    (void)state;
    tiny_file file = tiny_encoder(64);
    dl_model_file opened = {.map = {file.bytes, file.size}, .source = "tiny"};
    dl_wordpiece wp;
    assert_int_equal(dl_model_file_read(&opened, true, NULL), DL_OK);
    assert_int_equal(dl_wordpiece_open(&wp, &opened, NULL), DL_OK);
    static const struct {
        const char *norm;
        size_t count;
        uint32_t pieces[4];
    } cases[] = {{"army", 1, {4}},        {"shelled", 2, {6, 5}}, {"abbc", 4, {8, 10, 10, 11}}, {"abz", 1, {0}}, {"rebel-town", 3, {14, 16, 15}},
                 {"b.b", 3, {9, 12, 9}}, {"", 1, {0}},           {"\xC3\xA9", 1, {0}},          {"z,", 2, {0, 13}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t out[DL_MAX_PIECES];
        assert_int_equal(dl_wordpiece_split(&wp, dl_str_of(cases[i].norm), out), cases[i].count);
        for (size_t p = 0; p < cases[i].count; p++) assert_int_equal(out[p], cases[i].pieces[p]);
    }
    char many[64];
    memset(many, '.', sizeof many);
    uint32_t out[DL_MAX_PIECES];
    assert_int_equal(dl_wordpiece_split(&wp, (dl_str){many, sizeof many}, out), DL_MAX_PIECES);
    dl_wordpiece_close(&wp);
    tiny_free(&file);
}

static void letter_shapes_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *form;
        uint32_t shape;
    } cases[] = {{"...", 1}, {"army", 2}, {"Army", 3}, {"UN", 4}, {"A", 5}, {"J.", 5}, {"McCain", 6}, {"iPhone", 6}, {"1,200", 7}, {"T-72", 8},
                 {"\xC3\x89lys\xC3\xA9""e", 3}, {"a", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(dl_word_shape(dl_str_of(cases[i].form)), cases[i].shape);
}

static void features_hash_the_parts_of_a_word_that_the_format_names(void **state)
{
    (void)state;
    dl_model_word word = {DL_STR("T-72s"), DL_STR("t-72s")};
    static const struct {
        const char *name, *bytes;
    } cases[] = {{"norm", "t-72s"}, {"stem", "t-00s"}, {"prefix3", "t-7"}, {"suffix2", "2s"}, {"suffix5", "t-72s"}, {"shape", "X-ddx"}, {"first", "1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int kind = dl_feature_kind(dl_str_of(cases[i].name));
        assert_true(kind >= 0);
        assert_true(dl_feature_hash(kind, word, true) == dl_hash(cases[i].bytes, strlen(cases[i].bytes), (uint64_t)kind));
    }
    assert_int_equal(dl_feature_kind(DL_STR("colour")), -1);
    dl_model_word accented = {DL_STR("\xC3\xA9""a"), DL_STR("\xC3\xA9""a")};
    assert_true(dl_feature_hash(7, accented, false) == dl_hash("a", 1, 7));
    assert_true(dl_feature_hash(8, accented, false) == dl_hash("\xC3\xA9""a", 3, 8));
}

static void check_refusal(tiny_file file, size_t offset, const void *bytes, size_t size)
{
    unsigned char *copy = malloc(file.size);
    assert_non_null(copy);
    memcpy(copy, file.bytes, file.size);
    memcpy(copy + offset, bytes, size);
    dl_model *model = NULL;
    dl_error err = {0};
    assert_int_equal(dl_model_load(&model, copy, file.size, "tiny", false, &err), DL_BAD_DATA);
    assert_null(model);
    assert_true(err.offset <= file.size && err.message[0]);
    free(copy);
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    tiny_file file = tiny_convolutions();
    dl_model_file opened = {.map = {file.bytes, file.size}, .source = "tiny"};
    assert_int_equal(dl_model_file_read(&opened, true, NULL), DL_OK);
    size_t directory = (size_t)((const unsigned char *)opened.tensors - file.bytes), parameters = (size_t)((const unsigned char *)opened.parameters - file.bytes);
    const uint32_t large = 0x7FFFFFFF, zero = 0;
    const uint64_t far = UINT64_MAX - 63, odd = 65;
    const int64_t two_hundred = 200;
    const float infinite = 1e30f;
    check_refusal(file, 0, "DLMODEL2", 8);
    check_refusal(file, 32, &large, 4);                /* tensor count */
    check_refusal(file, 40, &far, 8);                  /* tensor directory */
    check_refusal(file, 56, &far, 8);                  /* names */
    check_refusal(file, directory, &large, 4);         /* name of tensor 0 */
    check_refusal(file, directory + 8, &zero, 4);      /* element type */
    check_refusal(file, directory + 12, &large, 4);    /* rank */
    check_refusal(file, directory + 32, &far, 8);      /* offset */
    check_refusal(file, directory + 32, &odd, 8);
    check_refusal(file, directory + 16, &zero, 4);       /* no strings at all in tensor 0 */
    check_refusal(file, directory + 64 + 16, &large, 4); /* shape of tensor 1 */
    check_refusal(file, parameters + 8, &two_hundred, 8); /* architecture */
    check_refusal(file, (size_t)opened.tensors[0].offset, &large, 4); /* start of a string */
    check_refusal(file, (size_t)opened.tensors[2].offset, &infinite, 4); /* a scale */
    for (uint32_t i = 0; i < opened.tensor_count; i++) { /* a tensor that is missing; only arguments may be */
        const dl_tensor_record *t = &opened.tensors[i];
        bool optional = dl_str_is(dl_str_slice(opened.names, t->name, t->name + t->name_len), "labels.arg");
        if (!optional) check_refusal(file, directory + i * sizeof *t + 4, &zero, 4);
    }
    tiny_free(&file);
}

static void a_wrong_checksum_or_a_cut_file_is_refused(void **state)
{
    (void)state;
    tiny_file file = tiny_encoder(32);
    dl_model *model;
    dl_error err = {0};
    file.bytes[file.size - 1] ^= 1;
    assert_int_equal(dl_model_load(&model, file.bytes, file.size, "tiny", true, &err), DL_BAD_DATA);
    assert_int_equal(err.offset, 24);
    for (size_t size = 0; size < 200; size += 13)
        assert_int_equal(dl_model_load(&model, file.bytes, size, "tiny", true, &err), DL_BAD_DATA);
    assert_int_equal(dl_model_open(&model, "/nowhere/tiny.dlm", &err), DL_IO);
    tiny_free(&file);
}

static void a_weight_of_minus_128_is_refused(void **state)
{
    (void)state;
    tiny_file file = tiny_convolutions();
    dl_model_file opened = {.map = {file.bytes, file.size}, .source = "tiny"};
    dl_linear linear;
    assert_int_equal(dl_model_file_read(&opened, true, NULL), DL_OK);
    assert_int_equal(dl_file_linear(&opened, "mix", 96, 32, &linear, NULL), DL_OK);
    check_refusal(file, (size_t)((const unsigned char *)linear.weight - file.bytes), "\x80", 1);
    tiny_free(&file);
}

static void memory_that_runs_out_is_told_at_every_step(void **state)
{
    (void)state;
    tiny_file file = tiny_encoder(32);
    dl_model *model = open_tiny(file);
    size_t limit = 1000;
    dl_status status = DL_NO_MEMORY;
    for (; status != DL_OK; limit += 1000) {
        dl_arena arena;
        dl_model_session *session;
        dl_arena_init(&arena, limit);
        status = dl_model_session_new(&session, model, &arena, 40, 3, NULL);
        assert_true(status == DL_OK || status == DL_NO_MEMORY);
        dl_arena_free(&arena);
    }
    assert_true(limit > 20000);
    dl_model_close(model);
    tiny_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_is_read_the_same_alone_and_among_others),
        cmocka_unit_test(all_kernel_sets_read_the_same),
        cmocka_unit_test(long_sentences_are_read_in_overlapping_windows),
        cmocka_unit_test(words_are_split_greedily_and_what_matches_nothing_is_unknown),
        cmocka_unit_test(letter_shapes_are_told_apart),
        cmocka_unit_test(features_hash_the_parts_of_a_word_that_the_format_names),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(a_wrong_checksum_or_a_cut_file_is_refused),
        cmocka_unit_test(a_weight_of_minus_128_is_refused),
        cmocka_unit_test(memory_that_runs_out_is_told_at_every_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
