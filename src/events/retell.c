/* retell.c - one happening told in several sentences becomes one event with further triggers. */
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "events/clause.h"
#include "events/retold.h"

/* For train/events/retold.py: a build with -DDL_TRACE_RETOLD tells on standard error what is known of each pair of acts. */
#ifdef DL_TRACE_RETOLD
#include <stdio.h>
#define DL_TRACE_PAIR(...) fprintf(stderr, __VA_ARGS__)
#else
#define DL_TRACE_PAIR(...) ((void)0)
#endif

/* How likely it must be that an act was told before, what a rule that says so adds, and what an act of the same sentence lacks: join.c has
 * joined what belongs together there. */
static const float least_retold = 0.45f, rule_adds = 0.2f, beside_lacks = 0.15f;

enum { LOOK_BACK = 40, NEAR_SENTENCES = 3, ARTICLE_SENTENCES = 6, FAR_SENTENCES = 12, ONE_BREATH = 7 /* tokens */, MANY = 3 }; /* so many victims are hardly counted twice by chance */

bool effects_only(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (!c->triggers.items[d->members[i]].effect) return false;
    return true;
}

/* "8" and "at least 8" do not differ. */
static bool both_known_differ(dl_range a, dl_range b)
{
    return a.known && b.known && (a.min != b.min || (!a.open && !b.open && a.max != b.max));
}

bool tolls_differ(const dl_event *a, const dl_event *b)
{
    return both_known_differ(a->killed, b->killed) || both_known_differ(a->wounded, b->wounded);
}

bool places_differ(const coder *c, const draft *a, const draft *b)
{
    if (!a->place_own || !b->place_own || a->event.place == b->event.place) return false;
    const dl_place *p = &c->in->places->items[a->event.place], *q = &c->in->places->items[b->event.place];
    return !dl_str_eq(p->name, q->name);
}

bool days_differ(const dl_event *a, const dl_event *b)
{
    if (!a->date.year || !b->date.year || a->date_from_published || b->date_from_published) return false;
    return a->date.year != b->date.year || a->date.month != b->date.month || a->date.day != b->date.day;
}

bool some_code_agrees(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t k = 0; k < b_count; k++)
            if (a[i].code.ptr && b[k].code.ptr && dl_str_eq(dl_names_country_of(a[i].code), dl_names_country_of(b[k].code))) return true;
    return false;
}

bool sides_differ(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count)
{
    return a_count && b_count && !some_code_agrees(a, a_count, b, b_count);
}

static bool participants_differ(const dl_event *a, const dl_event *b)
{
    return sides_differ(a->actors, a->actor_count, b->actors, b->actor_count) ||
           sides_differ(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
}

static bool participants_agree(const dl_event *a, const dl_event *b)
{
    return some_code_agrees(a->actors, a->actor_count, b->actors, b->actor_count) &&
           (some_code_agrees(a->recipients, a->recipient_count, b->recipients, b->recipient_count) ||
            !a->recipient_count || !b->recipient_count);
}

static bool same_source(const dl_event *a, const dl_event *b)
{
    return a->source == DL_NONE || b->source == DL_NONE || a->source == b->source;
}

static bool can_be_same(const coder *c, const draft *a, const draft *b)
{
    const dl_event *x = &a->event, *y = &b->event;
    /* "nobody was hurt" denies harm, not the attack */
    bool real = x->realis <= DL_ONGOING && (y->realis <= DL_ONGOING || effects_only(c, b));
    return x->type == y->type && x->background == y->background && (real || x->realis == y->realis) && !tolls_differ(x, y) &&
           !places_differ(c, a, b) && !days_differ(x, y) && !participants_differ(x, y);
}

/* The same numbers of dead and of wounded, several of each: hardly two attacks, however the places are named. */
static bool is_whole_toll(const dl_event *a, const dl_event *b)
{
    bool dead = a->killed.known && b->killed.known && a->killed.min == b->killed.min && a->killed.min >= MANY;
    return dead && a->wounded.known && b->wounded.known && a->wounded.min == b->wounded.min && a->wounded.min >= MANY;
}

bool same_words(const coder *c, const draft *a, const draft *b)
{
    word_id word = c->triggers.items[a->lead].pattern->words[0];
    return word && word == c->triggers.items[b->lead].pattern->words[0];
}

/* Tells nothing that would set it apart: no place, day or toll of its own. */
bool is_bare(const draft *d)
{
    const dl_event *e = &d->event;
    return !d->place_own && !d->time_own && !e->killed.known && !e->wounded.known && !e->killed_or_wounded.known;
}

bool modes_differ(const dl_event *a, const dl_event *b)
{
    bool plain = !a->mode.ptr || !b->mode.ptr || dl_str_is(a->mode, "other") || dl_str_is(b->mode, "other");
    return !plain && !dl_str_eq(a->mode, b->mode);
}

static uint32_t entity_of(const coder *c, uint32_t token)
{
    uint32_t mention = token < c->text->token_count ? dl_names_mention_at(c->in->names, token) : DL_NONE;
    return mention == DL_NONE ? DL_NONE : c->in->names->mentions[mention].entity;
}

static bool names_person(const coder *c, uint32_t entity)
{
    return entity != DL_NONE && entity < c->in->names->entity_count && c->in->names->entities[entity].type == DL_NAME_PERSON;
}

static bool is_mentioned(const coder *c, uint32_t entity, uint32_t sentence)
{
    const dl_sentence *s = &c->text->sentences[sentence];
    for (uint32_t t = s->first; t < s->first + s->count; t++)
        if (c->mention_of[t] != DL_NONE && c->in->names->mentions[c->mention_of[t]].entity == entity) return true;
    return false;
}

/* "Ivan Petrov" and, where the names were not tied together, "Petrov". */
static bool says_name(const coder *c, uint32_t name, uint32_t sentence)
{
    const dl_sentence *s = &c->text->sentences[sentence];
    if (name >= c->text->token_count || c->text->tokens[name].upos != DL_PROPN || !is_class(c, name, CLASS_NAME)) return false;
    for (uint32_t t = s->first; t < s->first + s->count; t++)
        if (c->text->tokens[t].upos == DL_PROPN && dl_str_eq(c->text->tokens[t].norm, c->text->tokens[name].norm)) return true;
    return false;
}

static bool is_one(const dl_casualty *x)
{
    return x->count.min == 1 && !x->count.open && x->count.max == 1;
}

/* "the man", "him": someone told of before. */
static bool is_definite(const coder *c, const dl_casualty *x)
{
    if (x->number_token != DL_NONE || x->victim_token == DL_NONE) return false;
    uint32_t start = clause_phrase_start(c, x->victim_token);
    return is_class(c, x->victim_token, CLASS_PRONOUN) || is_word(c, start, c->word_the) || is_word(c, start, c->word_this);
}

static bool is_general(dl_str victims)
{
    return !victims.len || dl_str_is(victims, "people") || dl_str_is(victims, "person") || dl_str_is(victims, "civilian") || dl_str_is(victims, "other");
}

/* Whether two counts tell of the same victims. */
static bool same_victims(const coder *c, const draft *earlier, const dl_casualty *a, const dl_casualty *b, uint32_t gap)
{
    if (!a || !b || a->count.min != b->count.min || a->count.min == 0) return false;
    if (is_one(b)) {
        uint32_t entity = entity_of(c, b->victim_token);
        if (says_name(c, b->victim_token, earlier->event.sentence)) return true;
        if (names_person(c, entity)) return is_mentioned(c, entity, earlier->event.sentence) || entity == entity_of(c, a->victim_token);
        return gap <= NEAR_SENTENCES && is_definite(c, b);
    }
    if (a->number_token == DL_NONE || b->number_token == DL_NONE) return false;
    if (dl_str_eq_nocase(a->victims, b->victims) && !is_general(a->victims)) return gap <= (b->count.min >= MANY ? FAR_SENTENCES : NEAR_SENTENCES);
    return gap <= NEAR_SENTENCES && (is_general(a->victims) || is_general(b->victims));
}

/* One dies but once, and what several suffer is seldom suffered by as many others a sentence or two on: then neither other
 * names of the parties nor another name of the place make two events of it, inside a paragraph. */
bool harms_same_victims(const coder *c, const draft *earlier, const draft *later, uint32_t gap)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    if (x->type != DL_ASSAULT || y->type != DL_ASSAULT || x->realis > DL_ONGOING || y->realis > DL_ONGOING || tolls_differ(x, y)) return false;
    bool dead = same_victims(c, earlier, earlier->dead, later->dead, gap);
    bool hurt = !(earlier->dead && later->dead) && same_victims(c, earlier, earlier->hurt, later->hurt, gap);
    if (!dead && !hurt) return false;
    const dl_casualty *told = dead ? later->dead : later->hurt;
    bool beside = c->text->sentences[x->sentence].block == c->text->sentences[y->sentence].block;
    beside = beside || (told->count.min >= MANY && !is_general(told->victims));
    if (dead && is_one(told) && names_person(c, entity_of(c, told->victim_token))) return true;
    return beside && !days_differ(x, y) && (told->count.min >= MANY || !places_differ(c, earlier, later));
}

/* "The strikes" mean those told shortly before, whatever else their sentence names, unless day, toll, doer or kind speak against it. */
static bool is_meant_by_article(const coder *c, const draft *earlier, const draft *later, uint32_t gap)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    const trigger *lead = &c->triggers.items[later->lead];
    if (!lead->anaphor || x->type != y->type || y->type != DL_ASSAULT || gap > ARTICLE_SENTENCES || x->background || y->background) return false;
    if (x->realis > DL_ONGOING || y->realis > DL_ONGOING || modes_differ(x, y) || tolls_differ(x, y) || days_differ(x, y)) return false;
    bool elsewhere = later->place_own && c->in->places->items[y->place].precision != DL_PRECISION_COUNTRY;
    return !(elsewhere && places_differ(c, earlier, later)) && !sides_differ(x->actors, x->actor_count, y->actors, y->actor_count);
}

/* "A separate strike", "another attack": the text itself says that it is a new one. */
bool is_set_apart(const coder *c, const draft *d)
{
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        for (uint32_t at = t->pattern->noun ? clause_phrase_start(c, t->token) : t->token; at < t->token; at++)
            if (is_class(c, at, c->class_separate)) return true;
    }
    return false;
}

bool is_in_heading(const coder *c, const draft *d)
{
    uint32_t block = c->text->sentences[d->event.sentence].block;
    return block < c->in->story->block_count && c->in->story->blocks[block].kind == DL_BLOCK_HEADING;
}

/* A headline act that the next sentences tell in detail: the same parties, or none yet in a heading, and nothing of its own that would set it apart. */
static bool is_told_in_detail(const coder *c, const draft *earlier, const draft *later, uint32_t gap)
{
    bool parties = participants_agree(&earlier->event, &later->event) || (!earlier->event.actor_count && !earlier->event.recipient_count && is_in_heading(c, earlier));
    return gap <= 2 && is_bare(earlier) && parties && !modes_differ(&earlier->event, &later->event);
}

/* "Abducted two nurses, the third kidnapping this year": a noun of the same kind sums up what its sentence told. */
static bool is_summed_up(const coder *c, const draft *earlier, const draft *later)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    bool kind = x->mode.ptr && y->mode.ptr && dl_str_eq(x->mode, y->mode) && !dl_str_is(y->mode, "other") && !dl_str_is(y->mode, "aerial");
    return y->type == DL_ASSAULT && kind && c->triggers.items[later->lead].pattern->noun && !y->killed.known && !y->wounded.known && can_be_same(c, earlier, later) &&
           participants_agree(x, y);
}

static bool within(const dl_participant *items, size_t count, const dl_participant *all, size_t all_count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].code.ptr && !some_code_agrees(&items[i], 1, all, all_count)) return false;
    return true;
}

/* "Spoke by phone ... the call ... their conversation": talks that name no party but those of the talks before. */
static bool is_of_same_talks(const draft *earlier, const draft *later, uint32_t gap)
{
    const dl_event *x = &earlier->event, *y = &later->event;
    if (y->type != DL_CONSULT || gap > FAR_SENTENCES || !some_code_agrees(x->actors, x->actor_count, y->actors, y->actor_count)) return false;
    return within(y->actors, y->actor_count, x->actors, x->actor_count) || within(x->actors, x->actor_count, y->actors, y->actor_count);
}

static bool is_hypothetical(const dl_event *e)
{
    return e->realis == DL_PLANNED || e->realis == DL_POSSIBLE || e->realis == DL_THREATENED;
}

static bool some_party_agrees(const dl_event *a, const dl_event *b)
{
    return some_code_agrees(a->recipients, a->recipient_count, b->recipients, b->recipient_count) || some_code_agrees(a->actors, a->actor_count, b->actors, b->actor_count);
}

/* What is planned, feared or offered has no day yet: told again of the same parties it is the same plan. */
static bool is_same_plan(const dl_event *x, const dl_event *y)
{
    return x->type == y->type && is_hypothetical(x) && is_hypothetical(y) && !tolls_differ(x, y) && !participants_differ(x, y) && some_party_agrees(x, y);
}

static bool tells_invasion(const coder *c, const draft *d)
{
    class_set invasion = vocabulary_class(&c->data->words, DL_STR("invasion"));
    for (size_t i = 0; i < d->member_count; i++)
        if (is_class(c, c->triggers.items[d->members[i]].token, invasion)) return true;
    return false;
}

static bool years_differ(const draft *a, const draft *b)
{
    return a->time_own && b->time_own && a->event.date.year && b->event.date.year && a->event.date.year != b->event.date.year;
}

/* One state invades another but once in a year, however often a page comes back to it, whatever day its sentence tells. */
static bool is_same_invasion(const coder *c, const draft *a, const draft *b)
{
    const dl_event *x = &a->event, *y = &b->event;
    if (x->type != DL_ASSAULT || y->type != DL_ASSAULT || !tells_invasion(c, a) || !tells_invasion(c, b)) return false;
    bool alike = x->realis == y->realis || (x->realis <= DL_ONGOING && y->realis <= DL_ONGOING) || (is_hypothetical(x) && is_hypothetical(y));
    return alike && !years_differ(a, b) && !participants_differ(x, y);
}

/* Two words for one attack in one breath: "rammed and stabbed", "the shooting spree that wounded". */
static bool is_in_one_breath(const coder *c, const draft *earlier, const draft *later)
{
    const trigger *a = &c->triggers.items[earlier->lead], *b = &c->triggers.items[later->lead];
    if (later->event.type != DL_ASSAULT || b->first <= a->last || b->first - a->last > ONE_BREATH || !can_be_same(c, earlier, later)) return false;
    for (uint32_t t = a->last + 1; t < b->first; t++)
        if (c->text->tokens[t].upos == DL_CCONJ && earlier->event.actor_count && later->event.actor_count) return false;
    return true;
}

/* Why the rules take two acts for one; the order is that in which the trees see them. */
typedef enum retelling_rule {
    RULE_NONE, RULE_SUMMED_UP, RULE_ONE_BREATH, RULE_SAME_VICTIMS, RULE_COUNTED_BEFORE, RULE_ARTICLE, RULE_SAME_PLAN, RULE_SAME_INVASION,
    RULE_SAME_TALKS, RULE_IN_DETAIL, RULE_HARM, RULE_NOTHING_NEW, RULE_SAME_TOLL, RULE_SAME_WORDS, RULE_SAME_PLACE,
    RULE_COUNT
} retelling_rule;

static const char *rule_name(retelling_rule rule)
{
    static const char *const names[RULE_COUNT] = {"told before", "summed up by a noun", "in one breath", "same victims", "victims counted before", "told again with its article", "the same plan", "the same invasion",
        "talks of the same parties", "told in detail", "harm of the attack before", "told again with nothing new", "same toll", "same words and parties", "same place and parties"};
    return names[rule];
}

/* "the attack", harm without an attack of its own, the same words of the same parties, or the same toll at the same place. */
static retelling_rule retelling(const coder *c, const draft *earlier, const draft *later)
{
    uint32_t gap = later->event.sentence - earlier->event.sentence;
    if (gap == 0 && is_summed_up(c, earlier, later)) return RULE_SUMMED_UP;
    if (gap == 0) return !is_set_apart(c, later) && is_in_one_breath(c, earlier, later) ? RULE_ONE_BREATH : RULE_NONE;
    if (harms_same_victims(c, earlier, later, gap)) return RULE_SAME_VICTIMS;
    bool elsewhere = places_differ(c, earlier, later) && !is_whole_toll(&earlier->event, &later->event);
    bool apart = is_set_apart(c, later) || elsewhere || days_differ(&earlier->event, &later->event);
    if (gap <= NEAR_SENTENCES && !apart && counts_same_victims(c, earlier, later)) return RULE_COUNTED_BEFORE;
    if (is_meant_by_article(c, earlier, later, gap) && !is_set_apart(c, later)) return RULE_ARTICLE;
    if (is_set_apart(c, later)) return RULE_NONE;
    if (is_same_plan(&earlier->event, &later->event)) return RULE_SAME_PLAN;
    if (is_same_invasion(c, earlier, later)) return RULE_SAME_INVASION;
    if (!can_be_same(c, earlier, later)) return RULE_NONE;
    if (is_of_same_talks(earlier, later, gap)) return RULE_SAME_TALKS;
    if (later->event.type == DL_ASSAULT && is_told_in_detail(c, earlier, later, gap)) return RULE_IN_DETAIL;
    const trigger *lead = &c->triggers.items[later->lead];
    bool assault = later->event.type == DL_ASSAULT;
    if (lead->anaphor && gap <= NEAR_SENTENCES && !later->place_own) return RULE_ARTICLE;
    if (assault && gap <= NEAR_SENTENCES && effects_only(c, later) && !later->place_own && !effects_only(c, earlier))
        return RULE_HARM;
    if (assault && is_bare(later) && !modes_differ(&earlier->event, &later->event) && c->triggers.items[later->lead].pattern->noun)
        return RULE_NOTHING_NEW;
    if (!assault && is_bare(later) && same_words(c, earlier, later)) return RULE_NOTHING_NEW;
    bool same_toll = earlier->event.killed.known && later->event.killed.known && same_source(&earlier->event, &later->event);
    if (assault && same_toll && later->event.killed.min > 1) return RULE_SAME_TOLL;
    if (participants_agree(&earlier->event, &later->event) && same_words(c, earlier, later) && same_source(&earlier->event, &later->event))
        return RULE_SAME_WORDS;
    if (assault && earlier->place_own && later->place_own && participants_agree(&earlier->event, &later->event)) return RULE_SAME_PLACE;
    return RULE_NONE;
}

static void take_range(dl_range *to, dl_range from)
{
    bool exact = to->known && from.known && to->open && !from.open && to->min == from.min; /* "at least eight", then "eight" */
    bool vague = to->known && from.known && to->open && to->min == 2 && from.min > 2; /* "students", then "at least 19 people" */
    if (!to->known || exact || vague) *to = from;
}

/* All words that tell of `from` tell of `to`; room is doubled, for one act may be told thousands of times. */
static bool take_words(coder *c, draft *to, const draft *from)
{
    dl_event *a = &to->event;
    const dl_event *b = &from->event;
    size_t count = a->also_count + b->also_count + 1;
    if (count > to->also_room) {
        dl_span *wider = DL_NEW_ARRAY(c->arena, dl_span, 2 * count);
        if (!wider) return false;
        if (a->also_count) memcpy(wider, a->also, a->also_count * sizeof *wider);
        to->also = wider, to->also_room = 2 * count;
    }
    to->also[a->also_count] = b->trigger;
    if (b->also_count) memcpy(to->also + a->also_count + 1, b->also, b->also_count * sizeof *to->also);
    a->also = to->also, a->also_count = count;
    return true;
}

static dl_status absorb(coder *c, draft *to, draft *from, dl_error *err)
{
    dl_event *a = &to->event, *b = &from->event;
    if (!take_words(c, to, from)) return dl_fail_memory(err);
    take_range(&a->killed, b->killed), take_range(&a->wounded, b->wounded), take_range(&a->captured, b->captured);
    take_range(&a->missing, b->missing), take_range(&a->killed_or_wounded, b->killed_or_wounded);
    if (!a->casualty_span_count) a->casualty_spans = b->casualty_spans, a->casualty_span_count = b->casualty_span_count;
    if (!a->actor_count) a->actors = b->actors, a->actor_count = b->actor_count;
    if (!a->recipient_count) a->recipients = b->recipients, a->recipient_count = b->recipient_count;
    bool vague = b->place != DL_NONE && c->in->places->items[b->place].precision == DL_PRECISION_COUNTRY;
    if (b->place != DL_NONE && !vague && (a->place == DL_NONE || (from->place_own && !to->place_own))) a->place = b->place;
    if (vague && a->place == DL_NONE) a->place = b->place;
    if (from->time_own && !to->time_own && b->date.year) a->date = b->date, a->date_to = b->date_to, a->time = b->time, a->date_from_published = false;
    if (!a->weapon.ptr) a->weapon = b->weapon, a->weapon_span = b->weapon_span;
    if (!a->site.ptr) a->site = b->site, a->site_span = b->site_span;
    if (a->source == DL_NONE) a->source = b->source;
    from->dropped = true;
    return DL_OK;
}

#ifdef DL_TRACE_RETOLD
static void trace_spans(const draft *d)
{
    DL_TRACE_PAIR("\t%u-%u", d->event.trigger.start, d->event.trigger.end);
    for (size_t i = 0; i < d->event.also_count; i++) DL_TRACE_PAIR(",%u-%u", d->event.also[i].start, d->event.also[i].end);
}

static void trace_pair(const draft *a, const draft *b, size_t first, size_t later, const float *f)
{
    DL_TRACE_PAIR("C\t%zu\t%zu\t%d", first, later, (int)b->event.type);
    trace_spans(a), trace_spans(b);
    for (int k = 0; k < RETOLD_FEATURE_COUNT; k++) DL_TRACE_PAIR("\t%g", (double)f[k]);
    DL_TRACE_PAIR("\n");
}
#else
#define trace_pair(a, b, first, later, f) ((void)0)
#endif

/* The act told before that this one most likely tells again, or DL_NONE. */
static uint32_t told_before(const coder *c, const drafts *all, size_t later, retelling_rule *rule)
{
    float f[RETOLD_FEATURE_COUNT], best = least_retold;
    uint32_t found = DL_NONE;
    for (size_t back = 1; back <= LOOK_BACK && back <= later; back++) {
        const draft *a = &all->items[later - back], *b = &all->items[later];
        if (a->dropped || b->dropped || a->event.type != b->event.type) continue;
        if (is_set_apart(c, b)) break; /* the text itself says that it is a new one */
        describe_retelling(c, all, later - back, later, f);
        retelling_rule says = retelling(c, a, b);
        f[RETOLD_RULE] = (float)says;
        trace_pair(a, b, later - back, later, f);
        float score = dl_trees_score(&c->data->retold, f) + (says == RULE_NONE ? 0 : rule_adds);
        if (a->event.sentence == b->event.sentence) score -= beside_lacks;
        if (says == RULE_IN_DETAIL && is_in_heading(c, a)) score = 1; /* what a heading announces the text below it tells */
        if (score > best) best = score, found = (uint32_t)(later - back), *rule = says;
    }
    return found;
}

/* All pairs are judged before any is merged, so that what an act takes in does not sway the next. */
dl_status merge_retold(coder *c, drafts *all, dl_error *err)
{
    uint32_t *link = DL_NEW_ARRAY(c->arena, uint32_t, all->count + 1);
    if (!link) return dl_fail_memory(err);
    DL_TRACE_PAIR("D\t%zu\n", c->text->text.len);
    for (size_t later = 0; later < all->count; later++) {
        retelling_rule rule = RULE_NONE;
        link[later] = told_before(c, all, later, &rule);
        if (link[later] != DL_NONE) c->triggers.items[all->items[later].lead].rule = rule_name(rule);
    }
    dl_status status = DL_OK;
    for (size_t later = 0; later < all->count && status == DL_OK; later++) {
        uint32_t to = link[later];
        if (to == DL_NONE) continue;
        if (link[to] != DL_NONE) link[later] = to = link[to]; /* which leads to the first telling already */
        status = absorb(c, &all->items[to], &all->items[later], err);
    }
    return status;
}
