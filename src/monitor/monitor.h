/* monitor.h - inside the monitor: the gazetteer and word lists, and places by name. */
#ifndef DL_MONITOR_MONITOR_H
#define DL_MONITOR_MONITOR_H

#include "base/lexicon.h"
#include "monitor/view.h"
#include "places/gazetteer.h"

struct dl_monitor {
    dl_lexicon *lexicon;
    dl_gazetteer *gazetteer;
};

enum { AREA_ANY, AREA_SITE };

/* Finds `name` and the store's places in it, in `arena`. `km` around the point of a town or site. */
dl_status area_find(dl_area *out, const dl_monitor *monitor, dl_store *store, dl_arena *arena, dl_str name, int kind, double km, dl_error *err);

#endif
