/* verbs.c - statements told by a verb.
 *
 * Each verb of verbs.tsv has frames; the tree says which of them stands there. The content is what a verb of
 * saying takes (saying.c) or the phrase of a verb of will or attitude (attitudes.c); after Pareti 2012, and
 * Newell et al. 2018 for what counts as a cue. */
#include "base/error.h"
#include "statements/cue.h"

/* "..., he said, adding that ...": who spoke last in the sentence goes on. */
static void speaker_of_sentence(const statements_work *work, draft *item)
{
    size_t count = work->drafts.count;
    if (count < 2) return;
    const draft *before = &work->drafts.items[count - 2];
    if (before->cue_token == DL_NONE || before->speaker.first == DL_NONE || !before->said) return;
    if (work->text->tokens[before->cue_token].sentence != work->text->tokens[item->cue_token].sentence)
        return;
    item->speaker = before->speaker;
    item->speaker_head = before->speaker_head;
}

static bool is_modal(const statements_work *work, uint32_t verb)
{
    const dl_text *text = work->text;
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == DL_DEP_AUX &&
            statements_word_is(work->data, statements_norm(text, c), WORD_MODAL))
            return true;
    return false;
}

/* What is no statement whatever follows: a verb of saying that nobody carried out ("did not say who", "should show"), and the
 * writer's own voice ("we report", "I believe": a speaker's own is within marks, where no verb is read). */
static bool is_no_saying(const statements_work *work, const cue_verb *cue, bool said)
{
    const dl_text *text = work->text;
    if (said ? dl_tree_is_negated(text, cue->verb) : is_modal(work, cue->verb)) return true;
    if (cue->subject == DL_NONE || work->quote_of[cue->verb] != DL_NONE) return false;
    dl_str feats = text->tokens[cue->subject].feats;
    return feats.ptr && dl_str_find(feats, DL_STR("Person=1"), 0) != SIZE_MAX;
}

static bool make_draft(statements_work *work, const cue_verb *cue, dl_error *err)
{
    (void)err;
    draft *item =
        statements_new(work, cue->verb, cue->frames & FRAME_THOUGHT ? "verb of thought" : "verb of saying");
    if (!item) return false;
    const dl_text *text = work->text;
    item->cue = statements_cue_words(text, cue);
    item->clause = statements_cue_clause(text, cue);
    item->said = (cue->frames & FRAME_QUOTE) && !(cue->frames & FRAME_THOUGHT);
    if (is_no_saying(work, cue, item->said)) {
        work->unsaid[cue->verb] = true;
        work->drafts.count--;
        return true;
    }
    bool by_nobody = cue->subject == DL_NONE && dl_tree_is_passive(text, cue->verb);
    if (by_nobody)
        statements_add_reported(work, item, cue);
    else if (cue->frames & (FRAME_CLAUSE | FRAME_QUOTE))
        statements_add_saying(work, item, cue);
    if (!by_nobody && !item->content_count && cue->frames & (FRAME_INFINITIVE | FRAME_URGE)) {
        item->why = "verb of will";
        statements_add_infinitive(work, item, cue);
    }
    bool speaker = cue->subject != DL_NONE && statements_may_speak(work, cue->subject);
    if (!item->content_count && speaker) {
        item->why = "attitude";
        statements_add_attitude(work, item, cue);
        item->confidence = 0.5F;
    }
    if (!item->content_count) {
        work->drafts.count--;
        return true;
    }
    statements_set_speaker(work, item, cue->subject);
    if (cue->order.head == cue->subject && cue->subject != DL_NONE &&
        (cue->order.set_off || cue->order.inverted || cue->order.subject.last > cue->subject))
        statements_speaker_words(work, item, cue->order.subject);
    bool goes_on = cue->verb > cue->first && dl_str_ends(statements_norm(text, cue->verb), "ing") &&
                   statements_is(text, cue->verb - 1, ",");
    if ((item->speaker.first == DL_NONE || goes_on) && item->said && !dl_tree_is_passive(text, cue->verb))
        speaker_of_sentence(work, item);
    if (cue->frames & FRAME_THOUGHT && item->speaker.first == DL_NONE) { /* nobody's belief */
        work->drafts.count--;
        return true;
    }
    statements_take_quotes(work, (uint32_t)work->drafts.count - 1);
    return true;
}

dl_status statements_verbs_find(statements_work *work, dl_error *err)
{
    work->unsaid = DL_NEW_ARRAY(work->arena, bool, work->text->token_count);
    if (!work->unsaid) return dl_fail_memory(err);
    for (uint32_t i = 0; i < work->text->token_count; i++) {
        cue_verb cue;
        /* within a quotation the speaker is telling; "I think", "we want" are no statements of their own */
        if (work->quote_of[i] != DL_NONE && !work->quotes.items[work->quote_of[i]].single) continue;
        if (!statements_read_cue(work, i, &cue)) continue;
        if (!make_draft(work, &cue, err)) return dl_fail_memory(err);
    }
    return DL_OK;
}
