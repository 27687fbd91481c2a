/* inflection.h - base forms of English words by rule, for lists of lemmas where no model has run or its lemma is wrong. */
#ifndef DL_TEXT_INFLECTION_H
#define DL_TEXT_INFLECTION_H

#include "base/lexicon.h"

enum { DL_BASE_FORMS_MAX = 8, DL_BASE_FORM_SIZE = 40 };

/* Words that `norm` may be a form of, itself first: "carried" gives "carried", "carry", "carrie", "carri". The rules
 * overshoot; look the candidates up. */
typedef struct dl_base_forms {
    char bytes[DL_BASE_FORMS_MAX][DL_BASE_FORM_SIZE];
    dl_str items[DL_BASE_FORMS_MAX]; /* into `bytes`, the irregular table or `norm` */
    size_t count;
} dl_base_forms;

/* `irregular` is the table "text/irregular" (form, base), or NULL. Words longer than DL_BASE_FORM_SIZE give themselves only. */
void dl_base_forms_of(dl_base_forms *out, const dl_table *irregular, dl_str norm);

#endif
