/* data.c - reads data/stories: what words tell, and the trees that judge pairs. */
#include "stories/data.h"

#include <stdlib.h>

#include "base/error.h"
#include "engine/paths.h"

enum { MILLION = 1000000, HALF_AN_ITEM = 68 /* of a million, in a background of 7,300 */ };

const char *const dl_pair_feature_names[PAIR_COUNT] = {
    "text", "lead", "pairs", "places", "areas", "people", "names", "numbers", "title", "gap", "event_day", "told_days", "tolls", "words",
    "lengths", "contained", "rarest", "text_of_best", "text_of_other", "lead_of_best", "lead_of_other", "text_dense", "lead_dense",
    "text_above", "lead_above", "rank", "title_in_lead", "shared_names", "posted", "posted_of_best", "rarest_posted",
    "told_gap", "ages"};

/* ---- numbers ---- */

/* Binary logarithm of a value above 0, in 65536ths; off by less than 1 in 100. */
static int64_t log2_of(uint64_t value)
{
    int top = 63 - __builtin_clzll(value);
    int64_t rest = top >= 16 ? (int64_t)(value >> (top - 16)) - 65536 : (int64_t)(value << (16 - top)) - 65536;
    return ((int64_t)top << 16) + rest + (((rest * (65536 - rest)) >> 16) * 22692 >> 16);
}

int64_t story_log_ratio(uint64_t above, uint64_t below)
{
    return ((log2_of(above) - log2_of(below)) * 45426) / (1 << 24);
}

static bool parse_signed(dl_str text, int32_t *out)
{
    int64_t number;
    bool minus = text.len && text.ptr[0] == '-';
    if (!dl_str_number(minus ? dl_str_slice(text, 1, text.len) : text, &number) || number > INT32_MAX) return false;
    *out = (int32_t)(minus ? -number : number);
    return true;
}

static dl_status bad_row(dl_error *err, const char *table, size_t row)
{
    return dl_fail(err, DL_BAD_DATA, table, row, "row %zu is not understood", row);
}

/* ---- words ---- */

uint32_t story_word_id(dl_str folded)
{
    uint32_t id = (uint32_t)dl_hash(folded.ptr, folded.len, 1);
    return id ? id : 1;
}

const known_word *story_known_word(const dl_stories *stories, uint32_t id)
{
    for (uint32_t at = id & stories->mask;; at = (at + 1) & stories->mask) {
        if (stories->words[at].id == id) return &stories->words[at];
        if (!stories->words[at].id) return NULL;
    }
}

static void put_word(dl_stories *stories, uint32_t id, uint16_t rarity)
{
    uint32_t at = id & stories->mask;
    while (stories->words[at].id && stories->words[at].id != id) at = (at + 1) & stories->mask;
    stories->words[at] = (known_word){id, rarity};
}

static dl_status read_words(dl_stories *stories, dl_error *err)
{
    const dl_table *background, *stop;
    dl_status status = dl_lexicon_table(stories->lexicon, "stories/background", &background, err);
    if (status == DL_OK) status = dl_lexicon_table(stories->lexicon, "stories/stop", &stop, err);
    if (status != DL_OK) return status;
    size_t size = 1024;
    while (size < 2 * (dl_table_rows(background) + dl_table_rows(stop))) size *= 2;
    stories->words = DL_NEW_ARRAY(&stories->arena, known_word, size);
    if (!stories->words) return dl_fail_memory(err);
    stories->mask = (uint32_t)size - 1;
    int key = dl_table_column(background, "key"), share = dl_table_column(background, "share");
    for (size_t i = 0; i < dl_table_rows(background); i++) {
        int64_t number;
        if (!dl_str_number(dl_table_cell(background, i, share), &number) || number > MILLION) return bad_row(err, "stories/background", i);
        int64_t rarity = story_log_ratio(MILLION + HALF_AN_ITEM, (uint64_t)number + HALF_AN_ITEM);
        put_word(stories, story_word_id(dl_table_cell(background, i, key)), (uint16_t)(rarity < 13 ? 13 : rarity));
    }
    for (size_t i = 0; i < dl_table_rows(stop); i++) put_word(stories, story_word_id(dl_table_cell(stop, i, 0)), 0);
    return DL_OK;
}

/* ---- trees ---- */

static int16_t feature_of(dl_str name)
{
    for (int i = 0; i < PAIR_COUNT; i++)
        if (dl_str_is(name, dl_pair_feature_names[i])) return (int16_t)i;
    return -1;
}

typedef struct tree_columns {
    int tree, feature, at_most, left, right;
} tree_columns;

/* "leaf" has its value in at_most; children stand behind their parent, so that every walk ends. */
static bool read_node(const dl_table *table, size_t row, const tree_columns *c, size_t place, tree_node *out)
{
    dl_str feature = dl_table_cell(table, row, c->feature);
    int64_t left = 0, right = 0;
    if (!parse_signed(dl_table_cell(table, row, c->at_most), &out->threshold)) return false;
    out->feature = feature_of(feature);
    out->next[0] = out->next[1] = (uint16_t)place;
    if (out->feature < 0) {
        out->feature = 0;
        return place <= UINT16_MAX && dl_str_is(feature, "leaf");
    }
    if (!dl_str_number(dl_table_cell(table, row, c->left), &left) || !dl_str_number(dl_table_cell(table, row, c->right), &right)) return false;
    out->next[0] = (uint16_t)left, out->next[1] = (uint16_t)right;
    return left > (int64_t)place && right > (int64_t)place && left <= UINT16_MAX && right <= UINT16_MAX;
}

/* Every node leads into the tree; tells how deep that is. `depths` has room for a tree's nodes. */
static bool measure(const forest *f, tree *t, uint32_t *depths)
{
    memset(depths, 0, t->count * sizeof *depths);
    for (uint32_t i = 0; i < t->count; i++) {
        const tree_node *node = &f->nodes[t->first + i];
        for (int side = 0; side < 2; side++) {
            if (node->next[side] >= t->count) return false;
            if (node->next[side] > i && depths[node->next[side]] <= depths[i]) depths[node->next[side]] = depths[i] + 1;
        }
        if (depths[i] > t->depth) t->depth = depths[i];
    }
    return true;
}

static dl_status read_trees(dl_stories *stories, const char *name, forest *f, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(stories->lexicon, name, &table, err);
    if (status != DL_OK) return status;
    size_t rows = dl_table_rows(table);
    const tree_columns c = {dl_table_column(table, "key"), dl_table_column(table, "feature"), dl_table_column(table, "at_most"),
                            dl_table_column(table, "left"), dl_table_column(table, "right")};
    f->nodes = DL_NEW_ARRAY(&stories->arena, tree_node, rows + 1);
    f->trees = DL_NEW_ARRAY(&stories->arena, tree, rows + 1);
    uint32_t *depths = DL_NEW_ARRAY(&stories->arena, uint32_t, rows + 1);
    if (!f->nodes || !f->trees || !depths) return dl_fail_memory(err);
    for (size_t i = 0; i < rows; i++) {
        tree *last = f->tree_count ? &f->trees[f->tree_count - 1] : NULL;
        if (!last || !dl_str_eq(dl_table_cell(table, i, c.tree), dl_table_cell(table, i - 1, c.tree)))
            *(last = &f->trees[f->tree_count++]) = (tree){.first = (uint32_t)i};
        if (!read_node(table, i, &c, last->count++, &f->nodes[i])) return bad_row(err, name, i);
    }
    for (size_t i = 0; i < f->tree_count; i++)
        if (!measure(f, &f->trees[i], depths)) return bad_row(err, name, f->trees[i].first);
    return DL_OK;
}

enum { LANES = 4 }; /* candidates that walk at once: what one waits for, another fills */

/* A walk has no branch, which would be guessed wrongly half of the time. */
static void walk(const forest *f, story_candidate *const candidates[LANES], int32_t odds[LANES])
{
    for (size_t i = 0; i < LANES; i++) odds[i] = f->base;
    for (size_t k = 0; k < f->tree_count; k++) {
        const tree_node *nodes = f->nodes + f->trees[k].first;
        uint32_t at[LANES] = {0};
        for (uint32_t step = 0; step < f->trees[k].depth; step++)
            for (size_t i = 0; i < LANES; i++) {
                const tree_node *node = &nodes[at[i]];
                at[i] = node->next[candidates[i]->features[node->feature] > node->threshold];
            }
        for (size_t i = 0; i < LANES; i++) odds[i] += nodes[at[i]].threshold;
    }
}

static void judge(const forest *f, story_candidate *candidates, size_t count, bool dated)
{
    for (size_t next = 0; next < count;) {
        story_candidate *lanes[LANES];
        int32_t odds[LANES];
        size_t used = 0;
        for (; next < count && used < LANES; next++)
            if ((candidates[next].features[PAIR_GAP] != ABSENT) == dated) lanes[used++] = &candidates[next];
        if (!used) return;
        for (size_t i = used; i < LANES; i++) lanes[i] = lanes[0];
        walk(f, lanes, odds);
        for (size_t i = 0; i < used; i++) lanes[i]->odds = odds[i];
    }
}

void story_odds(const dl_stories *stories, story_candidate *candidates, size_t count)
{
    judge(&stories->dated, candidates, count, true);
    judge(&stories->undated, candidates, count, false);
}

/* ---- settings ---- */

static dl_status read_settings(dl_stories *stories, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(stories->lexicon, "stories/settings", &table, err);
    if (status != DL_OK) return status;
    const struct {
        const char *name;
        int32_t *value;
    } all[] = {{"base", &stories->dated.base}, {"base_undated", &stories->undated.base}, {"threshold", &stories->threshold}, {"missing", &stories->missing}, {"best_share", &stories->best_share},
               {"join", &stories->join}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        dl_rows rows = dl_table_find(table, dl_str_of(all[i].name));
        if (!rows.count || !parse_signed(dl_table_cell(table, rows.first, dl_table_column(table, "value")), all[i].value))
            return dl_fail(err, DL_BAD_DATA, "stories/settings", 0, "'%s' is not set", all[i].name);
    }
    return DL_OK;
}

dl_status dl_stories_open(dl_stories **out, const char *data_dir, dl_error *err)
{
    char folder[DL_PATH_SIZE], path[DL_PATH_SIZE];
    *out = NULL;
    dl_stories *stories = calloc(1, sizeof *stories);
    if (!stories) return dl_fail_memory(err);
    dl_arena_init(&stories->arena, 0);
    dl_status status = dl_data_dir(folder, data_dir, err);
    if (status == DL_OK) status = dl_path_join(path, folder, "dateline.lexicon", err);
    if (status == DL_OK) status = dl_lexicon_open(&stories->lexicon, path, err);
    if (status == DL_OK) status = read_words(stories, err);
    if (status == DL_OK) status = read_trees(stories, "stories/trees", &stories->dated, err);
    if (status == DL_OK) status = read_trees(stories, "stories/trees_undated", &stories->undated, err);
    if (status == DL_OK) status = read_settings(stories, err);
    if (status == DL_OK) status = dl_lexicon_table(stories->lexicon, "stories/ages", &stories->ages, err);
    if (status == DL_OK) stories->age_side = dl_table_column(stories->ages, "side");
    if (status != DL_OK) {
        dl_stories_close(stories);
        return status;
    }
    *out = stories;
    return DL_OK;
}

void dl_stories_close(dl_stories *stories)
{
    if (!stories) return;
    dl_lexicon_close(stories->lexicon);
    dl_arena_free(&stories->arena);
    free(stories);
}
