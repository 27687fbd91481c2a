/* follow.c - `dateline follow`: sources looked at again and again, their new pages into a store. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/adder.h"
#include "cli/follow.h"

enum { STEP_MS = 200, DEFAULT_EVERY = 900 };

typedef struct follower {
    cli_settings settings, file_settings; /* the latter with the files and folders alone */
    const char **web_sources, **file_sources;
    size_t web_count, file_count;
    adder *adder;
    dl_store *known;
    follow_counts counts;
    follow_files *files;
    follow_web *web;
    bool idle;           /* nothing came last time: what gathered was written */
    size_t items;
    time_t started, shown;
} follower;

dl_followed *followed_copy(const dl_followed *followed)
{
    const dl_str *const from[] = {&followed->address, &followed->source, &followed->etag, &followed->modified, &followed->place};
    size_t size = sizeof *followed;
    for (size_t i = 0; i < 5; i++) size += from[i]->len;
    dl_followed *copy = malloc(size);
    if (!copy) return NULL;
    *copy = *followed;
    dl_str *const to[] = {&copy->address, &copy->source, &copy->etag, &copy->modified, &copy->place};
    char *at = (char *)(copy + 1);
    for (size_t i = 0; i < 5; i++) {
        if (!from[i]->ptr) continue;
        memcpy(at, from[i]->ptr, from[i]->len);
        *to[i] = (dl_str){at, from[i]->len};
        at += from[i]->len;
    }
    return copy;
}

int64_t follow_now(const cli_settings *settings)
{
    return settings->now == INT64_MIN ? (int64_t)time(NULL) : settings->now;
}

/* ---- one round ---- */

static void progress(follower *f, bool last)
{
    time_t now = time(NULL);
    if (!is_terminal(stderr) || is_terminal(stdout) || (!last && now == f->shown)) return;
    double seconds = difftime(now, f->started);
    f->shown = now;
    fprintf(stderr, "\r%zu done, %.1f/s, %zu asked, %zu as before, %zu waiting %s", f->items, seconds > 0 ? (double)f->items / seconds : 0.0, f->counts.asked,
            f->counts.same, f->web ? follow_web_waiting(f->web) : 0, last ? "\n" : "");
}

/* What has come from the web goes first, then files, then whatever is waited for. While nothing comes, what has gathered is written. */
static bool next_item(void *context, item *out)
{
    follower *f = context;
    for (;;) {
        progress(f, false);
        bool found = f->web && follow_web_next(f->web, 0, out);
        if (!found && f->files) {
            found = follow_files_next(f->files, out);
            if (!found) follow_files_free(f->files), f->files = NULL;
        }
        if (!found && f->web) found = follow_web_next(f->web, STEP_MS, out);
        if (found) {
            f->idle = false;
            f->items += !out->only_mark;
            return true;
        }
        if (was_interrupted() || !adder_works(f->adder) || !f->web || !follow_web_waiting(f->web)) return false;
        if (f->idle) continue;
        f->idle = true;
        *out = (item){.only_mark = true, .flush = true, .seen = INT64_MIN};
        dl_arena_init(&out->arena, 0);
        return true;
    }
}

static run_end run_round(follower *f)
{
    pipeline line = {.work = adder_work, .take = adder_take, .context = f->adder, .next = next_item, .source = f, .quiet = true};
    if (f->file_count) f->files = follow_files_new(&f->file_settings, f->known, &f->counts);
    if (f->file_count && !f->files) {
        fputs("dateline: out of memory\n", stderr);
        return RUN_FAILED;
    }
    if (f->web) follow_web_begin(f->web, f->web_sources, f->web_count);
    run_end end = run_pipeline(&f->settings, &line);
    adder_flush(f->adder);
    follow_files_free(f->files);
    f->files = NULL;
    return end;
}

static run_end run_rounds(follower *f)
{
    for (;;) {
        time_t began = time(NULL);
        run_end end = run_round(f);
        if (f->settings.once || end != RUN_DONE || !adder_works(f->adder)) return end;
        double every = f->settings.every > 0 ? f->settings.every : DEFAULT_EVERY;
        while (!was_interrupted() && difftime(time(NULL), began) < every) usleep(STEP_MS * 1000);
        if (was_interrupted()) return RUN_INTERRUPTED;
    }
}

/* ---- the command ---- */

static bool is_web(const char *source)
{
    const char *colon = strstr(source, "://");
    return colon && colon > source; /* any scheme: those that are not http are refused by name */
}

static bool sort_sources(follower *f)
{
    f->web_sources = calloc(2 * f->settings.path_count + 1, sizeof *f->web_sources);
    if (!f->web_sources) return false;
    f->file_sources = f->web_sources + f->settings.path_count;
    for (size_t i = 0; i < f->settings.path_count; i++) {
        const char *source = f->settings.paths[i];
        if (is_web(source)) f->web_sources[f->web_count++] = source;
        else f->file_sources[f->file_count++] = source;
    }
    f->file_settings = f->settings;
    f->file_settings.paths = f->file_sources, f->file_settings.path_count = f->file_count;
    return true;
}

static bool open_all(follower *f)
{
    if (!sort_sources(f)) return false;
    f->adder = adder_new(&f->settings, &command_follow);
    f->known = f->adder ? settings_store(&f->settings, &command_follow, DL_STORE_READ) : NULL;
    if (f->known && f->web_count) f->web = follow_web_new(&f->settings, f->known, &f->counts);
    if (f->web && !f->settings.contact) fputs("dateline: --contact tells sites whom to complain to; without it they may turn dateline away\n", stderr);
    return f->known && (f->web || !f->web_count);
}

static int follow(follower *f)
{
    char note[200];
    f->started = time(NULL);
    run_end end = run_rounds(f);
    progress(f, true);
    snprintf(note, sizeof note, "; %zu files and %zu feeds read, %zu addresses asked, %zu as before, %zu kept back by robots.txt", f->counts.files, f->counts.feeds,
             f->counts.asked, f->counts.same, f->counts.kept_out);
    adder_note(f->adder, note);
    return adder_finish(f->adder, end);
}

static int run(int argc, char **argv)
{
    follower f = {0};
    int code = settings_parse(&f.settings, &command_follow, "fjmgdsNOeDKMP", argc, argv);
    if (code >= 0) return code;
    if (!f.settings.format) f.settings.format = is_terminal(stdout) ? FORMAT_TABLE : FORMAT_NDJSON;
    if (f.settings.format != FORMAT_TABLE && f.settings.format != FORMAT_NDJSON) return usage_error(&command_follow, "follow writes table or ndjson");
    code = open_all(&f) ? follow(&f) : EXIT_USAGE;
    follow_files_free(f.files);
    follow_web_free(f.web);
    dl_store_close(f.known);
    if (f.adder) adder_free(f.adder);
    free(f.web_sources);
    return code;
}

const command command_follow = {
    "follow", "what is new in folders, archives, feeds and sitemaps, into a store",
    "Usage: dateline follow [OPTION]... --store FILE SOURCE...\n\n"
    "A source is a file or folder (pages, NDJSON, WARC, WACZ), or an address: a feed (RSS, Atom, RDF), a sitemap, an index of\n"
    "sitemaps, or a page. New and changed pages are coded and kept as by dateline add; what was seen is remembered in the store, so\n"
    "that nothing is read twice and an interrupted run goes on where it stopped. Sites are asked one thing at a time, as their\n"
    "robots.txt allows, and only for what changed.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --once           one round; otherwise rounds go on until it is interrupted\n"
    "      --every TIME     from the beginning of a round to the next (90s, 15m, 2h; default 15m)\n"
    "      --contact WORDS  an address for people who run sites, sent with every request\n"
    "      --delay TIME     pause between requests to one site (default 2s; a site's Crawl-delay counts up to 60s)\n"
    "      --most N         pages of one feed in a round (default 500); the rest comes in the next\n"
    "      --allow-private  also ask loopback and private addresses\n"
    "      --now TIME       when the pages were seen (2025-10-14T12:30:00Z); by default now\n"
    "  -f, --format F       how pages are acknowledged: table or ndjson\n"
    "  -j, --jobs N         threads that read pages\n"
    "  -m, --model NAME     accurate or fast\n"
    "  -g, --gazetteer FILE places of your own (TSV or GeoJSON), searched first\n"
    "  -d, --data FOLDER    models and word lists\n\n"
    "Examples:\n"
    "  dateline follow --store news.store --once crawl.warc.gz pages/\n"
    "  dateline follow --store news.store --contact https://example.org/about https://example.net/feed.xml\n",
    run};
