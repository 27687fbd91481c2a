/* warc.h - one WARC file, gzipped or not, into the pages that it holds (ISO 28500:2017). */
#ifndef DL_FEEDS_WARC_H
#define DL_FEEDS_WARC_H

#include "feeds/digests.h"
#include "feeds/http.h"
#include "feeds/stream.h"

typedef struct warc {
    warc_stream stream;
    const char *name;
    digest_set *digests;      /* of the archive */
    dl_archive_counts *count; /* likewise */
    http_bytes header, block, body;
    uint64_t offset, block_len; /* of the record at hand */
    uint32_t within, pass_over; /* its place in the gzip member; records that an earlier reading has done */
    bool searching, ended;      /* behind damage; at the end */
} warc;

/* The name is kept. DL_BAD_DATA if the bytes do not begin as a WARC. */
dl_status warc_open(warc *w, const dl_archive_input *input, const char *name, dl_error *err);
void warc_close(warc *w);
void warc_seek(warc *w, uint64_t offset, uint32_t within);
dl_status warc_next(warc *w, dl_archived_page *out, bool *more, dl_error *err);
bool warc_begins(dl_str head);

#endif
