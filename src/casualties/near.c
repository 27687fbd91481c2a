/* near.c - victims told by words near a word of harm, by their order alone: where there is no tree, or none to trust. */
#include "base/str.h"
#include "casualties/data.h"
#include "syntax/tree.h"

enum { BEFORE = 9, LONG_PHRASE = 20, COUNTED = 9, AFTER = 7, LONGEST_NOUN_PHRASE = 9, MAX_MORE = 6, COMPANIONS = 14, PARENTHESIS = 16, LONGEST_LIST = 48 };

static const victims nobody = {.head = DL_NONE, .number_token = DL_NONE};

static bool is_upos(const reader *r, uint32_t token, dl_upos upos)
{
    return token < r->end && r->text->tokens[token].upos == upos;
}

/* Words that a noun phrase is made of, its determiner left out. */
static bool is_inside_phrase(const reader *r, uint32_t token)
{
    if (token >= r->end) return false;
    dl_upos upos = (dl_upos)r->text->tokens[token].upos;
    return upos == DL_ADJ || upos == DL_NOUN || upos == DL_PROPN || upos == DL_UPOS_NONE || norm_is(r, token, "-") || noun_kind(r, token) == 'p';
}

static bool is_harm_participle(const reader *r, uint32_t token)
{
    harm_word word;
    return token < r->end && harm_at(r, token, &word) && word.part != PART_NOUN;
}

static bool is_determiner(const reader *r, uint32_t token)
{
    return token < r->end && cue_near(r, token, token + 1, "determiner");
}

static bool is_article(const reader *r, uint32_t token)
{
    return norm_is(r, token, "a") || norm_is(r, token, "an");
}

static counted *number_from(reader *r, uint32_t token)
{
    for (size_t i = 0; i < r->number_count; i++)
        if (r->numbers[i].first == token) return &r->numbers[i];
    return NULL;
}

/* Past "(CID)" inside a phrase. */
static uint32_t after_bracket(const reader *r, uint32_t token)
{
    if (!norm_is(r, token, "(")) return token;
    for (uint32_t t = token + 1; t < r->end && t <= token + 4; t++)
        if (norm_is(r, t, ")")) return t + 1;
    return token;
}

/* The noun that a number counts: the first noun behind it, adjectives and names between. */
static uint32_t counted_noun(const reader *r, const counted *n)
{
    for (uint32_t t = n->last + 1; t < r->end && t < n->last + COUNTED; t = after_bracket(r, t + 1)) {
        harm_word word;
        if (norm_is(r, t, "of") || norm_is(r, t, "the") || norm_is(r, t, "those")) continue;
        if (noun_kind(r, t)) {
            while (t + 1 < r->end && t + 1 < n->last + COUNTED && noun_kind(r, t + 1)) t++; /* "two police officers", "five fighter jets" */
            if (noun_kind(r, t) == 't' && is_upos(r, t, DL_PROPN) && is_upos(r, t + 1, DL_PROPN)) continue; /* "two Law Enforcement Agency (LEA) personnel" */
            return t;
        }
        if (harm_at(r, t, &word) || norm_is(r, t, ",") || norm_is(r, t, "and")) return DL_NONE;
        bool over = is_upos(r, t, DL_VERB) || is_upos(r, t, DL_SCONJ) || is_upos(r, t, DL_ADP);
        if (over) return is_upos(r, t - 1, DL_NOUN) ? t - 1 : DL_NONE; /* a noun that no list knows; "killed six in the region" */
    }
    return DL_NONE;
}

static bool may_be_victims(const reader *r, const harm_word *word, uint32_t head)
{
    char kind = head == DL_NONE ? 0 : noun_kind(r, head);
    return kind != 't' && (kind == 'p' || !word->people_only);
}

victims victims_of_number(reader *r, const harm_word *word, counted *n, float sure)
{
    victims v = {.range = n->range, .number_token = n->core, .head = counted_noun(r, n), .told = true, .sure = sure};
    if (!may_be_victims(r, word, v.head)) return nobody;
    uint32_t last = v.head != DL_NONE ? v.head : n->last;
    v.span = (dl_span){r->text->tokens[n->first].span.start, r->text->tokens[last].span.end};
    v.last = last;
    n->used = true;
    return v;
}

static void add_group(victims *to, const victims *group)
{
    to->range = dl_casualties_sum(to->range, group->range);
    if (group->span.end > to->span.end) to->span.end = group->span.end;
    if (group->span.start < to->span.start) to->span.start = group->span.start;
    to->last = group->last;
}

/* "a [critically injured] guard", "the [wounded] man" */
static bool is_hurt_modifier(const reader *r, uint32_t token)
{
    if (is_upos(r, token, DL_ADV)) token++;
    return is_harm_participle(r, token) && (is_inside_phrase(r, token + 1) || noun_kind(r, token + 1) == 'p');
}

/* People told without a number whose phrase begins at `from`: "a village guard", "the mayor", "Ali Naji", "civilians". */
static victims bare_from(const reader *r, uint32_t from)
{
    uint32_t t = from, head = DL_NONE;
    while (is_determiner(r, t)) t++;
    if (t == from + 1 && norm_is(r, from, "another") && (!is_inside_phrase(r, t) || cue_near(r, t, t + 1, "month") || is_upos(r, t, DL_PROPN))) t = from; /* "injuring another" */
    bool one = t < r->end && cue_near(r, t, t + 1, "one");
    if (one && (is_upos(r, t, DL_PRON) || (t == from && norm_is(r, t, "another")) || (t > from && !is_inside_phrase(r, t + 1)))) head = t; /* "him", "injuring a third" */
    for (; head != t && t < from + LONGEST_NOUN_PHRASE && (is_inside_phrase(r, t) || (t > from && is_hurt_modifier(r, t))); t = after_bracket(r, t + 1))
        if (noun_kind(r, t) == 'p' || is_named_person(r, t)) head = t;
    if (head != DL_NONE && t > head + 1 && is_upos(r, t - 1, DL_NOUN) && noun_kind(r, t - 1) == 't') return nobody; /* "a student protest" */
    if (head == DL_NONE && t > from + 1 && is_article(r, from) && is_upos(r, t - 1, DL_NOUN) && noun_kind(r, t - 1) != 't' && !is_plural(r, t - 1))
        head = t - 1; /* whom one can kill, one may count */
    if (head == DL_NONE) return nobody;
    victims v = {.range = bare_count(r, head), .number_token = DL_NONE, .head = head, .sure = 0.6f, .last = head};
    v.span = (dl_span){r->text->tokens[from].span.start, r->text->tokens[head].span.end};
    v.told = v.range.known;
    return v;
}

static victims group_from(reader *r, const harm_word *word, uint32_t from)
{
    counted *n = from < r->end ? number_from(r, from) : NULL;
    if (!n) {
        victims bare = from < r->end ? bare_from(r, from) : nobody;
        bool people = !word->people_only || bare.head == DL_NONE || noun_kind(r, bare.head) == 'p' || is_named_person(r, bare.head) || is_upos(r, bare.head, DL_PRON);
        return people ? bare : nobody;
    }
    if ((n->used && !r->shared) || counts_no_people(r, n)) return nobody;
    return victims_of_number(r, word, n, 0.7f);
}

/* Whether what follows says another harm of the group that ends at `last`: "... and 13 others were injured". */
static bool has_own_harm(const reader *r, uint32_t last)
{
    uint32_t t = last + 1;
    while (t < r->end && t <= last + 3 && (is_upos(r, t, DL_AUX) || is_upos(r, t, DL_ADV))) t++;
    return is_harm_participle(r, t);
}

/* "Hurting 70 people, [one] seriously", "[two] in critical condition": how those are who were counted before. */
static bool tells_how_badly(const reader *r, const counted *n)
{
    uint32_t length = cue_length(r, n->last + 1, "gravity");
    if (!length || n->first == r->first) return false;
    uint32_t after = n->last + 1 + length;
    return !is_harm_participle(r, after) && !is_upos(r, after, DL_NOUN) && !is_upos(r, after, DL_ADJ);
}

/* Where the next group of a coordination may begin, DL_NONE if there is none: ", ", "and", ", and". */
static uint32_t next_group(const reader *r, uint32_t last)
{
    uint32_t t = last + 1;
    if (norm_is(r, t, ",")) t++;
    if (norm_is(r, t, "and")) t++;
    return t == last + 1 || t >= r->end ? DL_NONE : t;
}

/* "killed two farmers, a nurse and her child": groups that follow the first. */
static void add_groups_behind(reader *r, const harm_word *word, victims *v)
{
    for (int i = 0; i < MAX_MORE && v->told; i++) {
        uint32_t at = next_group(r, v->last);
        if (at == DL_NONE || is_harm_participle(r, at) || cue_near(r, at, at + 1, "subset")) return;
        counted *n = number_from(r, at);
        if (n && tells_how_badly(r, n)) return;
        if (!n && !is_determiner(r, at)) return; /* a name behind a comma is mostly the same person's */
        bool was_used = n && n->used;
        victims more = group_from(r, word, at);
        if (!more.told) return;
        bool loose = !n && norm_is(r, at - 1, ",") && next_group(r, more.last) == DL_NONE; /* "wounding 34, the governor said" */
        if (loose || has_own_harm(r, more.last)) {
            if (n) n->used = was_used;
            return;
        }
        add_group(v, &more);
    }
}

/* "including four women", and on down the list: "including a boy and [three] women". What stands behind the closing comma, "..., and nine
 * others", is no part of it. */
bool is_subset(const reader *r, const counted *n)
{
    if (tells_how_badly(r, n)) return true;
    if (norm_is(r, n->last + 1, "others") || norm_is(r, n->last + 1, "other")) return false;
    for (uint32_t back = 1; back <= PARENTHESIS && n->first >= r->first + back; back++) {
        uint32_t t = n->first - back;
        if (cue_length(r, t, "subset")) return true;
        if (is_upos(r, t, DL_VERB) || is_upos(r, t, DL_AUX) || is_harm_participle(r, t)) return false;
        if (norm_is(r, t, "and") && t > r->first && norm_is(r, t - 1, ",")) return false;
    }
    return false;
}

/* "No one" is nobody hurt only right beside the word: "no one has been hurt", not "no one claimed the killing". */
static bool is_far_none(const reader *r, const counted *n, const harm_word *word)
{
    if (!n->none) return false;
    for (uint32_t t = n->last + 1; t < word->first; t++)
        if (!is_upos(r, t, DL_AUX) && !is_upos(r, t, DL_ADV) && !is_upos(r, t, DL_ADJ) && noun_kind(r, t) != 'p') return true;
    return false;
}

/* "Officers chased and injured marchers": a verb in the active, with an object; who stands before it is no victim. */
static bool acts_itself(const reader *r, const harm_word *word)
{
    if (!r->text->parsed || word->part != PART_VERB || word->victim != VICTIM_OBJECT || looks_passive(r, word)) return false;
    return is_article(r, word->last + 1) || dl_tree_object(r->text, word->first) != DL_NONE;
}

/* A number before a verb counts no victims of a noun behind it: "hundreds marched over the killing". */
static bool is_past_verb(const reader *r, const counted *n, const harm_word *word)
{
    bool active = word->part == PART_VERB && word->victim == VICTIM_OBJECT && !looks_passive(r, word);
    if (active && word->first > r->first && norm_is(r, word->first - 1, "who")) return true; /* "two friends of the man who killed her" */
    if (active && norm_is(r, word->last + 1, "themselves")) return false; /* "two bombers set off their belts, killing themselves" */
    for (uint32_t t = n->last + 1; t < word->first && (active || word->part == PART_NOUN); t++)
        if (is_upos(r, t, DL_VERB) || (active && (is_upos(r, t, DL_SCONJ) || (is_upos(r, t, DL_CCONJ) && acts_itself(r, word))))) return true;
    return false;
}

/* "20 deaths and [75] injuries": a number right before a noun of harm counts that one. */
static bool counts_other_harm(const reader *r, const counted *n, const harm_word *word)
{
    harm_word other;
    for (uint32_t t = n->last + 1; t < r->end && t <= n->last + 2; t++) {
        if (harm_at(r, t, &other)) return other.first != word->first && other.part == PART_NOUN && !is_harm_participle(r, t);
        if (!is_upos(r, t, DL_ADJ)) return false;
    }
    return false;
}

/* "Forty massacres": happenings, where the word is none that people are counted by. */
static bool counts_happenings(const reader *r, const counted *n, const harm_word *word)
{
    if (!word->uncounted) return false;
    for (uint32_t t = n->last + 1; t < word->first; t++)
        if (!is_inside_phrase(r, t)) return false;
    return true;
}

/* "Two militants of the Northern Front (NF) Valley Chapter were killed": one phrase, however long. */
static bool is_long_phrase(const reader *r, const counted *n, const harm_word *word)
{
    uint32_t end = word->first;
    while (end > n->last && (is_upos(r, end - 1, DL_AUX) || is_upos(r, end - 1, DL_ADV))) end--;
    if (end - n->last > LONG_PHRASE || noun_kind(r, end - 1) == 'p') return false;
    for (uint32_t t = n->last + 1; t < end; t++)
        if (!is_inside_phrase(r, t) && !is_determiner(r, t) && !norm_is(r, t, "of") && !norm_is(r, t, "(") && !norm_is(r, t, ")")) return false;
    return true;
}

static bool reaches(const reader *r, const counted *n, const harm_word *word)
{
    if (n->last < word->first && is_past_verb(r, n, word)) return false;
    if (counts_other_harm(r, n, word) || counts_happenings(r, n, word)) return false;
    return n->last < word->first && (word->first - n->last <= BEFORE || is_long_phrase(r, n, word)) && (r->shared || !crosses_harm(r, n->last + 1, word->first)) &&
           !is_far_none(r, n, word);
}

/* "two guards and [three raiders] were killed": groups that stand before the one found; the first token of all. */
static uint32_t add_groups_before(reader *r, const harm_word *word, victims *v, size_t index)
{
    uint32_t start = r->numbers[index].first;
    while (index-- > 0) {
        counted *n = &r->numbers[index];
        if (n->used || counts_no_people(r, n) || is_subset(r, n) || cue_length(r, n->last + 1, "subset") || n->last + 1 >= start) return start;
        uint32_t noun = counted_noun(r, n), joint = start - 1;
        bool listed = norm_is(r, joint, "and") || norm_is(r, joint, ",");
        if (norm_is(r, joint, "and") && norm_is(r, joint - 1, ",")) joint--;
        if (!listed || noun == DL_NONE || noun + 1 != joint || is_harm_participle(r, noun)) return start;
        victims more = victims_of_number(r, word, n, 0.6f);
        if (!more.told) return start;
        more.last = v->last;
        add_group(v, &more);
        start = n->first;
    }
    return start;
}

/* "his wife and daughter were killed", "a guard and [two farmers]": the one told before "and", who is no object or complement of another word. */
static void add_person_before(const reader *r, uint32_t first, victims *v)
{
    if (first < r->first + 2 || !norm_is(r, first - 1, "and") || noun_kind(r, first - 2) != 'p' || is_plural(r, first - 2)) return;
    if (is_harm_participle(r, first - 2)) return; /* "15 dead and 29 wounded" */
    uint32_t start = first - 2;
    while (start > r->first && first - start < LONGEST_NOUN_PHRASE && (is_inside_phrase(r, start - 1) || is_determiner(r, start - 1))) start--;
    if (!is_determiner(r, start)) return;
    if (start > r->first && (is_upos(r, start - 1, DL_VERB) || is_upos(r, start - 1, DL_ADP) || is_harm_participle(r, start - 1))) return;
    v->range = dl_casualties_sum(v->range, bare_count(r, first - 2));
    v->span.start = r->text->tokens[start].span.start;
}

/* "leaving two raiders and a guard dead", "two men and a child were injured" */
static void add_person_between(const reader *r, const harm_word *word, victims *v)
{
    if (!norm_is(r, v->last + 1, "and") || !is_article(r, v->last + 2)) return;
    uint32_t head = word->first - 1;
    while (head > v->last + 3 && (is_upos(r, head, DL_AUX) || is_upos(r, head, DL_ADV))) head--;
    if (head < v->last + 3) return;
    for (uint32_t t = v->last + 3; t <= head; t++)
        if (!is_inside_phrase(r, t)) return;
    if (noun_kind(r, head) != 'p') return;
    v->range = dl_casualties_sum(v->range, count_exactly(1));
    v->span.end = r->text->tokens[head].span.end;
}

/* The nearest number before a word of harm, with the groups that stand before it. */
static victims nearest_before(reader *r, const harm_word *word)
{
    size_t best = MAX_COUNTED;
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if ((!n->used || r->shared) && !counts_no_people(r, n) && !is_subset(r, n) && reaches(r, n, word)) best = i;
    }
    if (best == MAX_COUNTED) return nobody;
    victims v = victims_of_number(r, word, &r->numbers[best], 0.6f);
    if (v.told) add_person_before(r, add_groups_before(r, word, &v, best), &v);
    if (v.told) add_person_between(r, word, &v);
    return v;
}

/* "Killed in the hills and sappers cleared hundreds": another clause. */
static bool crosses_clause(const reader *r, uint32_t from, uint32_t to, bool noun)
{
    for (uint32_t t = from; t < to; t++)
        if ((is_upos(r, t, DL_VERB) && !is_harm_participle(r, t)) || (noun && norm_is(r, t, ","))) return true;
    return false;
}

static victims nearest_behind(reader *r, const harm_word *word)
{
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if ((n->used && !r->shared) || counts_no_people(r, n) || is_subset(r, n) || counts_other_harm(r, n, word)) continue;
        if (n->first <= word->last || n->first - word->last > AFTER || crosses_harm(r, word->last + 1, n->first)) continue;
        if (crosses_clause(r, word->last + 1, n->first, word->part == PART_NOUN) || (word->part == PART_NOUN && norm_is(r, n->first - 1, "by"))) continue;
        victims v = victims_of_number(r, word, n, 0.6f);
        add_groups_behind(r, word, &v);
        return v;
    }
    return nobody;
}

/* Back over a list, "identified as Ali Naji, Omar Diallo and Sami Haddad", "including a boy and three women", to whom it lists; DL_NONE
 * where it is none. */
static uint32_t before_list(const reader *r, uint32_t token)
{
    for (uint32_t back = 1; back <= LONGEST_LIST && token >= r->first + back + 2; back++) {
        uint32_t t = token - back;
        if (cue_length(r, t, "naming") || cue_length(r, t, "subset")) {
            for (t--; t > r->first && (is_upos(r, t, DL_AUX) || is_upos(r, t, DL_ADV) || is_upos(r, t, DL_PUNCT) || norm_is(r, t, "who"));) t--;
            return t;
        }
        if (is_upos(r, t, DL_VERB) || is_upos(r, t, DL_AUX) || is_harm_participle(r, t)) return DL_NONE;
    }
    return DL_NONE;
}

/* Back over "(45)" and ", identified as Ali Naji," to the word that they stand behind. */
static uint32_t skip_insertions(const reader *r, uint32_t token)
{
    bool bracket = norm_is(r, token, ")"), comma = norm_is(r, token, ",");
    if (!bracket && !comma) return token;
    uint32_t list = comma ? before_list(r, token) : DL_NONE;
    if (list != DL_NONE) return list;
    for (uint32_t back = 1; back <= PARENTHESIS && token >= r->first + back + 1; back++) {
        if (is_harm_participle(r, token - back)) return token;
        if (norm_is(r, token - back, bracket ? "(" : ",")) return skip_insertions(r, token - back - 1);
    }
    return token;
}

static counted *number_up_to(reader *r, uint32_t end)
{
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->last + 1 == end && !n->none && (!n->used || r->shared) && !counts_no_people(r, n)) return n;
    }
    return NULL;
}

/* Back over "(CID)" inside a phrase; never to the first token of the sentence. */
static uint32_t before_bracket(const reader *r, uint32_t token)
{
    if (token < r->first + 2 || !norm_is(r, token - 1, ")")) return token;
    for (uint32_t t = token - 1; t > r->first + 1 && t + 5 > token; t--)
        if (norm_is(r, t - 1, "(")) return t - 1;
    return token;
}

/* "[One] of the trader's children": the number of a part, before the noun of the whole. */
static counted *part_before(reader *r, uint32_t noun)
{
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->last + 2 > noun || noun - n->last > LONGEST_NOUN_PHRASE || !norm_is(r, n->last + 1, "of") || n->used || counts_no_people(r, n)) continue;
        uint32_t t = n->last + 2;
        while (t < noun && (is_inside_phrase(r, t) || is_determiner(r, t) || is_upos(r, t, DL_PART))) t++;
        if (t == noun) return n;
    }
    return NULL;
}

/* People told without a number right before the word: "an unidentified man [was] killed". */
static victims bare_before(reader *r, const harm_word *word)
{
    if (word->first == r->first) return nobody;
    uint32_t t = word->first - 1;
    while (t > r->first && (is_upos(r, t, DL_AUX) || is_upos(r, t, DL_ADV))) t--;
    if (t > r->first + 1 && norm_is(r, t, "who")) t -= norm_is(r, t - 1, ",") ? 2 : 1; /* "a guard who was killed" */
    uint32_t closing = t;
    t = skip_insertions(r, t);
    uint32_t listed = before_list(r, t + 1);
    if (listed != DL_NONE) t = listed;
    if (closing > r->first && norm_is(r, closing, ",") && noun_kind(r, t) != 'p' && !is_named_person(r, t) && is_named_person(r, closing - 1)) t = closing - 1; /* "the chief in Punjab, Ali Naji, was" */
    uint32_t head = t;
    if (noun_kind(r, head) != 'p' && !is_named_person(r, head) && !cue_near(r, head, head + 1, "one")) return nobody;
    while (t > r->first && head - t < LONGEST_NOUN_PHRASE && is_inside_phrase(r, before_bracket(r, t) - 1) && !is_harm_participle(r, t - 1)) t = before_bracket(r, t) - 1;
    counted *n = number_up_to(r, t); /* "six persons, including a child, were killed" */
    if (!n) n = part_before(r, t);
    if (n) return victims_of_number(r, word, n, 0.5f);
    bool article = t > r->first && is_determiner(r, t - 1);
    victims v = {.range = bare_count(r, head), .number_token = DL_NONE, .head = head, .sure = 0.5f, .last = head};
    v.span = (dl_span){r->text->tokens[article ? t - 1 : t].span.start, r->text->tokens[head].span.end};
    v.told = v.range.known;
    if (v.told && !article) add_person_before(r, t, &v);
    return v;
}

bool looks_passive(const reader *r, const harm_word *word)
{
    for (uint32_t back = 1; back <= 3 && word->first >= r->first + back; back++)
        if (cue_near(r, word->first - back, word->first - back + 1, "be")) return true;
    return false;
}

/* "five killed", "18 injured": a number right before a participle. */
static bool follows_number(const reader *r, const harm_word *word)
{
    for (size_t i = 0; i < r->number_count && word->part != PART_NOUN; i++) {
        uint32_t last = r->numbers[i].last;
        if (last + 1 == word->first || (last + 2 == word->first && noun_kind(r, word->first - 1))) return true;
    }
    return false;
}

/* Behind "abducted" the victims of "abducted and killed a guard" begin after both verbs. */
static uint32_t after_pair(reader *r, uint32_t last)
{
    harm_word other;
    bool pair = norm_is(r, last + 1, "and") && last + 2 < r->end && harm_at(r, last + 2, &other) && other.part == PART_VERB;
    if (pair) return other.last + 1;
    bool verbs = norm_is(r, last + 1, "and") && is_upos(r, last + 2, DL_VERB); /* "arrested and beat six men" */
    return verbs && last + 3 < r->end && (number_from(r, last + 3) || is_determiner(r, last + 3)) ? last + 3 : last + 1;
}

/* "the murder of Omar Diallo": a name that is none of a place or group is a person's. */
static victims unknown_name(const reader *r, uint32_t from)
{
    uint32_t t = from;
    if (t >= r->end || !is_upos(r, t, DL_PROPN)) return nobody;
    while (t < r->end && is_upos(r, t, DL_PROPN) && t < from + LONGEST_NOUN_PHRASE) {
        uint8_t name = r->text->tokens[t].name;
        if ((name && name != DL_NAME_PERSON) || noun_kind(r, t) == 't' || is_plural(r, t)) return nobody;
        t++;
    }
    return (victims){.range = count_exactly(1), .number_token = DL_NONE, .head = t - 1, .sure = 0.5f, .last = t - 1, .told = true,
                     .span = {r->text->tokens[from].span.start, r->text->tokens[t - 1].span.end}};
}

victims victims_right_behind(reader *r, const harm_word *word)
{
    uint32_t from = word->part == PART_VERB ? after_pair(r, word->last) : word->last + 1;
    if (word->part == PART_NOUN || word->victim == VICTIM_OF) {
        if (!norm_is(r, from, "of") && !norm_is(r, from, "to")) return nobody;
        from++;
    }
    victims v = group_from(r, word, from);
    if (!v.told && word->victim == VICTIM_OF) v = unknown_name(r, from);
    add_groups_behind(r, word, &v);
    return v;
}

/* "three men killed a guard": a verb in the active, though a number stands right before it. */
static victims of_active_verb(reader *r, const harm_word *word)
{
    uint32_t from = after_pair(r, word->last);
    if (word->part != PART_VERB || word->victim != VICTIM_OBJECT || looks_passive(r, word)) return nobody;
    if (is_determiner(r, from) || (from < r->end && number_from(r, from))) return victims_right_behind(r, word);
    victims v = from < r->end ? bare_from(r, from) : nobody; /* "three men shot dead trader Ali Naji" */
    return v.told && v.head != from && is_named_person(r, v.head) ? v : nobody;
}

victims victims_near(reader *r, const harm_word *word)
{
    victims active = of_active_verb(r, word);
    if (active.told) return active;
    bool before = word->victim == VICTIM_BEFORE || word->victim == VICTIM_SUBJECT || word->part == PART_NOUN || looks_passive(r, word) ||
                  follows_number(r, word);
    bool only_before = word->victim == VICTIM_BEFORE || word->victim == VICTIM_SUBJECT || (before && word->part == PART_VERB);
    victims v = nobody;
    if (word->part == PART_NOUN || word->victim == VICTIM_OF) v = victims_right_behind(r, word);
    if (!v.told) v = before ? nearest_before(r, word) : nearest_behind(r, word);
    if (!v.told && !only_before) v = before ? nearest_behind(r, word) : nearest_before(r, word);
    if (!v.told && before && word->part != PART_NOUN && !acts_itself(r, word)) v = bare_before(r, word);
    if (!v.told && !before && word->victim == VICTIM_OBJECT) v = victims_right_behind(r, word);
    return v;
}

/* "was killed along with three of his guards" */
void add_companions(reader *r, const harm_word *word, victims *v)
{
    for (uint32_t t = word->last + 1; t < r->end && t <= word->last + COMPANIONS; t++) {
        if (is_upos(r, t, DL_VERB) || norm_is(r, t, "and")) return;
        uint32_t length = cue_length(r, t, "with");
        if (!length) continue;
        victims more = group_from(r, word, t + length);
        add_groups_behind(r, word, &more);
        if (more.told) add_group(v, &more);
        return;
    }
}
