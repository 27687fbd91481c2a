/* lemma.h - from a form to its lemma by an edit script (docs/model-format.md): "l-3+y" makes "countries" to "country". */
#ifndef DL_SYNTAX_LEMMA_H
#define DL_SYNTAX_LEMMA_H

#include "base/arena.h"

typedef struct dl_lemma_script {
    dl_str text;    /* added, or the lemma itself */
    uint32_t cut;   /* code points taken off the end */
    char casing;    /* 'k' keep, 'l' lower, 't' title, '=' the lemma itself */
} dl_lemma_script;

bool dl_lemma_parse(dl_lemma_script *out, dl_str script); /* false if it is none; borrows from `script` */
/* Borrows from `norm` where that is the lemma; ptr NULL when out of memory. */
dl_str dl_lemma_apply(dl_lemma_script script, dl_arena *arena, dl_str form, dl_str norm);

#endif
