/* hints.c - the model's signals on events, by type and role. */
#include "events/hints.h"

#include "base/str.h"

static dl_event_type type_of(dl_str label)
{
    dl_str name = label.len > 2 ? dl_str_slice(label, 2, label.len) : DL_STR("");
    for (int type = 1; type < DL_EVENT_TYPE_COUNT; type++)
        if (dl_str_is(name, dl_event_type_name((dl_event_type)type))) return (dl_event_type)type;
    return DL_EVENT_NONE;
}

static dl_realis realis_of(dl_str label)
{
    for (int realis = DL_ACTUAL; realis <= DL_DENIED; realis++)
        if (dl_str_is(label, dl_realis_name((dl_realis)realis))) return (dl_realis)realis;
    return DL_ACTUAL;
}

void hints_read(hints *h, const dl_text *text)
{
    *h = (hints){.text = text, .event = dl_signal_find(text, "event"), .realis = dl_signal_find(text, "realis"),
                 .background = dl_signal_find(text, "background"), .role = dl_signal_find(text, "role")};
    if (h->event && h->event->label_count > MAX_EVENT_LABELS) h->event = NULL;
    if (h->realis && h->realis->label_count > 8) h->realis = NULL;
    for (uint32_t i = 0; h->event && i < h->event->label_count; i++) h->label_type[i] = (uint8_t)type_of(h->event->labels[i]);
    for (uint32_t i = 0; h->realis && i < h->realis->label_count; i++) h->label_realis[i] = (uint8_t)realis_of(h->realis->labels[i]);
    static const char *const roles[2][2] = {{"B-ACTOR", "I-ACTOR"}, {"B-RECIPIENT", "I-RECIPIENT"}};
    for (int role = 0; h->role && role < 2; role++)
        for (int k = 0; k < 2; k++) h->role_labels[role][k] = dl_signal_label(h->role, roles[role][k]);
    h->arguments = text->signals && text->signals->argument_count > 0;
}

float hints_type(const hints *h, uint32_t token, dl_event_type type)
{
    float sum = 0;
    for (uint32_t i = 0; h->event && i < h->event->label_count; i++)
        if (h->label_type[i] != DL_EVENT_NONE && (type == DL_EVENT_NONE || h->label_type[i] == type))
            sum += dl_signal_probability(h->event, token, (int)i);
    return sum < 1 ? sum : 1;
}

dl_event_type hints_best_type(const hints *h, uint32_t token, float *probability)
{
    dl_event_type best = DL_EVENT_NONE;
    *probability = 0;
    for (int type = 1; h->event && type < DL_EVENT_TYPE_COUNT; type++) {
        float p = hints_type(h, token, (dl_event_type)type);
        if (p > *probability) best = (dl_event_type)type, *probability = p;
    }
    return best;
}

bool hints_has_arguments(const hints *h, uint32_t token)
{
    size_t count;
    return h->arguments && dl_signal_arguments(h->text, token, &count) != NULL;
}

static hint_role role_of(dl_str label)
{
    static const char *const names[] = {"none", "ACTOR", "RECIPIENT", "PLACE", "TIME", "WEAPON", "SITE"};
    for (int role = HINT_ACTOR; role <= HINT_SITE; role++)
        if (dl_str_is(label, names[role])) return (hint_role)role;
    return HINT_NONE;
}

float hints_argument(const hints *h, uint32_t trigger, uint32_t token, hint_role role)
{
    size_t count;
    const dl_argument *items = h->arguments ? dl_signal_arguments(h->text, trigger, &count) : NULL;
    for (size_t i = 0; items && i < count; i++)
        if (items[i].token == token && role_of(h->text->signals->argument_labels[items[i].label]) == role) return items[i].probability;
    return 0;
}

void hints_roles(const hints *h, uint32_t trigger, uint32_t token, float *out)
{
    size_t count;
    const dl_argument *items = h->arguments ? dl_signal_arguments(h->text, trigger, &count) : NULL;
    for (size_t i = 0; items && i < count; i++) {
        if (items[i].token != token) continue;
        hint_role role = role_of(h->text->signals->argument_labels[items[i].label]);
        if (items[i].probability > out[role]) out[role] = items[i].probability;
    }
}

float hints_role(const hints *h, uint32_t token, hint_role role)
{
    if (!h->role || (role != HINT_ACTOR && role != HINT_RECIPIENT)) return 0;
    const int *labels = h->role_labels[role == HINT_RECIPIENT];
    return dl_signal_probability(h->role, token, labels[0]) + dl_signal_probability(h->role, token, labels[1]);
}

dl_realis hints_realis(const hints *h, uint32_t token, float *probability)
{
    *probability = 0;
    if (!h->realis) return DL_ACTUAL;
    uint32_t best = h->realis->best[token];
    *probability = dl_signal_probability(h->realis, token, (int)best);
    return (dl_realis)h->label_realis[best];
}

float hints_background(const hints *h, uint32_t token)
{
    if (!h->background) return 0;
    return dl_signal_probability(h->background, token, dl_signal_label(h->background, "yes"));
}
