/* library.h - shared libraries that one command alone needs, loaded when it first needs them.
 *
 * Who reads files should neither wait for the TLS libraries that fetching pages brings along nor hold their memory, nor need them installed. The
 * caller's table of function pointers has the types of the library's own header:
 *
 *     #define FUNCTIONS(F) F(easy_init) F(easy_cleanup)
 *     typedef struct curl_api {
 *     #define FIELD(name) __typeof__(curl_##name) *name;
 *         FUNCTIONS(FIELD)
 *     } curl_api; */
#ifndef DL_BASE_LIBRARY_H
#define DL_BASE_LIBRARY_H

#include "dateline/base.h"

typedef struct library_function {
    const char *name;
    size_t at; /* of its pointer in the table */
} library_function;

/* Loads the first of the libraries `names` (ended by NULL) that is there, and fills in `table`. The library stays loaded until the process
 * ends. `for_what` goes into the message when it is missing: "libcurl.so.4 is needed for ...". */
dl_status library_load(const char *const *names, const char *for_what, const library_function *functions, size_t count, void *table, dl_error *err);

/* Tells those who look for a program's libraries without running it (packagers' tools, `readelf --notes`) what is loaded later on: an
 * ELF note as in https://systemd.io/ELF_DLOPEN_METADATA/. `json` is a string literal. */
#ifdef __ELF__
#define LIBRARY_NOTE(name, json)                                                                          \
    __attribute__((used, section(".note.dlopen"), aligned(4))) static const struct {                       \
        uint32_t owner_size, size, type;                                                                  \
        char owner[4];                                                                                    \
        __attribute__((aligned(4))) char text[sizeof(json)];                                              \
    } name = {4, sizeof(json), 0x407c0c0a, "FDO", json}
#else
#define LIBRARY_NOTE(name, json) struct library_note
#endif

#endif
