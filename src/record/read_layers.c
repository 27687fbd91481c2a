/* read_layers.c - entities, places, times and statements back from JSON. */
#include <stdlib.h>

#include "record/read.h"
#include "record/write.h"

/* ---- entities ---- */

typedef struct found {
    dl_mention mention;
    size_t number;
} found;

static int by_place(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->mention.span.start != y->mention.span.start) return x->mention.span.start < y->mention.span.start ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static size_t count_mentions(const dl_json *list)
{
    size_t count = 0;
    for (const dl_json *item = list->first; item; item = item->next) {
        const dl_json *mentions = dl_json_get(item, "mentions");
        if (mentions && mentions->kind == DL_JSON_ARRAY) count += mentions->count;
    }
    return count;
}

static size_t read_mentions(reader *r, const dl_json *entity, uint32_t index, found *to, size_t number)
{
    const dl_json *list = read_needed(r, entity, "mentions", DL_JSON_ARRAY);
    if (list && !list->count) read_fault(r, list, "an entity without a mention");
    if (!list) return number;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next, number++) {
        dl_mention mention = {.span = read_span_of(r, item, "span"), .head = DL_NONE, .entity = index};
        mention.kind = (dl_mention_kind)read_word(r, item, "kind", mention_words);
        to[number] = (found){mention, number};
    }
    return number;
}

static void read_entity(reader *r, const dl_json *item, dl_entity *entity)
{
    static const char *const types[] = {"", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", NULL};
    entity->type = (dl_name_type)read_word(r, item, "type", types);
    entity->name = read_text(r, item, "name");
    entity->role = read_text(r, item, "role");
    entity->side = read_text(r, item, "side");
    entity->code = read_text(r, item, "code");
    entity->confidence = read_confidence(r, item);
    entity->head_mention = DL_NONE;
    if (!entity->name.len) read_fault(r, item, "an entity without a name");
}

/* The record lists mentions by entity; the document keeps them in the order of the text. */
static void keep_mentions(reader *r, found *all, size_t count)
{
    dl_names *names = &r->doc->names;
    names->mentions = read_array(r, count, sizeof *names->mentions);
    if (!names->mentions) return;
    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        dl_entity *entity = &names->entities[all[i].mention.entity];
        names->mentions[i] = all[i].mention;
        bool better = entity->head_mention == DL_NONE || (names->mentions[entity->head_mention].kind != DL_MENTION_NAME &&
                                                          all[i].mention.kind == DL_MENTION_NAME);
        if (better) entity->head_mention = (uint32_t)i;
    }
    names->mention_count = count;
}

void read_entities(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "entities", DL_JSON_ARRAY);
    dl_names *names = &r->doc->names;
    if (!list || !list->count) return;
    found *all = read_array(r, count_mentions(list), sizeof *all);
    names->entities = read_array(r, list->count, sizeof *names->entities);
    size_t count = 0;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next) {
        uint32_t index = (uint32_t)names->entity_count++;
        read_entity(r, item, &names->entities[index]);
        count = read_mentions(r, item, index, all, count);
    }
    if (r->status == DL_OK) keep_mentions(r, all, count);
}

/* ---- places ---- */

static void read_place(reader *r, const dl_json *item, dl_place *place)
{
    bool has_lat, has_lon;
    const dl_json *number = read_member(r, item, "geonameid", DL_JSON_NUMBER);
    place->span = read_span_of(r, item, "span");
    place->name = read_text(r, item, "name");
    place->geonameid = number ? read_integer(r, number) : 0;
    place->gazetteer_id = read_text(r, item, "gazetteer_id");
    place->lat = read_real(r, item, "lat", &has_lat);
    place->lon = read_real(r, item, "lon", &has_lon);
    place->resolved = has_lat && has_lon;
    if (has_lat != has_lon || !(place->lat >= -90 && place->lat <= 90 && place->lon >= -180 && place->lon <= 180))
        read_fault(r, item, "a place on no map");
    place->country = read_text(r, item, "country");
    place->admin1 = read_text(r, item, "admin1");
    place->feature = read_text(r, item, "feature");
    place->precision = (dl_precision)read_word(r, item, "precision", precision_words);
    place->entity = read_ref(r, item, "entity", 'E', r->doc->names.entity_count);
    place->nearby = read_text(r, item, "from").ptr != NULL;
    place->confidence = read_confidence(r, item);
    place->why = read_text(r, item, "why");
}

void read_places(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "places", DL_JSON_ARRAY);
    dl_places *places = &r->doc->places;
    places->items = list ? read_array(r, list->count, sizeof *places->items) : NULL;
    if (!places->items) return;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next)
        read_place(r, item, &places->items[places->count++]);
}

/* ---- times ---- */

static void read_time(reader *r, const dl_json *item, dl_time *time)
{
    time->span = read_span_of(r, item, "span");
    time->type = (dl_time_type)read_word(r, item, "type", time_words);
    time->value = read_text(r, item, "value");
    time->mod = read_text(r, item, "mod");
    time->confidence = read_confidence(r, item);
    if (!time->value.len) read_fault(r, item, "a time without a value");
}

void read_times(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "times", DL_JSON_ARRAY);
    dl_times *times = &r->doc->times;
    times->items = list ? read_array(r, list->count, sizeof *times->items) : NULL;
    if (!times->items) return;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next)
        read_time(r, item, &times->items[times->count++]);
}

/* ---- statements ---- */

/* The index of the sentence that holds byte `at`; 0 where none does. */
static uint32_t sentence_at(const dl_text *text, uint32_t at)
{
    size_t low = 0, high = text->sentence_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->sentences[middle].span.start <= at) low = middle;
        else high = middle;
    }
    return (uint32_t)low;
}

static void read_statement(reader *r, const dl_json *item, dl_statement *said)
{
    said->content = read_spans(r, item, "content", &said->content_count);
    said->cue = read_spans(r, item, "cue", &said->cue_count);
    said->speaker = read_spans(r, item, "speaker", &said->speaker_count);
    said->entity = read_ref(r, item, "entity", 'E', r->doc->names.entity_count);
    said->named = read_bool(r, item, "named");
    said->role = read_text(r, item, "role");
    said->channel = read_text(r, item, "channel");
    said->kind = (dl_statement_kind)read_word(r, item, "kind", statement_words);
    said->time = read_ref(r, item, "time", 'T', r->doc->times.count);
    said->confidence = read_confidence(r, item);
    said->why = read_text(r, item, "why");
    said->cue_token = DL_NONE;
    if (!said->content_count) read_fault(r, item, "a statement without content");
    else if (r->status == DL_OK) said->sentence = sentence_at(&r->doc->text, (said->cue_count ? said->cue : said->content)->start);
}

void read_statements(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "statements", DL_JSON_ARRAY);
    dl_statements *statements = &r->doc->statements;
    statements->items = list ? read_array(r, list->count, sizeof *statements->items) : NULL;
    if (!statements->items) return;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next)
        read_statement(r, item, &statements->items[statements->count++]);
}
