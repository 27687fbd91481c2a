/* url.h - addresses of the web (RFC 3986): made absolute and brought into one form, so that equal pages have equal addresses. */
#ifndef DL_FEEDS_URL_H
#define DL_FEEDS_URL_H

#include "base/str.h"

enum { URL_LIMIT = 4096 };

/* `reference` as seen from `base` (ptr NULL: it must be absolute): scheme and host in lower case, without the scheme's own port, without a fragment,
 * dot segments taken out, what may not stand there percent-encoded. ptr NULL where it is no http or https address, holds a user name, is longer
 * than URL_LIMIT, or memory ran out. */
dl_str url_resolve(dl_arena *arena, dl_str base, dl_str reference);

/* Of an address as url_resolve gives it. */
dl_str url_origin(dl_str url); /* "https://host:port" */
dl_str url_path(dl_str url);   /* with the query, from the "/" on */

/* Whether an IP address (4 or 16 bytes, in network order) is one that no public site has: loopback, private, link-local, multicast, reserved
 * (IANA special-purpose registries, RFC 6890), also as embedded in an IPv6 address. */
bool address_is_private(const unsigned char *bytes, size_t len);

#endif
