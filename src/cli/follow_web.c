/* follow_web.c - feeds, sitemaps and pages of the web.
 *
 * A source that answers with a feed gives links, each of which is asked once, and again only when the feed says that it changed since. What a
 * feed's own ETag says is kept only when all its pages are in the store: killed before that, the feed is read again, not believed to be as before. */
#include <errno.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "cli/follow.h"
#include "feeds/digests.h"
#include "feeds/feed.h"
#include "feeds/net_fetch.h"
#include "feeds/url.h"

enum { MOST_LEVELS = 3, MOST_PAGES = 500, MOST_SITEMAPS = 200, FIRST_PAUSE = 900, LONGEST_PAUSE = 7 * 86400 };

/* A feed or a page that was asked for. */
typedef struct link {
    struct link *parent;  /* the feed or index that it was found in */
    bool feed;            /* it may be one: a source, or found in an index */
    int level;
    dl_followed *before;  /* known of it, in one block */
    dl_date hint;
    size_t open;          /* of a feed: links without an answer, and itself */
    bool incomplete;      /* of a feed: not all its pages could be had */
    dl_followed *mark;    /* of a feed: to be kept when all is done */
    size_t taken;         /* of a feed: links that were asked in this round */
} link;

typedef struct ready {
    struct ready *next;
    item item;
} ready;

struct follow_web {
    const cli_settings *settings;
    dl_store *known;
    follow_counts *counts;
    fetcher *fetcher;
    char user_agent[512];
    ready *first, *last;
    size_t ready_count;
    digest_set asked; /* in this round */
    size_t most;
};

follow_web *follow_web_new(const cli_settings *settings, dl_store *known, follow_counts *counts)
{
    follow_web *fw = calloc(1, sizeof *fw);
    if (!fw) return NULL;
    *fw = (follow_web){.settings = settings, .known = known, .counts = counts, .most = settings->most ? settings->most : MOST_PAGES};
    if (settings->contact) snprintf(fw->user_agent, sizeof fw->user_agent, "dateline/%s (+%s)", dl_version(), settings->contact);
    else snprintf(fw->user_agent, sizeof fw->user_agent, "dateline/%s (reader of conflict news)", dl_version());
    fetch_options options = {"dateline", fw->user_agent, settings->delay < 0 ? 2 : settings->delay, settings->allow_private};
    dl_error err;
    if (fetcher_new(&fw->fetcher, &options, &err) == DL_OK) return fw;
    report(&err);
    free(fw);
    return NULL;
}

void follow_web_free(follow_web *fw)
{
    if (!fw) return;
    for (ready *r = fw->first, *next; r; r = next) next = r->next, item_free(&r->item), free(r);
    fetcher_free(fw->fetcher);
    digest_free(&fw->asked);
    free(fw);
}

size_t follow_web_waiting(const follow_web *fw)
{
    return fetcher_waiting(fw->fetcher) + fw->ready_count;
}

/* ---- items ---- */

static item *new_item(follow_web *fw)
{
    ready *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->item.seen = INT64_MIN;
    dl_arena_init(&r->item.arena, 0);
    if (fw->last) fw->last->next = r;
    else fw->first = r;
    fw->last = r;
    fw->ready_count++;
    return &r->item;
}

/* Takes the mark. */
static void put_mark(follow_web *fw, dl_followed *mark)
{
    item *it = mark ? new_item(fw) : NULL;
    if (it) it->only_mark = true, it->mark = mark;
    else free(mark);
}

/* A failure that is told and counted; what is known of the address afterwards goes with it. */
static void put_failure(follow_web *fw, dl_str url, dl_status status, const char *why, dl_followed *mark)
{
    item *it = new_item(fw);
    if (!it) {
        free(mark);
        return;
    }
    it->only_mark = true;
    it->mark = mark;
    if (asprintf(&it->name, "%.*s", (int)url.len, url.ptr) < 0) it->name = NULL;
    fail_item(it, status, 0, why);
}

/* ---- links ---- */

static void end_link(follow_web *fw, link *l);

/* One less to wait for: a feed whose last link is done is done. */
static void close_link(follow_web *fw, link *of, bool complete)
{
    if (!of) return;
    if (!complete) of->incomplete = true;
    if (--of->open == 0) end_link(fw, of);
}

static void end_link(follow_web *fw, link *l)
{
    link *parent = l->parent;
    bool complete = !l->incomplete;
    if (complete) put_mark(fw, l->mark);
    else free(l->mark);
    free(l->before);
    free(l);
    close_link(fw, parent, complete);
}

static dl_str kept(dl_arena *arena, dl_str text)
{
    return text.ptr ? dl_arena_str(arena, text) : text;
}

static link *new_link(follow_web *fw, dl_str url, link *parent)
{
    bool known = false;
    dl_followed before = {0};
    link *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    if (dl_store_followed(fw->known, url, &before, &known, NULL) != DL_OK || !known) before = (dl_followed){.address = url, .status = -1};
    if (parent) before.source = parent->before->address;
    l->before = followed_copy(&before);
    if (!l->before) {
        free(l);
        return NULL;
    }
    l->parent = parent;
    l->level = parent ? parent->level + 1 : 0;
    l->open = 1;
    return l;
}

static int64_t site_not_before(follow_web *fw, dl_str url)
{
    dl_followed site;
    bool known;
    return dl_store_followed(fw->known, url_origin(url), &site, &known, NULL) == DL_OK && known ? site.not_before : 0;
}

static bool ask(follow_web *fw, link *l)
{
    fetch_request request = {l->before->address, l->before->etag, l->before->modified, l->feed, l};
    return fetcher_add(fw->fetcher, &request);
}

/* Gives up a link before it was asked. */
static void drop_link(follow_web *fw, link *l, bool complete)
{
    link *parent = l->parent;
    free(l->before);
    free(l);
    close_link(fw, parent, complete);
}

/* Not yet asked in this round? Then it is now. */
static bool is_first(follow_web *fw, dl_str url)
{
    uint64_t digest = digest_of(url);
    bool known = digest_known(&fw->asked, digest);
    digest_add(&fw->asked, digest);
    return !known;
}

/* Known already, and not said to have changed. */
static bool is_known(const link *l, const feed_item *found)
{
    int64_t changed = found->changed != INT64_MIN ? found->changed : found->published;
    return l->before->status > 0 && !(changed != INT64_MIN && changed > l->before->seen);
}

static void follow_item(follow_web *fw, link *of, const feed_item *found, bool index)
{
    int64_t now = follow_now(fw->settings);
    size_t most = index ? MOST_SITEMAPS : fw->most;
    if (!is_first(fw, found->url)) return;
    link *l = new_link(fw, found->url, of);
    if (!l) return;
    l->feed = index;
    of->open++;
    int64_t published = found->published != INT64_MIN ? found->published : found->changed;
    if (!index && found->published != INT64_MIN && published > 0 && published <= now + 86400) l->hint = dl_date_from_days((int32_t)(published / 86400));
    if (index ? l->before->status == 200 && found->changed != INT64_MIN && found->changed <= l->before->seen : is_known(l, found)) {
        fw->counts->same++;
        drop_link(fw, l, true);
    } else if (of->taken >= most || l->before->not_before > now || site_not_before(fw, found->url) > now || !ask(fw, l)) {
        /* in a later round */
        drop_link(fw, l, false);
    } else {
        of->taken++;
    }
}

/* ---- answers ---- */

static dl_followed mark_of(const follow_web *fw, const link *l, const fetch_answer *answer)
{
    dl_followed mark = *l->before;
    mark.seen = follow_now(fw->settings);
    mark.failures = mark.not_before = 0;
    mark.status = answer->code == 304 ? l->before->status : answer->code;
    if (answer->code == 304) return mark;
    mark.etag = answer->etag, mark.modified = answer->modified;
    mark.size = (int64_t)answer->body.len;
    mark.digest = (int64_t)dl_hash(answer->body.ptr, answer->body.len, 0);
    return mark;
}

static void take_feed(follow_web *fw, link *l, const fetch_answer *answer, const feed *found, const dl_error *fault)
{
    dl_followed mark = mark_of(fw, l, answer);
    fw->counts->feeds++;
    l->mark = followed_copy(&mark);
    if (fault->status != DL_OK) {
        l->incomplete = true;
        put_failure(fw, l->before->address, fault->status, fault->message, NULL);
    }
    bool index = found->kind == FEED_INDEX;
    if (!index || l->level < MOST_LEVELS)
        for (size_t i = 0; i < found->item_count; i++) follow_item(fw, l, &found->items[i], index);
    close_link(fw, l, true);
}

static void take_page(follow_web *fw, link *l, fetch_answer *answer)
{
    dl_followed mark = mark_of(fw, l, answer);
    bool same = l->before->status == 200 && mark.digest == l->before->digest && mark.size == l->before->size;
    item *it = same ? NULL : new_item(fw);
    if (same) fw->counts->same++, put_mark(fw, followed_copy(&mark));
    if (it) {
        it->mark = followed_copy(&mark);
        if (asprintf(&it->name, "%.*s", (int)l->before->address.len, l->before->address.ptr) < 0) it->name = NULL;
        it->memory = answer->memory;
        answer->memory = NULL;
        it->input = (dl_input){.kind = DL_INPUT_HTML, .bytes = answer->body, .url = kept(&it->arena, answer->url), .charset = kept(&it->arena, answer->charset)};
        it->hint = l->hint;
        if (!it->input.bytes.len) fail_item(it, DL_BAD_DATA, 0, "the page is empty");
    }
    drop_link(fw, l, same || it);
}

static bool is_html(dl_str type)
{
    return dl_str_eq_nocase(type, DL_STR("text/html")) || dl_str_eq_nocase(type, DL_STR("application/xhtml+xml"));
}

/* A body: a feed or a page. What a feed led to is a page whatever its type, what an index led to a feed. */
static void take_body(follow_web *fw, link *l, fetch_answer *answer)
{
    dl_arena arena;
    feed found = {0};
    dl_error fault = {0};
    dl_arena_init(&arena, 0);
    if (l->feed) fault.status = feed_parse(&found, &arena, answer->body, answer->url, &fault);
    if (found.kind != FEED_NONE) take_feed(fw, l, answer, &found, &fault);
    else if (is_html(answer->type) || !answer->type.len) take_page(fw, l, answer);
    else {
        dl_followed mark = mark_of(fw, l, answer);
        put_failure(fw, l->before->address, DL_BAD_DATA, l->feed && fault.message[0] ? fault.message : "it is no page but of another type", followed_copy(&mark));
        drop_link(fw, l, true);
    }
    dl_arena_free(&arena);
}

/* Asked again after a while that doubles with each failure; the site as a whole is left alone as long as it asks for. */
static void take_failure(follow_web *fw, link *l, const fetch_answer *answer)
{
    int64_t now = follow_now(fw->settings), pause = FIRST_PAUSE;
    dl_followed mark = *l->before;
    for (int64_t i = 0; i < mark.failures && pause < LONGEST_PAUSE; i++) pause *= 2;
    mark.failures++;
    mark.not_before = l->parent ? now + (answer->wait > (double)pause ? (int64_t)answer->wait : pause) : 0; /* sources are asked in each round */
    if (mark.status < 0) mark.status = 0;
    put_failure(fw, l->before->address, DL_IO, answer->why, followed_copy(&mark));
    if (answer->code && answer->wait > 0) {
        dl_followed site = {.address = url_origin(answer->url), .seen = now, .not_before = now + (int64_t)answer->wait, .status = answer->code};
        put_mark(fw, followed_copy(&site));
    }
    drop_link(fw, l, false);
}

/* For good: told once, then not asked again unless its feed says that it changed. A page that robots.txt keeps back is no failure, a source is. */
static void take_refusal(follow_web *fw, link *l, const fetch_answer *answer)
{
    dl_followed mark = mark_of(fw, l, answer);
    bool forbidden = answer->end == FETCH_FORBIDDEN;
    mark.failures = l->before->failures + 1;
    if (mark.status <= 0) mark.status = 1;
    mark.etag = mark.modified = (dl_str){0};
    if (forbidden && l->parent) {
        fw->counts->kept_out++;
        fprintf(stderr, "dateline: %.*s: %s\n", (int)l->before->address.len, l->before->address.ptr, answer->why);
        put_mark(fw, followed_copy(&mark));
    } else {
        put_failure(fw, l->before->address, DL_BAD_DATA, answer->why, followed_copy(&mark));
    }
    drop_link(fw, l, true);
}

static void take_answer(follow_web *fw, fetch_answer *answer)
{
    link *l = answer->tag;
    if (answer->code) fw->counts->asked++;
    if (answer->end == FETCH_FAILED) take_failure(fw, l, answer);
    else if (answer->end != FETCH_ANSWERED) take_refusal(fw, l, answer);
    else if (answer->code == 304) {
        dl_followed mark = mark_of(fw, l, answer);
        fw->counts->same++;
        put_mark(fw, followed_copy(&mark));
        drop_link(fw, l, true);
    } else if (answer->code == 200 || answer->code == 203) take_body(fw, l, answer);
    else take_refusal(fw, l, answer);
}

/* ---- a round ---- */

static void begin_source(follow_web *fw, const char *source)
{
    dl_arena arena;
    dl_arena_init(&arena, 0);
    dl_str url = url_resolve(&arena, (dl_str){0}, dl_str_of(source));
    if (!url.ptr) put_failure(fw, dl_str_of(source), DL_BAD_DATA, "no address of the web (http or https, without a user name)", NULL);
    else if (is_first(fw, url)) {
        link *l = new_link(fw, url, NULL);
        if (l && site_not_before(fw, url) > follow_now(fw->settings)) {
            put_failure(fw, url, DL_IO, "the site asked to be left alone for a while", NULL);
            drop_link(fw, l, false);
        } else if (l) {
            l->feed = true;
            if (!ask(fw, l)) drop_link(fw, l, false);
        }
    }
    dl_arena_free(&arena);
}

void follow_web_begin(follow_web *fw, const char *const *sources, size_t count)
{
    digest_free(&fw->asked);
    for (size_t i = 0; i < count; i++) begin_source(fw, sources[i]);
}

bool follow_web_next(follow_web *fw, int wait_ms, item *out)
{
    fetch_answer answer;
    while (!fw->first) {
        if (!fetcher_next(fw->fetcher, wait_ms, &answer)) return false;
        take_answer(fw, &answer);
        fetch_answer_free(&answer);
    }
    ready *r = fw->first;
    *out = r->item;
    fw->first = r->next;
    if (!fw->first) fw->last = NULL;
    fw->ready_count--;
    free(r);
    return true;
}
