/* sentences.c - a block's tokens into sentences, by the weights of data/text/sentence_weights.tsv. */
#include "text/sentences.h"

#include <stdlib.h>

#include "base/error.h"

/* ---- weights: open addressing over hashes of "template" and value ---- */

static uint64_t feature_hash(unsigned template_, dl_str value)
{
    uint64_t hash = dl_hash(value.ptr, value.len, template_ + 1);
    return hash ? hash : 1;
}

static bool signed_number(dl_str cell, double *out)
{
    bool minus = cell.len && cell.ptr[0] == '-';
    int64_t value;
    if (!dl_str_number(dl_str_slice(cell, minus, cell.len), &value)) return false;
    *out = (double)(minus ? -value : value);
    return true;
}

static void insert(dl_sentence_weights *weights, uint64_t hash, float weight)
{
    size_t at = hash & weights->mask;
    while (weights->slots[at].hash && weights->slots[at].hash != hash) at = (at + 1) & weights->mask;
    weights->slots[at] = (dl_sentence_slot){hash, weight};
}

/* "template=value" into its hash; false where no template is called so. */
static bool hash_key(dl_str key, uint64_t *hash)
{
    size_t equals = dl_str_find(key, DL_STR("="), 0);
    if (equals == SIZE_MAX) return false;
    for (unsigned t = 0; dl_boundary_template_name(t); t++) {
        if (!dl_str_is(dl_str_slice(key, 0, equals), dl_boundary_template_name(t))) continue;
        *hash = feature_hash(t, dl_str_slice(key, equals + 1, key.len));
        return true;
    }
    return false;
}

dl_status dl_sentence_weights_open(dl_sentence_weights *out, const dl_lexicon *lexicon, dl_error *err)
{
    static const char *const name = "text/sentence_weights";
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, name, &table, err);
    if (status != DL_OK) return status;
    size_t rows = dl_table_rows(table), size = 16;
    while (size < 2 * rows) size *= 2;
    out->slots = calloc(size, sizeof *out->slots);
    if (!out->slots) return dl_fail_memory(err);
    out->mask = size - 1;
    int column = dl_table_column(table, "weight");
    for (size_t i = 0; i < rows; i++) {
        uint64_t hash;
        double weight;
        dl_str key = dl_table_cell(table, i, 0);
        if (!hash_key(key, &hash) || !signed_number(dl_table_cell(table, i, column), &weight))
            return dl_fail(err, DL_BAD_DATA, name, i, "'%.*s' is no feature with a weight", (int)key.len, key.ptr);
        insert(out, hash, (float)(weight / 100));
    }
    return DL_OK;
}

void dl_sentence_weights_close(dl_sentence_weights *weights)
{
    free(weights->slots);
    weights->slots = NULL;
}

/* ---- sentences ---- */

typedef struct score {
    const dl_sentence_weights *weights;
    float sum;
} score;

static void add_weight(void *context, unsigned template_, dl_str value)
{
    score *to = context;
    uint64_t hash = feature_hash(template_, value);
    for (size_t at = hash & to->weights->mask; to->weights->slots[at].hash; at = (at + 1) & to->weights->mask)
        if (to->weights->slots[at].hash == hash) {
            to->sum += to->weights->slots[at].weight;
            return;
        }
}

static bool ends_after(const dl_boundary_view *view, size_t i, const dl_boundary_state *state)
{
    if (!dl_boundary_is_candidate(view, i, state)) return false;
    score it = {&view->data->weights, 0};
    dl_boundary_features(view, i, state, add_weight, &it);
    return it.sum > 0;
}

static bool push(dl_arena *arena, dl_token *tokens, size_t first, size_t end, uint32_t block, dl_sentence_vec *out)
{
    dl_sentence *sentence = DL_VEC_PUSH(arena, out);
    if (!sentence) return false;
    *sentence = (dl_sentence){.span = {tokens[first].span.start, tokens[end - 1].span.end},
                              .first = (uint32_t)first,
                              .count = (uint32_t)(end - first),
                              .block = block};
    for (size_t i = first; i < end; i++) tokens[i].sentence = (uint32_t)(out->count - 1);
    return true;
}

bool dl_sentences_find(const dl_text_data *data, dl_arena *arena, dl_str text, dl_token *tokens, size_t first,
                       size_t count, uint32_t block, dl_sentence_vec *out)
{
    dl_boundary_view view = {data, text, tokens + first, count - first};
    dl_boundary_state state = {0};
    for (size_t i = 0; i < view.count; i++) {
        dl_boundary_step(&view, i, &state);
        if (i + 1 < view.count && !ends_after(&view, i, &state)) continue;
        if (!push(arena, tokens, first + state.start, first + i + 1, block, out)) return false;
        state = (dl_boundary_state){.start = i + 1};
    }
    return true;
}
