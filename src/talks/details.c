/* details.c - who mediates, which round it is, how it ended. */
#include "base/error.h"
#include "base/str.h"
#include "syntax/tree.h"
#include "talks/data.h"

enum { MAX_MEDIATORS = 4 };

static bool has(const dl_str *items, size_t count, dl_str one)
{
    for (size_t i = 0; i < count; i++)
        if (dl_str_eq(items[i], one)) return true;
    return false;
}

static dl_str code_or_name(const talks_reader *r, uint32_t token)
{
    dl_span span = {0, 0};
    uint32_t entity = DL_NONE;
    dl_str code = dl_names_code_of(r->in->names_data, r->arena, r->text, r->in->names, token, &span, &entity);
    if (code.ptr) return code;
    return entity != DL_NONE && entity < r->in->names->entity_count ? r->in->names->entities[entity].name : (dl_str){0};
}

static dl_status add_mediator(const talks_reader *r, dl_talk *talk, uint32_t token, dl_error *err)
{
    if (token == DL_NONE) return DL_OK;
    dl_str who = code_or_name(r, token);
    if (!who.ptr || has(talk->mediators, talk->mediator_count, who) || talk->mediator_count == MAX_MEDIATORS) return DL_OK;
    dl_str *items = (dl_str *)talk->mediators; /* ours until the talks are handed over */
    if (!items) talk->mediators = items = DL_NEW_ARRAY(r->arena, dl_str, MAX_MEDIATORS);
    if (!items) return dl_fail_memory(err);
    items[talk->mediator_count++] = who;
    return DL_OK;
}

/* "Qatar mediates", "talks brokered by Turkey", "US-brokered talks", "mediator Pakistan". */
static uint32_t mediator_of(const talks_reader *r, uint32_t token)
{
    const dl_token *t = &r->text->tokens[token];
    if (t->upos == DL_VERB && t->deprel != DL_DEP_AMOD) return dl_tree_agent(r->text, token);
    if (token >= 2 && dl_str_is(r->text->tokens[token - 1].norm, "-")) return token - 2;
    if (t->upos == DL_NOUN && t->head != DL_NONE && t->deprel == DL_DEP_COMPOUND) return t->head;
    return t->upos == DL_NOUN ? dl_tree_apposition(r->text, token) : DL_NONE;
}

static void read_round(const talks_reader *r, size_t token, dl_talk *talk)
{
    dl_number number;
    if (talk->round || !dl_str_is(r->text->tokens[token].norm, "round") || token < 1) return;
    for (size_t back = 1; back <= 2 && token >= back; back++)
        if (dl_number_at(r->data->numbers, r->text, token - back, &number) && number.ordinal && number.value >= 1 && number.value < 1000) {
            talk->round = (int32_t)number.value;
            return;
        }
}

dl_status talks_read_details(const talks_reader *r, uint32_t sentence, dl_talk *talk, dl_error *err)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    for (uint32_t t = s->first; t < s->first + s->count; t++) {
        if (r->text->parsed && talks_cue_at(r, t, "mediator")) {
            dl_status status = add_mediator(r, talk, mediator_of(r, t), err);
            if (status != DL_OK) return status;
        }
        read_round(r, t, talk);
        size_t count = talk->outcome.ptr ? 0 : talks_cue_at(r, t, "outcome");
        if (count) talk->outcome = dl_str_slice(r->text->text, r->text->tokens[t].span.start, r->text->tokens[t + count - 1].span.end);
    }
    return DL_OK;
}
