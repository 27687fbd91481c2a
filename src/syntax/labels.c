/* labels.c - from the names of tags, relations and name types back to their numbers. */
#include "syntax/labels.h"

#include "base/str.h"

uint8_t dl_upos_of(dl_str name)
{
    for (int i = DL_ADJ; i <= DL_X; i++)
        if (dl_str_is(name, dl_upos_name((dl_upos)i))) return (uint8_t)i;
    return DL_UPOS_NONE;
}

uint8_t dl_name_type_of(dl_str name)
{
    for (int i = DL_NAME_PERSON; i <= DL_NAME_WEAPON; i++)
        if (dl_str_is(name, dl_name_type_name((dl_name_type)i))) return (uint8_t)i;
    return DL_NAME_NONE;
}

static uint8_t exact_deprel(dl_str name)
{
    for (int i = DL_DEP_NONE + 1; i < DL_DEP_COUNT; i++)
        if (dl_str_is(name, dl_deprel_name((dl_deprel)i))) return (uint8_t)i;
    return DL_DEP_NONE;
}

uint8_t dl_deprel_of(dl_str name)
{
    uint8_t found = exact_deprel(name);
    size_t colon = dl_str_find(name, DL_STR(":"), 0);
    return found || colon == SIZE_MAX ? found : exact_deprel(dl_str_slice(name, 0, colon));
}
