/* feeds.h - where pages come from: web archives, news feeds and sitemaps, and what a site's robots.txt allows.
 *
 * All of this is made of bytes alone: nothing here opens a file or a connection. An archive is read through a function of the caller;
 * everything else takes bytes that are in memory. Hostile input is expected: sizes, depths and steps are bounded. */
#ifndef DATELINE_FEEDS_H
#define DATELINE_FEEDS_H

#include "dateline/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- archives: WARC (ISO 28500), also gzipped, and WACZ ---- */

/* Reads up to `room` bytes at `offset` of a file into `out`: how many, 0 at the end, -1 on failure (errno tells). */
typedef int64_t dl_read_at(void *context, uint64_t offset, unsigned char *out, size_t room);

typedef struct dl_archive_input {
    dl_read_at *read;
    void *context;
    uint64_t size;   /* of the file; not known of a pipe */
    bool sequential; /* a pipe: offsets only ever grow, without gaps */
} dl_archive_input;

/* From where reading can go on: behind a record. {0} is the beginning. */
typedef struct dl_archive_place {
    uint32_t member; /* of the WACZ, 0 for a WARC */
    uint32_t within; /* records of the gzip member at `offset` that are done; 0 where each has a member of its own */
    uint64_t offset;
} dl_archive_place;

/* A page as a crawler saw it. Strings are lent until the next call on the archive. */
typedef struct dl_archived_page {
    dl_str url;      /* WARC-Target-URI */
    dl_str id;       /* WARC-Record-ID, ptr NULL where there is none */
    dl_str charset;  /* of the HTTP header; ptr NULL: none */
    dl_str bytes;    /* HTML: chunks joined, gzip and deflate undone */
    int64_t seen;    /* WARC-Date, seconds since 1970; INT64_MIN where there is none */
    bool truncated;  /* the crawler kept only the beginning */
    uint64_t offset; /* of the record, or of its gzip member, in the file or in the WACZ's member */
    dl_archive_place next;
} dl_archived_page;

typedef struct dl_archive_counts {
    uint64_t records, pages;
    uint64_t others;   /* records that are no page: requests, images, redirections ... */
    uint64_t revisits; /* records that only say that a page was as before */
    uint64_t repeats;  /* pages whose body this archive had already */
    uint64_t damaged;
} dl_archive_counts;

typedef struct dl_archive dl_archive;

/* Opens an archive of either kind, told by its first bytes; close with dl_archive_close. `name` is for messages. DL_BAD_DATA if it is neither. */
DL_API DL_CHECK dl_status dl_archive_open(dl_archive **out, const dl_archive_input *input, const char *name, dl_error *err);
DL_API void dl_archive_close(dl_archive *archive); /* NULL is fine */
/* Goes on behind a record that was read earlier; before the first dl_archive_next. DL_USAGE for a pipe. */
DL_API DL_CHECK dl_status dl_archive_seek(dl_archive *archive, const dl_archive_place *place, dl_error *err);
/* The next page; *more false at the end. DL_BAD_DATA and DL_LIMIT mean that a record was skipped, whose offset `err` names: call again. Any
 * other failure ends the archive. */
DL_API DL_CHECK dl_status dl_archive_next(dl_archive *archive, dl_archived_page *out, bool *more, dl_error *err);
DL_API dl_archive_counts dl_archive_count(const dl_archive *archive);
/* Whether a file whose first bytes (512 are enough) are `head` is an archive, gzip undone where needed. */
DL_API bool dl_archive_is(dl_str head);

#ifdef __cplusplus
}
#endif
#endif
