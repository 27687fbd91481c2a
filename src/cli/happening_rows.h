/* happening_rows.h - words for what is claimed of happenings, in tables. */
#ifndef DL_CLI_HAPPENING_ROWS_H
#define DL_CLI_HAPPENING_ROWS_H

#include "cli/views.h"

enum { TOLL_HARMS = 2 }; /* killed and wounded make a toll */

bool is_counted(const dl_estimate *harms, size_t count);
/* "8", "5+", in brackets where it does not stand. */
const char *count_words(const dl_claim *claim, size_t harm, char buffer[64]);
/* Why a count does not stand: "replaced", "background", "denied"; "" where all stand. */
const char *why_not(const dl_claim *claim);

#endif
