/* write_story.c - the story and the layers that lie directly on its text. */
#include "record/write.h"

void write_page(const writer *w)
{
    const dl_story *story = &w->doc->story;
    write_text(w, "url", story->url);
    write_text(w, "site", story->site);
    write_text(w, "language", story->language);
    write_text(w, "title", story->title);
    dl_json_key(w->out, "authors");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < story->author_count; i++) dl_json_str(w->out, story->authors[i]);
    dl_json_close(w->out, ']');
    write_date(w, "published", story->published);
    write_text(w, "published_time", story->published_time);
    write_text(w, "published_from", story->published_from);
    write_date(w, "modified", story->modified);
    write_text(w, "modified_time", story->modified_time);
    write_text(w, "section", story->section);
    write_text(w, "access", dl_str_of(access_words[story->access]));
    write_text(w, "notice", story->notice);
    write_text(w, "encoding", story->encoding);
}

void write_blocks(const writer *w)
{
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < w->doc->story.block_count; i++) {
        const dl_block *block = &w->doc->story.blocks[i];
        dl_json_open(w->out, '{');
        dl_json_key(w->out, "span");
        write_span(w, block->span);
        write_text(w, "kind", dl_str_of(block_words[block->kind]));
        dl_json_close(w->out, '}');
    }
    dl_json_close(w->out, ']');
}

void write_sentences(const writer *w)
{
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < w->doc->text.sentence_count; i++) write_span(w, w->doc->text.sentences[i].span);
    dl_json_close(w->out, ']');
}

static void write_token(const writer *w, const dl_token *token)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "span");
    write_span(w, token->span);
    write_text(w, "lemma", token->lemma);
    if (token->upos) write_text(w, "upos", dl_str_of(dl_upos_name(token->upos)));
    if (token->deprel) {
        dl_json_key(w->out, "head");
        if (token->head == DL_NONE) dl_json_null(w->out);
        else dl_json_int(w->out, token->head);
        write_text(w, "deprel", dl_str_of(dl_deprel_name(token->deprel)));
    }
    dl_json_close(w->out, '}');
}

static void write_tokens(const writer *w)
{
    dl_json_key(w->out, "tokens");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < w->doc->text.token_count; i++) write_token(w, &w->doc->text.tokens[i]);
    dl_json_close(w->out, ']');
}

static void write_mentions(const writer *w, uint32_t entity)
{
    dl_json_key(w->out, "mentions");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < w->doc->names.mention_count; i++) {
        const dl_mention *mention = &w->doc->names.mentions[i];
        if (mention->entity != entity) continue;
        dl_json_open(w->out, '{');
        dl_json_key(w->out, "span");
        write_span(w, mention->span);
        write_text(w, "kind", dl_str_of(mention_words[mention->kind]));
        dl_json_close(w->out, '}');
    }
    dl_json_close(w->out, ']');
}

void write_entity(const writer *w, size_t index)
{
    const dl_entity *entity = &w->doc->names.entities[index];
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'E', index);
    write_text(w, "type", dl_str_of(dl_name_type_name(entity->type)));
    write_text(w, "name", entity->name);
    write_mentions(w, (uint32_t)index);
    write_text(w, "role", entity->role);
    write_text(w, "side", entity->side);
    write_text(w, "code", entity->code);
    write_confidence(w, entity->confidence);
    dl_json_close(w->out, '}');
}

void write_place(const writer *w, const dl_place *place, size_t index)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'P', index);
    dl_json_key(w->out, "span");
    write_span(w, place->span);
    write_text(w, "name", place->name);
    if (place->geonameid) {
        dl_json_key(w->out, "geonameid");
        dl_json_int(w->out, place->geonameid);
    }
    write_text(w, "gazetteer_id", place->gazetteer_id);
    dl_json_key(w->out, "lat");
    if (place->resolved) dl_json_real(w->out, place->lat, 5);
    else dl_json_null(w->out);
    dl_json_key(w->out, "lon");
    if (place->resolved) dl_json_real(w->out, place->lon, 5);
    else dl_json_null(w->out);
    write_text(w, "country", place->country);
    write_text(w, "admin1", place->admin1);
    write_text(w, "feature", place->feature);
    if (place->precision) write_text(w, "precision", dl_str_of(precision_words[place->precision]));
    write_ref(w, "entity", 'E', place->entity);
    if (place->nearby) write_text(w, "from", DL_STR("nearby")); /* the point is that of a place named beside it */
    write_confidence(w, place->confidence);
    write_text(w, "why", place->why);
    dl_json_close(w->out, '}');
}

void write_time(const writer *w, const dl_time *time, size_t index)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'T', index);
    dl_json_key(w->out, "span");
    write_span(w, time->span);
    write_text(w, "type", dl_str_of(time_words[time->type]));
    write_text(w, "value", time->value);
    write_text(w, "mod", time->mod);
    write_confidence(w, time->confidence);
    dl_json_close(w->out, '}');
}

void write_statement(const writer *w, const dl_statement *statement, size_t index)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'S', index);
    write_spans(w, "content", statement->content, statement->content_count);
    write_spans(w, "cue", statement->cue, statement->cue_count);
    write_spans(w, "speaker", statement->speaker, statement->speaker_count);
    write_ref(w, "entity", 'E', statement->entity);
    dl_json_key(w->out, "named");
    dl_json_bool(w->out, statement->named);
    write_text(w, "role", statement->role);
    write_text(w, "channel", statement->channel);
    write_text(w, "kind", dl_str_of(statement_words[statement->kind]));
    write_ref(w, "time", 'T', statement->time);
    write_confidence(w, statement->confidence);
    write_text(w, "why", statement->why);
    dl_json_close(w->out, '}');
}

static void write_list(const writer *w, const char *key, unsigned layer)
{
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < dl_record_item_count(w->doc, layer); i++) dl_record_write_item(w->out, w->doc, layer, i);
    dl_json_close(w->out, ']');
}

void write_story_layers(const writer *w, unsigned layers)
{
    if (layers & DL_LAYER_PAGE) write_page(w);
    write_text(w, "text", w->doc->story.text);
    if (layers & DL_LAYER_PAGE) dl_json_key(w->out, "blocks"), write_blocks(w);
    if (layers & DL_LAYER_SENTENCES) dl_json_key(w->out, "sentences"), write_sentences(w);
    if (layers & (DL_LAYER_TOKENS | DL_LAYER_TAGS)) write_tokens(w);
    if (layers & DL_LAYER_ENTITIES) write_list(w, "entities", DL_LAYER_ENTITIES);
    if (layers & DL_LAYER_PLACES) write_list(w, "places", DL_LAYER_PLACES);
    if (layers & DL_LAYER_TIMES) write_list(w, "times", DL_LAYER_TIMES);
    if (layers & DL_LAYER_STATEMENTS) write_list(w, "statements", DL_LAYER_STATEMENTS);
    if (layers & DL_LAYER_EVENTS) write_list(w, "events", DL_LAYER_EVENTS);
    if (layers & DL_LAYER_TALKS) write_list(w, "talks", DL_LAYER_TALKS);
}
