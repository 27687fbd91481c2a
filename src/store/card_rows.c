/* card_rows.c - the rows of a document's events, from its current reading, as its card. */
#include "base/error.h"
#include "store/card.h"
#include "store/rows.h"

typedef struct teller {
    dl_arena *arena;
    const store_reading *reading;
    const dl_document *doc;
    const int64_t *locations;
    card_sentence *sentences; /* that events stand in, in the order of the text */
    size_t sentence_count;
    bool failed;
} teller;

static dl_span in_code_points(const teller *t, dl_span span)
{
    return (dl_span){dl_document_codepoint(t->doc, span.start), dl_document_codepoint(t->doc, span.end)};
}

static bool is_told(const teller *t, size_t event)
{
    uint32_t sentence = t->doc->events.items[event].sentence;
    return sentence < t->doc->text.sentence_count && sentence < TITLE_NUMBER && !store_rejected(t->reading, DL_LAYER_EVENTS, event);
}

/* ---- sentences ---- */

static void take_sentences(teller *t)
{
    const dl_text *text = &t->doc->text;
    bool *told = DL_NEW_ARRAY(t->arena, bool, text->sentence_count + 1);
    size_t count = 0;
    for (size_t i = 0; told && i < t->doc->events.count; i++) {
        if (!is_told(t, i) || told[t->doc->events.items[i].sentence]) continue;
        told[t->doc->events.items[i].sentence] = true;
        count++;
    }
    t->sentences = DL_NEW_ARRAY(t->arena, card_sentence, count + 1);
    t->failed = !told || !t->sentences;
    for (size_t i = 0; !t->failed && i < text->sentence_count; i++)
        if (told[i]) t->sentences[t->sentence_count++] = (card_sentence){(uint32_t)i, in_code_points(t, text->sentences[i].span), dl_span_str(t->doc->story.text, text->sentences[i].span)};
}

static size_t sentence_of(const teller *t, uint32_t number)
{
    size_t low = 0, high = t->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->sentences[middle].number < number) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* ---- an event ---- */

static dl_str known(dl_str text)
{
    return text.len ? text : (dl_str){0};
}

static const dl_party *parties_of(teller *t, const dl_participant *from, size_t count)
{
    dl_party *parties = DL_NEW_ARRAY(t->arena, dl_party, count + 1);
    t->failed = t->failed || !parties;
    for (size_t i = 0; parties && i < count; i++) parties[i] = (dl_party){from[i].name.ptr ? from[i].name : DL_STR(""), known(from[i].code)};
    return parties;
}

static void take_place(const teller *t, uint32_t index, dl_row *row)
{
    if (index >= t->doc->places.count || !t->locations[index]) return;
    const dl_place *place = &t->doc->places.items[index];
    row->location = t->locations[index];
    row->place = place->name.ptr ? place->name : DL_STR(""), row->country = place->country, row->admin1 = place->admin1;
    row->geonameid = place->geonameid;
    row->precision = rows_precision(place);
    row->located = place->resolved;
    if (place->resolved) row->lat = rows_real(place->lat, 5), row->lon = rows_real(place->lon, 5);
}

static dl_range closed(dl_range range)
{
    if (!range.known) return (dl_range){0};
    if (range.open) range.max = 0;
    return range;
}

static void take_ranges(const dl_event *event, dl_row *row)
{
    row->killed = closed(event->killed), row->wounded = closed(event->wounded), row->captured = closed(event->captured);
    row->missing = closed(event->missing), row->killed_or_wounded = closed(event->killed_or_wounded);
}

static void take_source(const teller *t, uint32_t statement, dl_row *row)
{
    if (statement >= t->doc->statements.count || store_rejected(t->reading, DL_LAYER_STATEMENTS, statement)) return;
    dl_party speaker = store_speaker(t->doc, statement);
    if (speaker.name.ptr) row->source = (dl_party){speaker.name, known(speaker.code)};
}

static void take_event(teller *t, size_t index, dl_row *row)
{
    const dl_event *event = &t->doc->events.items[index];
    *row = (dl_row){.item = (uint32_t)index, .type = event->type, .realis = event->realis, .background = event->background, .mode = event->mode,
                    .cameo = event->cameo, .weapon = event->weapon, .critical_site = event->site, .span = in_code_points(t, event->trigger),
                    .date = event->date, .date_to = event->date_to, .date_from_published = event->date.year && event->date_from_published,
                    .actor_count = event->actor_count, .recipient_count = event->recipient_count, .confidence = rows_confidence(event->confidence)};
    row->actors = parties_of(t, event->actors, event->actor_count);
    row->recipients = parties_of(t, event->recipients, event->recipient_count);
    take_place(t, event->place, row);
    take_ranges(event, row);
    take_source(t, event->source, row);
}

dl_str store_card(dl_arena *arena, const store_reading *reading, const int64_t *locations)
{
    teller t = {.arena = arena, .reading = reading, .doc = reading->doc, .locations = locations};
    const dl_story *story = &t.doc->story;
    byte_writer w = {.arena = arena};
    dl_row page = {.document = t.doc->id, .url = story->url, .site = story->site, .title = story->title, .published = story->published, .seen = reading->changed};
    take_sentences(&t);
    if (!t.failed) card_begin(&w, &page, t.sentences, t.sentence_count);
    for (size_t i = 0; i < t.doc->events.count && !t.failed && !w.failed; i++) {
        dl_row row;
        if (!is_told(&t, i)) continue;
        take_event(&t, i, &row);
        if (!t.failed) card_put(&w, &row, sentence_of(&t, t.doc->events.items[i].sentence));
    }
    return t.failed ? (dl_str){0} : bytes_written(&w);
}
