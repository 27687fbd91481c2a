/* check.c - what must hold of every finished document, whatever the page. */
#include "base/error.h"
#include "record/record.h"

typedef struct checker {
    const dl_document *doc;
    dl_error *err;
    dl_status status;
} checker;

static void wrong(checker *c, size_t offset, const char *layer, size_t index, const char *what)
{
    if (c->status != DL_OK) return;
    c->status = dl_fail(c->err, DL_BAD_DATA, layer, offset, "%s %zu: %s", layer, index + 1, what);
}

static bool boundary(dl_str text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void span(checker *c, dl_span s, const char *layer, size_t index)
{
    dl_str text = c->doc->story.text;
    if (s.start >= s.end || s.end > text.len) wrong(c, s.start, layer, index, "a span outside the text");
    else if (!boundary(text, s.start) || !boundary(text, s.end)) wrong(c, s.start, layer, index, "a span inside a character");
}

static void spans(checker *c, const dl_span *items, size_t count, const char *layer, size_t index)
{
    for (size_t i = 0; i < count; i++) span(c, items[i], layer, index);
}

static void ref(checker *c, uint32_t ref, size_t count, const char *layer, size_t index)
{
    if (ref != DL_NONE && ref >= count) wrong(c, 0, layer, index, "points at an item that is not there");
}

static void check_text(checker *c)
{
    const dl_text *text = &c->doc->text;
    for (size_t i = 0; i < c->doc->story.block_count; i++) {
        span(c, c->doc->story.blocks[i].span, "block", i);
        if (i && c->doc->story.blocks[i].span.start < c->doc->story.blocks[i - 1].span.end)
            wrong(c, c->doc->story.blocks[i].span.start, "block", i, "overlaps the one before");
    }
    for (size_t i = 0; i < text->sentence_count; i++) {
        const dl_sentence *sentence = &text->sentences[i];
        span(c, sentence->span, "sentence", i);
        if (sentence->first + (size_t)sentence->count > text->token_count) wrong(c, 0, "sentence", i, "tokens out of range");
    }
    for (size_t i = 0; i < text->token_count; i++) {
        span(c, text->tokens[i].span, "token", i);
        ref(c, text->tokens[i].head, text->token_count, "token", i);
        ref(c, text->tokens[i].sentence, text->sentence_count, "token", i);
    }
}

static void check_names(checker *c)
{
    const dl_names *names = &c->doc->names;
    for (size_t i = 0; i < names->mention_count; i++) {
        span(c, names->mentions[i].span, "mention", i);
        ref(c, names->mentions[i].entity, names->entity_count, "mention", i);
        ref(c, names->mentions[i].head, c->doc->text.token_count, "mention", i);
    }
    for (size_t i = 0; i < names->entity_count; i++)
        if (!names->entities[i].name.len) wrong(c, 0, "entity", i, "has no name");
}

static void check_places_and_times(checker *c)
{
    for (size_t i = 0; i < c->doc->places.count; i++) {
        const dl_place *place = &c->doc->places.items[i];
        span(c, place->span, "place", i);
        ref(c, place->entity, c->doc->names.entity_count, "place", i);
        if (place->resolved && !(place->lat >= -90 && place->lat <= 90 && place->lon >= -180 && place->lon <= 180))
            wrong(c, place->span.start, "place", i, "lies on no map");
    }
    for (size_t i = 0; i < c->doc->times.count; i++) {
        span(c, c->doc->times.items[i].span, "time", i);
        if (!c->doc->times.items[i].value.len) wrong(c, c->doc->times.items[i].span.start, "time", i, "has no value");
    }
}

static void check_statements(checker *c)
{
    for (size_t i = 0; i < c->doc->statements.count; i++) {
        const dl_statement *s = &c->doc->statements.items[i];
        if (!s->content_count) wrong(c, 0, "statement", i, "has no content");
        spans(c, s->content, s->content_count, "statement", i);
        spans(c, s->cue, s->cue_count, "statement", i);
        spans(c, s->speaker, s->speaker_count, "statement", i);
        ref(c, s->entity, c->doc->names.entity_count, "statement", i);
        ref(c, s->time, c->doc->times.count, "statement", i);
    }
}

static void check_range(checker *c, dl_range range, size_t index)
{
    if (range.known && (range.min < 0 || (!range.open && range.max < range.min)))
        wrong(c, c->doc->events.items[index].trigger.start, "event", index, "a range that ends before it begins");
}

static void check_participants(checker *c, const dl_participant *items, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++) {
        span(c, items[i].span, "event", index);
        ref(c, items[i].entity, c->doc->names.entity_count, "event", index);
    }
}

static void check_events(checker *c)
{
    for (size_t i = 0; i < c->doc->events.count; i++) {
        const dl_event *event = &c->doc->events.items[i];
        span(c, event->trigger, "event", i);
        spans(c, event->also, event->also_count, "event", i);
        spans(c, event->casualty_spans, event->casualty_span_count, "event", i);
        check_participants(c, event->actors, event->actor_count, i);
        check_participants(c, event->recipients, event->recipient_count, i);
        ref(c, event->place, c->doc->places.count, "event", i);
        ref(c, event->time, c->doc->times.count, "event", i);
        ref(c, event->source, c->doc->statements.count, "event", i);
        ref(c, event->sentence, c->doc->text.sentence_count, "event", i);
        check_range(c, event->killed, i), check_range(c, event->wounded, i), check_range(c, event->captured, i);
        check_range(c, event->missing, i), check_range(c, event->killed_or_wounded, i);
    }
}

static void check_talks(checker *c)
{
    for (size_t i = 0; i < c->doc->talks.count; i++) {
        const dl_talk *talk = &c->doc->talks.items[i];
        span(c, talk->span, "talk", i);
        for (size_t j = 0; j < talk->issue_count; j++) span(c, talk->issues[j].span, "talk", i);
        for (size_t j = 0; j < talk->delegate_count; j++) ref(c, talk->delegates[j], c->doc->names.entity_count, "talk", i);
        ref(c, talk->place, c->doc->places.count, "talk", i);
        ref(c, talk->next_place, c->doc->places.count, "talk", i);
    }
}

dl_status dl_record_check(const dl_document *document, dl_error *err)
{
    checker c = {document, err, DL_OK};
    check_text(&c);
    check_names(&c);
    check_places_and_times(&c);
    check_statements(&c);
    check_events(&c);
    check_talks(&c);
    return c.status;
}
