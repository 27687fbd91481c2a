/* annotate.c - the model's scores into tags, lemmas, trees, names and signals of a text's tokens.
 *
 * Sentences are cut into parts of at most DL_MODEL_PART_WORDS words and read as many at a time as the session has room for. A
 * sentence of several parts keeps the first part's root; the others' roots hang on it as parataxis. */
#include "base/error.h"
#include "base/utf8.h"
#include "syntax/annotator.h"
#include "syntax/spanning.h"
#include "syntax/tree.h"

static const float argument_floor = 0.15f;
static const uint8_t outside_at_most = 216; /* of 255: a word that is a trigger with a chance of 15 in 100 */

typedef struct run {
    const dl_syntax *syntax;
    dl_arena *arena;
    dl_text *text;
    dl_model_session *session;
    dl_spanning *spanning;
    dl_model_word *words;
    uint32_t *first; /* of parts, in words of this read */
    bool *opens;
    size_t parts, room;
    enum { TAGS, TREES, ALL } depth;
    bool wanted[DL_MODEL_MAX_HEADS]; /* heads, where not all are */
    uint32_t start;  /* token that word 0 is */
    dl_str *feats;   /* copies of bundles, by label */
    uint8_t *best[DL_MODEL_MAX_HEADS], *probabilities[DL_MODEL_MAX_HEADS];
    DL_VEC(dl_argument) arguments;
    dl_error *err;
} run;

static uint32_t highest(const float *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

static uint32_t best_label(const run *r, int head, uint32_t word)
{
    size_t stride;
    const float *scores = dl_model_scores(r->session, (size_t)head, &stride);
    return highest(scores + word * stride, dl_model_labels(r->syntax->model, (size_t)head)->count);
}

static dl_status set_feats(run *r, dl_token *token, uint32_t word)
{
    uint32_t label = best_label(r, r->syntax->feats_head, word);
    if (!r->feats[label].ptr) {
        dl_str bundle = dl_strings_at(dl_model_labels(r->syntax->model, (size_t)r->syntax->feats_head), label);
        r->feats[label] = dl_arena_str(r->arena, dl_str_is(bundle, "_") ? DL_STR("") : bundle);
        if (!r->feats[label].ptr) return dl_fail_memory(r->err);
    }
    token->feats = r->feats[label];
    return DL_OK;
}

static dl_status set_tags(run *r, uint32_t word)
{
    const dl_syntax *s = r->syntax;
    dl_token *token = &r->text->tokens[r->start + word];
    if (s->upos_head >= 0) token->upos = s->upos[best_label(r, s->upos_head, word)];
    if (s->lemma_head >= 0) {
        dl_str form = r->words[word].form;
        token->lemma = dl_lemma_apply(s->scripts[best_label(r, s->lemma_head, word)], r->arena, form, token->norm);
        if (token->lemma.ptr) token->lemma = dl_known_lemma(&s->known, r->arena, (dl_upos)token->upos, token->norm, token->lemma);
        if (!token->lemma.ptr) return dl_fail_memory(r->err);
    }
    return s->feats_head >= 0 ? set_feats(r, token, word) : DL_OK;
}

static void set_tree(run *r, size_t part)
{
    uint32_t heads[DL_MODEL_PART_WORDS], relations[DL_MODEL_PART_WORDS], count = r->first[part + 1] - r->first[part];
    size_t stride;
    const float *scores = dl_model_arcs(r->session, part, &stride);
    dl_spanning_tree(r->spanning, scores, count, stride, heads);
    dl_model_relate(r->session, part, heads, relations);
    uint32_t base = r->start + r->first[part];
    for (uint32_t w = 0; w < count; w++) {
        dl_token *token = &r->text->tokens[base + w];
        token->head = heads[w] == 0 ? DL_NONE : base + heads[w] - 1;
        token->deprel = relations[w] == UINT32_MAX ? DL_DEP_ROOT : r->syntax->deprel[relations[w]];
        if (heads[w] != 0 || r->opens[part]) continue;
        token->head = dl_tree_root(r->text, token->sentence);
        token->deprel = DL_DEP_PARATAXIS;
    }
}

static bool is_plain_word(dl_str word)
{
    bool plain = word.len >= 4;
    for (size_t i = 0; i < word.len && plain; i++) plain = word.ptr[i] >= 'a' && word.ptr[i] <= 'z';
    return plain;
}

/* A plain word that the tree takes for a subject, object or complement is a noun, where no other part of speech fits it. */
static void mend_tags(run *r, size_t part)
{
    for (uint32_t t = r->start + r->first[part]; t < r->start + r->first[part + 1]; t++) {
        dl_token *token = &r->text->tokens[t];
        bool nominal = token->deprel == DL_DEP_NSUBJ || token->deprel == DL_DEP_NSUBJ_PASS || token->deprel == DL_DEP_OBJ || token->deprel == DL_DEP_OBL ||
                       token->deprel == DL_DEP_NMOD;
        dl_str form = dl_span_str(r->text->text, token->span);
        if (token->upos == DL_X && nominal && is_plain_word(form)) token->upos = DL_NOUN;
    }
}

/* Labels first, since making probabilities of the scores changes them. */
static void set_signal(run *r, size_t number)
{
    const dl_signal_kind *kind = &r->syntax->signals[number];
    uint32_t labels = kind->label_count;
    size_t stride;
    const float *scores = dl_model_scores(r->session, kind->head, &stride);
    for (size_t p = 0; p < r->parts; p++) {
        uint32_t first = r->first[p], count = r->first[p + 1] - first;
        uint8_t *best = r->best[number] + r->start + first;
        if (kind->spans) dl_bio_decode(&kind->bio, scores + first * stride, stride, count, best);
        for (uint32_t w = 0; !kind->spans && w < count; w++) best[w] = (uint8_t)highest(scores + (first + w) * stride, labels);
    }
    dl_model_soften(r->session, kind->head);
    uint8_t *out = r->probabilities[number] + (size_t)r->start * labels;
    for (size_t w = 0; w < r->first[r->parts]; w++)
        for (uint32_t i = 0; i < labels; i++) *out++ = (uint8_t)(scores[w * stride + i] * 255.0f + 0.5f);
}

static void set_names(run *r)
{
    const dl_syntax *s = r->syntax;
    const dl_signal_kind *kind = &s->signals[s->names_signal];
    for (uint32_t w = 0; w < r->first[r->parts]; w++) {
        uint32_t token = r->start + w;
        uint8_t label = r->best[s->names_signal][token];
        dl_token *t = &r->text->tokens[token];
        t->name = s->name_type[label];
        t->flags &= (uint8_t)~DL_TOKEN_NAME_BEGIN;
        t->name_score = 0;
        if (!t->name) continue;
        if (!kind->bio.inside[label]) t->flags |= DL_TOKEN_NAME_BEGIN;
        const uint8_t *p = r->probabilities[s->names_signal] + (size_t)token * kind->label_count;
        uint32_t sum = 0;
        for (uint32_t i = 0; i < kind->label_count; i++) sum += s->name_type[i] == t->name ? p[i] : 0;
        t->name_score = sum < 255 ? (float)sum / 255 : 1;
    }
}

static dl_status argue(run *r, size_t part, uint32_t trigger)
{
    uint32_t labels = dl_model_arguments(r->syntax->model)->count, first = r->first[part];
    size_t stride;
    const float *p = dl_model_argue(r->session, part, trigger - first, &stride);
    for (uint32_t w = 0; w < r->first[part + 1] - first; w++, p += stride) {
        uint32_t label = 1 + highest(p + 1, labels - 1);
        if (p[label] < argument_floor) continue;
        dl_argument *argument = DL_VEC_PUSH(r->arena, &r->arguments);
        if (!argument) return dl_fail_memory(r->err);
        *argument = (dl_argument){r->start + trigger, r->start + first + w, (uint8_t)label, p[label]};
    }
    return DL_OK;
}

/* A trigger is the last word of a span of the event head; so is a word that may well be one, though no span was made of it. */
static dl_status set_arguments(run *r, size_t part)
{
    const dl_syntax *s = r->syntax;
    if (s->event_signal < 0 || dl_model_arguments(s->model)->count < 2) return DL_OK;
    const dl_bio *bio = &s->signals[s->event_signal].bio;
    const uint8_t *best = r->best[s->event_signal] + r->start;
    size_t labels = s->signals[s->event_signal].label_count;
    const uint8_t *p = r->probabilities[s->event_signal] + (size_t)r->start * labels;
    dl_status status = DL_OK;
    for (uint32_t w = r->first[part], end = r->first[part + 1]; w < end && status == DL_OK; w++)
        if (best[w] == bio->outside ? p[(size_t)w * labels + bio->outside] <= outside_at_most : w + 1 == end || !bio->inside[best[w + 1]])
            status = argue(r, part, w);
    return status;
}

static bool is_wanted(const run *r, size_t signal)
{
    return r->depth == ALL || r->wanted[r->syntax->signals[signal].head];
}

/* What goes beyond tags: names and trees; signals and arguments. */
static dl_status set_structure(run *r)
{
    dl_status status = DL_OK;
    for (size_t i = 0; i < r->syntax->signal_count; i++)
        if (is_wanted(r, i)) set_signal(r, i);
    if (r->syntax->names_signal >= 0) set_names(r);
    for (size_t p = 0; p < r->parts && status == DL_OK; p++) {
        set_tree(r, p);
        mend_tags(r, p);
        if (r->depth == ALL) status = set_arguments(r, p);
    }
    return status;
}

static dl_status read_parts(run *r)
{
    if (r->parts == 0) return DL_OK;
    dl_status status = DL_OK;
    dl_model_read_heads(r->session, r->words, r->first, r->opens, r->parts, r->depth == ALL ? NULL : r->wanted, r->depth == TREES);
    for (uint32_t w = 0; w < r->first[r->parts] && status == DL_OK; w++) status = set_tags(r, w);
    if (status == DL_OK && r->depth != TAGS) status = set_structure(r);
    r->parts = 0;
    return status;
}

static dl_status add_part(run *r, uint32_t token, uint32_t count, bool opens)
{
    dl_status status = DL_OK;
    if (r->parts && (r->first[r->parts] + count > r->room || token != r->start + r->first[r->parts])) status = read_parts(r);
    if (r->parts == 0) {
        r->first[0] = 0;
        r->start = token;
    }
    uint32_t word = r->first[r->parts];
    for (uint32_t i = 0; i < count; i++) {
        const dl_token *t = &r->text->tokens[token + i];
        r->words[word + i] = (dl_model_word){dl_span_str(r->text->text, t->span), t->norm};
    }
    r->opens[r->parts++] = opens;
    r->first[r->parts] = word + count;
    return status;
}

static dl_status read_all(run *r)
{
    dl_status status = DL_OK;
    for (size_t i = 0; i < r->text->sentence_count && status == DL_OK; i++) {
        const dl_sentence *s = &r->text->sentences[i];
        for (uint32_t done = 0; done < s->count && status == DL_OK; done += DL_MODEL_PART_WORDS) {
            uint32_t count = s->count - done < DL_MODEL_PART_WORDS ? s->count - done : DL_MODEL_PART_WORDS;
            status = add_part(r, s->first + done, count, done == 0);
        }
    }
    return status == DL_OK ? read_parts(r) : status;
}

static void want_heads(run *r)
{
    const dl_syntax *s = r->syntax;
    int names = r->depth == TREES && s->names_signal >= 0 ? (int)s->signals[s->names_signal].head : -1;
    const int heads[] = {s->upos_head, s->feats_head, s->lemma_head, names};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (heads[i] >= 0) r->wanted[heads[i]] = true;
}

static bool prepare_structure(run *r, size_t tokens)
{
    const dl_syntax *s = r->syntax;
    r->spanning = dl_spanning_new(r->arena, tokens < DL_MODEL_PART_WORDS ? tokens : DL_MODEL_PART_WORDS);
    bool all = r->spanning != NULL;
    for (size_t i = 0; i < s->signal_count; i++) {
        if (!is_wanted(r, i)) continue;
        r->best[i] = dl_arena_alloc(r->arena, tokens);
        r->probabilities[i] = dl_arena_alloc(r->arena, tokens * s->signals[i].label_count);
        all = all && r->best[i] && r->probabilities[i];
    }
    return all;
}

static dl_status prepare(run *r)
{
    const dl_syntax *s = r->syntax;
    dl_arena *arena = r->arena;
    size_t tokens = r->text->token_count;
    dl_status status = dl_model_session_new(&r->session, s->model, arena, tokens, r->text->sentence_count, r->err);
    if (status != DL_OK) return status;
    r->room = dl_model_session_room(r->session);
    r->words = DL_NEW_ARRAY(arena, dl_model_word, r->room);
    r->first = DL_NEW_ARRAY(arena, uint32_t, r->room + 1);
    r->opens = DL_NEW_ARRAY(arena, bool, r->room);
    r->feats = DL_NEW_ARRAY(arena, dl_str, s->feats_head < 0 ? 1 : dl_model_labels(s->model, (size_t)s->feats_head)->count);
    bool all = r->words && r->first && r->opens && r->feats;
    want_heads(r);
    if (r->depth != TAGS) all = all && prepare_structure(r, tokens);
    return all ? DL_OK : dl_fail_memory(r->err);
}

/* The labels of a head, copied, since a document may outlive the model. */
static const dl_str *copy_labels(run *r, const dl_strings *labels)
{
    dl_str *out = DL_NEW_ARRAY(r->arena, dl_str, labels->count ? labels->count : 1);
    for (uint32_t i = 0; out && i < labels->count; i++) {
        out[i] = dl_arena_str(r->arena, dl_strings_at(labels, i));
        if (!out[i].ptr) return NULL;
    }
    return out;
}

static dl_status keep_signals(run *r)
{
    const dl_syntax *s = r->syntax;
    dl_signals *signals = DL_NEW(r->arena, dl_signals);
    dl_signal *items = DL_NEW_ARRAY(r->arena, dl_signal, s->signal_count + 1);
    if (!signals || !items) return dl_fail_memory(r->err);
    for (size_t i = 0; i < s->signal_count; i++) {
        const dl_signal_kind *kind = &s->signals[i];
        items[i] = (dl_signal){.name = dl_arena_str(r->arena, dl_model_head_name(s->model, kind->head)),
                               .labels = copy_labels(r, dl_model_labels(s->model, kind->head)), .label_count = kind->label_count,
                               .spans = kind->spans, .best = r->best[i], .probabilities = r->probabilities[i]};
        if (!items[i].name.ptr || !items[i].labels) return dl_fail_memory(r->err);
    }
    const dl_strings *arguments = dl_model_arguments(s->model);
    *signals = (dl_signals){items, s->signal_count, copy_labels(r, arguments), arguments->count, r->arguments.items, r->arguments.count};
    r->text->signals = signals;
    return signals->argument_labels ? DL_OK : dl_fail_memory(r->err);
}

static dl_status annotate(run *r)
{
    size_t tokens = r->text->token_count;
    for (size_t i = 0; i < tokens; i++) {
        r->text->tokens[i].head = DL_NONE;
        r->text->tokens[i].deprel = DL_DEP_NONE;
    }
    dl_status status = tokens > 0 ? prepare(r) : DL_OK;
    return status == DL_OK && tokens > 0 ? read_all(r) : status;
}

static dl_status end_with_trees(dl_text *text)
{
    dl_tree_link(text);
    text->parsed = text->tagged = true;
    return DL_OK;
}

dl_status dl_syntax_annotate(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err)
{
    run r = {.syntax = syntax, .arena = arena, .text = text, .depth = ALL, .err = err};
    dl_status status = annotate(&r);
    if (status == DL_OK && text->token_count > 0) status = keep_signals(&r);
    return status == DL_OK ? end_with_trees(text) : status;
}

dl_status dl_syntax_parse(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err)
{
    run r = {.syntax = syntax, .arena = arena, .text = text, .depth = TREES, .err = err};
    dl_status status = annotate(&r);
    return status == DL_OK ? end_with_trees(text) : status;
}

dl_status dl_syntax_tag(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err)
{
    run r = {.syntax = syntax, .arena = arena, .text = text, .depth = TAGS, .err = err};
    dl_status status = annotate(&r);
    if (status == DL_OK) text->tagged = true;
    return status;
}
