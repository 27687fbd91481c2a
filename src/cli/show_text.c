/* show_text.c - the story with its fields marked, and under each paragraph what was read from it. */
#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"
#include "cli/layout.h"

/* One marked stretch of the text: V event trigger, K casualties, P place, T time, S speaker or cue, E name. */
typedef struct mark {
    uint32_t start, end;
    char letter;
    uint32_t index;
} mark;

typedef struct marks {
    mark *items;
    size_t count, capacity;
    bool failed;
} marks;

typedef struct shower {
    const cli_settings *settings;
    const dl_document *doc;
    dl_json_out *out;
    marks marks;
    size_t column, width;
} shower;

static void add_mark(marks *m, dl_span span, char letter, size_t index)
{
    if (m->count == m->capacity) {
        size_t capacity = m->capacity ? m->capacity * 2 : 64;
        mark *grown = realloc(m->items, capacity * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        m->items = grown;
        m->capacity = capacity;
    }
    m->items[m->count++] = (mark){span.start, span.end, letter, (uint32_t)index};
}

static int by_start(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1; /* the longer one opens first */
    if (x->letter != y->letter) return x->letter < y->letter ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void collect(shower *s)
{
    const dl_events *events = dl_document_events(s->doc);
    const dl_places *places = dl_document_places(s->doc);
    const dl_times *times = dl_document_times(s->doc);
    const dl_statements *said = dl_document_statements(s->doc);
    for (size_t i = 0; i < events->count; i++) {
        add_mark(&s->marks, events->items[i].trigger, 'V', i);
        for (size_t j = 0; j < events->items[i].casualty_span_count; j++)
            add_mark(&s->marks, events->items[i].casualty_spans[j], 'K', i);
    }
    for (size_t i = 0; i < places->count; i++) add_mark(&s->marks, places->items[i].span, 'P', i);
    for (size_t i = 0; i < times->count; i++) add_mark(&s->marks, times->items[i].span, 'T', i);
    for (size_t i = 0; i < said->count; i++)
        for (size_t j = 0; j < said->items[i].cue_count; j++) add_mark(&s->marks, said->items[i].cue[j], 'S', i);
    if (s->marks.count) qsort(s->marks.items, s->marks.count, sizeof *s->marks.items, by_start);
}

static const char *style(char letter)
{
    switch (letter) {
    case 'V': return "\033[1;31m";
    case 'K': return "\033[35m";
    case 'P': return "\033[32m";
    case 'T': return "\033[36m";
    default: return "\033[34m";
    }
}

/* Space or a new line before the next word. */
static void begin_word(shower *s, dl_str word)
{
    size_t wide = text_width(word);
    if (s->column + wide + 1 > s->width && s->column > 0) {
        put_bytes(s->out, DL_STR("\n"));
        s->column = 0;
    } else if (s->column) {
        put_bytes(s->out, DL_STR(" "));
        s->column++;
    }
    s->column += wide;
}

/* Marks inside the word at [from, to) of the text, written between its bytes. */
static void put_marked(shower *s, uint32_t from, uint32_t to, size_t *next, mark **open, size_t *open_count)
{
    dl_str text = dl_document_story(s->doc)->text;
    uint32_t at = from;
    while (at < to) {
        while (*next < s->marks.count && s->marks.items[*next].start <= at) {
            mark *m = &s->marks.items[(*next)++];
            if (m->start < at || *open_count == 16) continue;
            if (s->settings->colour) put_style(s->out, true, style(m->letter));
            else put_bytes(s->out, DL_STR("["));
            open[(*open_count)++] = m;
        }
        uint32_t stop = to;
        if (*next < s->marks.count && s->marks.items[*next].start < stop) stop = s->marks.items[*next].start;
        for (size_t i = 0; i < *open_count; i++)
            if (open[i]->end > at && open[i]->end < stop) stop = open[i]->end;
        put_cell(s->out, dl_str_slice(text, at, stop), SIZE_MAX / 2, true);
        at = stop;
        for (size_t i = *open_count; i-- > 0;) {
            if (open[i]->end > at) continue;
            if (s->settings->colour) put_bytes(s->out, DL_STR("\033[0m"));
            put_format(s->out, s->settings->colour ? "\033[2m%c%u\033[0m" : "|%c%u]", open[i]->letter, open[i]->index + 1);
            for (size_t j = i; j + 1 < *open_count; j++) open[j] = open[j + 1];
            (*open_count)--;
            if (s->settings->colour && *open_count) put_style(s->out, true, style(open[*open_count - 1]->letter));
        }
    }
}

static void put_paragraph(shower *s, const dl_block *block, size_t *next)
{
    dl_str text = dl_document_story(s->doc)->text;
    mark *open[16];
    size_t open_count = 0;
    s->column = 0;
    for (uint32_t at = block->span.start; at < block->span.end;) {
        while (at < block->span.end && dl_ascii_space((unsigned char)text.ptr[at])) at++;
        uint32_t end = at;
        while (end < block->span.end && !dl_ascii_space((unsigned char)text.ptr[end])) end++;
        if (end == at) break;
        begin_word(s, dl_str_slice(text, at, end));
        put_marked(s, at, end, next, open, &open_count);
        at = end;
    }
    if (s->settings->colour && open_count) put_bytes(s->out, DL_STR("\033[0m"));
    put_bytes(s->out, DL_STR("\n"));
}

static void put_why(const shower *s, dl_str why)
{
    if (s->settings->why && why.len) put_format(s->out, "       why: %.*s\n", (int)why.len, why.ptr);
}

static void put_toll(const shower *s, const char *name, dl_range range)
{
    char words[48];
    if (range.known) put_format(s->out, "; %s %s", name, range_words(range, words));
}

static void put_event(const shower *s, const dl_event *event, size_t index)
{
    char day[16], to[16];
    put_format(s->out, "    V%zu %s", index + 1, dl_event_type_name(event->type));
    if (event->mode.len) put_format(s->out, " %.*s", (int)event->mode.len, event->mode.ptr);
    put_bytes(s->out, DL_STR(": "));
    put_participants(s->out, event->actors, event->actor_count);
    if (event->recipient_count) {
        put_bytes(s->out, DL_STR(" -> "));
        put_participants(s->out, event->recipients, event->recipient_count);
    }
    dl_str place = place_words(s->doc, event->place), source = source_words(s->doc, event->source);
    if (place.len) put_format(s->out, "; in %.*s", (int)place.len, place.ptr);
    if (event->date.year) put_format(s->out, "; %s%s%s", dl_date_format(event->date, day), event->date_to.year ? " to " : "",
                                     event->date_to.year ? dl_date_format(event->date_to, to) : "");
    put_toll(s, "killed", event->killed), put_toll(s, "wounded", event->wounded);
    put_toll(s, "captured", event->captured), put_toll(s, "missing", event->missing);
    put_toll(s, "killed or wounded", event->killed_or_wounded);
    if (event->weapon.len) put_format(s->out, "; weapon %.*s", (int)event->weapon.len, event->weapon.ptr);
    if (event->site.len) put_format(s->out, "; site %.*s", (int)event->site.len, event->site.ptr);
    if (event->realis != DL_ACTUAL) put_format(s->out, "; %s", dl_realis_name(event->realis));
    if (event->background) put_bytes(s->out, DL_STR("; background"));
    if (source.len) put_format(s->out, "; says %.*s", (int)source.len, source.ptr);
    put_format(s->out, " (%.2f)\n", (double)event->confidence);
    put_why(s, event->why);
}

static void put_statement(const shower *s, const dl_statement *said, size_t index)
{
    static const char *const kinds[] = {"direct", "indirect", "mixed"};
    dl_str text = dl_document_story(s->doc)->text, who = source_words(s->doc, (uint32_t)index);
    put_format(s->out, "    S%zu %s", index + 1, kinds[said->kind]);
    if (!said->named) put_bytes(s->out, DL_STR(", unnamed"));
    put_format(s->out, ": %.*s", who.len ? (int)who.len : 1, who.len ? who.ptr : "?");
    if (said->role.len) put_format(s->out, ", %.*s", (int)said->role.len, said->role.ptr);
    if (said->channel.len) put_format(s->out, ", on %.*s", (int)said->channel.len, said->channel.ptr);
    put_bytes(s->out, DL_STR(": \""));
    if (said->content_count) put_cell(s->out, dl_span_str(text, said->content[0]), 70, true);
    put_bytes(s->out, DL_STR("\"\n"));
    put_why(s, said->why);
}

static void put_place(const shower *s, const dl_place *place, size_t index)
{
    if (!s->settings->why) return;
    put_format(s->out, "    P%zu %.*s", index + 1, (int)place->name.len, place->name.ptr);
    if (place->resolved) put_format(s->out, " %.4f,%.4f %.*s", place->lat, place->lon, (int)place->country.len, place->country.len ? place->country.ptr : "");
    put_bytes(s->out, DL_STR("\n"));
    put_why(s, place->why);
}

static bool within(uint32_t at, dl_span span)
{
    return at >= span.start && at < span.end;
}

static void put_found(const shower *s, dl_span block)
{
    const dl_events *events = dl_document_events(s->doc);
    const dl_statements *said = dl_document_statements(s->doc);
    const dl_places *places = dl_document_places(s->doc);
    for (size_t i = 0; i < events->count; i++)
        if (within(events->items[i].trigger.start, block)) put_event(s, &events->items[i], i);
    for (size_t i = 0; i < said->count; i++)
        if (said->items[i].content_count && within(said->items[i].content[0].start, block)) put_statement(s, &said->items[i], i);
    for (size_t i = 0; i < places->count; i++)
        if (within(places->items[i].span.start, block)) put_place(s, &places->items[i], i);
}

static void put_list(const shower *s, const char *name, const dl_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_format(s->out, "%s%.*s", i ? ", " : name, (int)items[i].len, items[i].ptr);
}

static void put_talk(const shower *s, const dl_talk *talk, size_t index)
{
    static const char *const states[] = {"open", "agreed", "rejected", "proposed"};
    dl_str text = dl_document_story(s->doc)->text, place = place_words(s->doc, talk->place);
    const dl_names *names = dl_document_names(s->doc);
    char day[16];
    put_format(s->out, "N%zu talks", index + 1);
    put_list(s, " of ", talk->parties, talk->party_count);
    if (talk->round) put_format(s->out, ", round %d", (int)talk->round);
    if (place.len) put_format(s->out, ", in %.*s", (int)place.len, place.ptr);
    if (talk->date.year) put_format(s->out, ", %s", dl_date_format(talk->date, day));
    put_list(s, "; mediated by ", talk->mediators, talk->mediator_count);
    for (size_t i = 0; i < talk->delegate_count; i++) {
        dl_str name = names->entities[talk->delegates[i]].name;
        put_format(s->out, "%s%.*s", i ? ", " : "; delegates ", (int)name.len, name.ptr);
    }
    if (talk->outcome.len) put_format(s->out, "; outcome: %.*s", (int)talk->outcome.len, talk->outcome.ptr);
    if (talk->next_span.end > talk->next_span.start) {
        dl_str next_place = place_words(s->doc, talk->next_place);
        put_format(s->out, "; next %s %.*s", talk->next_date.year ? dl_date_format(talk->next_date, day) : "round", (int)next_place.len, next_place.ptr);
    }
    put_bytes(s->out, DL_STR("\n"));
    for (size_t i = 0; i < talk->issue_count; i++) {
        put_format(s->out, "    %-9s %.*s: \"", states[talk->issues[i].status], (int)talk->issues[i].topic.len, talk->issues[i].topic.ptr);
        put_cell(s->out, dl_span_str(text, talk->issues[i].span), 70, true);
        put_bytes(s->out, DL_STR("\"\n"));
    }
}

static void put_entities(const shower *s)
{
    const dl_names *names = dl_document_names(s->doc);
    for (size_t i = 0; i < names->entity_count; i++) {
        const dl_entity *entity = &names->entities[i];
        put_format(s->out, "E%zu %s %.*s", i + 1, dl_name_type_name(entity->type), (int)entity->name.len, entity->name.ptr);
        if (entity->role.len) put_format(s->out, ", %.*s", (int)entity->role.len, entity->role.ptr);
        if (entity->code.len) put_format(s->out, " [%.*s]", (int)entity->code.len, entity->code.ptr);
        put_bytes(s->out, DL_STR("\n"));
    }
}

void show_document(const cli_settings *settings, const dl_document *document, dl_json_out *out)
{
    shower s = {.settings = settings, .doc = document, .out = out, .width = (size_t)terminal_width()};
    if (s.width > 110) s.width = 110;
    const dl_story *story = dl_document_story(document);
    const dl_talks *talks = dl_document_talks(document);
    char day[16];
    collect(&s);
    put_style(out, settings->colour, "\033[1m");
    put_cell(out, story->title.len ? story->title : dl_document_id(document), 200, true);
    put_style(out, settings->colour, "\033[0m");
    put_format(out, "\n%s%s\n\n", story->published.year ? "published " : "no date of publication",
               dl_date_format(story->published, day));
    size_t next = 0;
    for (size_t i = 0; i < story->block_count; i++) {
        put_paragraph(&s, &story->blocks[i], &next);
        put_found(&s, story->blocks[i].span);
        put_bytes(out, DL_STR("\n"));
    }
    for (size_t i = 0; i < talks->count; i++) put_talk(&s, &talks->items[i], i);
    put_entities(&s);
    out->failed |= s.marks.failed;
    free(s.marks.items);
}
