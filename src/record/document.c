/* document.c - the document's life and its getters. */
#include <stdlib.h>

#include "base/error.h"
#include "record/record.h"

dl_document *dl_document_new(void)
{
    dl_document *document = calloc(1, sizeof *document);
    if (document) dl_arena_init(&document->arena, 0);
    return document;
}

void dl_document_free(dl_document *document)
{
    if (!document) return;
    dl_arena_free(&document->arena);
    free(document);
}

void dl_document_warn(dl_document *document, dl_str sentence)
{
    dl_str copy = dl_arena_str(&document->arena, sentence);
    dl_str *slot = copy.ptr ? DL_VEC_PUSH(&document->arena, &document->warnings) : NULL;
    if (slot) *slot = copy;
}

dl_str dl_document_id(const dl_document *document) { return document->id; }
dl_str dl_document_engine(const dl_document *document) { return document->engine; }
dl_str dl_document_model(const dl_document *document) { return document->model; }
const dl_story *dl_document_story(const dl_document *document) { return &document->story; }
const dl_text *dl_document_text(const dl_document *document) { return &document->text; }
const dl_names *dl_document_names(const dl_document *document) { return &document->names; }
const dl_times *dl_document_times(const dl_document *document) { return &document->times; }
const dl_places *dl_document_places(const dl_document *document) { return &document->places; }
const dl_statements *dl_document_statements(const dl_document *document) { return &document->statements; }
const dl_casualties *dl_document_casualties(const dl_document *document) { return &document->casualties; }
const dl_events *dl_document_events(const dl_document *document) { return &document->events; }
const dl_talks *dl_document_talks(const dl_document *document) { return &document->talks; }
size_t dl_document_warning_count(const dl_document *document) { return document->warnings.count; }

dl_str dl_document_warning(const dl_document *document, size_t index)
{
    return index < document->warnings.count ? document->warnings.items[index] : (dl_str){0};
}

uint32_t dl_document_codepoint(const dl_document *document, uint32_t offset)
{
    return dl_codepoints_at(&document->codepoints, offset);
}

dl_status dl_document_json(const dl_document *document, unsigned layers, char **json, size_t *size, dl_error *err)
{
    *json = NULL;
    dl_json_out out = {0};
    dl_record_write(&out, document, layers ? layers : DL_LAYER_DEFAULT);
    dl_json_newline(&out);
    if (out.failed) {
        dl_json_out_free(&out);
        return dl_fail_memory(err);
    }
    *json = out.bytes;
    *size = out.len;
    return DL_OK;
}

void dl_free(void *memory)
{
    free(memory);
}

unsigned dl_layers_parse(const char *names)
{
    static const struct {
        const char *name;
        unsigned layer;
    } known[] = {{"page", DL_LAYER_PAGE},         {"sentences", DL_LAYER_SENTENCES},   {"tokens", DL_LAYER_TOKENS},
                 {"entities", DL_LAYER_ENTITIES}, {"names", DL_LAYER_ENTITIES},        {"places", DL_LAYER_PLACES},
                 {"times", DL_LAYER_TIMES},       {"statements", DL_LAYER_STATEMENTS}, {"events", DL_LAYER_EVENTS},
                 {"talks", DL_LAYER_TALKS},       {"tags", DL_LAYER_TAGS},             {"all", DL_LAYER_DEFAULT | DL_LAYER_TOKENS}};
    unsigned layers = 0;
    dl_str rest = dl_str_of(names), name;
    while (dl_str_next(&rest, ',', &name)) {
        size_t i = 0, count = sizeof known / sizeof *known;
        while (i < count && !dl_str_is(dl_str_trim(name), known[i].name)) i++;
        if (i == count) return 0;
        layers |= known[i].layer;
    }
    return layers;
}
