/* numbers.h - counts in digits and words, as ranges: "twenty-two", "at least 1.2 million", "five to seven", "dozens". */
#ifndef DL_TEXT_NUMBERS_H
#define DL_TEXT_NUMBERS_H

#include "base/lexicon.h"
#include "dateline/text.h"

typedef struct dl_numbers dl_numbers; /* word lists, resolved once; read-only */

typedef struct dl_number {
    size_t count;                  /* tokens, from the one asked about; modifiers count ("at least five or so") */
    size_t core_first, core_count; /* index and number of tokens of the number without its modifiers */
    dl_range range;                /* "more than five" is [6, ), "up to five" [0, 5], "dozens" [24, ) */
    double value;                  /* of the words without modifiers; of a range its lower end; "2.5" keeps its half */
    bool approx;                   /* "about five" */
    bool vague;                    /* "dozens", "several": no number was told */
    bool ordinal;                  /* "third", "22nd" */
    bool fraction;                 /* value is no whole number; range has it cut off */
    bool none;                     /* "no", "nobody": a count of zero where a noun of people follows, else plain negation */
    bool digits;                   /* told in digits */
} dl_number;

dl_status dl_numbers_open(dl_numbers **out, const dl_lexicon *lexicon, dl_error *err);
void dl_numbers_close(dl_numbers *numbers); /* NULL is fine */

/* The number that begins at `token` and stays in its sentence; false if there is none. Percent signs, units and the
 * things counted are the caller's to look at, as are dates: "2025" is a number here. */
bool dl_number_at(const dl_numbers *numbers, const dl_text *text, size_t token, dl_number *out);

#endif
