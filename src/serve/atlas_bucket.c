/* atlas_bucket.c - the happenings of one week, taken from a view and made small.
 *
 * A happening belongs to the week of its first day. Of a view of the whole store each week is a run of its happenings; a view of one week alone looks one day
 * beyond it on both sides, for a happening may begin on its eve. Words are kept once a bucket. */
#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "monitor/monitor.h"
#include "serve/atlas.h"

enum { WEEK = 7, FIRST_SLOTS = 1024 };

typedef struct maker {
    atlas_bucket *bucket;
    DL_VEC(dl_str) words;
    DL_VEC(atlas_place) places;
    DL_VEC(uint32_t) parties;
    DL_VEC(dl_estimate) ranges;
    DL_VEC(atlas_happening) happenings;
    DL_VEC(atlas_claim) claims;
    uint32_t *slots; /* of words, open addressing; malloc */
    size_t slot_count;
    uint32_t *marks; /* of each word: the last happening that has it as a source, from 1; malloc */
    size_t mark_count;
    const dl_table *ceasefire; /* words; NULL where not known */
    bool failed;
} maker;

/* ---- weeks ---- */

dl_date atlas_week(dl_date day)
{
    if (!day.month) day.month = 1;
    if (!day.day) day.day = 1;
    return dl_date_from_days(dl_date_to_days(day) - dl_date_weekday(day));
}

/* As text a month comes just before its first day, and a year before its first month: they go with it. */
static dl_date with_its_month(dl_date day)
{
    if (day.day == 1) day.day = 0;
    if (!day.day && day.month == 1) day.month = 0;
    return day;
}

static int order(dl_date a, dl_date b)
{
    int x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;
    return x < y ? -1 : x > y;
}

/* ---- words ---- */

static bool grow_slots(maker *m)
{
    size_t count = m->slot_count ? m->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots) return false;
    for (uint32_t i = 1; i < m->words.count; i++) {
        size_t at = dl_hash(m->words.items[i].ptr, m->words.items[i].len, 0) & (count - 1);
        while (slots[at]) at = (at + 1) & (count - 1);
        slots[at] = i;
    }
    free(m->slots);
    m->slots = slots;
    m->slot_count = count;
    return true;
}

static uint32_t word(maker *m, dl_str text)
{
    if (!text.ptr) return 0;
    if (m->words.count * 2 >= m->slot_count && !grow_slots(m)) {
        m->failed = true;
        return 0;
    }
    size_t at = dl_hash(text.ptr, text.len, 0) & (m->slot_count - 1);
    for (; m->slots[at]; at = (at + 1) & (m->slot_count - 1))
        if (dl_str_eq(m->words.items[m->slots[at]], text)) return m->slots[at];
    dl_str *slot = DL_VEC_PUSH(&m->bucket->arena, &m->words);
    if (!slot || !(*slot = dl_arena_str(&m->bucket->arena, text)).ptr) {
        m->failed = true;
        return 0;
    }
    return m->slots[at] = (uint32_t)m->words.count - 1;
}

static dl_str kept(maker *m, dl_str text)
{
    uint32_t index = word(m, text);
    return index ? m->words.items[index] : (dl_str){0};
}

/* ---- claims ---- */

/* The more lives a wrong claim would miscount, the sooner it is looked at; as `dateline review` has it. */
static float urgency_of(const dl_claim *claim)
{
    int64_t people = 0;
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] == DL_STANDING_CURRENT) people += claim->counts[i].min;
    return (float)((1 - claim->row.confidence) * (1 + log2(1 + (double)people)));
}

static void add_parties(maker *m, const dl_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t pair[] = {word(m, parties[i].name), word(m, parties[i].code)};
        for (int k = 0; k < 2; k++) {
            uint32_t *slot = DL_VEC_PUSH(&m->bucket->arena, &m->parties);
            if (slot) *slot = pair[k];
            else m->failed = true;
        }
    }
}

static void add_claim(maker *m, const dl_claim *claim)
{
    const dl_row *row = &claim->row;
    atlas_claim *out = DL_VEC_PUSH(&m->bucket->arena, &m->claims);
    if (!out) {
        m->failed = true;
        return;
    }
    *out = (atlas_claim){.ref = row->number << 24 | ((int64_t)row->item + 1), .urgency = urgency_of(claim), .confidence = (float)row->confidence,
                         .location = (uint32_t)row->location, .span = row->span, .sentence_span = row->sentence_span, .published = row->published,
                         .realis = (uint8_t)row->realis, .stance = (uint8_t)dl_claim_stance(claim), .background = row->background,
                         .first_party = (uint32_t)m->parties.count / 2, .party_count = (uint32_t)(row->actor_count + row->recipient_count)};
    for (size_t i = 0; i < DL_HARMS; i++) out->standing[i] = (uint8_t)claim->standing[i];
    out->document = word(m, row->document);
    out->source = word(m, claim->source);
    out->code = word(m, claim->source_code);
    out->side = word(m, claim->side);
    out->site = word(m, row->critical_site);
    out->outlet = word(m, row->site);
    add_parties(m, row->actors, row->actor_count);
    add_parties(m, row->recipients, row->recipient_count);
}

/* ---- happenings ---- */

static uint32_t place_of(maker *m, const dl_happening *happening)
{
    if (!happening->place.ptr) return DL_NONE;
    for (size_t i = m->places.count; i-- > 0 && m->places.count - i < 64;) /* happenings come by place: the last few are enough */
        if (m->places.items[i].location == happening->location && happening->location) return (uint32_t)i;
    atlas_place *place = DL_VEC_PUSH(&m->bucket->arena, &m->places);
    if (!place) {
        m->failed = true;
        return DL_NONE;
    }
    *place = (atlas_place){kept(m, happening->place), kept(m, happening->country), kept(m, happening->admin1), kept(m, happening->precision),
                           happening->geonameid, happening->location, happening->located, happening->lat, happening->lon};
    return (uint32_t)m->places.count - 1;
}

static void add_ranges(maker *m, atlas_happening *out, const dl_happening *happening, uint32_t shift)
{
    out->first_range = (uint32_t)m->ranges.count;
    for (size_t i = 0; i < DL_HARMS; i++) {
        if (!happening->harms[i].known) continue;
        dl_estimate *range = DL_VEC_PUSH(&m->bucket->arena, &m->ranges);
        if (!range) {
            m->failed = true;
            return;
        }
        *range = happening->harms[i];
        range->low_claim += shift, range->best_claim += shift, range->high_claim += shift;
        out->ranges |= (uint8_t)(1u << i);
        out->contested = out->contested || (range->sources > 1 && range->low != range->high);
    }
}

/* Whether the happening's source is heard for the first time; happenings are counted from 1. */
static bool is_new_source(maker *m, dl_str key, uint32_t happening)
{
    uint32_t index = word(m, key);
    if (index >= m->mark_count) {
        size_t count = ((size_t)index + 1) * 2;
        uint32_t *grown = realloc(m->marks, count * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return false;
        }
        memset(grown + m->mark_count, 0, (count - m->mark_count) * sizeof *grown);
        m->marks = grown;
        m->mark_count = count;
    }
    bool fresh = m->marks[index] != happening;
    m->marks[index] = happening;
    return fresh;
}

static bool is_letter(dl_str text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    return dl_ascii_alpha(c) || c >= 0x80;
}

static bool speaks_of_ceasefire(const maker *m, dl_str text)
{
    for (size_t i = 0; m->ceasefire && i < dl_table_rows(m->ceasefire); i++) {
        dl_str words = dl_table_cell(m->ceasefire, i, 0);
        for (size_t at = 0; (at = dl_str_find_nocase(text, words, at)) != SIZE_MAX; at++)
            if ((!at || !is_letter(text, at - 1)) && (at + words.len == text.len || !is_letter(text, at + words.len))) return true;
    }
    return false;
}

static void look_at_voices(maker *m, atlas_happening *out, const dl_claim *claims, uint32_t count)
{
    bool denied = false, said = false, one = claims[0].side.ptr != NULL;
    for (uint32_t i = 0; i < count; i++) {
        const dl_claim *claim = &claims[i];
        dl_stance stance = dl_claim_stance(claim);
        out->sources += is_new_source(m, claim->source_key, (uint32_t)m->happenings.count);
        denied = denied || stance == DL_STANCE_DENIES;
        said = said || (stance != DL_STANCE_DENIES && stance != DL_STANCE_EXPECTS);
        one = one && dl_str_eq(claim->side, claims[0].side);
        out->ceasefire = out->ceasefire || speaks_of_ceasefire(m, claim->row.sentence_text);
        out->realis |= (uint8_t)(1u << claim->row.realis);
        if ((float)claim->row.confidence > out->confidence) out->confidence = (float)claim->row.confidence;
    }
    out->one_sided = one;
    out->background = claims[0].row.background;
    out->contested = out->contested || (denied && said);
}

static void add_happening(maker *m, const dl_happening *happening, const dl_claim *claims)
{
    uint32_t first = (uint32_t)m->claims.count;
    for (uint32_t i = 0; i < happening->count; i++) add_claim(m, &claims[happening->first + i]);
    atlas_happening *out = DL_VEC_PUSH(&m->bucket->arena, &m->happenings);
    if (!out) {
        m->failed = true;
        return;
    }
    *out = (atlas_happening){.first = first, .count = happening->count, .place = place_of(m, happening), .mode = word(m, happening->mode),
                             .pages = happening->pages, .first_seen = happening->first_seen, .last_seen = happening->last_seen,
                             .date = happening->date, .date_to = happening->date_to, .type = (uint8_t)happening->type, .actual = happening->actual};
    add_ranges(m, out, happening, first - happening->first);
    look_at_voices(m, out, &claims[happening->first], happening->count);
    dl_date reach = happening->date_to.year ? happening->date_to : happening->date;
    if (order(reach, m->bucket->latest) > 0) m->bucket->latest = reach;
}

/* ---- the bucket ---- */

static bool belongs(const atlas_bucket *bucket, const dl_happening *happening)
{
    if (!bucket->first.year) return !happening->date.year;
    return order(happening->date, with_its_month(bucket->first)) >= 0 && order(happening->date, bucket->last) <= 0;
}

/* Of the view's happenings those from `from` to `to`. */
static void fill(maker *m, const dl_view *view, size_t from, size_t to)
{
    size_t ignored;
    const dl_happening *happenings = dl_view_happenings(view, &ignored);
    const dl_claim *claims = dl_view_claims(view, &ignored);
    const dl_str *none = DL_VEC_PUSH(&m->bucket->arena, &m->words);
    m->failed = !none;
    for (size_t i = from; i < to && !m->failed; i++)
        if (belongs(m->bucket, &happenings[i])) add_happening(m, &happenings[i], claims);
    atlas_bucket *b = m->bucket;
    b->happenings = m->happenings.items, b->count = m->happenings.count;
    b->claims = m->claims.items, b->claim_count = m->claims.count;
    b->ranges = m->ranges.items;
    b->words = m->words.items, b->word_count = m->words.count;
    b->places = m->places.items, b->place_count = m->places.count;
    b->parties = m->parties.items;
}

/* An empty bucket of the week that begins on `monday`; NULL: no memory. */
static atlas_bucket *new_bucket(dl_date monday)
{
    atlas_bucket *bucket = calloc(1, sizeof *bucket);
    if (!bucket) return NULL;
    dl_arena_init(&bucket->arena, 0);
    bucket->holders = 1;
    bucket->first = monday;
    if (monday.year) bucket->last = dl_date_from_days(dl_date_to_days(monday) + WEEK - 1);
    return bucket;
}

dl_status atlas_bucket_of(atlas_bucket **out, const dl_view *view, size_t from, size_t to, const dl_monitor *monitor, dl_date monday, dl_error *err)
{
    maker m = {.bucket = new_bucket(monday)};
    *out = NULL;
    if (!m.bucket) return dl_fail_memory(err);
    if (monitor && dl_lexicon_table(monitor->lexicon, "serve/ceasefire_words", &m.ceasefire, NULL) != DL_OK) m.ceasefire = NULL;
    fill(&m, view, from, to);
    free(m.slots);
    free(m.marks);
    if (m.failed) {
        atlas_bucket_free(m.bucket);
        return dl_fail_memory(err);
    }
    *out = m.bucket;
    return DL_OK;
}

dl_status atlas_bucket_make(atlas_bucket **out, dl_store *store, const dl_monitor *monitor, dl_date monday, dl_error *err)
{
    dl_view *view;
    size_t count;
    dl_query query = {.undated = !monday.year};
    *out = NULL;
    if (monday.year) {
        int32_t day = dl_date_to_days(monday);
        query.since = with_its_month(dl_date_from_days(day - 1));
        query.until = dl_date_from_days(day + WEEK);
    }
    dl_status status = dl_view_open(&view, store, &query, err);
    if (status != DL_OK) return status;
    (void)dl_view_happenings(view, &count);
    status = atlas_bucket_of(out, view, 0, count, monitor, monday, err);
    dl_view_free(view);
    return status;
}

void atlas_bucket_free(atlas_bucket *bucket)
{
    if (!bucket) return;
    dl_arena_free(&bucket->arena);
    free(bucket);
}

dl_estimate atlas_range(const atlas_bucket *bucket, const atlas_happening *happening, size_t harm)
{
    uint32_t at = happening->first_range;
    if (!(happening->ranges & 1u << harm)) return (dl_estimate){.low_claim = DL_NONE, .best_claim = DL_NONE, .high_claim = DL_NONE};
    for (size_t i = 0; i < harm; i++) at += (happening->ranges >> i) & 1u;
    return bucket->ranges[at];
}
