/* archive.c - the pages of WARC and WACZ files as inputs. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"

struct page_archive {
    char *name;
    int file; /* -1: a pipe */
    char *head;
    size_t head_len, head_at;
    read_on *read;
    void *context;
    dl_archive *archive;
    bool ended;
};

static int64_t read_file(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    const page_archive *a = context;
    ssize_t got;
    do got = pread(a->file, out, room, (off_t)offset);
    while (got < 0 && errno == EINTR);
    return got;
}

static int64_t read_from_pipe(void *context, uint64_t offset, unsigned char *out, size_t room)
{
    page_archive *a = context;
    size_t left = a->head_len - a->head_at;
    (void)offset; /* a pipe goes one way */
    if (!left) return a->read(a->context, out, room < INT32_MAX ? (unsigned)room : INT32_MAX);
    if (room > left) room = left;
    memcpy(out, a->head + a->head_at, room);
    a->head_at += room;
    return (int64_t)room;
}

bool is_archive_file(const char *name)
{
    char head[512];
    dl_str str = dl_str_of(name);
    int file = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    bool regular = file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode);
    ssize_t got = regular ? pread(file, head, sizeof head, 0) : -1;
    if (file >= 0) close(file);
    if (got < 4) return false;
    bool zip = memcmp(head, "PK\3\4", 4) == 0;
    return zip ? dl_str_ends(str, ".wacz") || dl_str_ends(str, ".zip") : dl_archive_is((dl_str){head, (size_t)got});
}

static page_archive *open_on(page_archive *a, const char *name, const dl_archive_input *input, dl_error *err)
{
    a->name = strdup(name);
    if (a->name && dl_archive_open(&a->archive, input, name, err) == DL_OK) return a;
    if (!a->name) dl_fail_memory(err);
    page_archive_close(a);
    return NULL;
}

page_archive *page_archive_open(const char *name, dl_error *err)
{
    page_archive *a = calloc(1, sizeof *a);
    struct stat info;
    if (!a) {
        dl_fail_memory(err);
        return NULL;
    }
    a->file = open(name, O_RDONLY | O_CLOEXEC);
    if (a->file < 0 || fstat(a->file, &info) != 0) {
        dl_fail(err, DL_IO, name, 0, "%s", strerror(errno));
        page_archive_close(a);
        return NULL;
    }
    dl_archive_input input = {read_file, a, (uint64_t)info.st_size, false};
    return open_on(a, name, &input, err);
}

page_archive *page_archive_open_pipe(const char *name, char *head, size_t head_len, read_on *read, void *context, dl_error *err)
{
    page_archive *a = calloc(1, sizeof *a);
    if (!a) {
        free(head);
        dl_fail_memory(err);
        return NULL;
    }
    *a = (page_archive){.file = -1, .head = head, .head_len = head_len, .read = read, .context = context};
    dl_archive_input input = {read_from_pipe, a, UINT64_MAX, true};
    return open_on(a, name, &input, err);
}

void page_archive_close(page_archive *a)
{
    if (!a) return;
    dl_archive_close(a->archive);
    if (a->file >= 0) close(a->file);
    free(a->head);
    free(a->name);
    free(a);
}

bool page_archive_seek(page_archive *a, const dl_archive_place *place, dl_error *err)
{
    return dl_archive_seek(a->archive, place, err) == DL_OK;
}

/* The page is lent by the archive until the next one is asked for; an item goes its own way. */
static void copy_page(item *out, const dl_archived_page *page)
{
    out->memory = malloc(page->bytes.len);
    out->input.url = dl_arena_str(&out->arena, page->url);
    if (page->charset.ptr) out->input.charset = dl_arena_str(&out->arena, page->charset);
    if (!out->memory || !out->input.url.ptr || (page->charset.ptr && !out->input.charset.ptr)) {
        fail_item(out, DL_NO_MEMORY, 0, "out of memory");
        return;
    }
    memcpy(out->memory, page->bytes.ptr, page->bytes.len);
    out->input.kind = DL_INPUT_HTML;
    out->input.bytes = (dl_str){out->memory, page->bytes.len};
    out->seen = page->seen;
    out->place = page->next;
    if (page->truncated) out->warning = DL_STR("the archive holds only the beginning of the page");
}

bool page_archive_next(page_archive *a, item *out)
{
    bool more = false;
    dl_archived_page page;
    *out = (item){.seen = INT64_MIN};
    dl_arena_init(&out->arena, 0);
    dl_status status = a->ended ? DL_OK : dl_archive_next(a->archive, &page, &more, &out->err);
    if (status == DL_OK && !more) return false;
    a->ended = status != DL_OK && status != DL_BAD_DATA && status != DL_LIMIT;
    out->status = status;
    if (status != DL_OK) return true;
    if (asprintf(&out->name, "%s:%llu", a->name, (unsigned long long)page.offset) < 0) out->name = NULL;
    copy_page(out, &page);
    return true;
}
