/* signals.h - what the language model says of tokens beyond tag, lemma, tree and name.
 *
 * A signal is one head of the model (train/README.md lists them: "names", "mentions", "event", "mode", "realis", "saying", "content", "role",
 * ...): for every token of the text the most likely label (of span labels: in the best sequence) and the probability of each. Which
 * signals there are is the model's business; ask for one by name and do without when it is missing. */
#ifndef DL_SYNTAX_SIGNALS_H
#define DL_SYNTAX_SIGNALS_H

#include "dateline/text.h"

typedef struct dl_signal {
    dl_str name;
    const dl_str *labels;
    uint32_t label_count;
    bool spans;                   /* labels are "O", "B-TYPE", "I-TYPE" */
    const uint8_t *best;          /* [tokens]: a label */
    const uint8_t *probabilities; /* [tokens][label_count], 255 for certain */
} dl_signal;

/* What a token is to a trigger of the same sentence ("ACTOR", "RECIPIENT", "PLACE", ...). */
typedef struct dl_argument {
    uint32_t trigger, token;
    uint8_t label;     /* of dl_signals.argument_labels, never 0 */
    float probability;
} dl_argument;

typedef struct dl_signals {
    const dl_signal *items;
    size_t count;
    const dl_str *argument_labels;
    size_t argument_label_count;
    const dl_argument *arguments; /* in order of trigger, then token; those of probability 0.15 and over */
    size_t argument_count;
} dl_signals;

/* NULL when there is none of that name. */
const dl_signal *dl_signal_find(const dl_text *text, const char *name);
/* Number of a label, or -1. */
int dl_signal_label(const dl_signal *signal, const char *label);
float dl_signal_probability(const dl_signal *signal, uint32_t token, int label); /* 0 for label -1 */
dl_str dl_signal_best(const dl_signal *signal, uint32_t token);                  /* "B-ASSAULT", "actual" */

typedef struct dl_signal_span {
    uint32_t first, last; /* tokens, both included */
    dl_str type;          /* "ASSAULT" */
    float probability;    /* the mean over its tokens of what its type has together */
} dl_signal_span;
/* The next span that begins at token `from` or later; false when there is none. Spans do not cross sentences. */
bool dl_signal_next_span(const dl_text *text, const dl_signal *signal, uint32_t from, dl_signal_span *out);

/* First argument of a trigger; `*count` tells how many follow each other. NULL and 0: none. */
const dl_argument *dl_signal_arguments(const dl_text *text, uint32_t trigger, size_t *count);

#endif
