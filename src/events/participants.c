/* participants.c - heads of noun phrases become participants with span, entity and code; where the clause names nobody
 * though the act must have somebody, the sentence is asked. */
#include "base/error.h"
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { FAR = 60 }; /* tokens */

/* How sure the weighing must be, where F1 is best on coded news. */
static const float least_does = 0.5f, least_suffers = 0.4f, least_whole = 0.2f, least_beside = 0.2f;

typedef struct naming {
    coder *c;
    draft *d;
    dl_str page_country; /* most named on the page, ptr NULL */
    dl_str theatre;      /* where most of the page's places lie, ptr NULL */
    dl_participant *items; /* of the list being made */
    size_t count;
} naming;

enum { COUNTRIES = 32 };

/* Where most of the towns and regions of the page lie: people without a nationality are hit there, whoever is named most. */
static dl_str theatre_of(const coder *c)
{
    struct {
        dl_str country;
        uint32_t count;
    } seen[COUNTRIES];
    size_t kinds = 0, best = 0;
    for (size_t i = 0; i < c->in->places->count; i++) {
        const dl_place *place = &c->in->places->items[i];
        if (!place->country.ptr || place->adjective || place->precision == DL_PRECISION_COUNTRY || place->precision == DL_PRECISION_REGION) continue;
        size_t k = 0;
        while (k < kinds && !dl_str_eq(seen[k].country, place->country)) k++;
        if (k == COUNTRIES) continue;
        if (k == kinds) seen[kinds].country = place->country, seen[kinds++].count = 0;
        if (++seen[k].count > seen[best].count) best = k;
    }
    return kinds ? dl_names_iso3_of(c->in->names_data, seen[best].country) : (dl_str){0};
}

static dl_str country_of_place(const coder *c, uint32_t index)
{
    if (index >= c->in->places->count || !c->in->places->items[index].country.ptr) return (dl_str){0};
    return dl_names_iso3_of(c->in->names_data, c->in->places->items[index].country);
}

static bool is_thing(const coder *c, uint32_t token)
{
    return is_class(c, token, c->class_site | c->class_weapon | c->class_vehicle | c->class_place | c->class_attack);
}

/* A state seldom strikes its own; rebels, gangs and mobs mostly do. */
static bool is_acting_state(dl_str code, dl_str country)
{
    dl_str sector = code.len > 3 ? dl_str_slice(code, 3, code.len) : (dl_str){0};
    bool inner = dl_str_is(sector, "REB") || dl_str_is(sector, "CRM") || dl_str_is(sector, "OPP") || dl_str_is(sector, "CVL") || dl_str_is(sector, "COP");
    return !inner && dl_str_eq(dl_names_country_of(code), country);
}

static bool is_actors_country(const draft *d, dl_str country)
{
    for (size_t i = 0; i < d->event.actor_count; i++)
        if (d->event.actors[i].code.ptr && is_acting_state(d->event.actors[i].code, country)) return true;
    return false;
}

/* Where the act took place decides whose people and things were hit; the page's country only where it isn't the actor's own. */
static dl_str country_for(const naming *n, bool actor)
{
    if (n->d->country.ptr) return n->d->country;
    if (!actor && n->theatre.ptr && !is_actors_country(n->d, n->theatre)) return n->theatre;
    if (!n->page_country.ptr || (!actor && is_actors_country(n->d, n->page_country))) return (dl_str){0};
    return n->page_country;
}

/* A people ("Kurds") or, where something is done to him, a person that the lists don't know: civilians of the place. */
static bool is_people(const coder *c, uint32_t entity, bool actor)
{
    if (entity == DL_NONE || entity >= c->in->names->entity_count) return false;
    dl_name_type type = c->in->names->entities[entity].type;
    return type == DL_NAME_NORP || (type == DL_NAME_PERSON && !actor);
}

/* "Israeli tanks", "French warships": the army's. */
static bool is_of_vehicle(const coder *c, uint32_t token)
{
    if (!c->text->parsed || c->text->tokens[token].upos != DL_ADJ) return false;
    uint32_t head = c->text->tokens[dl_tree_first_conjunct(c->text, token)].head; /* "Swedish and Chilean warships" */
    return is_class(c, head, c->class_vehicle) && !is_class(c, head, c->class_weapon);
}

static dl_str coded_country(const coder *c, uint32_t token)
{
    dl_span span = c->text->tokens[token].span;
    uint32_t entity = DL_NONE;
    if (!is_class(c, token, CLASS_NAME | c->class_state) && c->text->tokens[token].upos != DL_ADJ) return (dl_str){0};
    dl_str code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, token, &span, &entity);
    return code.ptr && !dl_names_is_sector(code) ? dl_names_country_of(code) : (dl_str){0};
}

/* Whose it is, by the words of its own phrase: "Afghan posts", "Iran's airspace". */
static dl_str country_in_phrase(const coder *c, uint32_t head)
{
    dl_str found = {0};
    for (uint32_t t = clause_phrase_start(c, head); t < head && !found.len; t++)
        found = coded_country(c, t);
    return found;
}

/* "The country", "his country": the one named before it, in its sentence or the one before; nobody acts on his own. */
static dl_str country_meant(const naming *n, uint32_t head, bool actor)
{
    const coder *c = n->c;
    if (!is_word(c, head, c->word_country) || clause_phrase_start(c, head) == head || dl_str_ends(c->text->tokens[head].norm, "s")) return (dl_str){0};
    uint32_t sentence = c->text->tokens[head].sentence, from = c->text->sentences[sentence ? sentence - 1 : 0].first;
    if (head > from + FAR) from = head - FAR;
    for (uint32_t t = head; t-- > from;) {
        dl_str found = is_class(c, t, CLASS_NAME) ? coded_country(c, t) : (dl_str){0};
        if (found.len == 3 && !dl_str_starts(found, "IGO") && (actor || !is_actors_country(n->d, found))) return found;
    }
    return (dl_str){0};
}

/* What is hit and is nobody known belongs to the country where it is hit, but for ships and planes, which are abroad. */
static bool is_of_place(const naming *n, uint32_t token, uint32_t entity)
{
    const coder *c = n->c;
    if (n->d->event.type != DL_ASSAULT || is_class(c, token, c->class_weapon | c->class_vehicle | CLASS_PRONOUN)) return false;
    if (entity == DL_NONE || entity >= c->in->names->entity_count) return is_thing(c, token);
    dl_name_type type = c->in->names->entities[entity].type;
    return type == DL_NAME_FAC || type == DL_NAME_GPE || type == DL_NAME_LOC || is_thing(c, token);
}

/* "Its forces", "their fighters": those of whom the pronoun means. */
static dl_str country_of_owner(const coder *c, uint32_t token)
{
    uint32_t owner = clause_owner(c, token), meant = owner == DL_NONE ? DL_NONE : antecedent(c, owner), entity = DL_NONE;
    if (meant == DL_NONE || meant == owner) return (dl_str){0};
    dl_span span;
    dl_str code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, meant, &span, &entity);
    dl_str country = code.ptr && !dl_names_is_sector(code) ? dl_names_country_of(code) : (dl_str){0};
    return country.len == 3 && !dl_str_starts(country, "IGO") ? country : (dl_str){0};
}

static dl_participant code_participant(const naming *n, uint32_t token, bool actor)
{
    const coder *c = n->c;
    dl_span span = c->text->tokens[token].span;
    uint32_t entity = DL_NONE;
    dl_str code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, token, &span, &entity);
    dl_str owner = country_of_owner(c, token), country = owner.ptr ? owner : country_for(n, actor), toponym = country_of_place(c, place_at(c, token));
    if (!code.ptr && toponym.ptr) code = toponym;
    if (owner.ptr && code.len > 3 && !dl_str_starts(code, "IGO")) code = dl_str_slice(code, 3, code.len); /* the page's guess gives way */
    if (code.ptr && dl_names_is_sector(code) && country.ptr && !is_class(c, token, c->class_stranger)) code = dl_names_code_in(c->arena, code, country);
    if (!code.ptr) {
        dl_str own = country_in_phrase(c, token);
        if (own.len && !actor && n->d->event.type == DL_ASSAULT && is_actors_country(n->d, own)) own = (dl_str){0};
        if (!own.len) own = country_meant(n, token, actor);
        if (own.len) code = own;
    }
    if (!code.ptr && !actor && country.ptr && is_of_place(n, token, entity)) code = country;
    if (!code.ptr && country.ptr && is_people(c, entity, actor)) code = dl_names_code_in(c->arena, DL_STR("CVL"), country);
    if (code.len == 3 && actor && is_of_vehicle(c, token)) code = dl_arena_format(c->arena, "%.*sMIL", 3, code.ptr);
    if (!code.ptr && !actor && is_class(c, token, CLASS_NUMBER | c->class_person))
        code = country.ptr ? dl_names_code_in(c->arena, DL_STR("CVL"), country) : DL_STR("CVL");
    dl_participant p = {.span = span, .head = token, .entity = entity, .code = code, .name = dl_span_str(c->text->text, span)};
    if (entity != DL_NONE && entity < c->in->names->entity_count && c->in->names->entities[entity].name.ptr)
        p.name = c->in->names->entities[entity].name;
    return p;
}

/* Pronouns that mean nobody known, and things that are no party: "dismisses the reports". */
static bool is_idle(const naming *n, const dl_participant *p, bool actor)
{
    if (p->code.ptr) return false;
    if (p->entity != DL_NONE && p->entity < n->c->in->names->entity_count) {
        dl_name_type type = n->c->in->names->entities[p->entity].type;
        return actor && (type == DL_NAME_WEAPON || type == DL_NAME_FAC || type == DL_NAME_LOC);
    }
    bool people = is_class(n->c, p->head, n->c->class_person | n->c->class_armed | n->c->class_state | n->c->class_leader);
    if (is_class(n->c, p->head, CLASS_PRONOUN) || actor) return !people;
    return !people && !(n->d->event.type == DL_ASSAULT && is_thing(n->c, p->head));
}

static bool is_own_word(const coder *c, const draft *d, uint32_t token)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (c->triggers.items[d->members[i]].token == token) return true;
    return false;
}

static bool is_new(const naming *n, const dl_participant *one)
{
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i].span.start == one->span.start || (one->entity != DL_NONE && n->items[i].entity == one->entity)) return false;
    return true;
}

static void add_participant(naming *n, const dl_participant *p)
{
    if (n->count < MAX_PARTICIPANTS && is_new(n, p)) n->items[n->count++] = *p;
}

/* "Artillery fire killed two": the weapon that names the act did not do it. */
static bool is_weapon_of_trigger(const naming *n, uint32_t token)
{
    const trigger *lead = &n->c->triggers.items[n->d->lead];
    return token >= lead->first && token <= lead->last && is_class(n->c, token, n->c->class_weapon);
}

static void name_tokens(naming *n, const token_list *list, bool actor)
{
    for (size_t i = 0; i < list->count; i++) {
        if (actor && is_weapon_of_trigger(n, list->items[i])) continue;
        if (!actor && is_own_word(n->c, n->d, list->items[i])) continue; /* "Russian attacks killed six": no victims */
        dl_participant p = code_participant(n, list->items[i], actor);
        if (!is_idle(n, &p, actor)) add_participant(n, &p);
    }
}

static bool has_country(const dl_participant *items, size_t count, dl_str code)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].code.ptr && dl_str_eq(dl_names_country_of(items[i].code), dl_names_country_of(code))) return true;
    return false;
}

/* The subjects of the clauses above: who does it where the act's own clause is silent ("orders", "plans to", "agreed on"). */
static void ask_clauses_above(naming *n)
{
    const coder *c = n->c;
    uint32_t at = n->d->event.trigger_token;
    for (int step = 0; step < 10 && at != DL_NONE && !n->count; step++, at = c->text->tokens[at].head) {
        uint32_t subject = dl_tree_subject(c->text, at);
        if (subject == DL_NONE || dl_tree_is_passive(c->text, at)) continue;
        dl_participant p = code_participant(n, subject, true);
        if (p.code.ptr) add_participant(n, &p);
    }
}

/* Names of the sentence, nearest first behind the trigger, then before it, that are of no country known yet. */
static void ask_sentence(naming *n, bool actor, size_t wanted)
{
    const coder *c = n->c;
    uint32_t trigger_token = n->d->event.trigger_token, start = sentence_start(c, trigger_token), end = sentence_end(c, trigger_token);
    for (uint32_t step = 1; step < end - start && step < FAR && n->count < wanted; step++) {
        uint32_t at = trigger_token + step < end ? trigger_token + step : end - 1 - step >= start && end - 1 - step < trigger_token ? end - 1 - step : DL_NONE;
        if (at == DL_NONE || !is_class(c, at, CLASS_NAME) || (at + 1 < end && c->mention_of[at] != DL_NONE && c->mention_of[at] == c->mention_of[at + 1]))
            continue;
        dl_participant p = code_participant(n, at, actor);
        if (!p.code.ptr || dl_names_is_sector(p.code) || has_country(n->items, n->count, p.code)) continue;
        if (!actor && has_country(n->d->event.actors, n->d->event.actor_count, p.code)) continue;
        add_participant(n, &p);
    }
}

static dl_status begin_list(naming *n, dl_error *err)
{
    n->items = DL_NEW_ARRAY(n->c->arena, dl_participant, MAX_PARTICIPANTS);
    n->count = 0;
    return n->items ? DL_OK : dl_fail_memory(err);
}

static bool is_chosen(const candidate *one, bool actor)
{
    float own = actor ? one->does : one->suffers, other = actor ? one->suffers : one->does;
    return own >= (actor ? least_does : least_suffers) && own >= other;
}

/* The candidate whose phrase another one specifies: "minister" of "Israeli" in "the Israeli minister"; SIZE_MAX. */
static size_t phrase_of(const naming *n, const candidates *all, size_t index)
{
    uint32_t token = all->items[index].token;
    for (size_t i = index + 1; i < all->count; i++)
        if (clause_phrase_start(n->c, all->items[i].token) <= token) return i;
    return SIZE_MAX;
}

/* "Swedish and Chilean warships" are two parties. */
static bool is_coordinated(const coder *c, uint32_t token)
{
    uint32_t both[2];
    return dl_tree_conjuncts(c->text, dl_tree_first_conjunct(c->text, token), both, 2) > 1;
}

/* "The king and the premier signed": who is named beside a party in one breath is one too, unless another role is likelier; of
 * attackers and attacked in one breath ("clashes left soldiers and rebels dead") that says little. */
static bool is_beside_chosen(const naming *n, const candidates *all, size_t index, bool actor, const bool *chosen)
{
    const candidate *one = &all->items[index];
    float own = actor ? one->does : one->suffers, other = actor ? one->suffers : one->does;
    if (chosen[index] || own < least_beside || own < other || (actor && n->d->event.type == DL_ASSAULT)) return false;
    uint32_t first = dl_tree_first_conjunct(n->c->text, one->token);
    for (size_t i = 0; i < all->count; i++)
        if (chosen[i] && i != index && dl_tree_first_conjunct(n->c->text, all->items[i].token) == first) return true;
    return false;
}

/* Of a phrase and a word inside it that is chosen as well, or instead though the phrase may do, the phrase is the party. */
static void prefer_phrases(const naming *n, const candidates *all, bool actor, bool *chosen)
{
    bool beside[MAX_CANDIDATES];
    for (size_t i = 0; i < all->count; i++) chosen[i] = is_chosen(&all->items[i], actor);
    for (size_t i = 0; i < all->count; i++) beside[i] = is_beside_chosen(n, all, i, actor, chosen);
    for (size_t i = 0; i < all->count; i++) chosen[i] = chosen[i] || beside[i];
    for (size_t i = 0; i < all->count; i++) {
        size_t whole = chosen[i] && !is_coordinated(n->c, all->items[i].token) ? phrase_of(n, all, i) : SIZE_MAX;
        if (whole == SIZE_MAX) continue;
        const candidate *one = &all->items[whole];
        float own = actor ? one->does : one->suffers, other = actor ? one->suffers : one->does;
        if (own >= least_whole && own >= other) chosen[whole] = true;
        if (chosen[whole]) chosen[i] = false;
    }
}

/* Nobody does it to himself. */
static bool is_actor(const naming *n, const dl_participant *p)
{
    for (size_t i = 0; i < n->d->event.actor_count && p->entity != DL_NONE; i++)
        if (n->d->event.actors[i].entity == p->entity) return true;
    return false;
}

/* "American and Russian negotiators" are of two countries: one party for each. */
static void add_partners(naming *n, const dl_participant *p)
{
    const coder *c = n->c;
    if (p->code.len < 3 || dl_names_is_sector(p->code)) return;
    dl_str sector = dl_str_slice(p->code, 3, p->code.len);
    for (uint32_t t = clause_phrase_start(c, p->head); t < p->head && n->count < MAX_PARTICIPANTS; t++) {
        dl_str country = is_coordinated(c, t) ? coded_country(c, t) : (dl_str){0};
        if (!country.len || has_country(n->items, n->count, country)) continue;
        dl_participant other = {.span = c->text->tokens[t].span, .head = t, .entity = DL_NONE, .inherited = p->inherited};
        other.name = dl_span_str(c->text->text, other.span);
        other.code = dl_arena_format(c->arena, "%.*s%.*s", (int)country.len, country.ptr, (int)sector.len, sector.ptr);
        if (other.code.ptr) n->items[n->count++] = other;
    }
}

/* Whom the learned weighing takes for a party; who stands in the sentence before is marked as inherited. */
static void name_candidates(naming *n, const candidates *all, bool actor)
{
    bool chosen[MAX_CANDIDATES];
    prefer_phrases(n, all, actor, chosen);
    for (size_t i = 0; i < all->count; i++) {
        const candidate *one = &all->items[i];
        if (!chosen[i]) continue;
        dl_participant p = code_participant(n, one->meant, actor);
        p.inherited = one->back;
        if (is_idle(n, &p, actor) || (!actor && is_actor(n, &p))) continue;
        add_participant(n, &p);
        add_partners(n, &p);
    }
}

static dl_status name_heard_actors(naming *n, const candidates *all, dl_error *err)
{
    dl_status status = begin_list(n, err);
    if (status != DL_OK) return status;
    name_candidates(n, all, true);
    if (!n->count && n->c->data->manners[n->d->event.type].always_actor) ask_clauses_above(n);
    n->d->event.actors = n->items, n->d->event.actor_count = n->count;
    return DL_OK;
}

static dl_status name_heard_recipients(naming *n, const candidates *all, dl_error *err)
{
    dl_status status = begin_list(n, err);
    if (status != DL_OK) return status;
    name_candidates(n, all, false);
    if (!n->count && n->d->event.type == DL_ASSAULT && n->d->event.actor_count && n->d->place_own) ask_sentence(n, false, 1);
    n->d->event.recipients = n->items, n->d->event.recipient_count = n->count;
    return DL_OK;
}

static dl_status name_actors(naming *n, dl_error *err)
{
    dl_status status = begin_list(n, err);
    if (status != DL_OK) return status;
    dl_event *e = &n->d->event;
    bool joint = n->c->triggers.items[n->d->lead].joint;
    name_tokens(n, &n->d->actors, true);
    if (n->c->text->parsed && n->c->data->manners[e->type].always_actor) {
        if (!n->count) ask_clauses_above(n);
        if (joint && n->count < 2 && !n->c->triggers.items[n->d->lead].pattern->word_count) ask_sentence(n, true, 2);
    }
    e->actors = n->items, e->actor_count = n->count;
    return DL_OK;
}

/* Who struck again: "A separate strike kills three". The doer of the attack told just before in the paragraph, where it hit the same side. */
static dl_status inherit_actors(naming *n, const drafts *all, size_t index, dl_error *err)
{
    dl_event *e = &n->d->event;
    const coder *c = n->c;
    if (e->type != DL_ASSAULT || e->actor_count || !e->recipient_count || e->realis > DL_ONGOING) return DL_OK;
    for (size_t i = index; i-- > 0;) {
        const dl_event *before = &all->items[i].event;
        if (e->sentence - before->sentence > 1 || c->text->sentences[before->sentence].block != c->text->sentences[e->sentence].block) return DL_OK;
        if (all->items[i].dropped || before->type != DL_ASSAULT || !before->actor_count || before->realis > DL_ONGOING) continue;
        bool same_side = before->recipient_count ? has_country(before->recipients, before->recipient_count, e->recipients[0].code)
                                                 : n->d->country.ptr && dl_str_eq(all->items[i].country, n->d->country);
        if (!same_side) return DL_OK;
        dl_status status = begin_list(n, err);
        if (status != DL_OK) return status;
        for (size_t k = 0; k < before->actor_count; k++) {
            n->items[n->count] = before->actors[k];
            n->items[n->count++].inherited = true;
        }
        e->actors = n->items, e->actor_count = n->count;
        return DL_OK;
    }
    return DL_OK;
}

/* Joint acts have no recipient, but for those that one side alone does: a visit, a welcome, the acceptance of somebody's offer. */
static bool is_done_to_somebody(const naming *n)
{
    const trigger *lead = &n->c->triggers.items[n->d->lead];
    bool joint_type = n->c->data->manners[n->d->event.type].no_recipient && n->c->data->manners[n->d->event.type].always_actor;
    return !n->c->data->manners[n->d->event.type].no_recipient || (joint_type && lead->listed && lead->pattern->recipient_count > 0);
}

/* Whoever strikes in another country strikes that country, though no victim is named; not who takes part in a fight there. */
static void ask_place(naming *n)
{
    const dl_event *e = &n->d->event;
    if (!n->d->country.ptr || !n->d->place_own || !e->actor_count || has_country(e->actors, e->actor_count, n->d->country)) return;
    if (dl_str_is(e->mode, "clash") || dl_str_is(e->mode, "territory") || dl_str_is(e->mode, "firearm")) return;
    for (size_t i = 0; i < e->actor_count; i++)
        if (!e->actors[i].code.ptr || dl_names_is_sector(e->actors[i].code)) return;
    const dl_place *place = &n->c->in->places->items[e->place];
    add_participant(n, &(dl_participant){.span = place->span, .head = place->first, .entity = DL_NONE, .name = dl_span_str(n->c->text->text, place->span),
                                         .code = n->d->country});
}

static dl_status name_recipients(naming *n, dl_error *err)
{
    dl_status status = begin_list(n, err);
    if (status != DL_OK) return status;
    dl_event *e = &n->d->event;
    bool joint = n->c->triggers.items[n->d->lead].joint;
    if (!joint && is_done_to_somebody(n)) name_tokens(n, &n->d->recipients, false);
    if (!joint && !n->count && n->c->data->manners[e->type].always_recipient) ask_sentence(n, false, 1);
    if (!joint && !n->count && e->type == DL_ASSAULT) ask_place(n);
    e->recipients = n->items, e->recipient_count = n->count;
    return DL_OK;
}

/* With a model's word on who takes part, all who are named are weighed; else the rules decide. */
static dl_status name_one(naming *n, const drafts *all, size_t index, dl_error *err)
{
    if (!n->c->hints.arguments || !n->c->text->parsed || n->c->triggers.items[n->d->lead].duty) {
        dl_status status = name_actors(n, err);
        if (status == DL_OK) status = name_recipients(n, err);
        return status == DL_OK ? inherit_actors(n, all, index, err) : status;
    }
    candidates *heard = DL_NEW(n->c->arena, candidates);
    if (!heard) return dl_fail_memory(err);
    find_arguments(n->c, all, index, heard);
    dl_status status = name_heard_actors(n, heard, err);
    if (status == DL_OK) status = name_heard_recipients(n, heard, err);
    return status == DL_OK ? inherit_actors(n, all, index, err) : status;
}

dl_status name_participants(coder *c, drafts *all, dl_error *err)
{
    naming n = {.c = c, .theatre = theatre_of(c), .page_country = dl_names_main_country(c->in->names_data, c->text)};
    trace_arguments(c);
    for (size_t i = 0; i < all->count; i++) {
        n.d = &all->items[i];
        n.d->country = country_of_place(c, n.d->event.place);
        dl_status status = n.d->dropped ? DL_OK : name_one(&n, all, i, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
