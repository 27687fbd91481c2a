/* happening_rows.c - words for what is claimed of happenings, in tables. */
#include "cli/happening_rows.h"

#include <inttypes.h>

#include "cli/layout.h"

bool is_counted(const dl_estimate *harms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (harms[i].known) return true;
    return false;
}

/* ---- words for tables ---- */

const char *count_words(const dl_claim *claim, size_t harm, char buffer[64])
{
    char range[48];
    range_words(claim->counts[harm], range);
    bool stands = claim->standing[harm] == DL_STANDING_CURRENT || !claim->counts[harm].known;
    snprintf(buffer, 64, stands ? "%s" : "(%s)", range);
    return buffer;
}

/* Why a count in brackets is not counted. */
const char *why_not(const dl_claim *claim)
{
    for (size_t i = 0; i < DL_HARMS; i++)
        if (claim->standing[i] == DL_STANDING_NOT_ACTUAL) return dl_realis_name(claim->row.realis);
        else if (claim->standing[i] > DL_STANDING_CURRENT) return dl_standing_name(claim->standing[i]);
    return "";
}
