/* statements.c - the stage: quotes, cues with their content and speaker, then what has no cue of its own. */
#include "statements/statements.h"

#include <stdlib.h>

#include "base/error.h"
#include "statements/work.h"

static dl_status open_tables(dl_statements_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "statements/verbs", &data->verbs, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "statements/nouns", &data->nouns, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "statements/channels", &data->channels, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "statements/phrases", &data->phrases, err);
    if (status == DL_OK) status = statements_words_open(data, lexicon, err);
    return status;
}

dl_status dl_statements_open(dl_statements_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_statements_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = open_tables(data, lexicon, err);
    if (status != DL_OK) {
        dl_statements_close(data);
        return status;
    }
    data->verb_kind = dl_table_column(data->verbs, "kind");
    data->verb_frames = dl_table_column(data->verbs, "frames");
    data->noun_kind = dl_table_column(data->nouns, "kind");
    data->channel_name = dl_table_column(data->channels, "channel");
    data->phrase_kind = dl_table_column(data->phrases, "kind");
    *out = data;
    return DL_OK;
}

void dl_statements_close(dl_statements_data *data)
{
    if (data) free(data->word_kinds);
    free(data);
}

dl_status dl_statements_find(const dl_statements_data *data, dl_arena *arena, const dl_text *text,
                             const dl_names *names, const dl_times *times, bool why, dl_statements *out,
                             dl_error *err)
{
    *out = (dl_statements){0};
    if (!text->token_count) return DL_OK;
    statements_work work = {.data = data, .arena = arena, .text = text, .names = names, .times = times};
    dl_status status = statements_quotes_find(&work, err);
    if (status == DL_OK)
        status = text->parsed ? statements_verbs_find(&work, err) : statements_flat_find(&work, err);
    if (status == DL_OK) status = statements_sources_find(&work, err);
    if (status == DL_OK) status = statements_meet(&work, err);
    if (status == DL_OK) status = statements_loose_find(&work, err);
    if (status == DL_OK) status = statements_prune(&work);
    return status == DL_OK ? statements_finish(&work, why, out, err) : status;
}
