/* history.c - `dateline history`: what was read off a page, by which engine, and what people said of it, in the order of time.
 *
 * The log keeps each reading whole. The table shows what changed: the members of an item that are new, gone, or otherwise than in the reading before. */
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "cli/layout.h"
#include "cli/views.h"
#include "dateline/queries.h"
#include "export/rows.h"

static const view_column columns[] = {{"seen", 20}, {"rev", 3}, {"by", 16}, {"item", 5}, {"member", 14}, {"was", 20}, {"is", 0}};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* An item as it was read last. */
typedef struct known_item {
    dl_str name; /* "V1"; empty for the page */
    dl_str json;
    const dl_json *value;
} known_item;

typedef struct teller {
    printer *p;
    dl_str item; /* that is asked for; ptr NULL: all */
    dl_arena arena;
    DL_VEC(known_item) items;
    dl_status status;
    dl_error *err;
} teller;

static known_item *find_item(teller *t, dl_str name)
{
    for (size_t i = 0; i < t->items.count; i++)
        if (dl_str_eq(t->items.items[i].name, name)) return &t->items.items[i];
    known_item *fresh = DL_VEC_PUSH(&t->arena, &t->items);
    if (!fresh) return NULL;
    *fresh = (known_item){.name = dl_arena_str(&t->arena, name)};
    return fresh->name.ptr ? fresh : NULL;
}

/* ---- rows ---- */

/* A member's words as in the record: of strings without their quotes. */
static dl_str words_of(const dl_json *value, dl_str json)
{
    return !value ? DL_STR("-") : dl_str_slice(json, value->start, value->end);
}

static void put_row(teller *t, const dl_claim_row *row, dl_str member, dl_str was, dl_str is)
{
    char seen[32], revision[16];
    snprintf(revision, sizeof revision, "%u", (unsigned)row->revision);
    dl_str by = row->author.len ? row->author : row->model.len ? row->model : row->engine;
    const dl_str cells[COLUMNS] = {dl_str_of(time_text(row->seen, seen)), dl_str_of(revision), by, row->item.len ? row->item : DL_STR("page"), member, was, is};
    if (!t->p->rows++) view_heading(t->p, columns, COLUMNS);
    view_cells(t->p, columns, COLUMNS, cells);
}

static void put_changes(teller *t, const dl_claim_row *row, const known_item *old, const known_item *new)
{
    for (const dl_json *member = new->value->first; member; member = member->next) {
        const dl_json *before = NULL;
        for (const dl_json *m = old->value->first; m && !before; m = m->next)
            if (dl_str_eq(m->key, member->key)) before = m;
        dl_str was = words_of(before, old->json), is = words_of(member, new->json);
        if (!before || !dl_str_eq(was, is)) put_row(t, row, member->key, was, is);
    }
    for (const dl_json *before = old->value->first; before; before = before->next) {
        bool there = false;
        for (const dl_json *m = new->value->first; m && !there; m = m->next) there = dl_str_eq(m->key, before->key);
        if (!there) put_row(t, row, before->key, words_of(before, old->json), DL_STR("-"));
    }
}

/* ---- claims ---- */

static void tell_reading(teller *t, const dl_claim_row *row)
{
    known_item now = {.json = dl_arena_str(&t->arena, row->value)}, *old = find_item(t, row->item);
    if (!old || !now.json.ptr) t->status = dl_fail_memory(t->err);
    else t->status = dl_json_parse(&now.value, &t->arena, now.json, false, t->err);
    if (t->status != DL_OK) return;
    now.name = old->name;
    if (old->value) put_changes(t, row, old, &now);
    else put_row(t, row, DL_STR("read"), DL_STR("-"), now.json);
    *old = now;
}

static void tell_correction(teller *t, const dl_claim_row *row)
{
    const known_item *old = find_item(t, row->item);
    const dl_json *before = NULL;
    if (!old) {
        t->status = dl_fail_memory(t->err);
        return;
    }
    for (const dl_json *m = old->value ? old->value->first : NULL; m && !before; m = m->next)
        if (dl_str_eq(m->key, row->field)) before = m;
    dl_str is = row->value.len ? row->value : row->note;
    put_row(t, row, row->field.len ? row->field : row->verdict, row->field.len ? words_of(before, old->json) : DL_STR("-"), is.len ? is : DL_STR("-"));
}

static bool tell_claim(void *context, const dl_claim_row *row)
{
    teller *t = context;
    if (t->item.ptr && !dl_str_eq(t->item, row->item.len ? row->item : DL_STR("page"))) return true;
    if (t->p->settings->format == FORMAT_TABLE) {
        if (row->verdict.ptr) tell_correction(t, row);
        else tell_reading(t, row);
    } else {
        claim_json(&t->p->out, row), dl_json_newline(&t->p->out);
        t->p->rows++;
    }
    return t->status == DL_OK && printer_flush(t->p);
}

/* ---- the command ---- */

static dl_status tell_document(printer *p, dl_store *store, dl_str document, dl_str only, dl_error *err)
{
    teller t = {.p = p, .item = only, .err = err};
    dl_arena_init(&t.arena, 0);
    dl_status status = dl_store_history(store, document, tell_claim, &t, err);
    dl_arena_free(&t.arena);
    return status == DL_OK ? t.status : status;
}

/* "DOCUMENT", or where none is called so "DOCUMENT:V1", as for review, or "DOCUMENT/V1", as in exports. */
static dl_status print_history(printer *p, dl_store *store, dl_error *err)
{
    dl_str name = dl_str_of(p->settings->paths[0]);
    dl_status status = tell_document(p, store, name, (dl_str){0}, err);
    size_t at = name.len;
    while (at && name.ptr[at - 1] != '/' && name.ptr[at - 1] != ':') at--;
    if (status != DL_OK || p->rows || !at) return status;
    return tell_document(p, store, dl_str_slice(name, 0, at - 1), dl_str_slice(name, at, name.len), err);
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_history, "fs0", argc, argv);
    if (code >= 0) return code;
    code = choose_format(&settings, &command_history, 1u << FORMAT_TABLE | 1u << FORMAT_NDJSON);
    if (code >= 0) return code;
    if (settings.path_count != 1) return usage_error(&command_history, "history takes one document, or one item of it");
    return run_view(&command_history, &settings, print_history);
}

const command command_history = {
    "history", "what was read off a page, when and by which engine, and people's corrections",
    "Usage: dateline history [OPTION]... --store FILE DOCUMENT[:ITEM]\n\n"
    "Prints what the log holds of a document, or of one item of its record (V1, S2, ... or page), in the order of time: each reading of each revision,\n"
    "then people's corrections. The table shows an item whole when it was first read, then the members that a later reading has otherwise. Items are\n"
    "known by their number, which a new revision may give to other words. NDJSON has a line a claim, as export --what claims.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       table or ndjson: a table on a terminal, NDJSON in a pipe\n\n"
    "Examples:\n"
    "  dateline history --store news.store a621f24dca458d15:V7\n",
    run};
