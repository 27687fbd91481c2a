/* roles.c - actor and recipient of a trigger: the slots of its pattern, filled from the clause. */
#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

static bool has(const token_list *list, uint32_t token)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == token) return true;
    return false;
}

static void push(token_list *list, uint32_t token)
{
    if (token != DL_NONE && list->count < MAX_PARTICIPANTS && !has(list, token)) list->items[list->count++] = token;
}

/* When the model's word goes before the rules', read off coded news: a participant that the clause itself names falls when
 * another role is this likely; one merely understood falls sooner, or when its own role is unlikely; where the rules find
 * nobody the model does from here on. */
static const float other_surely = 0.8f, other_likely = 0.5f, own_floor = 0.15f, model_alone = 0.3f;

enum { FAR = 128 }; /* tokens: arguments lie nearer, and so does the reach of the model */

/* Marks what was pushed since there were `from` items. */
static void mark_sure(token_list *list, size_t from)
{
    for (size_t i = from; i < list->count; i++) list->sure |= 1u << i;
}

static bool may_act(const coder *c, uint32_t token)
{
    return is_class(c, token, CLASS_NAME | c->class_armed | c->class_state | c->class_leader | c->class_person);
}

/* "Imposed sanctions on five firms, accusing them of": an object cannot mean the subject that its clause borrows; it means whom the
 * clause above does something to. DL_NONE where the pronoun is no such object. */
static uint32_t object_above(const coder *c, uint32_t pronoun)
{
    dl_deprel relation = (dl_deprel)c->text->tokens[pronoun].deprel;
    uint32_t verb = c->text->tokens[pronoun].head;
    if ((relation != DL_DEP_OBJ && relation != DL_DEP_IOBJ) || verb == DL_NONE) return DL_NONE;
    uint32_t above = c->text->tokens[verb].head;
    if (c->text->tokens[verb].deprel != DL_DEP_ADVCL || above == DL_NONE || above > verb || dl_tree_subject(c->text, verb) != DL_NONE) return DL_NONE;
    for (uint32_t t = above + 1; t < verb; t++) {
        dl_deprel role = (dl_deprel)c->text->tokens[t].deprel;
        bool complement = role == DL_DEP_OBJ || role == DL_DEP_IOBJ || role == DL_DEP_OBL || role == DL_DEP_NMOD;
        if (complement && may_act(c, t) && clause_is_nominal(c, t)) return t;
    }
    return DL_NONE;
}

/* Whom a pronoun means where the names room doesn't know: the speaker of the clause it stands in, else the subject of the
 * sentence before. */
uint32_t antecedent(const coder *c, uint32_t token)
{
    if (!c->text->parsed || c->text->tokens[token].upos != DL_PRON) return token;
    uint32_t mention = dl_names_mention_at(c->in->names, token);
    bool joined = mention != DL_NONE && (c->in->names->mentions[mention].kind == DL_MENTION_PRONOUN || c->in->names->mentions[mention].head == token);
    if (joined && c->in->names->mentions[mention].entity != DL_NONE) return token;
    uint32_t object = object_above(c, token);
    if (object != DL_NONE) return object;
    uint32_t at = c->text->tokens[token].head;
    for (int step = 0; step < 8 && at != DL_NONE; step++, at = c->text->tokens[at].head) {
        uint32_t subject = dl_tree_subject(c->text, at);
        if (subject != DL_NONE && subject < token && c->text->tokens[subject].upos != DL_PRON && is_class(c, at, c->class_report))
            return subject;
    }
    uint32_t sentence = c->text->tokens[token].sentence;
    if (!sentence || c->text->sentences[sentence - 1].block != c->text->sentences[sentence].block) return token;
    uint32_t subject = dl_tree_subject(c->text, dl_tree_root(c->text, sentence - 1));
    return subject != DL_NONE && c->text->tokens[subject].upos != DL_PRON ? subject : token;
}

/* Things that act for someone: "Israeli airstrikes killed", "a Ukrainian drone hit". */
static bool is_instrument(const coder *c, uint32_t noun)
{
    return is_class(c, noun, c->class_weapon | c->class_attack | c->class_vehicle) && !is_class(c, noun, c->class_armed | CLASS_NAME);
}

static void push_phrase(const coder *c, token_list *list, uint32_t noun);

/* Origin told before a noun: "Israel's", "Israeli", "militant", "RSF" in "an RSF drone strike". */
static void push_origin(const coder *c, token_list *list, uint32_t noun)
{
    uint32_t start = clause_phrase_start(c, noun), owner = clause_owner(c, noun);
    if (owner != DL_NONE && antecedent(c, owner) != owner) { /* "its missiles" */
        push(list, antecedent(c, owner));
        return;
    }
    for (uint32_t t = start; t < noun; t++) {
        if (!may_act(c, t) || is_class(c, t, c->class_weapon | CLASS_NUMBER)) continue;
        if (t + 1 < noun && c->mention_of[t] != DL_NONE && c->mention_of[t] == c->mention_of[t + 1]) continue;
        if (!c->text->parsed || c->text->tokens[t].deprel != DL_DEP_CONJ || list->count) push(list, t);
        if (!c->text->parsed) continue;
        uint32_t next[4];
        size_t count = dl_tree_conjuncts(c->text, t, next, 4);
        for (size_t i = 1; i < count; i++)
            if (next[i] < noun && may_act(c, next[i])) push(list, next[i]);
        return;
    }
}

/* "A strike that Ukraine blamed on Russia", "blamed the blast on militants", "a group claimed the attack": who is held to have done it. */
static uint32_t blamed(const coder *c, uint32_t noun)
{
    dl_deprel relation;
    class_set blaming = vocabulary_class(&c->data->words, DL_STR("blame")), owning = vocabulary_class(&c->data->words, DL_STR("claiming"));
    uint32_t verb = clause_verb_of(c, noun, &relation), clause = c->text->parsed ? dl_tree_child(c->text, noun, DL_DEP_ACL_RELCL) : DL_NONE;
    if (verb != DL_NONE && relation == DL_DEP_OBJ && is_class(c, verb, owning)) return clause_agent(c, verb);
    if (verb == DL_NONE || !is_class(c, verb, blaming)) verb = clause;
    if (verb == DL_NONE || !is_class(c, verb, blaming)) return DL_NONE;
    uint32_t doer = clause_oblique(c, verb, c->word_on, 0);
    return doer != DL_NONE ? doer : clause_oblique(c, verb, c->word_to, 0);
}

static void push_agent_of_noun(const coder *c, token_list *list, uint32_t noun)
{
    size_t from_count = list->count;
    push_origin(c, list, noun);
    if (!list->count) push_phrase(c, list, blamed(c, noun));
    if (!list->count) push_phrase(c, list, clause_oblique(c, noun, c->word_by, 0));
    mark_sure(list, from_count);
    uint32_t from = list->count ? DL_NONE : clause_oblique(c, noun, c->word_from, 0);
    if (from != DL_NONE && may_act(c, from)) push_phrase(c, list, from);
    if (list->count || !c->text->parsed) return;
    dl_deprel relation;
    uint32_t verb = clause_verb_of(c, noun, &relation);
    if (verb == DL_NONE || (relation != DL_DEP_OBJ && relation != DL_DEP_NSUBJ_PASS) || !is_class(c, verb, c->class_light)) return;
    push_phrase(c, list, clause_agent(c, verb));
}

static void push_phrase(const coder *c, token_list *list, uint32_t noun)
{
    uint32_t nouns[MAX_PARTICIPANTS];
    size_t count = clause_conjuncts(c, noun, nouns, MAX_PARTICIPANTS);
    for (size_t i = 0; i < count; i++) {
        uint32_t content = clause_content_noun(c, nouns[i]);
        if (is_instrument(c, content)) push_agent_of_noun(c, list, content);
        else push(list, antecedent(c, content));
    }
}

static void push_recipients(const coder *c, token_list *list, uint32_t noun)
{
    uint32_t nouns[MAX_PARTICIPANTS];
    size_t count = clause_conjuncts(c, noun, nouns, MAX_PARTICIPANTS);
    for (size_t i = 0; i < count; i++) push(list, antecedent(c, clause_content_noun(c, nouns[i])));
}

/* What is refused, blamed or praised stands for whoever it comes from: "rejected a Senegalese plan", "calls by the chairman". */
static void push_owner(const coder *c, token_list *list, uint32_t noun)
{
    const word_id prepositions[] = {c->word_by, c->word_from, c->word_of};
    if (!c->text->parsed || noun == DL_NONE || may_act(c, noun) || is_class(c, noun, c->class_site | c->class_place | c->class_vehicle)) return;
    size_t from = list->count;
    push_origin(c, list, noun);
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions && list->count == from; i++) {
        uint32_t owner = clause_oblique(c, noun, prepositions[i], 0);
        if (owner != DL_NONE && may_act(c, owner)) push_recipients(c, list, owner);
    }
}

/* "strikes on", "attack against"; the words may hang on the verb that carries the noun; "strikes targeting". */
static void push_target_of_noun(const coder *c, token_list *list, uint32_t noun)
{
    const word_id prepositions[] = {c->word_on, c->word_against, c->word_at, c->word_to};
    dl_deprel relation;
    uint32_t verb = clause_verb_of(c, noun, &relation);
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions && !list->count; i++) {
        push_recipients(c, list, clause_oblique(c, noun, prepositions[i], 0));
        if (!list->count && verb != DL_NONE && is_class(c, verb, c->class_light))
            push_recipients(c, list, clause_oblique(c, verb, prepositions[i], 0));
    }
    if (list->count || !c->text->parsed) return;
    uint32_t clause = dl_tree_child_like(c->text, noun, DL_DEP_ACL);
    if (clause != DL_NONE) push_recipients(c, list, dl_tree_object(c->text, clause));
    else if (verb != DL_NONE && relation == DL_DEP_NSUBJ) push_recipients(c, list, clause_patient(c, verb));
}

static uint32_t from_verb(const coder *c, const trigger *t, word_id preposition)
{
    dl_deprel relation;
    uint32_t noun = clause_oblique(c, t->token, preposition, 0);
    if (noun != DL_NONE || !c->text->parsed) return noun;
    if (t->pattern->noun) return clause_oblique(c, clause_verb_of(c, t->token, &relation), preposition, 0);
    noun = clause_oblique(c, dl_tree_object(c->text, t->token), preposition, 0); /* "impose sanctions on" */
    return noun != DL_NONE ? noun : clause_oblique(c, dl_tree_child(c->text, t->token, DL_DEP_XCOMP), preposition, 0);
}

/* The word's own subject, object or "by" phrase, not one understood from a clause above. */
static bool is_own(const coder *c, const trigger *t, uint32_t noun)
{
    return noun != DL_NONE && c->text->parsed && c->text->tokens[noun].head == t->token;
}

/* Acts done by words, to whoever said or did something. */
static bool is_spoken(uint8_t type)
{
    return type == DL_REJECT || type == DL_ACCUSE || type == DL_SUPPORT;
}

static void fill_verb_slot(const coder *c, const trigger *t, slot_kind kind, bool actor, token_list *out)
{
    size_t from = out->count;
    uint32_t noun = kind == SLOT_OBJECT ? clause_patient(c, t->token)
                    : actor || !c->text->parsed ? clause_agent(c, t->token) : dl_tree_understood_subject(c->text, t->token);
    if (kind == SLOT_SUBJECT && actor) push_phrase(c, out, noun);
    else push_recipients(c, out, noun);
    if (kind == SLOT_OBJECT && !actor && is_spoken(t->type)) push_owner(c, out, noun);
    if (is_own(c, t, noun)) mark_sure(out, from);
}

static void fill_slot(const coder *c, const trigger *t, slot where, bool actor, token_list *out)
{
    size_t from = out->count;
    switch ((slot_kind)where.kind) {
    case SLOT_SUBJECT:
        if (t->pattern->noun) push_agent_of_noun(c, out, t->token);
        else fill_verb_slot(c, t, SLOT_SUBJECT, actor, out);
        break;
    case SLOT_OBJECT: fill_verb_slot(c, t, SLOT_OBJECT, actor, out); break;
    case SLOT_AGENT: push_agent_of_noun(c, out, t->token); break;
    case SLOT_TARGET: push_target_of_noun(c, out, t->token); break;
    case SLOT_PREP: {
        uint32_t noun = from_verb(c, t, where.preposition);
        push_recipients(c, out, noun);
        if (is_own(c, t, noun)) mark_sure(out, from);
        break;
    }
    default: break;
    }
}

static bool may_head(const coder *c, uint32_t token)
{
    return clause_is_nominal(c, token) || is_class(c, token, CLASS_NAME) || c->text->tokens[token].upos == DL_ADJ;
}

/* Heads of the runs of words that the model takes for this role; a word of a run counts by the run's own head. */
static void push_by_model(const coder *c, const trigger *t, hint_role role, float at_least, token_list *out)
{
    uint32_t start = sentence_start(c, t->token), end = sentence_end(c, t->token);
    if (t->token > start + FAR) start = t->token - FAR;
    if (end > t->token + FAR) end = t->token + FAR;
    for (uint32_t at = start; at < end; at++) {
        if (hints_argument(&c->hints, t->hint_token, at, role) < at_least) continue;
        uint32_t last = at, head = DL_NONE;
        while (last + 1 < end && hints_argument(&c->hints, t->hint_token, last + 1, role) >= at_least) last++;
        for (uint32_t inner = at; inner <= last; inner++) {
            uint32_t above = c->text->tokens[inner].head;
            if (may_head(c, inner) && (head == DL_NONE || above < at || above > last)) head = inner;
            if (head == inner && (above < at || above > last)) break;
        }
        for (uint32_t inner = at; inner <= last; inner++) /* conjuncts inside the run: "Egypt, Pakistan and Turkey" */
            if (inner == head || (c->text->tokens[inner].deprel == DL_DEP_CONJ && clause_is_nominal(c, inner))) push(out, antecedent(c, clause_content_noun(c, inner)));
        at = last;
    }
}

static float best_in_phrase(const coder *c, const trigger *t, uint32_t head, hint_role role)
{
    float best = 0;
    for (uint32_t at = clause_phrase_start(c, head); at <= head; at++) {
        float p = hints_argument(&c->hints, t->hint_token, at, role);
        if (p > best) best = p;
    }
    return best;
}

/* Takes out what the model is sure plays another role. */
static void drop_unlikely(const coder *c, const trigger *t, hint_role role, token_list *list)
{
    token_list kept = {0};
    for (size_t i = 0; i < list->count; i++) {
        bool sure = list->sure >> i & 1;
        float own = best_in_phrase(c, t, list->items[i], role), other = 0;
        for (int r = HINT_ACTOR; r <= HINT_SITE; r++) {
            float p = hints_argument(&c->hints, t->hint_token, list->items[i], (hint_role)r);
            if (r != (int)role && p > other) other = p;
        }
        if (sure ? other >= other_surely : other >= other_likely || own < own_floor) continue;
        kept.sure |= (uint32_t)sure << kept.count;
        kept.items[kept.count++] = list->items[i];
    }
    *list = kept;
}

/* What the rules found, without what the model thinks is something else; where that is nobody, what the model found. */
static void weigh(const coder *c, const trigger *t, hint_role role, token_list *list)
{
    drop_unlikely(c, t, role, list);
    if (!list->count) push_by_model(c, t, role, model_alone, list);
}

/* Slots of an actor add up, those of a recipient are tried one after the other. */
void find_roles(coder *c, trigger *t)
{
    const pattern *p = t->slots ? t->slots : t->pattern;
    if (t->duty) return;
    for (size_t i = 0; i < p->actor_count; i++) fill_slot(c, t, p->actors[i], true, &t->actors);
    t->joint = p->recipient_count == 0 && p->actor_count > 1;
    for (size_t i = 0; i < p->recipient_count && !t->recipients.count; i++)
        fill_slot(c, t, p->recipients[i], false, &t->recipients);
    if (!hints_has_arguments(&c->hints, t->hint_token)) return;
    weigh(c, t, HINT_ACTOR, &t->actors);
    weigh(c, t, HINT_RECIPIENT, &t->recipients);
}
