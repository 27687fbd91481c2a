/* test_talks.c - talks come with the words around them, whole whatever letters the page is written in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dateline/queries.h"
#include "room.h"

static dl_store *store;

/* Two sentences; the talks and one issue stand in the second, another issue in the first, and letters of several bytes before both. The statement
 * that holds the second sentence is wider than the one that holds its first half. */
static dl_document *meeting(const char *id, const char *published)
{
    char json[4096];
    snprintf(json, sizeof json,
             "{'schema':'dateline/1','id':'%s','engine':'test','model':'fast','url':'http://a.example/%s','site':'The Example','title':'Talks',"
             "'authors':[],'published':'%s','published_from':'given','access':'full','encoding':'utf-8',"
             "'text':'«Genève» hosts them. Rebels met envoys there, Ada Ruiz said.',"
             "'blocks':[{'span':[0,60],'kind':'paragraph'}],'sentences':[[0,20],[21,60]],"
             "'entities':[{'id':'E1','type':'NORP','name':'Rebels','mentions':[{'span':[21,27],'kind':'name'}],'code':'SDNREB','confidence':0.9},"
             "{'id':'E2','type':'PERSON','name':'Ada Ruiz','mentions':[{'span':[46,54],'kind':'name'}],'code':'SDNGOV','confidence':0.8}],"
             "'places':[],'times':[],"
             "'statements':[{'id':'S1','content':[[21,60]],'named':false,'kind':'indirect','confidence':0.9},"
             "{'id':'S2','content':[[21,44]],'cue':[[55,59]],'speaker':[[46,54]],'entity':'E2','named':true,'kind':'indirect','confidence':0.9}],"
             "'events':[],"
             "'talks':[{'id':'N1','span':[28,31],'sentence':1,'parties':['SDNREB'],'delegates':[],'mediators':['CHE'],"
             "'issues':[{'span':[32,38],'topic':'prisoners','status':'open'},{'span':[1,7],'topic':'aid','status':'agreed'}],'confidence':0.5}]}",
             id, id, published);
    return record_of(json);
}

static int open_pages(void **state)
{
    if (new_folder(state)) return -1;
    store = open_store(DL_STORE_CREATE);
    add(store, meeting("a", "2025-10-16"), 100);
    add(store, meeting("b", "2025-10-14"), 100);
    add(store, meeting("c", "2025-10-16"), 100);
    return 0;
}

static int close_pages(void **state)
{
    dl_store_close(store);
    return drop_folder(state);
}

static bool add_id(void *context, const dl_talk_row *row)
{
    strncat(context, row->document.ptr, row->document.len);
    return true;
}

static void visits(dl_talk_query query, const char *expected)
{
    char ids[64] = "";
    assert_int_equal(dl_store_talks(store, &query, add_id, ids, NULL), DL_OK);
    assert_string_equal(ids, expected);
}

static void talks_come_by_the_day_of_their_page_or_as_documents_came_in(void **state)
{
    (void)state;
    visits((dl_talk_query){0}, "bac");
    visits((dl_talk_query){.by_document = true}, "abc");
    visits((dl_talk_query){.by_document = true, .since = {2025, 10, 15}}, "ac");
    visits((dl_talk_query){.by_document = true, .topic = DL_STR("land")}, "");
}

static bool look_at_words(void *context, const dl_talk_row *row)
{
    ++*(int *)context;
    const char *first = "«Genève» hosts them.", *second = "Rebels met envoys there, Ada Ruiz said.";
    assert_int_equal(row->quote.sentence, 1);
    assert_true(dl_str_is(row->quote.sentence_text, second));
    assert_int_equal(row->issue_count, 2);
    assert_true(dl_str_is(row->issues[0].quote.sentence_text, second));
    assert_int_equal(row->issues[1].quote.sentence, 0);
    assert_true(dl_str_is(row->issues[1].quote.sentence_text, first));
    return true;
}

static void each_word_is_quoted_with_its_own_sentence(void **state)
{
    (void)state;
    int seen = 0;
    assert_int_equal(dl_store_talks(store, &(dl_talk_query){0}, look_at_words, &seen, NULL), DL_OK);
    assert_int_equal(seen, 3);
}

static bool look_at_speaker(void *context, const dl_talk_row *row)
{
    ++*(int *)context;
    assert_true(dl_str_is(row->issues[0].speaker.name, "Ada Ruiz"));
    assert_true(dl_str_is(row->issues[0].speaker.code, "SDNGOV"));
    assert_true(dl_str_is(row->issues[0].statement, "Rebels met envoys there"));
    assert_null(row->issues[1].speaker.name.ptr);
    assert_null(row->issues[1].statement.ptr);
    return true;
}

static void who_says_it_is_the_speaker_of_the_narrowest_statement(void **state)
{
    (void)state;
    int seen = 0;
    assert_int_equal(dl_store_talks(store, &(dl_talk_query){0}, look_at_speaker, &seen, NULL), DL_OK);
    assert_int_equal(seen, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(talks_come_by_the_day_of_their_page_or_as_documents_came_in),
        cmocka_unit_test(each_word_is_quoted_with_its_own_sentence),
        cmocka_unit_test(who_says_it_is_the_speaker_of_the_narrowest_statement),
    };
    return cmocka_run_group_tests(tests, open_pages, close_pages);
}
