/* codes.h - the parts of an actor's code, and what the codebooks say of events by their codes. */
#ifndef DL_EXPORT_CODES_H
#define DL_EXPORT_CODES_H

#include "dateline/store.h"

/* "SDN" of "SDNREB", ptr NULL where the code begins with no country. */
dl_str code_country(dl_str code);
/* "IGO" of "IGOUNO", "NGO"; ptr NULL where the code begins with a country. Its body, "UNO", is code_body. */
dl_str code_kind(dl_str code);
dl_str code_body(dl_str code);
/* "REB" of "SDNREB"; of bodies their kind; ptr NULL where there is none. */
dl_str code_sector(dl_str code);

typedef enum side_kind { SIDE_UNKNOWN, SIDE_STATE, SIDE_ARMED, SIDE_CIVILIANS } side_kind;
/* Of several, the one that all with a known kind are of; SIDE_UNKNOWN where they differ. */
side_kind kind_of_side(const dl_party *parties, size_t count);

#endif
