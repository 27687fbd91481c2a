/* net_fetch.c - whom to ask next, and what an answer means.
 *
 * Each origin has a queue; a site (host name) is asked one thing at a time, with a pause between. An origin's robots.txt comes first (RFC 9309):
 * where it is not there (4xx) all is allowed, where it can't be had (5xx, no connection) nothing is. */
#include "feeds/net_fetch.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "feeds/moment.h"
#include "feeds/net_site.h"
#include "feeds/url.h"

enum { MOST_TRANSFERS = 16, MOST_REDIRECTIONS = 5, MOST_TRIES = 3, MOST_CRAWL_DELAY = 60, PATIENCE_S = 120, MOST_WAIT_S = 86400, RULES_HOURS = 24 };

struct fetcher {
    fetch_options options;
    curl_api curl;
    CURLM *multi;
    dl_arena arena;
    site *sites;
    origin *origins;
    size_t waiting, active;
    answer_node *first, *last;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

dl_status fetcher_new(fetcher **out, const fetch_options *options, dl_error *err)
{
    *out = NULL;
    fetcher *f = calloc(1, sizeof *f);
    if (!f) return dl_fail_memory(err);
    f->options = *options;
    dl_arena_init(&f->arena, 0);
    dl_status status = curl_load(&f->curl, err);
    if (status == DL_OK && !(f->multi = f->curl.multi_init())) status = dl_fail_memory(err);
    if (status == DL_OK) *out = f;
    else fetcher_free(f);
    return status;
}

void fetch_answer_free(fetch_answer *answer)
{
    free(answer->memory);
    dl_arena_free(&answer->arena);
    answer->memory = NULL;
}

void fetcher_free(fetcher *f)
{
    if (!f) return;
    for (origin *o = f->origins; o; o = o->next) {
        for (job *j = o->first, *next; j; j = next) next = j->next, job_free(j);
        free(o->text.ptr);
        dl_arena_free(&o->arena);
    }
    for (site *s = f->sites; s; s = s->next)
        if (s->active) transfer_end(s->active, f->multi), job_free(s->active);
    for (answer_node *a = f->first, *next; a; a = next) next = a->next, fetch_answer_free(&a->answer), free(a);
    if (f->multi) f->curl.multi_cleanup(f->multi);
    dl_arena_free(&f->arena);
    free(f);
}

size_t fetcher_waiting(const fetcher *f)
{
    return f->waiting;
}

/* ---- sites and queues ---- */

static dl_str host_of(dl_str origin_name)
{
    dl_str host = dl_str_slice(origin_name, dl_str_find(origin_name, DL_STR("://"), 0) + 3, origin_name.len);
    size_t end = dl_str_starts(host, "[") ? dl_str_find(host, DL_STR("]"), 0) : dl_str_find(host, DL_STR(":"), 0);
    return end == SIZE_MAX ? host : dl_str_slice(host, 0, end);
}

static site *site_of(fetcher *f, dl_str name)
{
    for (site *s = f->sites; s; s = s->next)
        if (dl_str_eq(s->name, name)) return s;
    site *s = DL_NEW(&f->arena, site);
    if (!s) return NULL;
    *s = (site){.next = f->sites, .name = name};
    return f->sites = s;
}

static origin *origin_of(fetcher *f, dl_str url)
{
    dl_str name = url_origin(url);
    for (origin *o = f->origins; o; o = o->next)
        if (dl_str_eq(o->name, name)) return o;
    origin *o = DL_NEW(&f->arena, origin);
    dl_str kept = dl_arena_str(&f->arena, name);
    site *s = o && kept.ptr ? site_of(f, host_of(kept)) : NULL;
    if (!s) return NULL;
    *o = (origin){.next = f->origins, .name = kept, .site = s};
    dl_arena_init(&o->arena, 0);
    return f->origins = o;
}

static bool enqueue(fetcher *f, job *j, bool front)
{
    origin *o = origin_of(f, j->url);
    if (!o) return false;
    j->origin = o;
    j->next = front ? o->first : NULL;
    if (front || !o->first) o->first = j;
    else o->last->next = j;
    if (!front || !o->last) o->last = j;
    return true;
}

static job *dequeue(origin *o)
{
    job *j = o->first;
    o->first = j->next;
    if (!o->first) o->last = NULL;
    return j;
}

static dl_str keep(char **at, dl_str text)
{
    dl_str copy = {*at, text.len};
    if (!text.ptr) return text;
    memcpy(*at, text.ptr, text.len);
    *at += text.len + 1;
    return copy;
}

/* Many wait at once, so a job takes no more than it needs. */
static job *new_job(const fetch_request *request)
{
    job *j = calloc(1, sizeof *j + request->url.len + request->etag.len + request->modified.len + 3);
    if (!j) return NULL;
    char *at = (char *)(j + 1);
    dl_arena_init(&j->arena, 0);
    j->request = *request;
    j->url = j->request.url = keep(&at, request->url);
    j->request.etag = keep(&at, request->etag);
    j->request.modified = keep(&at, request->modified);
    j->node = calloc(1, sizeof *j->node);
    if (j->node) return j;
    job_free(j);
    return NULL;
}

bool fetcher_add(fetcher *f, const fetch_request *request)
{
    job *j = new_job(request);
    if (!j || !enqueue(f, j, false)) {
        if (j) job_free(j);
        return false;
    }
    f->waiting++;
    return true;
}

/* ---- answers ---- */

/* Makes the job's answer, with the sentence `why`, and gives the job's arena to it. Fields of the transfer must have been taken before. */
static fetch_answer *give_answer(fetcher *f, job *j, fetch_end end, const char *why)
{
    answer_node *node = j->node;
    j->node = NULL;
    f->waiting--;
    node->answer = (fetch_answer){.tag = j->request.tag, .end = end, .url = dl_arena_str(&j->arena, j->url)};
    node->answer.arena = j->arena;
    snprintf(node->answer.why, sizeof node->answer.why, "%s", why);
    dl_arena_init(&j->arena, 0);
    if (f->last) f->last->next = node;
    else f->first = node;
    f->last = node;
    return &node->answer;
}

static void end_without_page(fetcher *f, job *j, fetch_end end, const char *why, long code, double wait)
{
    fetch_answer *answer = give_answer(f, j, end, why);
    answer->code = code;
    answer->wait = wait;
    job_free(j);
}

static double wait_told(dl_str retry_after)
{
    int64_t number;
    if (dl_str_number(retry_after, &number)) return number < MOST_WAIT_S ? (double)number : MOST_WAIT_S;
    if (!moment_parse(retry_after, &number)) return 0;
    double wait = (double)(number - (int64_t)time(NULL));
    return wait < 0 ? 0 : wait < MOST_WAIT_S ? wait : MOST_WAIT_S;
}

/* Asks again later, or gives up; the site is left alone meanwhile. */
static void back_off(fetcher *f, job *j, const char *why, long code, double told)
{
    site *s = j->origin->site;
    double pause = f->options.delay > 0.5 ? f->options.delay : 0.5;
    for (int i = 0; i < s->failures && pause < 600; i++) pause *= 2;
    double wait = told > pause ? told : pause;
    s->failures++;
    s->free_at = seconds_now() + wait;
    if (++j->tries < MOST_TRIES && wait <= PATIENCE_S && enqueue(f, j, true)) return;
    end_without_page(f, j, FETCH_FAILED, why, code, wait);
}

static void redirect(fetcher *f, job *j, dl_str location)
{
    dl_str to = location.len ? url_resolve(&j->arena, j->url, location) : (dl_str){0};
    if (!to.ptr) end_without_page(f, j, FETCH_REFUSED, "it leads to an address that is none of the web", 0, 0);
    else if (++j->redirections > MOST_REDIRECTIONS) end_without_page(f, j, FETCH_REFUSED, "it leads on and on (more than five redirections)", 0, 0);
    else {
        j->url = to;
        if (!enqueue(f, j, true)) end_without_page(f, j, FETCH_FAILED, "out of memory", 0, 0);
    }
}

static void finish_page(fetcher *f, job *j, long code)
{
    dl_str type = transfer_field(j, "Content-Type"), etag = transfer_field(j, "ETag"), modified = transfer_field(j, "Last-Modified");
    char why[64] = "";
    if (code != 200 && code != 203 && code != 304) snprintf(why, sizeof why, "the site answers %ld", code);
    transfer_end(j, f->multi);
    fetch_answer *answer = give_answer(f, j, FETCH_ANSWERED, why);
    answer->code = code;
    answer->type = http_media_type(type), answer->charset = http_charset(type), answer->etag = etag, answer->modified = modified;
    answer->memory = (char *)j->body.ptr;
    answer->body = (dl_str){answer->memory ? answer->memory : "", j->body.len};
    j->body = (http_bytes){0};
    job_free(j);
}

static bool is_redirection(long code)
{
    return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
}

static void finish_job(fetcher *f, job *j, CURLcode result, long code)
{
    char why[256];
    dl_str retry = transfer_field(j, "Retry-After"), location = transfer_field(j, "Location");
    bool busy = code == 429 || code >= 500;
    if (result == CURLE_OK && !busy && !is_redirection(code)) {
        j->origin->site->failures = 0;
        finish_page(f, j, code);
        return;
    }
    snprintf(why, sizeof why, "%s", f->curl.easy_strerror(result));
    if (result == CURLE_OK) snprintf(why, sizeof why, "the site answers %ld", code);
    transfer_end(j, f->multi);
    if (j->is_private) end_without_page(f, j, FETCH_REFUSED, "its address is a private one (--allow-private)", 0, 0);
    else if (j->no_page) end_without_page(f, j, FETCH_REFUSED, "it is no page but of another type", code, 0);
    else if (j->too_large || result == CURLE_FILESIZE_EXCEEDED) end_without_page(f, j, FETCH_REFUSED, "it is too large", code, 0);
    else if (result == CURLE_OK && !busy) redirect(f, j, location);
    else back_off(f, j, why, result == CURLE_OK ? code : 0, wait_told(retry));
}

/* ---- robots.txt ---- */

static bool ask_rules(fetcher *f, origin *o)
{
    dl_str url = dl_arena_format(&f->arena, "%.*s/robots.txt", (int)o->name.len, o->name.ptr);
    job *j = url.ptr ? new_job(&(fetch_request){.url = url}) : NULL;
    if (!j) return false;
    j->robots = true;
    j->origin = j->rules_of = o;
    o->state = RULES_ASKED;
    if (transfer_start(j, &f->curl, f->multi, &f->options)) {
        o->site->active = j;
        f->active++;
        return true;
    }
    job_free(j);
    o->state = RULES_FORBID;
    return false;
}

static void set_rules(fetcher *f, origin *o, job *j)
{
    free(o->text.ptr);
    dl_arena_reset(&o->arena);
    o->text = j->body;
    j->body = (http_bytes){0};
    dl_str text = {o->text.ptr ? (const char *)o->text.ptr : "", o->text.len};
    o->state = robots_parse(&o->rules, &o->arena, text, dl_str_of(f->options.token), NULL) == DL_OK ? RULES_KNOWN : RULES_FORBID;
}

/* Redirections are followed across origins; what is found holds for the origin that was asked. */
static void finish_rules(fetcher *f, job *j, CURLcode result, long code)
{
    origin *o = j->rules_of;
    dl_str location = transfer_field(j, "Location");
    transfer_end(j, f->multi);
    o->asked_at = seconds_now();
    dl_str to = result == CURLE_OK && is_redirection(code) && j->redirections++ < MOST_REDIRECTIONS ? url_resolve(&j->arena, j->url, location) : (dl_str){0};
    if (to.ptr) {
        j->url = to;
        if (transfer_start(j, &f->curl, f->multi, &f->options)) {
            j->origin->site->active = j; /* the site that is waited for is the one that was asked */
            f->active++;
            return;
        }
    }
    if (result == CURLE_OK && code == 200) set_rules(f, o, j);
    else if (j->is_private) o->state = RULES_KNOWN, o->rules = (robots){.delay = -1}; /* the page's own address will be refused */
    else if (result == CURLE_OK && code >= 300 && code < 500 && code != 429) o->state = RULES_KNOWN, o->rules = (robots){.delay = -1};
    else o->state = RULES_FORBID;
    job_free(j);
}

/* ---- the turn ---- */

static double pause_of(const fetcher *f, const origin *o)
{
    double own = o->state == RULES_KNOWN ? o->rules.delay : 0;
    if (own > MOST_CRAWL_DELAY) own = MOST_CRAWL_DELAY;
    return own > f->options.delay ? own : f->options.delay;
}

static void start_job(fetcher *f, origin *o)
{
    job *j = dequeue(o);
    if (o->state == RULES_FORBID) {
        end_without_page(f, j, FETCH_FAILED, "the site's robots.txt cannot be had, so nothing may be fetched", 0, 3600);
    } else if (!robots_allows(&o->rules, url_path(j->url))) {
        end_without_page(f, j, FETCH_FORBIDDEN, "the site's robots.txt does not allow it", 0, 0);
    } else if (transfer_start(j, &f->curl, f->multi, &f->options)) {
        o->site->active = j;
        f->active++;
    } else {
        end_without_page(f, j, FETCH_FAILED, "out of memory", 0, 0);
    }
}

/* Starts what may be started; gives when the next may be (seconds from now). */
static double start_due(fetcher *f)
{
    double now = seconds_now(), soonest = 3600;
    for (origin *o = f->origins; o; o = o->next) {
        if (!o->first || o->site->active) continue;
        bool stale = o->state >= RULES_KNOWN && now - o->asked_at > (o->state == RULES_FORBID ? 3600 : RULES_HOURS * 3600);
        if (o->state >= RULES_KNOWN && !stale && (o->state == RULES_FORBID || !robots_allows(&o->rules, url_path(o->first->url)))) {
            start_job(f, o); /* asks nothing */
            return 0;
        }
        if (o->site->free_at > now) soonest = o->site->free_at - now < soonest ? o->site->free_at - now : soonest;
        else if (f->active < MOST_TRANSFERS) {
            if (o->state == RULES_UNKNOWN || stale) ask_rules(f, o);
            else start_job(f, o);
        }
    }
    return soonest;
}

static void finish_transfers(fetcher *f)
{
    int left;
    for (CURLMsg *message; (message = f->curl.multi_info_read(f->multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        char *context = NULL;
        long code = 0;
        CURLcode result = message->data.result;
        f->curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
        f->curl.easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &code);
        job *j = (job *)(void *)context;
        site *s = j->origin->site;
        s->active = NULL;
        s->free_at = seconds_now() + pause_of(f, j->origin);
        f->active--;
        if (j->robots) finish_rules(f, j, result, code);
        else finish_job(f, j, result, code);
    }
}

static bool take_answer(fetcher *f, fetch_answer *out)
{
    answer_node *node = f->first;
    if (!node) return false;
    *out = node->answer;
    f->first = node->next;
    if (!f->first) f->last = NULL;
    free(node);
    return true;
}

bool fetcher_next(fetcher *f, int wait_ms, fetch_answer *out)
{
    double until = seconds_now() + wait_ms / 1000.0;
    for (;;) {
        int running;
        double next = start_due(f);
        f->curl.multi_perform(f->multi, &running);
        finish_transfers(f);
        if (take_answer(f, out)) return true;
        double left = until - seconds_now();
        if (left <= 0 || !f->waiting) return false;
        if (next > left) next = left;
        f->curl.multi_poll(f->multi, NULL, 0, (int)(next * 1000) + 1, NULL);
    }
}
