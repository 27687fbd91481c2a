/* features.c - blocks as numbers for the two models. */
#include "page/features.h"

#include <math.h>
#include <stdio.h>


/* Names of the first DL_FEATURE_PLAIN_COUNT features, in order of plain_features and second_features. */
static const char *const PLAIN[DL_FEATURE_PLAIN_COUNT] = {
    "letters", "words", "linked", "links", "digits", "capitals", "commas", "stops", "breaks", "depth",
    "last_stop", "last_colon", "last_small", "last_ellipsis", "first_capital", "first_small", "first_quote", "first_digit",
    "tag_p", "tag_heading", "tag_li", "tag_cell", "tag_div", "tag_h1", "tag_other", "heading_level",
    "prev_letters", "prev_linked", "prev_prose", "prev_same_tag", "prev_heading", "prev_same_holder",
    "next_letters", "next_linked", "next_prose", "next_same_tag", "next_heading", "next_same_holder",
    "prev2_letters", "prev2_linked", "next2_letters", "next2_linked",
    "from_headline", "before_headline", "position", "letters_before", "same", "is_title", "like_summary", "like_body",
    "has_body", "holder_blocks", "holder_prose", "holder_share", "holder_linked", "holder_paragraphs", "page_prose",
    "page_blocks", "is_article", "first_other", "last_digit", "last_other", "climb", "meets_headline",
    "first_bracket", "last_bracket", "capital_words", "bold", "italic", "kin_blocks", "kin_share", "kin_linked",
    "prev_kin", "next_kin", "images_before", "images_after", "like_alt", "signs", "link_first", "link_last", "by_people",
    "people_lead", "in_comments", "more_before", "word_letters", "sentence_letters", "holder_before", "holder_after", "kin_before",
    "kin_after",
    "look_blocks", "look_share", "look_linked", "article_share", "article_blocks", "open_prose", "open_share", "near_before", "near_after",
    "standfirst", "post", "title_first", "more_link", "links_before", "links_after", "address",
    "first", "prev_first", "prev2_first", "prev3_first", "next_first", "next2_first", "next3_first",
    "holder_first", "holder_mass", "mass_before", "mass_after", "core_before", "core_after",
    "outer_first", "outer_mass", "far_first", "far_mass",
    "kin_first", "kin_others", "kin_mass", "in_core", "core_climb", "branch_first", "branch_mass", "branch_others",
    "look_first", "look_others", "look_mass", "article_first", "article_mass"};

enum { SECOND = 106 }; /* features from here on are the second model's own */

static const char *const WHERE[DL_FEATURE_WHERE_COUNT] = {
    "link", "nav", "header", "footer", "aside", "article", "main", "form", "figure", "table", "list", "quote", "hidden",
    "control", "caption", "bodyprop", "dialog", "pre", "emphasis", "custom", "time"};

void dl_feature_name(int index, char out[32])
{
    if (index < DL_FEATURE_NEAR) snprintf(out, 32, "%s", PLAIN[index]);
    else if (index < DL_FEATURE_FAR) snprintf(out, 32, "near.%s", dl_cue_name(index - DL_FEATURE_NEAR));
    else if (index < DL_FEATURE_WHERE) snprintf(out, 32, "far.%s", dl_cue_name(index - DL_FEATURE_FAR));
    else if (index < DL_FEATURE_PHRASE) snprintf(out, 32, "in.%s", WHERE[index - DL_FEATURE_WHERE]);
    else if (index < DL_FEATURE_LEADS) snprintf(out, 32, "phrase.%s", dl_phrase_name(index - DL_FEATURE_PHRASE));
    else snprintf(out, 32, "leads.%s", dl_phrase_name(index - DL_FEATURE_LEADS));
}

/* Index of the name behind a prefix such as "near." among `count` names, or -1. */
static int index_behind(dl_str name, const char *prefix, const char *(*names)(int), int count)
{
    if (!dl_str_starts(name, prefix)) return -1;
    dl_str rest = dl_str_slice(name, strlen(prefix), name.len);
    for (int i = 0; i < count; i++)
        if (dl_str_is(rest, names(i))) return i;
    return -1;
}

static const char *where_name(int where)
{
    return WHERE[where];
}

int dl_feature_index(dl_str name)
{
    static const struct { const char *prefix, *(*names)(int); int count, first; } GROUPS[] = {
        {"near.", dl_cue_name, DL_CUE_COUNT, DL_FEATURE_NEAR},
        {"far.", dl_cue_name, DL_CUE_COUNT, DL_FEATURE_FAR},
        {"in.", where_name, DL_FEATURE_WHERE_COUNT, DL_FEATURE_WHERE},
        {"phrase.", dl_phrase_name, DL_PHRASE_COUNT, DL_FEATURE_PHRASE},
        {"leads.", dl_phrase_name, DL_PHRASE_COUNT, DL_FEATURE_LEADS}};
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++) {
        int index = index_behind(name, GROUPS[i].prefix, GROUPS[i].names, GROUPS[i].count);
        if (index >= 0) return GROUPS[i].first + index;
    }
    for (int i = 0; i < DL_FEATURE_PLAIN_COUNT; i++)
        if (dl_str_is(name, PLAIN[i])) return i;
    return -1;
}

/* ---- one block ---- */

static bool is_heading(const dl_page_block *b)
{
    return b->tag >= DL_TAG_H1 && b->tag <= DL_TAG_H6;
}

static float lg(uint32_t n)
{
    return log2f((float)(n + 1));
}

static float share(uint32_t part, uint32_t whole)
{
    return whole ? (float)part / (float)whole : 0.0f;
}

static float *own_features(const dl_page_block *b, float *f)
{
    *f++ = lg(b->letters), *f++ = lg(b->words), *f++ = share(b->linked, b->letters), *f++ = lg(b->links);
    *f++ = share(b->digits, b->letters), *f++ = share(b->capitals, b->letters);
    *f++ = share(b->commas * 100, b->letters), *f++ = lg(b->stops), *f++ = lg(b->breaks), *f++ = b->depth;
    *f++ = b->last == DL_SIGN_STOP || b->last == DL_SIGN_ASK || b->last == DL_SIGN_QUOTE;
    *f++ = b->last == DL_SIGN_COLON, *f++ = b->last == DL_SIGN_SMALL || b->last == DL_SIGN_CAPITAL;
    *f++ = b->last == DL_SIGN_ELLIPSIS;
    *f++ = b->initial == DL_SIGN_CAPITAL, *f++ = b->initial == DL_SIGN_SMALL;
    *f++ = b->initial == DL_SIGN_QUOTE, *f++ = b->initial == DL_SIGN_DIGIT;
    bool p = b->tag == DL_TAG_P, heading = is_heading(b), li = b->tag == DL_TAG_LI;
    bool cell = b->tag == DL_TAG_TD || b->tag == DL_TAG_TH, div = b->tag == DL_TAG_DIV;
    *f++ = p, *f++ = heading, *f++ = li, *f++ = cell, *f++ = div, *f++ = b->tag == DL_TAG_H1;
    *f++ = !(p || heading || li || cell || div);
    *f++ = heading ? (float)(b->tag - DL_TAG_H1 + 1) : 0;
    return f;
}

static const dl_page_block *at(const dl_page_survey *s, int64_t index)
{
    static const dl_page_block none = {.tag = DL_TAG_NONE};
    return index < 0 || index >= (int64_t)s->blocks->list.count ? &none : &s->blocks->list.items[index];
}

static float *neighbour_features(const dl_page_block *b, const dl_page_block *other, float *f)
{
    *f++ = lg(other->letters), *f++ = share(other->linked, other->letters), *f++ = dl_page_is_prose(other);
    *f++ = other->tag == b->tag, *f++ = is_heading(other), *f++ = other->holder == b->holder;
    return f;
}

/* The nearest element that holds both a block and the headline, or DL_NONE. */
static uint32_t meeting_place(const dl_page_survey *s, const dl_page_block *b)
{
    if (s->headline == DL_NONE) return DL_NONE;
    const dl_node *nodes = s->blocks->tree->nodes;
    uint32_t headline = s->blocks->list.items[s->headline].first, node = b->element;
    while (node != DL_NONE && !(node <= headline && headline < nodes[node].next)) node = nodes[node].parent;
    return node;
}

static float *place_features(const dl_page_survey *s, uint32_t i, float *f)
{
    const dl_page_block *b = at(s, i);
    float distance = s->headline == DL_NONE ? -99 : (float)i - (float)s->headline;
    *f++ = distance > 200 ? 200 : distance < -99 ? -99 : distance;
    *f++ = s->headline != DL_NONE && i < s->headline;
    *f++ = share(i, (uint32_t)s->blocks->list.count), *f++ = share(b->before, s->blocks->letters);
    *f++ = (float)(s->same[i] > 9 ? 9 : s->same[i]);
    *f++ = i == s->headline || (b->letters < 300 && s->titled[i]);
    *f++ = s->in_summary ? s->in_summary[i] : -1, *f++ = s->in_body ? s->in_body[i] : -1;
    *f++ = s->in_body != NULL;
    const dl_holder *h = &s->stats[s->holders[b->holder]];
    *f++ = lg(h->blocks), *f++ = lg(h->prose), *f++ = share(h->prose, s->prose), *f++ = share(h->linked, h->letters);
    *f++ = lg(h->paragraphs), *f++ = lg(s->prose), *f++ = lg((uint32_t)s->blocks->list.count);
    *f++ = s->hints->is_article;
    *f++ = b->initial == DL_SIGN_OTHER, *f++ = b->last == DL_SIGN_DIGIT, *f++ = b->last == DL_SIGN_OTHER;
    uint32_t meeting = meeting_place(s, b);
    const dl_node *nodes = s->blocks->tree->nodes;
    *f++ = meeting == DL_NONE ? -1 : (float)(b->depth - nodes[meeting].depth);
    *f++ = meeting == DL_NONE ? -1 : nodes[meeting].depth;
    return f;
}

static float *look_features(const dl_page_survey *s, uint32_t i, float *f)
{
    const dl_page_block *b = at(s, i);
    *f++ = b->initial == DL_SIGN_BRACKET, *f++ = b->last == DL_SIGN_BRACKET;
    *f++ = share(b->capitals, b->words), *f++ = share(b->bold, b->letters), *f++ = share(b->italic, b->letters);
    const dl_holder *kin = &s->kin.stats[s->kin.of[i]];
    *f++ = lg(kin->blocks), *f++ = share(kin->prose, s->prose), *f++ = share(kin->linked, kin->letters);
    *f++ = i > 0 && s->kin.of[i - 1] == s->kin.of[i];
    *f++ = i + 1 < s->blocks->list.count && s->kin.of[i + 1] == s->kin.of[i];
    *f++ = lg(b->images), *f++ = lg(at(s, (int64_t)i + 1)->images), *f++ = b->like_alt, *f++ = lg(b->signs);
    *f++ = b->link_first, *f++ = b->link_last;
    *f++ = s->by_people ? s->by_people[i] : 0, *f++ = s->people_lead ? s->people_lead[i] : 0;
    *f++ = s->comments != DL_NONE && i >= s->comments, *f++ = lg(s->more_before[i]);
    *f++ = share(b->letters, b->words), *f++ = b->stops ? share(b->letters, b->stops) : -1;
    *f++ = lg(s->holder_rank[i]), *f++ = lg(s->stats[s->holders[b->holder]].blocks - 1 - s->holder_rank[i]);
    *f++ = lg(s->kin.rank[i]), *f++ = lg(kin->blocks - 1 - s->kin.rank[i]);
    return f;
}

/* A block below the headline that says what the description does, and looks unlike the story's paragraphs. */
static bool is_standfirst(const dl_page_survey *s, uint32_t i)
{
    enum { NEAR = 15 };
    if (!s->in_summary || s->in_summary[i] < 0.5f || s->headline == DL_NONE || i <= s->headline || i > s->headline + NEAR) return false;
    const dl_holder *look = &s->look.stats[s->look.of[i]];
    return is_heading(at(s, i)) || share(look->prose, s->prose) < 0.25f;
}

/* Letters of prose in the blocks [from, to), as far as there are such. */
static uint32_t prose_in(const dl_page_survey *s, int64_t from, int64_t to)
{
    int64_t count = (int64_t)s->blocks->list.count;
    return s->prose_before[to > count ? count : to] - s->prose_before[from < 0 ? 0 : from];
}

bool dl_page_is_more_link(const dl_page_block *b)
{
    enum { LONGEST = 200 };
    return (b->leads >> DL_PHRASE_MORE & 1) && b->letters < LONGEST && share(b->linked, b->letters) > 0.3f;
}

/* How many blocks in a row from `i` on, in steps of `step`, are nothing but links. */
static uint32_t links_from(const dl_page_survey *s, int64_t i, int step)
{
    enum { MOST = 8 };
    uint32_t count = 0;
    while (count < MOST && (at(s, i)->where & DL_IN_LINK)) count++, i += step;
    return count;
}

static float *group_features(const dl_page_survey *s, uint32_t i, float *f)
{
    enum { WINDOW = 5 };
    const dl_page_block *b = at(s, i);
    const dl_holder *look = &s->look.stats[s->look.of[i]], *article = &s->article.stats[s->article.of[i]];
    *f++ = lg(look->blocks), *f++ = share(look->prose, s->prose), *f++ = share(look->linked, look->letters);
    *f++ = b->article ? share(article->prose, s->prose) : -1, *f++ = b->article ? lg(article->blocks) : -1;
    *f++ = lg(s->open_prose), *f++ = share(s->open_prose, s->prose);
    *f++ = lg(prose_in(s, (int64_t)i - WINDOW, i)), *f++ = lg(prose_in(s, (int64_t)i + 1, (int64_t)i + 1 + WINDOW));
    *f++ = is_standfirst(s, i);
    *f++ = (b->where & DL_IN_QUOTE) && (b->far >> DL_CUE_EMBED & 1);
    *f++ = s->title_first[i], *f++ = dl_page_is_more_link(b);
    *f++ = (float)links_from(s, (int64_t)i - 1, -1), *f++ = (float)links_from(s, (int64_t)i + 1, 1);
    *f++ = b->address;
    return f;
}

/* How sure the first model was of all that an element holds, and how much of the story that is. */
static float *around_features(const dl_page_survey *s, uint32_t node, float *f)
{
    uint32_t letters;
    float mass = dl_page_mass_of(s, node, &letters);
    *f++ = letters ? mass / (float)letters : 0;
    *f++ = s->mass > 0 ? mass / s->mass : 0;
    return f;
}

/* Mean of the others, -1 where there are none. */
static float others(float mass, float weight, const dl_page_block *b)
{
    float rest = weight - (float)b->letters;
    return rest > 0.5f ? (mass - b->score * (float)b->letters) / rest : -1;
}

static float *kin_features(const dl_page_survey *s, uint32_t i, float *f)
{
    const dl_page_block *b = at(s, i);
    const dl_holder *kin = &s->kin.stats[s->kin.of[i]];
    *f++ = kin->weight > 0 ? kin->mass / kin->weight : 0;
    *f++ = others(kin->mass, kin->weight, b);
    *f++ = s->mass > 0 ? kin->mass / s->mass : 0;
    const dl_node *nodes = s->blocks->tree->nodes;
    uint32_t branch = b->element, core = s->core;
    bool inside = core != DL_NONE && branch >= core && branch < nodes[core].next;
    *f++ = inside, *f++ = inside ? (float)(nodes[branch].depth - nodes[core].depth) : -1;
    while (inside && branch != core && nodes[branch].parent != core) branch = nodes[branch].parent;
    if (!inside || branch == core) branch = b->element;
    uint32_t letters;
    float mass = dl_page_mass_of(s, branch, &letters);
    *f++ = letters ? mass / (float)letters : 0;
    *f++ = s->mass > 0 ? mass / s->mass : 0;
    *f++ = others(mass, (float)letters, b);
    return f;
}

/* How sure the first model was of what looks alike, and of the article. */
static void mass_features(const dl_page_survey *s, uint32_t i, float *f)
{
    const dl_page_block *b = at(s, i);
    const dl_holder *look = &s->look.stats[s->look.of[i]], *article = &s->article.stats[s->article.of[i]];
    *f++ = look->weight > 0 ? look->mass / look->weight : 0;
    *f++ = others(look->mass, look->weight, b);
    *f++ = s->mass > 0 ? look->mass / s->mass : 0;
    *f++ = article->weight > 0 ? article->mass / article->weight : 0;
    *f++ = s->mass > 0 ? article->mass / s->mass : 0;
}

static void second_features(const dl_page_survey *s, uint32_t i, float *f)
{
    int64_t n = i;
    const dl_page_block *b = at(s, n);
    *f++ = b->score;
    for (int d = 1; d <= 3; d++) *f++ = at(s, n - d)->score;
    for (int d = 1; d <= 3; d++) *f++ = at(s, n + d)->score;
    const dl_holder *h = &s->stats[s->holders[b->holder]];
    *f++ = h->weight > 0 ? h->mass / h->weight : 0, *f++ = s->mass > 0 ? h->mass / s->mass : 0;
    *f++ = s->mass > 0 ? s->mass_before[i] / s->mass : 0;
    *f++ = s->mass > 0 ? 1 - s->mass_before[i + 1] / s->mass : 0;
    *f++ = lg(s->core_before[i]), *f++ = lg(s->core_after[i]);
    const dl_node *nodes = s->blocks->tree->nodes;
    uint32_t around = nodes[b->holder].parent == DL_NONE ? b->holder : nodes[b->holder].parent;
    f = around_features(s, around, f);
    for (int up = 0; up < 2 && nodes[around].parent != DL_NONE; up++) around = nodes[around].parent;
    f = around_features(s, around, f);
    f = kin_features(s, i, f);
    mass_features(s, i, f);
}

static void set_bits(float *f, uint64_t set, int count)
{
    memset(f, 0, (size_t)count * sizeof *f);
    for (; set; set &= set - 1) {
        int bit = __builtin_ctzll(set);
        if (bit < count) f[bit] = 1;
    }
}

void dl_page_features(const dl_page_survey *s, uint32_t i, bool second, float out[DL_FEATURE_COUNT])
{
    const dl_page_block *b = at(s, i);
    float *f = own_features(b, out);
    f = neighbour_features(b, at(s, (int64_t)i - 1), f);
    f = neighbour_features(b, at(s, (int64_t)i + 1), f);
    const dl_page_block *prev2 = at(s, (int64_t)i - 2), *next2 = at(s, (int64_t)i + 2);
    *f++ = lg(prev2->letters), *f++ = share(prev2->linked, prev2->letters);
    *f++ = lg(next2->letters), *f++ = share(next2->linked, next2->letters);
    f = place_features(s, i, f);
    f = look_features(s, i, f);
    (void)group_features(s, i, f);
    if (second) second_features(s, i, out + SECOND);
    set_bits(out + DL_FEATURE_NEAR, b->near, DL_CUE_COUNT);
    set_bits(out + DL_FEATURE_FAR, b->far, DL_CUE_COUNT);
    set_bits(out + DL_FEATURE_WHERE, b->where, DL_FEATURE_WHERE_COUNT);
    set_bits(out + DL_FEATURE_PHRASE, b->phrases, DL_PHRASE_COUNT);
    set_bits(out + DL_FEATURE_LEADS, b->leads, DL_PHRASE_COUNT);
}
