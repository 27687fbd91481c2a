/* place_features.c - prints the features of every mention and candidate of a set of texts, for train/places/learn.py.
 *
 * Usage: place_features DATA_DIR [given] < NDJSON   Each line has "id", "text" and, with `given`, "places":[{"span"}].
 * Each output line: {"id", "mentions":[{"span","kind","node","f"}], "nodes":[[{"id","lat","lon","country","f"}]]}, spans in code
 * points, "f" a flat list of feature number and value. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "dateline/engine.h"
#include "places/internal.h"

static void fail(const dl_error *err)
{
    fprintf(stderr, "place_features: %s: %s\n", err->source, err->message);
    exit(1);
}

static void put_features(dl_json_out *out, const float *features, int count)
{
    dl_json_key(out, "f");
    dl_json_open(out, '[');
    for (int i = 0; i < count; i++)
        if (features[i] != 0) dl_json_int(out, i), dl_json_real(out, (double)features[i], 4);
    dl_json_close(out, ']');
}

static void put_mention(dl_json_out *out, const mention *m, const dl_codepoints *points)
{
    dl_json_open(out, '{');
    dl_json_key(out, "span");
    dl_json_open(out, '[');
    dl_json_int(out, dl_codepoints_at(points, m->span.start)), dl_json_int(out, dl_codepoints_at(points, m->span.end));
    dl_json_close(out, ']');
    dl_json_key(out, "kind"), dl_json_int(out, m->kind);
    dl_json_key(out, "node"), dl_json_int(out, m->node == DL_NONE ? -1 : (int64_t)m->node);
    put_features(out, m->features, M_COUNT);
    dl_json_close(out, '}');
}

static void put_node(dl_json_out *out, const node *n)
{
    dl_json_open(out, '[');
    for (size_t i = 0; i < n->count; i++) {
        const candidate *c = &n->candidates[i];
        char country[2] = {(char)(c->country >> 8), (char)(c->country & 0xFF)};
        dl_json_open(out, '{');
        dl_json_key(out, "id"), dl_json_int(out, c->geonameid);
        dl_json_key(out, "lat"), dl_json_real(out, c->lat, 4);
        dl_json_key(out, "lon"), dl_json_real(out, c->lon, 4);
        dl_json_key(out, "country"), dl_json_str(out, (dl_str){country, c->country ? 2 : 0});
        put_features(out, c->features, C_COUNT);
        dl_json_close(out, '}');
    }
    dl_json_close(out, ']');
}

static size_t read_spans(dl_arena *arena, const dl_json *list, const dl_codepoints *points, dl_span **out)
{
    size_t count = 0;
    *out = DL_NEW_ARRAY(arena, dl_span, list ? list->count + 1 : 1);
    for (const dl_json *p = list ? list->first : NULL; p; p = p->next) {
        const dl_json *span = dl_json_get(p, "span");
        if (!span || span->count != 2) continue;
        (*out)[count++] = (dl_span){dl_codepoints_byte(points, (uint32_t)span->first->number),
                                    dl_codepoints_byte(points, (uint32_t)span->first->next->number)};
    }
    return count;
}

static void run(const dl_engine *engine, const dl_places_data *data, dl_str line, bool given, dl_json_out *out)
{
    dl_error err = {0};
    dl_arena arena;
    dl_arena_init(&arena, 0);
    const dl_json *root;
    if (dl_json_parse(&root, &arena, line, false, &err) != DL_OK) fail(&err);
    dl_input input = {.kind = DL_INPUT_TEXT, .bytes = dl_json_text(dl_json_get(root, "text"))};
    dl_options options = {.layers = DL_LAYER_TOKENS};
    dl_document *doc;
    if (dl_extract(engine, &input, &options, &doc, &err) != DL_OK) fail(&err);
    dl_codepoints points;
    if (dl_codepoints_build(&points, &arena, dl_document_story(doc)->text, &err) != DL_OK) fail(&err);
    dl_span *spans;
    size_t count = read_spans(&arena, dl_json_get(root, "places"), &points, &spans);
    place_page page = {.data = data, .arena = &arena, .text = dl_document_text(doc), .story = dl_document_story(doc), .given = given};
    if (places_analyse(&page, spans, count, &err) != DL_OK) fail(&err);
    dl_json_out_clear(out);
    dl_json_open(out, '{');
    dl_json_key(out, "id"), dl_json_str(out, dl_json_text(dl_json_get(root, "id")));
    dl_json_key(out, "mentions"), dl_json_open(out, '[');
    for (size_t i = 0; i < page.mentions.count; i++) put_mention(out, &page.mentions.items[i], &points);
    dl_json_close(out, ']');
    dl_json_key(out, "nodes"), dl_json_open(out, '[');
    for (size_t i = 0; i < page.nodes.count; i++) put_node(out, &page.nodes.items[i]);
    dl_json_close(out, ']');
    dl_json_close(out, '}');
    dl_json_newline(out);
    fwrite(out->bytes, 1, out->len, stdout);
    dl_document_free(doc);
    dl_arena_free(&arena);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    char path[1024];
    dl_error err = {0};
    dl_engine *engine;
    dl_engine_options options = {.data_dir = argv[1]};
    if (dl_engine_open(&engine, &options, &err) != DL_OK) fail(&err);
    dl_lexicon *lexicon;
    dl_places_data *data;
    snprintf(path, sizeof path, "%s/dateline.lexicon", argv[1]);
    if (dl_lexicon_open(&lexicon, path, &err) != DL_OK) fail(&err);
    snprintf(path, sizeof path, "%s/places.gazetteer", argv[1]);
    if (dl_places_open(&data, lexicon, path, NULL, &err) != DL_OK) fail(&err);
    dl_json_out out = {0};
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t len; (len = getline(&line, &capacity, stdin)) > 0;) run(engine, data, dl_str_trim((dl_str){line, (size_t)len}), argc > 2, &out);
    free(line);
    dl_json_out_free(&out);
    dl_places_close(data);
    dl_lexicon_close(lexicon);
    dl_engine_close(engine);
    return 0;
}
