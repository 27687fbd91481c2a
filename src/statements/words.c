/* words.c - the small word classes of words.tsv, as bits. */
#include <stdlib.h>

#include "base/error.h"
#include "statements/work.h"

static unsigned kind_bit(dl_str kind)
{
    static const char *const names[] = {"pronoun", "document", "article",  "channel_lead",
                                        "phrase",  "goes_on",  "relative", "stop",
                                        "modal",   "report",   "body"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_str_is(kind, names[i])) return 1U << i;
    return 0;
}

dl_status statements_words_open(dl_statements_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "statements/words", &data->words, err);
    if (status != DL_OK) return status;
    size_t rows = dl_table_rows(data->words);
    int kind = dl_table_column(data->words, "kind");
    data->word_kinds = calloc(rows + 1, sizeof *data->word_kinds);
    if (!data->word_kinds) return dl_fail_memory(err);
    for (size_t row = 0; row < rows; row++)
        data->word_kinds[row] = (uint16_t)kind_bit(dl_table_cell(data->words, row, kind));
    return DL_OK;
}

bool statements_word_is(const dl_statements_data *data, dl_str word, unsigned kinds)
{
    dl_rows rows = dl_table_find(data->words, word);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (data->word_kinds[row] & kinds) return true;
    return false;
}
