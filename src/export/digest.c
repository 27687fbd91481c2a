/* digest.c - a day or a week on one page, every figure linked to its sentence. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "export/markdown.h"
#include "export/svg.h"
#include "export/view_rows.h"

enum { WEEK = 7, TALKS_BACK = 21, /* days in which an issue's state before is looked for */
       MOST_OTHERS = 40, MOST_POINTS = 60, MOST_TALKS = 200 };

/* Sentences that figures come from, numbered as they are first used. */
typedef struct digest {
    dl_json_out *out;
    bool html;
    dl_date first, last;
    dl_arena arena;
    const dl_claim *claims;
    size_t claim_count;
    const dl_happening *happenings;
    size_t happening_count;
    uint32_t *numbers;  /* of each claim: its source's number, 0 for none yet */
    DL_VEC(uint32_t) sources; /* claims */
    uint32_t *attacks;  /* happenings, the deadliest first */
    size_t attack_count;
    const dl_negotiations *talks;
} digest;

/* ---- pieces in both languages ---- */

static void put_text(digest *d, dl_str text)
{
    if (d->html) html_text(d->out, text);
    else markdown_text(d->out, text);
}

static void put_heading(digest *d, int level, const char *words)
{
    if (d->html) put_format(d->out, "<h%d>%s</h%d>\n", level, words, level);
    else put_format(d->out, "\n%.*s %s\n\n", level, "####", words);
}

static void open_list(digest *d)
{
    if (d->html) put_bytes(d->out, DL_STR("<ul>\n"));
}

static void close_list(digest *d)
{
    if (d->html) put_bytes(d->out, DL_STR("</ul>\n"));
}

static void open_entry(digest *d, uint32_t anchor)
{
    if (!d->html) put_format(d->out, anchor ? "- <a id=\"h%" PRIu32 "\"></a>" : "- ", anchor);
    else if (anchor) put_format(d->out, "<li id=\"h%" PRIu32 "\">", anchor);
    else put_bytes(d->out, DL_STR("<li>"));
}

static void close_entry(digest *d)
{
    put_bytes(d->out, d->html ? DL_STR("</li>\n") : DL_STR("\n"));
}

static void put_strong(digest *d, dl_str text)
{
    put_bytes(d->out, d->html ? DL_STR("<strong>") : DL_STR("**"));
    put_text(d, text);
    put_bytes(d->out, d->html ? DL_STR("</strong>") : DL_STR("**"));
}

static uint32_t source_number(digest *d, uint32_t claim)
{
    if (d->numbers[claim]) return d->numbers[claim];
    uint32_t *slot = DL_VEC_PUSH(&d->arena, &d->sources);
    if (!slot) {
        d->out->failed = true;
        return 0;
    }
    *slot = claim;
    return d->numbers[claim] = (uint32_t)d->sources.count;
}

/* A number that leads to the sentence it was read in. */
static void put_figure(digest *d, int64_t number, const char *after, uint32_t claim)
{
    uint32_t source = source_number(d, claim);
    if (d->html) put_format(d->out, "<a href=\"#s%" PRIu32 "\">%" PRId64 "%s</a>", source, number, after);
    else put_format(d->out, "[%" PRId64 "%s](#s%" PRIu32 ")", number, after, source);
}

static void put_reference(digest *d, uint32_t claim)
{
    uint32_t source = source_number(d, claim);
    if (d->html) put_format(d->out, " <a href=\"#s%" PRIu32 "\">[%" PRIu32 "]</a>", source, source);
    else put_format(d->out, " [\\[%" PRIu32 "\\]](#s%" PRIu32 ")", source, source);
}

static void put_estimate(digest *d, const char *what, const dl_estimate *e)
{
    if (!e->known) return;
    put_format(d->out, "; %s ", what);
    if (e->low != e->high) {
        put_figure(d, e->low, "", e->low_claim);
        put_bytes(d->out, DL_STR("\xE2\x80\x93"));
    }
    put_figure(d, e->high, e->open ? "+" : "", e->high_claim);
    if (e->low == e->high) return;
    put_bytes(d->out, DL_STR(", best "));
    put_figure(d, e->best, "", e->best_claim);
}

/* ---- which happenings ---- */

static bool is_in_window(const digest *d, dl_date date)
{
    if (!dl_date_is_valid(date)) return false;
    int32_t day = dl_date_to_days(date);
    return day >= dl_date_to_days(d->first) && day <= dl_date_to_days(d->last);
}

typedef struct ranked {
    int64_t weight;
    uint32_t happening;
} ranked;

static int by_weight(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return a->happening < b->happening ? -1 : a->happening > b->happening;
}

static bool rank_attacks(digest *d)
{
    ranked *all = DL_NEW_ARRAY(&d->arena, ranked, d->happening_count + 1);
    d->attacks = DL_NEW_ARRAY(&d->arena, uint32_t, d->happening_count + 1);
    if (!all || !d->attacks) return false;
    for (uint32_t i = 0; i < d->happening_count; i++) {
        const dl_happening *happening = &d->happenings[i];
        if (happening->type != DL_ASSAULT || !happening->actual || !is_in_window(d, happening->date)) continue;
        int64_t killed = happening->harms[0].known ? happening->harms[0].best : 0, wounded = happening->harms[1].known ? happening->harms[1].best : 0;
        if (killed > INT32_MAX) killed = INT32_MAX;
        if (wounded > INT32_MAX) wounded = INT32_MAX;
        all[d->attack_count++] = (ranked){killed * 1000000 + (wounded < 999999 ? wounded : 999999), i};
    }
    qsort(all, d->attack_count, sizeof *all, by_weight);
    for (size_t i = 0; i < d->attack_count; i++) d->attacks[i] = all[i].happening;
    return true;
}

/* ---- sections ---- */

static void put_sum(digest *d)
{
    dl_estimate sums[2] = {{0}, {0}};
    for (size_t i = 0; i < d->attack_count; i++)
        for (size_t harm = 0; harm < 2; harm++) {
            const dl_estimate *one = &d->happenings[d->attacks[i]].harms[harm];
            if (!one->known) continue;
            sums[harm].known = true;
            sums[harm].low += one->low, sums[harm].best += one->best, sums[harm].high += one->high;
            sums[harm].open = sums[harm].open || one->open;
        }
    char killed[64], wounded[64];
    put_format(d->out, "%s%zu attack%s that some source says took place; killed %s; wounded %s. Sums of the figures below; each leads to its sentence.%s\n",
               d->html ? "<p>" : "", d->attack_count, d->attack_count == 1 ? "" : "s", sums[0].known ? estimate_words(&sums[0], killed) : "not told",
               sums[1].known ? estimate_words(&sums[1], wounded) : "not told", d->html ? "</p>" : "");
}

static void put_map(digest *d)
{
    svg_point *points = DL_NEW_ARRAY(&d->arena, svg_point, MOST_POINTS);
    size_t count = 0;
    if (!points) {
        d->out->failed = true;
        return;
    }
    for (size_t i = 0; i < d->attack_count && count < MOST_POINTS; i++) {
        const dl_happening *happening = &d->happenings[d->attacks[i]];
        if (!happening->located || dl_str_is(happening->precision, "country") || dl_str_is(happening->precision, "region")) continue;
        points[count++] = (svg_point){happening->lat, happening->lon, happening->harms[0].known ? happening->harms[0].best : 0, happening->place,
                                      (uint32_t)i + 1};
    }
    if (!d->html && count) put_bytes(d->out, DL_STR("\n"));
    svg_map(d->out, points, count);
}

/* The week that ends with the digest's last day. */
static void put_timeline(digest *d)
{
    svg_day days[WEEK] = {{{0}, 0, 0, false}};
    int32_t first = dl_date_to_days(d->last) - WEEK + 1;
    for (int i = 0; i < WEEK; i++) days[i].date = dl_date_from_days(first + i);
    for (size_t i = 0; i < d->claim_count; i++) {
        if (!dl_date_is_valid(d->claims[i].row.date) || d->claims[i].row.background) continue;
        int32_t at = dl_date_to_days(d->claims[i].row.date) - first;
        if (at >= 0 && at < WEEK) days[at].reported = true;
    }
    for (size_t i = 0; i < d->happening_count; i++) {
        const dl_happening *happening = &d->happenings[i];
        if (happening->type != DL_ASSAULT || !happening->actual || !dl_date_is_valid(happening->date)) continue;
        int32_t at = dl_date_to_days(happening->date) - first;
        if (at < 0 || at >= WEEK) continue;
        days[at].count++;
        if (happening->harms[0].known) days[at].killed += happening->harms[0].best;
    }
    if (!d->html) put_bytes(d->out, DL_STR("\n"));
    svg_timeline(d->out, days, WEEK);
}

static void put_place_and_day(digest *d, const dl_happening *happening)
{
    char day[16];
    put_strong(d, happening->place.ptr ? happening->place : DL_STR("(no place)"));
    put_format(d->out, ", %s", dl_date_format(happening->date, day));
}

/* The same source says it again elsewhere. */
static bool is_superseded(const dl_claim *claim)
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] >= DL_STANDING_REPLACED && claim->standing[i] <= DL_STANDING_REPRINT) return true;
    return false;
}

/* Who is blamed by whom, who denies. */
static void put_voices(digest *d, const dl_happening *happening)
{
    for (uint32_t i = happening->first; i < happening->first + happening->count; i++) {
        const dl_claim *claim = &d->claims[i];
        dl_stance stance = dl_claim_stance(claim);
        if (stance != DL_STANCE_ACCUSES && stance != DL_STANCE_DENIES && stance != DL_STANCE_CLAIMS) continue;
        if (is_superseded(claim)) continue;
        put_bytes(d->out, DL_STR("; "));
        put_text(d, claim->source);
        put_format(d->out, " %s", dl_stance_name(stance));
        if (stance == DL_STANCE_ACCUSES && claim->row.actor_count) put_bytes(d->out, DL_STR(" ")), put_text(d, claim->row.actors[0].name);
        put_reference(d, i);
    }
}

static void put_attacks(digest *d)
{
    put_heading(d, 2, "Attacks");
    if (!d->attack_count) put_bytes(d->out, d->html ? DL_STR("<p>No page tells of any; that is not the same as quiet.</p>\n") : DL_STR("No page tells of any; that is not the same as quiet.\n"));
    open_list(d);
    for (size_t i = 0; i < d->attack_count; i++) {
        const dl_happening *happening = &d->happenings[d->attacks[i]];
        open_entry(d, (uint32_t)i + 1);
        put_place_and_day(d, happening);
        put_estimate(d, "killed", &happening->harms[0]);
        put_estimate(d, "wounded", &happening->harms[1]);
        if (!happening->harms[0].known && !happening->harms[1].known) put_bytes(d->out, DL_STR("; no figures")), put_reference(d, happening->first);
        put_voices(d, happening);
        put_format(d->out, "; %" PRIu32 " page%s", happening->pages, happening->pages == 1 ? "" : "s");
        close_entry(d);
    }
    close_list(d);
}

static void put_other(digest *d, const dl_happening *happening)
{
    const dl_claim *claim = &d->claims[happening->first];
    open_entry(d, 0);
    put_place_and_day(d, happening);
    put_format(d->out, ": %s", dl_event_type_name(happening->type));
    if (claim->row.realis != DL_ACTUAL) put_format(d->out, " (%s)", dl_realis_name(claim->row.realis));
    for (size_t i = 0; i < claim->row.actor_count; i++) put_bytes(d->out, i ? DL_STR(", ") : DL_STR(" by ")), put_text(d, claim->row.actors[i].name);
    put_estimate(d, "captured", &happening->harms[2]);
    put_reference(d, happening->first);
    close_entry(d);
}

/* `actual` tells what took place; else what is planned, threatened or feared. Attacks that took place stand above. */
static void put_others(digest *d, const char *heading, bool actual)
{
    size_t count = 0;
    for (size_t i = 0; i < d->happening_count && count < MOST_OTHERS; i++) {
        const dl_happening *happening = &d->happenings[i];
        dl_realis realis = d->claims[happening->first].row.realis;
        bool ahead = realis == DL_PLANNED || realis == DL_POSSIBLE || realis == DL_THREATENED;
        if (!is_in_window(d, happening->date) || d->claims[happening->first].row.background) continue;
        if (actual ? !happening->actual || happening->type == DL_ASSAULT : !ahead) continue;
        if (!count++) put_heading(d, 2, heading), open_list(d);
        put_other(d, happening);
    }
    if (count) close_list(d);
}

static void put_issue(digest *d, const dl_process *process, const dl_topic *topic, const dl_issue_move *move)
{
    char day[16];
    open_entry(d, 0);
    put_strong(d, topic->topic);
    put_bytes(d->out, DL_STR(" ("));
    for (size_t i = 0; i < process->party_count; i++) put_bytes(d->out, i ? DL_STR(", ") : DL_STR("")), put_text(d, process->parties[i]);
    put_bytes(d->out, DL_STR("): "));
    put_text(d, move->status);
    if (move->moved) put_bytes(d->out, DL_STR(", was ")), put_text(d, move->before);
    put_bytes(d->out, DL_STR(" \xE2\x80\x94 \xE2\x80\x9C"));
    put_text(d, move->issue->quote.sentence_text);
    put_bytes(d->out, DL_STR("\xE2\x80\x9D "));
    put_text(d, move->talk->site.len ? move->talk->site : move->talk->document);
    put_format(d->out, ", %s, ", dl_date_format(move->date, day));
    put_text(d, move->talk->document);
    put_format(d->out, " N%" PRIu32 " %" PRIu32 "\xE2\x80\x93%" PRIu32, move->talk->item + 1, move->issue->quote.span.start, move->issue->quote.span.end);
    close_entry(d);
}

static void put_talks(digest *d)
{
    size_t count, told = 0;
    const dl_process *processes = dl_negotiations_processes(d->talks, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < processes[i].topic_count; k++)
            for (size_t n = 0; n < processes[i].topics[k].move_count && told < MOST_TALKS; n++) {
                const dl_issue_move *move = &processes[i].topics[k].moves[n];
                if (!is_in_window(d, move->date)) continue;
                if (!told++) put_heading(d, 2, "Talks"), open_list(d);
                put_issue(d, &processes[i], &processes[i].topics[k], move);
            }
    if (told) close_list(d);
}

static void put_source(digest *d, size_t index)
{
    const dl_row *row = &d->claims[d->sources.items[index]].row;
    char day[16];
    if (d->html) put_format(d->out, "<li id=\"s%zu\">", index + 1);
    else put_format(d->out, "%zu. <a id=\"s%zu\"></a>", index + 1, index + 1);
    put_bytes(d->out, DL_STR("\xE2\x80\x9C"));
    put_text(d, row->sentence_text);
    put_bytes(d->out, DL_STR("\xE2\x80\x9D "));
    dl_str name = row->site.len ? row->site : row->document;
    if (d->html && is_web_address(row->url)) {
        put_bytes(d->out, DL_STR("<a rel=\"noreferrer\" href=\""));
        html_text(d->out, row->url);
        put_bytes(d->out, DL_STR("\">"));
        html_text(d->out, name);
        put_bytes(d->out, DL_STR("</a>"));
    } else if (d->html) {
        html_text(d->out, name);
    } else {
        markdown_link(d->out, name, row->url);
    }
    put_format(d->out, ", %s; ", dl_date_format(row->published, day));
    put_text(d, row->document);
    put_format(d->out, " V%" PRIu32 ", sentence %" PRIu32 "\xE2\x80\x93%" PRIu32 ", words %" PRIu32 "\xE2\x80\x93%" PRIu32, row->item + 1, row->sentence_span.start,
               row->sentence_span.end, row->span.start, row->span.end);
    close_entry(d);
}

static void put_sources(digest *d)
{
    if (!d->sources.count) return;
    put_heading(d, 2, "Sentences");
    if (d->html) put_bytes(d->out, DL_STR("<ol>\n"));
    for (size_t i = 0; i < d->sources.count; i++) put_source(d, i);
    if (d->html) put_bytes(d->out, DL_STR("</ol>\n"));
}

static void put_head(digest *d)
{
    char first[16], last[16], title[64];
    (void)dl_date_format(d->first, first), (void)dl_date_format(d->last, last);
    snprintf(title, sizeof title, dl_date_to_days(d->first) == dl_date_to_days(d->last) ? "Digest of %s" : "Digest of %s to %s", first, last);
    if (!d->html) {
        put_format(d->out, "# %s\n\n", title);
        return;
    }
    put_format(d->out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
                       "<style>body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}svg{max-width:100%%;height:auto;display:block;margin:1em 0}"
                       "ol li{margin:.4em 0}:target{background:#fff3b0}</style>\n</head>\n<body>\n<h1>%s</h1>\n", title, title);
}

static void put_digest(digest *d)
{
    put_head(d);
    put_sum(d);
    put_map(d);
    put_timeline(d);
    put_attacks(d);
    put_talks(d);
    put_others(d, "Other events", true);
    put_others(d, "Planned, threatened or feared", false);
    put_sources(d);
    if (d->html) put_bytes(d->out, DL_STR("</body>\n</html>\n"));
}

/* ---- the whole ---- */

static dl_status make_digest(digest *d, dl_view *view, dl_error *err)
{
    d->claims = dl_view_claims(view, &d->claim_count);
    d->happenings = dl_view_happenings(view, &d->happening_count);
    d->numbers = DL_NEW_ARRAY(&d->arena, uint32_t, d->claim_count + 1);
    if (!d->numbers || !rank_attacks(d)) return dl_fail_memory(err);
    put_digest(d);
    return DL_OK;
}

dl_status write_digest(dl_json_out *out, dl_store *store, const dl_query *query, dl_date first, dl_date last, bool html, size_t *claims, dl_error *err)
{
    digest d = {.out = out, .html = html, .first = first, .last = last};
    dl_query week = *query;
    dl_view *view;
    dl_negotiations *talks = NULL;
    dl_arena_init(&d.arena, 0);
    week.since = dl_date_from_days(dl_date_to_days(last) - WEEK + 1), week.until = last; /* the timeline shows a week, whatever the digest is of */
    dl_status status = dl_view_open(&view, store, &week, err);
    if (status == DL_OK) status = dl_negotiations_open(&talks, store, &(dl_talk_query){.until = last, .since = dl_date_from_days(dl_date_to_days(last) - TALKS_BACK)}, err);
    d.talks = talks;
    if (status == DL_OK) status = make_digest(&d, view, err);
    *claims = d.claim_count;
    dl_negotiations_free(talks);
    dl_view_free(view);
    dl_arena_free(&d.arena);
    return status;
}
