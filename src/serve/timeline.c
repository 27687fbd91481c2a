/* timeline.c - counts by day, week or month, in lanes. */
#include <stdlib.h>

#include "base/date.h"
#include "serve/sums.h"

enum { LANES = 4, MOST_BINS = 400 };
enum { LANE_VIOLENCE, LANE_TALKS, LANE_CEASEFIRES, LANE_SITES };
static const char *const lane_names[LANES] = {"violence", "talks", "ceasefires", "sites"};

typedef struct bin {
    int32_t day; /* its first */
    uint32_t count, contested;
    harm_sums sums;
} bin;

typedef enum bin_width { BIN_DAY, BIN_WEEK, BIN_MONTH } bin_width;

typedef struct liner {
    dl_arena *arena;
    DL_VEC(atlas_match) matches;
    dl_date first, last;
    size_t undated;
    bool failed;
} liner;

static int order(dl_date a, dl_date b)
{
    int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
    return x < y ? -1 : x > y;
}

static bool take_match(void *context, const atlas_match *match)
{
    liner *l = context;
    dl_date day = match->happening->date;
    if (!dl_date_is_valid(day)) {
        l->undated++;
        return true;
    }
    if (!l->first.year || order(day, l->first) < 0) l->first = day;
    if (order(day, l->last) > 0) l->last = day;
    atlas_match *slot = DL_VEC_PUSH(l->arena, &l->matches);
    if (slot) *slot = *match;
    else l->failed = true;
    return slot != NULL;
}

static bool is_in_lane(const atlas_match *match, int lane)
{
    switch (lane) {
    case LANE_VIOLENCE: return is_attack(match->happening);
    case LANE_TALKS: return is_talks(match);
    case LANE_CEASEFIRES: return is_about_ceasefire(match);
    default: return site_of(match) != 0;
    }
}

static int32_t bin_of(dl_date day, bin_width width)
{
    int32_t number = dl_date_to_days(day);
    if (width == BIN_WEEK) return number - dl_date_weekday(day);
    return width == BIN_MONTH ? number - day.day + 1 : number;
}

/* Matches come from the last day to the first, so that a lane's bins do, too; they are told the other way round. */
static dl_status put_lane(serve_call *call, const liner *l, int lane, bin_width width)
{
    DL_VEC(bin) bins = {0};
    dl_json_out *out = call->out;
    for (size_t i = 0; i < l->matches.count; i++) {
        const atlas_match *match = &l->matches.items[i];
        int32_t day = bin_of(match->happening->date, width);
        if (!is_in_lane(match, lane)) continue;
        bin *at = bins.count && bins.items[bins.count - 1].day == day ? &bins.items[bins.count - 1] : DL_VEC_PUSH(call->arena, &bins);
        if (!at) return dl_fail_memory(call->err);
        if (!at->count) at->day = day;
        at->count++;
        at->contested += match->happening->contested;
        sums_add(&at->sums, match);
    }
    dl_json_key(out, lane_names[lane]);
    dl_json_open(out, '[');
    for (size_t i = bins.count; i-- > 0;) {
        dl_json_open(out, '{');
        view_json_day(out, "date", dl_date_from_days(bins.items[i].day));
        dl_json_key(out, "count"), dl_json_int(out, bins.items[i].count);
        if (bins.items[i].contested) dl_json_key(out, "contested"), dl_json_int(out, bins.items[i].contested);
        put_sums(out, &bins.items[i].sums);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
    return DL_OK;
}

static dl_status choose_width(serve_call *call, const liner *l, bin_width *out)
{
    static const char *const names[] = {"day", "week", "month"};
    dl_str text = request_param(call->request, "bin");
    int32_t days = l->first.year ? dl_date_to_days(l->last) - dl_date_to_days(l->first) : 0;
    *out = days <= MOST_BINS ? BIN_DAY : days <= MOST_BINS * 7 ? BIN_WEEK : BIN_MONTH;
    if (!text.ptr || dl_str_is(text, "auto")) return DL_OK;
    for (int i = 0; i < 3; i++)
        if (dl_str_is(text, names[i])) {
            *out = (bin_width)i;
            return DL_OK;
        }
    return dl_fail(call->err, DL_USAGE, NULL, 0, "'bin' takes day, week, month or auto");
}

dl_status get_timeline(serve_call *call)
{
    static const char *const names[] = {"day", "week", "month"};
    question q;
    bin_width width;
    liner l = {.arena = call->arena};
    dl_json_out *out = call->out;
    dl_status status = ask_question(call, &q);
    if (status == DL_OK) status = atlas_choose(call->atlas, &q.filter, call->arena, take_match, &l, call->err);
    if (status == DL_OK && l.failed) status = dl_fail_memory(call->err);
    if (status == DL_OK) status = choose_width(call, &l, &width);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK) return status;
    dl_json_open(out, '{');
    view_json_text(out, "bin", dl_str_of(names[width]));
    view_json_day(out, "since", l.first), view_json_day(out, "until", l.last);
    dl_json_key(out, "lanes");
    dl_json_open(out, '{');
    for (int i = 0; i < LANES && status == DL_OK; i++) status = put_lane(call, &l, i, width);
    dl_json_close(out, '}');
    dl_json_key(out, "total"), dl_json_int(out, (int64_t)(l.matches.count + l.undated));
    dl_json_key(out, "undated"), dl_json_int(out, (int64_t)l.undated);
    put_generation(call);
    dl_json_close(out, '}');
    return status;
}
