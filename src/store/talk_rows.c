/* talk_rows.c - a row of talks from a document's current reading, as a card. */
#include "base/error.h"
#include "store/rows.h"
#include "store/talk_card.h"

typedef struct teller {
    dl_arena *arena;
    const store_reading *reading;
    const dl_document *doc;
    const int64_t *locations;
    bool failed;
} teller;

static dl_span in_code_points(const teller *t, dl_span span)
{
    return (dl_span){dl_document_codepoint(t->doc, span.start), dl_document_codepoint(t->doc, span.end)};
}

static void *array_of(teller *t, size_t count, size_t size)
{
    void *items = dl_arena_alloc(t->arena, (count + 1) * size);
    t->failed = t->failed || !items;
    return items;
}

/* ---- words ---- */

/* The sentence that holds a byte, DL_NONE where none does. */
static uint32_t sentence_at(const dl_text *text, uint32_t at)
{
    size_t low = 0, high = text->sentence_count < TITLE_NUMBER ? text->sentence_count : TITLE_NUMBER;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->sentences[middle].span.end <= at) low = middle + 1;
        else high = middle;
    }
    return low < text->sentence_count && low < TITLE_NUMBER && text->sentences[low].span.start <= at ? (uint32_t)low : DL_NONE;
}

static dl_quote quote_of(const teller *t, dl_span span)
{
    dl_quote quote = {.span = in_code_points(t, span), .sentence = sentence_at(&t->doc->text, span.start)};
    if (quote.sentence == DL_NONE) return quote;
    dl_span sentence = t->doc->text.sentences[quote.sentence].span;
    quote.sentence_span = in_code_points(t, sentence);
    quote.sentence_text = dl_span_str(t->doc->story.text, sentence);
    return quote;
}

/* The narrowest statement around the words; of equals the first. */
static uint32_t statement_around(const teller *t, dl_span span)
{
    const dl_statements *statements = &t->doc->statements;
    uint32_t narrowest = DL_NONE, least = UINT32_MAX;
    for (uint32_t i = 0; i < statements->count; i++) {
        dl_span said = statements->items[i].content[0];
        if (said.start > span.start || said.end < span.end || store_rejected(t->reading, DL_LAYER_STATEMENTS, i)) continue;
        dl_span points = in_code_points(t, said);
        if (points.end - points.start < least) narrowest = i, least = points.end - points.start;
    }
    return narrowest;
}

/* ---- issues ---- */

static dl_issue_row issue_of(const teller *t, const dl_issue *issue)
{
    dl_issue_row row = {.topic = issue->topic.ptr ? issue->topic : DL_STR(""), .status = rows_issue_status(issue->status), .quote = quote_of(t, issue->span)};
    uint32_t statement = statement_around(t, issue->span);
    if (statement == DL_NONE) return row;
    dl_span said = t->doc->statements.items[statement].content[0];
    dl_party speaker = store_speaker(t->doc, statement);
    row.statement_span = in_code_points(t, said);
    row.statement = dl_span_str(t->doc->story.text, said);
    if (speaker.name.ptr) row.speaker = (dl_party){speaker.name, speaker.code.len ? speaker.code : (dl_str){0}};
    return row;
}

static void take_issues(teller *t, const dl_talk *talk, dl_talk_row *row)
{
    dl_issue_row *issues = array_of(t, talk->issue_count, sizeof *issues);
    for (size_t i = 0; issues && i < talk->issue_count; i++) issues[i] = issue_of(t, &talk->issues[i]);
    row->issues = issues, row->issue_count = talk->issue_count;
}

/* ---- a talk ---- */

static void take_delegates(teller *t, const dl_talk *talk, dl_talk_row *row)
{
    const dl_names *names = &t->doc->names;
    dl_str *delegates = array_of(t, talk->delegate_count, sizeof *delegates);
    for (size_t i = 0; delegates && i < talk->delegate_count; i++)
        if (talk->delegates[i] < names->entity_count) delegates[row->delegate_count++] = names->entities[talk->delegates[i]].name;
    row->delegates = delegates;
}

static const dl_place *place_of(const teller *t, uint32_t index)
{
    return index < t->doc->places.count && t->locations[index] ? &t->doc->places.items[index] : NULL;
}

static dl_str name_of(const dl_place *place)
{
    return place->name.ptr ? place->name : DL_STR("");
}

static void take_places(const teller *t, const dl_talk *talk, bool next, dl_talk_row *row)
{
    const dl_place *here = place_of(t, talk->place), *then = next ? place_of(t, talk->next_place) : NULL;
    if (here) row->place = name_of(here), row->country = here->country, row->location = t->locations[talk->place];
    if (then) row->next_place = name_of(then);
}

dl_str store_talk_card(dl_arena *arena, const store_reading *reading, const int64_t *locations, size_t item)
{
    teller t = {arena, reading, reading->doc, locations, false};
    const dl_story *story = &t.doc->story;
    const dl_talk *talk = &t.doc->talks.items[item];
    byte_writer w = {.arena = arena};
    bool next = talk->next_span.end > talk->next_span.start;
    dl_talk_row row = {.document = t.doc->id, .url = story->url, .site = story->site, .title = story->title, .published = story->published, .seen = reading->changed,
                       .quote = quote_of(&t, talk->span), .next_quote.sentence = DL_NONE, .round = talk->round, .date = talk->date, .date_to = talk->date_to,
                       .outcome = talk->outcome, .parties = talk->parties, .party_count = talk->party_count, .mediators = talk->mediators,
                       .mediator_count = talk->mediator_count};
    if (next) row.next_quote = quote_of(&t, talk->next_span), row.next_date = talk->next_date;
    take_places(&t, talk, next, &row);
    take_delegates(&t, talk, &row);
    take_issues(&t, talk, &row);
    if (!t.failed) talk_card_put(&w, &row);
    return t.failed ? (dl_str){0} : bytes_written(&w);
}
