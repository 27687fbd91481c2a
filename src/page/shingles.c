/* shingles.c - word triples as hashes. Words are runs of letters and digits, in any case. */
#include "page/shingles.h"

#include "page/seek.h"

/* Bytes of the word sign at `at`, or 0 for what parts words; *skip is then how many to pass. */
static size_t word_sign(dl_str text, size_t at, size_t *skip)
{
    const unsigned char *s = (const unsigned char *)text.ptr + at;
    size_t left = text.len - at;
    *skip = 1;
    if (s[0] < 0x80) {
        if (s[0] == '&') /* a reference is punctuation more often than not */
            for (size_t i = 1; i < left && i < 9; i++)
                if (s[i] == ';') return *skip = i + 1, 0;
        return dl_ascii_alpha(s[0]) || dl_ascii_digit(s[0]);
    }
    if (s[0] == 0xC2) return *skip = 2, 0;
    if (s[0] == 0xE2) return *skip = left < 3 ? left : 3, 0;
    if (left >= 3 && ((s[0] == 0xE3 && s[1] == 0x80) || (s[0] == 0xEF && s[1] == 0xBC))) return *skip = 3, 0;
    return s[0] < 0xE0 ? (left < 2 ? left : 2) : s[0] < 0xF0 ? (left < 3 ? left : 3) : left < 4 ? left : 4;
}

static uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t h = a * 0x9E3779B1u ^ (b * 0x85EBCA77u + 0x165667B1u) ^ (c * 0xC2B2AE3Du);
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 13;
    return h ? h : 1;
}

static bool holds(const dl_shingles *set, uint32_t hash)
{
    if (!set->slots) return false;
    for (uint32_t at = hash & set->mask; set->slots[at]; at = (at + 1) & set->mask)
        if (set->slots[at] == hash) return true;
    return false;
}

static void add(dl_shingles *set, uint32_t hash)
{
    uint32_t at = hash & set->mask;
    while (set->slots[at] && set->slots[at] != hash) at = (at + 1) & set->mask;
    set->count += !set->slots[at];
    set->slots[at] = hash;
}

static void end_word(dl_shingler *s, const dl_shingles *set, dl_shingles *fill)
{
    if (!s->word) return;
    if (s->single) {
        bool hit = !fill && holds(set, s->word);
        if (fill && fill->count < fill->mask / 2) add(fill, s->word);
        s->hits += hit;
        s->leads += hit && s->words < 4;
        s->total++;
    } else if (s->words >= 2) {
        uint32_t hash = mix(s->previous[0], s->previous[1], s->word);
        if (fill) add(fill, hash);
        else s->hits += holds(set, hash);
        s->total++;
    }
    s->previous[0] = s->previous[1];
    s->previous[1] = s->word;
    s->word = 0;
    s->words++;
}

/* How many ASCII letters and digits stand at `at`. */
static size_t plain_signs(dl_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && dl_seek_is(text.ptr[end], SEEK_ALNUM)) end++;
    return end - at;
}

/* A word's hash with more of it; 0 is for no word. */
static uint32_t add_signs(uint32_t hash, const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++) hash = hash * 16777619u + dl_ascii_lower((unsigned char)at[i]);
    return hash ? hash : 1;
}

static void walk(dl_shingler *s, const dl_shingles *set, dl_shingles *fill, dl_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t plain = plain_signs(text, at);
        if (plain) {
            s->word = add_signs(s->word ? s->word : 2166136261u, text.ptr + at, plain);
            at += plain;
            continue;
        }
        size_t skip, len = word_sign(text, at, &skip);
        if (!len) {
            end_word(s, set, fill);
            at += skip;
            continue;
        }
        s->word = add_signs(s->word ? s->word : 2166136261u, text.ptr + at, len);
        at += len;
    }
    end_word(s, set, fill);
}

void dl_shingles_make(dl_shingles *out, dl_arena *arena, dl_str text)
{
    *out = (dl_shingles){0};
    if (!text.len) return;
    uint32_t size = 16;
    while (size < text.len && size < (1u << 20)) size *= 2;
    if (text.len > size) text.len = size; /* so that the table cannot be full */
    out->slots = dl_arena_alloc(arena, size * sizeof(uint32_t));
    if (!out->slots) return;
    out->mask = size - 1;
    dl_shingler s = {0};
    walk(&s, NULL, out, text);
    if (s.words < 3) add(out, mix(s.previous[0], s.previous[1], 0));
    out->words = s.words;
}

void dl_shingles_add_words(dl_shingles *set, dl_arena *arena, dl_str text)
{
    enum { ROOM = 128 };
    if (!set->slots && !(set->slots = DL_NEW_ARRAY(arena, uint32_t, ROOM))) return;
    set->mask = ROOM - 1;
    dl_shingler s = {.single = true};
    walk(&s, NULL, set, text);
}

void dl_shingler_text(dl_shingler *s, const dl_shingles *set, dl_str text)
{
    walk(s, set, NULL, text);
}

float dl_shingler_share(dl_shingler *s, const dl_shingles *set)
{
    if (s->single) return s->total ? (float)s->hits / (float)s->total : 0.0f;
    if (s->words < 3) return s->words && holds(set, mix(s->previous[0], s->previous[1], 0)) ? 1.0f : 0.0f;
    return (float)s->hits / (float)s->total;
}
