/* rows.c - rows of a store as lines of a table. */
#include "cli/rows.h"

#include <inttypes.h>

#include "base/date.h"
#include "cli/layout.h"

/* ---- a table ---- */

typedef struct column {
    const char *heading;
    size_t width;
} column;

static const column columns[] = {{"day", 10}, {"place", 16}, {"event", 20}, {"actor", 22}, {"recipient", 22}, {"killed", 7}, {"wounded", 7},
                                 {"realis", 9}, {"who says so", 24}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void heading(dl_json_out *out, bool colour)
{
    put_style(out, colour, "\033[1m");
    for (size_t i = 0; i < COLUMNS; i++) {
        put_cell(out, dl_str_of(columns[i].heading), columns[i].width, i == COLUMNS - 1);
        put_bytes(out, i == COLUMNS - 1 ? DL_STR("\n") : DL_STR(" "));
    }
    put_style(out, colour, "\033[0m");
}

static void put_column(dl_json_out *out, size_t index, dl_str text)
{
    put_cell(out, text.ptr ? text : DL_STR(""), columns[index].width, index == COLUMNS - 1);
    put_bytes(out, index == COLUMNS - 1 ? DL_STR("\n") : DL_STR(" "));
}

static dl_str joined(dl_json_out *scratch, const dl_party *parties, size_t count)
{
    dl_json_out_clear(scratch);
    for (size_t i = 0; i < count; i++) {
        if (i) put_bytes(scratch, DL_STR(", "));
        put_bytes(scratch, parties[i].name);
        if (parties[i].code.len) put_format(scratch, " (%.*s)", (int)parties[i].code.len, parties[i].code.ptr);
    }
    return (dl_str){scratch->bytes, scratch->len};
}

static void table_event(dl_json_out *out, dl_json_out *scratch, const dl_row *row)
{
    char day[16], killed[48], wounded[48];
    put_column(out, 0, dl_str_of(dl_date_format(row->date, day)));
    put_column(out, 1, row->place);
    dl_json_out_clear(scratch);
    put_format(scratch, "%s %.*s", dl_event_type_name(row->type), (int)row->mode.len, row->mode.len ? row->mode.ptr : "");
    put_column(out, 2, (dl_str){scratch->bytes, scratch->len});
    put_column(out, 3, joined(scratch, row->actors, row->actor_count));
    put_column(out, 4, joined(scratch, row->recipients, row->recipient_count));
    put_column(out, 5, dl_str_of(range_words(row->killed, killed)));
    put_column(out, 6, dl_str_of(range_words(row->wounded, wounded)));
    put_column(out, 7, row->background ? DL_STR("earlier") : dl_str_of(dl_realis_name(row->realis)));
    put_column(out, 8, row->source.name.ptr ? row->source.name : row->site);
}

/* The row's words below it, with where they stand. */
static void table_words(dl_json_out *out, dl_json_out *scratch, const cli_settings *settings, const dl_row *row)
{
    dl_json_out_clear(scratch);
    put_format(scratch, "%.*s", (int)row->document.len, row->document.ptr);
    if (row->type) put_format(scratch, " V%" PRIu32, row->item + 1);
    dl_span span = row->type ? row->span : row->sentence_span;
    if (row->sentence == DL_NONE) put_bytes(scratch, DL_STR(" title"));
    else put_format(scratch, " [%" PRIu32 ",%" PRIu32 "]", span.start, span.end);
    put_bytes(scratch, DL_STR(": "));
    put_bytes(scratch, row->sentence_text);
    put_style(out, settings->colour, "\033[2m");
    put_bytes(out, DL_STR("  "));
    size_t width = (size_t)terminal_width();
    put_cell(out, (dl_str){scratch->bytes, scratch->len}, width > 2 ? width - 2 : 1, true);
    put_style(out, settings->colour, "\033[0m");
    put_bytes(out, DL_STR("\n"));
}

void row_table(dl_json_out *out, dl_json_out *scratch, const cli_settings *settings, const dl_row *row, bool first)
{
    if (row->type) {
        if (first) heading(out, settings->colour);
        table_event(out, scratch, row);
    } else {
        char day[16];
        put_cell(out, dl_str_of(dl_date_format(row->published, day)), 10, false);
        put_bytes(out, DL_STR(" "));
        put_cell(out, row->site.ptr ? row->site : DL_STR(""), 30, true);
        put_bytes(out, DL_STR("\n"));
    }
    table_words(out, scratch, settings, row);
}
