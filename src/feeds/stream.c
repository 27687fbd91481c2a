/* stream.c - the bytes of a WARC file in order.
 *
 * A gzipped WARC has a gzip member for each record, so that a reader can begin at any of them; a file that was gzipped as a whole has one for
 * all. Both are read. Behind damage the next record is looked for from the beginning of the damaged one, as its length or its deflate
 * data may have led anywhere; how often that may be done is bounded, so that a hostile file costs linear time. */
#include "feeds/stream.h"

#include <stdlib.h>

#include "base/error.h"

enum { GZIP_HEAD = 4, REREAD_FREE = 16 * 1024 * 1024 };

dl_status stream_open(warc_stream *s, const dl_archive_input *input, dl_error *err)
{
    *s = (warc_stream){.input = *input};
    s->plain = malloc(STREAM_BUFFER);
    s->raw = malloc(STREAM_BUFFER);
    if (!s->plain || !s->raw || inflateInit2(&s->z, 15 + 16) != Z_OK) {
        stream_close(s);
        return dl_fail_memory(err);
    }
    s->inflating = true;
    return DL_OK;
}

void stream_close(warc_stream *s)
{
    if (s->inflating) inflateEnd(&s->z);
    free(s->plain);
    free(s->raw);
    *s = (warc_stream){0};
}

/* ---- the file ---- */

static stream_end read_raw(warc_stream *s)
{
    s->raw_offset += s->raw_at;
    s->raw_len -= s->raw_at;
    memmove(s->raw, s->raw + s->raw_at, s->raw_len);
    s->raw_at = 0;
    if (s->raw_end || s->raw_len == STREAM_BUFFER) return s->raw_len ? STREAM_MORE : STREAM_END;
    int64_t got = s->input.read(s->input.context, s->raw_offset + s->raw_len, s->raw + s->raw_len, STREAM_BUFFER - s->raw_len);
    if (got < 0) return STREAM_UNREADABLE;
    s->raw_end = got == 0;
    s->raw_len += (size_t)got;
    return s->raw_len ? STREAM_MORE : STREAM_END;
}

static void make_room(warc_stream *s)
{
    if (!s->at) return;
    s->plain_offset += s->at;
    s->len -= s->at;
    memmove(s->plain, s->plain + s->at, s->len);
    s->at = 0;
}

static stream_end fill_plain(warc_stream *s)
{
    int64_t got = s->input.read(s->input.context, s->plain_offset + s->len, s->plain + s->len, STREAM_BUFFER - s->len);
    if (got <= 0) return got < 0 ? STREAM_UNREADABLE : STREAM_END;
    s->len += (size_t)got;
    return STREAM_MORE;
}

/* ---- gzip ---- */

static bool is_gzip(const unsigned char *at)
{
    return at[0] == 0x1F && at[1] == 0x8B && at[2] == 8 && (at[3] & 0xE0) == 0;
}

static stream_end damaged(warc_stream *s, const char *why)
{
    s->why = why;
    return STREAM_DAMAGED;
}

/* The next member's beginning; some writers pad with zeros. */
static stream_end begin_member(warc_stream *s)
{
    for (;;) {
        while (s->raw_at < s->raw_len && s->raw[s->raw_at] == 0) s->raw_at++;
        if (s->raw_len - s->raw_at >= GZIP_HEAD) break;
        size_t before = s->raw_len - s->raw_at;
        stream_end end = read_raw(s);
        if (end != STREAM_MORE) return end;
        if (s->raw_end && s->raw_len == before) return damaged(s, "the file ends inside a gzip header");
    }
    s->member = s->raw_offset + s->raw_at;
    if (!is_gzip(s->raw + s->raw_at)) return damaged(s, "no gzip member begins here");
    inflateReset(&s->z);
    s->in_member = true;
    return STREAM_MORE;
}

/* Some more bytes of the member, perhaps none where that ended it. */
static stream_end fill_member(warc_stream *s)
{
    if (s->raw_at == s->raw_len) {
        stream_end end = read_raw(s);
        if (end == STREAM_END) return damaged(s, "the file ends inside a gzip member");
        if (end != STREAM_MORE) return end;
    }
    s->z.next_in = s->raw + s->raw_at, s->z.avail_in = (unsigned)(s->raw_len - s->raw_at);
    s->z.next_out = s->plain + s->len, s->z.avail_out = (unsigned)(STREAM_BUFFER - s->len);
    int code = inflate(&s->z, Z_NO_FLUSH);
    s->raw_at = s->raw_len - s->z.avail_in;
    s->len = STREAM_BUFFER - s->z.avail_out;
    if (code == Z_STREAM_END) s->in_member = false;
    else if (code != Z_OK && code != Z_BUF_ERROR) return damaged(s, s->z.msg ? s->z.msg : "the gzip data are damaged");
    return STREAM_MORE;
}

static stream_end fill_gzip(warc_stream *s)
{
    size_t before = s->len;
    while (s->len == before) {
        stream_end end = s->in_member ? fill_member(s) : begin_member(s);
        if (end != STREAM_MORE) return end;
    }
    return STREAM_MORE;
}

/* ---- what the reader of records asks ---- */

stream_end stream_need(warc_stream *s, size_t wanted)
{
    if (s->len - s->at >= wanted) return STREAM_MORE;
    make_room(s);
    while (s->len < wanted) {
        stream_end end = s->gzip ? fill_gzip(s) : fill_plain(s);
        if (end != STREAM_MORE) return end;
    }
    return STREAM_MORE;
}

stream_end stream_more(warc_stream *s)
{
    make_room(s);
    if (s->len == STREAM_BUFFER) return damaged(s, "more than fits");
    return s->gzip ? fill_gzip(s) : fill_plain(s);
}

bool stream_at_start(warc_stream *s)
{
    if (!s->gzip) return true;
    if (s->at == s->len) make_room(s);
    while (s->at == s->len && s->in_member)
        if (fill_member(s) != STREAM_MORE) return false;
    if (s->at != s->len) return false;
    s->member = s->raw_offset + s->raw_at;
    return true;
}

uint64_t stream_offset(const warc_stream *s)
{
    return s->gzip ? s->member : s->plain_offset + s->at;
}

void stream_seek(warc_stream *s, uint64_t offset)
{
    s->raw_at = s->raw_len = s->at = s->len = 0;
    s->raw_offset = s->plain_offset = s->member = offset;
    s->in_member = s->raw_end = false;
}

/* ---- behind damage ---- */

static uint64_t read_up_to(const warc_stream *s)
{
    return s->gzip ? s->raw_offset + s->raw_at : s->plain_offset + s->at;
}

/* Back to the byte after the damaged record's first, if that has not been done too often. */
static void go_back(warc_stream *s, uint64_t damaged_at)
{
    uint64_t now = read_up_to(s), back = now > damaged_at ? now - damaged_at - 1 : 0;
    bool buffered = s->gzip ? damaged_at + 1 >= s->raw_offset : damaged_at + 1 >= s->plain_offset;
    if (now <= damaged_at || s->reread + back > REREAD_FREE + now) return;
    s->reread += back;
    if (!buffered) {
        if (!s->input.sequential) stream_seek(s, damaged_at + 1);
    } else if (s->gzip) {
        s->raw_at = (size_t)(damaged_at + 1 - s->raw_offset);
    } else {
        s->at = (size_t)(damaged_at + 1 - s->plain_offset);
    }
}

static bool find_gzip(warc_stream *s)
{
    for (;;) {
        for (; s->raw_at + GZIP_HEAD <= s->raw_len; s->raw_at++) {
            const unsigned char *hit = memchr(s->raw + s->raw_at, 0x1F, s->raw_len - s->raw_at - GZIP_HEAD + 1);
            s->raw_at = hit ? (size_t)(hit - s->raw) : s->raw_len - GZIP_HEAD;
            if (hit && is_gzip(hit)) return true;
        }
        size_t before = s->raw_len - s->raw_at;
        if (read_raw(s) != STREAM_MORE || (s->raw_end && s->raw_len == before)) return false;
    }
}

static bool find_record(warc_stream *s)
{
    enum { MARK = 6 };
    for (;;) {
        size_t hit = dl_str_find(stream_rest(s), DL_STR("\nWARC/"), 0);
        if (hit != SIZE_MAX) {
            s->at += hit + 1;
            return true;
        }
        if (s->len - s->at >= MARK) s->at = s->len - (MARK - 1);
        if (stream_need(s, MARK) != STREAM_MORE) return false;
    }
}

bool stream_resync(warc_stream *s, uint64_t damaged_at, bool torn)
{
    if (s->gzip && !torn && find_record(s)) return true;
    go_back(s, damaged_at);
    if (!s->gzip) return find_record(s);
    s->at = s->len = 0;
    s->in_member = false;
    return find_gzip(s);
}
