/* bounds.c - where the content beside a cue begins and ends, where the tree cuts it short or takes too much.
 */
#include "statements/cue.h"

/* ", after the raid had ended", ", marking the first time", ", with a spokesman saying", ", which he said":
 * behind a full clause these are the writer's, not the speaker's. */
static bool ends_content(const dl_text *text, uint32_t comma, uint32_t first, uint32_t last)
{
    if (comma < first + 5 || comma + 3 > last) return false;
    const dl_token *next = &text->tokens[comma + 1];
    if (dl_str_is(next->norm, "including")) return false;
    if (statements_is_participle(next) || dl_str_is(next->norm, "after")) return true;
    if (dl_str_is(next->norm, "with") || dl_str_is(next->norm, "which"))
        for (uint32_t i = comma + 2; i <= last && i < comma + 10; i++) {
            if (statements_is(text, i, ",")) break;
            if (dl_str_is(next->norm, "with") && statements_is_participle(&text->tokens[i])) return true;
            if (dl_str_is(next->norm, "which") &&
                (statements_is(text, i, "said") || statements_is(text, i, "says")))
                return true;
        }
    return false;
}

/* "he said five had died, adding that ...": what a second cue begins is no part of the first one's content.
 */
uint32_t statements_before_next_cue(const statements_work *work, uint32_t first, uint32_t last)
{
    const dl_text *text = work->text;
    for (uint32_t t = first; t + 1 <= last && t - first < MAX_LOOK; t++) {
        if (!statements_is(text, t, ",") || work->quote_of[t] != DL_NONE) continue;
        if (ends_content(text, t, first, last)) return t - 1;
        if (!statements_is_participle(&text->tokens[t + 1])) continue;
        dl_rows rows;
        size_t count = dl_match_longest(work->data->verbs, text, t + 1, true, &rows);
        if (count && statements_frames(work->data, rows) & FRAME_QUOTE && t > first) return t - 1;
    }
    return last;
}

/* Where a content to the right of a verb of saying begins: trees lose the subject of what is said ("says the
 * long list of names was ..."), but time, place and addressee stay outside. */
uint32_t statements_content_start(const statements_work *work, const cue_verb *cue, uint32_t left)
{
    const dl_text *text = work->text;
    uint32_t next = cue->last + 1;
    bool bare = cue->frames & FRAME_QUOTE && !(cue->frames & FRAME_ADDRESSEE) && !cue->order.inverted;
    if (!bare || left <= next || statements_is(text, left, "that") || statements_is_mark(text, left))
        return left;
    const dl_token *t = &text->tokens[next];
    bool noun = t->upos == DL_DET || t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_PRON ||
                t->upos == DL_ADJ || t->upos == DL_NUM;
    if (!noun || statements_in_time(work, next)) return left;
    return next;
}

/* Where it ends: the rest of the sentence belongs to it, but what hangs on the cue verb itself does not. */
uint32_t statements_content_end(const statements_work *work, const cue_verb *cue, uint32_t right)
{
    const dl_text *text = work->text;
    uint32_t limit = cue->end - 1;
    if (!(cue->frames & FRAME_QUOTE) || cue->frames & FRAME_THOUGHT || work->quote_of[cue->verb] != DL_NONE)
        return right;
    for (uint32_t c = dl_tree_first_child(text, cue->verb); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        const dl_token *t = &text->tokens[c];
        bool own = t->deprel == DL_DEP_CONJ || t->deprel == DL_DEP_ADVCL || t->deprel == DL_DEP_OBL ||
                   t->deprel == DL_DEP_PARATAXIS;
        if (own && t->left > right && t->left <= limit) limit = t->left - 1;
    }
    if (limit > right + MAX_LOOK) limit = right + MAX_LOOK;
    for (uint32_t i = right + 1; i <= limit; i++) {
        if (text->tokens[i].upos == DL_CCONJ &&
            text->tokens[text->tokens[i].head == DL_NONE ? i : text->tokens[i].head].head == cue->verb)
            return i - 1;
        if (statements_is(text, i, ",") && i + 1 < cue->end &&
            statements_word_is(work->data, statements_norm(text, i + 1), WORD_GOES_ON))
            continue;
        if (statements_is(text, i, "according") || statements_is(text, i, ",") || statements_is(text, i, ";"))
            return i > right ? i - 1 : right;
    }
    return limit;
}
