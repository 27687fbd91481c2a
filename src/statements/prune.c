/* prune.c - beliefs and plans told inside somebody's statement by a pronoun ("said he thinks ...") are that
 * statement. */
#include "statements/work.h"

enum { NEIGHBOURS = 4 };

static bool holds(const draft *outer, uint32_t token)
{
    for (uint32_t i = 0; i < outer->content_count; i++)
        if (token >= outer->content[i].first && token <= outer->content[i].last) return true;
    return false;
}

static bool is_part(const statements_work *work, size_t index)
{
    const draft *item = &work->drafts.items[index];
    if (item->said || item->cue_token == DL_NONE || item->speaker_head == DL_NONE) return false;
    if (work->text->tokens[item->speaker_head].upos != DL_PRON) return false;
    size_t from = index > NEIGHBOURS ? index - NEIGHBOURS : 0, to = index + NEIGHBOURS;
    for (size_t i = from; i <= to && i < work->drafts.count; i++)
        if (i != index && work->drafts.items[i].said && holds(&work->drafts.items[i], item->cue_token))
            return true;
    return false;
}

/* The neighbours are looked at before anything is moved, so that the order of removal tells nothing. */
dl_status statements_prune(statements_work *work)
{
    size_t keep = 0, count = work->drafts.count;
    for (size_t i = 0; i < count; i++)
        work->drafts.items[i].dropped |= is_part(work, i);
    for (size_t i = 0; i < count; i++)
        if (!work->drafts.items[i].dropped) work->drafts.items[keep++] = work->drafts.items[i];
    work->drafts.count = keep;
    return DL_OK;
}
