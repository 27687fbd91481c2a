/* overview.c - what is new: the days asked for against as many before, what calls for a look, and how talks moved. */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "serve/sums.h"
#include "store/database.h"

enum { MOST_ATTACKS = 12, MOST_NEWEST = 12, MOST_ALARMS = 24, MOST_MOVES = 24, TALKS_BACK = 60, MANY_KILLED = 10 };

typedef struct period {
    dl_date since, until;
    size_t happenings, attacks, contested, one_sided, claims, pages;
    harm_sums toll;
} period;

/* A few of the greatest, the greatest first. */
typedef struct top_list {
    atlas_match items[MOST_ALARMS];
    int64_t keys[MOST_ALARMS];
    size_t count, room;
} top_list;

typedef struct viewer {
    period now, before;
    top_list attacks, newest, alarms;
} viewer;

static void keep_top(top_list *list, const atlas_match *match, int64_t key)
{
    size_t at = list->count < list->room ? list->count++ : list->room;
    for (; at > 0 && key > list->keys[at - 1]; at--) {
        if (at < list->room) list->items[at] = list->items[at - 1], list->keys[at] = list->keys[at - 1];
    }
    if (at < list->room) list->items[at] = *match, list->keys[at] = key;
}

static int order(dl_date a, dl_date b)
{
    int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
    return x < y ? -1 : x > y;
}

static bool is_within(const period *p, dl_date day)
{
    return day.year && order(day, p->since) >= 0 && order(day, p->until) <= 0;
}

static void count_match(period *p, const atlas_match *match)
{
    const atlas_happening *h = match->happening;
    p->happenings++;
    p->claims += h->count, p->pages += h->pages;
    p->contested += h->contested, p->one_sided += h->one_sided;
    if (!is_attack(h)) return;
    p->attacks++;
    sums_add(&p->toll, match);
}

static int64_t best_of(const atlas_match *match, size_t harm)
{
    dl_estimate e = atlas_range(match->bucket, match->happening, harm);
    return !e.known ? 0 : e.best > 1000000 ? 1000000 : e.best;
}

/* ---- alarms ---- */

static const char *alarm_of(const atlas_match *match)
{
    const atlas_happening *h = match->happening;
    unsigned ahead = 1u << DL_PLANNED | 1u << DL_POSSIBLE | 1u << DL_THREATENED;
    if (h->background) return NULL;
    if (site_of(match) && (h->actual || h->realis & ahead)) return "site";
    if (is_attack(h) && best_of(match, 0) >= MANY_KILLED) return "toll";
    if (h->type == DL_ACCUSE && h->ceasefire) return "violation";
    if (h->contested && is_attack(h)) return "dispute";
    return !h->actual && h->realis & ahead && (h->type == DL_ASSAULT || h->type == DL_THREATEN) ? "ahead" : NULL;
}

static int64_t weight_of_alarm(const atlas_match *match, const char *kind)
{
    int64_t people = best_of(match, 0) * 4 + best_of(match, 1);
    return people + (kind[0] == 's' ? 400 : kind[0] == 'v' ? 200 : kind[0] == 'a' ? 100 : 0) + match->happening->sources;
}

static bool take_match(void *context, const atlas_match *match)
{
    viewer *v = context;
    if (is_within(&v->before, match->happening->date)) count_match(&v->before, match);
    if (!is_within(&v->now, match->happening->date)) return true;
    count_match(&v->now, match);
    if (is_attack(match->happening)) keep_top(&v->attacks, match, (best_of(match, 0) + 1) * 2000000 + best_of(match, 1));
    keep_top(&v->newest, match, match->happening->last_seen);
    const char *kind = alarm_of(match);
    if (kind) keep_top(&v->alarms, match, weight_of_alarm(match, kind));
    return true;
}

/* ---- telling ---- */

static void put_period(serve_call *call, const period *p, const char *key)
{
    dl_json_out *out = call->out;
    dl_json_key(out, key);
    dl_json_open(out, '{');
    view_json_day(out, "since", p->since), view_json_day(out, "until", p->until);
    dl_json_key(out, "happenings"), dl_json_int(out, (int64_t)p->happenings);
    dl_json_key(out, "attacks"), dl_json_int(out, (int64_t)p->attacks);
    dl_json_key(out, "claims"), dl_json_int(out, (int64_t)p->claims);
    dl_json_key(out, "contested"), dl_json_int(out, (int64_t)p->contested);
    dl_json_key(out, "one_sided"), dl_json_int(out, (int64_t)p->one_sided);
    put_sums(out, &p->toll);
    dl_json_close(out, '}');
}

static void put_list(serve_call *call, const char *key, const top_list *list, bool alarms)
{
    dl_json_out *out = call->out;
    dl_json_key(out, key);
    dl_json_open(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        const atlas_match *match = &list->items[i];
        dl_json_open(out, '{');
        if (alarms) {
            view_json_text(out, "kind", dl_str_of(alarm_of(match)));
            view_json_text(out, "site", match->bucket->words[site_of(match)]);
            put_claim_place(out, "from", match->bucket, leading_claim(match));
            dl_json_key(out, "happening");
            dl_json_open(out, '{');
        }
        put_match(call, match);
        if (alarms) dl_json_close(out, '}');
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

/* ---- talks ---- */

typedef struct told_move {
    const dl_process *process;
    const dl_topic *topic;
    const dl_issue_move *move;
} told_move;

static int later_first(const void *left, const void *right)
{
    const told_move *a = left, *b = right;
    return order(b->move->date, a->move->date);
}

static void put_parties(dl_json_out *out, const dl_process *process)
{
    dl_json_key(out, "parties");
    dl_json_open(out, '[');
    for (size_t i = 0; i < process->party_count; i++) dl_json_str(out, process->parties[i]);
    dl_json_close(out, ']');
}

static void put_talk(dl_json_out *out, const dl_talk_row *talk, const dl_quote *quote)
{
    char id[16];
    snprintf(id, sizeof id, "N%u", talk->item + 1);
    view_json_text(out, "document", talk->document);
    view_json_text(out, "talk", dl_str_of(id));
    view_json_span(out, "span", quote->span), view_json_span(out, "sentence_span", quote->sentence_span);
    view_json_text(out, "text", quote->sentence_text);
    view_json_text(out, "url", talk->url), view_json_text(out, "outlet", talk->site);
    view_json_day(out, "published", talk->published);
}

static void put_move(dl_json_out *out, const told_move *told)
{
    dl_json_open(out, '{');
    put_parties(out, told->process);
    view_json_text(out, "topic", told->topic->topic);
    view_json_day(out, "date", told->move->date);
    view_json_text(out, "status", told->move->status), view_json_text(out, "before", told->move->before);
    dl_json_key(out, "moved"), dl_json_bool(out, told->move->moved);
    view_json_text(out, "speaker", told->move->issue->speaker.name), view_json_text(out, "code", told->move->issue->speaker.code);
    put_talk(out, told->move->talk, &told->move->issue->quote);
    dl_json_close(out, '}');
}

static dl_status put_moves(serve_call *call, const dl_process *processes, size_t count, const period *now)
{
    DL_VEC(told_move) moves = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < processes[i].topic_count; k++)
            for (size_t n = 0; n < processes[i].topics[k].move_count; n++) {
                const dl_issue_move *move = &processes[i].topics[k].moves[n];
                if (!is_within(now, move->date)) continue;
                told_move *slot = DL_VEC_PUSH(call->arena, &moves);
                if (!slot) return dl_fail_memory(call->err);
                *slot = (told_move){&processes[i], &processes[i].topics[k], move};
            }
    if (moves.count) qsort(moves.items, moves.count, sizeof *moves.items, later_first);
    dl_json_key(call->out, "moves");
    dl_json_open(call->out, '[');
    for (size_t i = 0; i < moves.count && i < MOST_MOVES; i++) put_move(call->out, &moves.items[i]);
    dl_json_close(call->out, ']');
    return DL_OK;
}

static void put_next_rounds(dl_json_out *out, const dl_process *processes, size_t count)
{
    dl_json_key(out, "next_rounds");
    dl_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        const dl_round *last = processes[i].round_count ? &processes[i].rounds[processes[i].round_count - 1] : NULL;
        if (!last || !last->next_from) continue;
        dl_json_open(out, '{');
        put_parties(out, &processes[i]);
        view_json_day(out, "date", last->next_date), view_json_text(out, "place", last->next_place);
        put_talk(out, last->next_from, &last->next_from->next_quote);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

static dl_status put_talks(serve_call *call, const period *now)
{
    dl_negotiations *negotiations;
    size_t count;
    int32_t last = dl_date_to_days(now->until), first = dl_date_to_days(now->since) - TALKS_BACK;
    if (last - first > 2 * TALKS_BACK) first = last - 2 * TALKS_BACK;
    const dl_talk_query query = {.since = dl_date_from_days(first), .until = now->until};
    dl_status status = dl_negotiations_open(&negotiations, call->store, &query, call->err);
    if (status != DL_OK) return status;
    const dl_process *processes = dl_negotiations_processes(negotiations, &count);
    status = put_moves(call, processes, count, now);
    put_next_rounds(call->out, processes, count);
    dl_negotiations_free(negotiations);
    return status;
}

/* ---- pages ---- */

static dl_status put_pages(serve_call *call, const period *now)
{
    static const char sql[] = "SELECT count(*), count(DISTINCT site), sum(access IN ('truncated', 'blocked')) FROM pages"
                              " WHERE published >= ?1 AND published < ?2";
    static const char *const keys[] = {"pages", "outlets", "cut_off"};
    sqlite3_stmt *row;
    bool there;
    dl_status status = store_prepare(call->store, &row, sql, call->err);
    if (status != DL_OK) return status;
    store_bind_date(row, 1, now->since);
    store_bind_date(row, 2, dl_date_from_days(dl_date_to_days(now->until) + 1));
    status = store_step(call->store, row, &there, call->err);
    dl_json_key(call->out, "published");
    dl_json_open(call->out, '{');
    for (int i = 0; status == DL_OK && i < 3; i++) dl_json_key(call->out, keys[i]), dl_json_int(call->out, sqlite3_column_int64(row, i));
    dl_json_close(call->out, '}');
    sqlite3_finalize(row);
    return status;
}

/* The last day that pages were published on; a day that had not come yet when pages were last seen is a misprint. */
static dl_status last_day(serve_call *call, dl_date *out)
{
    sqlite3_stmt *row;
    bool there;
    dl_status status = store_prepare(call->store, &row, "SELECT ifnull((SELECT max(published) FROM pages WHERE published < (SELECT strftime('%Y-%m-%d', max(changed) + 172800, 'unixepoch') FROM pages)),"
                                                      " (SELECT max(published) FROM pages))", call->err);
    if (status == DL_OK) status = store_step(call->store, row, &there, call->err);
    if (status == DL_OK && there && !dl_date_parse_iso(store_column(row, 0), out)) *out = (dl_date){0};
    sqlite3_finalize(row);
    return status;
}

static dl_status ask_period(serve_call *call, viewer *v)
{
    dl_date day;
    int64_t days;
    dl_status status = ask_day(call, "day", &day);
    if (status == DL_OK) status = ask_number(call, "days", 1, 366, 7, &days);
    if (status == DL_OK && !day.year) status = last_day(call, &day);
    if (status != DL_OK) return status;
    if (!day.year) day = (dl_date){1970, 1, 1}; /* no page has a day: nothing is new */
    int32_t last = dl_date_to_days(day);
    v->now.until = day, v->now.since = dl_date_from_days(last - (int32_t)days + 1);
    v->before.until = dl_date_from_days(last - (int32_t)days), v->before.since = dl_date_from_days(last - 2 * (int32_t)days + 1);
    return DL_OK;
}

dl_status get_overview(serve_call *call)
{
    question q;
    int64_t talks;
    viewer v = {.attacks.room = MOST_ATTACKS, .newest.room = MOST_NEWEST, .alarms.room = MOST_ALARMS};
    dl_json_out *out = call->out;
    dl_status status = ask_period(call, &v);
    if (status == DL_OK) status = ask_question(call, &q);
    if (status == DL_OK) status = ask_number(call, "talks", 0, 1, 1, &talks);
    if (status == DL_OK) status = no_strangers(call);
    q.filter.since = v.before.since, q.filter.until = v.now.until;
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, take_match, &v, call->err);
    if (status != DL_OK) return status;
    dl_json_open(out, '{');
    view_json_day(out, "since", v.now.since), view_json_day(out, "until", v.now.until);
    put_period(call, &v.now, "now"), put_period(call, &v.before, "before");
    status = put_pages(call, &v.now);
    put_list(call, "attacks", &v.attacks, false), put_list(call, "newest", &v.newest, false), put_list(call, "alarms", &v.alarms, true);
    if (status == DL_OK && talks) status = put_talks(call, &v.now);
    put_generation(call);
    dl_json_close(out, '}');
    return status;
}
