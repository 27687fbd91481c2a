/* model.h - the language model: words in, scores of tags, heads and relations out.
 *
 * A model is a mapped file (docs/model-format.md), read-only after opening and shared by threads. A session holds the memory of
 * one document's analysis, taken from its arena at once, so that nothing allocates while it runs. What the model
 * says of a sentence depends on the sentence alone, not on its neighbours, the batch, or the machine. */
#ifndef DL_MODEL_MODEL_H
#define DL_MODEL_MODEL_H

#include "model/file.h"
#include "model/words.h"

typedef struct dl_model dl_model;

enum { DL_MODEL_PART_WORDS = 256, DL_MODEL_MAX_HEADS = 32 };

/* DL_IO when there is no such file; DL_BAD_DATA names the byte. */
dl_status dl_model_open(dl_model **out, const char *path, dl_error *err);
/* The same on bytes in memory, which must outlive the model and be aligned to 8; `verify` checks the checksum. */
dl_status dl_model_load(dl_model **out, const void *bytes, size_t size, const char *source, bool verify, dl_error *err);
void dl_model_close(dl_model *model); /* NULL is fine */

/* Runs with another kernel set than the machine's best; for tests and measurements. */
void dl_model_use(dl_model *model, const dl_kernels *kernels);
const char *dl_model_kernels(const dl_model *model);
dl_str dl_model_card(const dl_model *model); /* JSON */

/* ---- what it can say ---- */

size_t dl_model_head_count(const dl_model *model);
dl_str dl_model_head_name(const dl_model *model, size_t head);
int dl_model_head(const dl_model *model, const char *name); /* number of a head, or -1 */
const dl_strings *dl_model_labels(const dl_model *model, size_t head);
const float *dl_model_transitions(const dl_model *model, size_t head); /* [labels][labels] or NULL */
const dl_strings *dl_model_relations(const dl_model *model);
const dl_strings *dl_model_arguments(const dl_model *model); /* labels of arguments, "none" the first; count 0 where there are none */

/* ---- saying it ---- */

typedef struct dl_model_session dl_model_session;

/* For documents of `words` words in `sentences` sentences, analysed in turn. */
dl_status dl_model_session_new(dl_model_session **out, const dl_model *model, dl_arena *arena, size_t words, size_t sentences,
                               dl_error *err);
/* The words that one run may take; a part has at most DL_MODEL_PART_WORDS. */
size_t dl_model_session_room(const dl_model_session *session);

/* Reads parts of sentences: part p is words first[p] to first[p + 1]; opens[p] says that it begins its sentence. */
void dl_model_read(dl_model_session *session, const dl_model_word *words, const uint32_t *first, const bool *opens, size_t parts);
/* The same for the scores of some heads alone, those h with wanted[h]: there are no arguments then, and no arcs and relations without `trees`. */
void dl_model_read_heads(dl_model_session *session, const dl_model_word *words, const uint32_t *first, const bool *opens, size_t parts,
                         const bool *wanted, bool trees);

/* Scores of a head's labels for word w of the last read: scores[w * *stride + label]. */
const float *dl_model_scores(const dl_model_session *session, size_t head, size_t *stride);
/* Turns a head's scores of the last read into probabilities of its labels, in place. */
void dl_model_soften(dl_model_session *session, size_t head);
/* The word vectors, [words][*dim]. */
const float *dl_model_vectors(const dl_model_session *session, size_t *dim);
/* Arc scores of a part of n words: scores[dependent * *stride + head], head 0 being the root and h + 1 the part's word h.
 * Valid until the next call. */
const float *dl_model_arcs(dl_model_session *session, size_t part, size_t *stride);
/* The best relation of each word of a part under the heads given (numbered as in dl_model_arcs), as labels of
 * dl_model_relations; the word under the root gets the label UINT32_MAX. */
void dl_model_relate(dl_model_session *session, size_t part, const uint32_t *heads, uint32_t *relations);
/* What each word of a part is to the trigger, a word of the part: probabilities[w * *stride + label of dl_model_arguments].
 * Valid until the next call. */
const float *dl_model_argue(dl_model_session *session, size_t part, size_t trigger, size_t *stride);

#endif
