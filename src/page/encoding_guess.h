/* encoding_guess.h - the encoding of a page that names none. */
#ifndef DL_PAGE_ENCODING_GUESS_H
#define DL_PAGE_ENCODING_GUESS_H

#include "page/encoding.h"

/* A label: "utf-8" where the bytes are UTF-8, else the legacy encoding in which they make the most common letters of
 * some language of data/page/letters.tsv; "windows-1252" where nothing tells. */
dl_str dl_encoding_guess(const dl_encodings *encodings, dl_str bytes);

#endif
