/* times.c - stage body. */
#include "times/times.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_times_data {
    const dl_lexicon *lexicon;
};

dl_status dl_times_open(dl_times_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_times_close(dl_times_data *data)
{
    free(data);
}

dl_status dl_times_find(const dl_times_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_times *out, dl_error *err)
{
    (void)data, (void)arena, (void)text, (void)story, (void)err;
    *out = (dl_times){0};
    return DL_OK;
}
