/* choose.c - two models in a row say of each block whether it is of the story; both decide, the second more. */
#include "page/choose.h"

static const float ENOUGH = 0.55f, SECOND_SAYS = 0.7f;

/* What the first model gives less is not shown to the second: together they keep none of that. */
static const float HOPELESS = 0.08f;

/* Where even the best choice is expected to be poor, the pages are of a kind that the models know little of: lists, shops, forums. */
static const float DOUBTFUL = 0.85f, LEAST_ENOUGH = 0.2f;

/* A page that gives hardly any story is asked again, with less certainty: little is better than nothing. */
static const float POOR = 0.25f;
enum { POOR_LETTERS = 250 };

static const char WEIGHTS[] = "data/page/weights.tsv";

static dl_status open_forest(dl_forest *out, const dl_table *weights, const char *model, dl_error *err)
{
    dl_trees trees;
    dl_status status = dl_trees_read_nodes(&trees, weights, WEIGHTS, model, dl_feature_index, err);
    if (status != DL_OK) return status;
    status = dl_forest_plant(out, &trees, WEIGHTS, err);
    dl_trees_free(&trees);
    return status;
}

dl_status dl_chooser_open(dl_chooser *out, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *weights;
    *out = (dl_chooser){0};
    dl_status status = dl_lexicon_table(lexicon, "page/weights", &weights, err);
    if (status == DL_OK) status = open_forest(&out->first, weights, "first", err);
    if (status == DL_OK) status = open_forest(&out->second, weights, "second", err);
    if (status != DL_OK) dl_chooser_close(out);
    return status;
}

void dl_chooser_close(dl_chooser *chooser)
{
    dl_forest_free(&chooser->first);
    dl_forest_free(&chooser->second);
}

/* No paragraph twice: the first one stands. */
static bool stands_already(const dl_reading *r, uint32_t i)
{
    uint32_t twin = r->survey.twin[i];
    return twin < i && r->blocks.list.items[twin].kept && r->blocks.list.items[i].letters >= 40;
}

/* The headline is the title, no part of the text, however often it stands there. */
static bool is_headline(const dl_reading *r, uint32_t i)
{
    const dl_page_block *b = &r->blocks.list.items[i];
    if (b->tag < DL_TAG_H1 || b->tag > DL_TAG_H4) return false;
    return (i == r->survey.headline && b->tag <= DL_TAG_H2) || (r->survey.titled[i] && b->letters < 300);
}

/* A box beside the story that calls itself a newsletter, an advertisement or the like. */
static bool is_box_aside(const dl_page_block *b)
{
    const dl_cue_set boxes = (dl_cue_set)1 << DL_CUE_NEWSLETTER | (dl_cue_set)1 << DL_CUE_PROMO | (dl_cue_set)1 << DL_CUE_RELATED |
                             (dl_cue_set)1 << DL_CUE_AD | (dl_cue_set)1 << DL_CUE_SHARE | (dl_cue_set)1 << DL_CUE_TEASER;
    return (b->where & DL_IN_ASIDE) && (b->near & boxes);
}

/* Keeps the blocks whose score is above `enough`; how many letters they have. */
static size_t keep(dl_reading *r, float enough)
{
    size_t letters = 0;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        dl_page_block *b = &r->blocks.list.items[i];
        b->kept = b->score > enough && !is_headline(r, i) && !stands_already(r, i) && !dl_page_is_more_link(b) && !is_box_aside(b);
        if (b->kept) letters += b->letters;
    }
    return letters;
}

/* A short sentence right behind a kept one that looks like it in all ("No." in an interview) goes with it. */
static bool is_short_sentence(const dl_page_block *b, const dl_page_block *before)
{
    enum { SHORT_SENTENCE = 40 };
    bool sentence = b->letters < SHORT_SENTENCE && !b->linked && (b->last == DL_SIGN_STOP || b->last == DL_SIGN_ASK || b->last == DL_SIGN_QUOTE);
    return sentence && before->kept && before->kin == b->kin && before->element != b->element && before->holder == b->holder && before->tag == DL_TAG_P;
}

/* A heading of the look of one that was kept before, over a paragraph that is kept, if the models were in doubt only. */
static bool is_next_heading(const dl_reading *r, uint32_t i)
{
    enum { FAR = 40, BETWEEN = 4 };
    const float DOUBT = 0.1f;
    const dl_page_block *list = r->blocks.list.items, *b = &list[i];
    if (b->tag < DL_TAG_H2 || b->tag > DL_TAG_H6 || b->score < DOUBT) return false;
    uint32_t next = i + 1; /* what is looked at by neither model, such as the time of a post, does not part them */
    while (next < r->blocks.list.count && next < i + BETWEEN && !dl_page_is_candidate(&list[next])) next++;
    if (next >= r->blocks.list.count || !list[next].kept) return false;
    for (uint32_t back = 1; back <= FAR && back <= i; back++)
        if (list[i - back].kin == b->kin && list[i - back].tag == b->tag) return list[i - back].kept;
    return false;
}

/* A post from elsewhere that the story quotes in its midst: right behind a kept block, in the core of the story. */
static bool is_post(const dl_reading *r, uint32_t i)
{
    const dl_page_block *b = &r->blocks.list.items[i];
    uint32_t core = r->survey.core;
    bool post = (b->where & DL_IN_QUOTE) && (b->far >> DL_CUE_EMBED & 1) && !(b->where & DL_IN_HIDDEN);
    return post && b[-1].kept && core != DL_NONE && b->element >= core && b->element < r->tree.nodes[core].next;
}

/* Letters of prose that is kept, and of all, by what the blocks look like. */
static void count_looks(dl_reading *r)
{
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (!dl_page_is_prose(b)) continue;
        dl_holder *look = &r->survey.look.stats[r->survey.look.of[i]];
        look->sure += b->kept ? b->letters : 0;
        look->asked += b->letters;
    }
}

/* A paragraph whose class nearly only the story has, if the models were in doubt only. */
static bool is_alike(const dl_reading *r, uint32_t i)
{
    enum { LEAST = 600 };
    const float DOUBT = 0.1f, NEARLY = 0.6f;
    const dl_page_block *b = &r->blocks.list.items[i];
    const dl_holder *look = &r->survey.look.stats[r->survey.look.of[i]];
    return b->named && b->score > DOUBT && dl_page_is_prose(b) && look->sure >= LEAST && (float)look->sure >= NEARLY * (float)(look->asked - b->letters);
}

/* What the blocks around have decided. */
static void keep_what_follows(dl_reading *r)
{
    count_looks(r);
    for (uint32_t i = 1; i < r->blocks.list.count; i++) {
        dl_page_block *b = &r->blocks.list.items[i];
        if (b->kept || !dl_page_is_candidate(b) || dl_page_is_more_link(b) || stands_already(r, i) || is_headline(r, i)) continue;
        b->kept = is_post(r, i) || (!b->phrases && (is_short_sentence(b, b - 1) || is_next_heading(r, i) || is_alike(r, i)));
    }
}

/* A short heading behind which nothing is kept leads to what is none of the story. */
static void drop_last_headings(dl_reading *r)
{
    enum { MOST = 2, LONGEST = 80 };
    int dropped = 0;
    for (size_t i = r->blocks.list.count; i-- > 0 && dropped < MOST;) {
        dl_page_block *b = &r->blocks.list.items[i];
        if (!b->kept) continue;
        if (b->tag < DL_TAG_H1 || b->tag > DL_TAG_H6 || b->letters > LONGEST) return;
        b->kept = false;
        dropped++;
    }
}

static bool is_cell(const dl_page_block *b)
{
    enum { LONGEST = 200 };
    return (b->tag == DL_TAG_TD || b->tag == DL_TAG_TH) && b->letters < LONGEST;
}

/* No cells of a table of which most are left out. */
static void drop_lone_cells(dl_reading *r)
{
    dl_page_block *list = r->blocks.list.items;
    size_t count = r->blocks.list.count;
    for (size_t i = 0, end; i < count; i = end) {
        end = i + 1;
        if (!is_cell(&list[i])) continue;
        uint32_t table = dl_tree_ancestor(&r->tree, list[i].element, DL_TAG_TABLE), kept = 0, all = 0;
        for (end = i; table != DL_NONE && end < count && list[end].first < r->tree.nodes[table].next; end++)
            if (is_cell(&list[end])) all += list[end].letters, kept += list[end].kept ? list[end].letters : 0;
        for (size_t j = i; j < end && kept * 2 < all; j++)
            if (is_cell(&list[j])) list[j].kept = false;
        if (end == i) end = i + 1;
    }
}

/* The F1 that the best threshold is expected to give, in letters, if the scores are what they say. */
static float expected_f1(const dl_reading *r)
{
    enum { BINS = 64 };
    double letters[BINS] = {0}, right[BINS] = {0}, all = 0;
    for (size_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        int bin = (int)(b->score * (BINS - 1));
        letters[bin] += b->letters, right[bin] += (double)b->score * b->letters;
        all += (double)b->score * b->letters;
    }
    double taken = 0, hit = 0, best = 0;
    for (int bin = BINS - 1; bin >= 0 && all > 0; bin--) {
        taken += letters[bin], hit += right[bin];
        if (2 * hit > best * (taken + all)) best = 2 * hit / (taken + all);
    }
    return (float)best;
}

/* Half the best F1 is the threshold that gives it (Lipton, Elkan, Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize
 * F1 measure"). Where the models are sure, a higher one makes more stories whole and without a foreign word. */
static float find_enough(const dl_reading *r)
{
    float f1 = expected_f1(r);
    return f1 >= DOUBTFUL ? ENOUGH : f1 / 2 > LEAST_ENOUGH ? f1 / 2 : LEAST_ENOUGH;
}

static float best_score(const dl_reading *r)
{
    float best = 0;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (b->score > best && !is_headline(r, i)) best = b->score;
    }
    return best;
}

void dl_keep_blocks(dl_reading *r)
{
    size_t letters = keep(r, find_enough(r));
    if (letters < POOR_LETTERS) letters = keep(r, POOR);
    float best = letters ? 0 : best_score(r); /* a page of one sentence */
    if (best > HOPELESS) (void)keep(r, best / 2);
    keep_what_follows(r);
    drop_lone_cells(r);
    drop_last_headings(r);
}

/* Blocks that wait until there are as many as a model takes at once. */
typedef struct queue {
    uint32_t blocks[DL_FOREST_LANES];
    size_t count;
    float features[DL_FOREST_LANES][DL_FEATURE_COUNT];
} queue;

static void ask(const dl_forest *forest, queue *q, float *said)
{
    float scores[DL_FOREST_LANES];
    dl_forest_score(forest, q->features[0], DL_FEATURE_COUNT, q->count, scores);
    for (size_t i = 0; i < q->count; i++) said[q->blocks[i]] = scores[i];
    q->count = 0;
}

/* What a model says of each candidate that has at least `least` already. */
static void ask_all(const dl_forest *forest, const dl_reading *r, bool second, float least, float *said)
{
    const dl_page_block *list = r->blocks.list.items;
    queue q;
    q.count = 0;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        if (list[i].score < least || !dl_page_is_candidate(&list[i])) continue;
        dl_page_features(&r->survey, i, second, q.features[q.count]);
        q.blocks[q.count++] = i;
        if (q.count == DL_FOREST_LANES) ask(forest, &q, said);
    }
    if (q.count) ask(forest, &q, said);
}

void dl_choose_blocks(const dl_chooser *chooser, dl_reading *r)
{
    dl_page_block *list = r->blocks.list.items;
    uint32_t count = (uint32_t)r->blocks.list.count;
    float *said = r->survey.said;
    for (uint32_t i = 0; i < count; i++) list[i].score = said[i] = 0;
    ask_all(&chooser->first, r, false, 0, said);
    for (uint32_t i = 0; i < count; i++) list[i].score = said[i], said[i] = 0;
    dl_page_survey_add_scores(&r->survey);
    ask_all(&chooser->second, r, true, HOPELESS, said);
    for (uint32_t i = 0; i < count; i++)
        list[i].score = list[i].score < HOPELESS ? 0 : (1 - SECOND_SAYS) * list[i].score + SECOND_SAYS * said[i];
    dl_keep_blocks(r);
}

size_t dl_kept_letters(const dl_reading *r)
{
    size_t letters = 0;
    for (size_t i = 0; i < r->blocks.list.count; i++)
        if (r->blocks.list.items[i].kept) letters += r->blocks.list.items[i].letters;
    return letters;
}
