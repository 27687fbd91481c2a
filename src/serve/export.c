/* export.c - what the store holds, as downloads. */
#include <stdio.h>

#include "dateline/export.h"
#include "serve/room.h"

static int find_word(const char *const *words, dl_str word)
{
    for (int i = 0; words[i]; i++)
        if (dl_str_is(word, words[i])) return i;
    return -1;
}

enum { WHAT_STORIES = 4 };

typedef struct wanted_export {
    dl_export how;
    int what;
} wanted_export;

static dl_status wrong(serve_call *call, const char *name, const char *wants)
{
    return dl_fail(call->err, DL_USAGE, NULL, 0, "'%s' takes %s", name, wants);
}

/* GDELT's files are parted by tabs and have no heading, POLECAT's have one. */
static dl_status ask_kind(serve_call *call, wanted_export *out)
{
    static const char *const whats[] = {"events", "claims", "statements", "pages", "stories", NULL};
    static const char *const formats[] = {"ndjson", "csv", "tsv", "geojson", NULL};
    static const char *const layouts[] = {"", "ucdp-ged", "gdelt", "polecat", "acled", NULL};
    static const char *const types[] = {"application/x-ndjson", "text/csv; charset=utf-8; header=present", "text/tab-separated-values; charset=utf-8", "application/geo+json"};
    dl_str what = request_param(call->request, "what"), format = request_param(call->request, "format"), layout = request_param(call->request, "layout");
    int kind = what.ptr ? find_word(whats, what) : 0, form = format.ptr ? find_word(formats, format) : 0, columns = layout.ptr ? find_word(layouts, layout) : 0;
    if (kind < 0) return wrong(call, "what", "events, claims, statements, pages or stories; happenings are under /happenings");
    if (form < 0) return wrong(call, "format", "ndjson, csv, tsv or geojson");
    if (columns < 0) return wrong(call, "layout", "ucdp-ged, gdelt, polecat or acled");
    bool tabs = columns == DL_LAYOUT_GDELT || columns == DL_LAYOUT_POLECAT;
    if (columns && !format.ptr) form = tabs ? DL_EXPORT_TSV : DL_EXPORT_CSV;
    if (kind == WHAT_STORIES && (form || columns)) return dl_fail(call->err, DL_USAGE, NULL, 0, "stories are told as ndjson");
    out->what = kind;
    out->how.what = kind == WHAT_STORIES ? DL_EXPORT_PAGES : (dl_export_what)kind;
    out->how.format = (dl_export_format)form, out->how.layout = (dl_export_layout)columns;
    out->how.bare = columns == DL_LAYOUT_GDELT && form == DL_EXPORT_TSV;
    call->answer->type = types[form];
    snprintf(call->answer->filename, sizeof call->answer->filename, "%s.%s", columns ? layouts[columns] : whats[kind], formats[form]);
    return DL_OK;
}

static bool write_bytes(void *context, const char *bytes, size_t count)
{
    serve_call *call = context;
    if (call->dry) return false; /* it would have begun: nothing is wrong with the question */
    put_bytes(call->out, (dl_str){bytes, count});
    return send_some(call);
}

static bool write_story(void *context, dl_str document, dl_str story)
{
    serve_call *call = context;
    if (call->dry) return false;
    dl_json_open(call->out, '{');
    view_json_text(call->out, "id", document), view_json_text(call->out, "cluster", story);
    dl_json_close(call->out, '}');
    dl_json_newline(call->out);
    return send_some(call);
}

dl_status get_export(serve_call *call)
{
    question q;
    wanted_export wanted = {0};
    int64_t limit;
    dl_status status = ask_kind(call, &wanted);
    if (status == DL_OK) status = ask_question(call, &q);
    if (status == DL_OK) status = ask_number(call, "limit", 1, INT32_MAX, 0, &limit);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK) return status;
    const atlas_filter *f = &q.filter;
    if (f->box || f->side.ptr || f->site.ptr || f->country.ptr || f->confidence > 0 || f->sources || f->contested || f->located || f->actual || f->types & (f->types - 1))
        return dl_fail(call->err, DL_USAGE, NULL, 0, "an export is asked for by days, place, near, one type, realis, actor, source and words only");
    if (wanted.what == WHAT_STORIES) return dl_store_visit_stories(call->store, write_story, call, call->err);
    wanted.how.query = q.query;
    wanted.how.query.limit = (size_t)limit;
    return dl_store_export(call->store, &wanted.how, write_bytes, call, NULL, call->err);
}
