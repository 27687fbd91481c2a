/* source.c - the statement that vouches for an event: the narrowest whose content covers its trigger. */
#include "events/build.h"

enum { ATTITUDE = 1 << 20 }; /* bytes that put a source behind all others */

static bool is_cue(const dl_statement *s, dl_span words)
{
    for (size_t i = 0; i < s->cue_count; i++)
        if (s->cue[i].start < words.end && words.start < s->cue[i].end) return true;
    return false;
}

/* Length of the content that covers the trigger, 0 where none does. */
static uint32_t cover(const dl_statement *s, dl_span words)
{
    if (is_cue(s, words)) return 0;
    for (size_t i = 0; i < s->content_count; i++)
        if (s->content[i].start <= words.start && words.end <= s->content[i].end) return s->content[i].end - s->content[i].start;
    return 0;
}

/* "Residents fear that ..., the mayor said": who fears vouches for nothing, where somebody says so. */
static bool is_attitude(const coder *c, const dl_statement *s)
{
    return s->cue_token < c->text->token_count && is_class(c, s->cue_token, vocabulary_class(&c->data->words, DL_STR("attitude")));
}

void source_events(coder *c, drafts *all)
{
    const dl_statements *statements = c->in->statements;
    size_t from = 0;
    for (size_t i = 0; i < all->count; i++) {
        dl_event *e = &all->items[i].event;
        uint32_t sentence = e->sentence, best = UINT32_MAX;
        while (from < statements->count && statements->items[from].sentence + 3 < sentence) from++;
        for (size_t s = from; s < statements->count && statements->items[s].sentence <= sentence + 3; s++) {
            uint32_t length = cover(&statements->items[s], e->trigger);
            if (length && is_attitude(c, &statements->items[s])) length += ATTITUDE;
            if (length && length < best) best = length, e->source = (uint32_t)s;
        }
    }
}

size_t statements_from(const dl_statements *statements, uint32_t sentence)
{
    size_t low = 0, high = statements->count; /* in order of their cues */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (statements->items[middle].sentence < sentence) low = middle + 1;
        else high = middle;
    }
    return low;
}
