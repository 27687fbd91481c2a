/* derive.c - what a document's current reading says, as rows of the derived tables.
 *
 * Only what a record's JSON tells may enter a row: then a row is the same whether it comes from a page just read or from the log. */
#include "store/derive.h"

#include "base/date.h"
#include "base/error.h"
#include "store/card.h"
#include "store/stories.h"
#include "store/talk_card.h"

typedef struct deriver {
    row_sink *sink;
    const store_reading *reading;
    const dl_document *doc;
    dl_arena *arena;
    cell document;
    int64_t *locations; /* of each place, 0 for a rejected one */
} deriver;

#define PUT(d, table, ...)                                                                                        \
    rows_put((d)->sink, (table), (const cell[]){(d)->document, __VA_ARGS__}, sizeof((const cell[]){(d)->document, __VA_ARGS__}) / sizeof(cell))

static cell id_or_null(int64_t id) { return id ? cell_int(id) : cell_null(); }
static cell start_of(const deriver *d, dl_span span) { return cell_int(dl_document_codepoint(d->doc, span.start)); }
static cell stop_of(const deriver *d, dl_span span) { return cell_int(dl_document_codepoint(d->doc, span.end)); }

static cell confidence(float value)
{
    return cell_real(rows_confidence(value));
}

static cell day(const deriver *d, dl_date date)
{
    char text[16];
    if (!date.year) return cell_null();
    dl_str copy = dl_arena_str(d->arena, dl_str_of(dl_date_format(date, text)));
    if (!copy.ptr && d->sink->status == DL_OK) d->sink->status = dl_fail_memory(d->sink->err);
    return cell_text(copy);
}

static bool rejected(const deriver *d, unsigned layer, size_t item)
{
    return d->reading->edit_count && store_rejected(d->reading, layer, item);
}

static cell location(const deriver *d, uint32_t place)
{
    return place < d->doc->places.count ? id_or_null(d->locations[place]) : cell_null();
}

static void put_page(const deriver *d)
{
    static const char *const access[] = {"unknown", "full", "truncated", "blocked"};
    const dl_story *story = &d->doc->story;
    PUT(d, TABLE_PAGES, cell_int(d->reading->id), cell_text(story->url), cell_text(story->site), cell_text(story->title),
        cell_text(story->language), cell_text(story->section), day(d, story->published), day(d, story->modified),
        cell_text(dl_str_of(access[story->access])), cell_int(d->reading->first_seen), cell_int(d->reading->changed),
        cell_int((int64_t)d->reading->edit_count));
}

static void put_sentences(const deriver *d)
{
    const dl_text *text = &d->doc->text;
    for (size_t i = 0; i < text->sentence_count && i < TITLE_NUMBER; i++) {
        dl_span span = text->sentences[i].span;
        PUT(d, TABLE_SENTENCES, cell_int((int64_t)i), start_of(d, span), stop_of(d, span));
        rows_words(d->sink, d->document.number, i, dl_span_str(d->doc->story.text, span));
    }
    rows_words(d->sink, d->document.number, TITLE_NUMBER, d->doc->story.title);
}

static void put_entities(const deriver *d)
{
    const dl_names *names = &d->doc->names;
    const uint32_t *first = store_first_mentions(d->arena, d->doc);
    if (!first && d->sink->status == DL_OK) d->sink->status = dl_fail_memory(d->sink->err);
    for (size_t i = 0; i < names->entity_count && d->sink->status == DL_OK; i++) {
        const dl_entity *entity = &names->entities[i];
        if (rejected(d, DL_LAYER_ENTITIES, i)) continue;
        dl_span span = first[i] == DL_NONE ? (dl_span){0} : names->mentions[first[i]].span;
        PUT(d, TABLE_ENTITIES, cell_int((int64_t)i + 1), cell_text(dl_str_of(dl_name_type_name(entity->type))),
            cell_text(entity->name.ptr ? entity->name : DL_STR("")), cell_text(entity->code), cell_text(entity->role), cell_text(entity->side), start_of(d, span),
            stop_of(d, span), confidence(entity->confidence));
    }
}

static void put_places(deriver *d)
{
    const dl_places *places = &d->doc->places;
    d->locations = DL_NEW_ARRAY(d->arena, int64_t, places->count + 1);
    if (!d->locations && d->sink->status == DL_OK) d->sink->status = dl_fail_memory(d->sink->err);
    for (size_t i = 0; i < places->count && d->sink->status == DL_OK; i++) {
        const dl_place *place = &places->items[i];
        if (rejected(d, DL_LAYER_PLACES, i)) continue;
        d->locations[i] = rows_location(d->sink, place);
        PUT(d, TABLE_PLACES, cell_int((int64_t)i + 1), cell_int(d->locations[i]), start_of(d, place->span), stop_of(d, place->span),
            confidence(place->confidence));
    }
}

/* Number of the sentence that holds a byte; NULL where no sentence does. */
static cell sentence_at(const deriver *d, uint32_t at)
{
    const dl_text *text = &d->doc->text;
    size_t low = 0, high = text->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->sentences[middle].span.end <= at) low = middle + 1;
        else high = middle;
    }
    return low < text->sentence_count && text->sentences[low].span.start <= at ? cell_int((int64_t)low) : cell_null();
}

static void put_statements(const deriver *d)
{
    static const char *const kinds[] = {"direct", "indirect", "mixed"};
    const dl_statements *statements = &d->doc->statements;
    for (size_t i = 0; i < statements->count; i++) {
        const dl_statement *said = &statements->items[i];
        if (rejected(d, DL_LAYER_STATEMENTS, i)) continue;
        dl_party speaker = store_speaker(d->doc, (uint32_t)i);
        PUT(d, TABLE_STATEMENTS, cell_int((int64_t)i + 1), cell_text(dl_str_of(kinds[said->kind])), cell_int(said->named),
            speaker.name.ptr ? cell_int(rows_actor(d->sink, speaker.name, speaker.code)) : cell_null(), cell_text(said->role),
            cell_text(said->channel), sentence_at(d, (said->cue_count ? said->cue : said->content)->start), start_of(d, said->content[0]),
            stop_of(d, said->content[0]), confidence(said->confidence));
    }
}

static void put_participants(const deriver *d, int64_t event, int role, const dl_participant *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const dl_participant *one = &items[i];
        PUT(d, TABLE_PARTICIPANTS, cell_int(event), cell_int(role), cell_int((int64_t)i),
            cell_int(rows_actor(d->sink, one->name.ptr ? one->name : DL_STR(""), one->code)),
            one->entity == DL_NONE ? cell_null() : cell_int((int64_t)one->entity + 1), cell_int(one->inherited), start_of(d, one->span),
            stop_of(d, one->span));
    }
}

static void put_casualties(const deriver *d, int64_t item, const dl_event *event)
{
    const struct {
        const char *harm;
        const dl_range *range;
    } all[] = {{"captured", &event->captured}, {"killed", &event->killed}, {"killed_or_wounded", &event->killed_or_wounded},
               {"missing", &event->missing}, {"wounded", &event->wounded}}; /* in the order of the key */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].range->known)
            PUT(d, TABLE_CASUALTIES, cell_int(item), cell_text(dl_str_of(all[i].harm)), cell_int(all[i].range->min),
                all[i].range->open ? cell_null() : cell_int(all[i].range->max));
}

static void put_events(const deriver *d)
{
    const dl_events *events = &d->doc->events;
    for (size_t i = 0; i < events->count && d->sink->status == DL_OK; i++) {
        const dl_event *event = &events->items[i];
        int64_t item = (int64_t)i + 1;
        if (rejected(d, DL_LAYER_EVENTS, i)) continue;
        bool sourced = event->source < d->doc->statements.count && !rejected(d, DL_LAYER_STATEMENTS, event->source);
        PUT(d, TABLE_EVENTS, cell_int(item), cell_text(dl_str_of(dl_event_type_name(event->type))), cell_text(event->mode),
            cell_text(event->cameo), cell_text(dl_str_of(dl_realis_name(event->realis))), cell_int(event->background), day(d, event->date),
            day(d, event->date_to), cell_int(event->date.year && event->date_from_published), location(d, event->place),
            sourced ? cell_int((int64_t)event->source + 1) : cell_null(), cell_text(event->weapon), cell_text(event->site),
            cell_int(event->sentence), start_of(d, event->trigger), stop_of(d, event->trigger), confidence(event->confidence));
        put_participants(d, item, 0, event->actors, event->actor_count);
        put_participants(d, item, 1, event->recipients, event->recipient_count);
        put_casualties(d, item, event);
    }
}

static void put_names(const deriver *d, int64_t talk, int role, const dl_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        PUT(d, TABLE_PARTIES, cell_int(talk), cell_int(role), cell_int((int64_t)i), cell_text(names[i]));
}

static void put_delegates(const deriver *d, int64_t item, const dl_talk *talk)
{
    for (size_t i = 0; i < talk->delegate_count; i++)
        if (talk->delegates[i] < d->doc->names.entity_count)
            PUT(d, TABLE_PARTIES, cell_int(item), cell_int(2), cell_int((int64_t)i), cell_text(d->doc->names.entities[talk->delegates[i]].name));
}

static void put_talk(const deriver *d, int64_t item, const dl_talk *talk)
{
    bool next = talk->next_span.end > talk->next_span.start;
    PUT(d, TABLE_TALKS, cell_int(item), day(d, d->doc->story.published), id_or_null(talk->round), day(d, talk->date), day(d, talk->date_to), location(d, talk->place),
        next ? day(d, talk->next_date) : cell_null(), next ? location(d, talk->next_place) : cell_null(),
        next ? start_of(d, talk->next_span) : cell_null(), next ? stop_of(d, talk->next_span) : cell_null(), cell_text(talk->outcome),
        cell_int(talk->sentence), start_of(d, talk->span), stop_of(d, talk->span), confidence(talk->confidence));
    put_names(d, item, 0, talk->parties, talk->party_count);
    put_names(d, item, 1, talk->mediators, talk->mediator_count);
    put_delegates(d, item, talk);
    for (size_t i = 0; i < talk->issue_count; i++) {
        const dl_issue *issue = &talk->issues[i];
        PUT(d, TABLE_ISSUES, cell_int(item), cell_int((int64_t)i), cell_text(issue->topic.ptr ? issue->topic : DL_STR("")),
            cell_text(rows_issue_status(issue->status)), start_of(d, issue->span), stop_of(d, issue->span));
    }
}

static cell card_cell(const deriver *d, dl_str bytes)
{
    if (!bytes.ptr && d->sink->status == DL_OK) d->sink->status = dl_fail_memory(d->sink->err);
    return cell_blob(bytes);
}

static void put_cards(const deriver *d)
{
    cell events = card_cell(d, store_card(d->arena, d->reading, d->locations));
    PUT(d, TABLE_CARDS, events);
    for (size_t i = 0; i < d->doc->talks.count; i++) {
        if (rejected(d, DL_LAYER_TALKS, i)) continue;
        cell talk = card_cell(d, store_talk_card(d->arena, d->reading, d->locations, i));
        PUT(d, TABLE_TALK_CARDS, cell_int((int64_t)i + 1), talk);
    }
}

void store_rows(row_sink *sink, const store_reading *reading)
{
    deriver d = {sink, reading, reading->doc, &sink->store->arena, cell_int(reading->document), NULL};
    sink->document = reading->doc->id;
    rows_begin(sink, reading->document);
    put_page(&d);
    put_sentences(&d);
    put_entities(&d);
    put_places(&d);
    if (sink->status != DL_OK) return;
    put_statements(&d);
    put_events(&d);
    for (size_t i = 0; i < d.doc->talks.count; i++)
        if (!rejected(&d, DL_LAYER_TALKS, i)) put_talk(&d, (int64_t)i + 1, &d.doc->talks.items[i]);
    put_cards(&d);
    rows_end(sink);
}

dl_status store_insert_rows(dl_store *store, const store_reading *reading, dl_error *err)
{
    row_sink sink = {.store = store, .err = err};
    store_rows(&sink, reading);
    return sink.status == DL_OK ? store_place(store, reading->document, reading->doc, err) : sink.status;
}

dl_status store_derive(dl_store *store, int64_t document, dl_error *err)
{
    int64_t current;
    store_reading reading = {0};
    dl_status status = store_displace(store, document, err);
    if (status == DL_OK) status = rows_drop(store, document, err);
    if (status == DL_OK) status = store_current(store, document, &current, err);
    if (status != DL_OK || !current) return status;
    status = store_load(store, current, true, &reading, err);
    if (status == DL_OK) status = store_insert_rows(store, &reading, err);
    store_reading_free(&reading);
    return status;
}
