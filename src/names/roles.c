/* roles.c - what the page says a person is: titles, appositions, "X is the president of Y".
 *
 * The first telling wins; a role told once holds for the whole page. */
#include "base/error.h"
#include "names/work.h"
#include "syntax/tree.h"

enum { ROLE_TOKENS = 14, BACK = 10 };

static dl_str norm_at(const names_work *work, uint32_t token)
{
    return work->text->tokens[token].norm;
}

static bool is(const names_work *work, uint32_t token, const char *word)
{
    return dl_str_is(norm_at(work, token), word);
}

static bool is_one_of(dl_str word, const char *const *list)
{
    for (; *list; list++)
        if (dl_str_is(word, *list)) return true;
    return false;
}

/* Words of a role before its noun that say when or how, kept in its text. */
static bool is_role_adjective(dl_str word)
{
    static const char *const words[] = {
        "then",     "former",    "acting",   "deputy", "senior",   "top",   "chief",     "interim", "ex",
        "outgoing", "incoming",  "late",     "exiled", "ousted",   "newly", "new",       "-",       "vice",
        "military", "political", "security", "local",  "regional", "first", "caretaker", NULL};
    return is_one_of(word, words);
}

/* May this token stand before a title as part of it ("Sudan's army chief", "the new Iraqi interior minister")? */
static bool modifies_role(const names_work *work, uint32_t token)
{
    const dl_token *t = &work->text->tokens[token];
    if (dl_str_is(t->norm, "'s") || dl_str_is(t->norm, "'") || is_role_adjective(t->norm)) return true;
    if (t->upos == DL_VERB || t->upos == DL_ADP || t->upos == DL_CCONJ || t->upos == DL_DET || t->upos == DL_PUNCT ||
        t->upos == DL_AUX || t->upos == DL_PRON || t->upos == DL_ADV || t->upos == DL_SCONJ)
        return false;
    if (work->span_of[token] != DL_NONE) return work->spans.items[work->span_of[token]].type != DL_NAME_PERSON;
    if (t->upos == DL_ADJ || t->upos == DL_NOUN || t->upos == DL_PROPN) return true;
    return !work->text->parsed &&
           (names_agent_at(work->data, work->text, token).count || names_starts_upper(work->text, token));
}

/* The role's own words: without articles and without the country or body that it belongs to. */
static uint32_t own_words(const names_work *work, uint32_t first, uint32_t agent)
{
    for (uint32_t i = first; i < agent; i++) {
        if (is(work, i, "'s") || is(work, i, "'")) first = i + 1;
        uint32_t span = work->span_of[i];
        if (span == DL_NONE || i != work->spans.items[span].first) continue;
        uint32_t end = work->spans.items[span].first + work->spans.items[span].count;
        if (i == first && end <= agent) first = end;
    }
    static const char *const articles[] = {"the", "a", "an", "its", "his", "her", "their", "our", "'s", "'", "-", NULL};
    while (first < agent && is_one_of(norm_at(work, first), articles))
        first++;
    return first;
}

static void set_role(names_work *work, uint32_t entity, names_phrase phrase, uint32_t first, uint32_t end)
{
    entity_note *note = &work->entities.items[entity];
    bool poorer = note->role.agent.count && !note->role.country.len && !note->role.organisation.len;
    bool richer = phrase.country.len || phrase.organisation.len;
    if (first >= end || (note->role.agent.count && !(poorer && richer))) return;
    note->role = phrase;
    note->entity.role_span = names_token_span(work->text, first, end - first);
    note->entity.role = dl_span_str(work->text->text, note->entity.role_span);
}

/* "Mr", "Gen.": skipped; tells gender where it does. The token after the words before the title. */
static uint32_t skip_honorific(names_work *work, uint32_t entity, uint32_t end)
{
    uint32_t start = work->text->sentences[work->text->tokens[end - 1].sentence].first;
    for (uint32_t i = end > start + 3 ? end - 3 : start; i < end; i++) {
        dl_rows rows;
        size_t count = dl_match_longest(work->data->honorifics, work->text, i, false, &rows);
        if (i + count != end) continue;
        entity_note *note = &work->entities.items[entity];
        static const char *const female[] = {"mrs",  "ms",     "miss",     "mrs.", "ms.",
                                             "lady", "madame", "baroness", "dame", NULL};
        if (is_one_of(norm_at(work, i), female)) note->female = true;
        if (is(work, i, "mr") || is(work, i, "mr.") || is(work, i, "sir")) note->male = true;
        dl_str kind = dl_table_cell(work->data->honorifics, rows.first, work->data->honorific.kind);
        if (!dl_str_is(kind, "address")) return end; /* a rank is a role too */
        return i;
    }
    return end;
}

static list_match rank_ending(const names_work *work, uint32_t token)
{
    uint32_t start = work->text->sentences[work->text->tokens[token].sentence].first;
    for (uint32_t i = token > start + 2 ? token - 2 : start; i <= token; i++) {
        dl_rows rows;
        size_t count = dl_match_longest(work->data->honorifics, work->text, i, false, &rows);
        if (count && i + count == token + 1) return (list_match){i, (uint32_t)count, rows.first};
    }
    return (list_match){0};
}

/* A rank or short title as the agent it stands for. */
static list_match rank_agent(const names_work *work, list_match rank)
{
    static const struct {
        const char *kind, *agent;
    } answers[] = {{"rank", "general"},
                   {"legislator", "lawmaker"},
                   {"governor", "governor"},
                   {"office", "president"},
                   {"police", "police officer"}};
    dl_str kind = dl_table_cell(work->data->honorifics, rank.row, work->data->honorific.kind);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (!dl_str_is(kind, answers[i].kind)) continue;
        dl_rows rows = dl_table_find(work->data->agents, dl_str_of(answers[i].agent));
        if (rows.count) return (list_match){rank.first, rank.count, rows.first};
    }
    return (list_match){0};
}

static bool is_person_agent(const names_work *work, list_match agent)
{
    return agent.count && names_agent_class(work->data, agent.row) == 'p';
}

/* "Sudan's army chief Abdel Fattah al-Burhan". */
static void role_before(names_work *work, const name_span *span)
{
    const dl_text *text = work->text;
    uint32_t start = text->sentences[text->tokens[span->first].sentence].first, end = span->first;
    if (end <= start) return;
    end = skip_honorific(work, span->entity, end);
    if (end <= start) return;
    list_match agent = names_agent_ending(work->data, text, end - 1);
    if (!is_person_agent(work, agent)) agent = rank_agent(work, rank_ending(work, end - 1));
    if (!is_person_agent(work, agent) && end - 1 > start && is(work, end - 1, ","))
        agent = text->parsed ? (list_match){0} : names_agent_ending(work->data, text, end - 2);
    if (!is_person_agent(work, agent)) return;
    uint32_t first = agent.first;
    while (first > start && span->first - first < BACK && modifies_role(work, first - 1))
        first--;
    names_phrase phrase = names_phrase_words(work->data, text, first, agent.first + agent.count, agent);
    set_role(work, span->entity, phrase, own_words(work, first, agent.first), agent.first + agent.count);
}

/* A role told by a noun that the tree ties to the name. */
static void role_of_noun(names_work *work, uint32_t entity, uint32_t noun)
{
    names_phrase phrase = names_phrase_read(work->data, work->text, noun);
    if (!is_person_agent(work, phrase.agent)) return;
    dl_token_range full = dl_tree_full_noun_phrase(work->text, noun);
    uint32_t agent_end = phrase.agent.first + phrase.agent.count;
    uint32_t end = full.last + 1 - full.first <= ROLE_TOKENS ? full.last + 1 : phrase.last + 1;
    if (end < agent_end) end = agent_end;
    set_role(work, entity, phrase, own_words(work, phrase.first, phrase.agent.first), end);
}

static void role_by_tree(names_work *work, const name_span *span)
{
    const dl_text *text = work->text;
    uint32_t head = names_head(text, span->first, span->count);
    const dl_token *token = &text->tokens[head];
    uint32_t apposition = dl_tree_apposition(text, head);
    if (apposition != DL_NONE) role_of_noun(work, span->entity, apposition);
    if (token->deprel == DL_DEP_APPOS && token->head != DL_NONE) role_of_noun(work, span->entity, token->head);
    if (token->deprel == DL_DEP_NSUBJ && token->head != DL_NONE &&
        dl_tree_child(text, token->head, DL_DEP_COP) != DL_NONE)
        role_of_noun(work, span->entity, token->head);
}

/* Without tags: an article, a capital or a word of roles begins an apposition, hardly anything else. */
static bool may_begin_apposition(const names_work *work, uint32_t token)
{
    static const char *const articles[] = {"the", "a", "an", "its", "his", "her", "their", "one", NULL};
    return work->text->parsed || is_one_of(norm_at(work, token), articles) || is_role_adjective(norm_at(work, token)) ||
           names_starts_upper(work->text, token) || names_agent_at(work->data, work->text, token).count;
}

/* ", [then|the] head of the president's office,": the words up to the next comma. */
static void role_after(names_work *work, const name_span *span)
{
    const dl_text *text = work->text;
    const dl_sentence *sentence = &text->sentences[text->tokens[span->first].sentence];
    uint32_t at = span->first + span->count, stop = sentence->first + sentence->count;
    if (at >= stop || (!is(work, at, ",") && !is(work, at, "("))) return;
    uint32_t first = ++at;
    if (first >= stop || !may_begin_apposition(work, first)) return;
    list_match agent = {0};
    for (; at < stop && at - first < BACK && !agent.count; at++) {
        agent = names_agent_at(work->data, text, at);
        if (!agent.count && text->tokens[at].upos == DL_VERB) return;
        if (is(work, at, ",") || is(work, at, "who") || is(work, at, "which") || is(work, at, "and")) return;
        if (agent.count && !is_person_agent(work, agent)) agent.count = 0;
    }
    if (!agent.count) return;
    uint32_t agent_end = agent.first + agent.count, end = agent_end;
    while (end < stop && end - agent_end < BACK && !is(work, end, ",") && !is(work, end, ")") && !is(work, end, "."))
        end++;
    if (end >= stop || end - agent_end >= BACK || is(work, end, ".")) end = agent_end;
    if (end > agent_end && !is(work, agent_end, "of") && !is(work, agent_end, "for") && !is(work, agent_end, "to") &&
        !is(work, agent_end, "in") && !is(work, agent_end, "at"))
        return;
    names_phrase phrase = names_phrase_words(work->data, text, first, end, agent);
    phrase.first = first;
    set_role(work, span->entity, phrase, own_words(work, first, agent.first), end);
}

dl_status names_roles_read(names_work *work, dl_error *err)
{
    (void)err;
    for (size_t i = 0; i < work->spans.count; i++) {
        const name_span *span = &work->spans.items[i];
        if (span->type != DL_NAME_PERSON) continue;
        role_before(work, span);
        if (work->text->parsed) role_by_tree(work, span);
        role_after(work, span);
    }
    return DL_OK;
}
