/* read_events.c - events and talks back from JSON. */
#include "record/read.h"
#include "record/write.h"

static const char *const type_words[] = {"",       "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
                                         "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", NULL};
static const char *const realis_words[] = {"actual", "ongoing", "planned", "possible", "threatened", "negated", "denied", NULL};

static dl_participant *read_participants(reader *r, const dl_json *event, const char *key, size_t *count)
{
    const dl_json *list = read_member(r, event, key, DL_JSON_ARRAY);
    dl_participant *items = list ? read_array(r, list->count, sizeof *items) : NULL;
    *count = 0;
    if (!items) return NULL;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next) {
        dl_participant *one = &items[(*count)++];
        one->span = read_span_of(r, item, "span");
        one->head = DL_NONE;
        one->name = read_text(r, item, "name");
        one->code = read_text(r, item, "code");
        one->entity = read_ref(r, item, "entity", 'E', r->doc->names.entity_count);
        one->inherited = read_text(r, item, "from").ptr != NULL;
    }
    return items;
}

static uint32_t read_sentence(reader *r, const dl_json *item)
{
    const dl_json *value = read_needed(r, item, "sentence", DL_JSON_NUMBER);
    int64_t number = value ? read_integer(r, value) : 0;
    bool there = (uint64_t)number < r->doc->text.sentence_count;
    if (value && !there) read_fault(r, value, "points at a sentence that is not there");
    return there ? (uint32_t)number : 0;
}

static void read_toll(reader *r, const dl_json *item, dl_event *event)
{
    event->killed = read_range(r, item, "killed");
    event->wounded = read_range(r, item, "wounded");
    event->captured = read_range(r, item, "captured");
    event->missing = read_range(r, item, "missing");
    event->killed_or_wounded = read_range(r, item, "killed_or_wounded");
    event->casualty_spans = read_spans(r, item, "casualty_spans", &event->casualty_span_count);
}

static void read_event(reader *r, const dl_json *item, dl_event *event)
{
    event->type = (dl_event_type)read_word(r, item, "type", type_words);
    if (!event->type) read_fault(r, item, "an event without a type");
    event->mode = read_text(r, item, "mode");
    event->contexts = read_strings(r, item, "context", &event->context_count);
    event->cameo = read_text(r, item, "cameo");
    event->trigger = read_span_of(r, item, "trigger");
    event->trigger_token = DL_NONE;
    event->also = read_spans(r, item, "also", &event->also_count);
    event->sentence = read_sentence(r, item);
    event->actors = read_participants(r, item, "actor", &event->actor_count);
    event->recipients = read_participants(r, item, "recipient", &event->recipient_count);
    event->place = read_ref(r, item, "place", 'P', r->doc->places.count);
    event->date = read_date(r, item, "date");
    event->date_to = read_date(r, item, "date_to");
    event->time = read_ref(r, item, "time", 'T', r->doc->times.count);
    event->date_from_published = read_text(r, item, "from").ptr != NULL;
    read_toll(r, item, event);
    event->weapon = read_text(r, item, "weapon");
    event->site = read_text(r, item, "site");
    event->realis = (dl_realis)read_word(r, item, "realis", realis_words);
    event->background = read_bool(r, item, "background");
    event->source = read_ref(r, item, "source", 'S', r->doc->statements.count);
    event->confidence = read_confidence(r, item);
    event->why = read_text(r, item, "why");
}

void read_events(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "events", DL_JSON_ARRAY);
    dl_events *events = &r->doc->events;
    events->items = list ? read_array(r, list->count, sizeof *events->items) : NULL;
    if (!events->items) return;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next)
        read_event(r, item, &events->items[events->count++]);
}

/* ---- talks ---- */

static void read_issues(reader *r, const dl_json *item, dl_talk *talk)
{
    const dl_json *list = read_member(r, item, "issues", DL_JSON_ARRAY);
    dl_issue *issues = list ? read_array(r, list->count, sizeof *issues) : NULL;
    if (!issues) return;
    for (const dl_json *issue = list->first; issue && r->status == DL_OK; issue = issue->next) {
        dl_issue *to = &issues[talk->issue_count++];
        to->span = read_span_of(r, issue, "span");
        to->topic = read_text(r, issue, "topic");
        to->status = (dl_issue_status)read_word(r, issue, "status", issue_words);
    }
    talk->issues = issues;
}

static void read_delegates(reader *r, const dl_json *item, dl_talk *talk)
{
    const dl_json *list = read_member(r, item, "delegates", DL_JSON_ARRAY);
    uint32_t *delegates = list ? read_array(r, list->count, sizeof *delegates) : NULL;
    if (!delegates) return;
    for (const dl_json *one = list->first; one && r->status == DL_OK; one = one->next)
        delegates[talk->delegate_count++] = read_ref_value(r, one, 'E', r->doc->names.entity_count);
    talk->delegates = delegates;
}

static void read_talk(reader *r, const dl_json *item, dl_talk *talk)
{
    const dl_json *round = read_member(r, item, "round", DL_JSON_NUMBER), *next = read_member(r, item, "next", DL_JSON_OBJECT);
    int64_t number = round ? read_integer(r, round) : 0;
    if (number > INT32_MAX) read_fault(r, round, "a round beyond all counting");
    talk->span = read_span_of(r, item, "span");
    talk->sentence = read_sentence(r, item);
    talk->parties = read_strings(r, item, "parties", &talk->party_count);
    read_delegates(r, item, talk);
    talk->mediators = read_strings(r, item, "mediators", &talk->mediator_count);
    talk->place = read_ref(r, item, "place", 'P', r->doc->places.count);
    talk->date = read_date(r, item, "date");
    talk->date_to = read_date(r, item, "date_to");
    talk->round = (int32_t)(number > INT32_MAX ? 0 : number);
    talk->next_place = DL_NONE;
    if (next) {
        talk->next_span = read_span_of(r, next, "span");
        talk->next_date = read_date(r, next, "date");
        talk->next_place = read_ref(r, next, "place", 'P', r->doc->places.count);
    }
    talk->outcome = read_text(r, item, "outcome");
    read_issues(r, item, talk);
    talk->confidence = read_confidence(r, item);
}

void read_talks(reader *r, const dl_json *root)
{
    const dl_json *list = read_member(r, root, "talks", DL_JSON_ARRAY);
    dl_talks *talks = &r->doc->talks;
    talks->items = list ? read_array(r, list->count, sizeof *talks->items) : NULL;
    if (!talks->items) return;
    for (const dl_json *item = list->first; item && r->status == DL_OK; item = item->next)
        read_talk(r, item, &talks->items[talks->count++]);
}
