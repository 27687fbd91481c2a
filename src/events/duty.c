/* duty.c - demands told as a duty: "Washington said that Tehran must stop". Whoever says so asks; whoever must is asked. */
#include "base/error.h"
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_CLIMB = 4 };

/* How sure such a demand is where the model doesn't know the words, measured on coded news. */
static const float probability_of_duty = 0.6f;

static bool is_party(const coder *c, uint32_t token)
{
    return is_class(c, token, CLASS_NAME | c->class_state | c->class_armed | c->class_leader) && !is_class(c, token, CLASS_PRONOUN);
}

/* The one who says that the clause of `verb` holds; DL_NONE. */
static uint32_t speaker_of(const coder *c, uint32_t verb)
{
    for (int step = 0; step < MAX_CLIMB && verb != DL_NONE; step++) {
        const dl_token *token = &c->text->tokens[verb];
        uint32_t report = token->deprel == DL_DEP_CCOMP ? token->head : dl_tree_child(c->text, verb, DL_DEP_PARATAXIS);
        if (report != DL_NONE && is_class(c, report, c->class_report)) return dl_tree_subject(c->text, report);
        if (token->deprel != DL_DEP_CONJ) return DL_NONE;
        verb = token->head;
    }
    return DL_NONE;
}

static trigger *trigger_of(coder *c, size_t from, uint32_t token)
{
    for (size_t i = from; i < c->triggers.count; i++)
        if (c->triggers.items[i].token == token) return &c->triggers.items[i];
    return NULL;
}

static void make_demand(coder *c, trigger *t, uint32_t speaker, uint32_t subject)
{
    t->pattern = &c->data->general[DL_REQUEST][0];
    t->type = DL_REQUEST;
    t->mode = (dl_str){0};
    t->rule = "a duty that somebody tells another";
    t->duty = t->listed = t->specific = true;
    if (t->score < probability_of_duty) t->score = probability_of_duty;
    t->actors = (token_list){.items = {speaker}, .count = 1, .sure = 1};
    t->recipients = (token_list){.items = {subject}, .count = 1, .sure = 1};
}

static dl_status find_duty(coder *c, size_t from, uint32_t modal, dl_error *err)
{
    uint32_t verb = c->text->tokens[modal].head;
    if (verb == DL_NONE || verb <= modal || c->text->tokens[modal].deprel != DL_DEP_AUX) return DL_OK;
    uint32_t subject = dl_tree_subject(c->text, verb), speaker = speaker_of(c, verb);
    if (subject == DL_NONE || speaker == DL_NONE || !is_party(c, subject) || !is_party(c, speaker)) return DL_OK;
    trigger *t = trigger_of(c, from, verb);
    if (t && t->type == DL_ASSAULT) return DL_OK;
    if (!t) {
        t = DL_VEC_PUSH(c->arena, &c->triggers);
        if (!t) return dl_fail_memory(err);
        *t = (trigger){.token = verb, .first = modal, .last = verb, .sentence = c->text->tokens[verb].sentence, .governor = DL_NONE, .hint_token = verb};
        t->span = (dl_span){c->text->tokens[modal].span.start, c->text->tokens[verb].span.end};
    }
    make_demand(c, t, speaker, subject);
    return DL_OK;
}

dl_status find_duties(coder *c, const dl_sentence *sentence, size_t from, dl_error *err)
{
    uint32_t end = sentence->first + sentence->count;
    for (uint32_t t = sentence->first; t < end && c->text->parsed && c->triggers.count - from < MAX_SENTENCE_TRIGGERS; t++) {
        if (!is_class(c, t, c->class_duty)) continue;
        dl_status status = find_duty(c, from, t, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
