/* net_server.c - HTTP by libmicrohttpd: bytes of a connection into requests, answers into bytes.
 *
 * A pool of threads, each with its own connections. libmicrohttpd closes what is idle; what trickles (a byte now and then, for ever) is closed by a
 * thread of ours that knows when each connection began its request. */
#include "serve/net_server.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/error.h"
#include "serve/net_microhttpd.h"
#include "serve/stream.h"

enum { HEADER_ROOM = 32 * 1024, PIECE = 64 * 1024 };

/* A connection; known from its beginning to its end. */
typedef struct line {
    struct line *before, *after;
    int socket;
    int64_t since; /* when its request began to come; 0: none is coming */
} line;

/* A download on its way. */
typedef struct sending {
    struct sending *before, *after;
    net_server *net;
    serve_stream *stream;
    struct MHD_Connection *connection;
} sending;

struct net_server {
    serve *server;
    mhd_api mhd;
    struct MHD_Daemon *daemon;
    pthread_t sweeper;
    pthread_mutex_t lock; /* of the lines and the downloads */
    pthread_cond_t wake;
    line *lines;
    sending *sendings;
    bool closing;
    unsigned request_s;
};

/* A request on its way in. */
typedef struct exchange {
    net_server *net;
    struct MHD_Connection *connection;
    char *target;
    char *body;
    size_t body_len;
    bool begun, too_large, failed;
} exchange;

static int64_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

/* ---- connections ---- */

static void connection_notice(void *context, struct MHD_Connection *connection, void **slot, enum MHD_ConnectionNotificationCode code)
{
    net_server *net = context;
    pthread_mutex_lock(&net->lock);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = net->mhd.get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        line *one = calloc(1, sizeof *one);
        if (one) {
            *one = (line){.after = net->lines, .socket = info ? info->connect_fd : -1, .since = seconds()};
            if (net->lines) net->lines->before = one;
            net->lines = one;
        }
        *slot = one;
    } else if (*slot) {
        line *one = *slot;
        if (one->before) one->before->after = one->after;
        else net->lines = one->after;
        if (one->after) one->after->before = one->before;
        free(one);
        *slot = NULL;
    }
    pthread_mutex_unlock(&net->lock);
}

static void set_since(net_server *net, struct MHD_Connection *connection, int64_t since)
{
    const union MHD_ConnectionInfo *info = net->mhd.get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    line *one = info ? info->socket_context : NULL;
    if (!one) return;
    pthread_mutex_lock(&net->lock);
    one->since = since;
    pthread_mutex_unlock(&net->lock);
}

/* Closes for both ways what has been asking for too long; libmicrohttpd then finds the end and clears up. */
static void *sweep(void *context)
{
    net_server *net = context;
    pthread_mutex_lock(&net->lock);
    while (!net->closing) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += 1;
        pthread_cond_timedwait(&net->wake, &net->lock, &until);
        int64_t now = seconds();
        for (line *one = net->lines; one; one = one->after)
            if (one->since && now - one->since > (int64_t)net->request_s && one->socket >= 0) shutdown(one->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&net->lock);
    return NULL;
}

/* ---- requests ---- */

/* Called with the address as it came, before anything is undone in it. */
static void *request_begins(void *context, const char *target, struct MHD_Connection *connection)
{
    exchange *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    x->net = context;
    x->connection = connection;
    x->target = strdup(target);
    return x;
}

static void request_ends(void *context, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode code)
{
    exchange *x = *slot;
    (void)code;
    set_since(context, connection, 0);
    if (!x) return;
    free(x->target);
    free(x->body);
    free(x);
    *slot = NULL;
}

/* Escapes are undone by the server's own hand. */
static size_t leave_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

static dl_str header(const exchange *x, const char *name)
{
    return dl_str_of(x->net->mhd.lookup_connection_value(x->connection, MHD_HEADER_KIND, name));
}

/* Whether gzip is named without a quality of nought. */
static bool takes_gzip(dl_str accept)
{
    dl_str one;
    while (accept.len && dl_str_next(&accept, ',', &one)) {
        one = dl_str_trim(one);
        if (dl_str_starts(one, "gzip")) return dl_str_find(one, DL_STR("q=0"), 0) == SIZE_MAX || dl_str_find(one, DL_STR("q=0."), 0) != SIZE_MAX;
    }
    return false;
}

static serve_method method_of(const char *method)
{
    if (strcmp(method, "GET") == 0) return SERVE_GET;
    if (strcmp(method, "HEAD") == 0) return SERVE_HEAD;
    return strcmp(method, "POST") == 0 ? SERVE_POST : SERVE_OTHER;
}

/* ---- answers ---- */

static void wait_for_more(void *context)
{
    const sending *s = context;
    s->net->mhd.suspend_connection(s->connection);
}

static void go_on(void *context)
{
    const sending *s = context;
    s->net->mhd.resume_connection(s->connection);
}

static ssize_t send_piece(void *context, uint64_t at, char *to, size_t room)
{
    sending *s = context;
    (void)at;
    long taken = stream_take(s->stream, to, room, wait_for_more, go_on, s);
    if (taken == -1) return MHD_CONTENT_READER_END_OF_STREAM;
    return taken < 0 ? MHD_CONTENT_READER_END_WITH_ERROR : taken;
}

static void sending_ends(void *context)
{
    sending *s = context;
    pthread_mutex_lock(&s->net->lock);
    if (s->before) s->before->after = s->after;
    else s->net->sendings = s->after;
    if (s->after) s->after->before = s->before;
    pthread_mutex_unlock(&s->net->lock);
    stream_end(s->stream);
    free(s);
}

/* False when the server is closing: it would wait for the download. */
static bool sending_begins(net_server *net, sending *s)
{
    pthread_mutex_lock(&net->lock);
    bool open = !net->closing;
    if (open) {
        s->after = net->sendings;
        if (net->sendings) net->sendings->before = s;
        net->sendings = s;
    }
    pthread_mutex_unlock(&net->lock);
    return open;
}

static struct MHD_Response *make_response(exchange *x, serve_answer *answer)
{
    const mhd_api *mhd = &x->net->mhd;
    if (!answer->stream) {
        /* the body's memory goes with the response */
        enum MHD_ResponseMemoryMode mode = answer->body.bytes ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT;
        struct MHD_Response *response = mhd->create_response_from_buffer(answer->body.len, answer->body.bytes ? answer->body.bytes : (void *)"", mode);
        if (response) answer->body = (dl_json_out){0};
        return response;
    }
    sending *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    *s = (sending){.net = x->net, .stream = answer->stream, .connection = x->connection};
    if (!sending_begins(x->net, s)) {
        free(s);
        return NULL;
    }
    struct MHD_Response *response = mhd->create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, send_piece, s, sending_ends);
    answer->stream = NULL; /* it ends with the response, or here */
    if (!response) sending_ends(s);
    return response;
}

static void add_headers(const mhd_api *mhd, struct MHD_Response *response, const serve_answer *answer)
{
    char text[128];
    for (size_t i = 0; serve_headers[i][0]; i++) mhd->add_response_header(response, serve_headers[i][0], serve_headers[i][1]);
    if (answer->type && answer->status != 304) mhd->add_response_header(response, "Content-Type", answer->type);
    if (answer->cache) mhd->add_response_header(response, "Cache-Control", answer->cache);
    if (answer->etag[0]) mhd->add_response_header(response, "ETag", answer->etag);
    if (answer->vary) mhd->add_response_header(response, "Vary", "Accept-Encoding");
    if (answer->zipped) mhd->add_response_header(response, "Content-Encoding", "gzip");
    if (answer->location[0]) mhd->add_response_header(response, "Location", answer->location);
    if (answer->cookie[0]) mhd->add_response_header(response, "Set-Cookie", answer->cookie);
    if (answer->allow) mhd->add_response_header(response, "Allow", answer->allow);
    if (answer->status == 401) mhd->add_response_header(response, "WWW-Authenticate", "Bearer");
    if (answer->retry) snprintf(text, sizeof text, "%u", answer->retry), mhd->add_response_header(response, "Retry-After", text);
    if (answer->filename[0]) {
        snprintf(text, sizeof text, "attachment; filename=\"%s\"", answer->filename);
        mhd->add_response_header(response, "Content-Disposition", text);
    }
}

static enum MHD_Result send_answer(exchange *x, serve_answer *answer)
{
    const mhd_api *mhd = &x->net->mhd;
    struct MHD_Response *response = make_response(x, answer);
    enum MHD_Result result = MHD_NO;
    if (response) {
        add_headers(mhd, response, answer);
        result = mhd->queue_response(x->connection, (unsigned)answer->status, response);
        mhd->destroy_response(response);
    }
    answer_free(answer);
    return result;
}

static enum MHD_Result answer_request(exchange *x, const char *method)
{
    struct MHD_Connection *c = x->connection;
    serve_answer answer = {0};
    serve_request request = {.method = method_of(method), .target = dl_str_of(x->target), .host = header(x, "Host"), .origin = header(x, "Origin"),
                             .fetch_site = header(x, "Sec-Fetch-Site"), .authorization = header(x, "Authorization"), .cookie = header(x, "Cookie"),
                             .token = header(x, "X-Dateline-Token"), .content_type = header(x, "Content-Type"),
                             .if_none_match = header(x, "If-None-Match"), .gzip = takes_gzip(header(x, "Accept-Encoding")), .body = {x->body, x->body_len}};
    set_since(x->net, c, 0); /* it has come as a whole */
    if (x->failed || !x->target) answer_problem(&answer, 503, "the server is out of memory for this request");
    else if (x->too_large) answer_problem(&answer, 413, "the body is too large");
    else {
        dl_arena_init(&request.arena, 0);
        serve_ask(x->net->server, &request, &answer);
        dl_arena_free(&request.arena);
    }
    return send_answer(x, &answer);
}

static void take_body(exchange *x, const char *bytes, size_t count)
{
    if (x->too_large || x->failed) return;
    x->too_large = count > SERVE_LONGEST_BODY - x->body_len;
    if (x->too_large) return;
    char *grown = realloc(x->body, x->body_len + count + 1);
    x->failed = !grown;
    if (!grown) return;
    memcpy(grown + x->body_len, bytes, count);
    x->body = grown;
    x->body_len += count;
}

/* Once when the headers are there, then for each piece of the body, then at its end. */
static enum MHD_Result take_request(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                    const char *piece, size_t *piece_len, void **slot)
{
    exchange *x = *slot;
    (void)context, (void)connection, (void)url, (void)version;
    if (!x) return MHD_NO;
    if (!x->begun) {
        x->begun = true;
        return MHD_YES;
    }
    if (*piece_len) {
        take_body(x, piece, *piece_len);
        *piece_len = 0;
        return MHD_YES;
    }
    return answer_request(x, method);
}

/* ---- starting and stopping ---- */

static bool make_address(const net_options *options, struct sockaddr_storage *out, unsigned *flags)
{
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, options->address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(options->port);
        return true;
    }
    if (inet_pton(AF_INET6, options->address, &six->sin6_addr) != 1) return false;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(options->port);
    *flags |= MHD_USE_IPv6;
    return true;
}

static void silence(void *context, const char *format, va_list args)
{
    (void)context, (void)format, (void)args; /* what clients do wrong is no message of ours */
}

static struct MHD_Daemon *start_daemon(net_server *net, const net_options *options)
{
    struct sockaddr_storage address;
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (!make_address(options, &address, &flags)) return NULL;
    return net->mhd.start_daemon(flags, options->port, NULL, NULL, take_request, net,
                                 MHD_OPTION_EXTERNAL_LOGGER, silence, NULL, /* first, to hold for what follows */
                                 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
                                 MHD_OPTION_THREAD_POOL_SIZE, options->threads,
                                 MHD_OPTION_CONNECTION_LIMIT, options->connections,
                                 MHD_OPTION_CONNECTION_TIMEOUT, options->idle_s,
                                 MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_ROOM,
                                 MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                 MHD_OPTION_URI_LOG_CALLBACK, request_begins, net,
                                 MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
                                 MHD_OPTION_NOTIFY_COMPLETED, request_ends, net,
                                 MHD_OPTION_NOTIFY_CONNECTION, connection_notice, net,
                            MHD_OPTION_END);
}

dl_status net_server_start(net_server **out, serve *server, const net_options *options, dl_error *err)
{
    pthread_condattr_t clock;
    *out = NULL;
    net_server *net = calloc(1, sizeof *net);
    if (!net) return dl_fail_memory(err);
    dl_status status = mhd_load(&net->mhd, err);
    if (status != DL_OK) {
        free(net);
        return status;
    }
    net->server = server;
    net->request_s = options->request_s;
    pthread_mutex_init(&net->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&net->wake, &clock);
    pthread_condattr_destroy(&clock);
    net->daemon = start_daemon(net, options);
    bool swept = net->daemon && pthread_create(&net->sweeper, NULL, sweep, net) == 0;
    if (swept) {
        *out = net;
        return DL_OK;
    }
    if (net->daemon) net->mhd.stop_daemon(net->daemon);
    pthread_cond_destroy(&net->wake);
    pthread_mutex_destroy(&net->lock);
    free(net);
    return dl_fail(err, DL_IO, options->address, 0, "port %u cannot be listened on", options->port);
}

uint16_t net_server_port(const net_server *net)
{
    const union MHD_DaemonInfo *info = net->mhd.get_daemon_info(net->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void net_server_stop(net_server *net)
{
    if (!net) return;
    pthread_mutex_lock(&net->lock);
    net->closing = true;
    pthread_cond_signal(&net->wake);
    for (sending *s = net->sendings; s; s = s->after) stream_cut(s->stream); /* no connection may be left waiting */
    pthread_mutex_unlock(&net->lock);
    pthread_join(net->sweeper, NULL);
    net->mhd.stop_daemon(net->daemon);
    pthread_cond_destroy(&net->wake);
    pthread_mutex_destroy(&net->lock);
    free(net);
}
