/* hints.h - what the language model says of events: how likely a word is a trigger, of which type, with which arguments. */
#ifndef DL_EVENTS_HINTS_H
#define DL_EVENTS_HINTS_H

#include "dateline/events.h"
#include "syntax/signals.h"

typedef enum hint_role { HINT_NONE, HINT_ACTOR, HINT_RECIPIENT, HINT_PLACE, HINT_TIME, HINT_WEAPON, HINT_SITE } hint_role;

enum { MAX_EVENT_LABELS = 64 };

typedef struct hints {
    const dl_text *text;
    const dl_signal *event, *realis, *background;   /* NULL where the model says nothing of it */
    uint8_t label_type[MAX_EVENT_LABELS];           /* dl_event_type of each label of `event` */
    uint8_t label_realis[8];
    const dl_signal *role;                          /* parties to any act */
    int role_labels[2][2];                          /* B- and I- of actors, of recipients */
    bool arguments;
} hints;

void hints_read(hints *h, const dl_text *text);
/* Probability that the token is part of a trigger of this type; of any type for DL_EVENT_NONE. */
float hints_type(const hints *h, uint32_t token, dl_event_type type);
/* The likeliest type of a token's trigger; DL_EVENT_NONE without a model. */
dl_event_type hints_best_type(const hints *h, uint32_t token, float *probability);
/* Whether the model has spoken on the arguments of the trigger that ends with `token`. */
bool hints_has_arguments(const hints *h, uint32_t token);
/* Probability that `token` plays a role for the trigger. */
float hints_argument(const hints *h, uint32_t trigger, uint32_t token, hint_role role);
/* Raises `out`, one number a role, to what the model says of a token as argument of a trigger. */
void hints_roles(const hints *h, uint32_t trigger, uint32_t token, float *out);
/* Probability that the token belongs to an actor or a recipient of any act of its sentence. */
float hints_role(const hints *h, uint32_t token, hint_role role);
/* The model's realis of a trigger's last word and its probability; DL_ACTUAL and 0 without a model. */
dl_realis hints_realis(const hints *h, uint32_t token, float *probability);
float hints_background(const hints *h, uint32_t token);

#endif
