/* retold.c - how alike two acts of a page are: what trees learned from coded news weigh (data/events/retold.tsv) to tell whether the later one
 * is the earlier one told again. The rules of retell.c are one voice among them. */
#include "events/retold.h"

#include "base/str.h"
#include "events/clause.h"

enum { MOST_WORDS = 120, STEM = 4, ENDING = 5 }; /* words of a sentence that are compared; letters of a stem, of what may follow it */

int retold_feature_of(dl_str name)
{
#define X(id, text) text,
    static const char *const names[RETOLD_FEATURE_COUNT] = {RETOLD_FEATURES(X)};
#undef X
    for (int i = 0; i < RETOLD_FEATURE_COUNT; i++)
        if (dl_str_is(name, names[i])) return i;
    return -1;
}

static uint32_t block_of(const coder *c, const draft *d)
{
    return c->text->sentences[d->event.sentence].block;
}

/* Where the two stand: how far apart, how many acts of the kind lie between. */
static void mark_position(const coder *c, const drafts *all, size_t first, size_t later, float *f)
{
    const draft *a = &all->items[first], *b = &all->items[later];
    f[RETOLD_GAP] = (float)(b->event.sentence - a->event.sentence);
    f[RETOLD_TOKENS] = (float)b->event.trigger_token - (float)a->event.trigger_token;
    f[RETOLD_BLOCKS] = (float)(block_of(c, b) - block_of(c, a));
    for (size_t i = first + 1; i < later; i++) f[RETOLD_BETWEEN] += all->items[i].event.type == b->event.type && !all->items[i].dropped;
    f[RETOLD_ORDER] = (float)first, f[RETOLD_SENTENCES] = (float)c->text->sentence_count;
    f[RETOLD_HEADING] = is_in_heading(c, a), f[RETOLD_OPENING] = a->event.sentence <= 1;
}

static void mark_realis(const dl_event *a, const dl_event *b, float *f)
{
    f[RETOLD_SAME_MODE] = a->mode.ptr && b->mode.ptr && dl_str_eq(a->mode, b->mode), f[RETOLD_MODES_DIFFER] = modes_differ(a, b);
    f[RETOLD_REAL_FIRST] = a->realis <= DL_ONGOING, f[RETOLD_REAL_LATER] = b->realis <= DL_ONGOING, f[RETOLD_SAME_REALIS] = a->realis == b->realis;
    f[RETOLD_UNREAL_BOTH] = a->realis > DL_ONGOING && b->realis > DL_ONGOING;
    f[RETOLD_PAST_FIRST] = a->background, f[RETOLD_PAST_LATER] = b->background;
}

static void mark_scene(const coder *c, const draft *a, const draft *b, float *f)
{
    const dl_place *places = c->in->places->items;
    uint32_t p = a->event.place, q = b->event.place;
    f[RETOLD_PLACE_FIRST] = a->place_own, f[RETOLD_PLACE_LATER] = b->place_own, f[RETOLD_PLACES_DIFFER] = places_differ(c, a, b);
    if (q != DL_NONE) f[RETOLD_EXACT_LATER] = b->place_own && places[q].precision != DL_PRECISION_COUNTRY && places[q].precision != DL_PRECISION_REGION;
    if (p == DL_NONE || q == DL_NONE) return;
    f[RETOLD_SAME_PLACE] = p == q || dl_str_eq(places[p].name, places[q].name);
    f[RETOLD_SAME_COUNTRY] = places[p].country.ptr && places[q].country.ptr && dl_str_eq(places[p].country, places[q].country);
}

static void mark_day(const draft *a, const draft *b, float *f)
{
    const dl_date x = a->event.date, y = b->event.date;
    f[RETOLD_DAY_FIRST] = a->time_own, f[RETOLD_DAY_LATER] = b->time_own, f[RETOLD_DAYS_DIFFER] = days_differ(&a->event, &b->event);
    f[RETOLD_SAME_DAY] = x.year && x.year == y.year && x.month == y.month && x.day == y.day;
}

static bool is_fewer(const dl_range *a, const dl_range *b)
{
    return a->known && b->known && b->min < a->min;
}

static void mark_toll(const coder *c, const draft *a, const draft *b, float *f)
{
    const dl_event *x = &a->event, *y = &b->event;
    f[RETOLD_TOLL_FIRST] = x->killed.known || x->wounded.known, f[RETOLD_TOLL_LATER] = y->killed.known || y->wounded.known;
    f[RETOLD_SAME_TOLL] = (x->killed.known && y->killed.known && x->killed.min == y->killed.min) ||
                          (x->wounded.known && y->wounded.known && x->wounded.min == y->wounded.min);
    f[RETOLD_TOLLS_DIFFER] = tolls_differ(x, y);
    f[RETOLD_FEWER] = is_fewer(&x->killed, &y->killed) || is_fewer(&x->wounded, &y->wounded);
    f[RETOLD_SAME_VICTIMS] = harms_same_victims(c, a, b, y->sentence - x->sentence);
}

static bool some_same(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t k = 0; k < b_count; k++) {
            if (a[i].entity != DL_NONE && a[i].entity == b[k].entity) return true;
            if (a[i].code.len > 3 && b[k].code.ptr && dl_str_eq(a[i].code, b[k].code)) return true;
        }
    return false;
}

static bool some_entity(const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t k = 0; k < b_count; k++)
            if (a[i].entity != DL_NONE && a[i].entity == b[k].entity) return true;
    return false;
}

static void mark_parties(const dl_event *a, const dl_event *b, float *f)
{
    f[RETOLD_ACTORS_FIRST] = (float)a->actor_count, f[RETOLD_ACTORS_LATER] = (float)b->actor_count;
    f[RETOLD_SAME_ACTOR] = some_same(a->actors, a->actor_count, b->actors, b->actor_count);
    f[RETOLD_ACTOR_COUNTRY] = some_code_agrees(a->actors, a->actor_count, b->actors, b->actor_count);
    f[RETOLD_ACTORS_DIFFER] = sides_differ(a->actors, a->actor_count, b->actors, b->actor_count);
    f[RETOLD_RECIPIENTS_FIRST] = (float)a->recipient_count, f[RETOLD_RECIPIENTS_LATER] = (float)b->recipient_count;
    f[RETOLD_SAME_RECIPIENT] = some_same(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
    f[RETOLD_RECIPIENT_COUNTRY] = some_code_agrees(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
    f[RETOLD_RECIPIENTS_DIFFER] = sides_differ(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
    f[RETOLD_SHARED_ENTITY] = some_entity(a->actors, a->actor_count, b->actors, b->actor_count) || some_entity(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
    f[RETOLD_CROSSED] = some_code_agrees(a->actors, a->actor_count, b->recipients, b->recipient_count) ||
                        some_code_agrees(a->recipients, a->recipient_count, b->actors, b->actor_count);
}

static bool is_plural(const coder *c, uint32_t token)
{
    return dl_str_find(c->text->tokens[token].feats, DL_STR("Number=Plur"), 0) != SIZE_MAX;
}

/* "attack", "attackers"; "negotiate", "negotiation": the same stem, near enough. */
static bool same_stem(dl_str a, dl_str b)
{
    size_t same = 0, least = a.len < b.len ? a.len : b.len;
    while (same < least && a.ptr[same] == b.ptr[same]) same++;
    return same >= STEM && same + ENDING >= (a.len > b.len ? a.len : b.len);
}

static bool some_stem(const coder *c, const draft *a, const draft *b)
{
    for (size_t i = 0; i < a->member_count; i++)
        for (size_t k = 0; k < b->member_count; k++)
            if (same_stem(c->text->tokens[c->triggers.items[a->members[i]].token].lemma, c->text->tokens[c->triggers.items[b->members[k]].token].lemma)) return true;
    return false;
}

/* The later act's own word stands in the earlier one's sentence, as a trigger or not. */
static bool is_said_there(const coder *c, const draft *a, const draft *b)
{
    const dl_sentence *s = &c->text->sentences[a->event.sentence];
    dl_str lemma = c->text->tokens[b->event.trigger_token].lemma;
    for (uint32_t t = s->first; t < s->first + s->count && t < s->first + MOST_WORDS && a->event.sentence != b->event.sentence; t++)
        if (same_stem(c->text->tokens[t].lemma, lemma)) return true;
    return false;
}

static bool shares_head(const coder *c, const dl_participant *a, size_t a_count, const dl_participant *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t k = 0; k < b_count; k++)
            if (a[i].head != DL_NONE && b[k].head != DL_NONE && dl_str_eq(c->text->tokens[a[i].head].lemma, c->text->tokens[b[k].head].lemma)) return true;
    return false;
}

/* The CAMEO root, its first two digits. */
static bool same_root(dl_str a, dl_str b)
{
    return a.len >= 2 && b.len >= 2 && a.ptr[0] == b.ptr[0] && a.ptr[1] == b.ptr[1];
}

static void mark_stems(const coder *c, const draft *a, const draft *b, float *f)
{
    const dl_event *x = &a->event, *y = &b->event;
    f[RETOLD_SAME_STEM] = some_stem(c, a, b), f[RETOLD_SAID_THERE] = is_said_there(c, a, b);
    f[RETOLD_SAME_CAMEO] = same_root(x->cameo, y->cameo) ? dl_str_eq(x->cameo, y->cameo) ? 2 : 1 : 0;
    f[RETOLD_PARTY_WORDS] = (float)shares_head(c, x->actors, x->actor_count, y->actors, y->actor_count) +
                            (float)shares_head(c, x->recipients, x->recipient_count, y->recipients, y->recipient_count);
}

static void mark_words(const coder *c, const draft *a, const draft *b, float *f)
{
    const trigger *x = &c->triggers.items[a->lead], *y = &c->triggers.items[b->lead];
    f[RETOLD_SAME_WORDS] = same_words(c, a, b), f[RETOLD_SAME_LEMMA] = dl_str_eq(c->text->tokens[x->token].lemma, c->text->tokens[y->token].lemma);
    f[RETOLD_NOUN_FIRST] = !clause_is_verb(c, x->token), f[RETOLD_NOUN_LATER] = !clause_is_verb(c, y->token);
    uint32_t start = clause_phrase_start(c, y->token);
    f[RETOLD_DEFINITE] = f[RETOLD_NOUN_LATER] && (is_word(c, start, c->word_the) || is_word(c, start, c->word_this) || is_word(c, start, c->word_that));
    f[RETOLD_INDEFINITE] = f[RETOLD_NOUN_LATER] && (dl_str_is(c->text->tokens[start].norm, "a") || dl_str_is(c->text->tokens[start].norm, "an"));
    f[RETOLD_PLURAL_FIRST] = is_plural(c, x->token), f[RETOLD_PLURAL_LATER] = is_plural(c, y->token);
    f[RETOLD_EFFECT_FIRST] = effects_only(c, a), f[RETOLD_EFFECT_LATER] = effects_only(c, b);
    f[RETOLD_BARE_FIRST] = is_bare(a), f[RETOLD_BARE_LATER] = is_bare(b), f[RETOLD_SET_APART] = is_set_apart(c, b);
    f[RETOLD_SURE_FIRST] = a->probability, f[RETOLD_SURE_LATER] = b->probability;
    f[RETOLD_GOVERNED] = y->governor != DL_NONE;
}

static bool same_text(dl_str a, dl_str b)
{
    return a.ptr && b.ptr && dl_str_eq_nocase(a, b);
}

static void mark_means(const dl_event *a, const dl_event *b, float *f)
{
    f[RETOLD_SOURCED_FIRST] = a->source != DL_NONE, f[RETOLD_SOURCED_LATER] = b->source != DL_NONE;
    f[RETOLD_SAME_SOURCE] = a->source != DL_NONE && a->source == b->source;
    f[RETOLD_SAME_WEAPON] = same_text(a->weapon, b->weapon), f[RETOLD_SAME_SITE] = same_text(a->site, b->site);
}

static bool has_lemma(const coder *c, const dl_sentence *s, dl_str lemma)
{
    for (uint32_t t = s->first; t < s->first + s->count && t < s->first + MOST_WORDS; t++)
        if (dl_str_eq(c->text->tokens[t].lemma, lemma)) return true;
    return false;
}

/* Names and nouns, verbs and adjectives that both sentences have. */
static void mark_shared(const coder *c, const draft *a, const draft *b, float *f)
{
    const dl_sentence *s = &c->text->sentences[a->event.sentence], *other = &c->text->sentences[b->event.sentence];
    if (s == other) return;
    for (uint32_t t = s->first; t < s->first + s->count && t < s->first + MOST_WORDS; t++) {
        uint8_t upos = c->text->tokens[t].upos;
        if (upos != DL_PROPN && upos != DL_NOUN && upos != DL_VERB && upos != DL_ADJ) continue;
        if (has_lemma(c, other, c->text->tokens[t].lemma)) f[upos == DL_PROPN ? RETOLD_NAMES_SHARED : RETOLD_WORDS_SHARED]++;
    }
}

void describe_retelling(const coder *c, const drafts *all, size_t first, size_t later, float *f)
{
    const draft *a = &all->items[first], *b = &all->items[later];
    memset(f, 0, RETOLD_FEATURE_COUNT * sizeof *f);
    mark_position(c, all, first, later, f);
    mark_realis(&a->event, &b->event, f);
    mark_scene(c, a, b, f);
    mark_day(a, b, f);
    mark_toll(c, a, b, f);
    mark_parties(&a->event, &b->event, f);
    mark_words(c, a, b, f);
    mark_stems(c, a, b, f);
    mark_means(&a->event, &b->event, f);
    mark_shared(c, a, b, f);
    f[RETOLD_AGREE + b->event.type - DL_AGREE] = 1;
}
