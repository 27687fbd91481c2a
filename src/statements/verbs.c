/* verbs.c - statements told by a verb: what it governs, or the sentence into which it is put ("..., officials said").
 *
 * Each verb of verbs.tsv has frames; the tree says which of them stands there. The content is the complement clause,
 * the quotation beside the verb, the rest of the sentence when the verb is an insertion, or the phrase that an attitude
 * verb takes (Pareti 2012; Newell et al. 2018 for what counts as a cue). */
#include "base/error.h"
#include "statements/speaker.h"
#include "statements/surface.h"
#include "statements/work.h"

typedef struct cue_verb {
    uint32_t verb, last; /* tokens: the verb; the end of "call for", "point out" */
    unsigned frames;
    uint32_t subject;    /* head of the speaker, DL_NONE */
    uint32_t first, end; /* sentence, end exclusive */
    surface order;       /* what the order of words says, for verbs of saying */
} cue_verb;

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

static unsigned frames_of_rows(const dl_statements_data *data, dl_rows rows)
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
    if (!(cue->frames & FRAME_QUOTE) || !finite || order->head == DL_NONE || dl_tree_is_passive(text, cue->verb))
        return false;
    if (order->inverted || order->set_off || cue->subject == DL_NONE) return true;
    bool outside = cue->subject < order->subject.first || cue->subject > order->subject.last;
    bool mark_before = order->first > cue->first && !statements_is(text, order->first - 1, ",");
    return outside && (order->first == cue->first || mark_before);
}

/* Stems that an inflected form may have: "accusing" - "accus", "accuse"; "denies" - "deny"; "admitted" - "admit". */
static dl_rows find_stem(const dl_table *verbs, dl_str word)
{
    static const struct {
        const char *ending, *instead;
        size_t cut;
    } forms[] = {{"ing", "", 3},  {"ing", "e", 3}, {"ed", "", 2}, {"ed", "e", 2}, {"ies", "y", 3},
                 {"ied", "y", 3}, {"es", "", 2},   {"s", "", 1},  {"ing", "", 4}, {"ed", "", 3}};
    char stem[40];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!dl_str_ends(word, forms[i].ending) || word.len < forms[i].cut + 3 || word.len >= sizeof stem - 2) continue;
        size_t len = word.len - forms[i].cut;
        memcpy(stem, word.ptr, len);
        for (const char *c = forms[i].instead; *c; c++)
            stem[len++] = *c;
        dl_rows rows = dl_table_find(verbs, (dl_str){stem, len});
        if (rows.count) return rows;
    }
    return (dl_rows){0, 0};
}

static bool read_verb(const statements_work *work, uint32_t token, cue_verb *out)
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
    *out = (cue_verb){.verb = token, .last = token + (uint32_t)count - 1, .frames = frames_of_rows(work->data, rows)};
    if (count > 1) { /* "ask for" may also be "ask" with a clause */
        dl_rows single = dl_table_find(work->data->verbs, t->lemma);
        if (single.count) out->frames |= frames_of_rows(work->data, single) & (FRAME_QUOTE | FRAME_CLAUSE);
    }
    out->first = statements_first(text, t->sentence);
    out->end = statements_end(text, t->sentence);
    out->subject = statements_subject(text, token);
    bool participle = dl_str_ends(t->norm, "ing");
    out->order =
        statements_surface(work, token, out->last,
                           !(out->frames & FRAME_ADDRESSEE) && !participle && !statements_in_time(work, out->last + 1));
    if (participle) out->order.set_off = false;
    if (trusts_order(text, out)) out->subject = out->order.head;
    return true;
}

/* ---- the cue's own clause: verb, subject, addressee, time and place, without the content ---- */

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

static dl_token_range cue_clause(const dl_text *text, const cue_verb *cue)
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
static dl_token_range cue_words(const dl_text *text, const cue_verb *cue)
{
    dl_token_range range = {cue->verb, cue->last};
    while (range.first > cue->first) {
        const dl_token *before = &text->tokens[range.first - 1];
        bool own = before->head == cue->verb && (before->deprel == DL_DEP_AUX || before->deprel == DL_DEP_AUX_PASS ||
                                                 before->deprel == DL_DEP_ADVMOD);
        if (!own || statements_is_mark(text, range.first - 1)) break;
        range.first--;
    }
    return range;
}

/* ---- content by the tree ---- */

static bool is_participle(const dl_token *t)
{
    return t->upos == DL_VERB && dl_str_ends(t->norm, "ing");
}

static uint32_t complement(const dl_text *text, uint32_t verb, dl_deprel relation)
{
    uint32_t found = DL_NONE;
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == relation && (found == DL_NONE || c > verb)) {
            bool goes_on = c > verb + 1 && is_participle(&text->tokens[c]) && statements_is(text, c - 1, ",");
            if (!goes_on && (found == DL_NONE || found < verb)) found = c; /* ", adding" is a cue of its own */
        }
    return found;
}

static uint32_t within(uint32_t token, uint32_t low, uint32_t high)
{
    return token < low ? low : token > high ? high : token;
}

/* ", after the raid had ended", ", marking the first time", ", with a spokesman saying", ", which he said": behind a
 * full clause these are the writer's, not the speaker's. */
static bool ends_content(const dl_text *text, uint32_t comma, uint32_t first, uint32_t last)
{
    if (comma < first + 5 || comma + 3 > last) return false;
    const dl_token *next = &text->tokens[comma + 1];
    if (dl_str_is(next->norm, "including")) return false;
    if (is_participle(next) || dl_str_is(next->norm, "after")) return true;
    if (dl_str_is(next->norm, "with") || dl_str_is(next->norm, "which"))
        for (uint32_t i = comma + 2; i <= last && i < comma + 10; i++) {
            if (statements_is(text, i, ",")) break;
            if (dl_str_is(next->norm, "with") && is_participle(&text->tokens[i])) return true;
            if (dl_str_is(next->norm, "which") && (statements_is(text, i, "said") || statements_is(text, i, "says")))
                return true;
        }
    return false;
}

/* "he said five had died, adding that ...": what a second cue begins is no part of the first one's content. */
static uint32_t before_next_cue(const statements_work *work, uint32_t first, uint32_t last)
{
    const dl_text *text = work->text;
    for (uint32_t t = first; t + 1 <= last && t - first < MAX_LOOK; t++) {
        if (!statements_is(text, t, ",") || work->quote_of[t] != DL_NONE) continue;
        if (ends_content(text, t, first, last)) return t - 1;
        if (!is_participle(&text->tokens[t + 1])) continue;
        dl_rows rows;
        size_t count = dl_match_longest(work->data->verbs, text, t + 1, true, &rows);
        if (count && frames_of_rows(work->data, rows) & FRAME_QUOTE && t > first) return t - 1;
    }
    return last;
}

/* Where a content to the right of a verb of saying begins: trees lose the subject of what is said ("says the long list
 * of names was ..."), but time, place and addressee stay outside. */
static uint32_t content_start(const statements_work *work, const cue_verb *cue, uint32_t left)
{
    const dl_text *text = work->text;
    uint32_t next = cue->last + 1;
    bool bare = cue->frames & FRAME_QUOTE && !(cue->frames & FRAME_ADDRESSEE) && !cue->order.inverted;
    if (!bare || left <= next || statements_is(text, left, "that") || statements_is_mark(text, left)) return left;
    const dl_token *t = &text->tokens[next];
    bool noun = t->upos == DL_DET || t->upos == DL_NOUN || t->upos == DL_PROPN || t->upos == DL_PRON ||
                t->upos == DL_ADJ || t->upos == DL_NUM;
    if (!noun || statements_in_time(work, next)) return left;
    return next;
}

/* Where it ends: the rest of the sentence belongs to it, but what hangs on the cue verb itself does not. */
static uint32_t content_end(const statements_work *work, const cue_verb *cue, uint32_t right)
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
        static const char *const goes_on[] = {"including", "which", "who", "whose", "where", "such", NULL};
        if (statements_is(text, i, ",") && i + 1 < cue->end && statements_is_any(statements_norm(text, i + 1), goes_on))
            continue;
        if (statements_is(text, i, "according") || statements_is(text, i, ",") || statements_is(text, i, ";"))
            return i > right ? i - 1 : right;
    }
    return limit;
}

/* A clause on either side of the cue, or on both. */
static void add_clause(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause, uint32_t head)
{
    const dl_text *text = work->text;
    uint32_t left = within(text->tokens[head].left, cue->first, cue->end - 1);
    uint32_t right = within(text->tokens[head].right, cue->first, cue->end - 1);
    if (left > cue->verb) {
        uint32_t start = content_start(work, cue, left > cue->last ? left : cue->last + 1);
        statements_add_content(work, item, start, before_next_cue(work, start, content_end(work, cue, right)));
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
    uint32_t left = within(text->tokens[cue->verb].left, cue->first, clause.first);
    uint32_t right = within(text->tokens[cue->verb].right, clause.last, cue->end - 1);
    if (left > cue->first) statements_add_content(work, item, cue->first, left - 1);
    bool more = right + 1 < cue->end && statements_is(text, right + 1, ",");
    if (right + 1 < cue->end && (more || left == cue->first || work->quote_of[right + 1] != DL_NONE))
        statements_add_content(work, item, right + 1, cue->end - 1);
}

/* The quotation that touches the clause on its left ("...," she said) or right (she said: "..."). */
static uint32_t touching_quote(const statements_work *work, const cue_verb *cue, dl_token_range clause, bool left)
{
    const dl_text *text = work->text;
    uint32_t own = work->quote_of[cue->verb];
    if (left) {
        for (uint32_t t = clause.first;
             t > 0 && clause.first - t < 3 && statements_block_of(text, t - 1) == statements_block_of(text, cue->verb);
             t--) {
            uint32_t index = work->quote_of[t - 1];
            if (index != DL_NONE && index != own) return index;
            if (text->tokens[t - 1].upos != DL_PUNCT && text->tokens[t - 1].upos != DL_CCONJ) break;
        }
        /* the mark closes the sentence before: ..." She said */
        return DL_NONE;
    }
    for (uint32_t t = clause.last + 1; t < text->token_count && t - clause.last < 4; t++) {
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
    uint32_t head = complement(text, cue->verb, DL_DEP_CCOMP), next = clause.last + 2;
    if (cue->order.set_off && next < cue->end && statements_is(text, next - 1, ",") &&
        (text->tokens[next].upos == DL_SCONJ || statements_is(text, next, "as") || is_participle(&text->tokens[next])))
        return false; /* "..., the agency said, as the army ..." */
    if (head != DL_NONE && head > cue->verb) return true;
    for (uint32_t t = cue->last + 1; t < cue->end && t <= clause.last + 1 && t < cue->last + MAX_LOOK; t++)
        if (statements_is(text, t, "that") || statements_is(text, t, ":")) return true;
    return false;
}

/* "announces it has imposed sanctions": a noun and a finite verb right behind a verb of saying, whatever the tree made
 * of it. */
static bool bare_clause_follows(const dl_text *text, const cue_verb *cue)
{
    uint32_t t = cue->last + 1;
    if (t >= cue->end) return false;
    dl_upos first = (dl_upos)text->tokens[t].upos;
    if (first != DL_PRON && first != DL_DET && first != DL_NOUN && first != DL_PROPN && first != DL_ADJ &&
        first != DL_NUM)
        return false;
    static const char *const relative[] = {"which", "who", "that", "whose", "to", ",", "whom", "where", NULL};
    for (t++; t < cue->end && t < cue->last + 16; t++) {
        const dl_token *word = &text->tokens[t];
        if (statements_is_any(word->norm, relative) || statements_is_mark(text, t)) return false;
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
    if (next->upos == DL_SCONJ || next->upos == DL_CCONJ || is_participle(next) || statements_is(text, rest, "who"))
        return;
    statements_add_content(work, item, rest, before_next_cue(work, rest, cue->end - 1));
}

/* "told the paper in an interview on Friday that ...": the conjunction after a verb of saying, nothing but addressee,
 * time and place between them. */
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
    return within(text->tokens[head].right, head, cue->end - 1);
}

/* Nothing but the order of words: what follows a bare verb of saying up to the end of the sentence. */
static void add_following(statements_work *work, draft *item, const cue_verb *cue, dl_token_range clause)
{
    const dl_text *text = work->text;
    if (cue->subject == DL_NONE || !(cue->frames & FRAME_QUOTE)) return;
    for (uint32_t t = clause.last + 1; t < cue->end && t < clause.last + MAX_LOOK; t++)
        if (text->tokens[t].upos == DL_VERB || text->tokens[t].upos == DL_AUX) {
            statements_add_content(work, item, clause.last + 1, before_next_cue(work, clause.last + 1, cue->end - 1));
            return;
        }
}

static void add_saying(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    dl_token_range clause = cue_clause(text, cue);
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
                               before_next_cue(work, that, content_end(work, cue, that_end(text, cue, that))));
        return;
    }
    uint32_t clause_head = complement(text, cue->verb, DL_DEP_CCOMP);
    if (clause_head == DL_NONE && (cue->frames & FRAME_QUOTE))
        clause_head = complement(text, cue->verb, DL_DEP_PARATAXIS);
    if (clause_head != DL_NONE) add_clause(work, item, cue, clause, clause_head);
    if (cue->frames & FRAME_QUOTE) {
        bool quoted_before = clause.first > cue->first && statements_is_mark(text, clause.first - 1);
        if (!item->content_count || is_inserted(text, cue) || quoted_before)
            add_quote(work, item, touching_quote(work, cue, clause, true));
        add_quote(work, item, touching_quote(work, cue, clause, false));
    }
    if (!item->content_count && is_inserted(text, cue) && cue->subject != DL_NONE) add_rest(work, item, cue, clause);
    bool bare = cue->frames & FRAME_QUOTE && cue->frames & FRAME_CLAUSE && !(cue->frames & FRAME_ADDRESSEE) &&
                bare_clause_follows(text, cue);
    if (!item->content_count && bare && cue->subject != DL_NONE)
        statements_add_content(work, item, cue->last + 1, before_next_cue(work, cue->last + 1, cue->end - 1));
    if (!item->content_count && !object) add_following(work, item, cue, clause);
}

/* "It was reported that ...", "is believed to ...": nobody is named, the clause alone is content. */
static void add_reported(statements_work *work, draft *item, const cue_verb *cue)
{
    uint32_t head = complement(work->text, cue->verb, DL_DEP_CCOMP);
    if (head == DL_NONE || head < cue->verb || !(cue->frames & FRAME_CLAUSE)) return;
    if (statements_is(work->text, dl_tree_child(work->text, head, DL_DEP_MARK), "to")) return;
    add_clause(work, item, cue, cue_clause(work->text, cue), head);
}

/* "told reporters that", "said on Monday": an infinitive is content for verbs of will, not for "said to be". */
static void add_infinitive(statements_work *work, draft *item, const cue_verb *cue)
{
    const dl_text *text = work->text;
    uint32_t head = complement(text, cue->verb, DL_DEP_XCOMP);
    static const dl_deprel others[] = {DL_DEP_CCOMP, DL_DEP_ADVCL, DL_DEP_ACL};
    for (size_t i = 0; i < sizeof others / sizeof *others && head == DL_NONE && cue->frames & FRAME_URGE; i++)
        head = complement(text, cue->verb, others[i]);
    if (head == DL_NONE || head < cue->verb) return;
    uint32_t mark = dl_tree_child(text, head, DL_DEP_MARK);
    if (mark == DL_NONE || !statements_is(text, mark, "to")) return;
    uint32_t left = text->tokens[head].left, right = text->tokens[head].right;
    uint32_t object = dl_tree_child(text, cue->verb, DL_DEP_OBJ);
    if (object == DL_NONE && cue->last > cue->verb)
        object = dl_tree_child(text, cue->verb, DL_DEP_OBL); /* "call on Iran to" */
    if (cue->frames & FRAME_URGE && object != DL_NONE && object > cue->verb && text->tokens[object].left < left)
        left = text->tokens[object].left;
    for (uint32_t c = dl_tree_first_child(text, head); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == DL_DEP_CONJ && c > head && text->tokens[c].left > head &&
            dl_str_find(text->tokens[c].feats.ptr ? text->tokens[c].feats : DL_STR(""), DL_STR("VerbForm=Fin"), 0) !=
                SIZE_MAX) {
            right = text->tokens[c].left - 1; /* the finite verb goes with the cue, not with the infinitive */
            break;
        }
    statements_add_content(work, item, within(left, cue->last + 1, head), within(right, head, cue->end - 1));
}

/* What is attitude's object reaches to the next comma, conjunction or time: trees cut "the death of a worker of ..."
 * short. */
static uint32_t phrase_end(const statements_work *work, const cue_verb *cue, uint32_t right)
{
    const dl_text *text = work->text;
    static const char *const stops[] = {
        ",",    ".",      ";",     ":",      "after", "as",  "while", "amid",  "following", "during",    "because",
        "when", "before", "since", "saying", "and",   "but", "if",    "until", "despite",   "according", NULL};
    uint32_t end = right;
    while (end + 1 < cue->end && end - right < 30) {
        const dl_token *next = &text->tokens[end + 1];
        uint32_t index = work->quote_of[end + 1];
        if (index != DL_NONE && statements_is_mark(text, end + 1) && work->quotes.items[index].last < cue->end) {
            end = work->quotes.items[index].last; /* a quotation within is taken whole */
            continue;
        }
        if (statements_is_any(next->norm, stops) || statements_is_mark(text, end + 1) ||
            statements_in_time(work, end + 1))
            break;
        end++;
    }
    while (end > right &&
           (text->tokens[end].upos == DL_ADP || text->tokens[end].upos == DL_DET || text->tokens[end].upos == DL_ADV))
        end--;
    return end;
}

static void add_phrase(statements_work *work, draft *item, const cue_verb *cue, uint32_t noun, bool keep_preposition)
{
    const dl_text *text = work->text;
    if (noun == DL_NONE || noun <= cue->verb) return;
    uint32_t left = text->tokens[noun].left;
    uint32_t marker = dl_tree_case(text, noun);
    if (!keep_preposition && marker != DL_NONE && marker >= left && marker < noun) left = marker + 1;
    uint32_t right = within(text->tokens[noun].right, noun, cue->end - 1);
    statements_add_content(work, item, within(left, cue->last + 1, noun), phrase_end(work, cue, right));
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
    uint32_t label = complement(text, cue->verb, DL_DEP_XCOMP), end = cue->last;
    for (uint32_t t = cue->last + 1;
         t < cue->end && t < cue->last + 14 && !statements_is(text, t, ",") && text->tokens[t].upos != DL_VERB; t++)
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
    if (end > cue->last) statements_add_content(work, item, cue->last + 1, within(end, cue->last + 1, cue->end - 1));
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
        statements_add_content(work, item, cue->last + 1,
                               phrase_end(work, cue, within(text->tokens[t + 1].right, t + 1, cue->end - 1)));
        return;
    }
}

static void add_attitude(statements_work *work, draft *item, const cue_verb *cue)
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
                statements_add_content(work, item, within(text->tokens[object].left, cue->last + 1, noun),
                                       within(text->tokens[noun].right, noun, cue->end - 1));
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

/* ---- one verb ---- */

/* "..., he said, adding that ...": who spoke last in the sentence goes on. */
static void speaker_of_sentence(const statements_work *work, draft *item)
{
    size_t count = work->drafts.count;
    if (count < 2) return;
    const draft *before = &work->drafts.items[count - 2];
    if (before->cue_token == DL_NONE || before->speaker.first == DL_NONE || !before->said) return;
    if (work->text->tokens[before->cue_token].sentence != work->text->tokens[item->cue_token].sentence) return;
    item->speaker = before->speaker;
    item->speaker_head = before->speaker_head;
}

static bool is_modal(const dl_text *text, uint32_t verb)
{
    static const char *const modals[] = {"must", "should", "can", "could", "may", "might", "ought", NULL};
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c))
        if (text->tokens[c].deprel == DL_DEP_AUX && statements_is_any(statements_norm(text, c), modals)) return true;
    return false;
}

static bool make_draft(statements_work *work, const cue_verb *cue, dl_error *err)
{
    (void)err;
    draft *item = statements_new(work, cue->verb, cue->frames & FRAME_THOUGHT ? "verb of thought" : "verb of saying");
    if (!item) return false;
    const dl_text *text = work->text;
    item->cue = cue_words(text, cue);
    item->clause = cue_clause(text, cue);
    item->said = (cue->frames & FRAME_QUOTE) && !(cue->frames & FRAME_THOUGHT);
    if (!item->said && is_modal(text, cue->verb)) { /* "must decide", "should show": nobody has */
        work->drafts.count--;
        return true;
    }
    bool by_nobody = cue->subject == DL_NONE && dl_tree_is_passive(text, cue->verb);
    if (by_nobody)
        add_reported(work, item, cue);
    else if (cue->frames & (FRAME_CLAUSE | FRAME_QUOTE))
        add_saying(work, item, cue);
    if (!by_nobody && !item->content_count && cue->frames & (FRAME_INFINITIVE | FRAME_URGE)) {
        item->why = "verb of will";
        add_infinitive(work, item, cue);
    }
    bool speaker = cue->subject != DL_NONE && statements_may_speak(work, cue->subject);
    if (!item->content_count && speaker) {
        item->why = "attitude";
        add_attitude(work, item, cue);
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
    for (uint32_t i = 0; i < work->text->token_count; i++) {
        cue_verb cue;
        /* within a quotation the speaker is telling; "I think", "we want" are no statements of their own */
        if (work->quote_of[i] != DL_NONE && !work->quotes.items[work->quote_of[i]].single) continue;
        if (!read_verb(work, i, &cue)) continue;
        if (!make_draft(work, &cue, err)) return dl_fail_memory(err);
    }
    return DL_OK;
}
