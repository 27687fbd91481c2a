/* entities.c - names joined to entities: the same name, a surname, an acronym, another name of a known one.
 *
 * One pass in the order of the text with an index of keys, so the work is linear in the page. */
#include "base/error.h"
#include "names/work.h"

typedef struct joiner {
    names_work *work;
    name_index names;    /* every key of an entity */
    name_index surnames; /* last word of a person's name */
    name_index acronyms; /* initials of an organisation's name */
} joiner;

static dl_str last_word(dl_str key)
{
    size_t at = key.len;
    while (at > 0 && key.ptr[at - 1] != ' ') at--;
    return dl_str_slice(key, at, key.len);
}

/* "burhan" of "al-burhan": the article is left out by some papers. */
static dl_str without_article(dl_str word)
{
    if ((dl_str_starts(word, "al-") || dl_str_starts(word, "el-")) && word.len > 5) return dl_str_slice(word, 3, word.len);
    return word;
}

static dl_str without_the(dl_str key)
{
    return dl_str_starts(key, "the ") ? dl_str_slice(key, 4, key.len) : key;
}

/* "rsf" of "rapid support forces"; words of two letters or less are left out. */
static dl_str initials(dl_arena *arena, dl_str key)
{
    char *bytes = dl_arena_alloc_raw(arena, 16);
    size_t len = 0;
    dl_str rest = key, word;
    if (!bytes) return (dl_str){0};
    while (dl_str_next(&rest, ' ', &word))
        if (len < 15 && word.len && !dl_str_is(word, "of") && !dl_str_is(word, "the") && !dl_str_is(word, "and") &&
            !dl_str_is(word, "for"))
            bytes[len++] = word.ptr[0];
    return len >= 2 ? (dl_str){bytes, len} : (dl_str){0};
}

/* A canonical key shared by all names of a listed entity. */
static dl_str list_key(const names_work *work, const name_span *span)
{
    const dl_names_data *data = work->data;
    switch (span->list) {
    case FROM_PEOPLE: return dl_table_cell(data->people, span->row, data->person.name);
    case FROM_ORGANISATIONS: return dl_table_cell(data->organisations, span->row, data->organisation.name);
    case FROM_COUNTRIES: {
        country_word kind = names_country_kind(data, span->row);
        if (kind == COUNTRY_NAME) return dl_table_cell(data->countries, span->row, data->country.name);
        if (kind == COUNTRY_DEMONYM) return names_country_code(data, span->row);
        return (dl_str){0};
    }
    default: return (dl_str){0};
    }
}

static bool same_kind(uint8_t a, uint8_t b)
{
    bool place_a = a == DL_NAME_GPE || a == DL_NAME_LOC || a == DL_NAME_FAC;
    bool place_b = b == DL_NAME_GPE || b == DL_NAME_LOC || b == DL_NAME_FAC;
    return a == b || (place_a && place_b);
}

static uint32_t known_as(const joiner *join, dl_str key, uint8_t type)
{
    uint32_t found = name_index_get(&join->names, key);
    return found != DL_NONE && same_kind((uint8_t)join->work->entities.items[found].entity.type, type) ? found : DL_NONE;
}

static uint32_t person_of(const joiner *join, dl_str key)
{
    dl_str last = without_article(last_word(key));
    uint32_t found = name_index_get(&join->surnames, last);
    if (found == DL_NONE) return DL_NONE;
    bool single = last_word(key).len == key.len;
    dl_str name = join->work->entities.items[found].entity.name;
    bool single_before = !memchr(name.ptr, ' ', name.len);
    return single || single_before ? found : DL_NONE; /* two full names with one surname are two people */
}

static uint32_t find_entity(const joiner *join, const name_span *span, dl_str key, dl_str listed)
{
    uint32_t found = listed.len ? known_as(join, listed, span->type) : DL_NONE;
    if (found == DL_NONE) found = known_as(join, key, span->type);
    if (found == DL_NONE && span->type == DL_NAME_PERSON) found = person_of(join, key);
    if (found == DL_NONE && span->type == DL_NAME_ORG && span->count == 1 && names_all_upper(join->work->text, span->first))
        found = name_index_get(&join->acronyms, key);
    return found;
}

/* The name as it stands in the text, or the list's name for an organisation or a person who is known. */
static dl_str display_name(const names_work *work, const name_span *span, dl_str listed)
{
    if (span->list == FROM_PEOPLE || span->list == FROM_ORGANISATIONS) return listed;
    if (span->list == FROM_COUNTRIES && names_country_kind(work->data, span->row) == COUNTRY_NAME) return listed;
    return dl_span_str(work->text->text, names_token_span(work->text, span->first, span->count));
}

static uint32_t new_entity(joiner *join, uint32_t index, dl_str listed)
{
    names_work *work = join->work;
    const name_span *span = &work->spans.items[index];
    entity_note *note = DL_VEC_PUSH(work->arena, &work->entities);
    if (!note) return DL_NONE;
    note->entity.type = (dl_name_type)span->type;
    note->entity.name = display_name(work, span, listed);
    note->entity.confidence = span->score;
    note->span = index;
    note->row = span->row;
    note->list = span->list;
    return (uint32_t)work->entities.count - 1;
}

/* A later mention may know more: a longer name, a row in a list, a surer type. */
static void learn(const names_work *work, uint32_t entity, uint32_t index, dl_str listed)
{
    entity_note *note = &work->entities.items[entity];
    const name_span *span = &work->spans.items[index];
    if (note->row == DL_NONE && span->row != DL_NONE) {
        note->row = span->row;
        note->list = span->list;
        note->entity.name = display_name(work, span, listed);
    } else if (note->row == DL_NONE && span->count > work->spans.items[note->span].count) {
        note->entity.name = display_name(work, span, listed);
        note->span = index;
    }
    if (span->score > note->entity.confidence) note->entity.confidence = span->score;
}

static bool remember(joiner *join, uint32_t entity, const name_span *span, dl_str key, dl_str listed)
{
    dl_arena *arena = join->work->arena;
    bool fine = name_index_put(&join->names, arena, key, entity) && name_index_put(&join->names, arena, listed, entity);
    if (span->type == DL_NAME_PERSON)
        fine = fine && name_index_put(&join->surnames, arena, without_article(last_word(key)), entity);
    if (span->type == DL_NAME_ORG && span->count > 1)
        fine = fine && name_index_put(&join->acronyms, arena, initials(arena, key), entity);
    return fine;
}

static dl_status join_one(joiner *join, uint32_t index, dl_error *err)
{
    names_work *work = join->work;
    name_span *span = &work->spans.items[index];
    dl_str whole = names_key(work->arena, work->text, span->first, span->count);
    if (!whole.ptr) return dl_fail_memory(err);
    dl_str key = without_the(whole), listed = list_key(work, span);
    uint32_t entity = find_entity(join, span, key, listed);
    if (entity == DL_NONE) {
        entity = new_entity(join, index, listed);
        if (entity == DL_NONE) return dl_fail_memory(err);
    } else {
        learn(work, entity, index, listed);
    }
    span->entity = entity;
    uint32_t head = names_head(work->text, span->first, span->count);
    if (!remember(join, entity, span, key, listed) ||
        !names_push_mention(work, span->first, span->count, head, entity, DL_MENTION_NAME))
        return dl_fail_memory(err);
    return DL_OK;
}

/* "the Rapid Support Forces (RSF)": what stands in brackets is the same body. */
static void join_bracketed(const names_work *work, uint32_t index)
{
    if (index + 1 >= work->spans.count) return;
    const name_span *name = &work->spans.items[index];
    name_span *short_name = &work->spans.items[index + 1];
    uint32_t open = name->first + name->count;
    if (short_name->first != open + 1 || short_name->count != 1 || short_name->row != DL_NONE) return;
    if (!dl_str_is(work->text->tokens[open].norm, "(") || !names_all_upper(work->text, short_name->first)) return;
    short_name->type = name->type;
}

dl_status names_entities_join(names_work *work, dl_error *err)
{
    joiner join = {.work = work};
    for (uint32_t i = 0; i < work->spans.count; i++) {
        join_bracketed(work, i);
        dl_status status = join_one(&join, i, err);
        if (status != DL_OK) return status;
        /* the acronym in brackets is learnt under its own letters, whatever the initials are */
        const name_span *span = &work->spans.items[i];
        uint32_t after = span->first + span->count;
        bool bracket = after + 2 < work->text->token_count && dl_str_is(work->text->tokens[after].norm, "(") &&
                       dl_str_is(work->text->tokens[after + 2].norm, ")") && names_all_upper(work->text, after + 1);
        if (bracket && span->type == DL_NAME_ORG &&
            !name_index_put(&join.acronyms, work->arena, work->text->tokens[after + 1].norm, span->entity))
            return dl_fail_memory(err);
    }
    return DL_OK;
}
