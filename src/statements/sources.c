/* sources.c - statements told without a verb: "according to X", "X's claim that ...", "his belief that ...".
 */
#include "base/error.h"
#include "statements/speaker.h"
#include "statements/work.h"

/* ---- according to ---- */

static uint32_t phrase_end(const statements_work *work, uint32_t token)
{
    dl_rows rows;
    size_t count = dl_match_longest(work->data->phrases, work->text, token, false, &rows);
    if (!count ||
        !dl_str_is(dl_table_cell(work->data->phrases, rows.first, work->data->phrase_kind), "source"))
        return DL_NONE;
    return token + (uint32_t)count - 1;
}

/* The noun after "according to": the one that its words mark, else the first noun behind them. */
static uint32_t source_noun(const dl_text *text, uint32_t first, uint32_t last, uint32_t end)
{
    if (end > last + 60) end = last + 60;
    for (uint32_t t = last + 2; t < end; t++) /* the source is told before the next comma */
        if (statements_is(text, t, ",") || statements_is(text, t, ";") || statements_is(text, t, ":"))
            end = t;
    if (text->parsed)
        for (uint32_t t = first; t <= last; t++) {
            uint32_t head = text->tokens[t].head;
            if (head != DL_NONE && head > last && head < end) return head;
        }
    if (text->parsed)
        for (uint32_t t = last + 1; t < end; t++)
            if (text->tokens[t].upos == DL_NOUN || text->tokens[t].upos == DL_PROPN ||
                text->tokens[t].upos == DL_PRON)
                return t;
    uint32_t noun = DL_NONE;
    for (uint32_t t = last + 1; t < end && !statements_is(text, t, ",") && !statements_is(text, t, "."); t++)
        noun = t;
    return noun;
}

static dl_token_range source_phrase(const dl_text *text, uint32_t last, uint32_t noun, uint32_t end,
                                    bool initial)
{
    dl_token_range range = {last + 1, noun};
    if (end > last + 60) end = last + 60;
    bool whole =
        text->parsed && !initial && text->tokens[noun].right > noun && text->tokens[noun].right < end;
    if (whole) range.last = text->tokens[noun].right;
    while (text->parsed && range.last + 1 < end && !statements_is(text, range.last + 1, ",") &&
           !statements_is(text, range.last + 1, ".") && !statements_is(text, range.last + 1, ";") &&
           !statements_is(text, range.last + 1, ":") &&
           (!statements_is_mark(text, range.last + 1) || statements_is(text, range.last + 1, "'")))
        range.last++;
    uint32_t next = range.last + 2; /* "according to a navy captain, Mark Lee" */
    if (text->tokens[noun].upos == DL_NOUN && next < end && statements_is(text, range.last + 1, ",") &&
        text->tokens[next].upos == DL_PROPN)
        for (range.last = next; range.last + 1 < end && !statements_is(text, range.last + 1, ",") &&
                                text->tokens[range.last + 1].upos != DL_VERB;)
            range.last++;
    return statements_trim(text, range.first, range.last);
}

static bool read_according(statements_work *work, uint32_t token, uint32_t phrase_last)
{
    const dl_text *text = work->text;
    uint32_t first = statements_first(text, text->tokens[token].sentence),
             end = statements_end(text, text->tokens[token].sentence);
    uint32_t noun = source_noun(text, token, phrase_last, end);
    if (noun == DL_NONE) return true;
    dl_token_range source = source_phrase(text, phrase_last, noun, end, token <= first + 1);
    if (source.first == DL_NONE) return true;
    draft *item = statements_new(work, token, "according to");
    if (!item) return false;
    item->cue = (dl_token_range){token, phrase_last};
    item->clause = (dl_token_range){token, source.last};
    item->said = true;
    if (token > first) statements_add_content(work, item, first, token - 1);
    bool initial = token <= first + 1;
    if (source.last + 1 < end && (initial || statements_is(text, source.last + 1, ",")))
        statements_add_content(work, item, source.last + 1, end - 1);
    if (!item->content_count) {
        work->drafts.count--;
        return true;
    }
    item->speaker = source;
    item->speaker_head = noun;
    statements_take_quotes(work, (uint32_t)work->drafts.count - 1);
    return true;
}

/* ---- nouns of saying ---- */

static bool noun_kinds(const statements_work *work, uint32_t token, bool *says, bool *wants)
{
    const dl_token *t = &work->text->tokens[token];
    dl_rows rows = dl_table_find(work->data->nouns, t->lemma.ptr ? t->lemma : t->norm);
    *says = *wants = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (dl_str_is(dl_table_cell(work->data->nouns, row, work->data->noun_kind), "want"))
            *wants = true;
        else
            *says = true;
    }
    return rows.count > 0;
}

/* The clause that a noun of saying takes, "the claim that ...", "the plan to ...". */
static uint32_t noun_clause(const dl_text *text, uint32_t noun, bool says, bool wants)
{
    for (uint32_t c = dl_tree_first_child(text, noun); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        const dl_token *t = &text->tokens[c];
        if (c < noun ||
            (t->deprel != DL_DEP_ACL && t->deprel != DL_DEP_CCOMP && t->deprel != DL_DEP_ACL_RELCL))
            continue;
        uint32_t mark = dl_tree_child(text, c, DL_DEP_MARK);
        if (mark == DL_NONE || mark < noun) continue;
        if (says && statements_is(text, mark, "that")) return c;
        if (wants && statements_is(text, mark, "to") && t->deprel == DL_DEP_ACL) return c;
    }
    bool that = says && statements_is(text, noun + 1, "that") && text->tokens[noun + 1].upos == DL_SCONJ;
    uint32_t head = that ? text->tokens[noun + 1].head : DL_NONE;
    if (head != DL_NONE && head > noun + 1 && text->tokens[head].sentence == text->tokens[noun].sentence)
        return head;
    return DL_NONE;
}

static uint32_t noun_speaker(const statements_work *work, uint32_t noun)
{
    const dl_text *text = work->text;
    uint32_t owner = dl_tree_child(text, noun, DL_DEP_NMOD_POSS);
    static const char *const links[] = {"of", "by", "from", "among"};
    for (size_t i = 0; i < sizeof links / sizeof *links && owner == DL_NONE; i++)
        owner = dl_tree_oblique(text, noun, links[i], 0);
    if (owner != DL_NONE) return owner;
    bool verb_like = noun > statements_first(text, text->tokens[noun].sentence) &&
                     statements_is(text, noun + 1, "that") && text->tokens[noun].lemma.ptr &&
                     dl_table_find(work->data->verbs, text->tokens[noun].lemma).count;
    dl_upos before = verb_like ? (dl_upos)text->tokens[noun - 1].upos : DL_UPOS_NONE;
    if (before == DL_NOUN || before == DL_PROPN || before == DL_PRON)
        return noun - 1;                                          /* "an official reports that" */
    if (noun > 0 && text->tokens[noun - 1].name) return noun - 1; /* "a Reuters report that" */
    const dl_token *t = &text->tokens[noun]; /* "issued a statement that": the subject of the verb */
    if ((t->deprel == DL_DEP_OBJ || t->deprel == DL_DEP_OBL) && t->head != DL_NONE)
        return statements_subject(text, t->head);
    return DL_NONE;
}

static bool read_noun(statements_work *work, uint32_t token)
{
    const dl_text *text = work->text;
    bool says, wants;
    if (text->tokens[token].upos != DL_NOUN || !noun_kinds(work, token, &says, &wants)) return true;
    uint32_t clause = noun_clause(text, token, says, wants);
    if (clause == DL_NONE) return true;
    uint32_t speaker = noun_speaker(work, token);
    if (wants && !says && speaker == DL_NONE) return true;
    draft *item = statements_new(work, token, "noun");
    if (!item) return false;
    uint32_t left = text->tokens[clause].left > token ? text->tokens[clause].left : token + 1;
    statements_add_content(work, item, left, text->tokens[clause].right);
    if (!item->content_count) {
        work->drafts.count--;
        return true;
    }
    item->confidence = 0.5F;
    statements_set_speaker(work, item, speaker);
    statements_take_quotes(work, (uint32_t)work->drafts.count - 1);
    return true;
}

dl_status statements_sources_find(statements_work *work, dl_error *err)
{
    for (uint32_t i = 0; i < work->text->token_count; i++) {
        uint32_t last = phrase_end(work, i);
        bool fine = last == DL_NONE || read_according(work, i, last);
        if (fine && work->text->parsed && work->quote_of[i] == DL_NONE) fine = read_noun(work, i);
        if (!fine) return dl_fail_memory(err);
        if (last != DL_NONE) i = last;
    }
    return DL_OK;
}
