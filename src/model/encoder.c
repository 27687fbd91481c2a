/* encoder.c - the accurate network: BERT with post-layer normalisation over word pieces.
 *
 * Sequences ([CLS], the pieces of whole words, [SEP]) are laid end to end without padding, some DL_BATCH_ROWS rows at a
 * time; attention alone looks at where one ends. Of the last layer only the words' first pieces are computed. */
#include <stdio.h>

#include "base/error.h"
#include "model/network.h"

static const float epsilon = 1e-12f;

/* Words [first, end) of one part as a sequence; those from `keep` on take their vectors from it. */
typedef struct sequence {
    uint32_t first, keep, end, rows;
} sequence;

static dl_status open_layer(dl_encoder *e, uint32_t number, dl_loader *loader, dl_error *err)
{
    dl_encoder_layer *layer = &e->layers[number];
    const struct {
        const char *name;
        uint32_t in, out;
        dl_linear *to;
    } parts[] = {{"qkv", e->dim, 3 * e->dim, &layer->qkv},
                 {"out", e->dim, e->dim, &layer->out},
                 {"up", e->dim, e->ffn, &layer->up},
                 {"down", e->ffn, e->dim, &layer->down}};
    char name[64];
    dl_status status = DL_OK;
    for (size_t i = 0; i < 4 && status == DL_OK; i++) {
        snprintf(name, sizeof name, "layer.%u.%s", number, parts[i].name);
        status = dl_load_linear(loader, name, parts[i].in, parts[i].out, parts[i].to, err);
    }
    snprintf(name, sizeof name, "layer.%u.norm1", number);
    if (status == DL_OK) status = dl_load_norm(loader, name, e->dim, &layer->norm1, err);
    snprintf(name, sizeof name, "layer.%u.norm2", number);
    return status == DL_OK ? dl_load_norm(loader, name, e->dim, &layer->norm2, err) : status;
}

static dl_status open_embeddings(dl_encoder *e, dl_loader *loader, dl_error *err)
{
    const dl_model_file *file = loader->file;
    const dl_tensor_record *t;
    dl_status status = dl_wordpiece_open(&e->wordpiece, file, err);
    uint32_t pieces = e->wordpiece.pieces.count;
    if (status == DL_OK) status = dl_file_parameter(file, "piece.cls", 0, (int64_t)pieces - 1, &e->cls, err);
    if (status == DL_OK) status = dl_file_parameter(file, "piece.sep", 0, (int64_t)pieces - 1, &e->sep, err);
    if (status == DL_OK) status = dl_file_parameter(file, "piece.unk", 0, (int64_t)pieces - 1, &e->wordpiece.unknown, err);
    if (status == DL_OK) status = dl_file_tensor(file, "embed.word.weight", DL_I8, pieces, e->dim, &t, err);
    if (status == DL_OK) e->word = dl_file_data(file, t);
    if (status == DL_OK) status = dl_file_floats(file, "embed.word.scale", pieces, DL_RANK_1, &e->word_scale, err);
    if (status == DL_OK) status = dl_file_floats(file, "embed.position", e->window, e->dim, &e->position, err);
    if (status == DL_OK) status = dl_file_floats(file, "embed.shape", 2 * DL_SHAPES + 1, e->dim, &e->shape, err);
    return status == DL_OK ? dl_load_norm(loader, "embed.norm", e->dim, &e->norm, err) : status;
}

dl_status dl_encoder_open(dl_encoder *e, dl_loader *loader, dl_error *err)
{
    dl_status status = dl_file_parameter(loader->file, "heads", 1, 64, &e->heads, err);
    if (status == DL_OK) status = dl_file_parameter(loader->file, "ffn", 16, 4096, &e->ffn, err);
    if (status == DL_OK) status = dl_file_parameter(loader->file, "window", 16, 512, &e->window, err);
    if (status != DL_OK) return status;
    uint32_t size = e->dim / e->heads;
    if (e->dim % e->heads || size % DL_LANES || size > 64)
        return dl_fail(err, DL_BAD_DATA, loader->file->source, sizeof(dl_image_header), "a head is %u wide, not 16, 32, 48 or 64", size);
    status = open_embeddings(e, loader, err);
    for (uint32_t i = 0; i < e->layer_count && status == DL_OK; i++) status = open_layer(e, i, loader, err);
    return status;
}

void dl_encoder_close(dl_encoder *e)
{
    dl_wordpiece_close(&e->wordpiece);
}

dl_status dl_encoder_memory(const dl_encoder *e, dl_arena *arena, size_t words, size_t parts, dl_network_memory *m, dl_error *err)
{
    size_t most = words * DL_MAX_PIECES + 2 * parts, rows = e->window > DL_BATCH_ROWS ? e->window : DL_BATCH_ROWS;
    if (rows > most && most > 0) rows = most;
    size_t inner = rows < DL_INNER_ROWS ? rows : DL_INNER_ROWS;
    *m = (dl_network_memory){.rows = rows};
    m->x = dl_aligned(arena, rows * e->dim * sizeof(float));
    m->y = dl_aligned(arena, rows * e->dim * sizeof(float));
    m->wide = dl_aligned(arena, rows * 3 * e->dim * sizeof(float));
    m->inner = dl_aligned(arena, inner * e->ffn * sizeof(float));
    m->scratch = dl_aligned(arena, dl_attention_scratch(e->window, e->dim / e->heads) * sizeof(float));
    m->q.q = dl_aligned(arena, rows * e->dim);
    m->q.scale = dl_aligned(arena, rows * sizeof(float));
    m->q_inner.q = dl_aligned(arena, inner * e->ffn);
    m->q_inner.scale = dl_aligned(arena, inner * sizeof(float));
    m->pieces = dl_aligned(arena, words * DL_MAX_PIECES * sizeof *m->pieces);
    m->piece_count = dl_aligned(arena, words);
    m->piece_shape = dl_aligned(arena, words);
    m->sequences = dl_aligned(arena, (words + parts) * sizeof(sequence));
    bool all = m->x && m->y && m->wide && m->inner && m->scratch && m->q.q && m->q.scale && m->q_inner.q && m->q_inner.scale && m->pieces &&
               m->piece_count && m->piece_shape && m->sequences;
    return all ? DL_OK : dl_fail_memory(err);
}

static void split_words(const dl_encoder *e, dl_network_memory *m, dl_parts parts)
{
    for (size_t w = 0; w < parts.first[parts.count]; w++) {
        m->piece_count[w] = (uint8_t)dl_wordpiece_split(&e->wordpiece, parts.words[w].norm, m->pieces + w * DL_MAX_PIECES);
        m->piece_shape[w] = (uint8_t)dl_word_shape(parts.words[w].form);
    }
}

/* As many words from `first` on as fit the window. */
static sequence fill_window(const dl_encoder *e, const dl_network_memory *m, uint32_t first, uint32_t end)
{
    sequence s = {first, first, first, 2};
    while (s.end < end && s.rows + m->piece_count[s.end] <= e->window) s.rows += m->piece_count[s.end++];
    return s;
}

/* Sequences of all parts; a long part's windows overlap by a quarter of their words. */
static size_t plan(const dl_encoder *e, dl_network_memory *m, dl_parts parts)
{
    sequence *sequences = m->sequences;
    size_t count = 0;
    for (size_t p = 0; p < parts.count; p++) {
        uint32_t end = parts.first[p + 1], overlap = 0;
        for (uint32_t first = parts.first[p]; first < end;) {
            sequence s = fill_window(e, m, first, end);
            s.keep = first + overlap / 2;
            sequences[count++] = s;
            if (s.end == end) break;
            overlap = (s.end - first) / 4;
            first = s.end - overlap;
        }
    }
    return count;
}

static void embed_sequence(const dl_encoder *e, const dl_kernels *k, dl_network_memory *m, sequence s, size_t row)
{
    size_t dim = e->dim;
    const float *position = e->position;
    float *x = m->x + row * dim;
    k->embed(x, e->word + e->cls * dim, e->word_scale[e->cls], position, e->shape, dim);
    for (uint32_t w = s.first; w < s.end; w++)
        for (uint32_t i = 0; i < m->piece_count[w]; i++) {
            uint32_t piece = m->pieces[(size_t)w * DL_MAX_PIECES + i], shape = m->piece_shape[w] + (i ? DL_SHAPES : 0);
            k->embed(x += dim, e->word + piece * dim, e->word_scale[piece], position += dim, e->shape + shape * dim, dim);
        }
    k->embed(x + dim, e->word + e->sep * dim, e->word_scale[e->sep], position + dim, e->shape, dim);
}

/* From attention's result to the layer's: x = norm(x + out(y)), then x = norm(x + down(gelu(up(x)))). */
static void finish_layer(const dl_encoder *e, const dl_encoder_layer *layer, const dl_kernels *k, dl_network_memory *m, size_t rows)
{
    size_t dim = e->dim;
    k->quantise(m->q, m->y, rows, dim, dim);
    k->linear(m->y, dim, m->q, rows, &layer->out, false);
    k->normalise(m->x, m->x, m->y, layer->norm1.gain, layer->norm1.shift, rows, dim, epsilon);
    k->quantise(m->q, m->x, rows, dim, dim);
    for (size_t row = 0; row < rows; row += DL_INNER_ROWS) {
        size_t some = rows - row < DL_INNER_ROWS ? rows - row : DL_INNER_ROWS;
        dl_quantised q = {m->q.q + row * dim, m->q.scale + row};
        k->linear(m->inner, e->ffn, q, some, &layer->up, true);
        k->quantise(m->q_inner, m->inner, some, e->ffn, e->ffn);
        k->linear(m->y + row * dim, dim, m->q_inner, some, &layer->down, false);
    }
    k->normalise(m->x, m->x, m->y, layer->norm2.gain, layer->norm2.shift, rows, dim, epsilon);
}

static void attend_all(const dl_encoder *e, const dl_encoder_layer *layer, const dl_kernels *k, dl_network_memory *m,
                       const sequence *sequences, size_t count, size_t rows)
{
    size_t dim = e->dim;
    k->quantise(m->q, m->x, rows, dim, dim);
    k->linear(m->wide, 3 * dim, m->q, rows, &layer->qkv, false);
    for (size_t i = 0, row = 0; i < count; row += sequences[i++].rows)
        k->attend(m->y + row * dim, m->wide + row * 3 * dim, sequences[i].rows, e->heads, dim / e->heads, m->scratch);
}

/* Moves the rows of the words' first pieces up to the front of x and y; gives how many. */
static size_t keep_words(const dl_encoder *e, dl_network_memory *m, const sequence *sequences, size_t count)
{
    size_t dim = e->dim, kept = 0, row = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = row + 1;
        for (uint32_t w = sequences[i].first; w < sequences[i].end; at += m->piece_count[w++]) {
            if (w < sequences[i].keep) continue;
            memmove(m->x + kept * dim, m->x + at * dim, dim * sizeof(float));
            memmove(m->y + kept * dim, m->y + at * dim, dim * sizeof(float));
            kept++;
        }
        row += sequences[i].rows;
    }
    return kept;
}

static void run_batch(const dl_encoder *e, const dl_kernels *k, dl_network_memory *m, const sequence *sequences, size_t count,
                      float *vectors)
{
    size_t dim = e->dim, rows = 0;
    for (size_t i = 0; i < count; rows += sequences[i++].rows) embed_sequence(e, k, m, sequences[i], rows);
    k->normalise(m->x, m->x, NULL, e->norm.gain, e->norm.shift, rows, dim, epsilon);
    for (uint32_t n = 0; n < e->layer_count; n++) {
        attend_all(e, &e->layers[n], k, m, sequences, count, rows);
        if (n + 1 == e->layer_count) rows = keep_words(e, m, sequences, count);
        finish_layer(e, &e->layers[n], k, m, rows);
    }
    for (size_t i = 0, row = 0; i < count; row += sequences[i].end - sequences[i].keep, i++)
        memcpy(vectors + sequences[i].keep * dim, m->x + row * dim, (sequences[i].end - sequences[i].keep) * dim * sizeof(float));
}

void dl_encoder_run(const dl_encoder *e, const dl_kernels *k, dl_network_memory *m, dl_parts parts, float *vectors)
{
    split_words(e, m, parts);
    const sequence *sequences = m->sequences;
    size_t count = plan(e, m, parts);
    for (size_t first = 0, next = 0; first < count; first = next) {
        size_t rows = 0, limit = m->rows < DL_BATCH_ROWS ? m->rows : DL_BATCH_ROWS;
        do rows += sequences[next++].rows;
        while (next < count && rows + sequences[next].rows <= limit);
        run_batch(e, k, m, sequences + first, next - first, vectors);
    }
}
