/* context.c - the contexts of PLOVER in which an act stands: told by the words of its sentence (data/events/contexts.tsv), else by its type. */
#include "base/error.h"
#include "base/str.h"
#include "events/build.h"

enum { MAX_TOLD = 2, LONGEST = 200 }; /* contexts an event is given; tokens looked at */

/* The contexts with the most words, the earlier one of two; gives how many. */
static size_t contexts_of_sentence(const coder *c, const draft *d, uint8_t *out)
{
    uint16_t words[MAX_CONTEXTS] = {0};
    const dl_sentence *sentence = &c->text->sentences[d->event.sentence];
    uint32_t end = sentence->first + (sentence->count < LONGEST ? sentence->count : LONGEST);
    for (uint32_t t = sentence->first; t < end; t++) {
        uint32_t told = 0;
        for (size_t f = 0; f < c->views[t].form_count; f++) told |= contexts_of_word(c->data, c->views[t].forms[f]);
        for (size_t k = 0; k < c->data->context_count; k++) words[k] = (uint16_t)(words[k] + (told >> k & 1));
    }
    size_t count = 0;
    while (count < MAX_TOLD) {
        size_t best = 0;
        for (size_t k = 1; k < c->data->context_count; k++)
            if (words[k] > words[best]) best = k;
        if (!words[best]) break;
        words[best] = 0;
        out[count++] = (uint8_t)best;
    }
    if (!count) out[count++] = c->data->manners[d->event.type].context;
    return count;
}

dl_status set_contexts(coder *c, drafts *all, dl_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        draft *d = &all->items[i];
        if (d->dropped || !c->data->context_count) continue;
        uint8_t told[MAX_TOLD];
        size_t count = contexts_of_sentence(c, d, told);
        dl_str *names = DL_NEW_ARRAY(c->arena, dl_str, count + 1);
        if (!names) return dl_fail_memory(err);
        for (size_t k = 0; k < count; k++) names[k] = c->data->contexts[told[k]];
        d->event.contexts = names, d->event.context_count = count;
    }
    return DL_OK;
}
