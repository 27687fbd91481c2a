/* places.c - stage body. */
#include "places/places.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_places_data {
    const dl_lexicon *lexicon;
};

dl_status dl_places_open(dl_places_data **out, const dl_lexicon *lexicon, const char *gazetteer_path,
                         const char *overlay_path, dl_error *err)
{
    (void)gazetteer_path, (void)overlay_path;
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_places_close(dl_places_data *data)
{
    free(data);
}

dl_status dl_places_find(const dl_places_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                         const dl_story *story, const dl_span *given, size_t given_count, bool resolve_given, bool why,
                         dl_places *out, dl_error *err)
{
    (void)data, (void)arena, (void)text, (void)names, (void)story, (void)given, (void)given_count;
    (void)resolve_given, (void)why, (void)err;
    *out = (dl_places){0};
    return DL_OK;
}
