/* room.h - what the resources of the API share. */
#ifndef DL_SERVE_ROOM_H
#define DL_SERVE_ROOM_H

#include <pthread.h>

#include "base/error.h"
#include "dateline/queries.h"
#include "export/view_rows.h"
#include "serve/atlas.h"
#include "serve/cache.h"
#include "serve/names.h"
#include "serve/request.h"
#include "serve/serve.h"
#include "serve/stream.h"

enum { SERVE_MOST_READERS = 64, SERVE_TOKEN = 33 };

struct serve {
    char *store, *data, *host, *token;
    int web;               /* folder of the page, -1: none */
    bool review, addresses;
    int64_t now;
    char nonce[SERVE_TOKEN]; /* that writes must show; the page asks for it */
    dl_monitor *monitor;   /* NULL where there is no data */
    dl_error no_monitor;   /* why */
    unit_names names;
    atlas_keeper *keeper;
    pthread_mutex_t lock;  /* of the readers and the number of streams */
    pthread_cond_t free_reader;
    dl_store *readers[SERVE_MOST_READERS];
    unsigned reader_count, free_count, streams;
    pthread_mutex_t write_lock;
    dl_store *writer;      /* opened for the first word */
    answer_cache *cache;
};

/* One request being answered. */
typedef struct serve_call {
    serve *server;
    serve_request *request;
    serve_answer *answer;
    dl_store *store;       /* in a transaction of reading; NULL where the resource needs none */
    const atlas *atlas;
    dl_json_out *out;      /* the answer's body */
    dl_arena *arena;       /* the request's */
    dl_error *err;
    bool dry;              /* of a download: the parameters are read, nothing is told yet; see is_dry */
    stream_out *sink;      /* of a download: where the body goes as it grows; NULL else */
    bool unread;           /* nobody reads the download any more */
} serve_call;

/* A resource: fills the answer, DL_OK also after a problem of its own; else the router tells what went wrong. */
typedef dl_status serve_resource(serve_call *call);

serve_resource get_meta, get_overview, get_happenings, get_happening, get_claims, get_map, get_timeline, get_tolls, get_sides, get_talks, get_brief,
    get_ceasefire, get_sites, get_site, get_search, get_pages, get_page, get_stories, get_story, get_review, post_review, post_undo, get_history, get_export,
    get_session, get_suggestions, get_facets, get_areas, get_ceasefires, get_digest, get_said;

/* The answer is this problem; DL_OK, so that a resource may return it. */
dl_status refuse(serve_call *call, int status, const char *format, ...) DL_PRINTF(3, 4);

/* ---- parameters; DL_USAGE tells which is wrong ---- */

typedef enum list_format { LIST_JSON, LIST_NDJSON, LIST_CSV, LIST_GEOJSON } list_format;

typedef struct page_window {
    size_t from, limit; /* items left out before, items at most */
} page_window;

/* What is asked of happenings and claims. The same question in two forms: of the atlas, and (as far as it can tell) of the store. */
typedef struct question {
    atlas_filter filter;
    dl_query query;
} question;

dl_status ask_question(serve_call *call, question *out);
dl_status ask_day(serve_call *call, const char *name, dl_date *out);           /* absent: year 0 */
dl_status ask_number(serve_call *call, const char *name, int64_t least, int64_t most, int64_t otherwise, int64_t *out);
dl_status ask_real(serve_call *call, const char *name, double least, double most, double otherwise, double *out);
dl_status ask_flag(serve_call *call, const char *name, bool *out);
dl_status ask_window(serve_call *call, size_t otherwise, size_t most, page_window *out); /* limit and cursor */
/* `accepted`: a set of 1u << LIST_*; JSON is always. Sets the answer's type and the name of the download. */
dl_status ask_format(serve_call *call, unsigned accepted, const char *name, list_format *out);
/* What needs the gazetteer says why it is not there. */
dl_status need_places(serve_call *call);
/* After all parameters were read: an unknown one is a mistake that should be told. */
dl_status no_strangers(serve_call *call);
/* The event that "DOCUMENT:V3" names, as document number << 24 | item; 0 where there is none. */
dl_status ask_item(serve_call *call, dl_str text, int64_t *ref);
dl_status document_number(serve_call *call, dl_str name, int64_t *number); /* 0: none */

/* A download is asked twice: dry, so that what is wrong with its parameters is told as a problem; then in a thread of its own. */
bool is_dry(const serve_call *call);
bool is_download(const serve_call *call);
/* Sends what has gathered of a download; false: nobody reads any more. Always true of other answers. */
bool send_some(serve_call *call);

/* ---- lists ---- */

/* {"items":[ and ],"total":..,"next":..,"generation":..}. `total` SIZE_MAX: not known. */
void open_list(serve_call *call);
void close_list(serve_call *call, const page_window *window, size_t given, size_t total, bool more);
void put_generation(serve_call *call); /* members "generation" and, while the atlas is being made, "incomplete" */

/* ---- happenings ---- */

/* Members of a happening that the atlas knows, in an open object. */
void put_match(serve_call *call, const atlas_match *match);
void put_match_id(dl_json_out *out, const char *key, const atlas_match *match);
void put_match_estimate(dl_json_out *out, const char *key, const atlas_match *match, size_t harm);
/* {"document","event","span","sentence_span"} */
void put_claim_place(dl_json_out *out, const char *key, const atlas_bucket *bucket, uint32_t claim);
/* The claim that says most of the happening: of the killed, else the wounded, ..., else the first. */
uint32_t leading_claim(const atlas_match *match);

/* Claims of the store by their refs; the view lives until dl_view_free. */
dl_status open_claims(serve_call *call, const int64_t *refs, size_t count, dl_view **out);

#endif
