/* scan.c - the words of a page, each with its form for keys and its classes. */
#include "base/error.h"
#include "places/internal.h"

enum { FORM_SIZE = 48 }; /* a longer word is no part of a place's name; its form is cut */

uint32_t places_class_of(const dl_places_data *data, dl_str form, uint64_t hash)
{
    return data->class_tags[(size_t)hash & data->class_mask] ? places_class_slot(data, form, hash)->classes : 0;
}

class_slot *places_class_slot(const dl_places_data *data, dl_str form, uint64_t hash)
{
    size_t at = (size_t)hash & data->class_mask;
    while (data->class_slots[at].form.len && !dl_str_eq(data->class_slots[at].form, form)) at = (at + 1) & data->class_mask;
    return &data->class_slots[at];
}

/* Words that the page also writes small are no names by their look alone. A small open-addressed set of hashes is
 * enough: a false meeting costs one feature. */
static dl_status mark_seen_lower(dl_arena *arena, page_words *words, const uint64_t *hashes, dl_error *err)
{
    size_t size = 64;
    while (size < 2 * words->count) size *= 2;
    uint32_t *set = DL_NEW_ARRAY(arena, uint32_t, size);
    if (!set) return dl_fail_memory(err);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < words->count; i++) {
            const dl_place_word *word = &words->items[i];
            bool capital = word->flags & DL_WORD_CAPITAL;
            if (capital != (round == 1) || word->gap == DL_GAP_HYPHEN) continue;
            uint32_t hash = (uint32_t)(hashes[i] >> 32) | 1;
            size_t at = hash & (size - 1);
            while (set[at] && set[at] != hash) at = (at + 1) & (size - 1);
            if (!capital) set[at] = hash;
            else if (set[at]) words->classes[i] |= CLASS_SEEN_LOWER;
        }
    return DL_OK;
}

dl_status places_scan(const dl_places_data *data, dl_arena *arena, dl_str text, page_words *out, dl_error *err)
{
    DL_VEC(dl_place_word) words = {0};
    char form[FORM_SIZE];
    dl_place_word word;
    for (size_t at = 0; dl_place_next_word(text, &at, &word, form, FORM_SIZE);) {
        dl_place_word *slot = DL_VEC_PUSH(arena, &words);
        if (!slot) return dl_fail_memory(err);
        *slot = word;
        dl_str written = dl_span_str(text, word.span); /* most words are their own form */
        slot->form = dl_str_eq(written, word.form) ? written : dl_arena_str(arena, word.form);
        if (!slot->form.ptr) return dl_fail_memory(err);
    }
    *out = (page_words){.text = text, .items = words.items, .count = words.count};
    out->classes = DL_NEW_ARRAY(arena, uint32_t, words.count + 1);
    out->keys = DL_NEW_ARRAY(arena, dl_str, words.count + 1);
    uint64_t *hashes = DL_NEW_ARRAY(arena, uint64_t, words.count + 1);
    if (!out->classes || !out->keys || !hashes) return dl_fail_memory(err);
    for (size_t i = 0; i < words.count; i++) {
        bool joined = i + 1 < words.count && words.items[i + 1].gap <= DL_GAP_DOT;
        out->keys[i] = dl_place_canonical(words.items[i].form, joined ? words.items[i + 1].form : DL_STR(""));
        hashes[i] = dl_hash(words.items[i].form.ptr, words.items[i].form.len, 0);
        out->classes[i] = places_class_of(data, words.items[i].form, hashes[i]);
    }
    return mark_seen_lower(arena, out, hashes, err);
}
