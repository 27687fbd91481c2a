/* router.c - which resource answers, and who may ask.
 *
 * Before any resource is asked: the Host must be one that the server goes by (a page elsewhere whose name was made to point here is refused), the
 * token where one is wanted, the method, and for what writes the Origin, the kind of the body and the page's nonce. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "serve/cache.h"
#include "serve/files.h"
#include "serve/pool.h"
#include "serve/room.h"
#include "store/database.h"

const char *const serve_headers[][2] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
                                "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {NULL, NULL}};

enum {
    NEEDS_STORE = 1,  /* a reader, in a transaction */
    NEEDS_ATLAS = 2,
    WRITES = 4,
    NO_TAG = 8,       /* never the same, or not kept */
    DOWNLOADS = 16,   /* with a format other than JSON it is sent while it is made */
    STREAMS = 32      /* always */
};

typedef struct route {
    const char *name, *below; /* below: a word behind the name, NULL for none */
    bool item;                /* one more part: the id of one thing */
    unsigned needs;
    serve_resource *get;
} route;

static const route routes[] = {
    {"meta", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_meta},
    {"happenings", NULL, false, NEEDS_STORE | NEEDS_ATLAS | DOWNLOADS, get_happenings},
    {"happenings", NULL, true, NEEDS_STORE | NEEDS_ATLAS, get_happening},
    {"claims", NULL, false, NEEDS_STORE | NEEDS_ATLAS | DOWNLOADS, get_claims},
    {"map", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_map},
    {"timeline", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_timeline},
    {"overview", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_overview},
    {"tolls", NULL, false, NEEDS_STORE | DOWNLOADS, get_tolls},
    {"sides", NULL, false, NEEDS_STORE | DOWNLOADS, get_sides},
    {"talks", NULL, false, NEEDS_STORE | DOWNLOADS, get_talks},
    {"talks", "brief", false, NEEDS_STORE, get_brief},
    {"ceasefire", NULL, false, NEEDS_STORE | DOWNLOADS, get_ceasefire},
    {"digest", NULL, false, NEEDS_STORE, get_digest},
    {"ceasefires", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_ceasefires},
    {"sites", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_sites},
    {"sites", NULL, true, NEEDS_STORE | DOWNLOADS, get_site},
    {"areas", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_areas},
    {"facets", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_facets},
    {"search", NULL, false, NEEDS_STORE | DOWNLOADS, get_search},
    {"suggestions", NULL, false, NEEDS_STORE, get_suggestions},
    {"pages", NULL, false, NEEDS_STORE, get_pages},
    {"pages", NULL, true, NEEDS_STORE, get_page},
    {"stories", NULL, false, NEEDS_STORE, get_stories},
    {"stories", NULL, true, NEEDS_STORE, get_story},
    {"review", NULL, false, NEEDS_STORE | NEEDS_ATLAS, get_review},
    {"review", NULL, false, WRITES | NO_TAG, post_review},
    {"review", "words", false, NEEDS_STORE, get_said},
    {"review", "undo", false, WRITES | NO_TAG, post_undo},
    {"history", NULL, true, NEEDS_STORE, get_history},
    {"session", NULL, false, NO_TAG, get_session},
    {"export", NULL, false, NEEDS_STORE | NO_TAG | STREAMS, get_export},
};

/* ---- who may ask ---- */

static dl_str without_port(dl_str host)
{
    size_t end = host.len;
    while (end && dl_ascii_digit((unsigned char)host.ptr[end - 1])) end--;
    return end && end < host.len && host.ptr[end - 1] == ':' ? dl_str_slice(host, 0, end - 1) : host;
}

/* Four numbers below 256; of the loopback the first is 127. */
static bool is_address(dl_str host, bool loopback)
{
    dl_str part;
    int parts = 0;
    for (; host.len && dl_str_next(&host, '.', &part); parts++) {
        int64_t number;
        if (part.len > 3 || !dl_str_number(part, &number) || number > 255 || (loopback && parts == 0 && number != 127)) return false;
    }
    return parts == 4;
}

static bool is_bracketed(dl_str host)
{
    return host.len > 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']';
}

static bool is_our_host(const serve *server, dl_str host)
{
    dl_str name = without_port(host);
    if (dl_str_eq_nocase(name, DL_STR("localhost")) || dl_str_is(name, "[::1]") || is_address(name, true)) return true;
    if (server->addresses && (is_address(name, false) || is_bracketed(name))) return true; /* only names can be made to point elsewhere */
    dl_str known = dl_str_of(server->host);
    return known.len && (dl_str_eq_nocase(host, known) || dl_str_eq_nocase(name, known));
}

/* In a time that does not depend on where they differ. */
static bool same_secret(dl_str given, dl_str secret)
{
    unsigned char differs = given.len != secret.len;
    for (size_t i = 0; i < secret.len; i++) differs |= (unsigned char)secret.ptr[i] ^ (unsigned char)(i < given.len ? given.ptr[i] : 0);
    return !differs;
}

static bool shows_token(const serve *server, const serve_request *request)
{
    dl_str secret = dl_str_of(server->token), given = request->authorization;
    if (!secret.ptr) return true;
    if (given.len > 7 && dl_str_eq_nocase(dl_str_slice(given, 0, 7), DL_STR("Bearer "))) given = dl_str_slice(given, 7, given.len);
    return same_secret(given, secret) || same_secret(request_cookie(request, "dateline"), secret);
}

/* "/?token=..." is how a browser gets its cookie; it is sent on to "/", so that the token stays in no address. */
static bool welcomes(const serve *server, serve_request *request, serve_answer *answer)
{
    dl_str given = request_param(request, "token");
    if (!server->token || request->segment_count || !given.ptr || !same_secret(given, dl_str_of(server->token))) return false;
    int len = snprintf(answer->cookie, sizeof answer->cookie, "dateline=%s; Path=/; HttpOnly; SameSite=Strict", server->token);
    if (len < 0 || len >= (int)sizeof answer->cookie) return false;
    snprintf(answer->location, sizeof answer->location, "/");
    answer->status = 303;
    answer->cache = "no-store";
    return true;
}

/* The page's own script says so in Origin; where a browser tells nothing of the kind, the nonce still does. */
static bool is_same_origin(const serve_request *request)
{
    if (request->fetch_site.ptr && !dl_str_is(request->fetch_site, "same-origin")) return false;
    if (!request->origin.ptr) return true;
    dl_str origin = request->origin;
    if (dl_str_starts(origin, "http://")) origin = dl_str_slice(origin, 7, origin.len);
    else if (dl_str_starts(origin, "https://")) origin = dl_str_slice(origin, 8, origin.len);
    else return false;
    return request->host.ptr && dl_str_eq_nocase(origin, request->host);
}

static bool may_write(const serve *server, const serve_request *request, serve_answer *answer)
{
    if (!server->review) answer_problem(answer, 403, "nothing may be written; start the server with --review");
    else if (!is_same_origin(request)) answer_problem(answer, 403, "words are taken from this server's own page alone");
    else if (!dl_str_starts(request->content_type, "application/json")) answer_problem(answer, 415, "the body must be application/json");
    else if (!same_secret(request->token, dl_str_of(server->nonce))) answer_problem(answer, 403, "the header X-Dateline-Token does not hold what /api/v1/session gives");
    else return true;
    return false;
}

static bool may_ask(const serve *server, serve_request *request, serve_answer *answer)
{
    const char *why;
    if (request->method == SERVE_OTHER) {
        answer_problem(answer, 405, "GET and HEAD are known here, and POST for people's words");
        answer->allow = "GET, HEAD";
        return false;
    }
    if (!request_read(request, &why)) answer_problem(answer, 400, why);
    else if (!request->host.ptr || !is_our_host(server, request->host))
        answer_problem(answer, 421, "the server does not go by this name; start it with --host NAME if it should");
    else if (welcomes(server, request, answer)) return false;
    else if (!shows_token(server, request)) answer_problem(answer, 401, "a token is needed: as 'Authorization: Bearer TOKEN', or once as /?token=TOKEN");
    else return true;
    return false;
}

/* ---- resources ---- */

static const route *find_route(const serve_request *request, bool *other_method)
{
    size_t count = request->segment_count;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        const route *r = &routes[i];
        if (count != 3u + r->item + (r->below != NULL) || !dl_str_is(request->segments[2], r->name)) continue;
        if (r->below && !dl_str_is(request->segments[3], r->below)) continue;
        bool writes = (r->needs & WRITES) != 0;
        if (writes == (request->method == SERVE_POST)) return r;
        *other_method = true;
    }
    return NULL;
}

/* The numbers that only grow tell whether anything that the answer could depend on has changed. */
static dl_status make_tag(serve_call *call, const route *r)
{
    int64_t readings = 0, corrections = 0;
    dl_status status = DL_OK;
    static const char *const sql[] = {"SELECT max(id) FROM readings", "SELECT max(id) FROM corrections"};
    for (int i = 0; i < 2 && call->store && status == DL_OK; i++) {
        sqlite3_stmt *statement;
        status = store_prepare(call->store, &statement, sql[i], call->err);
        if (status == DL_OK) status = store_number(call->store, statement, 0, i ? &corrections : &readings, call->err);
        sqlite3_finalize(statement);
    }
    if (r->needs & NO_TAG) return status;
    snprintf(call->answer->etag, sizeof call->answer->etag, "W/\"%s-%" PRId64 ".%" PRId64 "-%" PRIu64 "%s\"", dl_version(), readings, corrections,
             call->atlas ? call->atlas->edition : 0, call->server->review ? "r" : "");
    return status;
}

static dl_status run(serve_call *call, const route *r)
{
    serve_answer *answer = call->answer;
    dl_status status = make_tag(call, r);
    if (status != DL_OK) return status;
    answer->status = 200;
    answer->type = "application/json";
    answer->cache = r->needs & NO_TAG ? "no-store" : "private, no-cache";
    if (answer->etag[0] && dl_str_is(call->request->if_none_match, answer->etag)) {
        answer->status = 304;
        return DL_OK;
    }
    if (!call->dry && answer->etag[0] && cache_get(call->server->cache, call->request->target, answer)) return DL_OK;
    status = r->get(call);
    if (status == DL_OK && answer->body.failed) status = dl_fail_memory(call->err);
    if (status == DL_OK && answer->status == 200 && !call->dry) cache_put(call->server->cache, call->request->target, answer);
    return status;
}

static void end_call(serve *server, serve_call *call)
{
    if (call->store) {
        if (!sqlite3_get_autocommit(call->store->db)) (void)!store_script(call->store, "ROLLBACK", NULL);
        pool_give(server, call->store);
    }
    if (call->atlas) atlas_release(server->keeper, call->atlas);
}

static dl_status begin_call(serve *server, const route *r, serve_call *call)
{
    if (r->needs & NEEDS_ATLAS) call->atlas = atlas_hold(server->keeper);
    if (!(r->needs & NEEDS_STORE)) return DL_OK;
    call->store = pool_take(server);
    return store_script(call->store, "BEGIN", call->err);
}

static void ask_resource(serve *server, const route *r, serve_request *request, serve_answer *answer, bool dry)
{
    dl_error err = {0};
    serve_call call = {.server = server, .request = request, .answer = answer, .out = &answer->body, .arena = &request->arena, .err = &err, .dry = dry};
    dl_status status = begin_call(server, r, &call);
    if (status == DL_OK) status = run(&call, r);
    if (status != DL_OK) answer_failure(answer, status, &err);
    end_call(server, &call);
}

/* ---- downloads ---- */

typedef struct download {
    serve *server;
    const route *route;
    serve_request request; /* asked again, from a copy of its target */
    char *target;
    dl_store *store;       /* of its own: it may take long */
} download;

/* A question to the store that runs long without a row is broken off. */
static void download_stop(void *context)
{
    sqlite3_interrupt(((download *)context)->store->db);
}

static void download_free(void *context)
{
    download *d = context;
    dl_store_close(d->store);
    dl_arena_free(&d->request.arena);
    pool_give_stream(d->server);
    free(d->target);
    free(d);
}

static dl_status make_download(void *context, stream_out *sink, dl_error *err)
{
    download *d = context;
    const char *why;
    dl_error ours = {0};
    serve_answer answer = {0};
    serve_call call = {.server = d->server, .request = &d->request, .answer = &answer, .store = d->store, .out = &answer.body, .arena = &d->request.arena,
                       .err = err ? err : &ours, .sink = sink};
    dl_status status = request_read(&d->request, &why) ? store_script(d->store, "BEGIN", call.err) : DL_USAGE;
    if (d->route->needs & NEEDS_ATLAS) call.atlas = atlas_hold(d->server->keeper);
    if (status == DL_OK) status = d->route->get(&call);
    if (status == DL_OK && !call.unread && answer.body.len && !stream_send(sink, answer.body.bytes, answer.body.len)) call.unread = true;
    if (status == DL_OK && answer.body.failed) status = dl_fail_memory(call.err);
    if (call.atlas) atlas_release(d->server->keeper, call.atlas);
    answer_free(&answer);
    return status;
}

static void begin_download(serve *server, const route *r, const serve_request *request, serve_answer *answer)
{
    dl_error err = {0};
    if (!pool_take_stream(server)) {
        answer_problem(answer, 503, "as many downloads as may be are under way");
        return;
    }
    download *d = calloc(1, sizeof *d);
    if (d) *d = (download){.server = server, .route = r, .target = strndup(request->target.ptr, request->target.len)};
    if (!d || !d->target) {
        free(d);
        pool_give_stream(server);
        answer_failure(answer, DL_NO_MEMORY, &err);
        return;
    }
    dl_arena_init(&d->request.arena, 0);
    d->request.target = (dl_str){d->target, request->target.len};
    dl_status status = dl_store_open(&d->store, server->store, DL_STORE_READ, &err);
    if (status != DL_OK) {
        answer_failure(answer, status, &err);
        download_free(d);
        return;
    }
    answer->zipped = request->gzip;
    answer->vary = true;
    answer->stream = stream_begin(&(stream_maker){make_download, download_stop, download_free, d}, request->gzip);
    if (!answer->stream) answer_problem(answer, 503, "no thread could be started for the download");
}

static bool is_wanted_as_download(serve_request *request, const route *r)
{
    dl_str format = request_param(request, "format");
    return r->needs & STREAMS || (r->needs & DOWNLOADS && format.ptr && !dl_str_is(format, "json"));
}

static void ask_api(serve *server, serve_request *request, serve_answer *answer)
{
    bool other_method = false;
    if (request->segment_count < 3 || !dl_str_is(request->segments[1], "v1")) {
        answer_problem(answer, 404, "the API is /api/v1/; docs/openapi.yaml tells its resources");
        return;
    }
    const route *r = find_route(request, &other_method);
    if (!r) {
        answer_problem(answer, other_method ? 405 : 404, other_method ? "the resource is not asked by this method" : "there is no such resource");
        if (other_method) answer->allow = request->method == SERVE_POST ? "GET, HEAD" : "POST";
        return;
    }
    if (r->needs & WRITES && !may_write(server, request, answer)) return;
    bool sent_as_made = is_wanted_as_download(request, r);
    ask_resource(server, r, request, answer, sent_as_made);
    if (answer->status == 200 && sent_as_made) begin_download(server, r, request, answer);
    else if (answer->status == 200) answer_zip(answer, request);
}

void serve_ask(serve *server, serve_request *request, serve_answer *answer)
{
    *answer = (serve_answer){.status = 500};
    if (!may_ask(server, request, answer)) return;
    bool api = request->segment_count && dl_str_is(request->segments[0], "api");
    if (api) ask_api(server, request, answer);
    else if (request->method == SERVE_POST) answer_problem(answer, 405, "the page is read, not written"), answer->allow = "GET, HEAD";
    else serve_file(server->web, request, answer);
}
