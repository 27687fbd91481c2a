/* statements.h - attributed statements: source, cue, content. */
#ifndef DL_STATEMENTS_STATEMENTS_H
#define DL_STATEMENTS_STATEMENTS_H

#include "base/lexicon.h"
#include "dateline/names.h"
#include "dateline/statements.h"
#include "dateline/times.h"

typedef struct dl_statements_data dl_statements_data; /* word lists, resolved once; read-only */

dl_status dl_statements_open(dl_statements_data **out, const dl_lexicon *lexicon, dl_error *err);
void dl_statements_close(dl_statements_data *data);
dl_status dl_statements_find(const dl_statements_data *data, dl_arena *arena, const dl_text *text,
                             const dl_names *names, const dl_times *times, bool why, dl_statements *out,
                             dl_error *err);

#endif
