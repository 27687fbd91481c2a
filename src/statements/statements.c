/* statements.c - stage body. */
#include "statements/statements.h"

#include <stdlib.h>

#include "base/error.h"

struct dl_statements_data {
    const dl_lexicon *lexicon;
};

dl_status dl_statements_open(dl_statements_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return dl_fail_memory(err);
    (*out)->lexicon = lexicon;
    return DL_OK;
}

void dl_statements_close(dl_statements_data *data)
{
    free(data);
}

dl_status dl_statements_find(const dl_statements_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                             const dl_times *times, bool why, dl_statements *out, dl_error *err)
{
    (void)data, (void)arena, (void)text, (void)names, (void)times, (void)why, (void)err;
    *out = (dl_statements){0};
    return DL_OK;
}
