/* zip.c - the members of a ZIP file.
 *
 * The directory at the file's end is what counts. Every offset and size in it is held against the file's size before it is used. */
#include "feeds/zip.h"

#include <errno.h>
#include <stdlib.h>

#include "base/error.h"

enum {
    END_SIZE = 22, END64_SIZE = 56, LOCATOR_SIZE = 20, ENTRY_SIZE = 46, LOCAL_SIZE = 30, MOST_COMMENT = 65535,
    MOST_DIRECTORY = 256 * 1024 * 1024, BUFFER = 128 * 1024
};

static uint64_t number(const unsigned char *at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;) value = value << 8 | at[i];
    return value;
}

static bool signature(const unsigned char *at, const char *kind)
{
    return at[0] == 'P' && at[1] == 'K' && at[2] == (unsigned char)kind[0] && at[3] == (unsigned char)kind[1];
}

/* Exactly `len` bytes at `offset`. */
static bool read_all(const dl_archive_input *input, uint64_t offset, unsigned char *out, size_t len)
{
    for (size_t done = 0; done < len;) {
        int64_t got = input->read(input->context, offset + done, out + done, len - done);
        if (got <= 0) return false;
        done += (size_t)got;
    }
    return true;
}

/* ---- the directory ---- */

typedef struct directory {
    uint64_t offset, size;
} directory;

/* ZIP64: a locator stands before the end record and tells where a larger one is. */
static bool larger_end(const dl_archive_input *input, uint64_t end, directory *out)
{
    unsigned char locator[LOCATOR_SIZE], record[END64_SIZE];
    if (end < LOCATOR_SIZE || !read_all(input, end - LOCATOR_SIZE, locator, sizeof locator) || !signature(locator, "\6\7")) return false;
    uint64_t at = number(locator + 8, 8);
    if (at > end || end - at < END64_SIZE || !read_all(input, at, record, sizeof record) || !signature(record, "\6\6")) return false;
    *out = (directory){number(record + 48, 8), number(record + 40, 8)};
    return true;
}

static bool find_directory(const dl_archive_input *input, dl_arena *arena, directory *out)
{
    size_t len = input->size < END_SIZE + MOST_COMMENT ? (size_t)input->size : END_SIZE + MOST_COMMENT;
    uint64_t from = input->size - len;
    unsigned char *tail = dl_arena_alloc_raw(arena, len + 1);
    if (!tail || len < END_SIZE || !read_all(input, from, tail, len)) return false;
    for (size_t at = len - END_SIZE + 1; at-- > 0;) {
        if (!signature(tail + at, "\5\6")) continue;
        *out = (directory){number(tail + at + 16, 4), number(tail + at + 12, 4)};
        if (out->offset == UINT32_MAX || out->size == UINT32_MAX) larger_end(input, from + at, out);
        return out->offset <= from + at && out->size <= from + at - out->offset;
    }
    return false;
}

/* ZIP64's extra field: those of size, packed size and offset that did not fit, in this order. */
static void large_numbers(const unsigned char *extra, size_t len, zip_entry *entry)
{
    while (len >= 4) {
        size_t id = (size_t)number(extra, 2), size = (size_t)number(extra + 2, 2);
        if (size > len - 4) return;
        if (id == 1) {
            uint64_t *fields[] = {&entry->size, &entry->packed, &entry->header};
            for (size_t i = 0, at = 0; i < 3 && at + 8 <= size; i++)
                if (*fields[i] == UINT32_MAX) *fields[i] = number(extra + 4 + at, 8), at += 8;
            return;
        }
        extra += 4 + size;
        len -= 4 + size;
    }
}

/* The entry at `at`, and its length in the directory; 0 if it is not sound. */
static size_t read_entry(const unsigned char *at, size_t len, zip_entry *out)
{
    if (len < ENTRY_SIZE || !signature(at, "\1\2")) return 0;
    size_t name = (size_t)number(at + 28, 2), extra = (size_t)number(at + 30, 2), comment = (size_t)number(at + 32, 2);
    if (name + extra + comment > len - ENTRY_SIZE) return 0;
    *out = (zip_entry){.name = {(const char *)at + ENTRY_SIZE, name}, .header = number(at + 42, 4), .packed = number(at + 20, 4),
                       .size = number(at + 24, 4), .method = (int)number(at + 10, 2), .encrypted = number(at + 8, 2) & 1};
    large_numbers(at + ENTRY_SIZE + name, extra, out);
    return ENTRY_SIZE + name + extra + comment;
}

dl_status zip_list(const dl_archive_input *input, const char *source, zip_wanted *wanted, dl_arena *arena, const zip_entry **entries, size_t *count,
                   dl_error *err)
{
    DL_VEC(zip_entry) found = {0};
    directory dir;
    if (!find_directory(input, arena, &dir)) return dl_fail(err, DL_BAD_DATA, source, 0, "the ZIP file has no directory at its end");
    if (dir.size > MOST_DIRECTORY) return dl_fail(err, DL_LIMIT, source, (size_t)dir.offset, "the ZIP file's directory is too large");
    unsigned char *bytes = dl_arena_alloc_raw(arena, (size_t)dir.size + 1);
    if (!bytes) return dl_fail_memory(err);
    if (!read_all(input, dir.offset, bytes, (size_t)dir.size)) return dl_fail(err, DL_IO, source, (size_t)dir.offset, "the ZIP file's directory cannot be read");
    for (size_t at = 0, len; at < dir.size; at += len) {
        zip_entry entry, *kept;
        len = read_entry(bytes + at, (size_t)dir.size - at, &entry);
        if (!len) return dl_fail(err, DL_BAD_DATA, source, (size_t)(dir.offset + at), "the ZIP file's directory is damaged");
        if (!wanted(entry.name)) continue;
        if (!(kept = DL_VEC_PUSH(arena, &found))) return dl_fail_memory(err);
        *kept = entry;
    }
    *entries = found.items;
    *count = found.count;
    return DL_OK;
}

/* ---- a member ---- */

dl_status zip_member_open(zip_member *out, const dl_archive_input *input, const char *source, const zip_entry *entry, dl_error *err)
{
    unsigned char local[LOCAL_SIZE];
    *out = (zip_member){.file = *input, .entry = entry};
    size_t at = (size_t)entry->header;
    if (entry->encrypted) return dl_fail(err, DL_BAD_DATA, source, at, "the member is encrypted");
    if (entry->method != 0 && entry->method != 8) return dl_fail(err, DL_BAD_DATA, source, at, "the member is packed in a way (%d) that is not known", entry->method);
    if (entry->header > input->size || input->size - entry->header < LOCAL_SIZE || !read_all(input, entry->header, local, sizeof local) || !signature(local, "\3\4"))
        return dl_fail(err, DL_BAD_DATA, source, at, "the member is not where the directory says");
    out->data = entry->header + LOCAL_SIZE + number(local + 26, 2) + number(local + 28, 2);
    if (out->data > input->size || entry->packed > input->size - out->data) return dl_fail(err, DL_BAD_DATA, source, at, "the member leads beyond the end of the file");
    if (entry->method == 0) return DL_OK;
    out->buffer = malloc(BUFFER);
    out->inflating = out->buffer && inflateInit2(&out->z, -15) == Z_OK;
    if (out->inflating) return DL_OK;
    zip_member_close(out);
    return dl_fail_memory(err);
}

void zip_member_close(zip_member *member)
{
    if (member->inflating) inflateEnd(&member->z);
    free(member->buffer);
    member->buffer = NULL;
    member->inflating = false;
}

static int64_t read_stored(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    const zip_member *member = context;
    uint64_t size = member->entry->packed;
    if (offset >= size) return 0;
    return member->file.read(member->file.context, member->data + offset, out, room < size - offset ? room : (size_t)(size - offset));
}

static int64_t unpack(zip_member *member, unsigned char *out, size_t room)
{
    member->z.next_out = out, member->z.avail_out = (unsigned)(room < BUFFER ? room : BUFFER);
    for (unsigned wanted = member->z.avail_out; member->z.avail_out == wanted;) {
        if (!member->z.avail_in) {
            uint64_t left = member->entry->packed - member->taken;
            int64_t got = left ? member->file.read(member->file.context, member->data + member->taken, member->buffer, left < BUFFER ? (size_t)left : BUFFER) : 0;
            if (got <= 0) return got;
            member->taken += (uint64_t)got;
            member->z.next_in = member->buffer, member->z.avail_in = (unsigned)got;
        }
        int code = inflate(&member->z, Z_NO_FLUSH);
        if (code == Z_STREAM_END || (code != Z_OK && code != Z_BUF_ERROR)) { /* damaged data end here, and in the middle of a record */
            member->taken = member->entry->packed, member->z.avail_in = 0;
            break;
        }
    }
    return member->z.next_out - out;
}

static int64_t read_deflated(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    zip_member *member = context;
    if (offset < member->at) {
        errno = ESPIPE;
        return -1;
    }
    for (;;) {
        uint64_t ahead = offset - member->at;
        int64_t got = unpack(member, out, ahead && ahead < room ? (size_t)ahead : room);
        if (got <= 0) return got;
        member->at += (uint64_t)got;
        if (!ahead) return got;
    }
}

dl_archive_input zip_member_input(zip_member *member)
{
    bool stored = member->entry->method == 0;
    return (dl_archive_input){stored ? read_stored : read_deflated, member, stored ? member->entry->packed : member->entry->size, !stored};
}
