/* realis.c - whether an act is told as having happened: auxiliaries, negation, what governs the clause, the words
 * before a noun. After the factuality profiles of Sauri and Pustejovsky (2009), reduced to the record's seven values. */
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { MAX_CLIMB = 6, NO_CUE = 255 };

static bool cue_starts_at(const coder *c, const realis_cue *cue, uint32_t token)
{
    uint32_t end = sentence_end(c, token);
    if (token + cue->word_count > end) return false;
    for (uint32_t i = 0; i < cue->word_count; i++)
        if (!is_word(c, token + i, cue->words[i])) return false;
    return true;
}

static uint8_t cue_at(const coder *c, cue_place place, uint32_t token)
{
    uint8_t best = NO_CUE;
    size_t words = 0;
    for (size_t i = 0; i < c->data->cue_count; i++) {
        const realis_cue *cue = &c->data->cues[i];
        if (cue->place != place || cue->word_count <= words || !cue_starts_at(c, cue, token)) continue;
        best = cue->realis;
        words = cue->word_count;
    }
    return best;
}

static bool is_negation(const coder *c, uint32_t token)
{
    dl_str norm = c->text->tokens[token].norm;
    return dl_str_is(norm, "not") || dl_str_is(norm, "n't") || dl_str_is(norm, "never") || dl_str_is(norm, "no") ||
           dl_str_is(norm, "neither") || dl_str_is(norm, "nor");
}

/* Auxiliaries, negation and mark of one word: what its own clause says. */
static uint8_t own_realis(const coder *c, uint32_t token)
{
    uint8_t found = NO_CUE;
    for (uint32_t m = dl_tree_first_child(c->text, token); m != DL_NONE; m = dl_tree_next_child(c->text, m)) {
        dl_deprel relation = (dl_deprel)c->text->tokens[m].deprel;
        uint8_t cue = NO_CUE;
        if (is_negation(c, m) && m < token && relation != DL_DEP_CONJ) return DL_NEGATED;
        if (relation == DL_DEP_AUX || relation == DL_DEP_AUX_PASS) cue = cue_at(c, CUE_AUX, m);
        else if (relation == DL_DEP_MARK || relation == DL_DEP_ADVMOD) cue = cue_at(c, CUE_MARK, m);
        else if (relation == DL_DEP_AMOD || relation == DL_DEP_DET || relation == DL_DEP_COMPOUND) cue = cue_at(c, CUE_MOD, m);
        else if (relation == DL_DEP_CASE) cue = cue_at(c, CUE_PREP, m);
        if (cue != NO_CUE && found == NO_CUE) found = cue;
    }
    return found;
}

static bool is_progressive(const coder *c, uint32_t token)
{
    if (!dl_str_ends(c->text->tokens[token].norm, "ing")) return false;
    uint32_t aux = dl_tree_child(c->text, token, DL_DEP_AUX);
    return aux != DL_NONE && c->text->tokens[token].upos == DL_VERB;
}

/* What the head says of a dependent that stands to it in `relation`. */
static uint8_t cue_of_head(const coder *c, uint32_t head, dl_deprel relation)
{
    switch (relation) {
    case DL_DEP_XCOMP: case DL_DEP_CCOMP: case DL_DEP_OBJ: case DL_DEP_CSUBJ: case DL_DEP_NSUBJ_PASS: case DL_DEP_ADVCL: case DL_DEP_OBL:
        return cue_at(c, CUE_OVER, head);
    case DL_DEP_NMOD: case DL_DEP_ACL: return cue_at(c, CUE_NOUN, head);
    default: return NO_CUE;
    }
}

/* Whether what governs the head still bears on the dependent: not across a report, a relative clause, a finite adjunct. */
static bool bears_on(const coder *c, uint32_t token, dl_deprel relation)
{
    switch (relation) {
    case DL_DEP_XCOMP: case DL_DEP_OBJ: case DL_DEP_OBL: case DL_DEP_NMOD: case DL_DEP_CSUBJ: case DL_DEP_NSUBJ:
    case DL_DEP_NSUBJ_PASS: case DL_DEP_COMPOUND: case DL_DEP_AMOD: return true;
    case DL_DEP_CCOMP: return !is_class(c, c->text->tokens[token].head, c->class_report);
    case DL_DEP_ACL: case DL_DEP_ACL_RELCL: return false;
    case DL_DEP_CONJ: return dl_tree_subject(c->text, token) == DL_NONE;
    case DL_DEP_ADVCL: { /* "killing five" shares the fate of its clause, "after killing five" doesn't */
        uint32_t mark = dl_tree_child(c->text, token, DL_DEP_MARK);
        return mark == DL_NONE || dl_str_is(c->text->tokens[mark].norm, "to");
    }
    default: return false;
    }
}

static bool is_past_adjunct(const coder *c, uint32_t token)
{
    for (uint32_t m = dl_tree_first_child(c->text, token); m != DL_NONE; m = dl_tree_next_child(c->text, m)) {
        dl_deprel relation = (dl_deprel)c->text->tokens[m].deprel;
        if ((relation == DL_DEP_CASE || relation == DL_DEP_MARK) && is_class(c, m, c->class_after)) return true;
    }
    return false;
}

static uint8_t climb(const coder *c, uint32_t token)
{
    for (int step = 0; step < MAX_CLIMB; step++) {
        uint8_t own = own_realis(c, token);
        if (own != NO_CUE) return own;
        uint32_t head = c->text->tokens[token].head;
        dl_deprel relation = (dl_deprel)c->text->tokens[token].deprel;
        if (head == DL_NONE) break;
        bool modifier = relation == DL_DEP_OBL || relation == DL_DEP_ADVCL;
        if (modifier && is_past_adjunct(c, token)) break;
        uint8_t over = cue_of_head(c, head, relation);
        if (over != NO_CUE && !(modifier && relation == DL_DEP_OBL && over != DL_PLANNED)) return over;
        if (!bears_on(c, token, relation)) break;
        token = head;
    }
    return NO_CUE;
}

/* Without a parse: auxiliaries and negation in the words before. */
static uint8_t by_order(const coder *c, uint32_t token)
{
    uint32_t start = sentence_start(c, token);
    for (uint32_t at = token, steps = 0; at > start && steps < 4; steps++) {
        at--;
        if (is_negation(c, at)) return DL_NEGATED;
        uint8_t cue = cue_at(c, CUE_AUX, at);
        if (cue == NO_CUE) cue = cue_at(c, CUE_MOD, at);
        if (cue == NO_CUE && dl_str_is(c->text->tokens[at].norm, "to") && at > start) cue = cue_at(c, CUE_OVER, at - 1);
        if (cue != NO_CUE) return cue;
        if (dl_str_is(c->text->tokens[at].norm, ",")) break;
    }
    return NO_CUE;
}

/* In somebody's report, "would" is his "will". */
static bool is_reported(const coder *c, uint32_t token)
{
    for (int step = 0; step < MAX_CLIMB; step++) {
        uint32_t head = c->text->tokens[token].head;
        if (head == DL_NONE) return false;
        if (is_class(c, head, c->class_report)) return true;
        token = head;
    }
    return false;
}

/* "Will not lift the embargo", "refuses to release": to yield, help, agree or cooperate no more than that is to reject. */
static bool is_refusal(const coder *c, const trigger *t)
{
    if (t->pattern->noun || !c->text->parsed || t->realis != DL_NEGATED) return false;
    if (t->type != DL_CONCEDE && t->type != DL_RETREAT && t->type != DL_AGREE && t->type != DL_COOPERATE && t->type != DL_CONSULT &&
        t->type != DL_AID) return false;
    uint32_t aux = dl_tree_child(c->text, t->token, DL_DEP_AUX);
    return is_word(c, aux, c->word_will) || (is_word(c, aux, c->word_would) && is_reported(c, t->token));
}

/* How sure a refusal of something the lists know well is at least, measured on coded news. */
static const float probability_of_refusal = 0.6f;

static void turn_to_reject(const coder *c, trigger *t)
{
    if (t->pattern->recipient_count) t->slots = t->pattern; /* who is not given something is who would be given it */
    t->pattern = &c->data->general[DL_REJECT][0];
    t->type = DL_REJECT;
    t->realis = DL_ACTUAL;
    t->mode = (dl_str){0};
    t->rule = "what somebody will not do";
    if (t->listed && t->specific && t->score < probability_of_refusal) t->score = probability_of_refusal;
}

/* The model's word goes before the rules' from here on: read off coded news; a denial is heard by the rules alone. */
static const float sure_realis = 0.6f, sure_background = 0.45f;

static void heed_model(const coder *c, trigger *t)
{
    float probability;
    dl_realis realis = hints_realis(&c->hints, t->hint_token, &probability);
    if (probability >= sure_realis && t->realis != DL_DENIED) t->realis = (uint8_t)realis;
    if (hints_background(&c->hints, t->hint_token) >= sure_background) t->background = true;
}

static void judge_by_rule(const coder *c, trigger *t)
{
    uint8_t cue = c->text->parsed ? climb(c, t->token) : by_order(c, t->token);
    t->realis = cue != NO_CUE ? cue : DL_ACTUAL;
    if (cue == NO_CUE && c->text->parsed && is_progressive(c, t->token)) t->realis = DL_ONGOING;
}

void judge_realis(const coder *c, trigger *t)
{
    if (t->duty) return;
    judge_by_rule(c, t);
    t->told = t->realis;
    if (is_refusal(c, t)) turn_to_reject(c, t);
    else heed_model(c, t);
}
