/* page.c - stage body. */
#include "page/page.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_page_data {
    const dl_lexicon *lexicon;
};

dl_status dl_page_open(dl_page_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_page_close(dl_page_data *data)
{
    free(data);
}

dl_status dl_page_read(const dl_page_data *data, dl_arena *arena, dl_str bytes, dl_str charset_hint, dl_str url,
                       dl_story *out, dl_error *err)
{
    (void)data, (void)arena, (void)bytes, (void)charset_hint, (void)err;
    *out = (dl_story){.text = DL_STR(""), .url = url};
    return DL_OK;
}
