/* explain.c - why a place was taken: the features that weighed most, for `show --why`. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "places/internal.h"

enum { SHOWN = 6 };

typedef struct reason {
    const char *group, *name;
    float weight;
} reason;

/* Keeps the heaviest reasons, in falling order. */
static void keep(reason kept[SHOWN], reason one)
{
    for (int i = 0; i < SHOWN; i++)
        if (fabsf(one.weight) > fabsf(kept[i].weight)) {
            reason out = kept[i];
            kept[i] = one;
            one = out;
        }
}

dl_str places_explain(const place_page *page, const mention *m, const candidate *best)
{
    const float *mention_weights = places_mention_weights(page), *candidate_weights = page->data->weights.candidate;
    reason kept[SHOWN] = {{0}};
    for (int i = 0; i < M_COUNT; i++)
        keep(kept, (reason){"toponym", dl_mention_feature_name(i), m->features[i] * mention_weights[i]});
    for (int i = 0; i < C_COUNT; i++)
        keep(kept, (reason){"place", dl_candidate_feature_name(i), best->features[i] * candidate_weights[i]});
    char text[SHOWN * 64];
    size_t len = 0;
    for (int i = 0; i < SHOWN && kept[i].weight != 0; i++) {
        int hundredths = abs((int)lroundf(kept[i].weight * 100)); /* by whole numbers: no locale's decimal point */
        int wrote = snprintf(text + len, sizeof text - len, "%s%s: %s %c%d.%02d", len ? "; " : "", kept[i].group, kept[i].name,
                             kept[i].weight < 0 ? '-' : '+', hundredths / 100, hundredths % 100);
        if (wrote < 0 || (size_t)wrote >= sizeof text - len) break;
        len += (size_t)wrote;
    }
    return dl_arena_str(page->arena, (dl_str){text, len});
}
