/* tiny_model.h - small model files with weights drawn by a fixed generator, made in memory for tests and fuzzing. */
#ifndef DL_TEST_TINY_MODEL_H
#define DL_TEST_TINY_MODEL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/file.h"

typedef struct tiny_file {
    unsigned char *bytes; /* free with tiny_free */
    size_t size;
} tiny_file;

enum { TINY_TENSORS = 160, TINY_PARAMETERS = 32, TINY_ROOM = 1 << 20 };

typedef struct tiny_writer {
    dl_tensor_record tensors[TINY_TENSORS];
    dl_parameter_record parameters[TINY_PARAMETERS];
    uint32_t tensor_count, parameter_count;
    char names[8192];
    size_t names_size;
    unsigned char *data;
    size_t data_size;
    uint64_t seed;
} tiny_writer;

static inline uint32_t tiny_random(tiny_writer *w)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(w->seed >> 33);
}

static inline uint32_t tiny_name(tiny_writer *w, const char *name)
{
    size_t len = strlen(name), at = w->names_size;
    if (at + len > sizeof w->names) abort();
    memcpy(w->names + at, name, len);
    w->names_size += len;
    return (uint32_t)at;
}

static inline void tiny_parameter(tiny_writer *w, const char *name, int64_t value)
{
    if (w->parameter_count == TINY_PARAMETERS) abort();
    w->parameters[w->parameter_count++] = (dl_parameter_record){tiny_name(w, name), (uint32_t)strlen(name), value};
}

/* Room for a tensor; offsets are moved to their final place by tiny_finish. */
static inline void *tiny_tensor(tiny_writer *w, const char *name, uint32_t element, uint32_t rank, const uint32_t *shape, size_t size)
{
    if (w->tensor_count == TINY_TENSORS || w->data_size + size + 64 > TINY_ROOM) abort();
    dl_tensor_record *t = &w->tensors[w->tensor_count++];
    *t = (dl_tensor_record){.name = tiny_name(w, name), .name_len = (uint32_t)strlen(name), .element = element, .rank = rank,
                            .offset = w->data_size, .size = size};
    for (uint32_t i = 0; i < rank; i++) t->shape[i] = shape[i];
    w->data_size = (w->data_size + size + 63) / 64 * 64;
    return w->data + t->offset;
}

static inline void tiny_floats(tiny_writer *w, const char *name, uint32_t rows, uint32_t columns, float low, float high)
{
    uint32_t shape[2] = {rows, columns}, rank = columns ? 2 : 1;
    size_t count = (size_t)rows * (columns ? columns : 1);
    float *out = tiny_tensor(w, name, DL_F32, rank, shape, count * sizeof *out);
    for (size_t i = 0; i < count; i++) out[i] = low + (high - low) * (float)(tiny_random(w) % 10001) / 10000;
}

static inline void tiny_bytes(tiny_writer *w, const char *name, uint32_t rank, const uint32_t *shape)
{
    size_t count = 1;
    for (uint32_t i = 0; i < rank; i++) count *= shape[i];
    int8_t *out = tiny_tensor(w, name, DL_I8, rank, shape, count);
    for (size_t i = 0; i < count; i++) out[i] = (int8_t)(tiny_random(w) % 255) - 127;
}

static inline void tiny_linear(tiny_writer *w, const char *name, uint32_t in, uint32_t out)
{
    uint32_t panels = (out + 15) / 16, shape[4] = {panels, in / 4, 16, 4};
    char part[80];
    snprintf(part, sizeof part, "%s.weight", name);
    tiny_bytes(w, part, 4, shape);
    snprintf(part, sizeof part, "%s.scale", name);
    tiny_floats(w, part, panels * 16, 0, 0.0005f, 0.004f);
    snprintf(part, sizeof part, "%s.bias", name);
    tiny_floats(w, part, panels * 16, 0, -0.2f, 0.2f);
}

static inline void tiny_norm(tiny_writer *w, const char *name, uint32_t dim)
{
    char part[80];
    snprintf(part, sizeof part, "%s.gain", name);
    tiny_floats(w, part, dim, 0, 0.5f, 1.5f);
    snprintf(part, sizeof part, "%s.shift", name);
    tiny_floats(w, part, dim, 0, -0.3f, 0.3f);
}

/* Strings parted by single spaces. */
static inline uint32_t tiny_strings(tiny_writer *w, const char *name, const char *strings)
{
    uint32_t count = 1;
    for (const char *c = strings; *c; c++) count += *c == ' ';
    size_t table = (count + 1) * sizeof(uint32_t), len = strlen(strings) - (count - 1);
    uint32_t *start = tiny_tensor(w, name, DL_STRINGS, 1, &count, table + len);
    char *out = (char *)(start + count + 1);
    uint32_t at = 0, i = 0;
    start[0] = 0;
    for (const char *c = strings; *c; c++)
        if (*c == ' ') start[++i] = at;
        else out[at++] = *c;
    start[count] = at;
    return count;
}

static inline void tiny_head(tiny_writer *w, const char *name, uint32_t dim, const char *labels)
{
    char part[80];
    snprintf(part, sizeof part, "labels.%s", name);
    uint32_t count = tiny_strings(w, part, labels);
    snprintf(part, sizeof part, "head.%s", name);
    tiny_linear(w, part, dim, count);
}

static inline void tiny_heads(tiny_writer *w, uint32_t dim)
{
    tiny_strings(w, "heads", "upos feats lemma names event realis");
    tiny_head(w, "upos", dim, "NOUN VERB ADJ PUNCT");
    tiny_head(w, "feats", dim, "_ Number=Sing Number=Plur");
    tiny_head(w, "lemma", dim, "l-0+ l-1+ l-3+y =be t-0+");
    tiny_head(w, "names", dim, "O B-PERSON I-PERSON B-GPE I-GPE");
    tiny_head(w, "event", dim, "O B-ASSAULT I-ASSAULT B-CONSULT I-CONSULT");
    tiny_linear(w, "head.realis.hidden", dim, 16);
    tiny_strings(w, "labels.realis", "actual planned");
    tiny_linear(w, "head.realis", 16, 2);
    tiny_linear(w, "arc.dep", dim, 32);
    tiny_linear(w, "arc.head", dim, 32);
    tiny_linear(w, "arc.bilinear", 32, 32);
    tiny_floats(w, "arc.root", 32, 0, -1, 1);
    uint32_t relations = tiny_strings(w, "labels.deprel", "root nsubj obj amod punct obl:other");
    tiny_linear(w, "rel.dep", dim, 16);
    tiny_linear(w, "rel.head", dim, 16);
    tiny_linear(w, "rel.bilinear", 16, relations * 16);
    tiny_linear(w, "rel.prior", 16, relations);
    uint32_t arguments = tiny_strings(w, "labels.arg", "none ACTOR RECIPIENT");
    tiny_linear(w, "arg.dep", dim, 16);
    tiny_linear(w, "arg.head", dim, 16);
    tiny_linear(w, "arg.bilinear", 16, arguments * 16);
    tiny_linear(w, "arg.prior", 16, arguments);
}

static inline tiny_file tiny_finish(tiny_writer *w)
{
    static const char card[] = "{\"model\":\"tiny\"}";
    uint64_t contents[7];
    uint32_t counts[2] = {w->tensor_count, w->parameter_count};
    size_t at = sizeof(dl_image_header) + 56, directory = w->tensor_count * sizeof *w->tensors;
    size_t parameters = w->parameter_count * sizeof *w->parameters;
    memcpy(&contents[0], counts, 8);
    contents[1] = at;
    contents[2] = at + directory;
    contents[3] = contents[2] + parameters;
    contents[4] = w->names_size;
    contents[5] = contents[3] + w->names_size;
    contents[6] = sizeof card - 1;
    size_t data = (contents[5] + sizeof card - 1 + 63) / 64 * 64;
    tiny_file file = {calloc(1, data + w->data_size), data + w->data_size};
    if (!file.bytes) abort();
    for (uint32_t i = 0; i < w->tensor_count; i++) w->tensors[i].offset += data;
    memcpy(file.bytes + sizeof(dl_image_header), contents, sizeof contents);
    memcpy(file.bytes + contents[1], w->tensors, directory);
    memcpy(file.bytes + contents[2], w->parameters, parameters);
    memcpy(file.bytes + contents[3], w->names, w->names_size);
    memcpy(file.bytes + contents[5], card, sizeof card - 1);
    memcpy(file.bytes + data, w->data, w->data_size);
    dl_image_header header = {.version = DL_MODEL_VERSION, .size = file.size};
    memcpy(header.magic, DL_MODEL_MAGIC, 8);
    header.checksum = dl_hash(file.bytes + sizeof header, file.size - sizeof header, 0);
    memcpy(file.bytes, &header, sizeof header);
    free(w->data);
    free(w);
    return file;
}

static inline tiny_writer *tiny_start(uint64_t seed)
{
    tiny_writer *w = calloc(1, sizeof *w);
    if (!w || !(w->data = calloc(1, TINY_ROOM))) abort();
    w->seed = seed;
    return w;
}

/* Two layers of an encoder, 32 wide, with windows of `window` pieces. */
static inline tiny_file tiny_encoder(uint32_t window)
{
    tiny_writer *w = tiny_start(1);
    char name[32];
    tiny_parameter(w, "architecture", 1);
    tiny_parameter(w, "dim", 32);
    tiny_parameter(w, "layers", 2);
    tiny_parameter(w, "heads", 2);
    tiny_parameter(w, "ffn", 64);
    tiny_parameter(w, "window", window);
    tiny_parameter(w, "piece.cls", 1);
    tiny_parameter(w, "piece.sep", 2);
    tiny_parameter(w, "piece.unk", 0);
    uint32_t pieces = tiny_strings(w, "wordpiece", "[UNK] [CLS] [SEP] the army ##ed shell ##s a b ##b ##c . , rebel town - '");
    uint32_t shape[2] = {pieces, 32};
    tiny_bytes(w, "embed.word.weight", 2, shape);
    tiny_floats(w, "embed.word.scale", pieces, 0, 0.001f, 0.01f);
    tiny_floats(w, "embed.position", window, 32, -0.3f, 0.3f);
    tiny_floats(w, "embed.shape", 17, 32, -0.3f, 0.3f);
    tiny_norm(w, "embed.norm", 32);
    for (int i = 0; i < 2; i++) {
        static const struct {
            const char *name;
            uint32_t in, out;
        } parts[] = {{"qkv", 32, 96}, {"out", 32, 32}, {"up", 32, 64}, {"down", 64, 32}};
        for (int p = 0; p < 4; p++) {
            snprintf(name, sizeof name, "layer.%d.%s", i, parts[p].name);
            tiny_linear(w, name, parts[p].in, parts[p].out);
        }
        for (int n = 1; n < 3; n++) {
            snprintf(name, sizeof name, "layer.%d.norm%d", i, n);
            tiny_norm(w, name, 32);
        }
    }
    tiny_heads(w, 32);
    return tiny_finish(w);
}

/* Two convolutions, 32 wide. */
static inline tiny_file tiny_convolutions(void)
{
    tiny_writer *w = tiny_start(2);
    static const char *const features[] = {"norm", "stem", "prefix2", "suffix3", "shape", "first"};
    char name[32];
    tiny_parameter(w, "architecture", 2);
    tiny_parameter(w, "dim", 32);
    tiny_parameter(w, "layers", 2);
    tiny_parameter(w, "conv.0.width", 3);
    tiny_parameter(w, "conv.0.dilation", 1);
    tiny_parameter(w, "conv.1.width", 5);
    tiny_parameter(w, "conv.1.dilation", 2);
    tiny_strings(w, "features", "norm stem prefix2 suffix3 shape first");
    for (int i = 0; i < 6; i++) {
        uint32_t shape[2] = {61, 16};
        snprintf(name, sizeof name, "feature.%s.weight", features[i]);
        tiny_bytes(w, name, 2, shape);
        snprintf(name, sizeof name, "feature.%s.scale", features[i]);
        tiny_floats(w, name, 61, 0, 0.001f, 0.01f);
    }
    tiny_linear(w, "mix", 96, 32);
    tiny_norm(w, "mix.norm", 32);
    tiny_linear(w, "conv.0", 96, 32);
    tiny_norm(w, "conv.0.norm", 32);
    tiny_linear(w, "conv.1", 160, 32);
    tiny_norm(w, "conv.1.norm", 32);
    tiny_heads(w, 32);
    return tiny_finish(w);
}

static inline void tiny_free(tiny_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
}

/* Parts `line` at its spaces into words; gives their count. */
static inline size_t tiny_words(const char *line, dl_str *out, size_t room)
{
    dl_str rest = dl_str_of(line), word;
    size_t count = 0;
    while (count < room && dl_str_next(&rest, ' ', &word)) out[count++] = word;
    return count;
}

#endif
