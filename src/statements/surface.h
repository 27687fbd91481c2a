/* surface.h - inside the statements room: what the order of words alone says of a verb of saying.
 *
 * "..., officials said on Monday", "..., said X of Y", "X said ...": news prose sets off what is said by
 * commas and marks so regularly that this holds where a tree goes wrong. */
#ifndef DL_STATEMENTS_SURFACE_H
#define DL_STATEMENTS_SURFACE_H

#include "statements/work.h"

typedef struct surface {
    dl_token_range subject; /* words of the speaker; DL_NONE: not to be told */
    uint32_t head;          /* its head */
    bool inverted;          /* "said X" */
    bool set_off;           /* a comma or mark stands before the clause, and words with a verb before that */
    uint32_t first, last;   /* the clause: speaker, verb and what stands between */
} surface;

/* `may_invert`: the verb may stand before its speaker ("said X", hardly "told X"). */
surface statements_surface(const statements_work *work, uint32_t verb, uint32_t last, bool may_invert);

#endif
