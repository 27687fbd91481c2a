/* names.h - names of countries and first-level units by their codes, from the gazetteer. */
#ifndef DL_SERVE_NAMES_H
#define DL_SERVE_NAMES_H

#include "base/arena.h"
#include "dateline/monitor.h"

typedef struct unit_name {
    dl_str country, admin1, name; /* admin1.ptr NULL: the country */
} unit_name;

typedef struct unit_names {
    dl_arena arena;
    unit_name *items; /* sorted by codes */
    size_t count;
} unit_names;

dl_status unit_names_open(unit_names *out, const dl_monitor *monitor, dl_error *err);
void unit_names_close(unit_names *names);
/* ptr NULL where it is not known. */
dl_str unit_name_of(const unit_names *names, dl_str country, dl_str admin1);

#endif
