/* read.c - a record back from JSON: its outline, page and sentences.
 *
 * Whatever the bytes, the document that comes out keeps the promises of dl_record_check; whatever it breaks is refused with the
 * byte of the value at fault. What dl_record_write wrote reads back to a document that it writes again byte for byte. */
#include "base/error.h"
#include "record/read.h"
#include "record/write.h"

static void read_blocks(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "blocks", DL_JSON_ARRAY);
    dl_block *blocks = list ? read_array(r, list->count, sizeof *blocks) : NULL;
    if (!blocks) return;
    size_t count = 0;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next) {
        blocks[count].span = read_span_of(r, item, "span");
        blocks[count].kind = (dl_block_kind)read_word(r, item, "kind", block_words);
        if (count && blocks[count].span.start < blocks[count - 1].span.end) read_fault(r, item, "a block overlaps the one before");
        count++;
    }
    r->doc->story.blocks = blocks;
    r->doc->story.block_count = count;
}

void read_page(reader *r, const dl_json *root)
{
    dl_story *story = &r->doc->story;
    story->url = read_text(r, root, "url");
    story->site = read_text(r, root, "site");
    story->language = read_text(r, root, "language");
    story->title = read_text(r, root, "title");
    story->authors = read_strings(r, root, "authors", &story->author_count);
    story->published = read_date(r, root, "published");
    story->published_time = read_text(r, root, "published_time");
    story->published_from = read_text(r, root, "published_from");
    story->modified = read_date(r, root, "modified");
    story->modified_time = read_text(r, root, "modified_time");
    story->section = read_text(r, root, "section");
    story->access = (dl_access)read_word(r, root, "access", access_words);
    story->notice = read_text(r, root, "notice");
    story->encoding = read_text(r, root, "encoding");
    read_blocks(r, root);
}

void read_sentences(reader *r, const dl_json *root)
{
    size_t count;
    const dl_span *spans = read_spans(r, root, "sentences", &count);
    dl_sentence *sentences = spans ? read_array(r, count, sizeof *sentences) : NULL;
    if (!sentences) return;
    for (size_t i = 0; i < count; i++) {
        sentences[i].span = spans[i];
        if (i && spans[i].start < spans[i - 1].end) read_fault(r, dl_json_get(root, "sentences"), "a sentence overlaps the one before");
    }
    r->doc->text.sentences = sentences;
    r->doc->text.sentence_count = count;
}

static void read_warnings(reader *r, const dl_json *root)
{
    size_t count;
    const dl_str *warnings = read_strings(r, root, "warnings", &count);
    for (size_t i = 0; i < count && r->status == DL_OK; i++) dl_document_warn(r->doc, warnings[i]);
}

static void read_outline(reader *r, const dl_json *root)
{
    const dl_json *schema = read_needed(r, root, "schema", DL_JSON_STRING), *id = read_needed(r, root, "id", DL_JSON_STRING);
    const dl_json *text = read_needed(r, root, "text", DL_JSON_STRING);
    if (r->status != DL_OK) return;
    if (!dl_str_is(schema->text, "dateline/1")) read_fault(r, schema, "a record of a schema other than dateline/1");
    if (!id->text.len) read_fault(r, id, "the id is empty");
    if (text->text.len >= UINT32_MAX) read_fault(r, text, "the text is too long");
    r->doc->id = read_string(r, id);
    r->doc->engine = read_text(r, root, "engine");
    r->doc->model = read_text(r, root, "model");
    r->doc->story.text = r->doc->text.text = read_string(r, text);
    if (r->status == DL_OK) r->status = dl_codepoints_build(&r->doc->codepoints, &r->doc->arena, r->doc->story.text, r->err);
    if (r->status == DL_OK) r->length = (uint32_t)dl_utf8_length(r->doc->story.text);
}

static unsigned layers_of(const dl_json *root)
{
    static const struct {
        const char *key;
        unsigned layer;
    } known[] = {{"blocks", DL_LAYER_PAGE},         {"sentences", DL_LAYER_SENTENCES}, {"entities", DL_LAYER_ENTITIES},
                 {"places", DL_LAYER_PLACES},       {"times", DL_LAYER_TIMES},         {"statements", DL_LAYER_STATEMENTS},
                 {"events", DL_LAYER_EVENTS},       {"talks", DL_LAYER_TALKS}};
    unsigned layers = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dl_json_get(root, known[i].key)) layers |= known[i].layer;
    return layers;
}

/* A layer may point only at those read before it. */
static void read_all(reader *r, const dl_json *root)
{
    r->doc->layers = layers_of(root);
    read_outline(r, root);
    read_page(r, root);
    read_sentences(r, root);
    read_entities(r, root);
    read_places(r, root);
    read_times(r, root);
    read_statements(r, root);
    read_events(r, root);
    read_talks(r, root);
    read_warnings(r, root);
    if (r->status == DL_OK) r->status = dl_record_check(r->doc, r->err);
}

dl_status dl_record_read(dl_document **out, const dl_json *root, dl_error *err)
{
    *out = NULL;
    if (root->kind != DL_JSON_OBJECT) return dl_fail(err, DL_BAD_DATA, NULL, root->start, "a record is an object");
    reader r = {.doc = dl_document_new(), .err = err};
    if (!r.doc) return dl_fail_memory(err);
    read_all(&r, root);
    if (r.status != DL_OK) {
        dl_document_free(r.doc);
        return r.status;
    }
    *out = r.doc;
    return DL_OK;
}

dl_status dl_document_read(dl_document **out, const char *json, size_t size, dl_error *err)
{
    *out = NULL;
    dl_str input = {json, size};
    size_t valid = dl_utf8_valid_prefix(input);
    if (valid < size) return dl_fail(err, DL_BAD_DATA, NULL, valid, "the record is not UTF-8");
    dl_arena arena;
    dl_arena_init(&arena, 0);
    const dl_json *root;
    dl_status status = dl_json_parse(&root, &arena, input, false, err);
    if (status == DL_OK) status = dl_record_read(out, root, err);
    dl_arena_free(&arena);
    return status;
}
