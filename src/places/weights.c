/* weights.c - the weights of the features, by name, from data/places/weights.tsv. */
#include "places/weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

#define X(id, text) text,
static const char *const mention_names[M_COUNT] = {MENTION_FEATURES(X)};
static const char *const candidate_names[C_COUNT] = {CANDIDATE_FEATURES(X)};
#undef X

const char *dl_mention_feature_name(int feature)
{
    return feature >= 0 && feature < M_COUNT ? mention_names[feature] : "";
}

const char *dl_candidate_feature_name(int feature)
{
    return feature >= 0 && feature < C_COUNT ? candidate_names[feature] : "";
}

/* A decimal number without the locale: digits, one point, a sign. */
static bool read_number(dl_str text, float *out)
{
    double value = 0, unit = 1, sign = 1;
    bool point = false, digit = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (i == 0 && c == '-') sign = -1;
        else if (c == '.' && !point) point = true;
        else if (c >= '0' && c <= '9' && i < 24) {
            digit = true;
            value = value * 10 + (c - '0');
            if (point) unit *= 10;
        } else return false;
    }
    *out = (float)(sign * value / unit);
    return digit;
}

static dl_status read_group(float *weights, const char *const *names, int count, const char *group, const dl_table *table,
                            const char *column, dl_error *err)
{
    int value = dl_table_column(table, column);
    for (int i = 0; i < count; i++) {
        char key[96];
        size_t len = 0;
        for (const char *c = group; *c; c++) key[len++] = *c;
        for (const char *c = names[i]; *c && len < sizeof key; c++) key[len++] = (char)dl_ascii_lower((unsigned char)*c);
        dl_rows rows = dl_table_find(table, (dl_str){key, len});
        if (rows.count != 1 || !read_number(dl_table_cell(table, rows.first, value), &weights[i]))
            return dl_fail(err, DL_BAD_DATA, "places/weights", 0, "no weight, or no single one, for '%.*s'", (int)len, key);
    }
    return DL_OK;
}

dl_status dl_weights_read(dl_weights *out, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "places/weights", &table, err);
    if (status == DL_OK) status = read_group(out->mention, mention_names, M_COUNT, "mention ", table, "weight", err);
    if (status == DL_OK) status = read_group(out->untagged, mention_names, M_COUNT, "mention ", table, "untagged", err);
    if (status == DL_OK) status = read_group(out->candidate, candidate_names, C_COUNT, "candidate ", table, "weight", err);
    static const char *const threshold[] = {"threshold"};
    if (status == DL_OK) status = read_group(&out->threshold, threshold, 1, "", table, "weight", err);
    if (status == DL_OK && dl_table_rows(table) != (size_t)M_COUNT + C_COUNT + 1)
        return dl_fail(err, DL_BAD_DATA, "places/weights", 0, "holds %zu weights, not %d", dl_table_rows(table), M_COUNT + C_COUNT + 1);
    return status;
}

double dl_weights_sum(const float *features, const float *weights, int count)
{
    double sums[4] = {0};
    int i = 0;
    for (; i + 4 <= count; i += 4)
        for (int k = 0; k < 4; k++) sums[k] += (double)features[i + k] * (double)weights[i + k];
    for (; i < count; i++) sums[0] += (double)features[i] * (double)weights[i];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}
