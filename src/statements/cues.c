/* cues.c - verbs that are cues: found in a sentence with their frames, their speaker and the words of their
 * own clause.
 */
#include "statements/cue.h"

static unsigned frame_of(dl_str frames, dl_str kind)
{
    unsigned out = 0;
    dl_str rest = frames, one;
    while (dl_str_next(&rest, ' ', &one)) {
        if (dl_str_is(one, "c"))
            out |= FRAME_CLAUSE;
        else if (dl_str_is(one, "q"))
            out |= FRAME_QUOTE;
        else if (dl_str_is(one, "i"))
            out |= dl_str_is(kind, "urge") ? FRAME_URGE : FRAME_INFINITIVE;
        else if (dl_str_is(one, "o"))
            out |= FRAME_OBJECT;
        else if (dl_str_is(one, "a"))
            out |= FRAME_ADDRESSEE;
        else if (dl_str_is(one, "x"))
            out |= FRAME_LABEL;
        else if (dl_str_is(one, "pof") && dl_str_is(kind, "accuse"))
            out |= FRAME_OF;
        else if (dl_str_is(one, "pfor") && dl_str_is(kind, "accuse"))
            out |= FRAME_FOR;
        else if (dl_str_is(one, "pas"))
            out |= FRAME_AS;
        else if (one.len && one.ptr[0] == 'p')
            out |= FRAME_PREPOSITION;
    }
    if (dl_str_is(kind, "think")) out |= FRAME_THOUGHT;
    return out;
}

unsigned statements_frames(const dl_statements_data *data, dl_rows rows)
{
    unsigned frames = 0, said = 0, thought = 0;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        dl_str kind = dl_table_cell(data->verbs, row, data->verb_kind);
        unsigned own = frame_of(dl_table_cell(data->verbs, row, data->verb_frames), kind);
        if (dl_str_is(kind, "say")) said = 1;
        if (own & FRAME_THOUGHT) thought = 1;
        frames |= own & ~(unsigned)FRAME_THOUGHT;
    }
    return frames | (thought && !said ? FRAME_THOUGHT : 0);
}

/* Whether the order of words tells the speaker of a finite verb of saying better than the tree does. */
static bool trusts_order(const dl_text *text, const cue_verb *cue)
{
    const surface *order = &cue->order;
    const dl_token *t = &text->tokens[cue->verb];
    bool finite = dl_tree_child(text, cue->verb, DL_DEP_MARK) == DL_NONE && t->deprel != DL_DEP_ACL &&
                  !dl_str_ends(t->norm, "ing");
    if (!(cue->frames & FRAME_QUOTE) || !finite || order->head == DL_NONE ||
        dl_tree_is_passive(text, cue->verb))
        return false;
    if (order->inverted || order->set_off || cue->subject == DL_NONE) return true;
    bool outside = cue->subject < order->subject.first || cue->subject > order->subject.last;
    bool mark_before = order->first > cue->first && !statements_is(text, order->first - 1, ",");
    return outside && (order->first == cue->first || mark_before);
}

/* Stems that an inflected form may have: "accusing" - "accus", "accuse"; "denies" - "deny"; "admitted" -
 * "admit". */
static dl_rows find_stem(const dl_table *verbs, dl_str word)
{
    static const struct {
        const char *ending, *instead;
        size_t cut;
    } forms[] = {{"ing", "", 3},  {"ing", "e", 3}, {"ed", "", 2}, {"ed", "e", 2}, {"ies", "y", 3},
                 {"ied", "y", 3}, {"es", "", 2},   {"s", "", 1},  {"ing", "", 4}, {"ed", "", 3}};
    char stem[40];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!dl_str_ends(word, forms[i].ending) || word.len < forms[i].cut + 3 || word.len >= sizeof stem - 2)
            continue;
        size_t len = word.len - forms[i].cut;
        memcpy(stem, word.ptr, len);
        for (const char *c = forms[i].instead; *c; c++)
            stem[len++] = *c;
        dl_rows rows = dl_table_find(verbs, (dl_str){stem, len});
        if (rows.count) return rows;
    }
    return (dl_rows){0, 0};
}

bool statements_read_cue(const statements_work *work, uint32_t token, cue_verb *out)
{
    const dl_text *text = work->text;
    const dl_token *t = &text->tokens[token];
    if (t->upos != DL_VERB && !(t->upos == DL_AUX && t->deprel == DL_DEP_ROOT)) return false;
    if (t->deprel == DL_DEP_AMOD || t->deprel == DL_DEP_COMPOUND || t->deprel == DL_DEP_CASE ||
        t->deprel == DL_DEP_MARK)
        return false;
    dl_rows rows;
    size_t count = dl_match_longest(work->data->verbs, text, token, true, &rows);
    if (!count) {
        rows = find_stem(work->data->verbs, t->norm);
        count = rows.count ? 1 : 0;
    }
    if (!count) return false;
    if (t->feats.ptr && dl_str_find(t->feats, DL_STR("Mood=Imp"), 0) != SIZE_MAX) return false;
    uint32_t sentence_first = statements_first(text, t->sentence);
    if (token == sentence_first && !dl_str_ends(t->norm, "ing") && !dl_str_ends(t->norm, "ed"))
        return false; /* "Read more" */
    *out = (cue_verb){
        .verb = token, .last = token + (uint32_t)count - 1, .frames = statements_frames(work->data, rows)};
    if (count > 1) { /* "ask for" may also be "ask" with a clause */
        dl_rows single = dl_table_find(work->data->verbs, t->lemma);
        if (single.count) out->frames |= statements_frames(work->data, single) & (FRAME_QUOTE | FRAME_CLAUSE);
    }
    out->first = statements_first(text, t->sentence);
    out->end = statements_end(text, t->sentence);
    out->subject = statements_subject(text, token);
    bool participle = dl_str_ends(t->norm, "ing");
    out->order = statements_surface(work, token, out->last,
                                    !(out->frames & FRAME_ADDRESSEE) && !participle &&
                                        !statements_in_time(work, out->last + 1));
    if (participle) out->order.set_off = false;
    if (trusts_order(text, out)) out->subject = out->order.head;
    return true;
}

uint32_t statements_complement(const dl_text *text, uint32_t verb, dl_deprel relation)
{
    uint32_t found = DL_NONE;
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == relation && (found == DL_NONE || c > verb)) {
            bool goes_on =
                c > verb + 1 && statements_is_participle(&text->tokens[c]) && statements_is(text, c - 1, ",");
            if (!goes_on && (found == DL_NONE || found < verb))
                found = c; /* ", adding" is a cue of its own */
        }
    return found;
}

static bool belongs_to_cue(const dl_token *t)
{
    switch ((dl_deprel)t->deprel) {
    case DL_DEP_NSUBJ:
    case DL_DEP_NSUBJ_PASS:
    case DL_DEP_AUX:
    case DL_DEP_AUX_PASS:
    case DL_DEP_ADVMOD:
    case DL_DEP_OBL:
    case DL_DEP_OBL_UNMARKED:
    case DL_DEP_OBL_AGENT:
    case DL_DEP_OBJ:
    case DL_DEP_IOBJ:
    case DL_DEP_COMPOUND_PRT:
    case DL_DEP_EXPL:
    case DL_DEP_CC:
    case DL_DEP_MARK:
    case DL_DEP_NMOD_UNMARKED: return true;
    default: return false;
    }
}

dl_token_range statements_cue_clause(const dl_text *text, const cue_verb *cue)
{
    dl_token_range range = {cue->verb, cue->last};
    bool told = cue->order.head != DL_NONE && cue->order.head == cue->subject;
    if (cue->order.set_off || told) range = (dl_token_range){cue->order.first, cue->order.last};
    for (uint32_t c = dl_tree_first_child(text, cue->verb); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        const dl_token *t = &text->tokens[c];
        if (!belongs_to_cue(t) || t->left < cue->first || t->right >= cue->end) continue;
        if ((cue->order.set_off || told) && t->left < cue->order.first) continue;
        if (t->left < range.first) range.first = t->left;
        if (t->right > range.last) range.last = t->right;
    }
    return range;
}

/* The verb with its auxiliaries and adverbs: "has also said". */
dl_token_range statements_cue_words(const dl_text *text, const cue_verb *cue)
{
    dl_token_range range = {cue->verb, cue->last};
    while (range.first > cue->first) {
        const dl_token *before = &text->tokens[range.first - 1];
        bool own =
            before->head == cue->verb && (before->deprel == DL_DEP_AUX || before->deprel == DL_DEP_AUX_PASS ||
                                          before->deprel == DL_DEP_ADVMOD);
        if (!own || statements_is_mark(text, range.first - 1)) break;
        range.first--;
    }
    return range;
}
