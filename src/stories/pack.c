/* pack.c - signatures as bytes, little-endian: a header, then for each vector and set its count, terms and weights. */
#include "base/error.h"
#include "stories/stories.h"

enum { FORMAT = 2, HEADER = 12 };

static size_t packed_size(const dl_signature *signature)
{
    size_t size = HEADER;
    for (size_t i = 0; i < VECTOR_COUNT; i++) size += 2 + 6 * (size_t)signature->vectors[i].count;
    for (size_t i = 0; i < SET_COUNT; i++) size += 2 + 4 * (size_t)signature->sets[i].count;
    return size;
}

static unsigned char *put(unsigned char *at, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) *at++ = (unsigned char)(value >> (8 * i));
    return at;
}

static unsigned char *put_terms(unsigned char *at, const story_terms *terms)
{
    at = put(at, terms->count, 2);
    for (size_t i = 0; i < terms->count; i++) at = put(at, terms->ids[i], 4);
    for (size_t i = 0; terms->weights && i < terms->count; i++) at = put(at, terms->weights[i], 2);
    return at;
}

dl_status dl_signature_pack(const dl_signature *signature, dl_arena *arena, dl_str *out, dl_error *err)
{
    size_t size = packed_size(signature);
    unsigned char *bytes = dl_arena_alloc_raw(arena, size), *at = bytes;
    if (!bytes) return dl_fail_memory(err);
    at = put(at, FORMAT, 4), at = put(at, (uint32_t)signature->day, 4), at = put(at, signature->words, 4);
    for (size_t i = 0; i < VECTOR_COUNT; i++) at = put_terms(at, &signature->vectors[i]);
    for (size_t i = 0; i < SET_COUNT; i++) at = put_terms(at, &signature->sets[i]);
    *out = (dl_str){(const char *)bytes, size};
    return DL_OK;
}

/* ---- back ---- */

typedef struct reader {
    const unsigned char *at, *end;
} reader;

static uint32_t get(reader *r, size_t bytes)
{
    uint32_t value = 0;
    if ((size_t)(r->end - r->at) < bytes) {
        r->at = r->end;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++) value |= (uint32_t)*r->at++ << (8 * i);
    return value;
}

static void get_ids(reader *r, uint32_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++, r->at += 4)
        ids[i] = (uint32_t)r->at[0] | (uint32_t)r->at[1] << 8 | (uint32_t)r->at[2] << 16 | (uint32_t)r->at[3] << 24;
}

static void get_weights(reader *r, uint16_t *weights, size_t count)
{
    for (size_t i = 0; i < count; i++, r->at += 2) weights[i] = (uint16_t)(r->at[0] | r->at[1] << 8);
}

static dl_status get_terms(reader *r, dl_arena *arena, bool weighted, story_terms *out, dl_error *err)
{
    bool counted = r->end - r->at >= 2;
    size_t count = get(r, 2);
    if (!counted || count > MOST_TERMS || (size_t)(r->end - r->at) < count * (weighted ? 6 : 4))
        return dl_fail(err, DL_BAD_DATA, NULL, 0, "the signature of a page ends too early");
    uint32_t *ids = dl_arena_alloc_raw(arena, (count + 1) * sizeof *ids);
    uint16_t *weights = weighted ? dl_arena_alloc_raw(arena, (count + 1) * sizeof *weights) : NULL;
    if (!ids || (weighted && !weights)) return dl_fail_memory(err);
    get_ids(r, ids, count);
    if (weighted) get_weights(r, weights, count);
    for (size_t i = 1; i < count; i++)
        if (ids[i] <= ids[i - 1]) return dl_fail(err, DL_BAD_DATA, NULL, 0, "the terms of a page's signature are not in order");
    *out = (story_terms){ids, weights, (uint32_t)count};
    return DL_OK;
}

dl_status dl_signature_unpack(dl_signature *out, dl_arena *arena, dl_str bytes, dl_error *err)
{
    reader r = {(const unsigned char *)bytes.ptr, (const unsigned char *)bytes.ptr + bytes.len};
    if (bytes.len < HEADER || get(&r, 4) != FORMAT) return dl_fail(err, DL_BAD_DATA, NULL, 0, "the signature of a page is none of this version; 'dateline check --repair' makes it anew");
    out->day = (int32_t)get(&r, 4), out->words = get(&r, 4);
    dl_status status = DL_OK;
    for (size_t i = 0; i < VECTOR_COUNT && status == DL_OK; i++) status = get_terms(&r, arena, true, &out->vectors[i], err);
    for (size_t i = 0; i < SET_COUNT && status == DL_OK; i++) status = get_terms(&r, arena, false, &out->sets[i], err);
    if (status == DL_OK && r.at != r.end) return dl_fail(err, DL_BAD_DATA, NULL, 0, "the signature of a page goes on behind its end");
    return status;
}
