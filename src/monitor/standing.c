/* standing.c - which counts of a happening's claims stand.
 *
 * A source has one last word on a happening: what it said on the last day, and on that day in the page that came in last. Its earlier counts are
 * replaced by it if they differ and repeated by it if they don't; counts of other sources are not touched. Words that stand in another page
 * already are a reprint and no word of their own. A count told as background, or of what did not happen, never stands. */
#include "base/error.h"
#include "base/utf8.h"
#include "monitor/view.h"

enum { MOST_COMPARED = 64, /* earlier sentences that a sentence is held against */
       MOST_WORDS = 120, ALIKE_PERCENT = 80 };

typedef struct words {
    const uint64_t *hashes; /* of each three words in a row */
    size_t count;
} words;

/* Letters and digits only; case does not matter. Three words in a row, as in A. Broder, "On the resemblance and containment of
 * documents", 1997. */
static bool cut(words *out, dl_arena *arena, dl_str text)
{
    uint64_t word[3] = {0}, hashes[MOST_WORDS];
    size_t seen = 0, count = 0;
    for (size_t at = 0; at < text.len && count < MOST_WORDS;) {
        uint64_t hash = 0;
        size_t length = 0;
        for (; at < text.len && length < 64; at++, length++) {
            unsigned char c = dl_ascii_lower((unsigned char)text.ptr[at]);
            if (!dl_ascii_alpha(c) && !dl_ascii_digit(c) && c < 0x80) break;
            hash = dl_hash(&c, 1, hash + 1);
        }
        if (!length) {
            at++;
            continue;
        }
        word[0] = word[1], word[1] = word[2], word[2] = hash;
        if (++seen >= 3) hashes[count++] = dl_hash(word, sizeof word, 0);
    }
    uint64_t *kept = DL_NEW_ARRAY(arena, uint64_t, count ? count : 1);
    if (kept) memcpy(kept, hashes, count * sizeof *kept);
    *out = (words){kept, count};
    return kept != NULL;
}

static bool stands_in(const words *a, const words *b)
{
    size_t found = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->hashes[i] == b->hashes[k]) {
                found++;
                break;
            }
    return a->count >= 3 && found * 100 >= a->count * ALIKE_PERCENT;
}

static bool is_reprint(const dl_claim *claim, const words *mine, const dl_claim *earlier, const words *theirs, size_t harm)
{
    const dl_range *a = &claim->counts[harm], *b = &earlier->counts[harm];
    if (claim->row.number == earlier->row.number || !a->known || !b->known || a->min != b->min || a->open != b->open) return false;
    if (!a->open && a->max != b->max) return false;
    bool spoken = claim->row.source.name.len > 0;
    if (spoken != (earlier->row.source.name.len > 0)) return false;
    return stands_in(mine, theirs) || stands_in(theirs, mine);
}

static dl_standing first_look(const dl_claim *claim, size_t harm)
{
    if (!claim->counts[harm].known) return DL_STANDING_NONE;
    if (claim->row.background) return DL_STANDING_BACKGROUND;
    return is_told_as_fact(claim) ? DL_STANDING_CURRENT : DL_STANDING_NOT_ACTUAL;
}

static void mark_reprints(dl_claim *claims, const words *cuts, uint32_t first, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        for (size_t harm = 0; harm < DL_HARMS; harm++) {
            dl_claim *claim = &claims[first + i];
            if (claim->standing[harm] != DL_STANDING_CURRENT) continue;
            for (uint32_t k = i > MOST_COMPARED ? i - MOST_COMPARED : 0; k < i; k++)
                if (claims[first + k].standing[harm] == DL_STANDING_CURRENT &&
                    is_reprint(claim, &cuts[i], &claims[first + k], &cuts[k], harm)) {
                    claim->standing[harm] = DL_STANDING_REPRINT;
                    claim->of[harm] = first + k;
                    break;
                }
        }
}

static bool same_range(dl_range a, dl_range b)
{
    return a.min == b.min && a.open == b.open && (a.open || a.max == b.max);
}

/* Within one page the first count of a source stands, and those that overlap it are the same count told again. */
static void settle(dl_claim *claims, uint32_t older, uint32_t newer, size_t harm)
{
    dl_claim *a = &claims[older], *b = &claims[newer];
    if (a->row.number == b->row.number) {
        b->standing[harm] = DL_STANDING_REPEATED;
        b->of[harm] = older;
        return;
    }
    a->standing[harm] = same_range(a->counts[harm], b->counts[harm]) ? DL_STANDING_REPEATED : DL_STANDING_REPLACED;
    a->of[harm] = newer;
}

static void mark_replaced(dl_claim *claims, uint32_t first, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        for (size_t harm = 0; harm < DL_HARMS; harm++) {
            if (claims[first + i].standing[harm] != DL_STANDING_CURRENT) continue;
            for (uint32_t k = i; k-- > 0;)
                if (claims[first + k].standing[harm] == DL_STANDING_CURRENT && dl_str_eq(claims[first + k].source_key, claims[first + i].source_key)) {
                    settle(claims, first + k, first + i, harm);
                    break;
                }
        }
}

dl_status view_stand(dl_view *view, const dl_happening *happening, dl_error *err)
{
    dl_claim *claims = view->claims.items;
    for (uint32_t i = 0; i < happening->count; i++)
        for (size_t harm = 0; harm < DL_HARMS; harm++) claims[happening->first + i].standing[harm] = first_look(&claims[happening->first + i], harm);
    if (happening->count < 2) return DL_OK;
    words *cuts = DL_NEW_ARRAY(&view->arena, words, happening->count);
    if (!cuts) return dl_fail_memory(err);
    for (uint32_t i = 0; i < happening->count; i++)
        if (!cut(&cuts[i], &view->arena, claims[happening->first + i].row.sentence_text)) return dl_fail_memory(err);
    mark_reprints(claims, cuts, happening->first, happening->count);
    mark_replaced(claims, happening->first, happening->count);
    return DL_OK;
}
