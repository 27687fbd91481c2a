/* names.c - stage body. */
#include "names/names.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_names_data {
    const dl_lexicon *lexicon;
};

dl_status dl_names_open(dl_names_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_names_close(dl_names_data *data)
{
    free(data);
}

dl_status dl_names_find(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_names *out, dl_error *err)
{
    (void)data, (void)arena, (void)text, (void)story, (void)err;
    *out = (dl_names){0};
    return DL_OK;
}
