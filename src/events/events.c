/* events.c - stage body. */
#include "events/events.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_events_data {
    const dl_lexicon *lexicon;
};

dl_status dl_events_open(dl_events_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_events_close(dl_events_data *data)
{
    free(data);
}

dl_status dl_events_find(const dl_events_data *data, dl_arena *arena, const dl_events_input *input, dl_events *out,
                         dl_error *err)
{
    (void)data, (void)arena, (void)input, (void)err;
    *out = (dl_events){0};
    return DL_OK;
}
