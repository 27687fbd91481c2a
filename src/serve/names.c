/* names.c - the gazetteer gone through once for its countries and units. */
#include "serve/names.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "monitor/monitor.h"

static int by_codes(const void *left, const void *right)
{
    const unit_name *a = left, *b = right;
    int order = dl_str_cmp(a->country, b->country);
    return order ? order : dl_str_cmp(a->admin1, b->admin1);
}

dl_status unit_names_open(unit_names *out, const dl_monitor *monitor, dl_error *err)
{
    DL_VEC(unit_name) list = {0};
    *out = (unit_names){0};
    dl_arena_init(&out->arena, 0);
    for (size_t i = 0; i < dl_gazetteer_count(monitor->gazetteer); i++) {
        dl_location place = dl_gazetteer_place(monitor->gazetteer, (uint32_t)i);
        bool country = place.level == DL_LEVEL_COUNTRY;
        if (!place.country.len || (!country && (place.level != DL_LEVEL_ADMIN1 || !place.admin1.len))) continue;
        unit_name *slot = DL_VEC_PUSH(&out->arena, &list);
        if (!slot) return dl_fail_memory(err);
        *slot = (unit_name){place.country, country ? (dl_str){0} : place.admin1, place.name}; /* lent by the mapped file */
    }
    if (list.count) qsort(list.items, list.count, sizeof *list.items, by_codes);
    out->items = list.items;
    out->count = list.count;
    return DL_OK;
}

void unit_names_close(unit_names *names)
{
    dl_arena_free(&names->arena);
}

dl_str unit_name_of(const unit_names *names, dl_str country, dl_str admin1)
{
    const unit_name key = {country, admin1.len ? admin1 : (dl_str){0}, {0}};
    const unit_name *found = names->count && country.len ? bsearch(&key, names->items, names->count, sizeof key, by_codes) : NULL;
    return found ? found->name : (dl_str){0};
}
