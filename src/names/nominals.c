/* nominals.c - people and groups told by a noun: "Russian troops", "the general", "a spokesman".
 *
 * A definite phrase whose noun is somebody's role on the page means that person; the same words with the same code mean
 * the same group again; an indefinite phrase is a new one. */
#include "base/error.h"
#include "names/codes.h"
#include "names/work.h"
#include "syntax/signals.h"
#include "syntax/tree.h"

typedef struct nominal_pass {
    names_work *work;
    name_index groups; /* code and noun of a phrase to its entity */
    name_index roles;  /* noun of a role to the person who has it */
    dl_str main_country;
    uint32_t *role_of; /* by token: entity whose role is told there */
    const dl_signal *mentions; /* the model's word on what is a mention; NULL: it has none */
} nominal_pass;

/* "a peace settlement", "the labour market": the noun is a list's, but here it is no place, as the model is sure. (Of people it is less sure.) */
static const float nowhere = 0.9F;

static bool is_no_place(const nominal_pass *pass, const names_phrase *phrase, uint32_t head)
{
    return pass->mentions && names_agent_class(pass->work->data, phrase->agent.row) == 'l' && dl_signal_probability(pass->mentions, head, dl_signal_label(pass->mentions, "O")) >= nowhere;
}

static bool is_name_part(dl_deprel relation)
{
    return relation == DL_DEP_COMPOUND || relation == DL_DEP_FLAT || relation == DL_DEP_NMOD_DESC ||
           relation == DL_DEP_AMOD || relation == DL_DEP_GOESWITH || relation == DL_DEP_FIXED;
}

/* Whether the token heads a phrase of its own. */
static bool heads_phrase(const dl_text *text, uint32_t token)
{
    const dl_token *t = &text->tokens[token];
    if (!text->parsed) return true;
    return (t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_ADJ || t->upos == DL_X) && !is_name_part((dl_deprel)t->deprel);
}

static bool is_definite(const dl_text *text, const names_phrase *phrase)
{
    dl_str first = text->tokens[phrase->first].norm;
    dl_str before = phrase->first > 0 ? text->tokens[phrase->first - 1].norm : (dl_str){0};
    return dl_str_is(first, "the") || (!text->parsed && dl_str_is(before, "the"));
}

static bool is_indefinite(const dl_text *text, const names_phrase *phrase)
{
    dl_str first = text->tokens[phrase->first].norm;
    dl_str before = phrase->first > 0 ? text->tokens[phrase->first - 1].norm : (dl_str){0};
    return dl_str_is(first, "a") || dl_str_is(first, "an") || dl_str_is(first, "one") || dl_str_is(first, "another") ||
           (!text->parsed && (dl_str_is(before, "a") || dl_str_is(before, "an")));
}

static dl_str agent_key(const names_work *work, const names_phrase *phrase)
{
    return dl_table_cell(work->data->agents, phrase->agent.row, 0);
}

static bool is_plural(const names_work *work, const names_phrase *phrase)
{
    const dl_token *last = &work->text->tokens[phrase->agent.first + phrase->agent.count - 1];
    if (last->feats.ptr) return dl_str_find(last->feats, DL_STR("Number=Plur"), 0) != SIZE_MAX;
    return !dl_str_ends(agent_key(work, phrase), "s") && dl_str_ends(last->norm, "s");
}

static dl_name_type nominal_type(const names_work *work, const names_phrase *phrase)
{
    char kind = names_agent_class(work->data, phrase->agent.row);
    if (kind == 'l') return DL_NAME_LOC;
    if (kind == 'v') return DL_NAME_WEAPON;
    return kind == 'g' || is_plural(work, phrase) ? DL_NAME_ORG : DL_NAME_PERSON;
}

/* Where "governor of North Darfur" ends: a person's office with what it is of, if that is named right behind it. */
static uint32_t end_of_office(const names_work *work, const names_phrase *phrase)
{
    enum { NEAR = 6 };
    const dl_text *text = work->text;
    if (!text->parsed || names_agent_class(work->data, phrase->agent.row) != 'p') return phrase->last;
    uint32_t of = phrase->last + 1, child = dl_tree_child(text, phrase->last, DL_DEP_NMOD);
    if (child == DL_NONE || child <= of || child > phrase->last + NEAR || text->tokens[child].upos != DL_PROPN || !dl_str_is(text->tokens[of].norm, "of")) return phrase->last;
    dl_token_range core = dl_tree_noun_phrase(text, child);
    return core.first > of && core.last < of + NEAR ? core.last : phrase->last;
}

static uint32_t new_nominal(nominal_pass *pass, const names_phrase *phrase, dl_str code)
{
    names_work *work = pass->work;
    entity_note *note = DL_VEC_PUSH(work->arena, &work->entities);
    if (!note) return DL_NONE;
    uint32_t first = phrase->first;
    if (first < phrase->agent.first && (is_definite(work->text, phrase) || is_indefinite(work->text, phrase))) first++;
    note->entity.type = nominal_type(work, phrase);
    note->entity.name = dl_span_str(work->text->text, names_token_span(work->text, first, end_of_office(work, phrase) + 1 - first));
    note->entity.code = code;
    bool body = dl_str_starts(code, "IGO") || dl_str_starts(code, "IMG");
    note->entity.side = body ? code : dl_names_country_of(code);
    note->entity.confidence = 0.5F;
    note->span = DL_NONE;
    note->row = DL_NONE;
    return (uint32_t)work->entities.count - 1;
}

static uint32_t entity_of(nominal_pass *pass, const names_phrase *phrase, dl_str code)
{
    names_work *work = pass->work;
    uint32_t told = pass->role_of[phrase->agent.first];
    if (told != DL_NONE) return told;
    dl_str noun = agent_key(work, phrase);
    bool plural = is_plural(work, phrase), person = names_agent_class(work->data, phrase->agent.row) == 'p';
    if (person && !plural && is_definite(work->text, phrase)) {
        uint32_t holder = name_index_get(&pass->roles, noun);
        dl_str side = holder == DL_NONE ? (dl_str){0} : work->entities.items[holder].entity.side;
        bool other =
            phrase->country.len && side.len && !dl_str_eq(phrase->country, side); /* "the US president" is not Putin */
        if (holder != DL_NONE && !other) return holder;
    }
    dl_str key = dl_arena_format(work->arena, "%.*s %.*s %d", (int)code.len, code.len ? code.ptr : "", (int)noun.len,
                                 noun.ptr, plural);
    if (!key.ptr) return DL_NONE;
    uint32_t found = is_indefinite(work->text, phrase) ? DL_NONE : name_index_get(&pass->groups, key);
    if (found != DL_NONE) return found;
    found = new_nominal(pass, phrase, code);
    if (found == DL_NONE || !name_index_put(&pass->groups, work->arena, key, found)) return DL_NONE;
    return found;
}

/* Roles told so far hold for what stands below them; the last holder of a role is meant. */
static bool learn_roles(nominal_pass *pass, uint32_t token)
{
    names_work *work = pass->work;
    if (work->span_of[token] == DL_NONE) return true;
    const name_span *span = &work->spans.items[work->span_of[token]];
    if (span->first != token) return true;
    const entity_note *note = &work->entities.items[span->entity];
    if (!note->role.agent.count) return true;
    dl_str key = dl_table_cell(work->data->agents, note->role.agent.row, 0);
    size_t space = key.len;
    while (space > 0 && key.ptr[space - 1] != ' ')
        space--;
    return name_index_put(&pass->roles, work->arena, key, span->entity) &&
           name_index_put(&pass->roles, work->arena, dl_str_slice(key, space, key.len), span->entity);
}

static bool mark_roles(nominal_pass *pass)
{
    names_work *work = pass->work;
    pass->role_of = DL_NEW_ARRAY(work->arena, uint32_t, work->text->token_count);
    if (!pass->role_of) return false;
    for (size_t i = 0; i < work->text->token_count; i++)
        pass->role_of[i] = DL_NONE;
    for (uint32_t i = 0; i < work->entities.count; i++) {
        const list_match *agent = &work->entities.items[i].role.agent;
        for (uint32_t t = agent->first; t < agent->first + agent->count; t++)
            pass->role_of[t] = i;
    }
    return true;
}

static bool is_cue(const dl_text *text, uint32_t token)
{
    const dl_signal *saying = dl_signal_find(text, "saying");
    return !saying || dl_str_ends(dl_signal_best(saying, token), "CUE");
}

/* "witnesses said": who speaks is somebody of the country that the page tells of. */
static bool is_speaking(const dl_text *text, uint32_t head)
{
    const dl_token *t = &text->tokens[head];
    if (!text->parsed || t->deprel != DL_DEP_NSUBJ || t->head == DL_NONE) return false;
    if (text->tokens[t->head].deprel == DL_DEP_PARATAXIS) return is_cue(text, t->head); /* but "with five people killed" */
    uint32_t said = dl_tree_child(text, t->head, DL_DEP_CCOMP);
    return said != DL_NONE || dl_tree_child(text, t->head, DL_DEP_PARATAXIS) != DL_NONE;
}

static bool find_at(nominal_pass *pass, uint32_t token, uint32_t *next)
{
    names_work *work = pass->work;
    *next = token + 1;
    if (work->span_of[token] != DL_NONE || !heads_phrase(work->text, token)) return true;
    if (!work->text->parsed && !names_agent_at(work->data, work->text, token).count) return true;
    uint32_t head = token;
    if (!work->text->parsed) head = token + names_agent_at(work->data, work->text, token).count - 1;
    names_phrase phrase = names_phrase_read(work->data, work->text, head);
    if (!phrase.agent.count || work->span_of[head] != DL_NONE || is_no_place(pass, &phrase, head)) return true;
    if (names_agent_class(work->data, phrase.agent.row) == 'l' && !work->text->parsed) return true;
    uint32_t agent_end = phrase.agent.first + phrase.agent.count;
    if (agent_end > phrase.last + 1) phrase.last = agent_end - 1; /* "secretary of state" */
    if (agent_end > *next) *next = agent_end;
    if (!work->text->parsed) *next = head + 1;
    dl_str code = names_phrase_code(work->data, work->arena, &phrase);
    if (names_is_public_office(code) || (dl_names_is_sector(code) && is_speaking(work->text, head))) code = dl_names_code_in(work->arena, code, pass->main_country);
    uint32_t entity = entity_of(pass, &phrase, code);
    return entity != DL_NONE &&
           names_push_mention(work, phrase.first, phrase.last + 1 - phrase.first, head, entity, DL_MENTION_NOMINAL);
}

dl_status names_nominals_find(names_work *work, dl_error *err)
{
    nominal_pass pass = {.work = work, .main_country = dl_names_main_country(work->data, work->text), .mentions = dl_signal_find(work->text, "mentions")};
    if (!mark_roles(&pass)) return dl_fail_memory(err);
    for (uint32_t i = 0, next; i < work->text->token_count; i = next) {
        if (!learn_roles(&pass, i) || !find_at(&pass, i, &next)) return dl_fail_memory(err);
    }
    return DL_OK;
}
