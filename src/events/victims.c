/* victims.c - whether a later toll counts only victims who were counted before: news tells the toll first, then who they were. */
#include "base/str.h"
#include "casualties/casualties.h"
#include "events/build.h"

enum { OPENING = 4, BARE = 2 }; /* tokens that open a sentence; what a bare plural counts as */

static bool is_bare_plural(const dl_range *x)
{
    return x->open && x->min == BARE;
}

/* Whom a count of one may name among those counted before: "Constable Omar Diallo", "the driver", "him". */
static bool is_somebody_known(const coder *c, const draft *earlier, const dl_casualty *x)
{
    if (!x || x->victim_token == DL_NONE || x->number_token != DL_NONE || x->count.open || x->count.max != 1) return false;
    uint32_t mention = c->mention_of[x->victim_token], entity = mention == DL_NONE ? DL_NONE : c->in->names->mentions[mention].entity;
    for (size_t i = 0; i < earlier->event.actor_count; i++)
        if (earlier->event.actors[i].head == antecedent(c, x->victim_token) || (entity != DL_NONE && earlier->event.actors[i].entity == entity)) return false;
    uint8_t upos = c->text->tokens[x->victim_token].upos;
    return upos == DL_PROPN || upos == DL_PRON || upos == DL_NOUN;
}

/* "Seven killed", then "seven people", "students" or one of them by name; where `again`, a smaller number, too: "in the blast four of ...". */
static bool covers(const coder *c, const draft *earlier, const dl_range *first, const dl_range *later, const dl_casualty *told, bool again)
{
    if (!later->known) return true;
    if (!first->known || !later->min) return false;
    if (is_bare_plural(first) || is_bare_plural(later) || later->min == first->min) return true;
    return later->min < first->min && (again || is_somebody_known(c, earlier, told));
}

static bool is_rebel(dl_str code)
{
    return dl_str_ends(code, "REB") || dl_str_starts(code, "IMG") || dl_str_ends(code, "CRM");
}

/* 1: all are rebels, 0: none is, -1: some are, or nobody knows. */
static int rebels_among(const dl_event *e)
{
    size_t rebels = 0, known = 0;
    for (size_t i = 0; i < e->recipient_count; i++) {
        if (!e->recipients[i].code.ptr) continue;
        known++;
        rebels += is_rebel(e->recipients[i].code);
    }
    return !known || (rebels && rebels < known) ? -1 : rebels > 0;
}

/* Soldiers that were killed and the raiders that were: victims of two sides. */
static bool sides_part(const draft *earlier, const draft *later)
{
    int first = rebels_among(&earlier->event), then = rebels_among(&later->event);
    const dl_casualty *counted = earlier->dead ? earlier->dead : earlier->hurt;
    if (first == 0 && then == 1 && counted && counted->anyone) return false;
    return first >= 0 && then >= 0 && first != then;
}

/* "In another incident", "a third blast", "One of the strikes killed": happenings told one by one. */
static bool opens_anew(const coder *c, const draft *later)
{
    const dl_sentence *s = &c->text->sentences[later->event.sentence];
    uint32_t lead = later->event.trigger_token;
    if (dl_str_is(c->text->tokens[s->first].norm, "one") && is_word(c, s->first + 1, c->word_of) && lead <= s->first + OPENING) return true;
    for (uint32_t t = s->first; t < s->first + s->count && t < s->first + OPENING; t++)
        if (is_class(c, t, c->class_separate)) return true;
    return false;
}

/* "Two civilians were also killed", "two others": more victims, not the same. */
bool is_added(const coder *c, const dl_casualty *x)
{
    if (!x || x->harm_token == DL_NONE) return false;
    for (uint32_t back = 1; back <= OPENING && x->harm_token >= sentence_start(c, x->harm_token) + back; back++)
        if (dl_str_is(c->text->tokens[x->harm_token - back].norm, "also")) return true;
    if (x->victim_token != DL_NONE && c->text->tokens[x->victim_token].upos == DL_ADJ) return true; /* "the fourth" */
    if (x->victim_token != DL_NONE && x->number_token != DL_NONE && x->number_token > 1 && dl_str_is(c->text->tokens[x->number_token - 1].norm, "other")) return false; /* "the other three" */
    return x->victim_token != DL_NONE && (dl_str_is(x->victims, "other") || dl_str_is(x->victims, "others") || dl_str_is(x->victims, "another"));
}

/* "the blast": words of the draft mean an attack told before. */
static bool tells_again(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (c->triggers.items[d->members[i]].anaphor) return true;
    return false;
}

bool counts_same_victims(const coder *c, const draft *earlier, const draft *later)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    if (x->type != DL_ASSAULT || y->type != DL_ASSAULT || x->realis > DL_ONGOING || y->realis > DL_ONGOING) return false;
    if (x->background || y->background || (!y->killed.known && !y->wounded.known)) return false;
    bool again = tells_again(c, later);
    if (!covers(c, earlier, &x->killed, &y->killed, later->dead, again) || !covers(c, earlier, &x->wounded, &y->wounded, later->hurt, again)) return false;
    if (opens_anew(c, later) || is_added(c, later->dead) || is_added(c, later->hurt)) return false;
    return !sides_part(earlier, later);
}

/* "Several civilians were also hurt" leaves the number told before as it is. */
static bool is_numbered_addition(const coder *c, const dl_casualty *x)
{
    return x && x->number_token != DL_NONE && !x->count.open && is_added(c, x);
}

/* Whether the later draft tells, a sentence on, of more who fell in the attack that the earlier one told: "Two of his guards were also
 * killed in the attack", "Two civilians were also killed". */
static bool adds_victims(const coder *c, const draft *earlier, const draft *later)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    if (x->type != DL_ASSAULT || y->type != DL_ASSAULT || x->realis > DL_ONGOING || y->realis > DL_ONGOING || x->background || y->background) return false;
    if (y->sentence != x->sentence + 1 || c->text->sentences[x->sentence].block != c->text->sentences[y->sentence].block || opens_anew(c, later)) return false;
    bool dead = x->killed.known && is_numbered_addition(c, later->dead), hurt = x->wounded.known && is_numbered_addition(c, later->hurt);
    if (rebels_among(y) == 1 && rebels_among(x) != 1) return false; /* the attackers who fell */
    if (!(dead || hurt) || (y->killed.known && !dead) || (y->wounded.known && !hurt)) return false;
    for (size_t i = 0; i < y->actor_count; i++)
        if (!y->actors[i].inherited) return false;
    for (size_t i = 0; i < later->member_count; i++) {
        const trigger *t = &c->triggers.items[later->members[i]];
        if (!t->effect && !t->anaphor) return false;
    }
    return !later->place_own && !later->time_own;
}

static void add_range(dl_range *to, dl_range *more)
{
    if (!more->known || !to->known) return;
    *to = dl_casualties_sum(*to, *more);
    *more = (dl_range){0};
}

void add_further_victims(const coder *c, drafts *all)
{
    draft *earlier = NULL; /* the last one whose victims may be added to */
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        if (d->dropped || d->event.type != DL_ASSAULT) continue;
        if (earlier && adds_victims(c, earlier, d)) {
            add_range(&earlier->event.killed, &d->event.killed);
            add_range(&earlier->event.wounded, &d->event.wounded);
            d->dead = d->hurt = NULL;
        } else if (d->event.killed.known || d->event.wounded.known) {
            earlier = d;
        }
    }
}
