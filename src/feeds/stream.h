/* stream.h - the bytes of a WARC file in order, gzip undone member by member, with a way on behind damage. */
#ifndef DL_FEEDS_STREAM_H
#define DL_FEEDS_STREAM_H

#include <zlib.h>

#include "base/str.h"
#include "dateline/feeds.h"

enum { STREAM_BUFFER = 256 * 1024 };

typedef enum stream_end { STREAM_MORE, STREAM_END, STREAM_DAMAGED, STREAM_UNREADABLE } stream_end;

typedef struct warc_stream {
    dl_archive_input input;
    bool gzip, inflating, in_member;
    z_stream z;
    unsigned char *raw; /* of a gzipped file: bytes raw_offset to raw_offset + raw_len of it */
    size_t raw_at, raw_len;
    uint64_t raw_offset;
    unsigned char *plain; /* plain[at .. len) was not taken yet */
    size_t at, len;
    uint64_t plain_offset; /* of a file that is not gzipped: of plain[0] */
    uint64_t member;       /* offset of the gzip member that plain bytes come from */
    uint64_t reread;       /* bytes that were gone back over after damage */
    bool raw_end;
    const char *why; /* of damage */
} warc_stream;

dl_status stream_open(warc_stream *s, const dl_archive_input *input, dl_error *err);
void stream_close(warc_stream *s);
/* Tries to have `wanted` (at most STREAM_BUFFER) bytes at plain + at; whether they are there is for the caller to see. MORE unless nothing
 * more came: END at the end of the file, DAMAGED where the gzip data are not sound. Crosses into another member where that is needed. */
stream_end stream_need(warc_stream *s, size_t wanted);
/* Some more bytes behind those at hand, as far as they are easily had; as above. */
stream_end stream_more(warc_stream *s);
/* Ends a gzip member whose bytes are all taken. True at the beginning of a member or of a record of a plain file; then stream_offset is its. */
bool stream_at_start(warc_stream *s);
uint64_t stream_offset(const warc_stream *s);
void stream_seek(warc_stream *s, uint64_t offset);
/* Goes to what looks like the beginning of a record behind `damaged`, an offset at or before the present one. False at the end of the file.
 * `torn`: the gzip data are damaged or at their end, so that there is no going on in them. */
bool stream_resync(warc_stream *s, uint64_t damaged, bool torn);

static inline dl_str stream_rest(const warc_stream *s)
{
    return (dl_str){(const char *)s->plain + s->at, s->len - s->at};
}

#endif
