/* saying.c - the content of a verb of saying: the complement clause, the quotation beside the verb, or the
 * rest of the sentence into which the verb is put ("..., officials said"). */
#include "statements/cue.h"

/* A clause on either side of the cue, or on both. */
static void add_clause(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause,
                       uint32_t head)
{
    const dl_text *text = work->text;
    uint32_t left = statements_within(text->tokens[head].left, cue->first, cue->end - 1);
    uint32_t right = statements_within(text->tokens[head].right, cue->first, cue->end - 1);
    if (left > cue->verb) {
        uint32_t start = statements_content_start(work, cue, left > cue->last ? left : cue->last + 1);
        statements_add_content(
            work, item, start,
            statements_before_next_cue(work, start, statements_content_end(work, cue, right)));
    } else if (right < cue->verb) {
        statements_add_content(work, item, left, right < clause.first ? right : clause.first - 1);
    } else {
        if (clause.first > left) statements_add_content(work, item, left, clause.first - 1);
        if (right > clause.last) statements_add_content(work, item, clause.last + 1, right);
    }
}

/* The cue is put into the sentence that it reports: everything but its own clause is said. */
static void add_rest(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause)
{
    const dl_text *text = work->text;
    uint32_t left = statements_within(text->tokens[cue->verb].left, cue->first, clause.first);
    uint32_t right = statements_within(text->tokens[cue->verb].right, clause.last, cue->end - 1);
    if (left > cue->first) statements_add_content(work, item, cue->first, left - 1);
    bool more = right + 1 < cue->end && statements_is(text, right + 1, ",");
    if (right + 1 < cue->end && (more || left == cue->first || work->quote_of[right + 1] != DL_NONE))
        statements_add_content(work, item, right + 1, cue->end - 1);
}

/* The quotation that touches the clause on its left ("...," she said) or right (she said: "..."). */
static uint32_t touching_quote(const statements_work *work, const cue_verb *cue, dl_token_range clause,
                               bool left)
{
    const dl_text *text = work->text;
    uint32_t own = work->quote_of[cue->verb];
    if (left) { /* of the sentence before only where the verb has nothing else to say: '"No." She told reporters.' */
        bool whole = dl_tree_object(text, cue->verb) == DL_NONE;
        for (uint32_t t = clause.first;
             t > 0 && clause.first - t < 3 && (whole || t > cue->first) &&
             statements_block_of(text, t - 1) == statements_block_of(text, cue->verb);
             t--) {
            uint32_t index = work->quote_of[t - 1];
            if (index != DL_NONE && index != own) return index;
            if (text->tokens[t - 1].upos != DL_PUNCT && text->tokens[t - 1].upos != DL_CCONJ) break;
        }
        /* the mark closes the sentence before: ..." She said */
        return DL_NONE;
    }
    for (uint32_t t = clause.last + 1; t < cue->end && t - clause.last < 4; t++) {
        uint32_t index = work->quote_of[t];
        if (index != DL_NONE && index != own) return index;
        if (text->tokens[t].upos != DL_PUNCT && !statements_is(text, t, "that")) break;
    }
    return DL_NONE;
}

static void add_quote(statements_work *work, draft *item, uint32_t index)
{
    if (index == DL_NONE) return;
    const quote *q = &work->quotes.items[index];
    statements_add_content(work, item, q->first, q->last);
}

static bool is_inserted(const dl_text *text, const cue_verb *cue)
{
    dl_deprel relation = (dl_deprel)text->tokens[cue->verb].deprel;
    return relation == DL_DEP_PARATAXIS || relation == DL_DEP_DISCOURSE || relation == DL_DEP_DISLOCATED;
}

/* Words after the clause that begin a content: "that", a colon, a quotation, or a complement of the tree. */
static bool content_follows(const statements_work *work, const cue_verb *cue, dl_token_range clause)
{
    const dl_text *text = work->text;
    uint32_t head = statements_complement(text, cue->verb, DL_DEP_CCOMP), next = clause.last + 2;
    if (cue->order.set_off && next < cue->end && statements_is(text, next - 1, ",") &&
        (text->tokens[next].upos == DL_SCONJ || statements_is(text, next, "as") ||
         statements_is_participle(&text->tokens[next])))
        return false; /* "..., the agency said, as the army ..." */
    if (head != DL_NONE && head > cue->verb) return true;
    for (uint32_t t = cue->last + 1; t < cue->end && t <= clause.last + 1 && t < cue->last + MAX_LOOK; t++)
        if (statements_is(text, t, "that") || statements_is(text, t, ":")) return true;
    return false;
}

/* "announces it has imposed sanctions": a noun and a finite verb right behind a verb of saying, whatever the
 * tree made of it. */
static bool bare_clause_follows(const statements_work *work, const cue_verb *cue)
{
    const dl_text *text = work->text;
    uint32_t t = cue->last + 1;
    if (t >= cue->end) return false;
    dl_upos first = (dl_upos)text->tokens[t].upos;
    if (first != DL_PRON && first != DL_DET && first != DL_NOUN && first != DL_PROPN && first != DL_ADJ &&
        first != DL_NUM)
        return false;
    for (t++; t < cue->end && t < cue->last + 16; t++) {
        const dl_token *word = &text->tokens[t];
        if (statements_is(text, t, ",") || statements_word_is(work->data, word->norm, WORD_RELATIVE) ||
            statements_is_mark(text, t))
            return false;
        if (word->upos == DL_AUX) return true;
        if (word->upos == DL_VERB)
            return word->feats.ptr && dl_str_find(word->feats, DL_STR("VerbForm=Fin"), 0) != SIZE_MAX;
    }
    return false;
}

/* "The depot burned, officials said[, after the raid]." */
static void add_set_off(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause)
{
    const dl_text *text = work->text;
    statements_add_content(work, item, cue->first, clause.first - 1);
    add_quote(work, item, touching_quote(work, cue, clause, false));
    uint32_t rest = clause.last + 2;
    if (rest >= cue->end || !statements_is(text, clause.last + 1, ",") || cue->order.inverted) return;
    const dl_token *next = &text->tokens[rest];
    if (next->upos == DL_SCONJ || next->upos == DL_CCONJ || statements_is_participle(next) ||
        statements_is(text, rest, "who"))
        return;
    statements_add_content(work, item, rest, statements_before_next_cue(work, rest, cue->end - 1));
}

/* "told the paper in an interview on Friday that ...": the conjunction after a verb of saying, nothing but
 * addressee, time and place between them. */
static uint32_t that_after(const statements_work *work, const cue_verb *cue)
{
    const dl_text *text = work->text;
    if (!(cue->frames & FRAME_QUOTE) || !(cue->frames & FRAME_CLAUSE) || cue->order.inverted ||
        cue->last + 1 >= cue->end)
        return DL_NONE;
    dl_upos next = (dl_upos)text->tokens[cue->last + 1].upos;
    bool aside = next == DL_ADP || next == DL_ADV || next == DL_PUNCT || next == DL_SCONJ ||
                 statements_in_time(work, cue->last + 1) || cue->frames & FRAME_ADDRESSEE ||
                 statements_is(text, cue->last + 1, "that");
    if (!aside) return DL_NONE; /* "said the spate of attacks proves that" */
    for (uint32_t t = cue->last + 1; t < cue->end && t < cue->last + 16; t++) {
        const dl_token *token = &text->tokens[t];
        if (statements_is_mark(text, t) || token->upos == DL_VERB || token->upos == DL_AUX ||
            dl_str_is(token->norm, ":"))
            return DL_NONE;
        if (dl_str_is(token->norm, "that"))
            return token->upos == DL_SCONJ || (t + 1 < cue->end && text->tokens[t + 1].upos != DL_AUX &&
                                               text->tokens[t + 1].upos != DL_VERB && t == cue->last + 1)
                       ? t
                       : DL_NONE;
    }
    return DL_NONE;
}

/* The end of the clause that "that" opens, after the tree. */
static uint32_t that_end(const dl_text *text, const cue_verb *cue, uint32_t that)
{
    uint32_t head = text->tokens[that].head;
    if (head == DL_NONE || head <= that || head >= cue->end) return that;
    return statements_within(text->tokens[head].right, head, cue->end - 1);
}

/* Nothing but the order of words: what follows a bare verb of saying up to the end of the sentence. */
static void add_following(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause)
{
    const dl_text *text = work->text;
    if (cue->subject == DL_NONE || !(cue->frames & FRAME_QUOTE)) return;
    for (uint32_t t = clause.last + 1; t < cue->end && t < clause.last + MAX_LOOK; t++)
        if (text->tokens[t].upos == DL_VERB || text->tokens[t].upos == DL_AUX) {
            statements_add_content(work, item, clause.last + 1,
                                   statements_before_next_cue(work, clause.last + 1, cue->end - 1));
            return;
        }
}

void statements_add_saying(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    dl_token_range clause = statements_cue_clause(text, cue);
    bool object = !(cue->frames & FRAME_ADDRESSEE) && dl_tree_child(text, cue->verb, DL_DEP_OBJ) != DL_NONE;
    bool set_off = cue->order.set_off && cue->frames & FRAME_QUOTE &&
                   (cue->order.inverted || (!object && !content_follows(work, cue, clause)));
    if (set_off) {
        add_set_off(work, item, cue, clause);
        return;
    }
    uint32_t that = that_after(work, cue);
    if (that != DL_NONE) {
        statements_add_content(work, item, that,
                               statements_before_next_cue(
                                   work, that, statements_content_end(work, cue, that_end(text, cue, that))));
        return;
    }
    uint32_t clause_head = statements_complement(text, cue->verb, DL_DEP_CCOMP);
    if (clause_head == DL_NONE && (cue->frames & FRAME_QUOTE))
        clause_head = statements_complement(text, cue->verb, DL_DEP_PARATAXIS);
    if (clause_head != DL_NONE) add_clause(work, item, cue, clause, clause_head);
    if (cue->frames & FRAME_QUOTE) {
        bool quoted_before = clause.first > cue->first && statements_is_mark(text, clause.first - 1);
        if (!item->content_count || is_inserted(text, cue) || quoted_before)
            add_quote(work, item, touching_quote(work, cue, clause, true));
        add_quote(work, item, touching_quote(work, cue, clause, false));
    }
    if (!item->content_count && is_inserted(text, cue) && cue->subject != DL_NONE)
        add_rest(work, item, cue, clause);
    bool bare = cue->frames & FRAME_QUOTE && cue->frames & FRAME_CLAUSE && !(cue->frames & FRAME_ADDRESSEE) &&
                bare_clause_follows(work, cue);
    if (!item->content_count && bare && cue->subject != DL_NONE)
        statements_add_content(work, item, cue->last + 1,
                               statements_before_next_cue(work, cue->last + 1, cue->end - 1));
    if (!item->content_count && !object) add_following(work, item, cue, clause);
}

/* "It was reported that ...", "is believed to ...": nobody is named, the clause alone is content. */
void statements_add_reported(statements_work *work, draft *item, const cue_verb *cue)
{
    uint32_t head = statements_complement(work->text, cue->verb, DL_DEP_CCOMP);
    if (head == DL_NONE || head < cue->verb || !(cue->frames & FRAME_CLAUSE)) return;
    if (statements_is(work->text, dl_tree_child(work->text, head, DL_DEP_MARK), "to")) return;
    add_clause(work, item, cue, statements_cue_clause(work->text, cue), head);
}
