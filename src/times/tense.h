/* tense.h - inside the times room: whether what is told at a time expression lies before or after the telling. */
#ifndef DL_TIMES_TENSE_H
#define DL_TIMES_TENSE_H

#include "times/patterns.h"

/* SCHEDULED: the present of a timetable ("the talks begin on Monday"), which in a caption tells what is seen. */
typedef enum dl_tense { DL_TENSE_UNKNOWN, DL_TENSE_PAST, DL_TENSE_PRESENT, DL_TENSE_FUTURE, DL_TENSE_SCHEDULED } dl_tense;

/* The tense of the clause about tokens [first, first + count): from the tree where the text is parsed, else from the
 * nearest word that tells. */
dl_tense dl_tense_at(const dl_time_patterns *patterns, const dl_text *text, size_t first, size_t count);

#endif
