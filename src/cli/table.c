/* table.c - a document as a short table: a line an event, then what was said and the talks. */
#include "base/date.h"
#include "cli/layout.h"

enum { COLUMN_COUNT = 9 };

typedef struct column {
    const char *heading;
    size_t width, least; /* columns; `least` is what a narrow terminal leaves */
} column;

static void lay_out(column columns[COLUMN_COUNT], int width)
{
    static const column wide[COLUMN_COUNT] = {{"DATE", 10, 10},   {"PLACE", 16, 10}, {"WHAT", 16, 12},
                                              {"WHO", 26, 12},    {"TO WHOM", 26, 12}, {"KILLED", 7, 6},
                                              {"WOUNDED", 7, 7},  {"REALIS", 9, 8},  {"SAYS WHO", 20, 10}};
    size_t total = 0;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        columns[i] = wide[i];
        total += wide[i].width + 1;
    }
    for (int i = COLUMN_COUNT - 1; i >= 0 && total > (size_t)width; i--) {
        size_t spare = columns[i].width - columns[i].least, over = total - (size_t)width;
        size_t cut = spare < over ? spare : over;
        columns[i].width -= cut;
        total -= cut;
    }
}

static void put_heading(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    static const char *const access[] = {"", ", full text", ", TRUNCATED", ", BLOCKED"};
    const dl_story *story = dl_document_story(document);
    char day[16];
    put_style(out, settings->colour, "\033[1m");
    put_cell(out, story->title.len ? story->title : dl_document_id(document), 200, true);
    put_style(out, settings->colour, "\033[0m");
    put_bytes(out, DL_STR("\n"));
    if (story->site.len) put_format(out, "%.*s, ", (int)story->site.len, story->site.ptr);
    put_format(out, "%s%s; %zu sentences\n", story->published.year ? dl_date_format(story->published, day) : "no date",
               access[story->access], dl_document_text(document)->sentence_count);
    if (story->notice.len) {
        put_bytes(out, DL_STR("the page says: \""));
        put_cell(out, story->notice, 90, true);
        put_bytes(out, DL_STR("\"\n"));
    }
}

static void put_event(const dl_document *document, const dl_event *event, const column columns[COLUMN_COUNT],
                      dl_json_out *out, dl_json_out *scratch)
{
    char day[16], killed[48], wounded[48];
    put_cell(out, dl_str_of(dl_date_format(event->date, day)), columns[0].width, false), put_bytes(out, DL_STR(" "));
    put_cell(out, place_words(document, event->place), columns[1].width, false), put_bytes(out, DL_STR(" "));
    dl_json_out_clear(scratch);
    put_format(scratch, "%s %.*s", dl_event_type_name(event->type), (int)event->mode.len, event->mode.len ? event->mode.ptr : "");
    put_cell(out, (dl_str){scratch->bytes, scratch->len}, columns[2].width, false), put_bytes(out, DL_STR(" "));
    dl_json_out_clear(scratch);
    put_participants(scratch, event->actors, event->actor_count);
    put_cell(out, (dl_str){scratch->bytes, scratch->len}, columns[3].width, false), put_bytes(out, DL_STR(" "));
    dl_json_out_clear(scratch);
    if (event->recipient_count) put_participants(scratch, event->recipients, event->recipient_count);
    put_cell(out, (dl_str){scratch->bytes ? scratch->bytes : "", scratch->len}, columns[4].width, false), put_bytes(out, DL_STR(" "));
    put_cell(out, dl_str_of(range_words(event->killed, killed)), columns[5].width, false), put_bytes(out, DL_STR(" "));
    put_cell(out, dl_str_of(range_words(event->wounded, wounded)), columns[6].width, false), put_bytes(out, DL_STR(" "));
    put_cell(out, event->background ? DL_STR("earlier") : dl_str_of(dl_realis_name(event->realis)), columns[7].width, false);
    put_bytes(out, DL_STR(" "));
    put_cell(out, source_words(document, event->source), columns[8].width, true);
    put_bytes(out, DL_STR("\n"));
}

static void put_events(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    const dl_events *events = dl_document_events(document);
    column columns[COLUMN_COUNT];
    lay_out(columns, terminal_width());
    put_style(out, settings->colour, "\033[2m");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        put_cell(out, dl_str_of(columns[i].heading), columns[i].width, i == COLUMN_COUNT - 1);
        put_bytes(out, i == COLUMN_COUNT - 1 ? DL_STR("\n") : DL_STR(" "));
    }
    put_style(out, settings->colour, "\033[0m");
    dl_json_out scratch = {0};
    for (size_t i = 0; i < events->count; i++) put_event(document, &events->items[i], columns, out, &scratch);
    out->failed |= scratch.failed;
    dl_json_out_free(&scratch);
}

static void put_talks(const dl_document *document, dl_json_out *out)
{
    const dl_talks *talks = dl_document_talks(document);
    for (size_t i = 0; i < talks->count; i++) {
        const dl_talk *talk = &talks->items[i];
        char day[16], next[16];
        put_format(out, "talks");
        for (size_t p = 0; p < talk->party_count; p++)
            put_format(out, "%s%.*s", p ? ", " : " of ", (int)talk->parties[p].len, talk->parties[p].ptr);
        dl_str place = place_words(document, talk->place);
        if (talk->round) put_format(out, ", round %d", (int)talk->round);
        if (place.len) put_format(out, ", in %.*s", (int)place.len, place.ptr);
        if (talk->date.year) put_format(out, ", %s", dl_date_format(talk->date, day));
        if (talk->issue_count) put_format(out, "; %zu issues", talk->issue_count);
        if (talk->next_date.year) put_format(out, "; next %s", dl_date_format(talk->next_date, next));
        put_bytes(out, DL_STR("\n"));
    }
}

void table_document(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    put_heading(settings, document, out);
    if (dl_document_events(document)->count) put_events(settings, document, out);
    else put_bytes(out, DL_STR("no events\n"));
    put_talks(document, out);
    size_t said = dl_document_statements(document)->count;
    if (said) put_format(out, "%zu statement%s (dateline show prints them)\n", said, said == 1 ? "" : "s");
    for (size_t i = 0; i < dl_document_warning_count(document); i++) {
        dl_str warning = dl_document_warning(document, i);
        put_format(out, "warning: %.*s\n", (int)warning.len, warning.ptr);
    }
}
