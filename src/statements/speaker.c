/* speaker.c - who speaks: the subject of the cue, its phrase, and whether it can speak at all. */
#include "statements/speaker.h"

#include "names/codes.h"

enum { CLIMB = 6 };

/* The subject of the clause that a participle or second verb hangs on. */
static uint32_t borrowed_subject(const dl_text *text, uint32_t verb)
{
    uint32_t at = verb;
    for (int step = 0; step < CLIMB; step++) {
        const dl_token *t = &text->tokens[at];
        if (t->head == DL_NONE) return DL_NONE;
        if (t->deprel != DL_DEP_ADVCL && t->deprel != DL_DEP_CONJ && t->deprel != DL_DEP_XCOMP &&
            t->deprel != DL_DEP_PARATAXIS && t->deprel != DL_DEP_CCOMP)
            return DL_NONE;
        bool own_clause = t->deprel == DL_DEP_PARATAXIS || t->deprel == DL_DEP_CCOMP;
        at = t->head;
        if (own_clause) return DL_NONE;
        uint32_t subject = dl_tree_understood_subject(text, at);
        if (subject != DL_NONE) return dl_tree_is_passive(text, at) ? dl_tree_by(text, at) : subject;
    }
    return DL_NONE;
}

uint32_t statements_subject(const dl_text *text, uint32_t verb)
{
    if (dl_tree_is_passive(text, verb)) return dl_tree_by(text, verb);
    uint32_t own = dl_tree_subject(text, verb);
    if (own != DL_NONE) return own;
    uint32_t understood = dl_tree_understood_subject(text, verb);
    return understood != DL_NONE ? understood : borrowed_subject(text, verb);
}

bool statements_may_speak(const statements_work *work, uint32_t head)
{
    const dl_token *t = &work->text->tokens[head];
    if (statements_word_is(work->data, t->norm, WORD_PRONOUN) ||
        statements_word_is(work->data, t->lemma.ptr ? t->lemma : t->norm, WORD_DOCUMENT))
        return true;
    uint32_t mention = dl_names_mention_at(work->names, head);
    if (mention == DL_NONE) return t->upos == DL_PROPN;
    const dl_entity *entity = &work->names->entities[work->names->mentions[mention].entity];
    bool place = entity->type == DL_NAME_LOC || entity->type == DL_NAME_FAC || entity->type == DL_NAME_WEAPON;
    return !place || work->names->mentions[mention].kind == DL_MENTION_NAME;
}

static bool inside(uint32_t token, dl_token_range range)
{
    return range.first != DL_NONE && token >= range.first && token <= range.last;
}

static bool in_content(const draft *item, uint32_t token)
{
    for (uint32_t i = 0; i < item->content_count; i++)
        if (inside(token, item->content[i])) return true;
    return false;
}

/* "Mr | Ushakov also told": words of the name that the tree hung elsewhere. */
static uint32_t with_whole_name(const statements_work *work, const draft *item, uint32_t last, uint32_t limit)
{
    const dl_text *text = work->text;
    uint32_t stop = last + 12;
    while (last < limit && last < stop) {
        const dl_token *next = &text->tokens[last + 1];
        bool name = next->upos == DL_PROPN || next->upos == DL_NOUN;
        if (!name || in_content(item, last + 1) || inside(last + 1, item->cue)) break;
        last++;
    }
    return last;
}

void statements_set_speaker(const statements_work *work, draft *item, uint32_t head)
{
    if (head == DL_NONE || in_content(item, head)) return;
    const dl_text *text = work->text;
    const dl_token *t = &text->tokens[head];
    uint32_t first = t->left, last = t->right;
    uint32_t low = statements_first(text, t->sentence), high = statements_end(text, t->sentence) - 1;
    if (first < low) first = low;
    if (last > high) last = high;
    if (head - first > MAX_LOOK) first = head - MAX_LOOK;
    if (last > head && last - head > MAX_LOOK) last = head + MAX_LOOK;
    while (first < head && (in_content(item, first) || inside(first, item->cue)))
        first++;
    for (uint32_t i = head; i > first;
         i--) /* a comma or mark before the head parts it from what the tree hung on it */
        if (statements_is(text, i - 1, ",") || statements_is(text, i - 1, ":") ||
            statements_is(text, i - 1, ";") ||
            (statements_is_mark(text, i - 1) && !statements_is(text, i - 1, "'"))) {
            first = i;
            break;
        }
    for (uint32_t i = head; i <= last; i++) /* up to the cue or the content */
        if (in_content(item, i) || inside(i, item->cue)) last = i - 1;
    if (last >= head) last = with_whole_name(work, item, last, high);
    dl_token_range full = {first, last};
    uint32_t marker = dl_tree_case(text, head);
    if (marker != DL_NONE && marker >= full.first && marker < head) full.first = marker + 1;
    dl_token_range trimmed = statements_trim(text, full.first, full.last);
    if (trimmed.first == DL_NONE) return;
    item->speaker = trimmed;
    item->speaker_head = head;
}

void statements_speaker_words(const statements_work *work, draft *item, dl_token_range words)
{
    if (item->speaker_head == DL_NONE) return;
    for (uint32_t i = words.first; i <= words.last; i++)
        if (in_content(item, i) || inside(i, item->cue)) return;
    dl_token_range trimmed = statements_trim(work->text, words.first, words.last);
    if (trimmed.first != DL_NONE) item->speaker = trimmed;
}
