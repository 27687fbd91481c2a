/* place.c - the pages that a new one is compared with, and the story that it joins.
 *
 * Single-pass grouping (Allan, Papka and Lavrenko 1998) over an inverted index of each page's weightiest words: what a page costs does not grow with
 * what is there. A page joins the story with which the mean of its best and its average odds is highest, if they are high enough. */
#include "base/error.h"
#include "stories/pair.h"

typedef struct found_page {
    int64_t page;
    uint64_t score;  /* what the shared words tell, those that few pages have more */
    uint32_t rarest; /* in how many pages, at least, a shared word is */
} found_page;

typedef struct placer {
    const dl_stories *stories;
    const dl_story_index *index;
    dl_arena *arena;
    fresh_signature fresh;
    found_page *found; /* open addressing while gathering, then the best in order */
    size_t found_count;
    uint64_t whole; /* the score of a page with all of its words */
    story_surroundings around;
    story_page *others;
    story_candidate *candidates;
    size_t count;
    dl_error *err;
} placer;

/* ---- who shares words with it ---- */

typedef struct posting_list {
    story_posting items[MOST_POSTINGS];
    size_t count;
} posting_list;

static dl_status read_postings(placer *p, posting_list **out, size_t *all)
{
    const story_terms *posted = &p->fresh.signature.sets[SET_POSTED];
    *out = dl_arena_alloc_raw(p->arena, (posted->count + 1) * sizeof **out);
    if (!*out) return dl_fail_memory(p->err);
    dl_status status = DL_OK;
    for (size_t i = 0; i < posted->count && status == DL_OK; i++) {
        posting_list *list = &(*out)[i];
        list->count = 0;
        status = p->index->postings(p->index->context, posted->ids[i], MOST_POSTINGS, list->items, &list->count, p->err);
        *all += list->count;
    }
    return status;
}

static void add_score(found_page *slots, size_t mask, int64_t page, uint64_t score, size_t pages)
{
    size_t at = (size_t)(((uint64_t)page * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (slots[at].page && slots[at].page != page) at = (at + 1) & mask;
    if (!slots[at].page || slots[at].rarest > pages) slots[at].rarest = (uint32_t)pages;
    slots[at].page = page;
    slots[at].score += score;
}

/* Of two with the same score the later one comes first. */
static bool before(const found_page *a, const found_page *b)
{
    return a->score != b->score ? a->score > b->score : a->page > b->page;
}

static void keep_best(placer *p, const found_page *slots, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!slots[i].page) continue;
        if (p->found_count == MOST_CANDIDATES && !before(&slots[i], &p->found[MOST_CANDIDATES - 1])) continue;
        size_t at = p->found_count < MOST_CANDIDATES ? p->found_count++ : MOST_CANDIDATES - 1;
        for (; at && before(&slots[i], &p->found[at - 1]); at--) p->found[at] = p->found[at - 1];
        p->found[at] = slots[i];
    }
}

/* A word that few other pages have tells more. */
static dl_status find_candidates(placer *p)
{
    posting_list *lists;
    size_t all = 0, size = 64;
    dl_status status = read_postings(p, &lists, &all);
    if (status != DL_OK) return status;
    while (size < 2 * all) size *= 2;
    found_page *slots = DL_NEW_ARRAY(p->arena, found_page, size);
    p->found = DL_NEW_ARRAY(p->arena, found_page, MOST_CANDIDATES);
    if (!slots || !p->found) return dl_fail_memory(p->err);
    for (size_t i = 0; i < p->fresh.signature.sets[SET_POSTED].count; i++) {
        uint64_t weight = (uint64_t)p->fresh.posted_weights[i] * (uint64_t)story_log_ratio(4 * MOST_POSTINGS, lists[i].count + 1);
        for (size_t k = 0; k < lists[i].count; k++) add_score(slots, size - 1, lists[i].items[k].page, weight * lists[i].items[k].weight, lists[i].count);
        p->whole += weight * p->fresh.posted_weights[i];
    }
    keep_best(p, slots, size);
    return DL_OK;
}

/* ---- how alike they are ---- */

static dl_status read_candidates(placer *p)
{
    dl_status status = DL_OK;
    p->others = DL_NEW_ARRAY(p->arena, story_page, p->found_count + 1);
    p->candidates = DL_NEW_ARRAY(p->arena, story_candidate, p->found_count + 1);
    if (!p->others || !p->candidates) return dl_fail_memory(p->err);
    for (size_t i = 0; i < p->found_count && status == DL_OK; i++) {
        story_candidate *c = &p->candidates[i];
        c->page = p->found[i].page;
        status = p->index->page(p->index->context, c->page, p->arena, &p->others[i], p->err);
        c->story = p->others[i].story, c->pages = p->others[i].pages;
    }
    p->count = p->found_count;
    return status;
}

static dl_status compare(placer *p)
{
    const dl_signature *mine = &p->fresh.signature;
    scatter *text = DL_NEW(p->arena, scatter), *pairs = DL_NEW(p->arena, scatter);
    if (!text || !pairs) return dl_fail_memory(p->err);
    story_scatter(text, &mine->vectors[VECTOR_TEXT]);
    story_scatter(pairs, &mine->vectors[VECTOR_PAIRS]);
    for (size_t i = 0; i < p->count; i++) {
        int32_t *features = p->candidates[i].features;
        features[PAIR_TEXT] = story_cosine(text, &p->others[i].signature.vectors[VECTOR_TEXT]);
        features[PAIR_LEAD] = story_cosine_sorted(&mine->vectors[VECTOR_LEAD], &p->others[i].signature.vectors[VECTOR_LEAD]);
        story_pair(&p->fresh, pairs, &p->others[i].signature, features);
        features[PAIR_POSTED] = (int32_t)(p->found[i].score * 1000 / (p->whole ? p->whole : 1));
        features[PAIR_POSTED_OF_BEST] = (int32_t)(p->found[i].score * 1000 / (p->found[0].score ? p->found[0].score : 1));
        features[PAIR_RAREST_POSTED] = (int32_t)p->found[i].rarest;
    }
    return DL_OK;
}

/* ---- how they stand among all others ---- */

/* The n-th highest value of a feature, from 0; 0 where there are fewer. */
static uint16_t highest(const placer *p, pair_feature feature, size_t n)
{
    int32_t top[DENSE_RANK];
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++) {
        int32_t value = p->candidates[i].features[feature];
        if (count > n && value <= top[n]) continue;
        size_t at = count <= n ? count++ : n;
        for (; at && top[at - 1] < value; at--) top[at] = top[at - 1];
        top[at] = value;
    }
    return count > n ? (uint16_t)top[n] : 0;
}

static int32_t ratio(int32_t value, int32_t best)
{
    return best > value ? value * 1000 / best : 1000;
}

static void relate(const placer *p, const story_surroundings *other, int32_t *f)
{
    const story_surroundings *mine = &p->around;
    int32_t text = mine->dense_text > other->dense_text ? mine->dense_text : other->dense_text;
    int32_t lead = mine->dense_lead > other->dense_lead ? mine->dense_lead : other->dense_lead;
    f[PAIR_TEXT_OF_BEST] = ratio(f[PAIR_TEXT], mine->best_text), f[PAIR_LEAD_OF_BEST] = ratio(f[PAIR_LEAD], mine->best_lead);
    f[PAIR_TEXT_OF_OTHER] = ratio(f[PAIR_TEXT], other->best_text), f[PAIR_LEAD_OF_OTHER] = ratio(f[PAIR_LEAD], other->best_lead);
    f[PAIR_TEXT_DENSE] = text, f[PAIR_LEAD_DENSE] = lead;
    f[PAIR_TEXT_ABOVE] = f[PAIR_TEXT] - text, f[PAIR_LEAD_ABOVE] = f[PAIR_LEAD] - lead;
    f[PAIR_RANK] = 0;
    for (size_t i = 0; i < p->count; i++) f[PAIR_RANK] += p->candidates[i].features[PAIR_TEXT] > f[PAIR_TEXT];
}

static void judge(placer *p)
{
    story_surroundings *mine = &p->around;
    mine->best_text = highest(p, PAIR_TEXT, 0), mine->dense_text = highest(p, PAIR_TEXT, DENSE_RANK - 1);
    mine->best_lead = highest(p, PAIR_LEAD, 0), mine->dense_lead = highest(p, PAIR_LEAD, DENSE_RANK - 1);
    for (size_t i = 0; i < p->count; i++) relate(p, &p->others[i].around, p->candidates[i].features);
    story_odds(p->stories, p->candidates, p->count);
}

/* ---- which story it is ---- */

static int64_t odds_with(const placer *p, int64_t story)
{
    int64_t best = INT32_MIN, sum = 0;
    uint32_t pages = 0, seen = 0;
    for (size_t i = 0; i < p->count; i++) {
        const story_candidate *c = &p->candidates[i];
        if (c->story != story) continue;
        if (c->odds > best) best = c->odds;
        sum += c->odds;
        pages = c->pages;
        seen++;
    }
    if (pages > seen) sum += (int64_t)(pages - seen) * p->stories->missing;
    else pages = seen;
    return (best * p->stories->best_share + sum / pages * (100 - p->stories->best_share)) / 100;
}

static int64_t choose(const placer *p)
{
    int64_t best = p->stories->threshold, story = 0;
    for (size_t i = 0; i < p->count; i++) {
        int64_t odds = odds_with(p, p->candidates[i].story);
        if (odds <= best) continue;
        best = odds;
        story = p->candidates[i].story;
    }
    return story;
}

static bool listed(const int64_t *items, size_t count, int64_t item)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == item) return true;
    return false;
}

/* A page that belongs to two stories shows that they are one: so it matters less which pages came first. For a page that was alone it
 * takes no more than to have come later. */
static dl_status find_joined(placer *p, int64_t story, story_placement *out)
{
    int64_t *joined = DL_NEW_ARRAY(p->arena, int64_t, p->count + 1);
    if (!joined) return dl_fail_memory(p->err);
    for (size_t i = 0; i < p->count && story; i++) {
        const story_candidate *c = &p->candidates[i];
        if (c->story == story || c->pages > MOST_JOINED || listed(joined, out->joined_count, c->story)) continue;
        if (odds_with(p, c->story) > (c->pages == 1 ? p->stories->threshold : p->stories->join)) joined[out->joined_count++] = c->story;
    }
    out->joined = joined;
    return DL_OK;
}

dl_status dl_stories_sign(const dl_stories *stories, const dl_document *document, dl_arena *arena, dl_signature *out, dl_error *err)
{
    fresh_signature fresh;
    dl_status status = story_signature(stories, document, arena, &fresh, err);
    *out = fresh.signature;
    return status;
}

dl_status dl_stories_place(const dl_stories *stories, const dl_story_index *index, const dl_document *document, dl_arena *arena,
                           story_placement *out, dl_error *err)
{
    placer p = {.stories = stories, .index = index, .arena = arena, .err = err};
    dl_status status = story_signature(stories, document, arena, &p.fresh, err);
    if (status == DL_OK) status = find_candidates(&p);
    if (status == DL_OK) status = read_candidates(&p);
    if (status == DL_OK) status = compare(&p);
    if (status != DL_OK) return status;
    judge(&p);
    *out = (story_placement){p.fresh.signature, p.around, p.fresh.posted_weights, p.candidates, p.count, choose(&p), NULL, 0};
    return find_joined(&p, out->story, out);
}
