/* digests.h - bodies that were seen already, by a hash of what names them. */
#ifndef DL_FEEDS_DIGESTS_H
#define DL_FEEDS_DIGESTS_H

#include "base/str.h"

typedef struct digest_set {
    uint64_t *slots; /* 0: free */
    size_t count, size;
} digest_set;

uint64_t digest_of(dl_str bytes); /* never 0 */
bool digest_known(const digest_set *set, uint64_t digest);
/* Out of memory, or with some ten millions in it, the set stays as it is: then pages come twice, which does no harm. */
void digest_add(digest_set *set, uint64_t digest);
void digest_free(digest_set *set);

#endif
