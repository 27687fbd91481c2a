/* fuzz_card.c - any bytes are read as the card of a page, or of its talks, or refused; what is lent lies inside them, in whatever order events are asked
 * for. */
#include <stdio.h>
#include <stdlib.h>

#include "store/card.h"
#include "store/talk_card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require_inside(dl_str text, const uint8_t *data, size_t size)
{
    const uint8_t *at = (const uint8_t *)text.ptr;
    if (!at || (at >= data && at <= data + size && text.len <= (size_t)(data + size - at))) return;
    fprintf(stderr, "fuzz_card: a row has words that the card does not have\n");
    abort();
}

static void read_event(card *of, uint32_t item, dl_arena *arena, const uint8_t *data, size_t size)
{
    dl_row row;
    bool found;
    dl_arena_reset(arena);
    if (card_find(of, item, arena, &row, &found, NULL) != DL_OK || !found) return;
    const dl_str texts[] = {row.document, row.title, row.sentence_text, row.mode, row.cameo, row.place, row.source.name, row.source.code};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) require_inside(texts[i], data, size);
    for (size_t i = 0; i < row.actor_count; i++) require_inside(row.actors[i].name, data, size);
    for (size_t i = 0; i < row.recipient_count; i++) require_inside(row.recipients[i].code, data, size);
}

static void read_talk(dl_arena *arena, const uint8_t *data, size_t size)
{
    dl_talk_row row;
    if (talk_card_get(&row, arena, (dl_str){(const char *)data, size}, NULL) != DL_OK) return;
    const dl_str texts[] = {row.document, row.title, row.quote.sentence_text, row.next_quote.sentence_text, row.place, row.outcome};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) require_inside(texts[i], data, size);
    for (size_t i = 0; i < row.party_count; i++) require_inside(row.parties[i], data, size);
    for (size_t i = 0; i < row.issue_count; i++) require_inside(row.issues[i].statement, data, size), require_inside(row.issues[i].speaker.code, data, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ASKED = 40 };
    dl_arena page, rows;
    card of;
    dl_arena_init(&page, 0), dl_arena_init(&rows, 0);
    if (card_open(&of, &page, (dl_str){(const char *)data, size}, NULL) == DL_OK) {
        for (uint32_t i = 0; i < ASKED; i++) read_event(&of, i, &rows, data, size);
        for (uint32_t i = ASKED; i-- > 0;) read_event(&of, i, &rows, data, size);
    }
    read_talk(&rows, data, size);
    dl_arena_free(&page), dl_arena_free(&rows);
    return 0;
}
