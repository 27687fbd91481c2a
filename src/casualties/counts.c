/* counts.c - how many victims a phrase tells: numbers, bare plurals, single people, groups added up. */
#include "base/str.h"
#include "casualties/data.h"
#include "names/codes.h"
#include "syntax/tree.h"

enum { MAX_GROUPS = 8, FAR = 60, LONG_PHRASE = 30, OLDEST = 110 };

void read_numbers(reader *r)
{
    r->number_count = 0;
    for (uint32_t t = r->first; t < r->end && r->number_count < MAX_COUNTED;) {
        dl_number number;
        if (!dl_number_at(r->data->numbers, r->text, t, &number) || !number.count) {
            t++;
            continue;
        }
        if (!number.ordinal && !number.fraction)
            r->numbers[r->number_count++] = (counted){t, t + (uint32_t)number.count - 1, (uint32_t)number.core_first, number.range, number.none, false};
        t += (uint32_t)number.count;
    }
}

dl_range count_exactly(int64_t n)
{
    return (dl_range){.known = true, .min = n, .max = n};
}

dl_range count_at_least(int64_t n)
{
    return (dl_range){.known = true, .open = true, .min = n};
}

dl_range dl_casualties_sum(dl_range a, dl_range b)
{
    if (!a.known) return b;
    if (!b.known) return a;
    return (dl_range){.known = true, .open = a.open || b.open, .min = a.min + b.min, .max = a.max + b.max};
}

/* "Rafi Das, 62," and, where a text has lost its marks, "Rafi Das 62": the age of a person named. */
static bool is_age_of_name(const reader *r, const counted *n)
{
    if (n->range.open || n->range.max > OLDEST || n->first == r->first || noun_kind(r, n->last + 1) == 'p') return false;
    if (!dl_ascii_digit((unsigned char)r->text->tokens[n->first].norm.ptr[0])) return false;
    uint32_t before = n->first - 1;
    if (norm_is(r, before, ",") && before > r->first) {
        before--;
        if (!norm_is(r, n->last + 1, ",") && !norm_is(r, n->last + 1, ".")) return false;
    }
    return r->text->tokens[before].name == DL_NAME_PERSON;
}

static bool is_day_of_month(const reader *r, const counted *n)
{
    return cue_near(r, n->last + 1, n->last + 2, "month") || (n->first > r->first && cue_near(r, n->first - 1, n->first, "month"));
}

/* "the 1996 murders", but not "2000 soldiers". */
static bool is_year(const reader *r, const counted *n)
{
    dl_str norm = r->text->tokens[n->core].norm;
    bool form = n->first == n->last && norm.len == 4 && dl_ascii_digit((unsigned char)norm.ptr[0]);
    return form && n->range.min >= 1900 && n->range.min <= 2100 && noun_kind(r, n->last + 1) != 'p' && noun_kind(r, n->last + 2) != 'p';
}

/* "aged 12", "$5", "(45)", "AK-47"; but a dash stands before the first word of many a story: "LAGOS - Five people". */
static bool is_marked_by_word_before(const reader *r, const counted *n)
{
    uint32_t before = n->first - 1;
    if (norm_is(r, before, "(") && norm_is(r, n->last + 1, ")")) return true;
    if (norm_is(r, before, "-") && (r->text->tokens[before].flags & DL_TOKEN_SPACE_AFTER)) return false;
    if (before > r->first && cue_length(r, before - 1, "no people") == 2) return true; /* "a father of four" */
    return cue_near(r, before, before + 1, "no people");
}

/* "1,100 km", "five vehicles", but not "five bus passengers" or "20 lives". */
static bool counts_things(const reader *r, const counted *n)
{
    harm_word word;
    uint32_t after = n->last + 1;
    if (after >= r->end || noun_kind(r, after) != 't' || harm_at(r, after, &word)) return false;
    uint8_t upos = after + 1 < r->end ? r->text->tokens[after + 1].upos : DL_UPOS_NONE;
    return upos != DL_NOUN && upos != DL_PROPN && noun_kind(r, after + 1) != 'p' && !norm_is(r, after + 1, "of");
}

/* "The president of the bank and one of its most prominent men": no count, but praise. */
static bool is_praise(const reader *r, const counted *n)
{
    if (n->range.open || n->range.max != 1 || !norm_is(r, n->last + 1, "of")) return false;
    for (uint32_t t = n->last + 2; t < r->end && t <= n->last + 4; t++)
        if (norm_is(r, t, "most") || (r->text->tokens[t].upos == DL_ADJ && dl_str_ends(r->text->tokens[t].norm, "est"))) return true;
    return false;
}

/* "17-year-old", "aged 12", "$5 million", "20 percent", "3 km", "2025": numbers that count no people. */
bool counts_no_people(const reader *r, const counted *n)
{
    uint32_t after = n->last + 1;
    if (norm_is(r, after, "-") || norm_is(r, after, "%") || norm_is(r, after, "year") || norm_is(r, after, "th")) return true;
    if (is_day_of_month(r, n) || is_age_of_name(r, n) || is_year(r, n) || counts_things(r, n) || is_praise(r, n)) return true;
    return n->first > r->first && is_marked_by_word_before(r, n);
}

static counted *number_in(reader *r, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->core >= first && n->core <= last && !counts_no_people(r, n)) return n;
    }
    return NULL;
}

/* "Jamal Prakash (38)": who has an age is a person, whatever kind of name it looks like. */
static bool is_name_with_age(const reader *r, uint32_t head)
{
    if (r->text->tokens[head].upos != DL_PROPN) return false;
    uint32_t last = head;
    while (last + 1 < r->end && last < head + 4 && r->text->tokens[last + 1].upos == DL_PROPN) last++;
    if (!norm_is(r, last + 1, "(") || !norm_is(r, last + 3, ")")) return false;
    int64_t age;
    return dl_str_number(r->text->tokens[last + 2].norm, &age) && age > 0 && age <= OLDEST;
}

bool is_named_person(const reader *r, uint32_t head)
{
    if (r->text->tokens[head].name == DL_NAME_PERSON || is_name_with_age(r, head)) return true;
    uint32_t mention = dl_names_mention_at(r->names, head);
    if (mention == DL_NONE || r->names->mentions[mention].kind != DL_MENTION_NAME) return false;
    uint32_t entity = r->names->mentions[mention].entity;
    return entity < r->names->entity_count && r->names->entities[entity].type == DL_NAME_PERSON;
}

static bool has_article(const reader *r, uint32_t head)
{
    for (uint32_t back = 1; back <= 4 && head >= r->first + back; back++) {
        if (norm_is(r, head - back, "a") || norm_is(r, head - back, "an")) return true;
        uint8_t upos = r->text->tokens[head - back].upos;
        if (upos != DL_ADJ && upos != DL_NOUN && upos != DL_PROPN && upos != DL_PUNCT) return false;
    }
    return false;
}

/* People told without a number. */
dl_range bare_count(const reader *r, uint32_t head)
{
    const dl_token *t = &r->text->tokens[head];
    if (norm_is(r, head, "others")) return count_at_least(2);
    if (cue_near(r, head, head + 1, "one")) return count_exactly(1);
    if (norm_is(r, head, "both")) return count_exactly(2);
    if (t->upos == DL_PRON) return (dl_range){0};
    if (is_named_person(r, head)) return count_exactly(1);
    char kind = noun_kind(r, head);
    bool plural = is_plural(r, head);
    if (norm_is(r, head, "number")) return count_at_least(2); /* "an unknown number of civilians" */
    if (kind == 'p') return plural && !has_article(r, head) ? count_at_least(2) : count_exactly(1);
    if (kind == 't') return (dl_range){0};
    if (!plural && has_article(r, head)) return count_exactly(1); /* whom one can kill, one may count */
    /* peoples and members of groups: "Palestinians", "Hezbollah members" */
    bool capital = t->span.end > t->span.start && r->text->text.ptr[t->span.start] >= 'A' && r->text->text.ptr[t->span.start] <= 'Z';
    return plural && capital && head > r->first ? count_at_least(2) : (dl_range){0};
}

static bool may_be_people(const reader *r, uint32_t head, uint32_t inner, const harm_word *word)
{
    if (!word->people_only) return noun_kind(r, head) != 't';
    return noun_kind(r, head) == 'p' || (inner != DL_NONE && noun_kind(r, inner) == 'p');
}

/* "dozens of people", "ten of the soldiers", "a family of four". */
static uint32_t inner_noun(const reader *r, uint32_t head)
{
    uint32_t inner = r->text->parsed ? dl_tree_oblique(r->text, head, "of", 0) : DL_NONE;
    return inner;
}

/* The number right before a phrase that the tree left outside it: "at least six | persons". */
static counted *number_before(reader *r, uint32_t first)
{
    for (size_t i = 0; i < r->number_count; i++)
        if (r->numbers[i].last + 1 == first && !r->numbers[i].none && !counts_no_people(r, &r->numbers[i])) return &r->numbers[i];
    return NULL;
}

/* The noun phrase, up to the next conjunct, whose number a tree may hang on this one: "a guard | and two nurses". */
static dl_token_range phrase_of(const reader *r, uint32_t head)
{
    dl_token_range phrase = dl_tree_noun_phrase(r->text, head);
    if (phrase.first == DL_NONE || phrase.last - phrase.first > LONG_PHRASE) return (dl_token_range){head, head};
    for (uint32_t t = head + 1; t <= phrase.last; t++)
        if (r->text->tokens[t].upos == DL_CCONJ) phrase.last = t - 1;
    return phrase;
}

/* "One civilian and a border guard", where the tree makes one phrase of both. */
static bool has_second(const reader *r, const counted *n, uint32_t head)
{
    if (n->range.open || n->range.min != 1 || n->range.max != 1) return false;
    for (uint32_t t = n->last + 2; t + 1 < head; t++)
        if (norm_is(r, t, "and") && noun_kind(r, t - 1) == 'p' && cue_length(r, t + 1, "determiner")) return true;
    return false;
}

static victims one_group(reader *r, uint32_t head, const harm_word *word)
{
    victims v = {.head = head, .number_token = DL_NONE, .sure = 0.9f};
    dl_token_range phrase = phrase_of(r, head);
    counted *n = number_in(r, phrase.first, phrase.last > head ? phrase.last : head);
    if (!n && phrase.first == head && is_plural(r, head)) n = number_before(r, phrase.first);
    if (n && n->used && !r->shared) return v;
    uint32_t inner = inner_noun(r, head);
    if (norm_is(r, head, "family") && inner != DL_NONE && (n = number_in(r, inner, inner))) {
        v.range = n->range;
    } else if (n && may_be_people(r, head, inner, word)) {
        v.range = has_second(r, n, head) ? count_exactly(2) : n->range, v.number_token = n->core, n->used = true;
        if (n->first < phrase.first) phrase.first = n->first;
        if (inner != DL_NONE && head >= n->core && head <= n->last) v.head = inner;
    } else if (!n && (may_be_people(r, head, inner, word) || is_named_person(r, head) || r->text->tokens[head].upos == DL_PRON)) {
        v.range = bare_count(r, head);
        uint32_t other = dl_tree_apposition(r->text, head); /* "the party head, Ali Naji" */
        if (!v.range.known && other != DL_NONE && (is_named_person(r, other) || noun_kind(r, other) == 'p')) v.range = bare_count(r, other);
        v.sure = 0.6f;
    }
    v.told = v.range.known;
    v.span = (dl_span){r->text->tokens[phrase.first].span.start, r->text->tokens[phrase.last].span.end};
    return v;
}

bool crosses_harm(const reader *r, uint32_t from, uint32_t to)
{
    harm_word word;
    if (to > from + FAR) return true;
    for (uint32_t t = from; t < to; t++)
        if (harm_at(r, t, &word) && word.part != PART_NOUN) return true;
    return false;
}

/* Whether a conjunct is a victim beside the first: "three women and two children", not "five killed and 18 injured". */
static bool is_group(const reader *r, uint32_t first, uint32_t head, const harm_word *word)
{
    harm_word own;
    if (head > first && cue_near(r, first + 1, head, "subset")) return false; /* "three people, including a child" */
    if (harm_at(r, head, &own) && own.part != PART_NOUN) return false;
    if ((first < word->first) != (head < word->first)) return false;
    return first < head ? !crosses_harm(r, first + 1, head) : !crosses_harm(r, head + 1, first);
}

/* Whether a list ends with "and": without it what stands behind a comma is no further group ("wounding 34, the governor said"). */
static bool has_and(const reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t t = from < to ? from : to; t < (from < to ? to : from); t++)
        if (r->text->tokens[t].upos == DL_CCONJ || norm_is(r, t, "and") || norm_is(r, t, "&")) return true;
    return false;
}

/* The auxiliary that agrees with the subject: "was", "have"; DL_NONE. */
static uint32_t agreeing_auxiliary(const reader *r, uint32_t subject)
{
    uint32_t verb = r->text->tokens[subject].head;
    uint32_t aux = verb == DL_NONE ? DL_NONE : dl_tree_child(r->text, verb, DL_DEP_AUX_PASS);
    return aux != DL_NONE && norm_is(r, aux, "been") ? dl_tree_child(r->text, verb, DL_DEP_AUX) : aux;
}

static bool has_singular_verb(const reader *r, uint32_t subject)
{
    uint32_t aux = agreeing_auxiliary(r, subject);
    return aux != DL_NONE && (norm_is(r, aux, "was") || norm_is(r, aux, "is") || norm_is(r, aux, "has"));
}

static bool has_plural_verb(const reader *r, uint32_t subject)
{
    uint32_t aux = agreeing_auxiliary(r, subject);
    return aux != DL_NONE && (norm_is(r, aux, "were") || norm_is(r, aux, "are") || norm_is(r, aux, "have"));
}

/* "a party leader and council member, Ali Naji", "Ali Naji, a trader and clerk, was hurt": a second office of the same person, without an
 * article of its own, or beside a verb in the singular. */
static bool is_second_office(const reader *r, uint32_t first, uint32_t head)
{
    if (head < first || is_plural(r, first) || is_plural(r, head) || noun_kind(r, head) != 'p') return false;
    if (has_singular_verb(r, first)) return true;
    if (!has_article(r, first) || dl_tree_child(r->text, head, DL_DEP_DET) != DL_NONE || dl_tree_child(r->text, head, DL_DEP_NUMMOD) != DL_NONE ||
        dl_tree_child(r->text, head, DL_DEP_NMOD_POSS) != DL_NONE)
        return false;
    return norm_is(r, head + 1, ",") && head + 2 < r->end && r->text->tokens[head + 2].name == DL_NAME_PERSON;
}

/* "his wife" */
static bool has_owner(const reader *r, uint32_t head)
{
    uint32_t owner = dl_tree_child(r->text, head, DL_DEP_NMOD_POSS);
    return owner != DL_NONE && r->text->tokens[owner].upos == DL_PRON;
}

/* "killed two farmers, a nurse and her child": a list that the tree takes for an apposition, its last member with a word of its own before it. */
static size_t add_listed(const reader *r, uint32_t *heads, size_t count)
{
    uint32_t other = dl_tree_apposition(r->text, heads[0]);
    if (count > 1 || other == DL_NONE || other < heads[0] || noun_kind(r, other) != 'p') return count;
    bool kin = has_owner(r, other); /* "Ali Naji, his wife and daughter" */
    if (is_named_person(r, heads[0]) && !kin && !has_plural_verb(r, heads[0])) return count; /* "Ali Naji, a trader and ..." */
    size_t more = dl_tree_conjuncts(r->text, other, heads + 1, MAX_GROUPS - 1);
    uint32_t last = heads[more];
    bool own = kin || dl_tree_child(r->text, last, DL_DEP_DET) != DL_NONE || dl_tree_child(r->text, last, DL_DEP_NUMMOD) != DL_NONE ||
               dl_tree_child(r->text, last, DL_DEP_NMOD_POSS) != DL_NONE;
    return more > 1 && own && !is_named_person(r, last) ? count + more : count;
}

/* "Constables Keita and Diallo": as many as are named. */
static bool are_named(const reader *r, const uint32_t *heads, size_t count)
{
    if (count < 2 || noun_kind(r, heads[0]) != 'p' || !is_plural(r, heads[0]) || r->text->tokens[heads[0] + 1].upos != DL_PROPN) return false;
    for (size_t i = 1; i < count; i++)
        if (r->text->tokens[heads[i]].upos != DL_PROPN || (r->text->tokens[heads[i]].name && !is_named_person(r, heads[i]))) return false;
    return true;
}

/* "Five judges and magistrates": one number for both. */
static bool shares_number(const reader *r, const victims *all, const victims *v, uint32_t head)
{
    bool numbered = all->number_token != DL_NONE && all->number_token < head && (all->range.open || all->range.max > 1);
    bool bare = v->number_token == DL_NONE && v->range.open && is_plural(r, head) && !norm_is(r, head, "others");
    return numbered && bare && dl_tree_first_child(r->text, head) == DL_NONE;
}

victims victims_of(reader *r, uint32_t head, const harm_word *word)
{
    victims all = {.head = DL_NONE, .number_token = DL_NONE};
    if (head == DL_NONE || head < r->first || head >= r->end) return all;
    uint32_t heads[MAX_GROUPS];
    size_t count = add_listed(r, heads, dl_tree_conjuncts(r->text, head, heads, MAX_GROUPS));
    bool named = head + 1 < r->end && are_named(r, heads, count);
    for (size_t i = 0; i < count; i++) {
        if (i && (!is_group(r, head, heads[i], word) || !has_and(r, head, heads[count - 1]) || is_second_office(r, head, heads[i]))) continue;
        victims v = one_group(r, heads[i], word);
        if (!v.told) continue;
        if (!all.told) {
            all = v;
            continue;
        }
        if (shares_number(r, &all, &v, heads[i])) continue;
        all.range = dl_casualties_sum(all.range, v.range);
        if (all.number_token == DL_NONE) all.number_token = v.number_token, all.sure = v.sure; /* "a guard and two nurses" */
        if (v.span.end > all.span.end) all.span.end = v.span.end;
        if (v.span.start < all.span.start) all.span.start = v.span.start;
    }
    if (named && all.told && all.number_token == DL_NONE) all.range = count_exactly((int64_t)count);
    return all;
}
