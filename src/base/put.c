/* put.c - plain bytes into the growing output. */
#include "base/put.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void put_bytes(dl_json_out *out, dl_str bytes)
{
    bool comma = out->comma;
    out->comma = false;
    dl_json_raw(out, bytes.ptr ? bytes : DL_STR(""));
    out->comma = comma;
}

void put_format(dl_json_out *out, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);
    if (len < 0) {
        out->failed = true;
        return;
    }
    put_bytes(out, (dl_str){text, (size_t)len});
    free(text);
}
