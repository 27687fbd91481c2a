/* paths.c - where the data lies. */
#include "engine/paths.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

dl_status dl_path_join(char out[DL_PATH_SIZE], const char *dir, const char *name, dl_error *err)
{
    int len = snprintf(out, DL_PATH_SIZE, "%s/%s", dir, name);
    return len > 0 && len < DL_PATH_SIZE ? DL_OK : dl_fail(err, DL_LIMIT, dir, 0, "the path is too long");
}

/* The folder of the object that this code was loaded from: the shared library, or the command itself. */
static bool own_folder(char out[DL_PATH_SIZE])
{
    Dl_info info;
    char real[DL_PATH_SIZE];
    static const char here;
    if (!dladdr(&here, &info) || !info.dli_fname) return false;
    if (!realpath(strchr(info.dli_fname, '/') ? info.dli_fname : "/proc/self/exe", real)) return false;
    char *slash = strrchr(real, '/');
    if (!slash) return false;
    *slash = '\0';
    return snprintf(out, DL_PATH_SIZE, "%s", real) < DL_PATH_SIZE;
}

static bool holds_data(char path[DL_PATH_SIZE], const char *folder, const char *below)
{
    char file[DL_PATH_SIZE];
    return dl_path_join(path, folder, below, NULL) == DL_OK &&
           dl_path_join(file, path, "dateline.lexicon", NULL) == DL_OK && access(file, R_OK) == 0;
}

dl_status dl_data_dir(char out[DL_PATH_SIZE], const char *given, dl_error *err)
{
    static const char *const places[] = {"data", "../data", "../share/dateline", "../../share/dateline"};
    if (!given || !*given) given = getenv("DATELINE_DATA");
    if (given && *given)
        return snprintf(out, DL_PATH_SIZE, "%s", given) < DL_PATH_SIZE
                   ? DL_OK
                   : dl_fail(err, DL_LIMIT, NULL, 0, "the path of the data is too long");
    char folder[DL_PATH_SIZE];
    if (own_folder(folder))
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            if (holds_data(out, folder, places[i])) return DL_OK;
    return dl_fail(err, DL_IO, "dateline.lexicon", 0, "the data was not found; set DATELINE_DATA to its folder");
}
