/* happening_rows.h - what is claimed of the happenings of a place and day, for programs and spreadsheets. */
#ifndef DL_CLI_HAPPENING_ROWS_H
#define DL_CLI_HAPPENING_ROWS_H

#include "cli/views.h"

enum { TOLL_HARMS = 2 }; /* killed and wounded make a toll */

bool is_counted(const dl_estimate *harms, size_t count);
/* The happening as an object with its sides and claims. */
dl_status json_happening(printer *p, dl_view *view, const dl_happening *happening, const dl_claim *claims, dl_error *err);
/* A line with the sums and the happenings. */
dl_status json_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err);
/* Lines of the levels day, happening, side, claim; the heading before the first. */
dl_status csv_toll(printer *p, dl_view *view, const dl_toll *toll, const dl_happening *happenings, const dl_claim *claims, dl_error *err);

/* "8", "5+", in brackets where it does not stand. */
const char *count_words(const dl_claim *claim, size_t harm, char buffer[64]);
/* Why a count does not stand: "replaced", "background", "denied"; "" where all stand. */
const char *why_not(const dl_claim *claim);

#endif
