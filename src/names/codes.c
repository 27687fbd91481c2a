/* codes.c - the code of any noun phrase, for the rooms that ask who did what. */
#include "names/codes.h"

#include "names/phrase.h"
#include "syntax/tree.h"

enum { NESTING = 12 }; /* mentions that may begin before a token and still cover it, looked back at */

size_t dl_names_mentions_from(const dl_names *names, uint32_t token)
{
    size_t low = 0, high = names->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names->mentions[middle].first < token) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool better(const dl_mention *a, const dl_mention *b, uint32_t token)
{
    if ((a->head == token) != (b->head == token)) return a->head == token;
    if (a->head == token && (a->kind == DL_MENTION_NAME) != (b->kind == DL_MENTION_NAME))
        return a->kind == DL_MENTION_NAME;
    return a->count < b->count;
}

uint32_t dl_names_mention_at(const dl_names *names, uint32_t token)
{
    size_t end = dl_names_mentions_from(names, token + 1), best = SIZE_MAX;
    for (size_t i = end; i > 0 && end - i < NESTING; i--) {
        const dl_mention *mention = &names->mentions[i - 1];
        if (mention->first + mention->count <= token) continue;
        if (best == SIZE_MAX || better(mention, &names->mentions[best], token)) best = i - 1;
    }
    return best == SIZE_MAX ? DL_NONE : (uint32_t)best;
}

/* "Moscow said", "talks between Kyiv and ...": a capital that acts is its government (the codebook's ruling). */
static bool acts(const dl_text *text, uint32_t token)
{
    if (!text->parsed) return false;
    uint32_t first = dl_tree_first_conjunct(text, token);
    dl_deprel relation = (dl_deprel)text->tokens[first].deprel;
    return relation == DL_DEP_NSUBJ || relation == DL_DEP_OBL_AGENT;
}

static dl_str entity_code(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_entity *entity,
                          uint32_t head)
{
    if (entity->type != DL_NAME_GPE || !entity->code.len) return entity->code;
    list_match found = names_country_at(data, text, head);
    if (found.count && names_country_kind(data, found.row) == COUNTRY_CAPITAL && entity->code.len == 3 && acts(text, head))
        return dl_arena_format(arena, "%.*sGOV", 3, entity->code.ptr);
    return entity->code;
}

dl_str dl_names_code_of(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                        uint32_t head_token, dl_span *np_span, uint32_t *entity)
{
    if (entity) *entity = DL_NONE;
    if (np_span) *np_span = (dl_span){0};
    if (head_token >= text->token_count) return (dl_str){0};
    names_phrase phrase = names_phrase_read(data, text, head_token);
    if (np_span)
        *np_span = (dl_span){text->tokens[phrase.first].span.start, text->tokens[phrase.last].span.end};
    uint32_t index = dl_names_mention_at(names, head_token);
    if (index != DL_NONE) {
        const dl_mention *mention = &names->mentions[index];
        const dl_entity *found = &names->entities[mention->entity];
        bool is_head = mention->head == head_token || (mention->kind == DL_MENTION_NAME && !phrase.agent.count);
        if (is_head && entity) *entity = mention->entity;
        if (is_head && found->code.len) return entity_code(data, arena, text, found, head_token);
    }
    return names_phrase_code(data, arena, &phrase);
}

bool dl_names_is_sector(dl_str code)
{
    static const char *const sectors[] = {"GOV", "MIL", "REB", "OPP", "CVL", "SPY", "JUD", "LEG", "MED", "BUS",
                                          "EDU", "NGO", "PTY", "CRM", "COP", "REF", NULL};
    for (const char *const *s = sectors; *s; s++)
        if (dl_str_is(code, *s)) return true;
    return false;
}

dl_str dl_names_country_of(dl_str code)
{
    return code.len < 3 || dl_names_is_sector(code) ? (dl_str){0} : dl_str_slice(code, 0, 3);
}

dl_str dl_names_code_in(dl_arena *arena, dl_str code, dl_str iso3)
{
    if (!iso3.len || !dl_names_is_sector(code)) return code;
    return dl_arena_format(arena, "%.*s%.*s", (int)iso3.len, iso3.ptr, (int)code.len, code.ptr);
}

dl_str dl_names_iso3_of(const dl_names_data *data, dl_str iso2)
{
    for (size_t row = 0; row < dl_table_rows(data->countries); row++)
        if (dl_str_eq(dl_table_cell(data->countries, row, data->country.iso2), iso2))
            return names_country_code(data, (uint32_t)row);
    return (dl_str){0};
}

dl_str dl_names_main_country(const dl_names_data *data, const dl_text *text)
{
    enum { KINDS = 64 };
    struct {
        dl_str code;
        uint32_t count;
    } seen[KINDS];
    size_t kinds = 0, best = 0, total = 0;
    for (uint32_t i = 0; i < text->token_count; i++) {
        list_match found = names_country_at(data, text, i);
        if (!found.count) continue;
        country_word kind = names_country_kind(data, found.row);
        dl_str code = names_country_code(data, found.row);
        uint32_t weight = kind == COUNTRY_REGION ? 3 : kind == COUNTRY_NAME ? 2 : 1;
        size_t k = 0;
        while (k < kinds && !dl_str_eq(seen[k].code, code)) k++;
        if (k == kinds && kinds < KINDS) {
            seen[k].code = code;
            seen[k].count = 0;
            kinds++;
        }
        total += weight;
        if (k < kinds) seen[k].count += weight;
        if (k < kinds && seen[k].count > seen[best].count) best = k;
        i += found.count - 1;
    }
    return kinds && 2 * (size_t)seen[best].count >= total ? seen[best].code : (dl_str){0};
}
