/* survey.c - what the blocks of a page share: holders, blocks that look alike, the headline, the mass of the story. */
#include "page/survey.h"

#include "base/error.h"

bool dl_page_is_prose(const dl_page_block *b)
{
    return b->letters >= 60 && b->linked * 3 < b->letters && (b->stops || b->letters >= 160) && !(b->where & DL_IN_NAV);
}

bool dl_page_is_candidate(const dl_page_block *b)
{
    enum { TIME_ALONE = 30 };
    if (b->letters < 2 || (b->where & DL_IN_NAV)) return false;
    if ((b->where & DL_IN_TIME) && b->letters < TIME_ALONE) return false;
    return b->letters >= 100 || b->address || (float)b->linked <= 0.98f * (float)b->letters;
}

/* ---- what the blocks of a page share ---- */

/* A hash of letters and digits in any case, punctuation and references left out; carries over pieces. */
typedef struct title_walk {
    uint32_t hash, bytes; /* hashed so far */
    uint32_t most;        /* no more than so many */
    unsigned char first;  /* what begins otherwise is not hashed; 0: anything is */
} title_walk;

static const title_walk TITLE_START = {2166136261u, 0, UINT32_MAX, 0};

static void title_hash(title_walk *walk, dl_str text)
{
    for (size_t i = 0; i < text.len && walk->bytes < walk->most; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '&') {
            size_t end = i + 1;
            while (end < text.len && end < i + 9 && text.ptr[end] != ';') end++;
            if (end < text.len && text.ptr[end] == ';') i = end;
        } else if (c == 0xC2 || c == 0xE2) {
            i += c == 0xC2 ? 1 : 2;
        } else if (c >= 0x80 || dl_ascii_alpha(c) || dl_ascii_digit(c)) {
            c = dl_ascii_lower(c);
            if (!walk->bytes && walk->first && walk->first != c) {
                walk->most = 0;
                return;
            }
            if (!walk->bytes) walk->first = c;
            walk->hash = (walk->hash ^ c) * 16777619u;
            walk->bytes++;
        }
    }
}

/* What a block's signs give, no more than `most` of them. */
static title_walk block_title(const dl_page_survey *s, const dl_page_block *b, uint32_t most, unsigned char first)
{
    title_walk walk = TITLE_START;
    walk.most = most, walk.first = first;
    const dl_tree *tree = s->blocks->tree;
    for (uint32_t node = b->first; node < b->end && walk.bytes < walk.most; node++) {
        const dl_node *n = &tree->nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) title_hash(&walk, dl_str_slice(tree->markup->text, n->start, n->end));
    }
    return walk;
}

static bool fill_titled(dl_page_survey *s, dl_arena *arena)
{
    enum { SHORTEST = 20 };
    dl_str title = s->hints->title;
    s->titled = DL_NEW_ARRAY(arena, bool, s->blocks->list.count + 1);
    s->title_first = DL_NEW_ARRAY(arena, bool, s->blocks->list.count + 1);
    if (!s->titled || !s->title_first) return false;
    title_walk wanted = TITLE_START;
    title_hash(&wanted, title);
    for (size_t i = 0; title.len && i < s->blocks->list.count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        if (b->letters * 3 < title.len) continue;
        if (b->letters <= 2 * title.len) s->titled[i] = block_title(s, b, UINT32_MAX, wanted.first).hash == wanted.hash;
        if (wanted.bytes >= SHORTEST && b->letters > title.len) s->title_first[i] = block_title(s, b, wanted.bytes, wanted.first).hash == wanted.hash;
    }
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
        bool open = !(b->far >> DL_CUE_COMMENT & 1) && i < s->comments;
        if (open && dl_page_is_prose(b)) s->open_prose += b->letters;
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
    if (dl_page_is_prose(b)) h->prose += b->letters;
}

static uint32_t kin_of(const dl_page_block *b)
{
    return b->kin;
}

static uint32_t look_of(const dl_page_block *b)
{
    return b->look;
}

static uint32_t article_of(const dl_page_block *b)
{
    return b->article;
}

/* Blocks of one key, in a table of a power of two. */
static bool fill_group(const dl_page_survey *s, dl_group *group, uint32_t (*key)(const dl_page_block *), dl_arena *arena)
{
    size_t count = s->blocks->list.count, size = 16;
    while (size < count * 2) size *= 2;
    uint32_t *slots = DL_NEW_ARRAY(arena, uint32_t, size);
    group->of = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    group->stats = DL_NEW_ARRAY(arena, dl_holder, count + 1);
    group->rank = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!slots || !group->of || !group->stats || !group->rank) return false;
    const dl_page_block *list = s->blocks->list.items;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t wanted = key(&list[i]);
        size_t at = wanted * 0x9E3779B1u >> 7 & (size - 1);
        while (slots[at] && key(&list[slots[at] - 1]) != wanted) at = (at + 1) & (size - 1);
        if (!slots[at]) slots[at] = i + 1;
        group->of[i] = slots[at] - 1;
        group->rank[i] = group->stats[group->of[i]].blocks;
        join(&group->stats[group->of[i]], &list[i]);
    }
    return true;
}

static bool fill_holders(dl_page_survey *s, dl_arena *arena)
{
    size_t count = s->blocks->list.count;
    s->holders = DL_NEW_ARRAY(arena, uint32_t, s->blocks->tree->count + 1);
    s->stats = DL_NEW_ARRAY(arena, dl_holder, count + 1);
    s->holder_rank = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    s->prose_before = DL_NEW_ARRAY(arena, uint32_t, count + 1);
    if (!s->holders || !s->stats || !s->holder_rank || !s->prose_before) return false;
    uint32_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        uint32_t *slot = &s->holders[b->holder];
        if (!*slot) *slot = ++used;
        dl_holder *h = &s->stats[*slot];
        h->node = b->holder;
        s->holder_rank[i] = h->blocks;
        join(h, b);
        s->prose_before[i] = s->prose;
        if (dl_page_is_prose(b)) s->prose += b->letters;
    }
    s->prose_before[count] = s->prose;
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
    out->said = DL_NEW_ARRAY(arena, float, count + 1);
    if (!out->mass_before || !out->said || !out->core_before || !out->core_after) return dl_fail_memory(err);
    if (!fill_holders(out, arena) || !fill_group(out, &out->kin, kin_of, arena) || !fill_group(out, &out->look, look_of, arena) ||
        !fill_group(out, &out->article, article_of, arena) || !fill_same(out, arena) || !fill_titled(out, arena) || !fill_similarity(out, arena) ||
        !fill_people(out, arena))
        return dl_fail_memory(err);
    out->headline = find_headline(out);
    return fill_breaks(out, arena) ? DL_OK : dl_fail_memory(err);
}

/* ---- between the two models ---- */

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

float dl_page_mass_of(const dl_page_survey *s, uint32_t node, uint32_t *letters)
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
    while (s->blocks->tree->nodes[node].parent != DL_NONE && dl_page_mass_of(s, node, &letters) < 0.6f * s->mass)
        node = s->blocks->tree->nodes[node].parent;
    return node;
}

/* A block that is surely of the story, going by the first model. */
static bool is_core(const dl_page_block *b)
{
    return b->score > 0.6f && b->letters > 60;
}

static void add_score(dl_holder *h, const dl_page_block *b)
{
    h->mass += b->score * (float)b->letters;
    h->weight += (float)b->letters;
}

void dl_page_survey_add_scores(dl_page_survey *s)
{
    uint32_t count = (uint32_t)s->blocks->list.count, since = 999;
    s->mass = 0;
    for (uint32_t i = 0; i < count; i++) {
        const dl_page_block *b = &s->blocks->list.items[i];
        dl_holder *h = &s->stats[s->holders[b->holder]];
        float mass = b->score * (float)b->letters;
        add_score(h, b), add_score(&s->kin.stats[s->kin.of[i]], b), add_score(&s->look.stats[s->look.of[i]], b);
        add_score(&s->article.stats[s->article.of[i]], b);
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
