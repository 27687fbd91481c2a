/* attitudes.c - the content of verbs of will and attitude: an infinitive ("promised to leave"), the object
 * ("condemned the raid"), what is said of somebody ("accused the army of ...", "called the raid a crime"). */
#include "statements/cue.h"

/* "told reporters that", "said on Monday": an infinitive is content for verbs of will, not for "said to be".
 */
void statements_add_infinitive(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    uint32_t head = statements_complement(text, cue->verb, DL_DEP_XCOMP);
    static const dl_deprel others[] = {DL_DEP_CCOMP, DL_DEP_ADVCL, DL_DEP_ACL};
    for (size_t i = 0; i < sizeof others / sizeof *others && head == DL_NONE && cue->frames & FRAME_URGE; i++)
        head = statements_complement(text, cue->verb, others[i]);
    if (head == DL_NONE || head < cue->verb) return;
    uint32_t mark = dl_tree_child(text, head, DL_DEP_MARK);
    if (mark == DL_NONE || !statements_is(text, mark, "to")) return;
    uint32_t left = text->tokens[head].left, right = text->tokens[head].right;
    uint32_t object = dl_tree_child(text, cue->verb, DL_DEP_OBJ);
    if (object == DL_NONE && cue->last > cue->verb)
        object = dl_tree_child(text, cue->verb, DL_DEP_OBL); /* "call on Iran to" */
    if (cue->frames & FRAME_URGE && object != DL_NONE && object > cue->verb &&
        text->tokens[object].left < left)
        left = text->tokens[object].left;
    for (uint32_t c = dl_tree_first_child(text, head); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == DL_DEP_CONJ && c > head && text->tokens[c].left > head &&
            dl_str_find(text->tokens[c].feats.ptr ? text->tokens[c].feats : DL_STR(""),
                        DL_STR("VerbForm=Fin"), 0) != SIZE_MAX) {
            right = text->tokens[c].left - 1; /* the finite verb goes with the cue, not with the infinitive */
            break;
        }
    statements_add_content(work, item, statements_within(left, cue->last + 1, head),
                           statements_within(right, head, cue->end - 1));
}

/* What is attitude's object reaches to the next comma, conjunction or time: trees cut "the death of a worker
 * of ..." short. */
static uint32_t phrase_end(const statements_work *work, const cue_verb *cue, uint32_t right)
{
    const dl_text *text = work->text;
    static const char *const marks[] = {",", ".", ";", ":", NULL};
    uint32_t end = right;
    while (end + 1 < cue->end && end - right < 30) {
        const dl_token *next = &text->tokens[end + 1];
        uint32_t index = work->quote_of[end + 1];
        if (index != DL_NONE && statements_is_mark(text, end + 1) &&
            work->quotes.items[index].last < cue->end) {
            end = work->quotes.items[index].last; /* a quotation within is taken whole */
            continue;
        }
        if (statements_is_any(next->norm, marks) || statements_word_is(work->data, next->norm, WORD_STOP) ||
            statements_is_mark(text, end + 1) || statements_in_time(work, end + 1))
            break;
        end++;
    }
    while (end > right && (text->tokens[end].upos == DL_ADP || text->tokens[end].upos == DL_DET ||
                           text->tokens[end].upos == DL_ADV))
        end--;
    return end;
}

static void add_phrase(statements_work *work, draft *item, const cue_verb *cue, uint32_t noun,
                       bool keep_preposition)
{
    const dl_text *text = work->text;
    if (noun == DL_NONE || noun <= cue->verb) return;
    uint32_t left = text->tokens[noun].left;
    uint32_t marker = dl_tree_case(text, noun);
    if (!keep_preposition && marker != DL_NONE && marker >= left && marker < noun) left = marker + 1;
    uint32_t right = statements_within(text->tokens[noun].right, noun, cue->end - 1);
    statements_add_content(work, item, statements_within(left, cue->last + 1, noun),
                           phrase_end(work, cue, right));
}

/* The word that an own preposition governs ("call for peace", "accused of hiding"). */
static uint32_t governed(const dl_text *text, uint32_t verb, const char *preposition)
{
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        const dl_token *t = &text->tokens[c];
        if (c < verb || (t->deprel != DL_DEP_OBL && t->deprel != DL_DEP_ADVCL && t->deprel != DL_DEP_XCOMP &&
                         t->deprel != DL_DEP_NMOD))
            continue;
        uint32_t marker = dl_tree_case(text, c);
        if (marker == DL_NONE) marker = dl_tree_child(text, c, DL_DEP_MARK);
        if (statements_is(text, marker, preposition)) return c;
    }
    return DL_NONE;
}

/* "called the raid a crime": all that is named and what it is called, up to the clause's end. */
static void add_label(statements_work *work, draft *item, const cue_verb *cue, uint32_t object)
{
    const dl_text *text = work->text;
    uint32_t label = statements_complement(text, cue->verb, DL_DEP_XCOMP), end = cue->last;
    for (uint32_t t = cue->last + 1; t < cue->end && t < cue->last + 14 && !statements_is(text, t, ",") &&
                                     text->tokens[t].upos != DL_VERB;
         t++)
        if (work->quote_of[t] != DL_NONE) { /* "called the raid "madness"" */
            uint32_t last = work->quotes.items[work->quote_of[t]].last;
            bool here = text->tokens[last].sentence == text->tokens[cue->verb].sentence;
            statements_add_content(work, item, cue->last + 1, here ? phrase_end(work, cue, last) : last);
            return;
        }
    if (label == DL_NONE && work->quote_of[cue->last + 1 < cue->end ? cue->last + 1 : cue->last] == DL_NONE &&
        object == DL_NONE)
        return;
    if (label != DL_NONE && text->tokens[label].right > end) end = text->tokens[label].right;
    if (object != DL_NONE && text->tokens[object].right > end) end = text->tokens[object].right;
    while (end + 1 < cue->end && !statements_is(text, end + 1, ",") && !statements_is(text, end + 1, ".") &&
           text->tokens[end + 1].upos != DL_CCONJ &&
           (work->quote_of[end + 1] != DL_NONE || statements_is_mark(text, end + 1)))
        end++;
    if (end > cue->last)
        statements_add_content(work, item, cue->last + 1,
                               statements_within(end, cue->last + 1, cue->end - 1));
}

/* "accused the army of shelling the town": whom and of what. */
static void add_accusation(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    for (uint32_t t = cue->last + 1; t + 1 < cue->end && t < cue->last + 16; t++) {
        if (statements_is(text, t, ",") || text->tokens[t].upos == DL_VERB) return;
        if (!statements_is(text, t, "of")) continue;
        const dl_token *next = &text->tokens[t + 1];
        bool deed = next->upos == DL_VERB || next->upos == DL_AUX || next->upos == DL_ADV ||
                    text->tokens[t].head == DL_NONE || text->tokens[text->tokens[t].head].head == cue->verb;
        if (!deed) continue; /* "accused the ministry of defence of ..." */
        statements_add_content(
            work, item, cue->last + 1,
            phrase_end(work, cue, statements_within(text->tokens[t + 1].right, t + 1, cue->end - 1)));
        return;
    }
}

void statements_add_attitude(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    static const struct {
        unsigned frame;
        const char *preposition;
    } accusing[] = {{FRAME_OF, "of"}, {FRAME_FOR, "for"}, {FRAME_AS, "as"}};
    if (cue->frames & FRAME_AS && statements_is(text, cue->last + 1, "as") && cue->last + 2 < cue->end)
        statements_add_content(work, item, cue->last + 2, phrase_end(work, cue, cue->last + 2));
    if (cue->frames & FRAME_OF) add_accusation(work, item, cue);
    for (size_t i = 0; i < sizeof accusing / sizeof *accusing && !item->content_count; i++)
        if (cue->frames & accusing[i].frame) {
            uint32_t noun = governed(text, cue->verb, accusing[i].preposition);
            if (noun == DL_NONE) continue;
            uint32_t object = dl_tree_object(text, cue->verb);
            bool both = accusing[i].frame == FRAME_AS && object != DL_NONE && object > cue->verb &&
                        text->tokens[object].left < noun;
            if (both)
                statements_add_content(work, item,
                                       statements_within(text->tokens[object].left, cue->last + 1, noun),
                                       statements_within(text->tokens[noun].right, noun, cue->end - 1));
            else
                add_phrase(work, item, cue, noun, false);
        }
    if (!item->content_count && cue->frames & FRAME_PREPOSITION && cue->last > cue->verb) {
        uint32_t noun = DL_NONE;
        for (uint32_t t = cue->last + 1; t < cue->end && noun == DL_NONE && t < cue->last + 12; t++)
            if (text->tokens[t].head == cue->verb || text->tokens[t].head == cue->last) {
                if (text->tokens[t].deprel != DL_DEP_PUNCT) noun = t;
            }
        add_phrase(work, item, cue, noun, false);
    }
    uint32_t object = dl_tree_child(text, cue->verb, DL_DEP_OBJ);
    if (!item->content_count && cue->frames & FRAME_LABEL) add_label(work, item, cue, object);
    if (!item->content_count && cue->frames & FRAME_OBJECT) add_phrase(work, item, cue, object, true);
}
