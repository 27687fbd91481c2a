/* write_events.c - events and talks as JSON. */
#include "record/write.h"

static void write_participants(const writer *w, const char *key, const dl_participant *items, size_t count)
{
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < count; i++) {
        dl_json_open(w->out, '{');
        dl_json_key(w->out, "span");
        write_span(w, items[i].span);
        write_text(w, "name", items[i].name);
        write_text(w, "code", items[i].code);
        write_ref(w, "entity", 'E', items[i].entity);
        if (items[i].inherited) write_text(w, "from", DL_STR("paragraph"));
        dl_json_close(w->out, '}');
    }
    dl_json_close(w->out, ']');
}

static void write_kind(const writer *w, const dl_event *event)
{
    write_text(w, "type", dl_str_of(dl_event_type_name(event->type)));
    write_text(w, "mode", event->mode);
    dl_json_key(w->out, "context");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < event->context_count; i++) dl_json_str(w->out, event->contexts[i]);
    dl_json_close(w->out, ']');
    write_text(w, "cameo", event->cameo);
}

static void write_when_and_where(const writer *w, const dl_event *event)
{
    write_ref(w, "place", 'P', event->place);
    write_date(w, "date", event->date);
    write_date(w, "date_to", event->date_to);
    write_ref(w, "time", 'T', event->time);
    if (event->date.year && event->date_from_published) write_text(w, "from", DL_STR("published"));
}

static void write_toll(const writer *w, const dl_event *event)
{
    write_range(w, "killed", event->killed);
    write_range(w, "wounded", event->wounded);
    write_range(w, "captured", event->captured);
    write_range(w, "missing", event->missing);
    write_range(w, "killed_or_wounded", event->killed_or_wounded);
    if (event->casualty_span_count)
        write_spans(w, "casualty_spans", event->casualty_spans, event->casualty_span_count);
}

void write_event(const writer *w, const dl_event *event, size_t index)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'V', index);
    write_kind(w, event);
    dl_json_key(w->out, "trigger");
    write_span(w, event->trigger);
    if (event->also_count) write_spans(w, "also", event->also, event->also_count);
    dl_json_key(w->out, "sentence");
    dl_json_int(w->out, event->sentence);
    write_participants(w, "actor", event->actors, event->actor_count);
    write_participants(w, "recipient", event->recipients, event->recipient_count);
    write_when_and_where(w, event);
    write_toll(w, event);
    write_text(w, "weapon", event->weapon);
    write_text(w, "site", event->site);
    write_text(w, "realis", dl_str_of(dl_realis_name(event->realis)));
    dl_json_key(w->out, "background");
    dl_json_bool(w->out, event->background);
    write_ref(w, "source", 'S', event->source);
    write_confidence(w, event->confidence);
    write_text(w, "why", event->why);
    dl_json_close(w->out, '}');
}

static void write_strings(const writer *w, const char *key, const dl_str *items, size_t count)
{
    dl_json_key(w->out, key);
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < count; i++) dl_json_str(w->out, items[i]);
    dl_json_close(w->out, ']');
}

static void write_issue(const writer *w, const dl_issue *issue)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "span");
    write_span(w, issue->span);
    write_text(w, "topic", issue->topic);
    write_text(w, "status", dl_str_of(issue_words[issue->status]));
    dl_json_close(w->out, '}');
}

static void write_next(const writer *w, const dl_talk *talk)
{
    if (talk->next_span.end == talk->next_span.start) return;
    dl_json_key(w->out, "next");
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "span");
    write_span(w, talk->next_span);
    write_date(w, "date", talk->next_date);
    write_ref(w, "place", 'P', talk->next_place);
    dl_json_close(w->out, '}');
}

void write_talk(const writer *w, const dl_talk *talk, size_t index)
{
    dl_json_open(w->out, '{');
    dl_json_key(w->out, "id");
    write_id(w, 'N', index);
    dl_json_key(w->out, "span");
    write_span(w, talk->span);
    dl_json_key(w->out, "sentence");
    dl_json_int(w->out, talk->sentence);
    write_strings(w, "parties", talk->parties, talk->party_count);
    dl_json_key(w->out, "delegates");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < talk->delegate_count; i++) write_id(w, 'E', talk->delegates[i]);
    dl_json_close(w->out, ']');
    write_strings(w, "mediators", talk->mediators, talk->mediator_count);
    write_ref(w, "place", 'P', talk->place);
    write_date(w, "date", talk->date);
    write_date(w, "date_to", talk->date_to);
    if (talk->round) {
        dl_json_key(w->out, "round");
        dl_json_int(w->out, talk->round);
    }
    write_next(w, talk);
    write_text(w, "outcome", talk->outcome);
    dl_json_key(w->out, "issues");
    dl_json_open(w->out, '[');
    for (size_t i = 0; i < talk->issue_count; i++) write_issue(w, &talk->issues[i]);
    dl_json_close(w->out, ']');
    write_confidence(w, talk->confidence);
    dl_json_close(w->out, '}');
}
