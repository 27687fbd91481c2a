/* archive.c - a WARC, or the WARCs inside a WACZ (Web Archive Collection Zipped 1.1), as one run of pages. */
#include <errno.h>
#include <stdlib.h>

#include "base/error.h"
#include "feeds/warc.h"
#include "feeds/zip.h"

struct dl_archive {
    dl_archive_input input;
    char *name;
    bool zip, opened; /* a WACZ; `warc` is open */
    dl_arena arena;
    const zip_entry *entries; /* of a WACZ: its WARCs */
    size_t entry_count, entry;
    zip_member member;
    char *member_name;
    warc warc;
    digest_set digests;
    dl_archive_counts count;
};

static bool is_archive_member(dl_str name)
{
    return dl_str_starts(name, "archive/") && (dl_str_ends(name, ".warc") || dl_str_ends(name, ".warc.gz"));
}

bool dl_archive_is(dl_str head)
{
    http_bytes plain = {0};
    if (warc_begins(head)) return true;
    if (!dl_str_starts(head, "\x1F\x8B")) return false;
    http_inflate(head, 15 + 16, &plain, 64 * 1024, NULL); /* fails at the end of what is there */
    bool found = plain.len && warc_begins((dl_str){(const char *)plain.ptr, plain.len});
    free(plain.ptr);
    return found;
}

static dl_status start_warc(dl_archive *a, const dl_archive_input *input, const char *name, dl_error *err)
{
    dl_status status = warc_open(&a->warc, input, name, err);
    a->warc.digests = &a->digests;
    a->warc.count = &a->count;
    a->opened = status == DL_OK;
    return status;
}

static dl_status start_member(dl_archive *a, dl_error *err)
{
    const zip_entry *entry = &a->entries[a->entry];
    free(a->member_name);
    a->member_name = malloc(strlen(a->name) + entry->name.len + 2);
    if (!a->member_name) return dl_fail_memory(err);
    char *end = stpcpy(stpcpy(a->member_name, a->name), "/");
    memcpy(end, entry->name.ptr, entry->name.len);
    end[entry->name.len] = 0;
    dl_status status = zip_member_open(&a->member, &a->input, a->member_name, entry, err);
    if (status != DL_OK) return status;
    dl_archive_input input = zip_member_input(&a->member);
    return start_warc(a, &input, a->member_name, err);
}

static void end_member(dl_archive *a)
{
    if (a->opened) warc_close(&a->warc);
    if (a->zip) zip_member_close(&a->member);
    a->opened = false;
}

static dl_status open_zip(dl_archive *a, dl_error *err)
{
    a->zip = true;
    if (a->input.sequential) return dl_fail(err, DL_USAGE, a->name, 0, "a WACZ must be a file, not a pipe");
    dl_status status = zip_list(&a->input, a->name, is_archive_member, &a->arena, &a->entries, &a->entry_count, err);
    if (status == DL_OK && !a->entry_count) return dl_fail(err, DL_BAD_DATA, a->name, 0, "the ZIP file is no WACZ: it has no WARC in archive/");
    return status;
}

static dl_status open_any(dl_archive *a, dl_error *err)
{
    unsigned char head[4];
    bool whole = !a->input.sequential && a->input.read(a->input.context, 0, head, sizeof head) == sizeof head;
    if (whole && memcmp(head, "PK\3\4", 4) == 0) return open_zip(a, err);
    return start_warc(a, &a->input, a->name, err);
}

dl_status dl_archive_open(dl_archive **out, const dl_archive_input *input, const char *name, dl_error *err)
{
    *out = NULL;
    dl_archive *a = calloc(1, sizeof *a);
    if (!a) return dl_fail_memory(err);
    a->input = *input;
    a->name = strdup(name);
    dl_arena_init(&a->arena, 0);
    dl_status status = a->name ? open_any(a, err) : dl_fail_memory(err);
    if (status == DL_OK) *out = a;
    else dl_archive_close(a);
    return status;
}

void dl_archive_close(dl_archive *a)
{
    if (!a) return;
    end_member(a);
    digest_free(&a->digests);
    dl_arena_free(&a->arena);
    free(a->member_name);
    free(a->name);
    free(a);
}

dl_status dl_archive_seek(dl_archive *a, const dl_archive_place *place, dl_error *err)
{
    if (!place->member && !place->offset && !place->within) return DL_OK;
    if (a->input.sequential) return dl_fail(err, DL_USAGE, a->name, 0, "a pipe can't be gone on with");
    if (a->zip ? place->member >= a->entry_count : place->member > 0) return dl_fail(err, DL_BAD_DATA, a->name, 0, "the archive has no such member");
    a->entry = place->member;
    dl_status status = a->zip ? start_member(a, err) : DL_OK;
    if (status == DL_OK) warc_seek(&a->warc, place->offset, place->within);
    return status;
}

/* A member that can't be read is named, and the next one is gone on with. */
static dl_status next_of_zip(dl_archive *a, dl_archived_page *out, bool *more, dl_error *err)
{
    for (*more = false; a->entry < a->entry_count; a->entry++) {
        dl_status status = a->opened ? DL_OK : start_member(a, err);
        if (status == DL_OK) {
            status = warc_next(&a->warc, out, more, err);
            out->next.member = (uint32_t)a->entry;
            if (*more) return status;
        }
        end_member(a);
        if (status == DL_OK) continue;
        *more = true;
        a->count.damaged++;
        a->entry++;
        return status == DL_IO ? dl_fail(err, DL_BAD_DATA, a->member_name, 0, "the member cannot be read: %s", strerror(errno)) : status;
    }
    return DL_OK;
}

dl_status dl_archive_next(dl_archive *a, dl_archived_page *out, bool *more, dl_error *err)
{
    return a->zip ? next_of_zip(a, out, more, err) : warc_next(&a->warc, out, more, err);
}

dl_archive_counts dl_archive_count(const dl_archive *a)
{
    return a->count;
}
