/* talks.c - the stage: each negotiation that the events tell of, its parties, rounds and issues.
 *
 * Consultations between the same parties are one negotiation; a planned one is its next round. */
#include "talks/talks.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "talks/data.h"

enum { LOOK_BACK = 16, PASSAGE = 16 }; /* talks looked at; sentences that may go on telling of them */

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

/* Sides that agreed on something have talked, whether a word says so or not: "prolonged their ceasefire". */
static bool is_agreement(const talks_reader *r, const dl_event *e)
{
    return e->type == DL_AGREE && (e->realis == DL_ACTUAL || e->realis == DL_ONGOING) && !e->background && talks_names_issue(r, e->sentence);
}

static bool is_coming(const talks_reader *r, const dl_event *e)
{
    if (e->type == DL_AGREE) return false;
    return e->realis == DL_PLANNED || e->realis == DL_POSSIBLE || talks_is_coming(r, e->sentence);
}

/* Parties of the second list that the first has, too, mediators left out. */
static size_t known_parties(const talk_draft *draft, const party_list *parties)
{
    size_t known = 0;
    for (size_t i = 0; i < parties->count; i++)
        known += talks_same_party(&draft->parties, parties->items[i]) || talks_same_party(&draft->mediators, parties->items[i]);
    return known;
}

/* Of the same negotiation: no party that the other lacks; told shortly before where no two sides are named. */
static talk_draft *find_talk(talk_vec *talks, const dl_event *e, const party_list *parties)
{
    for (size_t i = talks->count; i-- > 0 && talks->count - i <= LOOK_BACK;) {
        talk_draft *draft = &talks->items[i];
        size_t known = known_parties(draft, parties);
        if (known < parties->count) continue;
        if (known >= 2 || e->sentence - draft->talk.sentence <= PASSAGE) return draft;
    }
    return NULL;
}

static void add_people(const talks_reader *r, talk_draft *draft, const dl_event *e)
{
    for (size_t i = 0; i < e->actor_count; i++) talks_add_delegate(r, draft, e->actors[i].entity);
}

static dl_status begin_talk(const talks_reader *r, talk_vec *talks, const dl_event *e, const party_list *parties, dl_error *err)
{
    talk_draft *draft = DL_VEC_PUSH(r->arena, talks);
    if (!draft) return dl_fail_memory(err);
    *draft = (talk_draft){.parties = *parties, .trigger_token = e->trigger_token};
    draft->talk = (dl_talk){.span = e->trigger, .sentence = e->sentence, .place = DL_NONE, .next_place = DL_NONE, .confidence = e->confidence};
    if (is_coming(r, e)) {
        draft->talk.next_span = e->trigger;
        bool day = !e->date_from_published && !(e->date_to.year && dl_date_to_days(e->date_to) > dl_date_to_days(e->date)); /* not "this week" */
        draft->talk.next_date = day ? e->date : (dl_date){0};
        draft->talk.next_place = talks_venue(r, e);
    } else {
        draft->talk.place = talks_venue(r, e), draft->talk.date = e->date, draft->talk.date_to = e->date_to;
    }
    add_people(r, draft, e);
    return DL_OK;
}

static void tell_again(const talks_reader *r, talk_draft *draft, const dl_event *e)
{
    if (is_coming(r, e)) return;
    if (draft->talk.place == DL_NONE) draft->talk.place = talks_venue(r, e);
    if (!draft->talk.date.year) draft->talk.date = e->date, draft->talk.date_to = e->date_to;
    add_people(r, draft, e);
}

/* Talks named by a word of mediation ("mediated the talks") are those told of before. */
static bool is_mediation(const talks_reader *r, const dl_event *e)
{
    return talks_cue_at(r, e->trigger_token, "mediator") > 0;
}

static dl_status take_event(const talks_reader *r, talk_vec *talks, const dl_event *e, dl_error *err)
{
    party_list parties;
    talks_read_parties(r, e, &parties);
    talks_drop_mediators(r, e->sentence, &parties);
    if (!parties.count && !talks->count) return DL_OK;
    bool agreement = e->type == DL_AGREE;
    if (agreement && parties.count < 2) return DL_OK;
    talk_draft *known = find_talk(talks, e, &parties);
    if (!known && is_mediation(r, e)) return DL_OK;
    if (!known && parties.count) {
        dl_status status = begin_talk(r, talks, e, &parties, err);
        if (status == DL_OK) talks->items[talks->count - 1].agreed = agreement;
        return status;
    }
    if (known && !agreement) known->agreed = false;
    if (known) tell_again(r, known, e);
    return DL_OK;
}

/* The sentences that go on telling of the talks: up to the next negotiation of others. */
static dl_status tell_more(const talks_reader *r, talk_draft *draft, uint32_t stop, dl_error *err)
{
    uint32_t first = draft->talk.sentence, last = first;
    for (uint32_t s = first; s <= first + PASSAGE && s < stop && s < r->text->sentence_count; s++) {
        talks_read_details(r, s, draft);
        talks_read_mediators(r, s, draft);
        talks_read_delegates(r, s, draft);
        dl_status status = talks_read_issues(r, s, &draft->issues, err);
        if (status != DL_OK) return status;
        last = s;
    }
    talks_read_announcers(r, first, last, draft);
    return DL_OK;
}

static const void *copy(const talks_reader *r, const void *items, size_t bytes)
{
    void *out = dl_arena_alloc(r->arena, bytes ? bytes : 1);
    if (out && bytes) memcpy(out, items, bytes);
    return out;
}

/* Talks of one side alone are hardly read right, unless a round of them is numbered. */
static bool is_told(const talk_draft *draft)
{
    if (draft->agreed && !draft->issues.count) return false;
    return draft->parties.count > 1 || (draft->parties.count && draft->talk.round);
}

/* Who mediates sits at no side's table. */
static void drop_mediating_people(const talks_reader *r, talk_draft *draft)
{
    size_t kept = 0;
    for (size_t i = 0; i < draft->talk.delegate_count; i++) {
        dl_str code = r->in->names->entities[draft->delegates[i]].code;
        if (!code.ptr || !talks_same_party(&draft->mediators, code)) draft->delegates[kept++] = draft->delegates[i];
    }
    draft->talk.delegate_count = kept;
}

static dl_status finish(const talks_reader *r, talk_draft *draft, dl_talk *out, dl_error *err)
{
    drop_mediating_people(r, draft);
    *out = draft->talk;
    out->parties = copy(r, draft->parties.items, draft->parties.count * sizeof *draft->parties.items);
    out->mediators = copy(r, draft->mediators.items, draft->mediators.count * sizeof *draft->mediators.items);
    out->delegates = copy(r, draft->delegates, draft->talk.delegate_count * sizeof *draft->delegates);
    if (!out->parties || !out->mediators || !out->delegates) return dl_fail_memory(err);
    out->party_count = draft->parties.count, out->mediator_count = draft->mediators.count;
    out->issues = draft->issues.items, out->issue_count = draft->issues.count;
    return DL_OK;
}

static dl_status hand_over(const talks_reader *r, talk_vec *talks, dl_talks *out, dl_error *err)
{
    out->items = DL_NEW_ARRAY(r->arena, dl_talk, talks->count + 1);
    if (!out->items) return dl_fail_memory(err);
    for (size_t i = 0; i < talks->count; i++) {
        uint32_t stop = i + 1 < talks->count ? talks->items[i + 1].talk.sentence : UINT32_MAX;
        if (stop <= talks->items[i].talk.sentence) stop = talks->items[i].talk.sentence + 1;
        dl_status status = tell_more(r, &talks->items[i], stop, err);
        if (status == DL_OK && is_told(&talks->items[i])) status = finish(r, &talks->items[i], &out->items[out->count++], err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

dl_status dl_talks_find(const dl_talks_data *data, dl_arena *arena, const dl_events_input *input, const dl_events *events,
                        dl_talks *out, dl_error *err)
{
    talks_reader r = {data, input, input->text, events, arena, {0}};
    talk_vec talks = {0};
    *out = (dl_talks){0};
    for (size_t i = 0; i < events->count; i++) {
        const dl_event *e = &events->items[i];
        if (!is_talks(e) && !is_agreement(&r, e)) continue;
        if (!r.country.ptr) r.country = dl_names_main_country(input->names_data, input->text);
        dl_status status = take_event(&r, &talks, e, err);
        if (status != DL_OK) return status;
    }
    return hand_over(&r, &talks, out, err);
}
