/* quotes.h - inside the text room: which tokens stand inside quotation marks. */
#ifndef DL_TEXT_QUOTES_H
#define DL_TEXT_QUOTES_H

#include "dateline/text.h"

/* Sets DL_TOKEN_QUOTED on the tokens [first, count) of one block; the marks themselves are not inside. */
void dl_quotes_mark(dl_str text, dl_token *tokens, size_t first, size_t count);

#endif
