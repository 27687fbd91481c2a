/* mentions.c - whole phrases that the model takes for mentions: "the Polish foreign minister Ana Kral", "the town's last residents".
 *
 * The lists know nouns, not phrases: they find "residents" by its word and say whose code it is; where the phrase begins and ends, and which
 * other nouns stand for somebody, the model's head `mentions` has learned. It gives way to names: a phrase never cuts one. */
#include <stdlib.h>

#include "base/error.h"
#include "names/names.h"
#include "names/work.h"
#include "syntax/signals.h"

static const float floor_probability = 0.5f;
enum { MOST_TOKENS = 40 }; /* of a phrase; longer ones are a list or the model's mistake */

typedef struct phrase_pass {
    const dl_names_data *data;
    dl_arena *arena;
    const dl_text *text;
    dl_names *names;
    uint32_t *name_at;    /* by token: mention of the longest name that covers it, DL_NONE */
    uint32_t *nominal_at; /* by token: nominal mention whose head it is, DL_NONE */
    bool *told;           /* by mention: a phrase holds the name and what stands before it */
    name_index known;     /* words and type of a phrase to its entity */
    DL_VEC(dl_mention) added;
    DL_VEC(dl_entity) entities; /* all, old ones first */
} phrase_pass;

static bool index_mentions(phrase_pass *pass)
{
    size_t count = pass->text->token_count;
    pass->name_at = DL_NEW_ARRAY(pass->arena, uint32_t, count);
    pass->nominal_at = DL_NEW_ARRAY(pass->arena, uint32_t, count);
    pass->told = DL_NEW_ARRAY(pass->arena, bool, pass->names->mention_count + 1);
    if (!pass->name_at || !pass->nominal_at || !pass->told) return false;
    for (size_t i = 0; i < count; i++) pass->name_at[i] = pass->nominal_at[i] = DL_NONE;
    for (uint32_t i = 0; i < pass->names->mention_count; i++) {
        const dl_mention *m = &pass->names->mentions[i];
        if (m->kind == DL_MENTION_NOMINAL && pass->nominal_at[m->head] == DL_NONE) pass->nominal_at[m->head] = i;
        for (uint32_t t = m->first; m->kind == DL_MENTION_NAME && t < m->first + m->count; t++)
            if (pass->name_at[t] == DL_NONE) pass->name_at[t] = i;
    }
    return true;
}

static dl_name_type type_of(dl_str label)
{
    if (dl_str_is(label, "PERSON")) return DL_NAME_PERSON;
    if (dl_str_is(label, "ORG")) return DL_NAME_ORG;
    return dl_str_is(label, "LOC") ? DL_NAME_LOC : DL_NAME_NONE;
}

static bool is_article(dl_str norm)
{
    return dl_str_is(norm, "the") || dl_str_is(norm, "a") || dl_str_is(norm, "an");
}

static bool is_place(dl_name_type type)
{
    return type == DL_NAME_GPE || type == DL_NAME_LOC || type == DL_NAME_FAC;
}

/* Whether a name lies on both sides of where the phrase begins or ends. */
static bool cuts_name(const phrase_pass *pass, const dl_signal_span *phrase)
{
    uint32_t first = pass->name_at[phrase->first], last = pass->name_at[phrase->last];
    if (first != DL_NONE && pass->names->mentions[first].first < phrase->first) return true;
    return last != DL_NONE && pass->names->mentions[last].first + pass->names->mentions[last].count > phrase->last + 1;
}

static bool add_mention(phrase_pass *pass, const dl_signal_span *phrase, uint32_t head, uint32_t entity)
{
    uint32_t count = phrase->last + 1 - phrase->first;
    dl_mention *mention = DL_VEC_PUSH(pass->arena, &pass->added);
    if (!mention) return false;
    *mention = (dl_mention){names_token_span(pass->text, phrase->first, count), phrase->first, count, head, entity, DL_MENTION_NOMINAL};
    return true;
}

/* The same words with the same type mean the same, unless "a" begins them. */
static uint32_t entity_of(phrase_pass *pass, const dl_signal_span *phrase, dl_name_type type)
{
    dl_str article = pass->text->tokens[phrase->first].norm;
    uint32_t first = phrase->first + (phrase->first < phrase->last && is_article(article));
    dl_str words = names_key(pass->arena, pass->text, first, phrase->last + 1 - first);
    dl_str key = words.ptr ? dl_arena_format(pass->arena, "%d %.*s", (int)type, (int)words.len, words.ptr) : words;
    if (!key.ptr) return DL_NONE;
    bool fresh = first > phrase->first && !dl_str_is(article, "the");
    uint32_t found = fresh ? DL_NONE : name_index_get(&pass->known, key);
    if (found != DL_NONE) return found;
    dl_entity *entity = DL_VEC_PUSH(pass->arena, &pass->entities);
    found = (uint32_t)pass->entities.count - 1;
    if (!entity || !name_index_put(&pass->known, pass->arena, key, found)) return DL_NONE;
    *entity = (dl_entity){.type = type,
                          .name = dl_span_str(pass->text->text, names_token_span(pass->text, first, phrase->last + 1 - first)),
                          .head_mention = DL_NONE,
                          .confidence = phrase->probability};
    return found;
}

/* A noun that the lists know gets the whole of its phrase; its entity keeps its code, and its type where the model does not know better. */
static void widen(phrase_pass *pass, uint32_t index, const dl_signal_span *phrase, dl_name_type type)
{
    dl_mention *m = &pass->names->mentions[index];
    m->first = phrase->first;
    m->count = phrase->last + 1 - phrase->first;
    m->span = names_token_span(pass->text, m->first, m->count);
    dl_entity *entity = &pass->entities.items[m->entity];
    bool own = entity->head_mention != DL_NONE && pass->names->mentions[entity->head_mention].kind == DL_MENTION_NOMINAL;
    if (own && entity->type != DL_NAME_WEAPON) entity->type = type;
}

/* ---- its edges ---- */

static bool is_tag(const phrase_pass *pass, uint32_t token, uint32_t tags)
{
    return tags >> pass->text->tokens[token].upos & 1;
}

enum {
    DETERMINERS = 1u << DL_DET | 1u << DL_PRON | 1u << DL_PART,
    LOOSE = 1u << DL_PUNCT | 1u << DL_ADP | 1u << DL_CCONJ | 1u << DL_SCONJ | 1u << DL_AUX, /* words that begin and end no phrase */
    HEADS = 1u << DL_NOUN | 1u << DL_PROPN | 1u << DL_ADJ | 1u << DL_NUM | 1u << DL_X | 1u << DL_SYM
};

/* "the | Coalition", "the city of | Raqqa": the model parted what a determiner or "of" holds together. */
static bool go_on(const phrase_pass *pass, const dl_signal *signal, dl_signal_span *phrase)
{
    uint32_t last = phrase->last, next = last + 1;
    bool bare = true, of = dl_str_is(pass->text->tokens[phrase->last].norm, "of");
    for (uint32_t t = phrase->first; t <= phrase->last && bare; t++) bare = is_tag(pass, t, DETERMINERS);
    if ((!bare && !of) || next >= pass->text->token_count || pass->text->tokens[next].sentence != pass->text->tokens[phrase->first].sentence) return false;
    dl_signal_span second;
    if (dl_signal_next_span(pass->text, signal, next, &second) && second.first == next) {
        phrase->last = second.last;
        if (bare) phrase->type = second.type, phrase->probability = second.probability;
    }
    uint32_t name = pass->name_at[next];
    if (of && name != DL_NONE && pass->names->mentions[name].first == next && phrase->last < next + pass->names->mentions[name].count - 1)
        phrase->last = next + pass->names->mentions[name].count - 1;
    return phrase->last > last;
}

/* False where nothing is left. */
static bool trim(const phrase_pass *pass, dl_signal_span *phrase)
{
    while (phrase->first < phrase->last && is_tag(pass, phrase->first, LOOSE)) phrase->first++;
    while (phrase->first < phrase->last && is_tag(pass, phrase->last, LOOSE | 1u << DL_DET)) phrase->last--;
    for (uint32_t t = phrase->first; t <= phrase->last; t++)
        if (is_tag(pass, t, HEADS)) return true;
    return false;
}

static bool take_phrase(phrase_pass *pass, const dl_signal_span *phrase)
{
    dl_name_type type = type_of(phrase->type);
    uint32_t count = phrase->last + 1 - phrase->first;
    if (!type || phrase->probability < floor_probability || count > MOST_TOKENS || cuts_name(pass, phrase)) return true;
    uint32_t head = names_head(pass->text, phrase->first, count);
    if (!is_tag(pass, head, HEADS)) return true;
    if (pass->nominal_at[head] != DL_NONE) {
        widen(pass, pass->nominal_at[head], phrase, type);
        return true;
    }
    uint32_t entity = DL_NONE;
    if (pass->name_at[head] != DL_NONE) {
        const dl_mention *name = &pass->names->mentions[pass->name_at[head]];
        pass->told[pass->name_at[head]] |= phrase->first < name->first;
        bool article = count > 1 && is_article(pass->text->tokens[phrase->first].norm); /* "the Netherlands": the name says it already */
        if (name->count == count || (article && name->count + 1 == count)) return true;
        dl_name_type named = pass->entities.items[name->entity].type;
        if (named == type || (is_place(named) && is_place(type))) entity = name->entity;
    }
    if (entity == DL_NONE) entity = entity_of(pass, phrase, type);
    return entity != DL_NONE && add_mention(pass, phrase, head, entity);
}

/* ---- titles ---- */

/* Where the title before a person's name begins: "General X", "the Deputy Foreign Minister X"; the name's own first token where there is none. */
static uint32_t title_before(const phrase_pass *pass, const dl_mention *name)
{
    const dl_text *text = pass->text;
    uint32_t start = text->sentences[text->tokens[name->first].sentence].first, first = name->first, last = name->first + name->count - 1;
    if (first == start) return first;
    dl_rows rows;
    list_match agent = names_agent_ending(pass->data, text, first - 1);
    if (agent.count && agent.count <= first - start && names_agent_class(pass->data, agent.row) == 'p') first -= agent.count;
    else if (dl_match_longest(pass->data->honorifics, text, first - 1, false, &rows) == 1) first--;
    while (first < name->first && first > start) { /* what modifies the title: "US", "former", "army" */
        const dl_token *t = &text->tokens[first - 1];
        bool modifies = t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_ADJ;
        if (!modifies || t->head == DL_NONE || t->head < first || t->head > last) break;
        first--;
    }
    return first;
}

static bool add_titles(phrase_pass *pass)
{
    for (uint32_t i = 0; i < pass->names->mention_count; i++) {
        const dl_mention *m = &pass->names->mentions[i];
        if (m->kind != DL_MENTION_NAME || pass->told[i] || pass->entities.items[m->entity].type != DL_NAME_PERSON) continue;
        dl_signal_span phrase = {.first = title_before(pass, m), .last = m->first + m->count - 1};
        if (phrase.first < m->first && !cuts_name(pass, &phrase) && !add_mention(pass, &phrase, m->head, m->entity)) return false;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    return names_by_place(*(const dl_mention *const *)a, *(const dl_mention *const *)b);
}

/* Old and new mentions in the order of the text; entities are told where the mention is that names them best. */
static bool merge(phrase_pass *pass)
{
    dl_names *names = pass->names;
    size_t old = names->mention_count, count = old + pass->added.count;
    const dl_mention **order = DL_NEW_ARRAY(pass->arena, const dl_mention *, count + 1);
    dl_mention *all = DL_NEW_ARRAY(pass->arena, dl_mention, count + 1);
    if (!order || !all) return false;
    for (size_t i = 0; i < count; i++) order[i] = i < old ? &names->mentions[i] : &pass->added.items[i - old];
    if (count) qsort(order, count, sizeof *order, by_place);
    dl_entity *entities = pass->entities.items;
    uint32_t *best = DL_NEW_ARRAY(pass->arena, uint32_t, pass->entities.count + 1);
    if (!best) return false;
    for (size_t i = 0; i < pass->entities.count; i++) best[i] = entities[i].head_mention;
    for (uint32_t i = 0; i < count; i++) {
        const dl_mention *m = order[i];
        bool is_old = m >= names->mentions && m < names->mentions + old;
        all[i] = *m;
        if (best[m->entity] == DL_NONE || (is_old && (size_t)(m - names->mentions) == best[m->entity])) {
            if (best[m->entity] == DL_NONE) best[m->entity] = UINT32_MAX - 1;
            entities[m->entity].head_mention = i;
        }
    }
    names->entities = entities;
    names->entity_count = pass->entities.count;
    names->mentions = all;
    names->mention_count = count;
    return true;
}

dl_status dl_names_add_phrases(const dl_names_data *data, dl_arena *arena, const dl_text *text, dl_names *names, dl_error *err)
{
    const dl_signal *signal = dl_signal_find(text, "mentions");
    phrase_pass pass = {.data = data, .arena = arena, .text = text, .names = names};
    if (!signal || !text->token_count) return DL_OK;
    if (!index_mentions(&pass)) return dl_fail_memory(err);
    for (size_t i = 0; i < names->entity_count; i++) {
        dl_entity *entity = DL_VEC_PUSH(arena, &pass.entities);
        if (!entity) return dl_fail_memory(err);
        *entity = names->entities[i];
    }
    dl_signal_span phrase;
    for (uint32_t from = 0; dl_signal_next_span(text, signal, from, &phrase);) {
        for (int i = 0; i < 3 && go_on(&pass, signal, &phrase); i++) {}
        from = phrase.last + 1;
        if (trim(&pass, &phrase) && !take_phrase(&pass, &phrase)) return dl_fail_memory(err);
    }
    return add_titles(&pass) && merge(&pass) ? DL_OK : dl_fail_memory(err);
}
