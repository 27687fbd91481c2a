/* model.c - opening a model file and running it over the words of a document. */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "model/heads.h"
#include "model/network.h"

enum { ENCODER = 1, CONVOLUTIONS = 2, RUN_WORDS = 256 };

struct dl_model {
    dl_model_file file;
    bool mapped;
    const dl_kernels *kernels;
    uint32_t architecture;
    int32_t **sums;
    size_t sum_count, sum_room;
    dl_encoder encoder;
    dl_convolutions convolutions;
    dl_heads heads;
};

struct dl_model_session {
    const dl_model *model;
    size_t room;
    size_t parts;
    uint32_t *first; /* [parts + 1] of the last read */
    float *vectors, *arguments;
    dl_network_memory network;
    dl_heads_memory heads;
};

/* ---- opening ---- */

static int32_t *keep_sums(dl_loader *loader, size_t count)
{
    if (loader->sum_count == loader->sum_room) {
        size_t room = loader->sum_room ? 2 * loader->sum_room : 64;
        int32_t **grown = realloc(loader->sums, room * sizeof *grown);
        if (!grown) return NULL;
        loader->sums = grown;
        loader->sum_room = room;
    }
    int32_t *sums = calloc(count, sizeof *sums);
    if (sums) loader->sums[loader->sum_count++] = sums;
    return sums;
}

dl_status dl_load_linear(dl_loader *loader, const char *name, uint32_t in, uint32_t out_width, dl_linear *out, dl_error *err)
{
    dl_status status = dl_file_linear(loader->file, name, in, out_width, out, err);
    if (status != DL_OK) return status;
    int32_t *sums = keep_sums(loader, (size_t)out->panels * DL_LANES);
    if (!sums) return dl_fail_memory(err);
    out->start = sums;
    if (loader->kernels->weigh(sums, out->weight, out->panels, in) == INT8_MIN)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, (size_t)((const unsigned char *)out->weight - loader->file->map.bytes),
                       "a weight of '%s' is -128", name);
    return DL_OK;
}

dl_status dl_load_norm(dl_loader *loader, const char *name, uint32_t dim, dl_norm *out, dl_error *err)
{
    char tensor[80];
    snprintf(tensor, sizeof tensor, "%s.gain", name);
    dl_status status = dl_file_floats(loader->file, tensor, dim, DL_RANK_1, &out->gain, err);
    snprintf(tensor, sizeof tensor, "%s.shift", name);
    return status == DL_OK ? dl_file_floats(loader->file, tensor, dim, DL_RANK_1, &out->shift, err) : status;
}

static dl_status open_networks(dl_model *model, dl_loader *loader, dl_error *err)
{
    const dl_model_file *file = &model->file;
    uint32_t dim, layers;
    dl_status status = dl_file_parameter(file, "architecture", ENCODER, CONVOLUTIONS, &model->architecture, err);
    if (status == DL_OK) status = dl_file_parameter(file, "dim", DL_LANES, DL_MAX_DIM, &dim, err);
    if (status == DL_OK) status = dl_file_parameter(file, "layers", 1, DL_MAX_LAYERS, &layers, err);
    if (status != DL_OK) return status;
    if (dim % DL_LANES) return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "'dim' is no multiple of %d", DL_LANES);
    model->encoder.dim = model->convolutions.dim = model->heads.dim = dim;
    model->encoder.layer_count = model->convolutions.layer_count = layers;
    status = model->architecture == ENCODER ? dl_encoder_open(&model->encoder, loader, err)
                                            : dl_convolutions_open(&model->convolutions, loader, err);
    return status == DL_OK ? dl_heads_open(&model->heads, loader, err) : status;
}

static dl_status read_model(dl_model *model, bool verify, dl_error *err)
{
    dl_status status = dl_model_file_read(&model->file, verify, err);
    if (status != DL_OK) return status;
    model->kernels = dl_kernels_best();
    dl_loader loader = {.file = &model->file, .kernels = model->kernels};
    status = open_networks(model, &loader, err);
    model->sums = loader.sums;
    model->sum_count = loader.sum_count;
    return status;
}

dl_status dl_model_load(dl_model **out, const void *bytes, size_t size, const char *source, bool verify, dl_error *err)
{
    *out = NULL;
    dl_model *model = calloc(1, sizeof *model);
    if (!model) return dl_fail_memory(err);
    model->file.map = (dl_map){bytes, size};
    model->file.source = source;
    dl_status status = read_model(model, verify, err);
    if (status == DL_OK) *out = model;
    else dl_model_close(model);
    return status;
}

dl_status dl_model_open(dl_model **out, const char *path, dl_error *err)
{
    dl_map map;
    *out = NULL;
    dl_status status = dl_map_open(&map, path, err);
    if (status != DL_OK) return status;
    status = dl_model_load(out, map.bytes, map.size, path, true, err);
    if (status != DL_OK) {
        dl_map_close(&map);
        return status;
    }
    dl_map_release(&map);
    (*out)->mapped = true;
    (*out)->file.source = NULL; /* the path is the caller's */
    return DL_OK;
}

void dl_model_close(dl_model *model)
{
    if (!model) return;
    dl_encoder_close(&model->encoder);
    for (size_t i = 0; i < model->sum_count; i++) free(model->sums[i]);
    free(model->sums);
    if (model->mapped) dl_map_close(&model->file.map);
    free(model);
}

void dl_model_use(dl_model *model, const dl_kernels *kernels)
{
    model->kernels = kernels;
}

const char *dl_model_kernels(const dl_model *model)
{
    return model->kernels->name;
}

dl_str dl_model_card(const dl_model *model)
{
    return model->file.card;
}

/* ---- what it can say ---- */

size_t dl_model_head_count(const dl_model *model)
{
    return model->heads.head_count;
}

dl_str dl_model_head_name(const dl_model *model, size_t head)
{
    return model->heads.heads[head].name;
}

int dl_model_head(const dl_model *model, const char *name)
{
    for (uint32_t i = 0; i < model->heads.head_count; i++)
        if (dl_str_is(model->heads.heads[i].name, name)) return (int)i;
    return -1;
}

const dl_strings *dl_model_labels(const dl_model *model, size_t head)
{
    return &model->heads.heads[head].labels;
}

const float *dl_model_transitions(const dl_model *model, size_t head)
{
    return model->heads.heads[head].transitions;
}

const dl_strings *dl_model_relations(const dl_model *model)
{
    return &model->heads.relations.labels;
}

const dl_strings *dl_model_arguments(const dl_model *model)
{
    return &model->heads.arguments.labels;
}

/* ---- saying it ---- */

void *dl_aligned(dl_arena *arena, size_t size)
{
    enum { LINE = 64 };
    unsigned char *memory = dl_arena_alloc_raw(arena, size + LINE);
    return memory ? memory + (LINE - (uintptr_t)memory % LINE) % LINE : NULL;
}

dl_status dl_model_session_new(dl_model_session **out, const dl_model *model, dl_arena *arena, size_t words, size_t sentences,
                               dl_error *err)
{
    dl_model_session *s = DL_NEW(arena, dl_model_session);
    if (!s) return dl_fail_memory(err);
    size_t room = words < RUN_WORDS ? words : RUN_WORDS, parts = sentences < room ? sentences : room;
    parts += room / DL_MODEL_PART_WORDS + 1;
    *s = (dl_model_session){.model = model, .room = room};
    s->first = dl_aligned(arena, (room + 2) * sizeof *s->first);
    s->vectors = dl_aligned(arena, room * model->heads.dim * sizeof(float));
    s->arguments = dl_aligned(arena, room * model->heads.arguments.prior.panels * DL_LANES * sizeof(float));
    if (!s->first || !s->vectors || !s->arguments) return dl_fail_memory(err);
    dl_status status = model->architecture == ENCODER ? dl_encoder_memory(&model->encoder, arena, room, parts, &s->network, err)
                                                      : dl_convolutions_memory(&model->convolutions, arena, room, &s->network, err);
    if (status == DL_OK) status = dl_heads_memory_new(&model->heads, arena, room, &s->heads, err);
    if (status == DL_OK) *out = s;
    return status;
}

size_t dl_model_session_room(const dl_model_session *session)
{
    return session->room;
}

void dl_model_read_heads(dl_model_session *s, const dl_model_word *words, const uint32_t *first, const bool *opens, size_t parts,
                         const bool *wanted, bool trees)
{
    const dl_model *model = s->model;
    s->parts = parts;
    memcpy(s->first, first, (parts + 1) * sizeof *first);
    dl_parts all = {words, s->first, opens, parts};
    if (model->architecture == ENCODER) dl_encoder_run(&model->encoder, model->kernels, &s->network, all, s->vectors);
    else dl_convolutions_run(&model->convolutions, model->kernels, &s->network, all, s->vectors);
    dl_heads_run(&model->heads, model->kernels, &s->heads, s->vectors, first[parts], wanted, trees);
}

void dl_model_read(dl_model_session *s, const dl_model_word *words, const uint32_t *first, const bool *opens, size_t parts)
{
    dl_model_read_heads(s, words, first, opens, parts, NULL, true);
}

const float *dl_model_scores(const dl_model_session *session, size_t head, size_t *stride)
{
    *stride = (size_t)session->model->heads.heads[head].out.panels * DL_LANES;
    return session->heads.scores[head];
}

void dl_model_soften(dl_model_session *s, size_t head)
{
    const dl_head *h = &s->model->heads.heads[head];
    size_t stride = (size_t)h->out.panels * DL_LANES, words = s->first[s->parts];
    for (size_t w = 0; w < words; w++) s->model->kernels->soften(s->heads.scores[head] + w * stride, h->labels.count);
}

const float *dl_model_vectors(const dl_model_session *session, size_t *dim)
{
    *dim = session->model->heads.dim;
    return session->vectors;
}

const float *dl_model_arcs(dl_model_session *s, size_t part, size_t *stride)
{
    size_t count = s->first[part + 1] - s->first[part];
    dl_heads_arcs(&s->model->heads, s->model->kernels, &s->heads, s->first[part], count);
    *stride = dl_round_up(count + 1);
    return s->heads.arcs;
}

void dl_model_relate(dl_model_session *s, size_t part, const uint32_t *heads, uint32_t *relations)
{
    dl_heads_relate(&s->model->heads, s->model->kernels, &s->heads, s->first[part], s->first[part + 1] - s->first[part], heads, relations);
}

const float *dl_model_argue(dl_model_session *s, size_t part, size_t trigger, size_t *stride)
{
    size_t count = s->first[part + 1] - s->first[part];
    dl_heads_arguments(&s->model->heads, s->model->kernels, &s->heads, s->first[part], count, trigger, s->arguments);
    *stride = (size_t)s->model->heads.arguments.prior.panels * DL_LANES;
    return s->arguments;
}
