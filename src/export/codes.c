/* codes.c - the parts of an actor's code. */
#include "export/codes.h"

#include "names/codes.h"

enum { PART = 3 }; /* letters */

static bool is_kind(dl_str part)
{
    static const char *const kinds[] = {"IGO", "IMG", "NGO", "MNC", "INT"}; /* CAMEO 1.1b3, chapter 3: international and transnational actors */
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dl_str_is(part, kinds[i])) return true;
    return false;
}

static dl_str part_at(dl_str code, size_t index)
{
    return code.len >= (index + 1) * PART ? dl_str_slice(code, index * PART, (index + 1) * PART) : (dl_str){0};
}

dl_str code_country(dl_str code)
{
    dl_str first = part_at(code, 0);
    return !first.ptr || is_kind(first) || dl_names_is_sector(first) ? (dl_str){0} : first;
}

dl_str code_kind(dl_str code)
{
    dl_str first = part_at(code, 0);
    return first.ptr && is_kind(first) ? first : (dl_str){0};
}

dl_str code_body(dl_str code)
{
    return code_kind(code).ptr ? part_at(code, 1) : (dl_str){0};
}

dl_str code_sector(dl_str code)
{
    dl_str first = part_at(code, 0);
    if (code_kind(code).ptr) return first;
    return first.ptr && dl_names_is_sector(first) ? first : part_at(code, 1);
}

static side_kind kind_of_sector(dl_str sector)
{
    static const char *const states[] = {"GOV", "MIL", "SPY", "COP"}, *const armed[] = {"REB"},
                      *const civilians[] = {"CVL", "MED", "NGO", "EDU", "REF", "BUS", "LEG", "JUD", "PTY", "OPP"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (dl_str_is(sector, states[i])) return SIDE_STATE;
    for (size_t i = 0; i < sizeof armed / sizeof *armed; i++)
        if (dl_str_is(sector, armed[i])) return SIDE_ARMED;
    for (size_t i = 0; i < sizeof civilians / sizeof *civilians; i++)
        if (dl_str_is(sector, civilians[i])) return SIDE_CIVILIANS;
    return SIDE_UNKNOWN;
}

side_kind kind_of_side(const dl_party *parties, size_t count)
{
    side_kind found = SIDE_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        side_kind kind = kind_of_sector(code_sector(parties[i].code));
        if (kind == SIDE_UNKNOWN) continue;
        if (found != SIDE_UNKNOWN && found != kind) return SIDE_UNKNOWN;
        found = kind;
    }
    return found;
}
