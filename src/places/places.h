/* places.h - toponyms: recognised in the text, resolved against the gazetteer. */
#ifndef DL_PLACES_PLACES_H
#define DL_PLACES_PLACES_H

#include "base/lexicon.h"
#include "dateline/names.h"
#include "dateline/page.h"
#include "dateline/places.h"

typedef struct dl_places_data dl_places_data; /* gazetteer, overlay, word lists; read-only */

/* overlay_path may be NULL. */
dl_status dl_places_open(dl_places_data **out, const dl_lexicon *lexicon, const char *gazetteer_path,
                         const char *overlay_path, dl_error *err);
void dl_places_close(dl_places_data *data);

/* With `resolve_given` just the `given` spans are resolved and none is looked for. */
dl_status dl_places_find(const dl_places_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                         const dl_story *story, const dl_span *given, size_t given_count, bool resolve_given, bool why,
                         dl_places *out, dl_error *err);

#endif
