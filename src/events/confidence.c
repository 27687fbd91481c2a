/* confidence.c - how likely an event and its type are right: the model's probability, and what the page tells of it (who, where, how many).
 *
 * A logistic score whose weights lie in data/events/confidence.tsv, fitted on coded news (docs/confidence.md), so that of the events of
 * confidence 0.9 nine in ten are right. */
#include <math.h>

#include "base/str.h"
#include "events/build.h"

static float clip(float probability)
{
    return probability < 0.02f ? 0.02f : probability > 0.995f ? 0.995f : probability;
}

static bool tells_toll(const dl_event *e)
{
    return e->killed.known || e->wounded.known || e->killed_or_wounded.known;
}

static float confidence_of(const float *weights, const dl_event *e, float probability)
{
    float p = clip(probability), sum = weights[EVIDENCE_BIAS] + weights[EVIDENCE_PROBABILITY] * logf(p / (1 - p));
    if (e->actor_count && e->recipient_count) sum += weights[EVIDENCE_PARTIES];
    if (tells_toll(e)) sum += weights[EVIDENCE_TOLL];
    if (e->type == DL_ASSAULT) sum += weights[EVIDENCE_ASSAULT];
    if (e->also_count) sum += weights[EVIDENCE_RETOLD];
    if (e->realis > DL_ONGOING) sum += weights[EVIDENCE_UNREAL];
    if (e->place != DL_NONE) sum += weights[EVIDENCE_PLACE];
    return 1 / (1 + expf(-sum));
}

void rate_events(const coder *c, drafts *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!all->items[i].dropped)
            all->items[i].event.confidence = confidence_of(c->data->evidence, &all->items[i].event, all->items[i].probability);
}
