/* error.h - filling the caller's dl_error. */
#ifndef DL_BASE_ERROR_H
#define DL_BASE_ERROR_H

#include "dateline/base.h"

/* Writes the error (if `err` is not NULL) and returns `status`, so that a fault is one line. */
dl_status dl_fail(dl_error *err, dl_status status, const char *source, size_t offset, const char *format, ...)
    DL_PRINTF(5, 6);
dl_status dl_fail_memory(dl_error *err);

#endif
