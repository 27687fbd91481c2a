/* net_transfer.c - one request through libcurl.
 *
 * Redirections are not libcurl's business, as the next address has a robots.txt of its own. The address that a name stands for is looked at
 * when the socket is opened, so that no name server can lead into a private network. No proxy is used: behind one that could not be seen. */
#include <netinet/in.h>
#include <stdlib.h>

#include "feeds/net_site.h"
#include "feeds/url.h"

enum { CONNECT_S = 20, TIME_S = 120, SLOW_S = 30, SLOW_BYTES = 64, PAGE_LIMIT = 16 * 1024 * 1024, FEED_BYTES = 64 * 1024 * 1024, HEADER_LIMIT = 256 * 1024 };

static bool is_page_type(const char *type)
{
    static const char *const types[] = {"text/html", "application/xhtml+xml", "text/xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
                                        "application/gzip", "application/x-gzip", "application/octet-stream", "text/plain", "binary/octet-stream"};
    dl_str media = http_media_type(dl_str_of(type));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (dl_str_eq_nocase(media, dl_str_of(types[i]))) return true;
    return false;
}

/* Gives up on what is no page before it has come. */
static bool is_wanted(job *j)
{
    char *type = NULL;
    long code = 0;
    j->curl->easy_getinfo(j->easy, CURLINFO_CONTENT_TYPE, &type);
    j->curl->easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &code);
    j->no_page = !j->robots && code == 200 && type && !is_page_type(type);
    return !j->no_page;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    job *j = context;
    size_t len = size * count;
    if (!j->body.len && !is_wanted(j)) return 0;
    if (j->robots && j->body.len + len > j->limit) len = j->limit - j->body.len; /* the rest is not heeded */
    else if (len > j->limit - j->body.len) j->too_large = true;
    if (j->too_large || (len && !http_reserve(&j->body, len))) return 0;
    if (len) memcpy(j->body.ptr + j->body.len, bytes, len);
    j->body.len += len;
    return size * count;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    job *j = context;
    (void)bytes;
    j->header_bytes += size * count;
    return j->header_bytes > HEADER_LIMIT ? 0 : size * count;
}

static curl_socket_t on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    job *j = context;
    const struct sockaddr *to = &address->addr;
    bool hidden = true;
    (void)purpose;
    if (to->sa_family == AF_INET) hidden = address_is_private((const unsigned char *)&((const struct sockaddr_in *)(const void *)to)->sin_addr, 4);
    else if (to->sa_family == AF_INET6) hidden = address_is_private((const unsigned char *)&((const struct sockaddr_in6 *)(const void *)to)->sin6_addr, 16);
    if (hidden && !j->allow_private) {
        j->is_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype, address->protocol);
}

/* "Name: value"; a value that is no single line is left out. */
static bool add_field(job *j, const char *name, dl_str value)
{
    if (!value.len || memchr(value.ptr, '\n', value.len) || memchr(value.ptr, '\r', value.len)) return true;
    dl_str line = dl_arena_format(&j->arena, "%s: %.*s", name, (int)value.len, value.ptr);
    struct curl_slist *grown = line.ptr ? j->curl->slist_append(j->fields, line.ptr) : NULL;
    if (grown) j->fields = grown;
    return grown != NULL;
}

static void set_options(job *j, const fetch_options *options)
{
    CURL *e = j->easy;
    __typeof__(j->curl->easy_setopt) set = j->curl->easy_setopt;
    set(e, CURLOPT_URL, j->url.ptr); /* ends with a zero, which is not counted */
    set(e, CURLOPT_PROTOCOLS_STR, "http,https");
    set(e, CURLOPT_FOLLOWLOCATION, 0L);
    set(e, CURLOPT_PROXY, "");
    set(e, CURLOPT_NOSIGNAL, 1L);
    set(e, CURLOPT_USERAGENT, options->user_agent);
    set(e, CURLOPT_ACCEPT_ENCODING, "");
    set(e, CURLOPT_HTTPHEADER, j->fields);
    set(e, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    set(e, CURLOPT_TIMEOUT, (long)TIME_S);
    set(e, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
    set(e, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    set(e, CURLOPT_WRITEFUNCTION, on_body), set(e, CURLOPT_WRITEDATA, j);
    set(e, CURLOPT_HEADERFUNCTION, on_header), set(e, CURLOPT_HEADERDATA, j);
    set(e, CURLOPT_OPENSOCKETFUNCTION, on_socket), set(e, CURLOPT_OPENSOCKETDATA, j);
    set(e, CURLOPT_PRIVATE, j);
}

bool transfer_start(job *j, const curl_api *curl, CURLM *multi, const fetch_options *options)
{
    j->curl = curl;
    j->body.len = j->header_bytes = 0;
    j->is_private = j->too_large = j->no_page = false;
    j->allow_private = options->allow_private;
    j->limit = j->robots ? ROBOTS_LIMIT : j->request.feed ? FEED_BYTES : PAGE_LIMIT;
    j->easy = j->curl->easy_init();
    bool ready = j->easy && (j->robots || (add_field(j, "If-None-Match", j->request.etag) && add_field(j, "If-Modified-Since", j->request.modified)));
    if (ready) set_options(j, options);
    if (ready && j->curl->multi_add_handle(multi, j->easy) == CURLM_OK) return true;
    transfer_end(j, NULL);
    return false;
}

void transfer_end(job *j, CURLM *multi)
{
    if (j->easy && multi) j->curl->multi_remove_handle(multi, j->easy);
    if (j->easy) j->curl->easy_cleanup(j->easy);
    if (j->fields) j->curl->slist_free_all(j->fields);
    j->easy = NULL;
    j->fields = NULL;
}

dl_str transfer_field(job *j, const char *name)
{
    struct curl_header *field;
    if (j->curl->easy_header(j->easy, name, 0, CURLH_HEADER, -1, &field) != CURLHE_OK) return (dl_str){0};
    return dl_arena_str(&j->arena, dl_str_trim(dl_str_of(field->value)));
}

void job_free(job *j)
{
    transfer_end(j, NULL);
    free(j->body.ptr);
    free(j->node);
    dl_arena_free(&j->arena);
    free(j);
}
