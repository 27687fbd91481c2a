/* http.h - an HTTP response as an archive keeps it (RFC 9112), and header fields in general. */
#ifndef DL_FEEDS_HTTP_H
#define DL_FEEDS_HTTP_H

#include "base/str.h"

/* The value of a field in lines of "Name: value", the first of that name (ASCII case does not matter); ptr NULL where there is none. */
dl_str http_field(dl_str lines, const char *name);
/* The media type of a Content-Type, and its charset (ptr NULL where not told). */
dl_str http_media_type(dl_str content_type);
dl_str http_charset(dl_str content_type);

typedef struct http_response {
    int status;
    dl_str fields; /* the lines of the header */
    size_t body;   /* where it begins */
} http_response;

/* Reads the header of a response; false if `message` does not begin with one that is whole. */
bool http_parse(http_response *out, dl_str message);
/* Whether it is a page that was found: 200 or 203, and HTML by its type or, without a type, by its first bytes. */
bool http_is_page(const http_response *response, dl_str message);

/* Bytes that grow; free with free(ptr). */
typedef struct http_bytes {
    unsigned char *ptr;
    size_t len, capacity;
} http_bytes;
bool http_reserve(http_bytes *bytes, size_t more); /* false: out of memory */

/* Joins the chunks of a body in place and gives its new length. A body that does not begin with a chunk was joined already by who kept it;
 * *whole is false where the last chunk is missing. */
size_t http_join_chunks(unsigned char *body, size_t len, bool *whole);
/* Undoes the Content-Encoding of `body` into `out` (emptied before). DL_OK with *decoded false: nothing was to be undone. DL_BAD_DATA: damaged,
 * or a coding that is not known; DL_LIMIT: over `limit` bytes. */
dl_status http_decode(dl_str fields, dl_str body, http_bytes *out, size_t limit, bool *decoded, dl_error *err);
/* gzip and zlib data undone, to their end or to the end of the first of them. */
dl_status http_inflate(dl_str body, int window_bits, http_bytes *out, size_t limit, dl_error *err);

#endif
