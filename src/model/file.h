/* file.h - the directory of a model file (docs/model-format.md): tensors, parameters and strings by name, each checked
 * when it is asked for. */
#ifndef DL_MODEL_FILE_H
#define DL_MODEL_FILE_H

#include "base/map.h"
#include "base/str.h"
#include "model/kernels.h"

#define DL_MODEL_MAGIC "DLMODEL1"
enum { DL_MODEL_VERSION = 1 };

typedef enum dl_element { DL_F32 = 1, DL_I8, DL_I32, DL_U8, DL_STRINGS, DL_ELEMENT_END } dl_element;

typedef struct dl_tensor_record { /* as in the file */
    uint32_t name, name_len, element, rank, shape[4];
    uint64_t offset, size, reserved[2];
} dl_tensor_record;

typedef struct dl_parameter_record { /* as in the file */
    uint32_t name, name_len;
    int64_t value;
} dl_parameter_record;

typedef struct dl_model_file {
    dl_map map;
    const char *source; /* for messages */
    const dl_tensor_record *tensors;
    const dl_parameter_record *parameters;
    uint32_t tensor_count, parameter_count;
    dl_str names, card;
} dl_model_file;

typedef struct dl_strings {
    const uint32_t *start; /* [count + 1] */
    const char *bytes;
    uint32_t count;
} dl_strings;

static inline dl_str dl_strings_at(const dl_strings *strings, size_t i)
{
    return (dl_str){strings->bytes + strings->start[i], strings->start[i + 1] - strings->start[i]};
}

/* Checks the directory of the image in file->map. */
dl_status dl_model_file_read(dl_model_file *file, bool verify, dl_error *err);

/* Whether there is a tensor of that name. Names are given as a format. */
bool dl_file_has(const dl_model_file *file, const char *format, ...) DL_PRINTF(2, 3);
/* The value of a parameter that must be there and lie in [low, high]. */
dl_status dl_file_parameter(const dl_model_file *file, const char *name, int64_t low, int64_t high, uint32_t *out, dl_error *err);
/* A tensor that must be there, with this element type and shape; rows or columns 0: any (told in the record). Rank 1 when
 * columns is DL_RANK_1. */
#define DL_RANK_1 UINT32_MAX
dl_status dl_file_tensor(const dl_model_file *file, const char *name, dl_element element, uint32_t rows, uint32_t columns,
                         const dl_tensor_record **out, dl_error *err);
static inline const void *dl_file_data(const dl_model_file *file, const dl_tensor_record *tensor)
{
    return file->map.bytes + tensor->offset;
}
/* Floats, all finite and at most 65536 in magnitude. */
dl_status dl_file_floats(const dl_model_file *file, const char *name, uint32_t rows, uint32_t columns, const float **out, dl_error *err);
dl_status dl_file_strings(const dl_model_file *file, const char *name, dl_strings *out, dl_error *err);
/* The three tensors of a linear layer; `out_width` 0: any. Its start sums are not set. */
dl_status dl_file_linear(const dl_model_file *file, const char *name, uint32_t in, uint32_t out_width, dl_linear *out, dl_error *err);

#endif
