/* file.c - the directory of a model file: every offset, type and shape is checked before use. */
#include "model/file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

typedef struct contents { /* what follows the image header */
    uint32_t tensors, parameters;
    uint64_t tensor_offset, parameter_offset, names_offset, names_size, card_offset, card_size;
} contents;

enum { NAME_SIZE = 96 };

static dl_status bad(const dl_model_file *file, size_t offset, dl_error *err, const char *what)
{
    return dl_fail(err, DL_BAD_DATA, file->source, offset, "%s", what);
}

static bool inside(const dl_model_file *file, uint64_t offset, uint64_t size, uint64_t alignment)
{
    return offset % alignment == 0 && offset <= file->map.size && size <= file->map.size - offset;
}

static size_t record_offset(const dl_model_file *file, const dl_tensor_record *tensor)
{
    return (size_t)((const unsigned char *)tensor - file->map.bytes);
}

/* Bytes that the shape asks for, or UINT64_MAX; strings are measured apart. */
static uint64_t shape_size(const dl_tensor_record *tensor)
{
    static const uint8_t element_size[DL_ELEMENT_END] = {0, 4, 1, 4, 1, 0};
    uint64_t count = 1;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (tensor->shape[i] == 0 || count > UINT32_MAX) return UINT64_MAX;
        count *= tensor->shape[i];
    }
    return count > UINT64_MAX / 8 ? UINT64_MAX : count * element_size[tensor->element];
}

static dl_status check_tensor(const dl_model_file *file, const dl_tensor_record *t, dl_error *err)
{
    size_t at = record_offset(file, t);
    if (t->name > file->names.len || t->name_len > file->names.len - t->name) return bad(file, at, err, "a tensor's name is outside the names");
    if (t->element < DL_F32 || t->element >= DL_ELEMENT_END) return bad(file, at + 8, err, "a tensor's element type is unknown");
    if (t->rank < 1 || t->rank > 4) return bad(file, at + 12, err, "a tensor's rank is not 1 to 4");
    if (!inside(file, t->offset, t->size, 64)) return bad(file, at + 32, err, "a tensor lies outside the file or is not aligned");
    if (t->element != DL_STRINGS && shape_size(t) != t->size) return bad(file, at + 40, err, "a tensor's size is not that of its shape");
    return DL_OK;
}

static dl_status check_parameters(const dl_model_file *file, dl_error *err)
{
    for (uint32_t i = 0; i < file->parameter_count; i++) {
        const dl_parameter_record *p = &file->parameters[i];
        if (p->name > file->names.len || p->name_len > file->names.len - p->name)
            return bad(file, (size_t)((const unsigned char *)p - file->map.bytes), err, "a parameter's name is outside the names");
    }
    return DL_OK;
}

dl_status dl_model_file_read(dl_model_file *file, bool verify, dl_error *err)
{
    contents c;
    dl_status status = dl_map_check_image(&file->map, file->source, DL_MODEL_MAGIC, DL_MODEL_VERSION, verify, err);
    if (status != DL_OK) return status;
    size_t at = sizeof(dl_image_header);
    if (file->map.size < at + sizeof c) return bad(file, file->map.size, err, "the file ends inside its table of contents");
    memcpy(&c, file->map.bytes + at, sizeof c);
    if (!inside(file, c.tensor_offset, (uint64_t)c.tensors * sizeof(dl_tensor_record), 8)) return bad(file, at + 8, err, "the tensor directory lies outside the file");
    if (!inside(file, c.parameter_offset, (uint64_t)c.parameters * sizeof(dl_parameter_record), 8))
        return bad(file, at + 16, err, "the parameters lie outside the file");
    if (!inside(file, c.names_offset, c.names_size, 1)) return bad(file, at + 24, err, "the names lie outside the file");
    if (!inside(file, c.card_offset, c.card_size, 1)) return bad(file, at + 40, err, "the card lies outside the file");
    const char *text = (const char *)file->map.bytes;
    file->tensors = (const void *)(file->map.bytes + c.tensor_offset);
    file->parameters = (const void *)(file->map.bytes + c.parameter_offset);
    file->tensor_count = c.tensors;
    file->parameter_count = c.parameters;
    file->names = (dl_str){text + c.names_offset, c.names_size};
    file->card = (dl_str){text + c.card_offset, c.card_size};
    for (uint32_t i = 0; i < c.tensors && status == DL_OK; i++) status = check_tensor(file, &file->tensors[i], err);
    return status == DL_OK ? check_parameters(file, err) : status;
}

static const dl_tensor_record *find(const dl_model_file *file, const char *name)
{
    size_t len = strlen(name);
    for (uint32_t i = 0; i < file->tensor_count; i++) {
        const dl_tensor_record *t = &file->tensors[i];
        if (t->name_len == len && memcmp(file->names.ptr + t->name, name, len) == 0) return t;
    }
    return NULL;
}

bool dl_file_has(const dl_model_file *file, const char *format, ...)
{
    char name[NAME_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(name, sizeof name, format, args);
    va_end(args);
    return find(file, name) != NULL;
}

dl_status dl_file_parameter(const dl_model_file *file, const char *name, int64_t low, int64_t high, uint32_t *out, dl_error *err)
{
    for (uint32_t i = 0; i < file->parameter_count; i++) {
        const dl_parameter_record *p = &file->parameters[i];
        if (!dl_str_eq(dl_str_of(name), dl_str_slice(file->names, p->name, p->name + p->name_len))) continue;
        size_t at = (size_t)((const unsigned char *)&p->value - file->map.bytes);
        if (p->value < low || p->value > high)
            return dl_fail(err, DL_BAD_DATA, file->source, at, "parameter '%s' is %lld, not %lld to %lld", name, (long long)p->value,
                           (long long)low, (long long)high);
        *out = (uint32_t)p->value;
        return DL_OK;
    }
    return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "there is no parameter '%s'", name);
}

dl_status dl_file_tensor(const dl_model_file *file, const char *name, dl_element element, uint32_t rows, uint32_t columns,
                         const dl_tensor_record **out, dl_error *err)
{
    const dl_tensor_record *t = find(file, name);
    if (!t) return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "there is no tensor '%s'", name);
    size_t at = record_offset(file, t);
    if (t->element != element) return dl_fail(err, DL_BAD_DATA, file->source, at + 8, "tensor '%s' has another element type", name);
    bool flat = columns == DL_RANK_1;
    bool fits = t->rank == (flat ? 1u : 2u) && (!rows || t->shape[0] == rows) && (flat || !columns || t->shape[1] == columns);
    if (!fits) return dl_fail(err, DL_BAD_DATA, file->source, at + 12, "tensor '%s' has another shape", name);
    *out = t;
    return DL_OK;
}

dl_status dl_file_floats(const dl_model_file *file, const char *name, uint32_t rows, uint32_t columns, const float **out, dl_error *err)
{
    const dl_tensor_record *t;
    dl_status status = dl_file_tensor(file, name, DL_F32, rows, columns, &t, err);
    if (status != DL_OK) return status;
    const float *values = dl_file_data(file, t);
    for (size_t i = 0; i < t->size / sizeof *values; i++)
        if (!(fabsf(values[i]) <= 65536.0f))
            return dl_fail(err, DL_BAD_DATA, file->source, (size_t)t->offset + i * sizeof *values, "tensor '%s' holds a number that is not finite or too large", name);
    *out = values;
    return DL_OK;
}

dl_status dl_file_strings(const dl_model_file *file, const char *name, dl_strings *out, dl_error *err)
{
    const dl_tensor_record *t;
    dl_status status = dl_file_tensor(file, name, DL_STRINGS, 0, DL_RANK_1, &t, err);
    if (status != DL_OK) return status;
    uint64_t count = t->shape[0], table = (count + 1) * sizeof(uint32_t);
    if (count == 0) return dl_fail(err, DL_BAD_DATA, file->source, record_offset(file, t) + 16, "there are no strings in '%s'", name);
    if (table > t->size) return dl_fail(err, DL_BAD_DATA, file->source, record_offset(file, t) + 40, "strings '%s' end inside their table", name);
    *out = (dl_strings){dl_file_data(file, t), (const char *)dl_file_data(file, t) + table, (uint32_t)count};
    for (uint64_t i = 0; i <= count; i++)
        if (out->start[i] > t->size - table || (i && out->start[i] < out->start[i - 1]))
            return dl_fail(err, DL_BAD_DATA, file->source, (size_t)(t->offset + i * sizeof(uint32_t)), "a string of '%s' lies outside", name);
    return DL_OK;
}

dl_status dl_file_linear(const dl_model_file *file, const char *name, uint32_t in, uint32_t out_width, dl_linear *out, dl_error *err)
{
    char part[NAME_SIZE + 8];
    snprintf(part, sizeof part, "%s.weight", name);
    const dl_tensor_record *t = find(file, part);
    if (!t) return dl_fail(err, DL_BAD_DATA, file->source, sizeof(dl_image_header), "there is no tensor '%s'", part);
    uint32_t panels = t->shape[0];
    bool fits = t->element == DL_I8 && t->rank == 4 && panels <= (1u << 20) && t->shape[1] == in / 4 && t->shape[2] == 16 && t->shape[3] == 4;
    if (!fits || in % DL_LANES != 0 || (out_width && panels != (out_width + 15) / 16))
        return dl_fail(err, DL_BAD_DATA, file->source, record_offset(file, t) + 8, "tensor '%s' has another type or shape", part);
    *out = (dl_linear){.weight = dl_file_data(file, t), .in = in, .panels = panels};
    snprintf(part, sizeof part, "%s.scale", name);
    dl_status status = dl_file_floats(file, part, panels * DL_LANES, DL_RANK_1, &out->scale, err);
    snprintf(part, sizeof part, "%s.bias", name);
    return status == DL_OK ? dl_file_floats(file, part, panels * DL_LANES, DL_RANK_1, &out->bias, err) : status;
}
