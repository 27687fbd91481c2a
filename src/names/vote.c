/* vote.c - one name, one type: the mentions of a name that no list knows vote on its type over the whole page.
 *
 * The model's scores are votes; a title before the name, a verb of saying after it, and a longer name of a person that
 * holds it, are evidence for a person. */
#include "base/error.h"
#include "names/work.h"

enum { TYPES = DL_NAME_WEAPON + 1 };

typedef struct ballot {
    float weight[TYPES];
} ballot;

typedef struct vote_pass {
    names_work *work;
    name_index keys;
    DL_VEC(ballot) ballots;
} vote_pass;

static ballot *ballot_of(vote_pass *pass, dl_str key)
{
    uint32_t found = name_index_get(&pass->keys, key);
    if (found != DL_NONE) return &pass->ballots.items[found];
    ballot *item = DL_VEC_PUSH(pass->work->arena, &pass->ballots);
    if (!item || !name_index_put(&pass->keys, pass->work->arena, key, (uint32_t)pass->ballots.count - 1)) return NULL;
    return item;
}

static bool says(dl_str lemma)
{
    static const char *const verbs[] = {"say",   "tell",    "add", "explain", "write", "recall",
                                        "think", "believe", "ask", "reply",   NULL};
    for (const char *const *v = verbs; *v; v++)
        if (dl_str_is(lemma, *v)) return true;
    return false;
}

/* What stands round a name and speaks for a person: "Mr X", "General X", "X recalled". */
static float person_evidence(const names_work *work, const name_span *span)
{
    const dl_text *text = work->text;
    float weight = 0;
    uint32_t start = text->sentences[text->tokens[span->first].sentence].first;
    if (span->first > start) {
        dl_rows rows;
        list_match agent = names_agent_ending(work->data, text, span->first - 1);
        if (dl_match_longest(work->data->honorifics, text, span->first - 1, false, &rows) == 1)
            weight += 2;
        else if (agent.count && names_agent_class(work->data, agent.row) == 'p')
            weight += 0.7F;
    }
    uint32_t head = names_head(text, span->first, span->count);
    const dl_token *t = &text->tokens[head];
    if (t->deprel == DL_DEP_NSUBJ && t->head != DL_NONE && text->tokens[t->head].lemma.ptr &&
        says(text->tokens[t->head].lemma))
        weight += 0.5F;
    return weight;
}

static bool votes(const name_span *span)
{
    return span->row == DL_NONE && span->type != DL_NAME_NORP && span->type != DL_NAME_WEAPON;
}

static bool count_votes(vote_pass *pass, const name_span *span)
{
    names_work *work = pass->work;
    dl_str key = names_key(work->arena, work->text, span->first, span->count);
    ballot *item = key.ptr ? ballot_of(pass, key) : NULL;
    if (!item) return false;
    item->weight[span->type] += 0.3F + span->score;
    item->weight[DL_NAME_PERSON] += person_evidence(work, span);
    bool sure = span->type == DL_NAME_PERSON && span->count > 1;
    if (!sure) return true;
    for (int i = 0; i < 2; i++) { /* first name and surname stand for the whole */
        uint32_t token = i ? span->first + span->count - 1 : span->first;
        ballot *part = ballot_of(pass, work->text->tokens[token].norm);
        if (!part) return false;
        part->weight[DL_NAME_PERSON] += 1.5F;
    }
    return true;
}

static void elect(const vote_pass *pass, name_span *span)
{
    names_work *work = pass->work;
    dl_str key = names_key(work->arena, work->text, span->first, span->count);
    uint32_t index = name_index_get(&pass->keys, key);
    if (index == DL_NONE) return;
    const ballot *item = &pass->ballots.items[index];
    int best = span->type;
    for (int type = DL_NAME_PERSON; type < TYPES; type++)
        if (item->weight[type] > item->weight[best]) best = type;
    span->type = (uint8_t)best;
}

dl_status names_types_vote(names_work *work, dl_error *err)
{
    vote_pass pass = {.work = work};
    for (size_t i = 0; i < work->spans.count; i++)
        if (votes(&work->spans.items[i]) && !count_votes(&pass, &work->spans.items[i])) return dl_fail_memory(err);
    for (size_t i = 0; i < work->spans.count; i++)
        if (votes(&work->spans.items[i])) elect(&pass, &work->spans.items[i]);
    return DL_OK;
}
