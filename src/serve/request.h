/* request.h - what a client asks and what it is answered, without a socket: the same for the server, the tests and the fuzzer.
 *
 * A request's strings are borrowed for the length of the answer; what is taken apart lies in its arena. */
#ifndef DL_SERVE_REQUEST_H
#define DL_SERVE_REQUEST_H

#include "base/put.h"
#include "base/str.h"

enum {
    SERVE_LONGEST_TARGET = 4096,
    SERVE_LONGEST_BODY = 64 * 1024,
    SERVE_SEGMENTS = 8,
    SERVE_PARAMS = 40
};

typedef enum serve_method { SERVE_GET, SERVE_HEAD, SERVE_POST, SERVE_OTHER } serve_method;

typedef struct serve_param {
    dl_str name, value;
} serve_param;

typedef struct serve_request {
    serve_method method;
    dl_str target; /* as it came: path and query */
    dl_str host, origin, fetch_site, authorization, cookie, token, content_type, if_none_match; /* headers; ptr NULL: not there */
    bool gzip;     /* the client takes it */
    dl_str body;
    dl_arena arena; /* the caller begins and frees it */
    /* by request_read */
    dl_str path;   /* undone of its escapes */
    dl_str segments[SERVE_SEGMENTS];
    size_t segment_count;
    serve_param params[SERVE_PARAMS];
    size_t param_count;
    uint64_t asked; /* params that somebody looked at: bits */
} serve_request;

/* A body that comes bit by bit while it is sent; see stream.h. */
typedef struct serve_stream serve_stream;

typedef struct serve_answer {
    int status;
    const char *type;        /* media type */
    dl_json_out body;
    bool zipped;             /* the body is gzip */
    char etag[80];           /* "" for none */
    const char *cache;       /* Cache-Control */
    char filename[80];       /* of a download; "" for none */
    char location[8];        /* of a redirect: a path; "" for none */
    char cookie[160];        /* Set-Cookie; "" for none */
    const char *allow;       /* of a 405; NULL for none */
    unsigned retry;          /* seconds; 0: not told */
    bool vary;               /* on Accept-Encoding */
    serve_stream *stream;    /* instead of the body; whoever sends the answer ends it */
} serve_answer;

/* Takes the target apart. False where it is none that this server has: not a path, escapes that are wrong, control characters, bytes
 * that are no UTF-8, too long, too many parts; `why` is the sentence. */
bool request_read(serve_request *request, const char **why);
/* The parameter's value, and that somebody asked for it; ptr NULL where it is not there. Given twice: the first. */
dl_str request_param(serve_request *request, const char *name);
/* A parameter that nobody asked for: a word that this resource does not know; ptr NULL: none. */
dl_str request_stranger(const serve_request *request);
/* The value of a cookie of this name; ptr NULL: none. */
dl_str request_cookie(const serve_request *request, const char *name);

void answer_free(serve_answer *answer);
/* Makes the answer a problem (RFC 9457), whatever it was before; `detail` is a sentence for people. */
void answer_problem(serve_answer *answer, int status, const char *detail);
/* The same of a failure below: a wrong question is the client's, all else ours. */
void answer_failure(serve_answer *answer, dl_status status, const dl_error *err);
/* Deflates the body where the client takes it and it is worth it. */
void answer_zip(serve_answer *answer, const serve_request *request);
const char *status_phrase(int status);

#endif
