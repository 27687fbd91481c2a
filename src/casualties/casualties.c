/* casualties.c - stage body. */
#include "casualties/casualties.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_casualties_data {
    const dl_lexicon *lexicon;
};

dl_status dl_casualties_open(dl_casualties_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_casualties_close(dl_casualties_data *data)
{
    free(data);
}

dl_status dl_casualties_find(const dl_casualties_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                             dl_casualties *out, dl_error *err)
{
    (void)data, (void)arena, (void)text, (void)names, (void)err;
    *out = (dl_casualties){0};
    return DL_OK;
}
