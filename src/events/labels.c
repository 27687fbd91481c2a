/* labels.c - names of event types and realis, in the order of their enums. */
#include "dateline/events.h"

const char *dl_event_type_name(dl_event_type type)
{
    static const char *const names[DL_EVENT_TYPE_COUNT] = {
        "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
    return (unsigned)type < DL_EVENT_TYPE_COUNT ? names[type] : "";
}

const char *dl_realis_name(dl_realis realis)
{
    static const char *const names[] = {"actual", "ongoing", "planned", "possible", "threatened", "negated", "denied"};
    return (unsigned)realis < sizeof names / sizeof *names ? names[realis] : "";
}
