/* thrift.h - Apache Thrift's compact protocol, as far as Parquet's headers and footer need it: structs, lists, whole numbers, strings. */
#ifndef DL_EXPORT_THRIFT_H
#define DL_EXPORT_THRIFT_H

#include "base/put.h"

typedef enum thrift_type { THRIFT_I32 = 5, THRIFT_I64 = 6, THRIFT_BINARY = 8, THRIFT_LIST = 9, THRIFT_STRUCT = 12 } thrift_type;

enum { THRIFT_DEPTH = 8 };

typedef struct thrift {
    dl_json_out *out;
    int16_t last[THRIFT_DEPTH]; /* field of each open struct that was written last: fields are told by the step from it */
    int depth;
} thrift;

void thrift_varint(dl_json_out *out, uint64_t value);
void thrift_open(thrift *t);                      /* a struct that is a list's element, or the outermost */
void thrift_close(thrift *t);
void thrift_struct(thrift *t, int field);         /* a struct in a field */
void thrift_i32(thrift *t, int field, int32_t value);
void thrift_i64(thrift *t, int field, int64_t value);
void thrift_text(thrift *t, int field, dl_str value);
void thrift_list(thrift *t, int field, thrift_type of, size_t count); /* its elements follow */
void thrift_element(thrift *t, int64_t value);    /* a whole number of a list */
void thrift_element_text(thrift *t, dl_str value);

#endif
