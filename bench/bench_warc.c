/* bench_warc.c - how fast web archives are read: bytes of the archive unpacked, in a second of this program's own time.
 *
 * The archives are made in memory: pages of 60 KB of HTML-like text, each with a request and a picture beside it, as crawls have them. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <zlib.h>

#include "dateline/feeds.h"
#include "feeds/http.h"

enum { PAGES = 2000, PAGE = 60000, PICTURE = 30000 };

static unsigned next_random(unsigned *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

static void put(http_bytes *out, const char *bytes, size_t len)
{
    if (!http_reserve(out, len)) exit(1);
    memcpy(out->ptr + out->len, bytes, len);
    out->len += len;
}

static void put_record(http_bytes *out, const char *kind, int number, const char *head, const http_bytes *body)
{
    char fields[512];
    size_t len = (size_t)snprintf(fields, sizeof fields, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: https://news.example/%d\r\nWARC-Date: 2025-10-14T09:00:00Z\r\nContent-Length: %zu\r\n\r\n%s",
                                  kind, number, strlen(head) + body->len, head);
    put(out, fields, len);
    put(out, (const char *)body->ptr, body->len);
    put(out, "\r\n\r\n", 4);
}

static void make_page(http_bytes *page, unsigned *seed)
{
    static const char *const words[] = {"<p>", "</p>\n", "the ", "shelling ", "of ", "a ", "market ", "in ", "killed ", "<div class=\"story\">", "</div>", "officials ", "said ", "on ", "Monday ", "and "};
    page->len = 0;
    while (page->len < PAGE) {
        unsigned r = next_random(seed) >> 8;
        const char *word = words[r % 16];
        char name[16];
        put(page, word, strlen(word));
        if (r % 5 == 0) put(page, name, (size_t)snprintf(name, sizeof name, "%x ", r));
    }
}

static void pack(http_bytes *out, const http_bytes *record)
{
    z_stream z = {0};
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK || !http_reserve(out, deflateBound(&z, record->len))) exit(1);
    z.next_in = record->ptr, z.avail_in = (unsigned)record->len;
    z.next_out = out->ptr + out->len, z.avail_out = (unsigned)(out->capacity - out->len);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) exit(1);
    out->len += z.total_out;
    deflateEnd(&z);
}

static int64_t read_memory(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    const http_bytes *all = context;
    if (offset >= all->len) return 0;
    if (room > all->len - offset) room = all->len - (size_t)offset;
    memcpy(out, all->ptr + offset, room);
    return (int64_t)room;
}

static double user_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static void measure(const char *what, http_bytes *file, size_t unpacked)
{
    dl_archive *archive;
    dl_archived_page page;
    bool more = true;
    double started = user_seconds();
    dl_archive_input input = {read_memory, file, file->len, false};
    if (dl_archive_open(&archive, &input, what, NULL) != DL_OK) exit(1);
    while (more && dl_archive_next(archive, &page, &more, NULL) == DL_OK) {}
    double seconds = user_seconds() - started;
    printf("%-10s %6.1f MB, unpacked %6.1f MB, %llu pages: %6.0f MB/s unpacked, %6.0f MB/s of the file\n", what, (double)file->len / 1e6, (double)unpacked / 1e6,
           (unsigned long long)dl_archive_count(archive).pages, (double)unpacked / 1e6 / seconds, (double)file->len / 1e6 / seconds);
    dl_archive_close(archive);
}

int main(void)
{
    http_bytes plain = {0}, packed = {0}, record = {0}, page = {0}, picture = {0};
    unsigned seed = 7;
    for (int i = 0; i < PAGES; i++) {
        make_page(&page, &seed);
        picture.len = 0;
        while (picture.len < PICTURE) put(&picture, (const char *)&(unsigned){next_random(&seed)}, 4);
        for (int kind = 0; kind < 2; kind++) {
            record.len = 0;
            put_record(&record, "response", 2 * i + kind, kind ? "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", kind ? &picture : &page);
            put(&plain, (const char *)record.ptr, record.len);
            pack(&packed, &record);
        }
    }
    measure("warc", &plain, plain.len);
    measure("warc.gz", &packed, plain.len);
    free(plain.ptr), free(packed.ptr), free(record.ptr), free(page.ptr), free(picture.ptr);
    return 0;
}
