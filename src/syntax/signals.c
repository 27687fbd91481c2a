/* signals.c - asking for what the model says of tokens. */
#include "syntax/signals.h"

#include "base/str.h"

const dl_signal *dl_signal_find(const dl_text *text, const char *name)
{
    for (size_t i = 0; text->signals && i < text->signals->count; i++)
        if (dl_str_is(text->signals->items[i].name, name)) return &text->signals->items[i];
    return NULL;
}

int dl_signal_label(const dl_signal *signal, const char *label)
{
    for (uint32_t i = 0; i < signal->label_count; i++)
        if (dl_str_is(signal->labels[i], label)) return (int)i;
    return -1;
}

float dl_signal_probability(const dl_signal *signal, uint32_t token, int label)
{
    return label < 0 ? 0 : (float)signal->probabilities[(size_t)token * signal->label_count + (uint32_t)label] / 255;
}

dl_str dl_signal_best(const dl_signal *signal, uint32_t token)
{
    return signal->labels[signal->best[token]];
}

static bool is_outside(dl_str label)
{
    return label.len < 3;
}

static dl_str type_of(dl_str label)
{
    return dl_str_slice(label, 2, label.len);
}

/* What a type's labels have together at one token. */
static float type_probability(const dl_signal *signal, uint32_t token, dl_str type)
{
    float sum = 0;
    for (uint32_t i = 0; i < signal->label_count; i++)
        if (!is_outside(signal->labels[i]) && dl_str_eq(type_of(signal->labels[i]), type)) sum += dl_signal_probability(signal, token, (int)i);
    return sum < 1 ? sum : 1;
}

bool dl_signal_next_span(const dl_text *text, const dl_signal *signal, uint32_t from, dl_signal_span *out)
{
    uint32_t count = (uint32_t)text->token_count;
    while (from < count && !dl_str_starts(dl_signal_best(signal, from), "B-")) from++;
    if (!signal->spans || from >= count) return false;
    *out = (dl_signal_span){.first = from, .last = from, .type = type_of(dl_signal_best(signal, from))};
    while (out->last + 1 < count && text->tokens[out->last + 1].sentence == text->tokens[from].sentence &&
           dl_str_starts(dl_signal_best(signal, out->last + 1), "I-"))
        out->last++;
    for (uint32_t i = from; i <= out->last; i++) out->probability += type_probability(signal, i, out->type);
    out->probability /= (float)(out->last - from + 1);
    return true;
}

const dl_argument *dl_signal_arguments(const dl_text *text, uint32_t trigger, size_t *count)
{
    *count = 0;
    const dl_signals *all = text->signals;
    if (!all) return NULL;
    size_t low = 0, high = all->argument_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->arguments[middle].trigger < trigger) low = middle + 1;
        else high = middle;
    }
    while (low + *count < all->argument_count && all->arguments[low + *count].trigger == trigger) ++*count;
    return *count ? &all->arguments[low] : NULL;
}
