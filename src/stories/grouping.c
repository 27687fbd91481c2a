/* grouping.c - an index in plain memory, and pages grouped over it. */
#include <stdlib.h>

#include "base/error.h"
#include "stories/stories.h"

enum { FIRST_SLOTS = 1 << 12 };

/* A page under a term. */
typedef struct entry {
    uint32_t page; /* from 0 */
    uint32_t next; /* the page before it under the term; DL_NONE */
    uint16_t weight;
} entry;

typedef struct term_slot {
    uint32_t term, last; /* its last entry, from 1; 0: the slot is free */
} term_slot;

typedef struct grouped_page {
    dl_signature signature;
    story_surroundings around;
    uint32_t story;
    uint32_t pages, last; /* of the story that it began */
    uint32_t next;        /* page of the same story */
} grouped_page;

struct dl_grouping {
    const dl_stories *stories;
    dl_arena kept, work;
    DL_VEC(grouped_page) pages;
    DL_VEC(entry) entries;
    term_slot *slots; /* open addressing, at most half full */
    size_t slot_count, term_count;
};

static term_slot *find_slot(term_slot *slots, size_t count, uint32_t term)
{
    size_t at = (term ^ term >> 16) & (count - 1);
    while (slots[at].last && slots[at].term != term) at = (at + 1) & (count - 1);
    return &slots[at];
}

static dl_status find_postings(void *context, uint32_t term, size_t most, story_posting *out, size_t *count, dl_error *err)
{
    (void)err;
    const dl_grouping *g = context;
    *count = 0;
    const term_slot *slot = find_slot(g->slots, g->slot_count, term);
    for (uint32_t at = slot->last ? slot->last - 1 : DL_NONE; at != DL_NONE && *count < most; at = g->entries.items[at].next)
        out[(*count)++] = (story_posting){(int64_t)g->entries.items[at].page + 1, g->entries.items[at].weight};
    return DL_OK;
}

static dl_status find_page(void *context, int64_t page, dl_arena *arena, story_page *out, dl_error *err)
{
    (void)arena, (void)err;
    const dl_grouping *g = context;
    const grouped_page *found = &g->pages.items[page - 1];
    *out = (story_page){found->signature, found->around, (int64_t)found->story + 1, g->pages.items[found->story].pages};
    return DL_OK;
}

dl_status dl_grouping_new(dl_grouping **out, const dl_stories *stories, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->stories = stories;
    dl_arena_init(&(*out)->kept, 0);
    dl_arena_init(&(*out)->work, 0);
    (*out)->slot_count = FIRST_SLOTS;
    (*out)->slots = calloc(FIRST_SLOTS, sizeof *(*out)->slots);
    if ((*out)->slots) return DL_OK;
    dl_grouping_free(*out);
    *out = NULL;
    return dl_fail_memory(err);
}

void dl_grouping_free(dl_grouping *grouping)
{
    if (!grouping) return;
    dl_arena_free(&grouping->kept);
    dl_arena_free(&grouping->work);
    free(grouping->slots);
    free(grouping);
}

static bool keep_signature(dl_grouping *g, const dl_signature *signature, dl_signature *out)
{
    dl_str bytes;
    return dl_signature_pack(signature, &g->work, &bytes, NULL) == DL_OK && dl_signature_unpack(out, &g->kept, bytes, NULL) == DL_OK;
}

static bool grow(dl_grouping *g)
{
    size_t count = g->slot_count * 2;
    term_slot *slots = calloc(count, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < g->slot_count; i++)
        if (g->slots[i].last) *find_slot(slots, count, g->slots[i].term) = g->slots[i];
    free(g->slots);
    g->slots = slots, g->slot_count = count;
    return true;
}

static bool post(dl_grouping *g, uint32_t page, const story_placement *placement)
{
    const story_terms *posted = &placement->signature.sets[SET_POSTED];
    for (size_t i = 0; i < posted->count; i++) {
        if (2 * g->term_count >= g->slot_count && !grow(g)) return false;
        term_slot *slot = find_slot(g->slots, g->slot_count, posted->ids[i]);
        entry *new = DL_VEC_PUSH(&g->kept, &g->entries);
        if (!new) return false;
        *new = (entry){page, slot->last ? slot->last - 1 : DL_NONE, placement->posted_weights[i]};
        if (!slot->last) g->term_count++;
        *slot = (term_slot){posted->ids[i], (uint32_t)g->entries.count};
    }
    return true;
}

/* Appends the pages of one story, told by its first page, to another. */
static void join(dl_grouping *g, uint32_t story, uint32_t joined)
{
    grouped_page *pages = g->pages.items;
    for (uint32_t at = joined; at != DL_NONE; at = pages[at].next) pages[at].story = story;
    pages[pages[story].last].next = joined;
    pages[story].last = pages[joined].last;
    pages[story].pages += pages[joined].pages;
}

dl_status dl_grouping_place(dl_grouping *g, const dl_document *document, story_placement *out, dl_error *err)
{
    const dl_story_index index = {g, find_postings, find_page};
    dl_arena_reset(&g->work);
    dl_status status = dl_stories_place(g->stories, &index, document, &g->work, out, err);
    if (status != DL_OK) return status;
    uint32_t page = (uint32_t)g->pages.count;
    grouped_page *new = DL_VEC_PUSH(&g->kept, &g->pages);
    if (!new || !keep_signature(g, &out->signature, &new->signature) || !post(g, page, out)) return dl_fail_memory(err);
    new->around = out->around;
    new->next = DL_NONE;
    new->story = new->last = page;
    new->pages = 1;
    if (out->story) join(g, (uint32_t)(out->story - 1), page);
    for (size_t i = 0; i < out->joined_count; i++) join(g, (uint32_t)(out->story - 1), (uint32_t)(out->joined[i] - 1));
    return DL_OK;
}

dl_status dl_grouping_add(dl_grouping *grouping, const dl_document *document, uint32_t *story, dl_error *err)
{
    story_placement placement;
    dl_status status = dl_grouping_place(grouping, document, &placement, err);
    if (status == DL_OK && story) *story = grouping->pages.items[grouping->pages.count - 1].story;
    return status;
}

size_t dl_grouping_count(const dl_grouping *grouping)
{
    return grouping->pages.count;
}

uint32_t dl_grouping_story(const dl_grouping *grouping, size_t page)
{
    return grouping->pages.items[page].story;
}
