/* put.h - plain bytes into the growing output: lines that are no JSON. */
#ifndef DL_BASE_PUT_H
#define DL_BASE_PUT_H

#include "base/json.h"

void put_bytes(dl_json_out *out, dl_str bytes);
void put_format(dl_json_out *out, const char *format, ...) DL_PRINTF(2, 3);

#endif
