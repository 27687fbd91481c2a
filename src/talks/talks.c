/* talks.c - the stage: each negotiation that the events tell of, its parties, rounds and issues.
 *
 * Consultations between the same parties are one negotiation; a planned one is its next round. */
#include "talks/talks.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "talks/data.h"

enum { MAX_PARTIES = 8, MAX_DELEGATES = 8, LOOK_BACK = 16, AFTER = 2 }; /* sentences behind the talks that still tell of them */

typedef DL_VEC(dl_talk) talk_vec;

dl_status dl_talks_open(dl_talks_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_talks_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = dl_lexicon_table(lexicon, "talks/issues", &data->issues, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "talks/cues", &data->cues, err);
    if (status == DL_OK) status = dl_numbers_open(&data->numbers, lexicon, err);
    if (status != DL_OK) {
        dl_talks_close(data);
        return status;
    }
    data->topic = dl_table_column(data->issues, "topic");
    data->kind = dl_table_column(data->cues, "kind");
    *out = data;
    return DL_OK;
}

void dl_talks_close(dl_talks_data *data)
{
    if (!data) return;
    dl_numbers_close(data->numbers);
    free(data);
}

static bool is_talks(const dl_event *e)
{
    return e->type == DL_CONSULT && (!e->mode.ptr || !dl_str_is(e->mode, "visit")) && e->realis != DL_NEGATED && e->realis != DL_DENIED;
}

static dl_str party_of(const dl_participant *p)
{
    return p->code.ptr ? p->code : p->name;
}

static bool same_country(dl_str a, dl_str b)
{
    return dl_str_eq(a, b) || (a.len >= 3 && b.len >= 3 && dl_str_eq(dl_names_country_of(a), dl_names_country_of(b)) && dl_names_country_of(a).len);
}

static bool has_party(const dl_talk *talk, dl_str party)
{
    for (size_t i = 0; i < talk->party_count; i++)
        if (same_country(talk->parties[i], party)) return true;
    return false;
}

/* Of the same negotiation: no party that the other lacks. */
static dl_talk *find_talk(talk_vec *talks, const dl_event *e)
{
    for (size_t i = talks->count; i-- > 0 && talks->count - i <= LOOK_BACK;) {
        size_t known = 0;
        for (size_t k = 0; k < e->actor_count; k++) known += has_party(&talks->items[i], party_of(&e->actors[k]));
        if (known == e->actor_count) return &talks->items[i];
    }
    return NULL;
}

static dl_status set_parties(const talks_reader *r, dl_talk *talk, const dl_event *e, dl_error *err)
{
    dl_str *parties = DL_NEW_ARRAY(r->arena, dl_str, MAX_PARTIES);
    uint32_t *delegates = DL_NEW_ARRAY(r->arena, uint32_t, MAX_DELEGATES);
    if (!parties || !delegates) return dl_fail_memory(err);
    talk->parties = parties, talk->delegates = delegates;
    for (size_t i = 0; i < e->actor_count; i++) {
        const dl_participant *p = &e->actors[i];
        if (talk->party_count < MAX_PARTIES && party_of(p).ptr && !has_party(talk, party_of(p))) parties[talk->party_count++] = party_of(p);
        bool person = p->entity < r->in->names->entity_count && r->in->names->entities[p->entity].type == DL_NAME_PERSON;
        if (person && talk->delegate_count < MAX_DELEGATES) delegates[talk->delegate_count++] = p->entity;
    }
    return DL_OK;
}

static bool is_coming(const dl_event *e)
{
    return e->realis == DL_PLANNED || e->realis == DL_POSSIBLE;
}

static void set_next(dl_talk *talk, const dl_event *e)
{
    if (talk->next_span.end > talk->next_span.start) return;
    talk->next_span = e->trigger;
    talk->next_date = e->date_from_published ? (dl_date){0} : e->date;
    talk->next_place = e->place;
}

static dl_status begin_talk(const talks_reader *r, talk_vec *talks, const dl_event *e, dl_error *err)
{
    dl_talk *talk = DL_VEC_PUSH(r->arena, talks);
    if (!talk) return dl_fail_memory(err);
    *talk = (dl_talk){.span = e->trigger, .sentence = e->sentence, .place = DL_NONE, .next_place = DL_NONE, .confidence = e->confidence};
    if (is_coming(e)) set_next(talk, e);
    else talk->place = e->place, talk->date = e->date, talk->date_to = e->date_to;
    return set_parties(r, talk, e, err);
}

static dl_status tell_more(const talks_reader *r, dl_talk *talk, issue_vec *issues, uint32_t sentence, dl_error *err)
{
    const dl_sentence *first = &r->text->sentences[sentence];
    for (uint32_t s = sentence; s <= sentence + AFTER && s < r->text->sentence_count; s++) {
        if (r->text->sentences[s].block != first->block) break;
        dl_status status = talks_read_issues(r, s, issues, err);
        if (status == DL_OK) status = talks_read_details(r, s, talk, err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

dl_status dl_talks_find(const dl_talks_data *data, dl_arena *arena, const dl_events_input *input, const dl_events *events,
                        dl_talks *out, dl_error *err)
{
    talks_reader r = {data, input, input->text, events, arena};
    talk_vec talks = {0};
    *out = (dl_talks){0};
    for (size_t i = 0; i < events->count; i++) {
        const dl_event *e = &events->items[i];
        if (!is_talks(e) || !e->actor_count) continue;
        dl_talk *known = find_talk(&talks, e);
        dl_status status = DL_OK;
        if (!known) status = begin_talk(&r, &talks, e, err);
        else if (is_coming(e)) set_next(known, e);
        else if (known->place == DL_NONE) known->place = e->place;
        if (status != DL_OK) return status;
    }
    for (size_t i = 0; i < talks.count; i++) {
        issue_vec issues = {0};
        dl_status status = tell_more(&r, &talks.items[i], &issues, talks.items[i].sentence, err);
        if (status != DL_OK) return status;
        talks.items[i].issues = issues.items, talks.items[i].issue_count = issues.count;
    }
    out->items = talks.items, out->count = talks.count;
    return DL_OK;
}
