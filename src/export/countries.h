/* countries.h - countries as other data sets call and number them. */
#ifndef DL_EXPORT_COUNTRIES_H
#define DL_EXPORT_COUNTRIES_H

#include "base/lexicon.h"

typedef struct countries {
    dl_lexicon *lexicon;
    const dl_table *table;
} countries;

/* Strings are empty where the data set has none, or the country is not known. */
typedef struct country {
    dl_str name;      /* ACLED's; the code itself where the country is not known */
    dl_str ucdp_name; /* UCDP's */
    dl_str numeric;   /* ISO 3166-1 */
    dl_str gw;        /* Gleditsch and Ward */
    dl_str region;    /* ACLED's */
    const char *ucdp_region;
} country;

/* Opens the word lists of `data_dir`; NULL finds them as an engine does. Close with countries_close, also after a failure. */
dl_status countries_open(countries *out, const char *data_dir, dl_error *err);
void countries_close(countries *all);
/* By ISO 3166-1 alpha-2 code. */
country countries_find(const countries *all, dl_str code);

#endif
