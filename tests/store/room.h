/* room.h - a store in a file of its own, and small records to put in it. */
#ifndef TESTS_STORE_ROOM_H
#define TESTS_STORE_ROOM_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "record/record.h"
#include "store/database.h"

static char store_folder[] = "/tmp/dateline-test-XXXXXX", store_path[64];

/* Each test finds no store. */
static int new_folder(void **state)
{
    (void)state;
    strcpy(store_folder + sizeof store_folder - 7, "XXXXXX");
    if (!mkdtemp(store_folder)) return -1;
    snprintf(store_path, sizeof store_path, "%s/s", store_folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    char path[80];
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s%s", store_path, endings[i]);
        unlink(path);
    }
    return rmdir(store_folder);
}

static dl_store *open_store(dl_store_mode mode)
{
    dl_store *store = NULL;
    dl_error err = {0};
    if (dl_store_open(&store, store_path, mode, &err) != DL_OK) fail_msg("%s", err.message);
    return store;
}

/* The record `json`, in which ' stands for ". */
static dl_document *record_of(const char *json)
{
    char *copy = strdup(json);
    for (char *at = copy; *at; at++)
        if (*at == '\'') *at = '"';
    dl_document *document = NULL;
    dl_error err = {0};
    if (dl_document_read(&document, copy, strlen(copy), &err) != DL_OK) fail_msg("byte %zu: %s", err.offset, err.message);
    free(copy);
    return document;
}

/* A page on one attack: id, engine, published, a word for the text, toll. Every layer is filled. */
static inline dl_document *attack(const char *id, const char *model, const char *place, int killed)
{
    char json[4096], sentence[256];
    /* "Rebels killed NN people in PLACE, Governor Ada Ruiz said." */
    int length = snprintf(sentence, sizeof sentence, "Rebels killed %02d people in %s, Governor Ada Ruiz said.", killed, place);
    int where = 27, after = where + (int)strlen(place);
    snprintf(json, sizeof json,
             "{'schema':'dateline/1','id':'%s','engine':'test','model':'%s','url':'http://a.example/%s','site':'The Example','title':'Attack on %s',"
             "'authors':[],'published':'2025-10-14','published_from':'given','access':'full','encoding':'utf-8','text':'%s',"
             "'blocks':[{'span':[0,%d],'kind':'paragraph'}],'sentences':[[0,%d]],"
             "'entities':[{'id':'E1','type':'NORP','name':'Rebels','mentions':[{'span':[0,6],'kind':'name'}],'code':'SDNREB','confidence':0.9},"
             "{'id':'E2','type':'PERSON','name':'Ada Ruiz','mentions':[{'span':[%d,%d],'kind':'name'}],'role':'governor','code':'SDNGOV','confidence':0.8}],"
             "'places':[{'id':'P1','span':[%d,%d],'name':'%s','geonameid':%d,'lat':13.62793,'lon':25.34936,'country':'SD','precision':'city','confidence':0.7}],"
             "'times':[],"
             "'statements':[{'id':'S1','content':[[0,%d]],'cue':[[%d,%d]],'speaker':[[%d,%d]],'entity':'E2','named':true,'kind':'indirect','confidence':0.9}],"
             "'events':[{'id':'V1','type':'ASSAULT','context':['military'],'cameo':'190','trigger':[7,13],'sentence':0,"
             "'actor':[{'span':[0,6],'name':'Rebels','code':'SDNREB','entity':'E1'}],'recipient':[{'span':[14,23],'name':'people','code':'SDNCVL'}],"
             "'place':'P1','date':'2025-10-12','killed':[%d,null],'casualty_spans':[[14,23]],'realis':'actual','background':false,'source':'S1','confidence':0.85}],"
             "'talks':[{'id':'N1','span':[0,6],'sentence':0,'parties':['SDNREB'],'delegates':['E2'],'mediators':['USA'],'place':'P1','round':3,"
             "'next':{'span':[7,13],'date':'2025-11-03'},'issues':[{'span':[14,23],'topic':'prisoners','status':'open'}],'confidence':0.5}]}",
             id, model, id, place, sentence, length, length, after + 11, after + 19, where, after, place, 100 + (int)strlen(place), after, after + 20,
             after + 24, after + 2, after + 19, killed);
    return record_of(json);
}

static inline dl_added add(dl_store *store, dl_document *document, int64_t seen)
{
    dl_added added;
    dl_error err = {0};
    if (dl_store_add(store, document, seen, &added, &err) != DL_OK) fail_msg("%s", err.message);
    dl_document_free(document);
    return added;
}

static void print_fault(void *context, const char *sentence)
{
    (void)context;
    print_error("%s\n", sentence);
}

static inline dl_store_counts check(dl_store *store, dl_fault *told)
{
    dl_store_counts counts;
    dl_error err = {0};
    if (dl_store_check(store, told, NULL, &counts, &err) != DL_OK) fail_msg("%s", err.message);
    return counts;
}

static inline void sound(dl_store *store)
{
    assert_int_equal(check(store, print_fault).faults, 0);
}

/* The first column of the first row; `sql` may change the store behind its back. */
static inline int64_t number(dl_store *store, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
    int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return value;
}

#endif
