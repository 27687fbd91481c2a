/* fuzz_archive.c - WARC and WACZ readers: never read outside their input, end, and give places that can be gone on from. */
#include <string.h>

#include "dateline/feeds.h"

typedef struct memory {
    const uint8_t *bytes;
    size_t size;
} memory;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t read_memory(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    const memory *m = context;
    if (offset >= m->size) return 0;
    if (room > m->size - offset) room = m->size - (size_t)offset;
    memcpy(out, m->bytes + offset, room);
    return (int64_t)room;
}

static size_t read_all(dl_archive *archive, dl_archive_place *middle)
{
    dl_archived_page page;
    size_t pages = 0, sum = 0;
    for (bool more = true; more;) {
        dl_status status = dl_archive_next(archive, &page, &more, NULL);
        if (status == DL_BAD_DATA || status == DL_LIMIT) continue;
        if (status != DL_OK || !more) break;
        for (size_t i = 0; i < page.bytes.len; i += 64) sum += (unsigned char)page.bytes.ptr[i];
        if (pages++ == 0) *middle = page.next;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    memory whole = {data, size};
    dl_archive_place middle = {0};
    for (int sequential = 0; sequential < 2; sequential++) {
        dl_archive *archive;
        dl_archive_input input = {read_memory, &whole, sequential ? UINT64_MAX : size, sequential};
        if (dl_archive_open(&archive, &input, "fuzz", NULL) != DL_OK) continue;
        if (!sequential || dl_archive_seek(archive, &middle, NULL) != DL_OK) read_all(archive, &middle);
        dl_archive_close(archive);
    }
    dl_archive_is((dl_str){(const char *)data, size < 512 ? size : 512});
    return 0;
}
