/* bio.c - the best sequence of span labels, by Viterbi's algorithm. */
#include "syntax/bio.h"

bool dl_bio_open(dl_bio *out, const dl_str *labels, size_t count, const float *transitions)
{
    *out = (dl_bio){.labels = (uint32_t)count, .transitions = transitions};
    if (count == 0 || count > DL_BIO_LABELS) return false;
    bool outside = false;
    for (size_t i = 0; i < count; i++) {
        out->begin[i] = (uint8_t)i;
        if (dl_str_is(labels[i], "O")) {
            out->outside = (uint8_t)i;
            outside = true;
            continue;
        }
        out->inside[i] = dl_str_starts(labels[i], "I-");
        if (!out->inside[i] && !dl_str_starts(labels[i], "B-")) return false;
        if (!out->inside[i]) continue;
        size_t b = 0;
        while (b < count && !(dl_str_starts(labels[b], "B-") && dl_str_eq(dl_str_slice(labels[b], 2, labels[b].len), dl_str_slice(labels[i], 2, labels[i].len))))
            b++;
        if (b == count) return false;
        out->begin[i] = (uint8_t)b;
    }
    return outside;
}

/* The best label before `label`, with the sum it leaves. */
static uint8_t best_before(const dl_bio *bio, const float *sums, uint32_t label, float *sum)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < bio->labels; i++) {
        if (bio->inside[label] && i != label && i != bio->begin[label]) continue;
        float s = sums[i] + (bio->transitions ? bio->transitions[(size_t)i * bio->labels + label] : 0);
        if (best == UINT32_MAX || s > *sum) {
            best = i;
            *sum = s;
        }
    }
    return (uint8_t)best;
}

void dl_bio_decode(const dl_bio *bio, const float *scores, size_t stride, size_t words, uint8_t *out)
{
    uint8_t before[DL_BIO_WORDS][DL_BIO_LABELS];
    float sums[DL_BIO_LABELS], next[DL_BIO_LABELS];
    if (words == 0 || words > DL_BIO_WORDS) return;
    for (uint32_t i = 0; i < bio->labels; i++) sums[i] = bio->inside[i] ? -1e30f : scores[i];
    for (size_t w = 1; w < words; w++) {
        uint8_t anywhere = 0;
        float best = 0;
        if (!bio->transitions) anywhere = best_before(bio, sums, bio->outside, &best);
        for (uint32_t i = 0; i < bio->labels; i++) {
            float sum = best;
            before[w][i] = anywhere;
            if (bio->transitions || bio->inside[i]) before[w][i] = best_before(bio, sums, i, &sum);
            next[i] = sum + scores[w * stride + i];
        }
        for (uint32_t i = 0; i < bio->labels; i++) sums[i] = next[i];
    }
    uint8_t label = 0;
    for (uint32_t i = 1; i < bio->labels; i++)
        if (sums[i] > sums[label]) label = (uint8_t)i;
    for (size_t w = words; w-- > 0; label = w ? before[w][label] : label) out[w] = label;
}
