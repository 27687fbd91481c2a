/* encoding_guess.h - the encoding of a page that names none. */
#ifndef DL_PAGE_ENCODING_GUESS_H
#define DL_PAGE_ENCODING_GUESS_H

#include "base/str.h"

/* A WHATWG name: "utf-8" where the bytes are UTF-8, else the legacy encoding that they fit best. */
dl_str dl_encoding_guess(dl_str bytes);

#endif
