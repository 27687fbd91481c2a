/* test_talks.c - negotiations read from short reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/str.h"
#include "../shared_engine.h"

static dl_document *read_text(dl_str text)
{
    return read_text_as_of(text, (dl_date){2025, 3, 14}, NULL);
}

static bool has(const dl_str *items, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (dl_str_is(items[i], wanted)) return true;
    return false;
}

static const dl_issue *issue_on(const dl_talk *talk, const char *topic)
{
    for (size_t i = 0; i < talk->issue_count; i++)
        if (dl_str_is(talk->issues[i].topic, topic)) return &talk->issues[i];
    return NULL;
}

static void talks_tell_parties_round_and_issues(void **state)
{
    (void)state;
    dl_document *doc = read_text(
        DL_STR("Armenia and Azerbaijan held a third round of talks in Geneva on Wednesday. The two sides discussed an exchange of prisoners."));
    const dl_talks *all = dl_document_talks(doc);
    assert_true(all->count >= 1);
    const dl_talk *talk = &all->items[0];
    assert_true(has(talk->parties, talk->party_count, "ARM"));
    assert_true(has(talk->parties, talk->party_count, "AZE"));
    assert_int_equal(talk->round, 3);
    const dl_issue *prisoners = issue_on(talk, "prisoners");
    assert_non_null(prisoners);
    assert_int_equal(prisoners->status, DL_ISSUE_OPEN);
    dl_document_free(doc);
}

static void a_text_without_negotiations_has_no_talks(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Heavy rain fell on the coast. Farmers repaired their fences."));
    assert_int_equal(dl_document_talks(doc)->count, 0);
    dl_document_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(talks_tell_parties_round_and_issues),
        cmocka_unit_test(a_text_without_negotiations_has_no_talks),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
