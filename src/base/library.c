/* library.c - shared libraries that one command alone needs, loaded when it first needs them. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/error.h"

static void *open_first(const char *const *names, const char **found)
{
    void *library = NULL;
    for (size_t i = 0; names[i] && !library; i++) {
        *found = names[i];
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    }
    return library;
}

dl_status library_load(const char *const *names, const char *for_what, const library_function *functions, size_t count, void *table, dl_error *err)
{
    const char *name = names[0];
    void *library = open_first(names, &name);
    if (!library) {
        const char *why = dlerror();
        return dl_fail(err, DL_IO, NULL, 0, "%s is needed %s, and cannot be loaded: %s", names[0], for_what, why ? why : "no reason is told");
    }
    for (size_t i = 0; i < count; i++) {
        void *function = dlsym(library, functions[i].name);
        if (!function) return dl_fail(err, DL_IO, NULL, 0, "%s is too old %s: it has no %s", name, for_what, functions[i].name);
        memcpy((char *)table + functions[i].at, &function, sizeof function); /* POSIX: a function's address is one of data, too */
    }
    return DL_OK;
}
