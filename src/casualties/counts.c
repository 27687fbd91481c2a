/* counts.c - how many victims a phrase tells: numbers, bare plurals, single people, groups added up. */
#include "base/str.h"
#include "casualties/data.h"
#include "names/codes.h"
#include "syntax/tree.h"

enum { MAX_GROUPS = 8, BEFORE = 9, AFTER = 7, FAR = 60 };

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

static dl_range exactly(int64_t n)
{
    return (dl_range){.known = true, .min = n, .max = n};
}

static dl_range at_least(int64_t n)
{
    return (dl_range){.known = true, .open = true, .min = n};
}

static dl_range sum(dl_range a, dl_range b)
{
    if (!a.known) return b;
    if (!b.known) return a;
    return (dl_range){.known = true, .open = a.open || b.open, .min = a.min + b.min, .max = a.max + b.max};
}

/* "17-year-old", "aged 12", "$5 million", "20 percent", "3 km", "2025": numbers that count no people. */
static bool counts_no_people(const reader *r, const counted *n)
{
    uint32_t after = n->last + 1;
    if (norm_is(r, after, "-") || norm_is(r, after, "%") || norm_is(r, after, "year") || cue_near(r, after, after + 1, "month")) return true;
    if (n->first > r->first) {
        uint32_t before = n->first - 1;
        if (cue_near(r, before, before + 1, "month")) return true; /* "May 20" */
        if (norm_is(r, before, "(") && norm_is(r, after, ")")) return true; /* an age behind a name */
        if (norm_is(r, before, "aged") || norm_is(r, before, "$") || norm_is(r, before, "€") || norm_is(r, before, "£") ||
            norm_is(r, before, "-") || norm_is(r, before, "age"))
            return true;
        bool year = !n->range.open && n->range.min == n->range.max && n->range.min >= 1900 && n->range.min <= 2100;
        if (year && (norm_is(r, before, "in") || norm_is(r, before, "since") || norm_is(r, before, ","))) return true;
    }
    return false;
}

static counted *number_in(reader *r, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->core >= first && n->core <= last && !counts_no_people(r, n)) return n;
    }
    return NULL;
}

static bool is_named_person(const reader *r, uint32_t head)
{
    if (r->text->tokens[head].name == DL_NAME_PERSON) return true;
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
static dl_range bare_count(const reader *r, uint32_t head)
{
    const dl_token *t = &r->text->tokens[head];
    if (norm_is(r, head, "others")) return at_least(2);
    if (norm_is(r, head, "third") || norm_is(r, head, "second") || norm_is(r, head, "another") || norm_is(r, head, "he") || norm_is(r, head, "she") || norm_is(r, head, "him") || norm_is(r, head, "her"))
        return exactly(1);
    if (t->upos == DL_PRON) return (dl_range){0};
    if (is_named_person(r, head)) return exactly(1);
    char kind = noun_kind(r, head);
    bool plural = is_plural(r, head);
    if (norm_is(r, head, "number")) return at_least(2); /* "an unknown number of civilians" */
    if (kind == 'p') return plural ? at_least(2) : exactly(1);
    if (kind == 't') return (dl_range){0};
    if (!plural && has_article(r, head)) return exactly(1); /* whom one can kill, one may count */
    /* peoples and members of groups: "Palestinians", "Hezbollah members" */
    bool capital = t->span.end > t->span.start && r->text->text.ptr[t->span.start] >= 'A' && r->text->text.ptr[t->span.start] <= 'Z';
    return plural && capital && head > r->first ? at_least(2) : (dl_range){0};
}

static bool may_be_people(const reader *r, uint32_t head)
{
    return noun_kind(r, head) != 't';
}

/* "dozens of people", "ten of the soldiers", "a family of four". */
static uint32_t inner_noun(const reader *r, uint32_t head)
{
    uint32_t inner = r->text->parsed ? dl_tree_oblique(r->text, head, "of", 0) : DL_NONE;
    return inner;
}

static victims one_group(reader *r, uint32_t head)
{
    victims v = {.head = head, .number_token = DL_NONE, .sure = 0.9f};
    dl_token_range phrase = dl_tree_noun_phrase(r->text, head);
    if (phrase.first == DL_NONE) phrase = (dl_token_range){head, head};
    counted *n = number_in(r, phrase.first, phrase.last > head ? phrase.last : head);
    if (n && n->used && !r->shared) return v;
    uint32_t inner = inner_noun(r, head);
    if (norm_is(r, head, "family") && inner != DL_NONE && (n = number_in(r, inner, inner))) {
        v.range = n->range;
    } else if (n && may_be_people(r, head)) {
        v.range = n->range, v.number_token = n->core, n->used = true;
        if (n->first < phrase.first) phrase.first = n->first;
        if (inner != DL_NONE && head >= n->core && head <= n->last) v.head = inner;
    } else if (!n) {
        v.range = bare_count(r, head);
        v.sure = 0.6f;
    }
    v.told = v.range.known;
    v.span = (dl_span){r->text->tokens[phrase.first].span.start, r->text->tokens[phrase.last].span.end};
    return v;
}

static bool crosses_harm(const reader *r, uint32_t from, uint32_t to)
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
    if (harm_at(r, head, &own) && own.part != PART_NOUN) return false;
    if ((first < word->first) != (head < word->first)) return false;
    return first < head ? !crosses_harm(r, first + 1, head) : !crosses_harm(r, head + 1, first);
}

victims victims_of(reader *r, uint32_t head, const harm_word *word)
{
    victims all = {.head = DL_NONE, .number_token = DL_NONE};
    if (head == DL_NONE || head < r->first || head >= r->end) return all;
    uint32_t heads[MAX_GROUPS];
    size_t count = dl_tree_conjuncts(r->text, head, heads, MAX_GROUPS);
    for (size_t i = 0; i < count; i++) {
        if (i && !is_group(r, head, heads[i], word)) continue;
        victims v = one_group(r, heads[i]);
        if (!v.told) continue;
        if (!all.told) {
            all = v;
            continue;
        }
        all.range = sum(all.range, v.range);
        if (v.span.end > all.span.end) all.span.end = v.span.end;
        if (v.span.start < all.span.start) all.span.start = v.span.start;
    }
    return all;
}

/* The noun that a number counts, by order: the first noun behind it, adjectives and names between. */
static uint32_t counted_noun(const reader *r, const counted *n)
{
    for (uint32_t t = n->last + 1; t < r->end && t < n->last + 7; t++) {
        harm_word word;
        if (norm_is(r, t, "of") || norm_is(r, t, "the") || norm_is(r, t, "those")) continue;
        if (noun_kind(r, t)) return t;
        if (harm_at(r, t, &word) || norm_is(r, t, ",") || norm_is(r, t, "and")) return DL_NONE;
    }
    return DL_NONE;
}

static victims from_number(reader *r, counted *n, float sure)
{
    victims v = {.range = n->range, .number_token = n->core, .head = counted_noun(r, n), .told = true, .sure = sure};
    if (v.head != DL_NONE && noun_kind(r, v.head) == 't') v.told = false;
    uint32_t last = v.head != DL_NONE ? v.head : n->last;
    v.span = (dl_span){r->text->tokens[n->first].span.start, r->text->tokens[last].span.end};
    if (v.told) n->used = true;
    return v;
}

static bool is_subset(const reader *r, const counted *n)
{
    uint32_t from = n->first > r->first + 3 ? n->first - 3 : r->first;
    return cue_near(r, from, n->first, "subset");
}

/* The nearest number before a word of harm, or behind it. */
static victims nearest(reader *r, const harm_word *word, bool before)
{
    counted *best = NULL;
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if ((n->used && !r->shared) || counts_no_people(r, n) || is_subset(r, n)) continue;
        if (before) {
            if (n->last >= word->first || word->first - n->last > BEFORE || (!r->shared && crosses_harm(r, n->last + 1, word->first))) continue;
            best = n;
        } else if (n->first > word->last && n->first - word->last <= AFTER && !crosses_harm(r, word->last + 1, n->first)) {
            best = n;
            break;
        }
    }
    return best ? from_number(r, best, 0.6f) : (victims){.head = DL_NONE, .number_token = DL_NONE};
}

static bool looks_passive(const reader *r, const harm_word *word)
{
    static const char *const be[] = {"was", "were", "been", "is", "are", "being", "be"};
    for (uint32_t back = 1; back <= 3 && word->first >= r->first + back; back++)
        for (size_t i = 0; i < sizeof be / sizeof *be; i++)
            if (norm_is(r, word->first - back, be[i])) return true;
    return false;
}

victims victims_near(reader *r, const harm_word *word)
{
    bool before_first = word->victim == VICTIM_BEFORE || word->victim == VICTIM_SUBJECT || word->part == PART_NOUN ||
                        looks_passive(r, word);
    /* "five killed", "18 injured": a number right before a participle */
    for (size_t i = 0; i < r->number_count && word->part != PART_NOUN; i++) {
        bool adjacent = r->numbers[i].last + 1 == word->first || (r->numbers[i].last + 2 == word->first && noun_kind(r, word->first - 1));
        before_first = before_first || adjacent;
    }
    if (word->victim == VICTIM_TO) before_first = false;
    victims v = nearest(r, word, before_first);
    if (v.told || word->victim == VICTIM_BEFORE || word->victim == VICTIM_SUBJECT) return v;
    return before_first && word->part == PART_VERB ? v : nearest(r, word, !before_first && word->victim != VICTIM_TO);
}
