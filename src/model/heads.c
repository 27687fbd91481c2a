/* heads.c - what stands on the word vectors: linear heads, biaffine arcs and relations. */
#include "model/heads.h"

#include <stdio.h>

#include "base/error.h"

static dl_status open_head(dl_head *head, uint32_t dim, dl_str name, dl_loader *loader, dl_error *err)
{
    const dl_model_file *file = loader->file;
    char tensor[80];
    int len = (int)name.len;
    uint32_t in = dim;
    dl_status status = DL_OK;
    if (name.len > 32) return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "the name of a head has over 32 bytes");
    head->name = name;
    snprintf(tensor, sizeof tensor, "head.%.*s.hidden", len, name.ptr);
    head->has_hidden = dl_file_has(file, "%s.weight", tensor);
    if (head->has_hidden) status = dl_load_linear(loader, tensor, dim, 0, &head->hidden, err);
    if (head->has_hidden) in = head->hidden.panels * DL_LANES;
    if (status == DL_OK && in > 4 * DL_MAX_DIM)
        return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "'%s' is too wide", tensor);
    snprintf(tensor, sizeof tensor, "labels.%.*s", len, name.ptr);
    if (status == DL_OK) status = dl_file_strings(file, tensor, &head->labels, err);
    snprintf(tensor, sizeof tensor, "head.%.*s", len, name.ptr);
    if (status == DL_OK) status = dl_load_linear(loader, tensor, in, head->labels.count, &head->out, err);
    snprintf(tensor, sizeof tensor, "head.%.*s.transitions", len, name.ptr);
    if (status == DL_OK && dl_file_has(file, "%s", tensor))
        status = dl_file_floats(file, tensor, head->labels.count, head->labels.count, &head->transitions, err);
    return status;
}

static dl_status open_linear_heads(dl_heads *h, dl_loader *loader, dl_error *err)
{
    dl_strings names;
    dl_status status = dl_file_strings(loader->file, "heads", &names, err);
    if (status != DL_OK) return status;
    if (names.count > DL_MODEL_MAX_HEADS)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "over %d heads", DL_MODEL_MAX_HEADS);
    h->head_count = names.count;
    for (uint32_t i = 0; i < names.count && status == DL_OK; i++)
        status = open_head(&h->heads[i], h->dim, dl_strings_at(&names, i), loader, err);
    return status;
}

/* The width of a layer that the file alone decides. */
static dl_status open_width(dl_heads *h, dl_loader *loader, const char *name, dl_linear *out, uint32_t *width, dl_error *err)
{
    dl_status status = dl_load_linear(loader, name, h->dim, 0, out, err);
    *width = out->panels * DL_LANES;
    if (status == DL_OK && *width > 512)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "'%s' is wider than 512", name);
    return status;
}

static dl_status open_pairs(dl_heads *h, dl_loader *loader, const char *name, dl_pairs *out, dl_error *err)
{
    char tensor[64];
    snprintf(tensor, sizeof tensor, "%s.dep", name);
    dl_status status = open_width(h, loader, tensor, &out->dep, &out->width, err);
    uint32_t width = out->width, labels = out->labels.count;
    if (status == DL_OK && labels > DL_MAX_PAIR_LABELS)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "'%s' has over %d labels", name, DL_MAX_PAIR_LABELS);
    snprintf(tensor, sizeof tensor, "%s.head", name);
    if (status == DL_OK) status = dl_load_linear(loader, tensor, h->dim, width, &out->head, err);
    snprintf(tensor, sizeof tensor, "%s.bilinear", name);
    if (status == DL_OK) status = dl_load_linear(loader, tensor, width, labels * width, &out->bilinear, err);
    snprintf(tensor, sizeof tensor, "%s.prior", name);
    return status == DL_OK ? dl_load_linear(loader, tensor, width, labels, &out->prior, err) : status;
}

static dl_status open_relations(dl_heads *h, dl_loader *loader, dl_error *err)
{
    dl_status status = dl_file_strings(loader->file, "labels.deprel", &h->relations.labels, err);
    if (status == DL_OK) status = open_pairs(h, loader, "rel", &h->relations, err);
    h->root_relation = UINT32_MAX;
    for (uint32_t i = 0; i < h->relations.labels.count && status == DL_OK; i++)
        if (dl_str_is(dl_strings_at(&h->relations.labels, i), "root")) h->root_relation = i;
    if (status != DL_OK || !dl_file_has(loader->file, "labels.arg")) return status;
    status = dl_file_strings(loader->file, "labels.arg", &h->arguments.labels, err);
    return status == DL_OK ? open_pairs(h, loader, "arg", &h->arguments, err) : status;
}

dl_status dl_heads_open(dl_heads *h, dl_loader *loader, dl_error *err)
{
    dl_status status = open_linear_heads(h, loader, err);
    if (status == DL_OK) status = open_width(h, loader, "arc.dep", &h->arc_dep, &h->arc_dim, err);
    if (status == DL_OK) status = dl_load_linear(loader, "arc.head", h->dim, h->arc_dim, &h->arc_head, err);
    if (status == DL_OK) status = dl_load_linear(loader, "arc.bilinear", h->arc_dim, h->arc_dim, &h->arc_bilinear, err);
    if (status == DL_OK) status = dl_file_floats(loader->file, "arc.root", h->arc_dim, DL_RANK_1, &h->arc_root, err);
    return status == DL_OK ? open_relations(h, loader, err) : status;
}

static size_t widest_hidden(const dl_heads *h)
{
    size_t widest = h->arc_dim > h->relations.width ? h->arc_dim : h->relations.width;
    if (h->arguments.width > widest) widest = h->arguments.width;
    for (uint32_t i = 0; i < h->head_count; i++)
        if (h->heads[i].has_hidden && h->heads[i].out.in > widest) widest = h->heads[i].out.in;
    return widest;
}

static float *floats(dl_arena *arena, size_t rows, size_t width, bool *ok)
{
    float *memory = dl_aligned(arena, rows * width * sizeof(float));
    *ok = *ok && memory;
    return memory;
}

static dl_quantised quantised(dl_arena *arena, size_t rows, size_t width, bool *ok)
{
    dl_quantised q = {dl_aligned(arena, rows * width), dl_aligned(arena, rows * sizeof(float))};
    *ok = *ok && q.q && q.scale;
    return q;
}

static void pairs_memory(const dl_pairs *pairs, dl_arena *arena, size_t words, dl_pairs_memory *out, bool *ok)
{
    if (!pairs->width) return;
    out->dep = floats(arena, words, pairs->width, ok);
    out->head = floats(arena, words, pairs->width, ok);
    out->forms = floats(arena, DL_PAIR_BATCH, pairs->bilinear.panels * DL_LANES, ok);
    out->prior = floats(arena, DL_PAIR_BATCH, pairs->prior.panels * DL_LANES, ok);
}

dl_status dl_heads_memory_new(const dl_heads *h, dl_arena *arena, size_t words, dl_heads_memory *m, dl_error *err)
{
    bool ok = true;
    size_t wide = widest_hidden(h), part = words < DL_MODEL_PART_WORDS ? words : DL_MODEL_PART_WORDS, padded = dl_round_up(part + 1);
    for (uint32_t i = 0; i < h->head_count; i++) m->scores[i] = floats(arena, words, h->heads[i].out.panels * DL_LANES, &ok);
    m->hidden = floats(arena, words, wide, &ok);
    m->arc_dep = floats(arena, words, h->arc_dim, &ok);
    m->arc_head = floats(arena, words, h->arc_dim, &ok);
    pairs_memory(&h->relations, arena, words, &m->relations, &ok);
    pairs_memory(&h->arguments, arena, words, &m->arguments, &ok);
    m->transposed = floats(arena, h->arc_dim, padded, &ok);
    m->arcs = floats(arena, part, padded, &ok);
    m->q = quantised(arena, words, h->dim, &ok);
    m->q_hidden = quantised(arena, words, wide, &ok);
    return ok ? DL_OK : dl_fail_memory(err);
}

static void run_head(const dl_head *head, const dl_kernels *k, dl_heads_memory *m, float *scores, size_t words)
{
    size_t stride = head->out.panels * DL_LANES;
    if (!head->has_hidden) {
        k->linear(scores, stride, m->q, words, &head->out, false);
        return;
    }
    k->linear(m->hidden, head->out.in, m->q, words, &head->hidden, true);
    k->quantise(m->q_hidden, m->hidden, words, head->out.in, head->out.in);
    k->linear(scores, stride, m->q_hidden, words, &head->out, false);
}

static void run_pairs(const dl_pairs *pairs, const dl_kernels *k, const dl_heads_memory *m, const dl_pairs_memory *own, size_t words)
{
    if (!pairs->width) return;
    k->linear(own->dep, pairs->width, m->q, words, &pairs->dep, true);
    k->linear(own->head, pairs->width, m->q, words, &pairs->head, true);
}

void dl_heads_run(const dl_heads *h, const dl_kernels *k, dl_heads_memory *m, const float *vectors, size_t words, const bool *wanted,
                  bool trees)
{
    k->quantise(m->q, vectors, words, h->dim, h->dim);
    for (uint32_t i = 0; i < h->head_count; i++)
        if (!wanted || wanted[i]) run_head(&h->heads[i], k, m, m->scores[i], words);
    if (wanted && !trees) return;
    k->linear(m->hidden, h->arc_dim, m->q, words, &h->arc_dep, true);
    k->quantise(m->q_hidden, m->hidden, words, h->arc_dim, h->arc_dim);
    k->linear(m->arc_dep, h->arc_dim, m->q_hidden, words, &h->arc_bilinear, false);
    k->linear(m->arc_head, h->arc_dim, m->q, words, &h->arc_head, true);
    run_pairs(&h->relations, k, m, &m->relations, words);
    if (!wanted) run_pairs(&h->arguments, k, m, &m->arguments, words);
}

void dl_heads_arcs(const dl_heads *h, const dl_kernels *k, dl_heads_memory *m, size_t first, size_t count)
{
    size_t padded = dl_round_up(count + 1), width = h->arc_dim;
    const float *head = m->arc_head + first * width;
    for (size_t d = 0; d < width; d++) {
        float *row = m->transposed + d * padded;
        row[0] = h->arc_root[d];
        for (size_t j = 0; j < count; j++) row[j + 1] = head[j * width + d];
        for (size_t j = count + 1; j < padded; j++) row[j] = 0;
    }
    k->products(m->arcs, m->arc_dep + first * width, count, m->transposed, count + 1, width);
}

/* What some words ask of their dependents, for each label: [count][labels x width], and its prior. */
static void make_forms(const dl_pairs *pairs, const dl_kernels *k, dl_heads_memory *m, const dl_pairs_memory *own, const uint32_t *words,
                       size_t count)
{
    size_t width = pairs->width;
    for (size_t i = 0; i < count; i++) {
        dl_quantised row = {m->q_hidden.q + i * width, m->q_hidden.scale + i};
        k->quantise(row, own->head + words[i] * width, 1, width, width);
    }
    k->linear(own->forms, (size_t)pairs->bilinear.panels * DL_LANES, m->q_hidden, count, &pairs->bilinear, false);
    k->linear(own->prior, (size_t)pairs->prior.panels * DL_LANES, m->q_hidden, count, &pairs->prior, false);
}

static void score_pair(const dl_pairs *pairs, const dl_kernels *k, const dl_pairs_memory *own, size_t form, size_t dependent, float *scores)
{
    const float *prior = own->prior + form * pairs->prior.panels * DL_LANES;
    k->dots(scores, own->forms + form * pairs->bilinear.panels * DL_LANES, own->dep + dependent * pairs->width, pairs->labels.count,
            pairs->width);
    for (uint32_t i = 0; i < pairs->labels.count; i++) scores[i] += prior[i];
}

static uint32_t best_relation(const dl_heads *h, const float *scores)
{
    uint32_t count = h->relations.labels.count, best = h->root_relation == 0 && count > 1 ? 1 : 0;
    for (uint32_t r = 0; r < count; r++)
        if (r != h->root_relation && scores[r] > scores[best]) best = r;
    return best;
}

/* Labels the dependents of the heads in `batch`. */
static void relate_batch(const dl_heads *h, const dl_kernels *k, dl_heads_memory *m, const uint32_t *batch, size_t batch_count,
                         size_t first, size_t count, const uint32_t *head_of, uint32_t *relations)
{
    float scores[DL_MAX_PAIR_LABELS];
    make_forms(&h->relations, k, m, &m->relations, batch, batch_count);
    for (size_t w = 0; w < count; w++)
        for (size_t i = 0; i < batch_count; i++) {
            if (head_of[w] == 0 || first + head_of[w] - 1 != batch[i]) continue;
            score_pair(&h->relations, k, &m->relations, i, first + w, scores);
            relations[w] = best_relation(h, scores);
        }
}

/* Each head's forms are made once, for all its dependents, and those of several heads together. */
void dl_heads_relate(const dl_heads *h, const dl_kernels *k, dl_heads_memory *m, size_t first, size_t count, const uint32_t *head_of,
                     uint32_t *relations)
{
    bool is_head[DL_PART_WORDS + 1] = {false};
    uint32_t batch[DL_PAIR_BATCH];
    size_t waiting = 0;
    for (size_t w = 0; w < count; w++) {
        is_head[head_of[w]] = true;
        relations[w] = UINT32_MAX;
    }
    for (size_t head = 1; head <= count; head++) {
        if (is_head[head]) batch[waiting++] = (uint32_t)(first + head - 1);
        if (waiting < DL_PAIR_BATCH && (head < count || waiting == 0)) continue;
        relate_batch(h, k, m, batch, waiting, first, count, head_of, relations);
        waiting = 0;
    }
}

void dl_heads_arguments(const dl_heads *h, const dl_kernels *k, dl_heads_memory *m, size_t first, size_t count, size_t trigger, float *out)
{
    uint32_t word = (uint32_t)(first + trigger);
    size_t stride = (size_t)h->arguments.prior.panels * DL_LANES;
    make_forms(&h->arguments, k, m, &m->arguments, &word, 1);
    for (size_t w = 0; w < count; w++) {
        score_pair(&h->arguments, k, &m->arguments, 0, first + w, out + w * stride);
        k->soften(out + w * stride, h->arguments.labels.count);
    }
}
