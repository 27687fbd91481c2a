/* test_casualties.c - texts and the counts they must give; see tests/cases/casualties/counts.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "../shared_engine.h"

static dl_document *read_text(dl_str text)
{
    dl_options options = {.layers = DL_LAYER_EVENTS};
    return read_text_as_of(text, (dl_date){0}, &options);
}

static dl_str written(char *out, size_t size, const dl_casualty *c)
{
    static const char *const harms[] = {"killed", "wounded", "captured", "missing", "killed_or_wounded"};
    int len = c->count.open ? snprintf(out, size, "%s %lld -", harms[c->harm], (long long)c->count.min)
                            : snprintf(out, size, "%s %lld %lld", harms[c->harm], (long long)c->count.min, (long long)c->count.max);
    return (dl_str){out, (size_t)len};
}

static void expect_count(const dl_document *doc, size_t index, dl_str line)
{
    char found[64] = "none";
    const dl_casualties *all = dl_document_casualties(doc);
    dl_str text = DL_STR("none");
    if (index < all->count) text = written(found, sizeof found, &all->items[index]);
    if (!dl_str_eq(text, line))
        fail_msg("%.*s: expected %.*s, found %.*s", (int)dl_document_text(doc)->text.len, dl_document_text(doc)->text.ptr, (int)line.len,
                 line.ptr, (int)text.len, text.ptr);
}

static void every_case_gives_its_counts(void **state)
{
    (void)state;
    dl_map map;
    assert_int_equal(dl_map_open(&map, DATELINE_TEST_CASES "/casualties/counts.txt", NULL), DL_OK);
    dl_str rest = {(const char *)map.bytes, map.size}, line;
    dl_document *doc = NULL;
    size_t index = 0, checked = 0;
    while (dl_str_next(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        if (dl_str_starts(line, "text: ")) {
            dl_document_free(doc);
            doc = read_text(dl_str_slice(line, 6, line.len));
            index = 0;
        } else {
            expect_count(doc, index++, line);
            checked++;
        }
    }
    assert_true(checked > 10);
    dl_document_free(doc);
    dl_map_close(&map);
}

static void spans_of_counts_lie_inside_their_sentence(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Six men were killed. In the north, two women and a child were wounded by a mine."));
    const dl_casualties *all = dl_document_casualties(doc);
    assert_true(all->count >= 2);
    for (size_t i = 0; i < all->count; i++) {
        dl_span sentence = dl_document_text(doc)->sentences[all->items[i].sentence].span;
        assert_true(all->items[i].span.start >= sentence.start && all->items[i].span.end <= sentence.end);
        assert_true(all->items[i].span.start < all->items[i].span.end);
    }
    dl_document_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_counts),
        cmocka_unit_test(spans_of_counts_lie_inside_their_sentence),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
