/* sums.c - ranges added up, and what lanes and counts tell apart. */
#include "serve/sums.h"

static int64_t capped(int64_t number)
{
    return number > 1000000000 ? 1000000000 : number;
}

void sums_add(harm_sums *sums, const atlas_match *match)
{
    int64_t weight = 1;
    for (size_t i = 0; i < DL_HARMS; i++) {
        dl_estimate e = atlas_range(match->bucket, match->happening, i);
        harm_sum *sum = &sums->harms[i];
        if (!e.known) continue;
        /* a count that no war has seen is a misreading; it must not overflow the sum */
        sum->low += capped(e.low), sum->best += capped(e.best), sum->high += capped(e.high);
        sum->open = sum->open || e.open;
        sum->happenings++;
        if (i < 2) weight += (capped(e.best) + 1) * (i ? 1 : INT64_C(2000000000));
    }
    if (sums->top.bucket && weight <= sums->top_weight) return;
    sums->top = *match;
    sums->top_weight = weight;
}

void put_sums(dl_json_out *out, const harm_sums *sums)
{
    for (size_t i = 0; i < DL_HARMS; i++) {
        const harm_sum *sum = &sums->harms[i];
        if (!sum->happenings) continue;
        dl_json_key(out, dl_harm_name(i));
        dl_json_open(out, '{');
        dl_json_key(out, "low"), dl_json_int(out, sum->low);
        dl_json_key(out, "best"), dl_json_int(out, sum->best);
        dl_json_key(out, "high"), dl_json_int(out, sum->high);
        dl_json_key(out, "open"), dl_json_bool(out, sum->open);
        dl_json_key(out, "happenings"), dl_json_int(out, sum->happenings);
        dl_json_close(out, '}');
    }
    if (sums->top.bucket) put_match_id(out, "top", &sums->top);
}

bool is_attack(const atlas_happening *happening)
{
    return happening->type == DL_ASSAULT && happening->actual;
}

bool is_talks(const atlas_match *match)
{
    dl_str mode = match->bucket->words[match->happening->mode];
    return match->happening->type == DL_CONSULT || (match->happening->type == DL_AGREE && !match->happening->background) || dl_str_is(mode, "talks");
}

bool is_about_ceasefire(const atlas_match *match)
{
    return match->happening->ceasefire || match->happening->type == DL_RETREAT;
}

uint32_t site_of(const atlas_match *match)
{
    for (uint32_t i = match->happening->first; i < match->happening->first + match->happening->count; i++)
        if (match->bucket->claims[i].site) return match->bucket->claims[i].site;
    return 0;
}
