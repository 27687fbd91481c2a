/* talks.c - stage body. */
#include "talks/talks.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_talks_data {
    const dl_lexicon *lexicon;
};

dl_status dl_talks_open(dl_talks_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_talks_close(dl_talks_data *data)
{
    free(data);
}

dl_status dl_talks_find(const dl_talks_data *data, dl_arena *arena, const dl_events_input *input, const dl_events *events,
                        dl_talks *out, dl_error *err)
{
    (void)data, (void)arena, (void)input, (void)events, (void)err;
    *out = (dl_talks){0};
    return DL_OK;
}
