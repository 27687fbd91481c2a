/* participants.c - heads of noun phrases become participants with span, entity and code. */
#include "base/error.h"
#include "base/str.h"
#include "events/build.h"
#include "events/clause.h"

static dl_str country_of_place(const coder *c, uint32_t index)
{
    if (index >= c->in->places->count || !c->in->places->items[index].country.ptr) return (dl_str){0};
    return dl_names_iso3_of(c->in->names_data, c->in->places->items[index].country);
}

/* A name in the phrase of a thing tells whose it is: "a Russian oil depot", "facilities in Saudi Arabia". */
static bool is_thing(const coder *c, uint32_t token)
{
    return is_class(c, token, c->class_site | c->class_weapon | c->class_vehicle | c->class_place | c->class_attack);
}

static dl_status code_participant(coder *c, const draft *d, uint32_t token, bool actor, dl_participant *out, dl_error *err)
{
    dl_span span = c->text->tokens[token].span;
    uint32_t entity = DL_NONE;
    dl_str code = dl_names_code_of(c->in->names_data, c->arena, c->text, c->in->names, token, &span, &entity);
    if (code.ptr && dl_names_is_sector(code) && d->country.ptr) code = dl_names_code_in(c->arena, code, d->country);
    if (!code.ptr && !actor && d->country.ptr && is_thing(c, token)) code = d->country;
    if (!code.ptr && !actor && is_class(c, token, CLASS_NUMBER | c->class_person))
        code = dl_names_code_in(c->arena, DL_STR("CVL"), d->country);
    *out = (dl_participant){.span = span, .head = token, .entity = entity, .code = code};
    out->name = dl_span_str(c->text->text, span);
    if (entity != DL_NONE && entity < c->in->names->entity_count && c->in->names->entities[entity].name.ptr)
        out->name = c->in->names->entities[entity].name;
    return DL_OK;
    (void)err;
}

static bool is_idle(const coder *c, const dl_participant *p)
{
    return !p->code.ptr && p->entity == DL_NONE && (is_class(c, p->head, CLASS_PRONOUN) || is_thing(c, p->head));
}

static bool repeats(const dl_participant *items, size_t count, const dl_participant *one)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].span.start == one->span.start) return true;
    return false;
}

static dl_status name_list(coder *c, draft *d, const token_list *list, bool actor, const dl_participant **out, size_t *count,
                           dl_error *err)
{
    dl_participant *items = DL_NEW_ARRAY(c->arena, dl_participant, list->count + 1);
    if (!items) return dl_fail_memory(err);
    *out = items, *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        dl_participant *p = &items[*count];
        dl_status status = code_participant(c, d, list->items[i], actor, p, err);
        if (status != DL_OK) return status;
        if (is_idle(c, p) || repeats(items, *count, p)) continue;
        ++*count;
    }
    return DL_OK;
}

dl_status name_participants(coder *c, drafts *all, dl_error *err)
{
    dl_str main_country = dl_names_main_country(c->in->names_data, c->text);
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        if (d->dropped) continue;
        d->country = country_of_place(c, d->event.place);
        if (!d->country.ptr) d->country = main_country;
        dl_status status = name_list(c, d, &d->actors, true, &d->event.actors, &d->event.actor_count, err);
        if (status == DL_OK) status = name_list(c, d, &d->recipients, false, &d->event.recipients, &d->event.recipient_count, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}
