/* text.c - the text room: blocks into tokens, tokens into sentences. */
#include "text/text.h"

#include <stdlib.h>

#include "base/error.h"
#include "text/quotes.h"
#include "text/sentences.h"

static void note_contractions(dl_text_data *data)
{
    for (size_t i = 0; i < dl_table_rows(data->contractions); i++) {
        dl_str key = dl_table_cell(data->contractions, i, 0);
        if (key.len < 2 || !dl_ascii_alpha((unsigned char)key.ptr[0]) || !dl_ascii_alpha((unsigned char)key.ptr[1])) continue;
        data->contraction_pairs[key.ptr[0] - 'a'] |= 1u << (key.ptr[1] - 'a');
    }
}

dl_status dl_text_open(dl_text_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_text_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    struct {
        const char *name;
        const dl_table **table;
    } tables[] = {{"text/abbreviations", &data->abbreviations}, {"text/prefixes", &data->prefixes},
                  {"text/contractions", &data->contractions},   {"text/elisions", &data->elisions},
                  {"text/units", &data->units},                 {"text/domains", &data->domains},
                  {"text/emoticons", &data->emoticons}};
    dl_status status = DL_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == DL_OK; i++)
        status = dl_lexicon_table(lexicon, tables[i].name, tables[i].table, err);
    if (status == DL_OK) status = dl_sentence_weights_open(&data->weights, lexicon, err);
    if (status != DL_OK) {
        dl_text_close(data);
        return status;
    }
    data->abbreviation_kind = dl_table_column(data->abbreviations, "kind");
    data->abbreviation_when = dl_table_column(data->abbreviations, "when");
    data->contraction_split = dl_table_column(data->contractions, "split");
    note_contractions(data);
    *out = data;
    return DL_OK;
}

void dl_text_close(dl_text_data *data)
{
    if (!data) return;
    dl_sentence_weights_close(&data->weights);
    free(data);
}

/* Room for the tokens of usual prose; a text with more makes the array grow. */
static bool reserve(dl_scanner *scanner)
{
    enum { BYTES_A_TOKEN = 4, MOST = 1 << 20 };
    size_t wanted = scanner->text.len / BYTES_A_TOKEN + 16;
    scanner->out.capacity = wanted < MOST ? wanted : MOST;
    scanner->out.items = dl_arena_alloc_raw(scanner->arena, scanner->out.capacity * sizeof *scanner->out.items);
    return scanner->out.items != NULL;
}

dl_status dl_text_split(const dl_text_data *data, dl_arena *arena, const dl_story *story, dl_text *out, dl_error *err)
{
    *out = (dl_text){.text = story->text};
    dl_scanner scanner = {.data = data, .arena = arena, .text = story->text};
    dl_sentence_vec sentences = {0};
    if (!reserve(&scanner)) return dl_fail_memory(err);
    for (size_t i = 0; i < story->block_count; i++) {
        size_t first = scanner.out.count;
        dl_scan_block(&scanner, story->blocks[i].span.start, story->blocks[i].span.end);
        if (scanner.failed) return dl_fail_memory(err);
        dl_quotes_mark(story->text, scanner.out.items, first, scanner.out.count);
        if (!dl_sentences_find(data, arena, story->text, scanner.out.items, first, scanner.out.count, (uint32_t)i, &sentences))
            return dl_fail_memory(err);
    }
    out->tokens = scanner.out.items, out->token_count = scanner.out.count;
    out->sentences = sentences.items, out->sentence_count = sentences.count;
    return DL_OK;
}
