/* places.c - toponyms of a page: opens the room's data, runs its parts, writes the layer. */
#include "places/places.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "places/internal.h"

/* ---- data ---- */

static uint32_t class_bit(dl_str class, dl_str level)
{
    static const struct { const char *name; uint32_t bit; } classes[] = {
        {"preposition", CLASS_PREPOSITION}, {"title", CLASS_TITLE},       {"speech", CLASS_SPEECH},
        {"organisation", CLASS_ORGANISATION}, {"street", CLASS_STREET},   {"facility", CLASS_FACILITY},
        {"kind", CLASS_KIND},               {"direction", CLASS_DIRECTION}, {"calendar", CLASS_CALENDAR},
        {"article", CLASS_ARTICLE},         {"verb", CLASS_VERB},         {"given", CLASS_GIVEN},
        {"common", CLASS_COMMON},           {"function", CLASS_FUNCTION}, {"person", CLASS_PERSON},
        {"locale", CLASS_LOCALE},           {"public", CLASS_PUBLIC},
        {"joiner", CLASS_JOINER},           {"party", CLASS_PARTY},
    };
    static const struct { const char *name; uint32_t bit; } levels[] = {
        {"admin1", CLASS_KIND_ADMIN1}, {"admin2", CLASS_KIND_ADMIN2}, {"city", CLASS_KIND_CITY}, {"nature", CLASS_KIND_NATURE},
    };
    uint32_t bits = 0;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (dl_str_is(class, classes[i].name)) bits |= classes[i].bit;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (dl_str_is(level, levels[i].name)) bits |= levels[i].bit;
    return bits;
}

static void add_class(dl_places_data *data, dl_str form, uint32_t bits)
{
    if (!form.len) return;
    class_slot *slot = places_class_slot(data, form, dl_hash(form.ptr, form.len, 0));
    slot->form = form;
    slot->classes |= bits;
    data->class_tags[slot - data->class_slots] = 1;
}

static dl_status read_words(dl_places_data *data, dl_error *err)
{
    dl_status status = dl_lexicon_table(data->lexicon, "places/words", &data->words, err);
    if (status != DL_OK) return status;
    size_t rows = dl_table_rows(data->words), size = 64;
    int class = dl_table_column(data->words, "class"), level = dl_table_column(data->words, "level");
    while (size < 4 * (rows + 1)) size *= 2;
    data->class_mask = size - 1;
    data->class_slots = calloc(size, sizeof *data->class_slots);
    data->class_tags = calloc(size, 1);
    if (!data->class_slots || !data->class_tags) return dl_fail_memory(err);
    for (size_t i = 0; i < rows; i++) {
        uint32_t bits = class_bit(dl_table_cell(data->words, i, class), dl_table_cell(data->words, i, level));
        if (!bits) return dl_fail(err, DL_BAD_DATA, "places/words", i, "row %zu has a class that does not exist", i);
        add_class(data, dl_table_cell(data->words, i, 0), bits);
    }
    add_class(data, DL_STR("of"), CLASS_OF);
    return DL_OK;
}

dl_status dl_places_open(dl_places_data **out, const dl_lexicon *lexicon, const char *gazetteer_path,
                         const char *overlay_path, dl_error *err)
{
    *out = NULL;
    dl_places_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    data->lexicon = lexicon;
    dl_status status = read_words(data, err);
    if (status == DL_OK) status = dl_weights_read(&data->weights, lexicon, err);
    if (status == DL_OK) status = dl_gazetteer_open(&data->gazetteer, gazetteer_path, false, err);
    if (status == DL_OK && overlay_path) status = dl_overlay_open(&data->overlay, overlay_path, err);
    if (status != DL_OK) {
        dl_places_close(data);
        return status;
    }
    *out = data;
    return DL_OK;
}

void dl_places_close(dl_places_data *data)
{
    if (!data) return;
    dl_overlay_close(data->overlay);
    dl_gazetteer_close(data->gazetteer);
    free(data->class_slots);
    free(data->class_tags);
    free(data);
}

/* ---- the layer ---- */

static dl_precision precision_of(const candidate *c, bool approximate)
{
    switch (c->level) {
    case DL_LEVEL_REGION: return DL_PRECISION_REGION;
    case DL_LEVEL_COUNTRY: return DL_PRECISION_COUNTRY;
    case DL_LEVEL_ADMIN1: return DL_PRECISION_ADMIN1;
    case DL_LEVEL_ADMIN2: return approximate ? DL_PRECISION_ADMIN1 : DL_PRECISION_ADMIN2;
    case DL_LEVEL_CITY: case DL_LEVEL_DISTRICT: return DL_PRECISION_CITY;
    case DL_LEVEL_NATURE: return DL_PRECISION_REGION;
    default: return DL_PRECISION_EXACT;
    }
}

static void set_own(const dl_places_data *data, const candidate *c, dl_place *out)
{
    const dl_overlay_place *at = dl_overlay_place_at(data->overlay, c->place);
    out->name = at->name;
    if (at->id.len) out->gazetteer_id = at->id;
    if (at->country.len) out->country = at->country;
    if (at->feature.len) out->feature = at->feature;
    out->precision = DL_PRECISION_EXACT;
}

static void set_place(const dl_places_data *data, const candidate *c, dl_place *out)
{
    dl_location at = dl_gazetteer_place(data->gazetteer, c->place);
    out->name = at.name;
    out->geonameid = at.geonameid;
    if (at.own_id.len) out->gazetteer_id = at.own_id;
    if (at.country.len) out->country = at.country;
    if (at.admin1.len && !dl_str_is(at.admin1, "00")) out->admin1 = at.admin1;
    if (at.feature.len) out->feature = at.feature;
    out->precision = precision_of(c, at.approximate);
}

/* First token that ends behind `byte`. */
static size_t token_at(const dl_text *text, uint32_t byte)
{
    size_t low = 0, high = text->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text->tokens[middle].span.end <= byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void set_tokens(const dl_text *text, dl_place *out)
{
    size_t first = token_at(text, out->span.start), end = first;
    while (end < text->token_count && text->tokens[end].span.start < out->span.end) end++;
    out->first = (uint32_t)first;
    out->count = (uint32_t)(end - first);
}

/* The entity that has a mention of just this span, the last where several have; DL_NONE: none. */
static uint32_t entity_at(const dl_names *names, dl_span span)
{
    uint32_t entity = DL_NONE;
    size_t low = 0, high = names->mention_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (names->mentions[middle].span.end <= span.start) low = middle + 1;
        else high = middle;
    }
    for (size_t i = low; i < names->mention_count && names->mentions[i].span.start <= span.start; i++)
        if (names->mentions[i].span.start == span.start && names->mentions[i].span.end == span.end) entity = names->mentions[i].entity;
    return entity;
}

/* A part of the name of a person whom the page names in full: "Dallas said" after "Karen Dallas". */
static bool is_of_person(const dl_names *names, dl_span span)
{
    uint32_t entity = names ? entity_at(names, span) : DL_NONE;
    if (entity >= (names ? names->entity_count : 0)) return false;
    const dl_entity *who = &names->entities[entity];
    if (who->type != DL_NAME_PERSON || who->head_mention >= names->mention_count) return false;
    const dl_mention *full = &names->mentions[who->head_mention];
    return full->kind == DL_MENTION_NAME && full->count > 1 && full->span.end - full->span.start > span.end - span.start;
}

enum { LONG_NAME = 3 }; /* words: "Zaporizhzhia Nuclear Power Plant" means one thing only */

static bool is_written(const place_page *page, const mention *m)
{
    if (m->kind == MENTION_NAME && m->count >= LONG_NAME && m->features[M_SITE] > 0) return true;
    float least = page->data->weights.threshold;
    if (m->kind == MENTION_FACILITY || m->kind == MENTION_UNKNOWN) least *= 0.5f; /* such names are written without a point */
    return page->given || m->likely >= least;
}

/* Names that no gazetteer holds lie, for want of better, where the place named last before them lies. */
static void write_place(place_page *page, const mention *m, const dl_place *around, bool why, dl_place *out)
{
    const candidate *best = places_best(page, m);
    *out = (dl_place){.span = m->span, .name = dl_span_str(page->words.text, m->span), .entity = DL_NONE, .adjective = m->kind == MENTION_ADJECTIVE,
                      .confidence = m->likely};
    if (best) {
        out->resolved = true;
        out->lat = best->lat, out->lon = best->lon;
        if (best->own) set_own(page->data, best, out);
        else set_place(page->data, best, out);
        out->confidence = m->likely * best->share;
        if (why) out->why = places_explain(page, m, best);
    } else if (around) {
        out->resolved = out->nearby = true;
        out->lat = around->lat, out->lon = around->lon;
        out->country = around->country;
        out->admin1 = around->admin1;
        out->precision = around->precision == DL_PRECISION_EXACT ? DL_PRECISION_CITY : around->precision;
        out->confidence = 0.3f * around->confidence;
        if (why) out->why = dl_arena_format(page->arena, "in no gazetteer; placed with %.*s", (int)around->name.len, around->name.ptr);
    }
}

static bool may_hold_others(const dl_place *place)
{
    return place->precision == DL_PRECISION_CITY || place->precision == DL_PRECISION_EXACT || place->precision == DL_PRECISION_ADMIN2 ||
           place->precision == DL_PRECISION_ADMIN1;
}

static int by_start(const void *a, const void *b)
{
    const dl_place *x = a, *y = b;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return x->span.end > y->span.end ? -1 : x->span.end < y->span.end;
}

static dl_status write_layer(place_page *page, const dl_names *names, bool why, dl_places *out, dl_error *err)
{
    DL_VEC(dl_place) places = {0};
    dl_place around = {0};
    bool has_around = false;
    for (size_t i = 0; i < page->mentions.count; i++) {
        const mention *m = &page->mentions.items[i];
        if (!is_written(page, m) || (!page->given && is_of_person(names, m->span))) continue;
        dl_place *place = DL_VEC_PUSH(page->arena, &places);
        if (!place) return dl_fail_memory(err);
        bool sure = page->given || m->likely >= page->data->weights.threshold;
        write_place(page, m, has_around && sure ? &around : NULL, why, place);
        if (page->text) set_tokens(page->text, place);
        if (names) place->entity = entity_at(names, place->span);
        if (m->node != DL_NONE && place->resolved && may_hold_others(place)) around = *place, has_around = true;
    }
    if (places.count) qsort(places.items, places.count, sizeof *places.items, by_start);
    *out = (dl_places){places.items, places.count};
    places_put_within(page, out);
    return DL_OK;
}

dl_status places_analyse(place_page *page, const dl_span *given, size_t given_count, dl_error *err)
{
    dl_status status = places_scan(page->data, page->arena, page->story->text, &page->words, err);
    if (status == DL_OK) status = page->given ? places_take_given(page, given, given_count, err) : places_recognise(page, err);
    if (status == DL_OK) status = places_group(page, err);
    if (status != DL_OK) return status;
    places_describe(page);
    for (int round = 0; round < 2 && status == DL_OK; round++) {
        places_judge(page);
        status = places_resolve(page, err);
    }
    if (status == DL_OK) places_judge(page);
    return status;
}

dl_status dl_places_find(const dl_places_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                         const dl_story *story, const dl_span *given, size_t given_count, bool resolve_given, bool why,
                         dl_places *out, dl_error *err)
{
    place_page page = {.data = data, .arena = arena, .text = text, .story = story, .given = resolve_given};
    *out = (dl_places){0};
    dl_status status = places_analyse(&page, given, given_count, err);
    if (status != DL_OK) return status;
    return write_layer(&page, names, why, out, err);
}
