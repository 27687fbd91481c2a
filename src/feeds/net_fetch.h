/* net_fetch.h - pages over HTTP, politely: one request at a time for each site, with a pause between, as robots.txt allows.
 *
 * Many sites are asked at once, all in the calling thread. Not part of the library; the command uses it. */
#ifndef DL_FEEDS_NET_FETCH_H
#define DL_FEEDS_NET_FETCH_H

#include "base/str.h"

typedef struct fetch_options {
    const char *token;      /* product token that robots.txt may name */
    const char *user_agent; /* who asks, and where to complain */
    double delay;           /* seconds between two requests to a site; a site's own Crawl-delay counts up to a minute */
    bool allow_private;     /* also loopback and private addresses */
} fetch_options;

typedef struct fetch_request {
    dl_str url;            /* as url_resolve gives it */
    dl_str etag, modified; /* validators of an earlier answer; ptr NULL: none */
    bool feed;             /* XML is wanted too, and more of it */
    void *tag;             /* comes back with the answer */
} fetch_request;

typedef enum fetch_end {
    FETCH_ANSWERED,  /* `code` says how: 200, 304, 404 ... */
    FETCH_FORBIDDEN, /* robots.txt does not allow it */
    FETCH_REFUSED,   /* we won't: a private address, no page, too large, too many redirections */
    FETCH_FAILED     /* for now: no connection, time ran out, 429 or 5xx */
} fetch_end;

typedef struct fetch_answer {
    void *tag;
    fetch_end end;
    char why[256]; /* a sentence, unless answered with a page */
    long code;     /* of HTTP, 0 where there was no answer */
    double wait;   /* failed: seconds after which the site may be asked again */
    dl_str url;    /* of the body, behind redirections */
    dl_str type, charset, etag, modified; /* ptr NULL where not told */
    dl_str body;   /* the caller may take `memory`, which it is in */
    char *memory;
    dl_arena arena;
} fetch_answer;

typedef struct fetcher fetcher;

/* The strings of the options are kept. Fails where libcurl is not there. */
dl_status fetcher_new(fetcher **out, const fetch_options *options, dl_error *err);
void fetcher_free(fetcher *f);
/* Queues a request. False when out of memory. */
bool fetcher_add(fetcher *f, const fetch_request *request);
/* An answer if one comes within `wait_ms`; free it with fetch_answer_free. */
bool fetcher_next(fetcher *f, int wait_ms, fetch_answer *out);
void fetch_answer_free(fetch_answer *answer);
size_t fetcher_waiting(const fetcher *f); /* requests without an answer */

#endif
