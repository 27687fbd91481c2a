/* follow_files.c - new and changed files, and archives from where they were left.
 *
 * A file is known by its path, size and time of change. An archive or NDJSON file that was left half-way is gone on with; so is one that has grown
 * since, if its beginning is as before. Any other changed file is read anew: what the store has of it already changes nothing there. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/follow.h"

enum { HEAD = 4096, DONE = 200 };

struct follow_files {
    const cli_settings *settings;
    dl_store *known;
    follow_counts *counts;
    input_list *all, *one; /* the files of the round; the one that is being read */
    cli_settings one_settings;
    const char *one_name;
    size_t next;
    dl_followed mark;      /* of the one; its strings are in these */
    char address[PATH_MAX + 8], place[80];
    bool marked, many, broken; /* it is to be marked; it holds many pages; it could not be read to its end */
};

follow_files *follow_files_new(const cli_settings *settings, dl_store *known, follow_counts *counts)
{
    follow_files *ff = calloc(1, sizeof *ff);
    if (!ff) return NULL;
    *ff = (follow_files){.settings = settings, .known = known, .counts = counts};
    ff->all = inputs_open(settings);
    if (ff->all) return ff;
    free(ff);
    return NULL;
}

void follow_files_free(follow_files *ff)
{
    if (!ff) return;
    inputs_close(ff->one);
    inputs_close(ff->all);
    free(ff);
}

/* ---- where to go on ---- */

static bool parse_place(dl_str text, dl_archive_place *out)
{
    dl_str fields[3];
    int64_t numbers[3];
    *out = (dl_archive_place){0};
    for (size_t i = 0; i < 3; i++)
        if (!dl_str_next(&text, ':', &fields[i]) || !dl_str_number(fields[i], &numbers[i])) return false;
    *out = (dl_archive_place){(uint32_t)numbers[0], (uint32_t)numbers[2], (uint64_t)numbers[1]};
    return true;
}

/* A hash of the first `len` bytes, at most HEAD. */
static int64_t head_digest(const char *name, int64_t len)
{
    char head[HEAD];
    int file = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : pread(file, head, len < HEAD ? (size_t)len : HEAD, 0);
    if (file >= 0) close(file);
    return got < 0 ? 0 : (int64_t)dl_hash(head, (size_t)got, 0);
}

/* Whether the file is to be read, and from where. A store that can't be asked is no reason to leave it out. */
static bool is_wanted(follow_files *ff, const char *name, dl_archive_place *from)
{
    dl_followed before;
    bool known;
    *from = (dl_archive_place){0};
    if (dl_store_followed(ff->known, ff->mark.address, &before, &known, NULL) != DL_OK || !known) return true;
    bool same = before.size == ff->mark.size && before.changed == ff->mark.changed;
    if (same && before.status == DONE) return false;
    bool grown = before.size < ff->mark.size && before.digest == head_digest(name, before.size);
    if ((same || grown) && before.place.ptr) parse_place(before.place, from);
    return true;
}

/* Sets the mark of a file that there is; what isn't one is left to whoever opens it. */
static void look_at(follow_files *ff, const char *name)
{
    char path[PATH_MAX];
    struct stat info;
    ff->marked = strcmp(name, "-") != 0 && realpath(name, path) && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    ff->mark = (dl_followed){0};
    if (!ff->marked) return;
    snprintf(ff->address, sizeof ff->address, "file:%s", path);
    ff->mark = (dl_followed){.address = dl_str_of(ff->address), .size = info.st_size, .seen = follow_now(ff->settings),
                             .changed = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec, .digest = head_digest(name, info.st_size)};
}

static bool open_next(follow_files *ff)
{
    while (ff->next < inputs_count(ff->all)) {
        const char *name = inputs_name(ff->all, ff->next++);
        dl_archive_place from = {0};
        look_at(ff, name);
        if (ff->marked && !is_wanted(ff, name, &from)) {
            ff->counts->same++;
            continue;
        }
        ff->one_name = name;
        ff->one_settings = *ff->settings;
        ff->one_settings.paths = &ff->one_name, ff->one_settings.path_count = 1;
        ff->one = inputs_open(&ff->one_settings);
        if (!ff->one) return false;
        inputs_resume(ff->one, &from);
        ff->counts->files++;
        ff->many = ff->broken = false;
        return true;
    }
    return false;
}

/* ---- items ---- */

static void set_mark(follow_files *ff, item *out)
{
    const dl_archive_place *place = &out->place;
    ff->many |= inputs_in_many(ff->one);
    ff->broken = out->status == DL_IO || out->status == DL_NO_MEMORY;
    if (!ff->marked || ff->broken || (ff->many && out->status != DL_OK)) return; /* the next page's place is behind a record that failed */
    ff->mark.status = ff->many ? 0 : DONE;
    snprintf(ff->place, sizeof ff->place, "%u:%llu:%u", place->member, (unsigned long long)place->offset, place->within);
    if (ff->many) ff->mark.place = dl_str_of(ff->place);
    out->mark = followed_copy(&ff->mark);
}

/* The last word on an archive: it was read to its end. */
static bool end_mark(follow_files *ff, item *out)
{
    inputs_close(ff->one);
    ff->one = NULL;
    if (!ff->marked || !ff->many || ff->broken) return false;
    ff->mark.status = DONE;
    *out = (item){.only_mark = true, .seen = INT64_MIN, .mark = followed_copy(&ff->mark)};
    dl_arena_init(&out->arena, 0);
    return true;
}

bool follow_files_next(follow_files *ff, item *out)
{
    for (;;) {
        if (!ff->one && !open_next(ff)) return false;
        if (inputs_next(ff->one, out)) {
            set_mark(ff, out);
            return true;
        }
        if (end_mark(ff, out)) return true;
    }
}
