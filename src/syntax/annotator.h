/* annotator.h - what syntax.c opens and annotate.c runs. */
#ifndef DL_SYNTAX_ANNOTATOR_H
#define DL_SYNTAX_ANNOTATOR_H

#include "model/model.h"
#include "syntax/base_form.h"
#include "syntax/bio.h"
#include "syntax/lemma.h"
#include "syntax/signals.h"
#include "syntax/syntax.h"

enum { MAX_TAGS = 64, MAX_RELATIONS = 256 };

typedef struct dl_signal_kind {
    size_t head;
    dl_str *labels; /* in the model's file */
    uint32_t label_count;
    bool spans;
    dl_bio bio;
} dl_signal_kind;

struct dl_syntax {
    dl_model *model;
    int upos_head, feats_head, lemma_head;  /* of the model, -1: none */
    int names_signal, event_signal;         /* of signals below, -1: none */
    uint8_t upos[MAX_TAGS], deprel[MAX_RELATIONS], name_type[DL_BIO_LABELS];
    dl_lemma_script *scripts;
    dl_known_lemmas known;
    dl_signal_kind signals[DL_MODEL_MAX_HEADS];
    size_t signal_count;
};

/* A syntax over a model that is open already; it takes the model over, even when it fails. */
dl_status dl_syntax_of_model(dl_syntax **out, dl_model *model, const char *source, dl_error *err);

#endif
