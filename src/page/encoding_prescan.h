/* encoding_prescan.h - the label a page gives itself (WHATWG HTML, 13.2.3.2 "Determining the character encoding"). */
#ifndef DL_PAGE_ENCODING_PRESCAN_H
#define DL_PAGE_ENCODING_PRESCAN_H

#include "base/str.h"

enum { DL_PRESCAN_BYTES = 64 * 1024 };

/* Label of the first meta element that `is_known` accepts, else of the XML declaration; ptr NULL if there is none.
 * The standard looks at 1024 bytes and lets a later meta change the encoding; here both are one look. */
dl_str dl_encoding_prescan(dl_str bytes, bool (*is_known)(const void *context, dl_str label), const void *context);

#endif
