/* wordpiece.c - words into pieces by greedy longest match, as BERT's tokeniser does on folded text. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/error.h"
#include "base/utf8.h"
#include "model/words.h"

enum { MAX_RUN = 100 }; /* bytes; longer ones are unknown */

static uint32_t slot_of(const dl_wordpiece *wp, dl_str piece)
{
    uint32_t at = (uint32_t)dl_hash(piece.ptr, piece.len, 0) & wp->slot_mask;
    while (wp->slots[at] && !dl_str_eq(dl_strings_at(&wp->pieces, wp->slots[at] - 1), piece)) at = (at + 1) & wp->slot_mask;
    return at;
}

dl_status dl_wordpiece_open(dl_wordpiece *out, const dl_model_file *file, dl_error *err)
{
    *out = (dl_wordpiece){0};
    dl_status status = dl_file_strings(file, "wordpiece", &out->pieces, err);
    if (status != DL_OK) return status;
    uint32_t count = out->pieces.count, size = 16;
    if (count > (1u << 24)) return dl_fail(err, DL_BAD_DATA, file->source, 0, "over 16 million word pieces");
    while (size < count * 2) size *= 2;
    out->slots = calloc(size, sizeof *out->slots);
    if (!out->slots) return dl_fail_memory(err);
    out->slot_mask = size - 1;
    for (uint32_t i = 0; i < count; i++) {
        dl_str piece = dl_strings_at(&out->pieces, i);
        uint32_t slot = slot_of(out, piece);
        if (!out->slots[slot]) out->slots[slot] = i + 1;
        if (piece.len > out->longest) out->longest = (uint32_t)piece.len;
    }
    return DL_OK;
}

void dl_wordpiece_close(dl_wordpiece *wp)
{
    free(wp->slots);
    wp->slots = NULL;
}

/* Matches the run, written behind "##" in `marked`, from its front; 0 when some part matches nothing. */
static size_t match_run(const dl_wordpiece *wp, char *marked, size_t len, uint32_t *out, size_t room)
{
    size_t count = 0;
    for (size_t at = 0; at < len;) {
        char *start = marked + 2 + at;
        size_t mark = at ? 2 : 0, longest = wp->longest > mark ? wp->longest - mark : 0;
        char kept[2] = {start[-2], start[-1]};
        if (mark) start[-2] = start[-1] = '#';
        uint32_t piece = 0;
        size_t take = len - at < longest ? len - at : longest;
        for (; take > 0 && !piece; take--) {
            if (at + take < len && (start[take] & 0xC0) == 0x80) continue; /* inside a code point */
            piece = wp->slots[slot_of(wp, (dl_str){start - mark, take + mark})];
            if (piece) break;
        }
        start[-2] = kept[0], start[-1] = kept[1];
        if (!piece) return 0;
        if (count < room) out[count++] = piece - 1;
        at += take;
    }
    return count;
}

static size_t add_run(const dl_wordpiece *wp, dl_str run, uint32_t *out, size_t count)
{
    char marked[MAX_RUN + 3];
    if (run.len == 0 || count == DL_MAX_PIECES) return count;
    size_t added = 0;
    if (run.len <= MAX_RUN) {
        memcpy(marked + 2, run.ptr, run.len);
        added = match_run(wp, marked, run.len, out + count, DL_MAX_PIECES - count);
    }
    if (added) return count + added;
    out[count] = wp->unknown;
    return count + 1;
}

typedef enum kind { WORD_CHARACTER, MARK_ALONE, DROPPED } kind;

static kind kind_of(uint32_t point)
{
    if (point < 0x80) {
        if (dl_ascii_alpha((unsigned char)point) || dl_ascii_digit((unsigned char)point)) return WORD_CHARACTER;
        return point > ' ' && point < 0x7F ? MARK_ALONE : DROPPED;
    }
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)point);
    if (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO) return WORD_CHARACTER; /* L*, M*, N* */
    return c == UTF8PROC_CATEGORY_CC || c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP ? DROPPED
                                                                                                                            : MARK_ALONE;
}

size_t dl_wordpiece_split(const dl_wordpiece *wp, dl_str norm, uint32_t out[DL_MAX_PIECES])
{
    size_t count = 0, start = 0;
    for (size_t at = 0; at < norm.len && count < DL_MAX_PIECES;) {
        size_t before = at;
        kind k = kind_of(dl_utf8_next(norm, &at));
        if (k == WORD_CHARACTER) continue;
        count = add_run(wp, dl_str_slice(norm, start, before), out, count);
        if (k == MARK_ALONE) count = add_run(wp, dl_str_slice(norm, before, at), out, count);
        start = at;
    }
    count = add_run(wp, dl_str_slice(norm, start, norm.len), out, count);
    if (count == 0) out[count++] = wp->unknown;
    return count;
}
