/* export.c - what goes out, in which form. */
#include "export/export.h"

#include "base/error.h"

bool export_send(exporter *e)
{
    e->failed = e->failed || e->out.failed || e->scratch.failed;
    if (!e->failed && e->out.len && !e->write(e->context, e->out.bytes, e->out.len)) e->enough = true;
    dl_json_out_clear(&e->out);
    return !e->enough && !e->failed;
}

dl_str export_event_id(exporter *e, const dl_row *row)
{
    e->failed = e->failed || e->scratch.failed;
    dl_json_out_clear(&e->scratch);
    put_bytes(&e->scratch, row->document);
    put_format(&e->scratch, "/V%u", (unsigned)row->item + 1);
    return (dl_str){e->scratch.bytes, e->scratch.len};
}

cell_line export_line(exporter *e)
{
    return (cell_line){&e->out, e->wanted->format == DL_EXPORT_TSV, e->file};
}

int64_t export_number(const dl_row *row)
{
    enum { ITEMS = 1000000 }; /* a page has fewer events */
    return row->number * ITEMS + row->item + 1;
}

bool export_is_full(const exporter *e)
{
    return e->enough || e->failed || (e->rows && e->rows == e->wanted->query.limit);
}

bool export_row(exporter *e)
{
    const cell_line line = export_line(e);
    cell_end(&line);
    e->rows++;
    return export_send(e) && !export_is_full(e);
}

/* ---- GeoJSON ---- */

/* RFC 7946: longitude first; a feature without a place has no geometry. Its id is that of page and event. */
static void feature(exporter *e, const dl_row *row)
{
    dl_json_out *out = &e->out;
    put_bytes(out, e->rows ? DL_STR(",\n") : DL_STR("\n"));
    dl_json_open(out, '{');
    dl_json_key(out, "type"), dl_json_str(out, DL_STR("Feature"));
    dl_json_key(out, "id"), dl_json_str(out, export_event_id(e, row));
    dl_json_key(out, "geometry");
    if (row->located) {
        dl_json_open(out, '{');
        dl_json_key(out, "type"), dl_json_str(out, DL_STR("Point"));
        dl_json_key(out, "coordinates"), dl_json_open(out, '[');
        dl_json_real(out, row->lon, 5), dl_json_real(out, row->lat, 5);
        dl_json_close(out, ']'), dl_json_close(out, '}');
    } else {
        dl_json_null(out);
    }
    dl_json_key(out, "properties");
    row_json(out, row);
    dl_json_close(out, '}');
}

/* ---- rows ---- */

static bool send_event(void *context, const dl_row *row)
{
    exporter *e = context;
    const cell_line line = export_line(e);
    switch (e->wanted->format) {
    case DL_EXPORT_NDJSON: row_json(&e->out, row), dl_json_newline(&e->out); break;
    case DL_EXPORT_GEOJSON: feature(e, row); break;
    default: event_cells(&line, row), cell_end(&line);
    }
    e->rows++;
    return export_send(e);
}

#define SEND_LAYER(layer)                                                         \
    static bool send_##layer(void *context, const dl_##layer##_row *row)          \
    {                                                                             \
        exporter *e = context;                                                    \
        const cell_line line = export_line(e);                                        \
        if (e->wanted->format == DL_EXPORT_NDJSON) layer##_json(&e->out, row), dl_json_newline(&e->out); \
        else layer##_cells(&line, row), cell_end(&line);                          \
        e->rows++;                                                                \
        return export_send(e);                                                    \
    }
SEND_LAYER(page)
SEND_LAYER(statement)
SEND_LAYER(claim)

static dl_status run_events(exporter *e)
{
    dl_query query = e->wanted->query;
    query.rows = DL_ROWS_EVENTS;
    query.by_document = true;
    return dl_store_find(e->store, &query, send_event, e, e->err);
}

static dl_status run_layer(exporter *e)
{
    const dl_query *q = &e->wanted->query;
    const dl_page_query pages = {.text = q->text, .since = q->since, .until = q->until, .source = q->source, .limit = q->limit};
    switch (e->wanted->what) {
    case DL_EXPORT_PAGES: return dl_store_pages(e->store, &pages, send_page, e, e->err);
    case DL_EXPORT_STATEMENTS: return dl_store_statements(e->store, &pages, send_statement, e, e->err);
    default: return dl_store_claims(e->store, &pages, send_claim, e, e->err);
    }
}

/* ---- what goes together ---- */

static const layout *layout_of(dl_export_layout which)
{
    static const layout *const all[] = {NULL, &layout_ucdp_ged, &layout_gdelt, &layout_polecat, &layout_acled};
    return all[which];
}

static dl_status check(const dl_export *w, dl_error *err)
{
    const dl_query *q = &w->query;
    bool cells = w->format == DL_EXPORT_CSV || w->format == DL_EXPORT_TSV || w->format == DL_EXPORT_PARQUET;
    bool of_events = q->type || q->actor.len || q->place.len || q->near || q->locations || q->counted || q->realis;
    if (w->layout && (w->what != DL_EXPORT_EVENTS || !cells)) return dl_fail(err, DL_USAGE, NULL, 0, "a layout is of events, as CSV, TSV or Parquet");
    if (w->layout && q->realis) return dl_fail(err, DL_USAGE, NULL, 0, "a layout tells by itself which events it takes: no realis goes with it");
    if (w->format == DL_EXPORT_GEOJSON && w->what != DL_EXPORT_EVENTS) return dl_fail(err, DL_USAGE, NULL, 0, "only events are points of GeoJSON");
    if (w->what == DL_EXPORT_EVENTS || w->what == DL_EXPORT_HAPPENINGS) return DL_OK;
    if (of_events) return dl_fail(err, DL_USAGE, NULL, 0, "only events and happenings are asked for by more than words, days and source");
    if (w->what == DL_EXPORT_STORIES && (q->text.len || q->since.year || q->until.year || q->source.len))
        return dl_fail(err, DL_USAGE, NULL, 0, "stories are told of all pages");
    if (w->what == DL_EXPORT_CLAIMS && q->text.len) return dl_fail(err, DL_USAGE, NULL, 0, "claims are asked for by days and source only");
    return DL_OK;
}

static void begin(exporter *e)
{
    static const char *const *const kinds[] = {&event_columns, &claim_columns, &statement_columns, &page_columns, &happening_columns, &story_columns};
    const dl_export *w = e->wanted;
    const char *columns = w->layout ? layout_of(w->layout)->columns : *kinds[w->what];
    const cell_line line = export_line(e);
    switch (w->format) {
    case DL_EXPORT_NDJSON: break;
    case DL_EXPORT_GEOJSON: put_bytes(&e->out, DL_STR("{\"type\":\"FeatureCollection\",\"features\":[")); break;
    case DL_EXPORT_PARQUET:
        e->file = parquet_new(&e->out, columns);
        e->failed = !e->file;
        break;
    default:
        if (!w->bare) cell_heading(&line, columns);
    }
    export_send(e);
}

static void end(exporter *e)
{
    if (e->wanted->format == DL_EXPORT_GEOJSON) put_bytes(&e->out, DL_STR("\n]}\n"));
    if (e->file) e->failed = !parquet_finish(e->file) || e->failed;
    export_send(e);
}

static dl_status run(exporter *e)
{
    if (e->wanted->layout) return layout_of(e->wanted->layout)->run(e);
    switch (e->wanted->what) {
    case DL_EXPORT_EVENTS: return run_events(e);
    case DL_EXPORT_HAPPENINGS: return export_happenings(e);
    case DL_EXPORT_STORIES: return export_stories(e);
    default: return run_layer(e);
    }
}

dl_status dl_store_export(dl_store *store, const dl_export *wanted, dl_export_write *write, void *context, uint64_t *rows, dl_error *err)
{
    exporter e = {.store = store, .wanted = wanted, .write = write, .context = context, .err = err};
    dl_status status = check(wanted, err);
    if (status != DL_OK) return status;
    begin(&e);
    if (!e.enough && !e.failed) status = run(&e);
    if (status == DL_OK && !e.enough && !e.failed) end(&e);
    if (status == DL_OK && e.failed) status = dl_fail_memory(err);
    if (rows) *rows = e.rows;
    countries_close(&e.countries);
    parquet_free(e.file);
    dl_json_out_free(&e.out);
    dl_json_out_free(&e.scratch);
    return status;
}
