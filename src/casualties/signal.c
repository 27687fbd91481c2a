/* signal.c - where the rules meet the model, whose head "toll" marks the numbers that count victims: "B-KILLED", "B-WOUNDED"
 * and the like. Without such a head the rules stand alone. */
#include "base/error.h"
#include "base/str.h"
#include "casualties/data.h"
#include "syntax/tree.h"

/* A number that the rules left over is a count from here on. Where both speak of it the words of harm decide. */
static const float take = 0.5f;
/* And where its sentence has no word of that harm: of people beaten, raped or held a model easily says that they were killed. */
static const float take_unsaid = 0.9f;

static const char *const labels[] = {"KILLED", "WOUNDED", "CAPTURED", "MISSING"}; /* in the order of dl_harm */
enum { HARMS = sizeof labels / sizeof *labels };

static float probability(const reader *r, uint32_t token, int harm)
{
    float sum = 0;
    for (uint32_t i = 0; i < r->toll->label_count; i++) {
        dl_str label = r->toll->labels[i];
        if (label.len > 2 && dl_str_is(dl_str_slice(label, 2, label.len), labels[harm]))
            sum += dl_signal_probability(r->toll, token, (int)i);
    }
    return sum < 1 ? sum : 1;
}

static int likeliest(const reader *r, uint32_t token, float *best)
{
    int harm = 0;
    *best = 0;
    for (int h = 0; h < HARMS; h++) {
        float p = probability(r, token, h);
        if (p > *best) *best = p, harm = h;
    }
    return harm;
}

/* Where the sentence has words of one harm only, a number that is left over counts victims of that one. */
static int only_harm(const reader *r, int guess)
{
    int only = -1;
    harm_word word;
    for (uint32_t t = r->first; t < r->end; t++) {
        if (!harm_at(r, t, &word) || word.harm == DL_HARM_KILLED_OR_WOUNDED) continue;
        if ((int)word.harm == guess || (only >= 0 && only != (int)word.harm)) return guess;
        only = (int)word.harm;
        t = word.last;
    }
    return only >= 0 && only < HARMS ? only : guess;
}

static bool is_said(const reader *r, int harm)
{
    harm_word word;
    for (uint32_t t = r->first; t < r->end; t++)
        if (harm_at(r, t, &word) && ((int)word.harm == harm || word.harm == DL_HARM_KILLED_OR_WOUNDED)) return true;
    return false;
}

static dl_status add_count(reader *r, casualty_vec *out, counted *n, int harm, float p, dl_error *err)
{
    harm_word word = {.harm = (dl_harm)harm, .first = n->core, .last = n->core};
    victims v = victims_of_number(r, &word, n, p);
    if (!v.told) return DL_OK;
    dl_casualty *c = DL_VEC_PUSH(r->arena, out);
    if (!c) return dl_fail_memory(err);
    *c = (dl_casualty){.harm = (dl_harm)harm, .count = v.range, .span = v.span, .harm_span = v.span, .sentence = r->sentence,
                       .number_token = n->core, .victim_token = v.head, .harm_token = n->core, .confidence = p};
    c->anyone = v.head == DL_NONE || means_anyone(r, v.head);
    if (v.head != DL_NONE) c->victims = r->text->tokens[v.head].lemma.ptr ? r->text->tokens[v.head].lemma : r->text->tokens[v.head].norm;
    return DL_OK;
}

/* "By two gunmen", "two gunmen lobbed a grenade", "two gunmen killed him": who acts is no victim, whatever the model says. */
static bool are_actors(const reader *r, const counted *n, const dl_casualty *told, size_t count)
{
    if (n->first > r->first && norm_is(r, n->first - 1, "by")) return true;
    uint32_t noun = r->text->tokens[n->core].head;
    if (!r->text->parsed || noun == DL_NONE || r->text->tokens[n->core].deprel != DL_DEP_NUMMOD || r->text->tokens[noun].deprel != DL_DEP_NSUBJ) return false;
    uint32_t verb = r->text->tokens[noun].head;
    for (size_t i = 0; i < count; i++)
        if (verb != DL_NONE && told[i].harm_token == verb) return true;
    return verb != DL_NONE && dl_tree_object(r->text, verb) != DL_NONE;
}

dl_status heed_signal(reader *r, casualty_vec *out, size_t from, dl_error *err)
{
    size_t by_rules = out->count;
    for (size_t k = 0; r->toll && k < r->number_count; k++) {
        counted *n = &r->numbers[k];
        float p;
        int harm = likeliest(r, n->core, &p);
        bool known = false;
        for (size_t i = from; i < by_rules; i++) {
            if (out->items[i].number_token != n->core) continue;
            known = true;
            if ((int)out->items[i].harm == harm && p > out->items[i].confidence) out->items[i].confidence = p;
        }
        if (known || n->used || p < take || counts_no_people(r, n) || is_subset(r, n) || are_actors(r, n, out->items + from, by_rules - from)) continue;
        harm = only_harm(r, harm);
        if (p < take_unsaid && !is_said(r, harm)) continue;
        dl_status status = add_count(r, out, n, harm, p, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
