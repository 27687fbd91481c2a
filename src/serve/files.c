/* files.c - the page's own files, and those of others' that the page names.
 *
 * A path is walked folder by folder, each opened below the one before and no link followed, so that none leads out of the page's folder. Names
 * are of letters, digits, '.', '_', '-' and '@' and do not begin with a point. Of other people's code under node_modules only the files that
 * vendor.txt names are given: a line is the address and the path below the page's folder. Installed, they lie in vendor/ itself. */
#include "serve/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 * 1024 * 1024, LONGEST_NAME = 120 };

static const char *type_of(dl_str name)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"}, {".json", "application/json"}, {".svg", "image/svg+xml"}, {".png", "image/png"},
        {".webp", "image/webp"}, {".ico", "image/x-icon"}, {".woff2", "font/woff2"}, {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"}, {".map", "application/json"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (dl_str_ends(name, types[i][0])) return types[i][1];
    return NULL;
}

static bool is_name(dl_str name)
{
    if (!name.len || name.len > LONGEST_NAME || name.ptr[0] == '.') return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (!dl_ascii_alpha(c) && !dl_ascii_digit(c) && !strchr("._-@", c)) return false;
    }
    return true;
}

/* Opens the regular file at `path` below `folder`; -1 where there is none. */
static int open_below(int folder, dl_str path, struct stat *info)
{
    dl_str name;
    char text[LONGEST_NAME + 1];
    int at = dup(folder);
    while (at >= 0 && path.len && dl_str_next(&path, '/', &name)) {
        if (!is_name(name)) break;
        memcpy(text, name.ptr, name.len);
        text[name.len] = '\0';
        int below = openat(at, text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (path.len ? O_DIRECTORY : 0));
        close(at);
        at = below;
        if (!path.len) {
            if (at >= 0 && fstat(at, info) == 0 && S_ISREG(info->st_mode) && info->st_size <= LARGEST) return at;
            break;
        }
    }
    if (at >= 0) close(at);
    return -1;
}

static bool read_all(int file, size_t size, dl_json_out *out)
{
    char *bytes = malloc(size + 1);
    size_t have = 0;
    while (bytes && have < size) {
        ssize_t got = read(file, bytes + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        have += (size_t)got;
    }
    if (have < size || !bytes) {
        free(bytes);
        return false;
    }
    *out = (dl_json_out){.bytes = bytes, .len = size, .capacity = size + 1};
    return true;
}

/* The path that vendor.txt gives for the address ("vendor/leaflet.js"); in the arena. */
static dl_str vendor_path(int web, dl_str address, dl_arena *arena)
{
    struct stat info;
    dl_json_out list = {0};
    dl_str rest, line, key, path = {0};
    int file = open_below(web, DL_STR("vendor.txt"), &info);
    if (file < 0) return path;
    bool ready = read_all(file, (size_t)info.st_size, &list);
    close(file);
    rest = (dl_str){list.bytes, ready ? list.len : 0};
    while (!path.ptr && rest.len && dl_str_next(&rest, '\n', &line)) {
        line = dl_str_trim(line);
        char parting = memchr(line.ptr, '\t', line.len) ? '\t' : ' ';
        if (!line.len || line.ptr[0] == '#' || !dl_str_next(&line, parting, &key)) continue;
        if (key.len && key.ptr[0] == '/') key = dl_str_slice(key, 1, key.len);
        line = dl_str_trim(line);
        if (dl_str_eq(key, address) && dl_str_starts(line, "node_modules/")) path = dl_arena_str(arena, line);
    }
    dl_json_out_free(&list);
    return path;
}

static int open_path(int web, dl_str path, dl_arena *arena, struct stat *info)
{
    dl_str first, rest = path;
    int file;
    bool vendor = dl_str_next(&rest, '/', &first) && dl_str_is(first, "vendor");
    if (dl_str_is(first, "node_modules") || dl_str_is(first, "vendor.txt")) return -1;
    if ((file = open_below(web, path, info)) >= 0 || !vendor) return file;
    dl_str other = vendor_path(web, path, arena);
    return other.ptr ? open_below(web, other, info) : -1;
}

/* A last part without a point is no file but a view of the page. */
static bool is_view(dl_str path)
{
    return !memchr(path.ptr, '.', path.len);
}

void serve_file(int web, serve_request *request, serve_answer *answer)
{
    struct stat info;
    dl_str path = dl_str_slice(request->path, 1, request->path.len);
    if (!path.len || is_view(path)) path = DL_STR("index.html");
    const char *type = type_of(path);
    int file = web >= 0 && type ? open_path(web, path, &request->arena, &info) : -1;
    if (file < 0) {
        answer_problem(answer, 404, web < 0 ? "the page is not installed; the API lies under /api/v1/" : "there is no such file");
        return;
    }
    snprintf(answer->etag, sizeof answer->etag, "W/\"f%llx-%llx-%llx\"", (unsigned long long)info.st_mtim.tv_sec,
             (unsigned long long)info.st_mtim.tv_nsec, (unsigned long long)info.st_size);
    answer->type = type;
    answer->cache = "no-cache";
    answer->status = dl_str_is(request->if_none_match, answer->etag) ? 304 : 200;
    if (answer->status == 200 && !read_all(file, (size_t)info.st_size, &answer->body)) answer_problem(answer, 503, "the file could not be read");
    close(file);
    bool text = dl_str_find(dl_str_of(type), DL_STR("text/"), 0) == 0 || dl_str_find(dl_str_of(type), DL_STR("json"), 0) != SIZE_MAX || dl_str_find(dl_str_of(type), DL_STR("svg"), 0) != SIZE_MAX;
    if (answer->status == 200 && text) answer_zip(answer, request);
}
