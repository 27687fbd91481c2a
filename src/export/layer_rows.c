/* layer_rows.c - pages, statements and claims as objects and as cells. */
#include <stdio.h>

#include "export/rows.h"

static void json_text(dl_json_out *out, const char *key, dl_str text)
{
    if (!text.ptr) return;
    dl_json_key(out, key);
    dl_json_str(out, text);
}

static void json_number(dl_json_out *out, const char *key, int64_t value)
{
    dl_json_key(out, key);
    dl_json_int(out, value);
}

static void json_time(dl_json_out *out, const char *key, int64_t seconds)
{
    char text[32];
    json_text(out, key, dl_str_of(time_text(seconds, text)));
}

static void json_span(dl_json_out *out, const char *key, dl_span span)
{
    dl_json_key(out, key);
    dl_json_open(out, '[');
    dl_json_int(out, span.start);
    dl_json_int(out, span.end);
    dl_json_close(out, ']');
}

static void cell_time(const cell_line *line, int64_t seconds)
{
    char text[32];
    cell_name(line, time_text(seconds, text));
}

static void cell_span(const cell_line *line, dl_span span)
{
    cell_int(line, span.start);
    cell_int(line, span.end);
}

/* ---- pages ---- */

void page_json(dl_json_out *out, const dl_page_row *row)
{
    dl_json_open(out, '{');
    json_text(out, "document", row->document);
    json_text(out, "url", row->url);
    json_text(out, "outlet", row->site);
    json_text(out, "title", row->title);
    json_text(out, "language", row->language);
    json_text(out, "section", row->section);
    json_text(out, "published", row->published);
    json_text(out, "modified", row->modified);
    json_text(out, "access", row->access);
    json_number(out, "revision", row->revision);
    json_time(out, "first_seen", row->first_seen);
    json_time(out, "seen", row->changed);
    json_text(out, "engine", row->engine);
    json_text(out, "model", row->model);
    json_number(out, "events", row->events);
    json_number(out, "statements", row->statements);
    json_number(out, "corrections", row->corrections);
    json_text(out, "text", row->text);
    dl_json_close(out, '}');
}

const char *const page_columns = "document,url,outlet,title,language,section,published,modified,access,revision:i,first_seen,seen,engine,model,"
                                 "events:i,statements:i,corrections:i";

void page_cells(const cell_line *line, const dl_page_row *row)
{
    const dl_str texts[] = {row->document, row->url, row->site, row->title, row->language, row->section, row->published, row->modified, row->access};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) cell_words(line, texts[i]);
    cell_int(line, row->revision);
    cell_time(line, row->first_seen), cell_time(line, row->changed);
    cell_words(line, row->engine), cell_words(line, row->model);
    cell_int(line, row->events), cell_int(line, row->statements), cell_int(line, row->corrections);
}

/* ---- statements ---- */

static const char *statement_id(const dl_statement_row *row, char buffer[16])
{
    snprintf(buffer, 16, "S%u", (unsigned)row->item + 1);
    return buffer;
}

void statement_json(dl_json_out *out, const dl_statement_row *row)
{
    char id[16];
    dl_json_open(out, '{');
    json_text(out, "document", row->document);
    json_text(out, "statement", dl_str_of(statement_id(row, id)));
    json_text(out, "kind", row->kind);
    dl_json_key(out, "named"), dl_json_bool(out, row->named);
    json_text(out, "speaker", row->speaker.name);
    json_text(out, "code", row->speaker.code);
    json_text(out, "role", row->role);
    json_text(out, "channel", row->channel);
    json_span(out, "span", row->span);
    json_text(out, "text", row->text);
    if (row->sentence != DL_NONE) json_number(out, "sentence", row->sentence);
    dl_json_key(out, "confidence"), dl_json_real(out, row->confidence, 2);
    json_text(out, "url", row->url);
    json_text(out, "outlet", row->site);
    json_text(out, "title", row->title);
    json_text(out, "published", row->published);
    json_time(out, "seen", row->seen);
    dl_json_close(out, '}');
}

const char *const statement_columns = "document,statement,kind,named:b,speaker,code,role,channel,start:i,end:i,text,sentence:i,confidence:r,url,outlet,title,"
                                      "published,seen";

void statement_cells(const cell_line *line, const dl_statement_row *row)
{
    char id[16];
    cell_words(line, row->document);
    cell_name(line, statement_id(row, id));
    cell_words(line, row->kind);
    cell_flag(line, row->named);
    cell_words(line, row->speaker.name), cell_words(line, row->speaker.code), cell_words(line, row->role), cell_words(line, row->channel);
    cell_span(line, row->span);
    cell_words(line, row->text);
    if (row->sentence == DL_NONE) cell_none(line, 1);
    else cell_int(line, row->sentence);
    cell_real(line, row->confidence, 2);
    cell_words(line, row->url), cell_words(line, row->site), cell_words(line, row->title), cell_words(line, row->published);
    cell_time(line, row->seen);
}

/* ---- claims ---- */

void claim_json(dl_json_out *out, const dl_claim_row *row)
{
    dl_json_open(out, '{');
    json_text(out, "document", row->document);
    json_number(out, "revision", row->revision);
    json_text(out, "engine", row->engine);
    json_text(out, "model", row->model);
    dl_json_key(out, "current"), dl_json_bool(out, row->current);
    json_text(out, "layer", row->layer);
    json_text(out, "item", row->item);
    if (row->anchored) json_span(out, "span", row->span);
    json_text(out, "speaker", row->speaker);
    json_text(out, "verdict", row->verdict);
    json_text(out, "field", row->field);
    if (row->value.ptr) dl_json_key(out, "value"), dl_json_raw(out, row->value);
    json_text(out, "author", row->author);
    json_text(out, "note", row->note);
    json_time(out, "seen", row->seen);
    dl_json_close(out, '}');
}

const char *const claim_columns = "document,revision:i,engine,model,current:b,layer,item,start:i,end:i,speaker,verdict,field,value,author,note,seen";

void claim_cells(const cell_line *line, const dl_claim_row *row)
{
    cell_words(line, row->document);
    cell_int(line, row->revision);
    cell_words(line, row->engine), cell_words(line, row->model);
    cell_flag(line, row->current);
    cell_words(line, row->layer), cell_words(line, row->item);
    if (row->anchored) cell_span(line, row->span);
    else cell_none(line, 2);
    cell_words(line, row->speaker), cell_words(line, row->verdict), cell_words(line, row->field);
    cell_words(line, row->value), cell_words(line, row->author), cell_words(line, row->note);
    cell_time(line, row->seen);
}
