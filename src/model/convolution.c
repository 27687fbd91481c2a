/* convolution.c - the fast network: hashed features of each word, mixed with its neighbours' in residual layers. */
#include <stdio.h>

#include "base/error.h"
#include "model/network.h"

static dl_status open_feature(dl_feature_table *out, dl_loader *loader, dl_str name, dl_error *err)
{
    char tensor[64];
    const dl_tensor_record *t;
    const dl_model_file *file = loader->file;
    out->kind = dl_feature_kind(name);
    if (out->kind < 0)
        return dl_fail(err, DL_BAD_DATA, file->source, (size_t)((const unsigned char *)name.ptr - file->map.bytes), "no feature is called '%.*s'",
                       (int)(name.len < 32 ? name.len : 32), name.ptr);
    snprintf(tensor, sizeof tensor, "feature.%.*s.weight", (int)name.len, name.ptr);
    dl_status status = dl_file_tensor(file, tensor, DL_I8, 0, 0, &t, err);
    if (status != DL_OK) return status;
    out->rows = t->shape[0];
    out->width = t->shape[1];
    out->weight = dl_file_data(file, t);
    if (out->width % DL_LANES || out->width > DL_MAX_DIM || out->rows > (1u << 24))
        return dl_fail(err, DL_BAD_DATA, file->source, (size_t)t->offset, "tensor '%s' has another shape", tensor);
    snprintf(tensor, sizeof tensor, "feature.%.*s.scale", (int)name.len, name.ptr);
    return dl_file_floats(file, tensor, out->rows, DL_RANK_1, &out->scale, err);
}

static dl_status open_layer(dl_convolutions *net, uint32_t number, dl_loader *loader, dl_error *err)
{
    dl_convolution *layer = &net->layers[number];
    char name[64];
    snprintf(name, sizeof name, "conv.%u.width", number);
    dl_status status = dl_file_parameter(loader->file, name, 1, 9, &layer->width, err);
    snprintf(name, sizeof name, "conv.%u.dilation", number);
    if (status == DL_OK) status = dl_file_parameter(loader->file, name, 1, 16, &layer->dilation, err);
    if (status == DL_OK && layer->width % 2 == 0)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "the width of convolution %u is even", number);
    snprintf(name, sizeof name, "conv.%u", number);
    if (status == DL_OK) status = dl_load_linear(loader, name, layer->width * net->dim, net->dim, &layer->linear, err);
    snprintf(name, sizeof name, "conv.%u.norm", number);
    if (status == DL_OK) status = dl_load_norm(loader, name, net->dim, &layer->norm, err);
    if (status == DL_OK && layer->width * net->dim > net->widest) net->widest = layer->width * net->dim;
    return status;
}

dl_status dl_convolutions_open(dl_convolutions *out, dl_loader *loader, dl_error *err)
{
    dl_strings features;
    dl_status status = dl_file_strings(loader->file, "features", &features, err);
    if (status != DL_OK) return status;
    if (features.count > DL_MAX_FEATURES)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "over %d features", DL_MAX_FEATURES);
    out->feature_count = features.count;
    for (uint32_t i = 0; i < features.count && status == DL_OK; i++) {
        status = open_feature(&out->features[i], loader, dl_strings_at(&features, i), err);
        out->features_width += out->features[i].width;
    }
    out->widest = out->features_width;
    if (status == DL_OK) status = dl_load_linear(loader, "mix", out->features_width, out->dim, &out->mix, err);
    if (status == DL_OK) status = dl_load_norm(loader, "mix.norm", out->dim, &out->mix_norm, err);
    for (uint32_t i = 0; i < out->layer_count && status == DL_OK; i++) status = open_layer(out, i, loader, err);
    return status;
}

dl_status dl_convolutions_memory(const dl_convolutions *net, dl_arena *arena, size_t words, dl_network_memory *out, dl_error *err)
{
    *out = (dl_network_memory){.rows = words};
    out->wide = dl_aligned(arena, words * net->widest * sizeof(float));
    out->y = dl_aligned(arena, words * net->dim * sizeof(float));
    out->q.q = dl_aligned(arena, words * net->widest);
    out->q.scale = dl_aligned(arena, words * sizeof(float));
    return out->wide && out->y && out->q.q && out->q.scale ? DL_OK : dl_fail_memory(err);
}

static void add_features(const dl_convolutions *net, const dl_kernels *k, dl_model_word word, bool first, float *out)
{
    for (uint32_t i = 0; i < net->feature_count; i++) {
        const dl_feature_table *t = &net->features[i];
        uint64_t hash = dl_feature_hash(t->kind, word, first);
        uint32_t a = (uint32_t)hash % t->rows, b = (uint32_t)(hash >> 32) % t->rows;
        memset(out, 0, t->width * sizeof *out);
        k->add_row(out, t->weight + (size_t)a * t->width, t->scale[a], t->width);
        k->add_row(out, t->weight + (size_t)b * t->width, t->scale[b], t->width);
        out += t->width;
    }
}

/* The rows at each step from `word`, zeros beyond the part [first, end). */
static void gather(const dl_convolution *layer, const float *x, size_t dim, size_t word, size_t first, size_t end, float *out)
{
    size_t reach = (size_t)layer->dilation * (layer->width / 2);
    for (size_t step = 0; step < layer->width; step++, out += dim) {
        size_t moved = word + step * layer->dilation; /* `reach` too far to the right */
        if (moved >= first + reach && moved < end + reach) memcpy(out, x + (moved - reach) * dim, dim * sizeof *out);
        else memset(out, 0, dim * sizeof *out);
    }
}

static void run_layer(const dl_convolutions *net, const dl_convolution *layer, const dl_kernels *k, dl_network_memory *m, dl_parts parts,
                      float *x)
{
    size_t words = parts.first[parts.count], row = (size_t)layer->width * net->dim;
    for (size_t p = 0; p < parts.count; p++)
        for (size_t w = parts.first[p]; w < parts.first[p + 1]; w++)
            gather(layer, x, net->dim, w, parts.first[p], parts.first[p + 1], m->wide + w * row);
    k->quantise(m->q, m->wide, words, row, row);
    k->linear(m->y, net->dim, m->q, words, &layer->linear, true);
    k->normalise(x, x, m->y, layer->norm.gain, layer->norm.shift, words, net->dim, 1e-5f);
}

void dl_convolutions_run(const dl_convolutions *net, const dl_kernels *k, dl_network_memory *m, dl_parts parts, float *vectors)
{
    size_t words = parts.first[parts.count], width = net->features_width;
    for (size_t p = 0; p < parts.count; p++)
        for (size_t w = parts.first[p]; w < parts.first[p + 1]; w++)
            add_features(net, k, parts.words[w], parts.opens[p] && w == parts.first[p], m->wide + w * width);
    k->quantise(m->q, m->wide, words, width, width);
    k->linear(m->y, net->dim, m->q, words, &net->mix, true);
    k->normalise(vectors, m->y, NULL, net->mix_norm.gain, net->mix_norm.shift, words, net->dim, 1e-5f);
    for (uint32_t i = 0; i < net->layer_count; i++) run_layer(net, &net->layers[i], k, m, parts, vectors);
}
