/* codes.h - the code of any noun phrase, CAMEO/PLOVER style: "RUSMIL" for "Russian troops".
 *
 * A code is a country (ISO 3166-1 alpha-3) or an international body (CAMEO: IGOUNO, IMGISI ...), then a sector of
 * three letters (GOV MIL REB OPP CVL SPY JUD LEG MED BUS EDU NGO PTY CRM COP). Where no country is clear the sector
 * stands alone ("MIL"), where no sector is, the country does ("RUS"). */
#ifndef DL_NAMES_CODES_H
#define DL_NAMES_CODES_H

#include "names/names.h"

/* The code of the noun phrase headed by `head_token`: that of the entity named there, else read off the phrase's own
 * words ("residents of Kharkiv", "the army's spokesman"). ptr NULL where the phrase is no actor or nothing is known of
 * it. Fills, where not NULL, the phrase's span and the entity that the head mentions (DL_NONE: none). */
dl_str dl_names_code_of(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                        uint32_t head_token, dl_span *np_span, uint32_t *entity);

/* Index of the first mention that begins at `token` or behind it. */
size_t dl_names_mentions_from(const dl_names *names, uint32_t token);

/* The mention whose head is `token`, a name before a nominal; else the innermost that covers it; DL_NONE. */
uint32_t dl_names_mention_at(const dl_names *names, uint32_t token);

/* `code` with the country put before a sector that stands alone: "CVL" and "UKR" give "UKRCVL". Other codes come back
 * as they are, so does a sector when `iso3` is empty. */
dl_str dl_names_code_in(dl_arena *arena, dl_str code, dl_str iso3);

/* The country that the page's events most likely lie in: the one named most, by names, capitals, regions and demonyms;
 * ptr NULL where none stands out. */
dl_str dl_names_main_country(const dl_names_data *data, const dl_text *text);

/* Whether a code is a sector alone; the country part of a code ("UKR"; "IGO" for bodies), empty for a sector alone. */
bool dl_names_is_sector(dl_str code);
dl_str dl_names_country_of(dl_str code);
/* ISO 3166-1 alpha-3 of an alpha-2 code, "UA" to "UKR"; ptr NULL where not known. */
dl_str dl_names_iso3_of(const dl_names_data *data, dl_str iso2);

#endif
