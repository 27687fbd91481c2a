/* engine.c - opens data and models once; runs the stages over one document in the order of the data. */
#include "dateline/engine.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/lexicon.h"
#include "base/map.h"
#include "casualties/casualties.h"
#include "engine/paths.h"
#include "events/events.h"
#include "names/names.h"
#include "page/page.h"
#include "places/places.h"
#include "record/record.h"
#include "statements/statements.h"
#include "syntax/syntax.h"
#include "talks/talks.h"
#include "text/text.h"
#include "times/times.h"

/* A story is never longer; a text that is holds many documents and would be coded for hours. */
enum { INPUT_LIMIT = 256 * 1024 * 1024, TEXT_LIMIT = 4 * 1024 * 1024 };

struct dl_engine {
    char version[64], model_version[64]; /* as in the record */
    unsigned layers;                     /* that it can make */
    dl_lexicon *lexicon;
    dl_syntax *syntax;
    dl_page_data *page;
    dl_text_data *text;
    dl_names_data *names;
    dl_times_data *times;
    dl_places_data *places;
    dl_statements_data *statements;
    dl_casualties_data *casualties;
    dl_events_data *events;
    dl_talks_data *talks;
};

/* What must run so that every layer asked for can be made. */
static unsigned needed(unsigned layers)
{
    if (layers & DL_LAYER_TALKS) layers |= DL_LAYER_EVENTS;
    if (layers & DL_LAYER_EVENTS) layers |= DL_LAYER_PLACES | DL_LAYER_STATEMENTS;
    if (layers & DL_LAYER_STATEMENTS) layers |= DL_LAYER_ENTITIES | DL_LAYER_TIMES;
    if (layers & DL_LAYER_PLACES) layers |= DL_LAYER_ENTITIES;
    if (layers & (DL_LAYER_ENTITIES | DL_LAYER_TIMES)) layers |= DL_LAYER_TOKENS;
    if (layers & DL_LAYER_TOKENS) layers |= DL_LAYER_TAGS;
    if (layers & (DL_LAYER_TAGS | DL_LAYER_EVENTS)) layers |= DL_LAYER_SENTENCES;
    return layers;
}

static dl_status open_stages(dl_engine *engine, const char *dir, const char *overlay, dl_error *err)
{
    const dl_lexicon *lexicon = engine->lexicon;
    unsigned opens = engine->layers;
    char gazetteer[DL_PATH_SIZE];
    dl_status status = dl_path_join(gazetteer, dir, "places.gazetteer", err);
    if (status == DL_OK) status = dl_page_open(&engine->page, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_SENTENCES) status = dl_text_open(&engine->text, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_ENTITIES) status = dl_names_open(&engine->names, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_TIMES) status = dl_times_open(&engine->times, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_PLACES) status = dl_places_open(&engine->places, lexicon, gazetteer, overlay, err);
    if (status == DL_OK && opens & DL_LAYER_STATEMENTS) status = dl_statements_open(&engine->statements, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_EVENTS) status = dl_casualties_open(&engine->casualties, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_EVENTS) status = dl_events_open(&engine->events, lexicon, err);
    if (status == DL_OK && opens & DL_LAYER_TALKS) status = dl_talks_open(&engine->talks, lexicon, err);
    return status;
}

static dl_status open_model(dl_engine *engine, const char *dir, const char *model, dl_error *err)
{
    char path[DL_PATH_SIZE], file[64];
    if (strcmp(model, "accurate") != 0 && strcmp(model, "fast") != 0)
        return dl_fail(err, DL_USAGE, NULL, 0, "no model is called '%s' (there are: accurate, fast)", model);
    if (!(engine->layers & DL_LAYER_TAGS)) return DL_OK;
    snprintf(file, sizeof file, "%s.dlm", model);
    dl_status status = dl_path_join(path, dir, file, err);
    if (status == DL_OK) status = dl_syntax_open(&engine->syntax, path, err);
    return status == DL_OK ? dl_syntax_use_words(engine->syntax, engine->lexicon, err) : status;
}

/* Adds the checksum of an image's header to `sum`; 0 on failure is fine, since opening the image tells why. */
static uint64_t add_checksum(uint64_t sum, const char *path)
{
    dl_map map;
    dl_image_header header = {0};
    if (dl_map_open(&map, path, NULL) != DL_OK) return sum;
    if (map.size >= sizeof header) memcpy(&header, map.bytes, sizeof header);
    dl_map_close(&map);
    return dl_hash(&header.checksum, sizeof header.checksum, sum);
}

static uint64_t add_file(uint64_t sum, const char *path)
{
    dl_map map;
    if (dl_map_open(&map, path, NULL) != DL_OK) return sum;
    sum = dl_hash(map.bytes, map.size, sum);
    dl_map_close(&map);
    return sum;
}

/* A record is only comparable with one that the same code, word lists, places and weights made. */
static dl_status name_versions(dl_engine *engine, const char *dir, const char *model, const char *overlay, dl_error *err)
{
    static const char *const images[] = {"dateline.lexicon", "places.gazetteer"};
    char path[DL_PATH_SIZE], file[64];
    uint64_t data = 0;
    for (size_t i = 0; i < 2; i++) {
        dl_status status = dl_path_join(path, dir, images[i], err);
        if (status != DL_OK) return status;
        data = add_checksum(data, path);
    }
    if (overlay) data = add_file(data, overlay);
    snprintf(file, sizeof file, "%s.dlm", model);
    dl_status status = dl_path_join(path, dir, file, err);
    if (status != DL_OK) return status;
    snprintf(engine->version, sizeof engine->version, "%s+%08x", dl_version(), (unsigned)(data >> 32));
    snprintf(engine->model_version, sizeof engine->model_version, "%s+%08x", model, (unsigned)(add_checksum(0, path) >> 32));
    return DL_OK;
}

static dl_status open_all(dl_engine *engine, const dl_engine_options *options, dl_error *err)
{
    char dir[DL_PATH_SIZE], path[DL_PATH_SIZE];
    dl_status status = dl_data_dir(dir, options ? options->data_dir : NULL, err);
    if (status == DL_OK) status = dl_path_join(path, dir, "dateline.lexicon", err);
    if (status == DL_OK) status = dl_lexicon_open(&engine->lexicon, path, err);
    if (status == DL_OK) status = open_stages(engine, dir, options ? options->overlay : NULL, err);
    const char *model = options && options->model ? options->model : "accurate";
    if (status == DL_OK) status = open_model(engine, dir, model, err);
    return status == DL_OK ? name_versions(engine, dir, model, options ? options->overlay : NULL, err) : status;
}

dl_status dl_engine_open(dl_engine **out, const dl_engine_options *options, dl_error *err)
{
    *out = NULL;
    dl_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return dl_fail_memory(err);
    engine->layers = options && options->layers ? needed(options->layers | DL_LAYER_PAGE) : UINT_MAX;
    dl_status status = open_all(engine, options, err);
    if (status != DL_OK) {
        dl_engine_close(engine);
        return status;
    }
    dl_lexicon_release(engine->lexicon); /* most was read to be made into tables of the stages */
    *out = engine;
    return DL_OK;
}

void dl_engine_close(dl_engine *engine)
{
    if (!engine) return;
    dl_talks_close(engine->talks);
    dl_events_close(engine->events);
    dl_casualties_close(engine->casualties);
    dl_statements_close(engine->statements);
    dl_places_close(engine->places);
    dl_times_close(engine->times);
    dl_names_close(engine->names);
    dl_text_close(engine->text);
    dl_page_close(engine->page);
    dl_syntax_close(engine->syntax);
    dl_lexicon_close(engine->lexicon);
    free(engine);
}

static bool own(dl_arena *arena, dl_str *str)
{
    if (!str->ptr) return true;
    *str = dl_arena_str(arena, str->len ? *str : DL_STR(""));
    return str->ptr != NULL;
}

/* What a page says of itself may still lie in the caller's bytes, which go before the document does. */
static dl_status own_story(dl_arena *arena, dl_story *story, dl_error *err)
{
    dl_str *const strings[] = {&story->title, &story->site, &story->url, &story->language, &story->section, &story->published_time,
                               &story->modified_time, &story->published_from, &story->notice, &story->encoding};
    dl_str *authors = DL_NEW_ARRAY(arena, dl_str, story->author_count + 1);
    bool owned = authors != NULL;
    for (size_t i = 0; owned && i < sizeof strings / sizeof *strings; i++) owned = own(arena, strings[i]);
    for (size_t i = 0; owned && i < story->author_count; i++) {
        authors[i] = story->authors[i];
        owned = own(arena, &authors[i]);
    }
    story->authors = authors;
    return owned ? DL_OK : dl_fail_memory(err);
}

static dl_status read_story(const dl_engine *engine, const dl_input *input, dl_document *doc, dl_error *err)
{
    dl_arena *arena = &doc->arena;
    if (input->kind == DL_INPUT_HTML) {
        dl_status status = dl_page_read(engine->page, arena, input->bytes, input->charset, input->url, &doc->story, err);
        if (status == DL_OK) status = own_story(arena, &doc->story, err);
        if (status != DL_OK) return status;
    } else {
        size_t valid = dl_utf8_valid_prefix(input->bytes);
        if (valid < input->bytes.len) return dl_fail(err, DL_BAD_DATA, NULL, valid, "the text is not UTF-8");
        const char *zero = input->bytes.len ? memchr(input->bytes.ptr, 0, input->bytes.len) : NULL;
        if (zero) return dl_fail(err, DL_BAD_DATA, NULL, (size_t)(zero - input->bytes.ptr), "the text holds U+0000");
        dl_str text = dl_arena_str(arena, input->bytes.ptr ? input->bytes : DL_STR(""));
        if (!text.ptr) return dl_fail_memory(err);
        dl_status status = dl_page_plain(arena, text, &doc->story, err);
        if (status != DL_OK) return status;
        doc->story.title = dl_arena_str(arena, input->title);
        doc->story.encoding = DL_STR("utf-8");
    }
    if (input->url.ptr) doc->story.url = dl_arena_str(arena, input->url);
    if (input->published.year) {
        doc->story.published = input->published;
        doc->story.published_time = (dl_str){0};
        doc->story.published_from = DL_STR("given");
    }
    return DL_OK;
}

static dl_status name_document(const dl_engine *engine, const dl_input *input, dl_document *doc, dl_error *err)
{
    dl_str key = doc->story.url.len ? doc->story.url : doc->story.text.len ? doc->story.text : input->bytes;
    doc->id = input->id.ptr ? dl_arena_str(&doc->arena, input->id)
                            : dl_arena_format(&doc->arena, "%016llx", (unsigned long long)dl_hash(key.ptr, key.len, 0));
    doc->engine = dl_arena_str(&doc->arena, dl_str_of(engine->version));
    doc->model = dl_arena_str(&doc->arena, dl_str_of(engine->model_version));
    return doc->id.ptr && doc->engine.ptr && doc->model.ptr ? DL_OK : dl_fail_memory(err);
}

static dl_status run_language(const dl_engine *engine, unsigned run, dl_document *doc, dl_error *err)
{
    dl_arena *arena = &doc->arena;
    dl_status status = DL_OK;
    if (run & DL_LAYER_SENTENCES) status = dl_text_split(engine->text, arena, &doc->story, &doc->text, err);
    bool more = run & ~(unsigned)(DL_LAYER_PAGE | DL_LAYER_SENTENCES | DL_LAYER_TOKENS | DL_LAYER_TAGS); /* than the model alone fills */
    if (status == DL_OK && run & DL_LAYER_TOKENS && engine->syntax)
        status = (more ? dl_syntax_annotate : dl_syntax_parse)(engine->syntax, arena, &doc->text, err);
    else if (status == DL_OK && run & DL_LAYER_TAGS && engine->syntax)
        status = dl_syntax_tag(engine->syntax, arena, &doc->text, err);
    if (status == DL_OK && run & DL_LAYER_ENTITIES)
        status = dl_names_find(engine->names, arena, &doc->text, &doc->story, &doc->names, err);
    if (status == DL_OK && run & DL_LAYER_TIMES)
        status = dl_times_find(engine->times, arena, &doc->text, &doc->story, &doc->times, err);
    return status;
}

static dl_status run_coding(const dl_engine *engine, unsigned run, bool why, dl_document *doc, dl_error *err)
{
    dl_arena *arena = &doc->arena;
    dl_status status = DL_OK;
    if (run & DL_LAYER_STATEMENTS)
        status = dl_statements_find(engine->statements, arena, &doc->text, &doc->names, &doc->times, why, &doc->statements, err);
    if (status == DL_OK && run & DL_LAYER_EVENTS)
        status = dl_casualties_find(engine->casualties, arena, &doc->text, &doc->names, &doc->casualties, err);
    dl_events_input layers = {&doc->story,  &doc->text,       &doc->names,      &doc->times,
                              &doc->places, &doc->statements, &doc->casualties, why, engine->names};
    if (status == DL_OK && run & DL_LAYER_EVENTS)
        status = dl_events_find(engine->events, arena, &layers, &doc->events, err);
    if (status == DL_OK && run & DL_LAYER_TALKS)
        status = dl_talks_find(engine->talks, arena, &layers, &doc->events, &doc->talks, err);
    return status;
}

static dl_status run_stages(const dl_engine *engine, const dl_input *input, const dl_options *options,
                            dl_document *doc, dl_error *err)
{
    unsigned run = needed(doc->layers);
    bool why = options && options->why;
    if (run & ~engine->layers) return dl_fail(err, DL_USAGE, NULL, 0, "the engine was opened for other layers");
    dl_status status = read_story(engine, input, doc, err);
    if (status == DL_OK) status = name_document(engine, input, doc, err);
    if (status == DL_OK) status = dl_codepoints_build(&doc->codepoints, &doc->arena, doc->story.text, err);
    if (status != DL_OK) return status;
    if (!doc->story.text.len) {
        dl_document_warn(doc, DL_STR("no story was found"));
        return DL_OK;
    }
    if (run & ~(unsigned)DL_LAYER_PAGE && doc->story.text.len > TEXT_LIMIT)
        return dl_fail(err, DL_LIMIT, NULL, TEXT_LIMIT, "the text is longer than 4 MiB; part it into documents");
    status = run_language(engine, run, doc, err);
    if (status == DL_OK && run & DL_LAYER_PLACES)
        status = dl_places_find(engine->places, &doc->arena, &doc->text, &doc->names, &doc->story, input->given_places,
                                input->given_place_count, input->resolve_given, why, &doc->places, err);
    if (status == DL_OK) status = run_coding(engine, run, why, doc, err);
    if (status == DL_OK && run & DL_LAYER_ENTITIES) status = dl_names_add_phrases(engine->names, &doc->arena, &doc->text, &doc->names, err);
    return status;
}

dl_status dl_extract(const dl_engine *engine, const dl_input *input, const dl_options *options, dl_document **out,
                     dl_error *err)
{
    *out = NULL;
    if (input->bytes.len > INPUT_LIMIT)
        return dl_fail(err, DL_LIMIT, NULL, INPUT_LIMIT, "the input is larger than 256 MiB");
    dl_document *doc = dl_document_new();
    if (!doc) return dl_fail_memory(err);
    doc->arena.limit = options ? options->memory_limit : 0;
    doc->layers = options && options->layers ? options->layers : DL_LAYER_DEFAULT;
    dl_status status = run_stages(engine, input, options, doc, err);
    if (status != DL_OK) {
        dl_document_free(doc);
        return status;
    }
    *out = doc;
    return DL_OK;
}
