/* layout.h - columns and cells for people: widths are those of a terminal. */
#ifndef DL_CLI_LAYOUT_H
#define DL_CLI_LAYOUT_H

#include "cli/cli.h"

size_t text_width(dl_str text); /* columns that it takes */
/* `text` cut to `width` columns with an ellipsis, filled up with spaces unless `last`; line breaks become spaces. */
void put_cell(dl_json_out *out, dl_str text, size_t width, bool last);
/* Escape sequence when `colour`, else nothing. */
void put_style(dl_json_out *out, bool colour, const char *sequence);
int terminal_width(void); /* of stdout; 110 where it is no terminal */

/* Words for a record's values, in the output's memory of `buffer`. */
const char *range_words(dl_range range, char buffer[48]); /* "11", "at least 11" as "11+", "5-7", "" */
void put_participants(dl_json_out *out, const dl_participant *items, size_t count);
dl_str place_words(const dl_document *document, uint32_t place);
dl_str source_words(const dl_document *document, uint32_t statement);

#endif
