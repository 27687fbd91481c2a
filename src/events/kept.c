/* kept.c - what speaks for a word being an act: what the language model, the lists and the sentence say of it, for the trees of
 * data/events/kept.tsv. */
#include "events/kept.h"

#include "base/str.h"
#include "events/clause.h"
#include "syntax/tree.h"

enum { DEEP = 12, BESIDE = 12 }; /* steps up the tree; tokens */

int kept_feature_of(dl_str name)
{
#define X(id, text) text,
    static const char *const names[KEPT_FEATURE_COUNT] = {KEPT_FEATURES(X)};
#undef X
    for (int i = 0; i < KEPT_FEATURE_COUNT; i++)
        if (dl_str_is(name, names[i])) return i;
    return -1;
}

/* The model's word: the best for the act's type and for any other over its words, their mean, the best of the tokens beside its lead. */
static void mark_model(const coder *c, const draft *d, float *f)
{
    const trigger *lead = &c->triggers.items[d->lead];
    f[KEPT_SURE] = d->probability;
    for (size_t i = 0; i < d->member_count; i++) {
        const trigger *t = &c->triggers.items[d->members[i]];
        float own = hints_type(&c->hints, t->hint_token, d->event.type), other = hints_type(&c->hints, t->hint_token, DL_EVENT_NONE) - own;
        if (own > f[KEPT_OWN]) f[KEPT_OWN] = own;
        if (other > f[KEPT_OTHER]) f[KEPT_OTHER] = other;
        f[KEPT_MEAN] += t->score / (float)d->member_count;
    }
    float does = hints_role(&c->hints, lead->token, HINT_ACTOR), suffers = hints_role(&c->hints, lead->token, HINT_RECIPIENT);
    f[KEPT_ROLE] = does > suffers ? does : suffers;
    uint32_t from = sentence_start(c, lead->token), to = sentence_end(c, lead->token);
    for (uint32_t t = from; t < to; t++) {
        uint32_t gap = t < lead->first ? lead->first - t : t > lead->last ? t - lead->last : 0;
        if (!gap || gap > 4) continue;
        float beside = hints_type(&c->hints, t, DL_EVENT_NONE);
        if (beside > f[KEPT_NEAR]) f[KEPT_NEAR] = beside;
    }
}

static bool has_feature(const coder *c, uint32_t token, const char *feature)
{
    return dl_str_find(c->text->tokens[token].feats, dl_str_of(feature), 0) != SIZE_MAX;
}

static void mark_words(const coder *c, const draft *d, float *f)
{
    const trigger *lead = &c->triggers.items[d->lead];
    const dl_token *t = &c->text->tokens[lead->token];
    f[KEPT_WORDS] = (float)(lead->last - lead->first + 1), f[KEPT_MEMBERS] = (float)d->member_count;
    for (size_t i = 0; i < d->member_count; i++) {
        f[KEPT_LISTED] += c->triggers.items[d->members[i]].listed, f[KEPT_SPECIFIC] += c->triggers.items[d->members[i]].specific;
        if (!c->triggers.items[d->members[i]].effect) f[KEPT_EFFECT] = -1;
    }
    f[KEPT_EFFECT] += 1;
    f[KEPT_NOUN] = !clause_is_verb(c, lead->token), f[KEPT_ADJECTIVE] = t->upos == DL_ADJ, f[KEPT_PROPER] = t->upos == DL_PROPN;
    f[KEPT_PLURAL] = has_feature(c, lead->token, "Number=Plur"), f[KEPT_PARTICIPLE] = has_feature(c, lead->token, "VerbForm=Part");
    f[KEPT_INFINITIVE] = has_feature(c, lead->token, "VerbForm=Inf"), f[KEPT_GERUND] = has_feature(c, lead->token, "VerbForm=Ger");
    uint32_t start = clause_phrase_start(c, lead->token);
    f[KEPT_DEFINITE] = f[KEPT_NOUN] > 0 && (is_word(c, start, c->word_the) || is_word(c, start, c->word_this));
    f[KEPT_INDEFINITE] = f[KEPT_NOUN] > 0 && (dl_str_is(c->text->tokens[start].norm, "a") || dl_str_is(c->text->tokens[start].norm, "an"));
    f[KEPT_LIGHT] = is_class(c, lead->token, c->class_light);
}

static void mark_tree(const coder *c, const draft *d, float *f)
{
    uint32_t at = c->triggers.items[d->lead].token;
    switch (c->text->tokens[at].deprel) {
    case DL_DEP_ROOT: f[KEPT_ROOT] = 1; break;
    case DL_DEP_NSUBJ: case DL_DEP_NSUBJ_PASS: f[KEPT_SUBJECT] = 1; break;
    case DL_DEP_OBJ: f[KEPT_OBJECT] = 1; break;
    case DL_DEP_OBL: case DL_DEP_OBL_AGENT: f[KEPT_OBLIQUE] = 1; break;
    case DL_DEP_NMOD: case DL_DEP_AMOD: case DL_DEP_COMPOUND: f[KEPT_MODIFIER] = 1; break;
    case DL_DEP_ADVCL: case DL_DEP_ACL: case DL_DEP_ACL_RELCL: case DL_DEP_CCOMP: case DL_DEP_XCOMP: f[KEPT_CLAUSE] = 1; break;
    default: break;
    }
    for (; f[KEPT_DEPTH] < DEEP && c->text->tokens[at].head != DL_NONE; at = c->text->tokens[at].head) f[KEPT_DEPTH]++;
}

static void mark_sense(const coder *c, const draft *d, float *f)
{
    const trigger *lead = &c->triggers.items[d->lead];
    f[KEPT_COUNTED] = d->counted, f[KEPT_ANAPHOR] = lead->anaphor, f[KEPT_GOVERNED] = lead->governor != DL_NONE, f[KEPT_COMPLEMENT] = lead->complement;
    f[KEPT_UNREAL] = d->event.realis > DL_ONGOING, f[KEPT_NEGATED] = d->event.realis == DL_NEGATED || d->event.realis == DL_DENIED;
    f[KEPT_PLANNED] = d->event.realis == DL_PLANNED, f[KEPT_PAST] = d->event.background;
    f[KEPT_ACTORS] = (float)d->actors.count, f[KEPT_RECIPIENTS] = (float)d->recipients.count;
    for (size_t i = 0; i < d->actors.count; i++) {
        if (is_class(c, d->actors.items[i], CLASS_NAME)) f[KEPT_NAMED_ACTOR] = 1;
        if (is_class(c, d->actors.items[i], c->class_armed | c->class_state)) f[KEPT_ARMED_ACTOR] = 1;
    }
}

static bool meets(const dl_span *spans, size_t count, dl_span words)
{
    for (size_t i = 0; i < count; i++)
        if (spans[i].start < words.end && words.start < spans[i].end) return true;
    return false;
}

/* Whether it is told by somebody, in whose own words, or is itself the saying. */
static void mark_speech(const coder *c, const draft *d, float *f)
{
    const dl_statements *all = c->in->statements;
    uint32_t sentence = d->event.sentence;
    for (size_t i = statements_from(all, sentence > 2 ? sentence - 2 : 0); i < all->count && all->items[i].sentence <= sentence + 2; i++) {
        const dl_statement *s = &all->items[i];
        if (meets(s->cue, s->cue_count, d->event.trigger)) f[KEPT_CUE] = 1;
        else if (meets(s->content, s->content_count, d->event.trigger)) f[s->kind == DL_STATEMENT_INDIRECT ? KEPT_SAID : KEPT_QUOTED] = 1;
    }
}

static void mark_page(const coder *c, const drafts *all, size_t index, float *f)
{
    const draft *d = &all->items[index];
    uint32_t sentence = d->event.sentence;
    f[KEPT_HEADING] = is_in_heading(c, d);
    f[KEPT_ORDER] = (float)index, f[KEPT_SENTENCE] = (float)sentence, f[KEPT_SENTENCES] = (float)c->text->sentence_count;
    f[KEPT_LENGTH] = (float)c->text->sentences[sentence].count;
    size_t from = index;
    while (from > 0 && all->items[from - 1].event.sentence == sentence) from--;
    for (size_t i = from; i < all->count && all->items[i].event.sentence == sentence; i++) {
        uint32_t other = all->items[i].event.trigger_token, own = d->event.trigger_token;
        f[KEPT_BESIDE] += i != index && (other < own ? own - other : other - own) <= BESIDE;
    }
    for (uint32_t s = sentence ? sentence - 1 : 0; s <= sentence + 1 && s < c->text->sentence_count; s++) f[KEPT_WAR] += (float)c->war[s];
    f[KEPT_WAR_SHARE] = 1000.0f * (float)c->war_total / (float)(c->text->token_count + 1);
}

void describe_act(const coder *c, const drafts *all, size_t index, float *f)
{
    const draft *d = &all->items[index];
    memset(f, 0, KEPT_FEATURE_COUNT * sizeof *f);
    mark_model(c, d, f);
    mark_words(c, d, f);
    mark_tree(c, d, f);
    mark_sense(c, d, f);
    mark_speech(c, d, f);
    mark_page(c, all, index, f);
    f[KEPT_AGREE + d->event.type - DL_AGREE] = 1;
}
