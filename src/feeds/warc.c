/* warc.c - WARC records into pages.
 *
 * A record is "WARC/1.x", named fields, an empty line, a block of Content-Length bytes, and two line breaks. The block of a response is the
 * HTTP message as it came over the wire. Only HTML that was found (200) is copied out of the stream; what else a crawl holds is passed over. */
#include "feeds/warc.h"

#include <errno.h>
#include <stdlib.h>

#include "base/error.h"
#include "feeds/moment.h"

enum { MOST_HEADER = 64 * 1024, PEEK = 32 * 1024, MOST_PAGE = 64 * 1024 * 1024 };

bool warc_begins(dl_str head)
{
    return dl_str_starts(head, "WARC/");
}

dl_status warc_open(warc *w, const dl_archive_input *input, const char *name, dl_error *err)
{
    enum { MAGIC = 5 };
    *w = (warc){.name = name, .within = UINT32_MAX}; /* the first record is counted up to 0 */
    dl_status status = stream_open(&w->stream, input, err);
    if (status != DL_OK) return status;
    stream_end end = stream_need(&w->stream, MAGIC);
    dl_str head = stream_rest(&w->stream);
    w->stream.gzip = dl_str_starts(head, "\x1F\x8B");
    if (w->stream.gzip) { /* what was read are raw bytes */
        memcpy(w->stream.raw, w->stream.plain, w->stream.len);
        w->stream.raw_len = w->stream.len;
        w->stream.at = w->stream.len = 0;
        end = stream_need(&w->stream, MAGIC);
        head = stream_rest(&w->stream);
    }
    if (end == STREAM_MORE && warc_begins(head)) return DL_OK;
    warc_close(w);
    if (end == STREAM_UNREADABLE) return dl_fail(err, DL_IO, name, 0, "%s", strerror(errno));
    return dl_fail(err, DL_BAD_DATA, name, 0, "the file does not begin as a WARC does");
}

void warc_close(warc *w)
{
    stream_close(&w->stream);
    free(w->header.ptr);
    free(w->block.ptr);
    free(w->body.ptr);
    w->header = w->block = w->body = (http_bytes){0};
}

void warc_seek(warc *w, uint64_t offset, uint32_t within)
{
    stream_seek(&w->stream, offset);
    w->pass_over = within;
    w->searching = w->ended = false;
}

/* ---- damage ---- */

static dl_status unreadable(const warc *w, dl_error *err)
{
    return dl_fail(err, DL_IO, w->name, (size_t)w->offset, "%s", strerror(errno));
}

/* Tells damage once and goes behind it. */
static dl_status damage(warc *w, const char *why, bool torn, dl_error *err)
{
    w->ended = !stream_resync(&w->stream, w->offset, torn);
    w->searching = true;
    w->count->damaged++;
    return dl_fail(err, DL_BAD_DATA, w->name, (size_t)w->offset, "a damaged record was skipped: %s", why);
}

static dl_status stopped(warc *w, stream_end end, dl_error *err)
{
    if (end == STREAM_UNREADABLE) return unreadable(w, err);
    return damage(w, end == STREAM_END ? "the file ends inside it" : w->stream.why, true, err);
}

/* ---- records ---- */

/* Line breaks between records, within one gzip member. */
static size_t skip_breaks(warc_stream *s)
{
    for (size_t count = 0;;) {
        for (; s->at < s->len && (s->plain[s->at] == '\r' || s->plain[s->at] == '\n'); s->at++) count++;
        if (s->at < s->len) return count;
        if (s->gzip ? stream_at_start(s) || s->at == s->len : stream_more(s) != STREAM_MORE) return count;
    }
}

static size_t end_of_fields(dl_str rest, size_t from)
{
    for (size_t at = from; (at = dl_str_find(rest, DL_STR("\n"), at)) != SIZE_MAX; at++) {
        if (at + 1 < rest.len && rest.ptr[at + 1] == '\n') return at + 2;
        if (at + 2 < rest.len && rest.ptr[at + 1] == '\r' && rest.ptr[at + 2] == '\n') return at + 3;
    }
    return SIZE_MAX;
}

/* Takes the header of the next record out of the stream. *found false at the end of the file; else either a header is there or the status
 * says why not. */
static dl_status read_header(warc *w, bool *found, dl_error *err)
{
    warc_stream *s = &w->stream;
    size_t end, seen = 0;
    stream_end more = STREAM_MORE;
    *found = false;
    while ((end = end_of_fields(stream_rest(s), seen)) == SIZE_MAX) {
        dl_str rest = stream_rest(s);
        if (rest.len >= 5 && !warc_begins(rest)) return damage(w, "no record begins here", false, err);
        if (rest.len > MOST_HEADER) return damage(w, "its header is too long", false, err);
        seen = rest.len > 2 ? rest.len - 2 : 0;
        more = stream_more(s);
        if (more == STREAM_END && !rest.len) return DL_OK;
        if (more != STREAM_MORE) return stopped(w, more, err);
        if (!rest.len) skip_breaks(s); /* some writers' members begin with them */
    }
    dl_str rest = stream_rest(s);
    if (!warc_begins(rest)) return damage(w, "no record begins here", false, err);
    if (end > MOST_HEADER) return damage(w, "its header is too long", false, err);
    w->header.len = 0;
    if (!http_reserve(&w->header, end)) return dl_fail_memory(err);
    memcpy(w->header.ptr, rest.ptr, end);
    w->header.len = end;
    s->at += end;
    *found = true;
    return DL_OK;
}

static dl_str field(const warc *w, const char *name)
{
    return http_field((dl_str){(const char *)w->header.ptr, w->header.len}, name);
}

static dl_status skip_block(warc *w, uint64_t len, dl_error *err)
{
    warc_stream *s = &w->stream;
    uint64_t at_hand = s->len - s->at;
    if (!s->gzip && !s->input.sequential && len > at_hand) {
        uint64_t target = stream_offset(s) + len;
        if (target > s->input.size) return damage(w, "its length leads beyond the end of the file", false, err);
        stream_seek(s, target);
        return DL_OK;
    }
    while (len) {
        size_t step = len < STREAM_BUFFER / 2 ? (size_t)len : STREAM_BUFFER / 2;
        stream_end end = stream_need(s, step);
        if (end != STREAM_MORE) return stopped(w, end, err);
        s->at += step;
        len -= step;
    }
    return DL_OK;
}

static dl_status copy_block(warc *w, uint64_t len, dl_error *err)
{
    warc_stream *s = &w->stream;
    w->block.len = 0;
    while (len) {
        size_t step = len < STREAM_BUFFER / 2 ? (size_t)len : STREAM_BUFFER / 2;
        stream_end end = stream_need(s, step);
        if (end != STREAM_MORE) return stopped(w, end, err);
        if (!http_reserve(&w->block, step)) return dl_fail_memory(err);
        memcpy(w->block.ptr + w->block.len, s->plain + s->at, step);
        w->block.len += step;
        s->at += step;
        len -= step;
    }
    return DL_OK;
}

/* Behind its block a record ends with line breaks, or the length was wrong. Gives the place from which to go on. */
static dl_status end_record(warc *w, dl_archive_place *next, dl_error *err)
{
    warc_stream *s = &w->stream;
    size_t breaks = skip_breaks(s);
    bool start = stream_at_start(s);
    if (!breaks && !(start && s->gzip) && s->at < s->len) return damage(w, "no end where its length says", false, err);
    *next = start ? (dl_archive_place){0, 0, stream_offset(s)} : (dl_archive_place){0, w->within + 1, s->member};
    return DL_OK;
}

/* ---- pages ---- */

static dl_str target_of(const warc *w)
{
    dl_str url = field(w, "WARC-Target-URI");
    if (url.len > 1 && url.ptr[0] == '<' && url.ptr[url.len - 1] == '>') url = dl_str_slice(url, 1, url.len - 1); /* WARC/1.0 */
    dl_str http = DL_STR("http://"), https = DL_STR("https://");
    bool web = (url.len > http.len && dl_str_eq_nocase(dl_str_slice(url, 0, http.len), http)) ||
               (url.len > https.len && dl_str_eq_nocase(dl_str_slice(url, 0, https.len), https));
    return web ? url : (dl_str){0};
}

static bool is_html(dl_str type)
{
    return dl_str_eq_nocase(type, DL_STR("text/html")) || dl_str_eq_nocase(type, DL_STR("application/xhtml+xml"));
}

static bool header_promises_page(warc *w, bool *response)
{
    dl_str type = field(w, "WARC-Type"), identified = field(w, "WARC-Identified-Payload-Type");
    *response = dl_str_eq_nocase(type, DL_STR("response"));
    if (dl_str_eq_nocase(type, DL_STR("revisit"))) w->count->revisits++;
    else if (!target_of(w).len || (*response && identified.len && !is_html(identified))) w->count->others++;
    else if (*response || (dl_str_eq_nocase(type, DL_STR("resource")) && is_html(http_media_type(field(w, "Content-Type"))))) return true;
    else w->count->others++;
    return false;
}

static bool is_repeat(warc *w, dl_str digest)
{
    bool known = digest.len && digest_known(w->digests, digest_of(digest));
    if (known) w->count->repeats++;
    return known;
}

/* Looks at the HTTP header in the stream. Whether the block is to be copied; the first bytes may be all that is needed. */
static dl_status block_promises_page(warc *w, uint64_t len, bool *page, dl_error *err)
{
    http_response response;
    size_t wanted = len < PEEK ? (size_t)len : PEEK;
    stream_end end = stream_need(&w->stream, wanted);
    if (end != STREAM_MORE) return stopped(w, end, err);
    dl_str head = dl_str_slice(stream_rest(&w->stream), 0, wanted);
    *page = http_parse(&response, head) && http_is_page(&response, head);
    if (!*page) w->count->others++;
    return DL_OK;
}

/* The HTML of the block: chunks joined, compression undone. */
static dl_status unwrap(warc *w, bool response, dl_archived_page *out, dl_error *err)
{
    http_response http = {0};
    dl_str message = {(const char *)w->block.ptr, w->block.len};
    if (!response) {
        out->bytes = message;
        return DL_OK;
    }
    if (!http_parse(&http, message)) return dl_fail(err, DL_BAD_DATA, NULL, 0, "it holds no HTTP response");
    size_t len = message.len - http.body;
    bool whole = true, decoded = false;
    if (dl_str_eq_nocase(http_field(http.fields, "Transfer-Encoding"), DL_STR("chunked"))) len = http_join_chunks(w->block.ptr + http.body, len, &whole);
    out->truncated |= !whole;
    out->bytes = (dl_str){message.ptr + http.body, len};
    out->charset = http_charset(http_field(http.fields, "Content-Type"));
    dl_status status = http_decode(http.fields, out->bytes, &w->body, MOST_PAGE, &decoded, err);
    if (status == DL_OK && decoded) out->bytes = (dl_str){(const char *)w->body.ptr, w->body.len};
    return status;
}

/* The block is in memory, the stream behind the record. *page false: the body was there already, or there is none. */
static dl_status make_page(warc *w, bool response, dl_archived_page *out, bool *page, dl_error *err)
{
    dl_error why = {0};
    *page = false;
    out->truncated = field(w, "WARC-Truncated").len > 0;
    dl_status status = unwrap(w, response, out, &why);
    if (status == DL_BAD_DATA || status == DL_LIMIT) {
        w->count->damaged++;
        return dl_fail(err, status, w->name, (size_t)w->offset, "a record was skipped: %s", why.message);
    }
    if (status != DL_OK) return dl_fail_memory(err);
    dl_str digest = field(w, "WARC-Payload-Digest");
    if (!out->bytes.len) {
        w->count->others++;
        return DL_OK;
    }
    if (!digest.len && is_repeat(w, out->bytes)) return DL_OK;
    digest_add(w->digests, digest_of(digest.len ? digest : out->bytes));
    out->url = target_of(w);
    out->id = field(w, "WARC-Record-ID");
    if (!moment_parse(field(w, "WARC-Date"), &out->seen)) out->seen = INT64_MIN;
    w->count->pages++;
    *page = true;
    return DL_OK;
}

/* One record behind its header. */
static dl_status read_record(warc *w, dl_archived_page *out, bool *page, dl_error *err)
{
    int64_t len;
    bool response = false, wanted = false;
    dl_status status = DL_OK;
    *page = false;
    if (!dl_str_number(field(w, "Content-Length"), &len)) return damage(w, "it does not tell its length", false, err);
    bool passed = w->pass_over > 0;
    if (passed) w->pass_over--;
    else w->count->records++, wanted = header_promises_page(w, &response) && !is_repeat(w, field(w, "WARC-Payload-Digest"));
    if (wanted && response) status = block_promises_page(w, (uint64_t)len, &wanted, err);
    if (status != DL_OK) return status;
    bool large = wanted && len > MOST_PAGE;
    status = wanted && !large ? copy_block(w, (uint64_t)len, err) : skip_block(w, (uint64_t)len, err);
    if (status == DL_OK) status = end_record(w, &out->next, err);
    if (status != DL_OK) return status;
    if (large) return dl_fail(err, DL_LIMIT, w->name, (size_t)w->offset, "a page of %lld bytes was skipped", (long long)len);
    return wanted ? make_page(w, response, out, page, err) : DL_OK;
}

static void begin_record(warc *w)
{
    skip_breaks(&w->stream);
    bool start = stream_at_start(&w->stream);
    w->within = start || w->stream.member != w->offset ? 0 : w->within + 1;
    w->offset = stream_offset(&w->stream);
}

dl_status warc_next(warc *w, dl_archived_page *out, bool *more, dl_error *err)
{
    *more = false;
    while (!w->ended) {
        dl_error why = {0};
        bool found, page, searching = w->searching;
        *out = (dl_archived_page){0};
        begin_record(w);
        dl_status status = read_header(w, &found, &why);
        if (status == DL_BAD_DATA && searching) { /* what looked like a record is none, which is not worth another message */
            w->count->damaged--;
            continue;
        }
        if (status != DL_OK) {
            *more = true;
            return dl_fail(err, status, why.source, why.offset, "%s", why.message);
        }
        if (!found) break;
        w->searching = false;
        out->offset = w->offset;
        status = read_record(w, out, &page, err);
        *more = status != DL_OK || page;
        if (*more) return status;
    }
    w->ended = true;
    return DL_OK;
}
