/* syntax.c - opening a model for the syntax of a text: its labels are tied to the tags, relations and types of text.h. */
#include <stdlib.h>

#include "base/error.h"
#include "syntax/annotator.h"
#include "syntax/labels.h"

static dl_status bad_label(const char *path, const char *what, dl_str label, dl_error *err)
{
    return dl_fail(err, DL_BAD_DATA, path, 0, "the model's %s '%.*s' is not known", what, (int)(label.len < 64 ? label.len : 64), label.ptr);
}

static dl_status tie_tags(dl_syntax *s, const char *path, dl_error *err)
{
    const dl_strings *labels = s->upos_head < 0 ? NULL : dl_model_labels(s->model, (size_t)s->upos_head);
    for (uint32_t i = 0; labels && i < labels->count; i++) {
        dl_str label = dl_strings_at(labels, i);
        if (i >= MAX_TAGS || !(s->upos[i] = dl_upos_of(label))) return bad_label(path, "tag", label, err);
    }
    return DL_OK;
}

static dl_status tie_relations(dl_syntax *s, const char *path, dl_error *err)
{
    const dl_strings *labels = dl_model_relations(s->model);
    for (uint32_t i = 0; i < labels->count; i++)
        if (!(s->deprel[i] = dl_deprel_of(dl_strings_at(labels, i)))) return bad_label(path, "relation", dl_strings_at(labels, i), err);
    return DL_OK;
}

static dl_status tie_lemmas(dl_syntax *s, const char *path, dl_error *err)
{
    if (s->lemma_head < 0) return DL_OK;
    const dl_strings *labels = dl_model_labels(s->model, (size_t)s->lemma_head);
    s->scripts = calloc(labels->count, sizeof *s->scripts);
    if (!s->scripts) return dl_fail_memory(err);
    for (uint32_t i = 0; i < labels->count; i++)
        if (!dl_lemma_parse(&s->scripts[i], dl_strings_at(labels, i))) return bad_label(path, "edit script", dl_strings_at(labels, i), err);
    return DL_OK;
}

static dl_status tie_names(dl_syntax *s, const char *path, dl_error *err)
{
    if (s->names_signal < 0) return DL_OK;
    const dl_signal_kind *kind = &s->signals[s->names_signal];
    if (!kind->spans) return dl_fail(err, DL_BAD_DATA, path, 0, "the labels of the head 'names' mark no spans");
    for (uint32_t i = 0; i < kind->label_count; i++) {
        if (i == kind->bio.outside) continue;
        dl_str type = dl_str_slice(kind->labels[i], 2, kind->labels[i].len);
        if (!(s->name_type[i] = dl_name_type_of(type))) return bad_label(path, "type of names", type, err);
    }
    return DL_OK;
}

/* The labels of a head that becomes a signal: all but tags, features and lemmas. */
static dl_status tie_signal(dl_syntax *s, size_t head, const char *path, dl_error *err)
{
    const dl_strings *labels = dl_model_labels(s->model, head);
    dl_signal_kind *kind = &s->signals[s->signal_count];
    kind->head = head;
    kind->label_count = labels->count;
    if (labels->count > 255) return dl_fail(err, DL_BAD_DATA, path, 0, "a head has over 255 labels");
    kind->labels = calloc(labels->count, sizeof *kind->labels);
    if (!kind->labels) return dl_fail_memory(err);
    s->signal_count++;
    for (uint32_t i = 0; i < labels->count; i++) kind->labels[i] = dl_strings_at(labels, i);
    kind->spans = dl_bio_open(&kind->bio, kind->labels, labels->count, dl_model_transitions(s->model, head));
    dl_str name = dl_model_head_name(s->model, head);
    if (dl_str_is(name, "names")) s->names_signal = (int)s->signal_count - 1;
    if (dl_str_is(name, "event") && kind->spans) s->event_signal = (int)s->signal_count - 1;
    return DL_OK;
}

static dl_status tie_all(dl_syntax *s, const char *path, dl_error *err)
{
    s->upos_head = dl_model_head(s->model, "upos");
    s->feats_head = dl_model_head(s->model, "feats");
    s->lemma_head = dl_model_head(s->model, "lemma");
    s->names_signal = s->event_signal = -1;
    dl_status status = tie_tags(s, path, err);
    if (status == DL_OK) status = tie_relations(s, path, err);
    if (status == DL_OK) status = tie_lemmas(s, path, err);
    for (size_t i = 0; i < dl_model_head_count(s->model) && status == DL_OK; i++)
        if ((int)i != s->upos_head && (int)i != s->feats_head && (int)i != s->lemma_head) status = tie_signal(s, i, path, err);
    return status == DL_OK ? tie_names(s, path, err) : status;
}

dl_status dl_syntax_open(dl_syntax **out, const char *model_path, dl_error *err)
{
    *out = NULL;
    dl_model *model;
    dl_status status = dl_model_open(&model, model_path, err);
    return status == DL_OK ? dl_syntax_of_model(out, model, model_path, err) : status;
}

dl_status dl_syntax_of_model(dl_syntax **out, dl_model *model, const char *source, dl_error *err)
{
    *out = NULL;
    dl_syntax *s = calloc(1, sizeof *s);
    if (!s) {
        dl_model_close(model);
        return dl_fail_memory(err);
    }
    s->model = model;
    dl_status status = tie_all(s, source, err);
    if (status == DL_OK) *out = s;
    else dl_syntax_close(s);
    return status;
}

dl_status dl_syntax_use_words(dl_syntax *s, const dl_lexicon *lexicon, dl_error *err)
{
    return dl_known_lemmas_open(&s->known, lexicon, err);
}

void dl_syntax_close(dl_syntax *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->signal_count; i++) free(s->signals[i].labels);
    free(s->scripts);
    dl_model_close(s->model);
    free(s);
}
