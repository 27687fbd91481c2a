/* encoding_guess.c - a page that names no encoding. */
#include "page/encoding_guess.h"

#include "base/utf8.h"

dl_str dl_encoding_guess(dl_str bytes)
{
    return dl_utf8_valid_prefix(bytes) == bytes.len ? DL_STR("utf-8") : DL_STR("windows-1252");
}
