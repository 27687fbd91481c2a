/* text.c - stage body. */
#include "text/text.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_text_data {
    const dl_lexicon *lexicon;
};

dl_status dl_text_open(dl_text_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_text_close(dl_text_data *data)
{
    free(data);
}

dl_status dl_text_split(const dl_text_data *data, dl_arena *arena, const dl_story *story, dl_text *out, dl_error *err)
{
    (void)data, (void)arena, (void)err;
    *out = (dl_text){.text = story->text};
    return DL_OK;
}
