/* serve.h - the monitor as an HTTP API and a page, without a socket: requests in, answers out.
 *
 * Any number of threads may ask at once. Reading goes through a few connections to the store, one for each answer in the making; writing, where it
 * is allowed at all, through one. docs/serve.md tells the API for people, docs/openapi.yaml for programs. */
#ifndef DL_SERVE_SERVE_H
#define DL_SERVE_SERVE_H

#include "serve/request.h"

typedef struct serve serve;

typedef struct serve_options {
    const char *store;
    const char *web;       /* folder of the page; NULL: none, the API alone */
    const char *data;      /* of the gazetteer and word lists; NULL: where an engine would look */
    const char *host;      /* what clients may call the server beside an address of the loopback: "name" or "name:port"; NULL: nothing else */
    bool addresses;        /* any address of a machine (no name) may stand for the server: it listens beyond the loopback */
    dl_str token;          /* that every request must show; ptr NULL: none */
    bool review;           /* people's words may be written */
    bool at_once;          /* the atlas is made before the call is done, and by no thread (tests) */
    unsigned readers;      /* answers in the making at once; 0: 4 */
    int64_t now;           /* the clock for what is written, and for tests; INT64_MIN: the system's */
} serve_options;

dl_status serve_open(serve **out, const serve_options *options, dl_error *err);
void serve_close(serve *server); /* NULL is fine */
/* Fills the answer, whatever the request; request->arena is begun by the caller. Free the answer with answer_free. */
void serve_ask(serve *server, serve_request *request, serve_answer *answer);

/* Headers that every answer carries, as pairs ended by NULL. */
extern const char *const serve_headers[][2];

#endif
