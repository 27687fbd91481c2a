/* error.c - filling the caller's dl_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

dl_status dl_fail(dl_error *err, dl_status status, const char *source, size_t offset, const char *format, ...)
{
    if (!err) return status;
    err->status = status;
    err->offset = offset;
    snprintf(err->source, sizeof err->source, "%s", source ? source : "");
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

dl_status dl_fail_memory(dl_error *err)
{
    return dl_fail(err, DL_NO_MEMORY, NULL, 0, "out of memory");
}

const char *dl_version(void)
{
    return DATELINE_VERSION;
}

const char *dl_status_name(dl_status status)
{
    static const char *const names[] = {"done", "out of memory", "bad data", "input/output error",
                                        "limit reached", "wrong use"};
    return (unsigned)status < sizeof names / sizeof *names ? names[status] : "unknown status";
}
