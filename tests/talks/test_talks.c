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

static void delegations_stand_for_those_who_sent_them(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR(
        "Delegations of the Colombian government and the ELN ended a second round of talks in Havana on Wednesday without a ceasefire, mediators from Norway said. "
        "The ELN rejected a withdrawal from Arauca. A third round will begin in Caracas on 2 April, Norway said."));
    const dl_talks *all = dl_document_talks(doc);
    assert_int_equal(all->count, 1);
    const dl_talk *talk = &all->items[0];
    assert_int_equal(talk->party_count, 2);
    assert_true(has(talk->parties, talk->party_count, "COLGOV"));
    assert_true(has(talk->mediators, talk->mediator_count, "NOR"));
    assert_false(has(talk->parties, talk->party_count, "CUB"));
    assert_int_equal(talk->round, 2);
    assert_int_equal(talk->next_date.month, 4);
    assert_int_equal(talk->next_date.day, 2);
    assert_true(talk->next_span.end > talk->next_span.start);
    assert_non_null(issue_on(talk, "ceasefire"));
    assert_int_equal(issue_on(talk, "ceasefire")->status, DL_ISSUE_OPEN);
    assert_non_null(issue_on(talk, "withdrawal"));
    assert_int_equal(issue_on(talk, "withdrawal")->status, DL_ISSUE_REJECTED);
    dl_document_free(doc);
}

static void who_announces_what_both_sides_agreed_on_mediates(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Serbia and Kosovo held talks in Brussels on Wednesday. The two sides agreed on an exchange of prisoners, Switzerland said. "
                                        "Serbia welcomed the visit, Hungary said."));
    const dl_talks *all = dl_document_talks(doc);
    assert_true(all->count >= 1);
    assert_true(has(all->items[0].mediators, all->items[0].mediator_count, "CHE"));
    assert_false(has(all->items[0].mediators, all->items[0].mediator_count, "HUN"));
    assert_int_equal(issue_on(&all->items[0], "prisoners")->status, DL_ISSUE_AGREED);
    dl_document_free(doc);
}

static void who_mediates_is_no_party(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Peru and Chile held a second round of talks mediated by Canada in Lima on Wednesday. Bolivian mediators and Swiss facilitators were in the room."));
    const dl_talks *all = dl_document_talks(doc);
    assert_int_equal(all->count, 1);
    assert_int_equal(all->items[0].party_count, 2);
    assert_true(has(all->items[0].mediators, all->items[0].mediator_count, "CAN"));
    assert_true(has(all->items[0].mediators, all->items[0].mediator_count, "BOL"));
    dl_document_free(doc);
}

static void a_text_cut_off_at_its_mediator_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"Talks mediated by", "Peru and Chile held talks hosted by", "Peru met Chile with the host of the talks as mediator"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) dl_document_free(read_text(dl_str_of(texts[i])));
}

static void sides_that_agreed_have_talked(void **state)
{
    (void)state;
    dl_document *doc = read_text(DL_STR("Peru and Chile signed an agreement on a ceasefire in Quito on Wednesday."));
    const dl_talks *all = dl_document_talks(doc);
    assert_int_equal(all->count, 1);
    assert_true(has(all->items[0].parties, all->items[0].party_count, "PER"));
    assert_true(has(all->items[0].parties, all->items[0].party_count, "CHL"));
    assert_non_null(issue_on(&all->items[0], "ceasefire"));
    assert_int_equal(issue_on(&all->items[0], "ceasefire")->status, DL_ISSUE_AGREED);
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
        cmocka_unit_test(delegations_stand_for_those_who_sent_them),
        cmocka_unit_test(who_announces_what_both_sides_agreed_on_mediates),
        cmocka_unit_test(who_mediates_is_no_party),
        cmocka_unit_test(a_text_cut_off_at_its_mediator_is_read),
        cmocka_unit_test(sides_that_agreed_have_talked),
        cmocka_unit_test(a_text_without_negotiations_has_no_talks),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
