/* features.c - blocks as numbers for the two models. */
#include "page/features.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/utf8.h"

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
    "first", "prev_first", "prev2_first", "prev3_first", "next_first", "next2_first", "next3_first",
    "holder_first", "holder_mass", "mass_before", "mass_after", "core_before", "core_after",
    "outer_first", "outer_mass", "far_first", "far_mass",
    "kin_first", "kin_others", "kin_mass", "in_core", "core_climb", "branch_first", "branch_mass", "branch_others"};

enum { SECOND = 90 }; /* features from here on are the second model's own */

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

static bool is_heading(const dl_page_block *b)
{
    return b->tag >= DL_TAG_H1 && b->tag <= DL_TAG_H6;
}

/* A block that reads like a paragraph: long, few links, whole sentences. */
static bool is_prose(const dl_page_block *b)
{
    return b->letters >= 60 && b->linked * 3 < b->letters && (b->stops || b->letters >= 160) && !(b->where & DL_IN_NAV);
}

bool dl_page_is_candidate(const dl_page_block *b)
{
    enum { TIME_ALONE = 30 };
    if (b->letters < 2 || (b->where & DL_IN_NAV)) return false;
    if ((b->where & DL_IN_TIME) && b->letters < TIME_ALONE) return false;
    return b->letters >= 100 || (float)b->linked <= 0.98f * (float)b->letters;
}

/* ---- what the blocks of a page share ---- */

/* A hash of letters and digits in any case, punctuation and references left out; carries over pieces. */
static uint32_t title_hash(uint32_t hash, dl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '&') {
            size_t end = i + 1;
            while (end < text.len && end < i + 9 && text.ptr[end] != ';') end++;
            if (end < text.len && text.ptr[end] == ';') i = end;
        } else if (c == 0xC2 || c == 0xE2) {
            i += c == 0xC2 ? 1 : 2;
        } else if (c >= 0x80 || dl_ascii_alpha(c) || dl_ascii_digit(c)) {
            hash = (hash ^ dl_ascii_lower(c)) * 16777619u;
        }
    }
    return hash;
}

static bool reads_as_title(const dl_page_survey *s, const dl_page_block *b, uint32_t wanted)
{
    dl_str title = s->hints->title;
    if (!title.len || b->letters > 2 * title.len || b->letters * 3 < title.len) return false;
    uint32_t hash = 2166136261u;
    const dl_tree *tree = s->blocks->tree;
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &tree->nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN))
            hash = title_hash(hash, dl_str_slice(tree->markup->text, n->start, n->end));
    }
    return hash == wanted;
}

static bool fill_titled(dl_page_survey *s, dl_arena *arena)
{
    s->titled = DL_NEW_ARRAY(arena, bool, s->blocks->list.count + 1);
    if (!s->titled) return false;
    uint32_t wanted = title_hash(2166136261u, s->hints->title);
    for (size_t i = 0; i < s->blocks->list.count; i++) s->titled[i] = reads_as_title(s, &s->blocks->list.items[i], wanted);
    return true;
}

static uint32_t find_headline(const dl_page_survey *s)
{
    const dl_page_block *list = s->blocks->list.items;
    uint32_t h1 = DL_NONE;
    for (uint32_t i = 0; i < s->blocks->list.count; i++) {
        if (s->titled[i] && !(list[i].where & (DL_IN_NAV | DL_IN_LINK))) {
            if (list[i].tag >= DL_TAG_H1 && list[i].tag <= DL_TAG_H3) return i;
            if (h1 == DL_NONE) h1 = i;
        } else if (list[i].tag == DL_TAG_H1 && h1 == DL_NONE && list[i].letters >= 12) {
            h1 = i;
        }
    }
    return h1;
}

static float share_in(const dl_page_survey *s, const dl_page_block *b, const dl_shingles *set)
{
    dl_shingler walk = {0};
    const dl_tree *tree = s->blocks->tree;
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &tree->nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN))
            dl_shingler_text(&walk, set, dl_str_slice(tree->markup->text, n->start, n->end));
    }
    return dl_shingler_share(&walk, set);
}

/* Where readers' comments begin, and where lists of other stories do: "Comments", "Read also". */
static bool fill_breaks(dl_page_survey *s, dl_arena *arena)
{
    enum { SHORT = 60 };
    size_t count = s->blocks->list.count;
    s->comments = DL_NONE;
    s->more_before = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!s->more_before) return false;
    uint32_t since = 999;
    for (uint32_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        bool behind = s->headline == DL_NONE || i > s->headline, brief = b->letters < SHORT;
        bool comments = brief && !(b->where & DL_IN_LINK) && (b->leads >> DL_PHRASE_COMMENT & 1);
        if (behind && comments && s->comments == DL_NONE) s->comments = i;
        s->more_before[i] = since;
        since = brief && (b->leads >> DL_PHRASE_MORE & 1) ? 0 : since + 1;
    }
    return true;
}

static bool fill_people(dl_page_survey *s, dl_arena *arena)
{
    enum { LONGEST = 400 };
    size_t count = s->blocks->list.count;
    if (!s->hints->people.count) return true;
    s->by_people = DL_NEW_ARRAY(arena, float, count + 1);
    s->people_lead = DL_NEW_ARRAY(arena, float, count + 1);
    if (!s->by_people || !s->people_lead) return false;
    const dl_tree *tree = s->blocks->tree;
    for (size_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        if (!dl_page_is_candidate(b) || b->letters > LONGEST) continue;
        dl_shingler walk = {.single = true};
        for (uint32_t node = b->first; node < b->end; node++) {
            const dl_node *n = &tree->nodes[node];
            if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN))
                dl_shingler_text(&walk, &s->hints->people, dl_str_slice(tree->markup->text, n->start, n->end));
        }
        s->by_people[i] = dl_shingler_share(&walk, &s->hints->people);
        s->people_lead[i] = (float)walk.leads / 4.0f;
    }
    return true;
}

static bool fill_similarity(dl_page_survey *s, dl_arena *arena)
{
    size_t count = s->blocks->list.count;
    const dl_page_block *list = s->blocks->list.items;
    if (s->hints->body.count && !(s->in_body = DL_NEW_ARRAY(arena, float, count + 1))) return false;
    if (s->hints->summary.count && !(s->in_summary = DL_NEW_ARRAY(arena, float, count + 1))) return false;
    for (size_t i = 0; i < count; i++) {
        if (!dl_page_is_candidate(&list[i])) continue;
        if (s->in_body) s->in_body[i] = share_in(s, &list[i], &s->hints->body);
        if (s->in_summary && list[i].letters < 1200) s->in_summary[i] = share_in(s, &list[i], &s->hints->summary);
    }
    return true;
}

/* Counts the blocks that read the same, by hash, in a table of a power of two. */
static bool fill_same(dl_page_survey *s, dl_arena *arena)
{
    size_t count = s->blocks->list.count, size = 16;
    while (size < count * 2) size *= 2;
    uint32_t *slots = DL_NEW_ARRAY(arena, uint32_t, size);
    s->same = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    s->twin = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!slots || !s->same || !s->twin) return false;
    const dl_page_block *list = s->blocks->list.items;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < count; i++) {
            size_t at = list[i].hash & (size - 1);
            while (slots[at] && list[slots[at] - 1].hash != list[i].hash) at = (at + 1) & (size - 1);
            if (!slots[at]) slots[at] = i + 1;
            s->twin[i] = slots[at] - 1;
            if (pass == 0) s->same[slots[at] - 1]++;
            else s->same[i] = s->same[slots[at] - 1];
        }
    return true;
}

static void join(dl_holder *h, const dl_page_block *b)
{
    h->blocks++;
    h->letters += b->letters;
    h->linked += b->linked;
    h->paragraphs += b->tag == DL_TAG_P;
    if (is_prose(b)) h->prose += b->letters;
}

/* Blocks of one kin, in a table of a power of two. */
static bool fill_kins(dl_page_survey *s, dl_arena *arena)
{
    size_t count = s->blocks->list.count, size = 16;
    while (size < count * 2) size *= 2;
    uint32_t *slots = DL_NEW_ARRAY(arena, uint32_t, size);
    s->kins = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    s->kin_stats = DL_NEW_ARRAY(arena, dl_holder, count + 1);
    s->kin_rank = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!slots || !s->kins || !s->kin_stats || !s->kin_rank) return false;
    const dl_page_block *list = s->blocks->list.items;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = list[i].kin * 0x9E3779B1u >> 7 & (size - 1);
        while (slots[at] && list[slots[at] - 1].kin != list[i].kin) at = (at + 1) & (size - 1);
        if (!slots[at]) slots[at] = i + 1;
        s->kins[i] = slots[at] - 1;
        s->kin_rank[i] = s->kin_stats[s->kins[i]].blocks;
        join(&s->kin_stats[s->kins[i]], &list[i]);
    }
    return true;
}

static bool fill_holders(dl_page_survey *s, dl_arena *arena)
{
    size_t count = s->blocks->list.count;
    s->holders = DL_NEW_ARRAY(arena, uint32_t, s->blocks->tree->count + 1);
    s->stats = DL_NEW_ARRAY(arena, dl_holder, count + 1);
    s->holder_rank = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!s->holders || !s->stats || !s->holder_rank) return false;
    uint32_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        uint32_t *slot = &s->holders[b->holder];
        if (!*slot) *slot = ++used;
        dl_holder *h = &s->stats[*slot];
        h->node = b->holder;
        s->holder_rank[i] = h->blocks;
        join(h, b);
        if (is_prose(b)) s->prose += b->letters;
    }
    return true;
}

dl_status dl_page_survey_make(dl_page_survey *out, const dl_page_blocks *blocks, const dl_page_hints *hints,
                              dl_arena *arena, dl_error *err)
{
    *out = (dl_page_survey){.blocks = blocks, .hints = hints};
    size_t count = blocks->list.count;
    out->mass_before = DL_NEW_ARRAY(arena, float, count + 1);
    out->core_before = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    out->core_after = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    out->both = DL_NEW_ARRAY(arena, float, count + 1);
    if (!out->mass_before || !out->both || !out->core_before || !out->core_after) return dl_fail_memory(err);
    if (!fill_holders(out, arena) || !fill_kins(out, arena) || !fill_same(out, arena) || !fill_titled(out, arena) || !fill_similarity(out, arena) ||
        !fill_people(out, arena))
        return dl_fail_memory(err);
    out->headline = find_headline(out);
    return fill_breaks(out, arena) ? DL_OK : dl_fail_memory(err);
}

/* ---- one block ---- */

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
    *f++ = lg(other->letters), *f++ = share(other->linked, other->letters), *f++ = is_prose(other);
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
    const dl_holder *kin = &s->kin_stats[s->kins[i]];
    *f++ = lg(kin->blocks), *f++ = share(kin->prose, s->prose), *f++ = share(kin->linked, kin->letters);
    *f++ = i > 0 && s->kins[i - 1] == s->kins[i];
    *f++ = i + 1 < s->blocks->list.count && s->kins[i + 1] == s->kins[i];
    *f++ = lg(b->images), *f++ = lg(at(s, (int64_t)i + 1)->images), *f++ = b->like_alt, *f++ = lg(b->signs);
    *f++ = b->link_first, *f++ = b->link_last;
    *f++ = s->by_people ? s->by_people[i] : 0, *f++ = s->people_lead ? s->people_lead[i] : 0;
    *f++ = s->comments != DL_NONE && i >= s->comments, *f++ = lg(s->more_before[i]);
    *f++ = share(b->letters, b->words), *f++ = b->stops ? share(b->letters, b->stops) : -1;
    *f++ = lg(s->holder_rank[i]), *f++ = lg(s->stats[s->holders[b->holder]].blocks - 1 - s->holder_rank[i]);
    *f++ = lg(s->kin_rank[i]), *f++ = lg(kin->blocks - 1 - s->kin_rank[i]);
    return f;
}

/* The first block that begins at or behind a node. */
static uint32_t block_from(const dl_page_survey *s, uint32_t node)
{
    size_t low = 0, high = s->blocks->list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->blocks->list.items[middle].first < node) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

/* Score times letters of all that an element holds, and its letters. */
static float mass_of(const dl_page_survey *s, uint32_t node, uint32_t *letters)
{
    uint32_t from = block_from(s, node), to = block_from(s, s->blocks->tree->nodes[node].next);
    uint32_t end = to < s->blocks->list.count ? s->blocks->list.items[to].before : s->blocks->letters;
    *letters = from < s->blocks->list.count ? end - s->blocks->list.items[from].before : 0;
    return s->mass_before[to] - s->mass_before[from];
}

/* The lowest element around the heaviest block that holds most of the mass. */
static uint32_t find_core(const dl_page_survey *s)
{
    const dl_page_block *heaviest = NULL;
    for (size_t i = 0; i < s->blocks->list.count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        if (!heaviest || b->score * (float)b->letters > heaviest->score * (float)heaviest->letters) heaviest = b;
    }
    if (!heaviest || s->mass <= 0) return DL_NONE;
    uint32_t node = heaviest->element, letters;
    while (s->blocks->tree->nodes[node].parent != DL_NONE && mass_of(s, node, &letters) < 0.6f * s->mass)
        node = s->blocks->tree->nodes[node].parent;
    return node;
}

/* A block that is surely of the story, going by the first model. */
static bool is_core(const dl_page_block *b)
{
    return b->score > 0.6f && b->letters > 60;
}

void dl_page_survey_add_scores(dl_page_survey *s)
{
    uint32_t count = (uint32_t)s->blocks->list.count, since = 999;
    s->mass = 0;
    for (uint32_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        dl_holder *h = &s->stats[s->holders[b->holder]];
        dl_holder *kin = &s->kin_stats[s->kins[i]];
        float mass = b->score * (float)b->letters;
        h->mass += mass, kin->mass += mass;
        h->weight += (float)b->letters, kin->weight += (float)b->letters;
        s->mass_before[i] = s->mass;
        s->mass += mass;
        s->core_before[i] = since;
        since = is_core(b) ? 0 : since + 1;
    }
    s->mass_before[count] = s->mass;
    since = 999;
    for (uint32_t i = count; i-- > 0;) {
        s->core_after[i] = since;
        since = is_core(&s->blocks->list.items[i]) ? 0 : since + 1;
    }
    s->core = find_core(s);
}

/* How sure the first model was of all that an element holds, and how much of the story that is. */
static float *around_features(const dl_page_survey *s, uint32_t node, float *f)
{
    uint32_t letters;
    float mass = mass_of(s, node, &letters);
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

static void kin_features(const dl_page_survey *s, uint32_t i, float *f)
{
    const dl_page_block *b = at(s, i);
    const dl_holder *kin = &s->kin_stats[s->kins[i]];
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
    float mass = mass_of(s, branch, &letters);
    *f++ = letters ? mass / (float)letters : 0;
    *f++ = s->mass > 0 ? mass / s->mass : 0;
    *f++ = others(mass, (float)letters, b);
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
    kin_features(s, i, f);
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
    (void)look_features(s, i, f);
    if (second) second_features(s, i, out + SECOND);
    set_bits(out + DL_FEATURE_NEAR, b->near, DL_CUE_COUNT);
    set_bits(out + DL_FEATURE_FAR, b->far, DL_CUE_COUNT);
    set_bits(out + DL_FEATURE_WHERE, b->where, DL_FEATURE_WHERE_COUNT);
    set_bits(out + DL_FEATURE_PHRASE, b->phrases, DL_PHRASE_COUNT);
    set_bits(out + DL_FEATURE_LEADS, b->leads, DL_PHRASE_COUNT);
}
