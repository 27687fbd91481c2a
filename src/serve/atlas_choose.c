/* atlas_choose.c - which happenings a question is about.
 *
 * Words are compared once a bucket, with each word that the bucket has; claims are then looked at by number alone. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "serve/atlas.h"

/* For one bucket: which of its words the question's words fit. NULL: not asked. */
typedef struct fitting {
    const bool *side, *source, *actor, *site;
} fitting;

static int order(dl_date a, dl_date b)
{
    int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
    return x < y ? -1 : x > y;
}

/* ---- words ---- */

static bool starts_with(dl_str text, dl_str prefix)
{
    return text.len >= prefix.len && memcmp(text.ptr, prefix.ptr, prefix.len) == 0;
}

static bool is_letter(const char *c)
{
    return dl_ascii_alpha((unsigned char)*c) || dl_ascii_digit((unsigned char)*c) || (unsigned char)*c >= 0x80;
}

/* Whole words of the text, whatever their case. */
static bool has_words(dl_str text, dl_str words)
{
    for (size_t at = 0; (at = dl_str_find_nocase(text, words, at)) != SIZE_MAX; at++) {
        size_t end = at + words.len;
        if ((at == 0 || !is_letter(text.ptr + at - 1)) && (end == text.len || !is_letter(text.ptr + end))) return true;
    }
    return false;
}

typedef bool word_test(dl_str word, dl_str asked);

/* An actor or a speaker is known by the beginning of a code, or by words of a name. */
static bool fits_name_or_code(dl_str word, dl_str asked)
{
    return starts_with(word, asked) || has_words(word, asked);
}

static bool look_up(const atlas_bucket *bucket, dl_str asked, word_test *test, dl_arena *arena, const bool **out)
{
    *out = NULL;
    if (!asked.len) return true;
    bool *set = dl_arena_alloc(arena, bucket->word_count + 1);
    for (size_t i = 1; set && i < bucket->word_count; i++) set[i] = test(bucket->words[i], asked);
    *out = set;
    return set != NULL;
}

/* ---- claims ---- */

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static bool is_in(int64_t number, const int64_t *list, size_t count)
{
    return count && bsearch(&number, list, count, sizeof *list, by_number);
}

static bool has_party(const atlas_bucket *bucket, const atlas_claim *claim, const bool *fit)
{
    for (uint32_t i = 0; i < claim->party_count * 2; i++)
        if (fit[bucket->parties[claim->first_party * 2 + i]]) return true;
    return false;
}

static bool claim_fits(const atlas_bucket *bucket, const atlas_claim *claim, const atlas_filter *f, const fitting *fits)
{
    if (claim->confidence < (float)f->confidence - 1e-6F) return false;
    if (f->realis && !(f->realis & 1u << claim->realis)) return false;
    if (fits->side && !fits->side[claim->side]) return false;
    if (fits->source && !fits->source[claim->source] && !fits->source[claim->outlet] && !fits->source[claim->code]) return false;
    if (fits->site && !fits->site[claim->site]) return false;
    if (fits->actor && !has_party(bucket, claim, fits->actor)) return false;
    if (f->locations && !is_in(claim->location, f->locations, f->location_count)) return false;
    return !f->events || is_in(claim->ref, f->events, f->event_count);
}

static bool asks_of_claims(const atlas_filter *f, const fitting *fits)
{
    return f->confidence > 0 || f->realis || fits->side || fits->source || fits->site || fits->actor || f->locations || f->events;
}

/* ---- happenings ---- */

static bool is_in_box(const atlas_bucket *bucket, const atlas_happening *h, const atlas_filter *f)
{
    if (h->place == DL_NONE || !bucket->places[h->place].located) return false;
    double lat = bucket->places[h->place].lat, lon = bucket->places[h->place].lon;
    if (lat < f->south || lat > f->north) return false;
    return f->west <= f->east ? lon >= f->west && lon <= f->east : lon >= f->west || lon <= f->east;
}

static bool is_in_days(const atlas_happening *h, const atlas_filter *f)
{
    dl_date end = h->date_to.year ? h->date_to : h->date;
    if ((f->since.year || f->until.year) && !h->date.year) return false;
    return (!f->since.year || order(end, f->since) >= 0) && (!f->until.year || order(h->date, f->until) <= 0);
}

static bool happening_fits(const atlas_bucket *bucket, const atlas_happening *h, const atlas_filter *f)
{
    if (f->types && !(f->types & 1u << h->type)) return false;
    if (f->sources > h->sources || (f->counted && !h->ranges) || (f->actual && !h->actual) || (f->contested && !h->contested)) return false;
    if (f->located && (h->place == DL_NONE || !bucket->places[h->place].located)) return false;
    if (f->country.len && (h->place == DL_NONE || !dl_str_eq(bucket->places[h->place].country, f->country))) return false;
    return is_in_days(h, f) && (!f->box || is_in_box(bucket, h, f));
}

static bool has_fitting_claim(const atlas_bucket *bucket, const atlas_happening *h, const atlas_filter *f, const fitting *fits)
{
    for (uint32_t i = h->first; i < h->first + h->count; i++)
        if (claim_fits(bucket, &bucket->claims[i], f, fits)) return true;
    return false;
}

static bool may_hold(const atlas_bucket *bucket, const atlas_filter *f)
{
    if (!f->since.year && !f->until.year) return true;
    if (!bucket->first.year) return false;
    return (!f->since.year || order(bucket->latest, f->since) >= 0) && (!f->until.year || bucket->first.year <= f->until.year);
}

/* Within a bucket happenings stand from the first day to the last, so they are gone through backwards. */
static dl_status choose_in(const atlas_bucket *bucket, const atlas_filter *f, dl_arena *arena, atlas_visit *visit, void *context, bool *enough, dl_error *err)
{
    fitting fits;
    if (!may_hold(bucket, f)) return DL_OK;
    bool ready = look_up(bucket, f->side, starts_with, arena, &fits.side) && look_up(bucket, f->source, fits_name_or_code, arena, &fits.source) &&
                 look_up(bucket, f->actor, fits_name_or_code, arena, &fits.actor) && look_up(bucket, f->site, has_words, arena, &fits.site);
    if (!ready) return dl_fail_memory(err);
    bool claims = asks_of_claims(f, &fits);
    for (size_t i = bucket->count; i-- > 0 && !*enough;) {
        const atlas_match match = {bucket, &bucket->happenings[i]};
        if (!happening_fits(bucket, match.happening, f)) continue;
        if (claims && !has_fitting_claim(bucket, match.happening, f, &fits)) continue;
        *enough = !visit(context, &match);
    }
    return DL_OK;
}

dl_status atlas_choose(const atlas *held, const atlas_filter *filter, dl_arena *arena, atlas_visit *visit, void *context, dl_error *err)
{
    dl_status status = DL_OK;
    bool enough = false;
    for (size_t i = 0; i < held->count && status == DL_OK && !enough; i++)
        status = choose_in(held->buckets[i], filter, arena, visit, context, &enough, err);
    return status;
}

bool atlas_find(const atlas *held, int64_t ref, atlas_match *out)
{
    for (size_t i = 0; i < held->count; i++) {
        const atlas_bucket *bucket = held->buckets[i];
        for (size_t k = 0; k < bucket->claim_count; k++) {
            if (bucket->claims[k].ref != ref) continue;
            for (size_t n = 0; n < bucket->count; n++) /* happenings' claims lie in their order */
                if (k >= bucket->happenings[n].first && k < bucket->happenings[n].first + bucket->happenings[n].count) {
                    *out = (atlas_match){bucket, &bucket->happenings[n]};
                    return true;
                }
        }
    }
    return false;
}
