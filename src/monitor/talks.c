/* talks.c - rounds of talks between the same parties, and how the state of each issue moved.
 *
 * Pages seldom name all parties, and code them differently ("SDNGOV", "SDNMIL"); what they agree on is the countries. A page's talks
 * belong to a process if one of the two sets of countries lies in the other. A round is known by its number, else by its days. */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "monitor/view.h"

enum { SAME_ROUND_DAYS = 3, SAME_NUMBER_DAYS = 60, COUNTRY = 3, MOST_PROCESSES = 512 };

typedef DL_VEC(dl_str) name_vec;
typedef DL_VEC(dl_talk_row *) talk_vec;
typedef DL_VEC(dl_issue_move) move_vec;

typedef struct round_builder {
    dl_round round;
    talk_vec talks;
    name_vec mediators, delegates;
} round_builder;

typedef struct topic_builder {
    dl_str topic;
    move_vec moves;
} topic_builder;

typedef struct process_builder {
    name_vec countries, parties, mediators;
    talk_vec talks;
    DL_VEC(round_builder) rounds;
    DL_VEC(topic_builder) topics;
} process_builder;

struct dl_negotiations {
    dl_arena arena;
    dl_process *processes;
    size_t count;
};

typedef struct builder {
    dl_arena *arena;
    talk_vec talks;
    DL_VEC(process_builder) processes;
    dl_status status;
    dl_error *err;
} builder;

static bool failed(builder *b, const void *memory)
{
    if (!memory && b->status == DL_OK) b->status = dl_fail_memory(b->err);
    return !memory;
}

/* ---- copies ---- */

static dl_str copy(builder *b, dl_str text)
{
    if (!text.ptr) return text;
    dl_str out = dl_arena_str(b->arena, text);
    (void)failed(b, out.ptr);
    return out;
}

static const dl_str *copy_names(builder *b, const dl_str *names, size_t count)
{
    dl_str *out = DL_NEW_ARRAY(b->arena, dl_str, count ? count : 1);
    for (size_t i = 0; !failed(b, out) && i < count; i++) out[i] = copy(b, names[i]);
    return out;
}

static void copy_issues(builder *b, dl_talk_row *talk)
{
    dl_issue_row *issues = DL_NEW_ARRAY(b->arena, dl_issue_row, talk->issue_count ? talk->issue_count : 1);
    for (size_t i = 0; !failed(b, issues) && i < talk->issue_count; i++) {
        issues[i] = talk->issues[i];
        dl_str *const texts[] = {&issues[i].topic, &issues[i].status, &issues[i].quote.sentence_text, &issues[i].speaker.name, &issues[i].speaker.code,
                                 &issues[i].statement};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) *texts[k] = copy(b, *texts[k]);
    }
    talk->issues = issues;
}

static bool keep_talk(void *context, const dl_talk_row *row)
{
    builder *b = context;
    dl_talk_row *talk = DL_NEW(b->arena, dl_talk_row), **slot = DL_VEC_PUSH(b->arena, &b->talks);
    if (failed(b, talk) || failed(b, slot)) return false;
    *slot = talk;
    *talk = *row;
    dl_str *const texts[] = {&talk->document, &talk->url, &talk->site, &talk->title, &talk->quote.sentence_text, &talk->next_quote.sentence_text,
                             &talk->place, &talk->country, &talk->next_place, &talk->outcome};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = copy(b, *texts[i]);
    talk->parties = copy_names(b, talk->parties, talk->party_count);
    talk->mediators = copy_names(b, talk->mediators, talk->mediator_count);
    talk->delegates = copy_names(b, talk->delegates, talk->delegate_count);
    copy_issues(b, talk);
    return b->status == DL_OK;
}

/* The page's day, then the order in which documents came in, then the place in the page. */
static int by_page(const void *left, const void *right)
{
    const dl_talk_row *a = *(dl_talk_row *const *)left, *b = *(dl_talk_row *const *)right;
    int order = date_order(a->published, b->published);
    if (order) return order;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->item == b->item ? 0 : a->item < b->item ? -1 : 1;
}

/* ---- sets of names ---- */

static bool has_name(const name_vec *names, dl_str name)
{
    for (size_t i = 0; i < names->count; i++)
        if (dl_str_eq(names->items[i], name)) return true;
    return false;
}

static void add_name(builder *b, name_vec *to, dl_str name)
{
    if (has_name(to, name)) return;
    dl_str *slot = DL_VEC_PUSH(b->arena, to);
    if (!failed(b, slot)) *slot = name;
}

static int by_name(const void *left, const void *right)
{
    return dl_str_cmp(*(const dl_str *)left, *(const dl_str *)right);
}

static void sort_names(name_vec *names)
{
    if (names->count) qsort(names->items, names->count, sizeof *names->items, by_name);
}

static bool mediates(const dl_talk_row *talk, dl_str name)
{
    for (size_t i = 0; i < talk->mediator_count; i++)
        if (dl_str_eq(talk->mediators[i], name)) return true;
    return false;
}

/* Countries of the parties; names that are no code stand for themselves. */
static void countries_of(builder *b, const dl_talk_row *talk, name_vec *out)
{
    for (size_t i = 0; i < talk->party_count; i++) {
        dl_str party = talk->parties[i];
        bool upper = party.len >= COUNTRY;
        for (size_t k = 0; k < party.len && k < COUNTRY; k++) upper = upper && party.ptr[k] >= 'A' && party.ptr[k] <= 'Z';
        if (mediates(talk, party) || dl_str_starts(party, "IGO") || dl_str_starts(party, "NGO")) continue;
        add_name(b, out, upper ? dl_str_slice(party, 0, COUNTRY) : party);
    }
}

static bool lies_in(const name_vec *a, const name_vec *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!has_name(b, a->items[i])) return false;
    return a->count > 0;
}

/* ---- processes ---- */

/* The process with the same countries, else the first that includes them or is included. */
static process_builder *process_of(builder *b, const name_vec *countries)
{
    process_builder *near = NULL;
    for (size_t i = 0; i < b->processes.count; i++) {
        process_builder *process = &b->processes.items[i];
        bool in = lies_in(countries, &process->countries), around = lies_in(&process->countries, countries);
        if (in && around) return process;
        if (!near && (in || around)) near = process;
    }
    if (near || b->processes.count >= MOST_PROCESSES) return near;
    process_builder *fresh = DL_VEC_PUSH(b->arena, &b->processes);
    return failed(b, fresh) ? NULL : fresh;
}

static void add_talk(builder *b, dl_talk_row *talk)
{
    name_vec countries = {0};
    countries_of(b, talk, &countries);
    if (!countries.count) return;
    process_builder *process = process_of(b, &countries);
    dl_talk_row **slot = process ? DL_VEC_PUSH(b->arena, &process->talks) : NULL;
    if (!process || failed(b, slot)) return;
    *slot = talk;
    for (size_t i = 0; i < countries.count; i++) add_name(b, &process->countries, countries.items[i]);
    for (size_t i = 0; i < talk->mediator_count; i++) add_name(b, &process->mediators, talk->mediators[i]);
}

/* Once all its talks are known: who mediates on one page is no party on another. */
static void name_parties(builder *b, process_builder *process)
{
    for (size_t i = 0; i < process->talks.count; i++)
        for (size_t k = 0; k < process->talks.items[i]->party_count; k++) {
            dl_str party = process->talks.items[i]->parties[k];
            if (!has_name(&process->mediators, party)) add_name(b, &process->parties, party);
        }
    sort_names(&process->parties);
}

/* ---- rounds ---- */

static dl_date day_of(const dl_talk_row *talk)
{
    return dl_date_is_valid(talk->date) ? talk->date : talk->published;
}

static bool is_round(const round_builder *round, const dl_talk_row *talk)
{
    bool numbered = round->round.number && talk->round;
    dl_date day = day_of(talk);
    if (numbered && round->round.number != talk->round) return false;
    if (!dl_date_is_valid(day) || !dl_date_is_valid(round->round.date)) return numbered;
    return abs((int)days_between(round->round.date, day)) <= (numbered ? SAME_NUMBER_DAYS : SAME_ROUND_DAYS);
}

static round_builder *round_of(builder *b, process_builder *process, const dl_talk_row *talk)
{
    for (size_t i = process->rounds.count; i-- > 0;)
        if (is_round(&process->rounds.items[i], talk)) return &process->rounds.items[i];
    round_builder *fresh = DL_VEC_PUSH(b->arena, &process->rounds);
    if (failed(b, fresh)) return NULL;
    fresh->round.date = day_of(talk);
    return fresh;
}

static void add_to_round(builder *b, process_builder *process, dl_talk_row *talk)
{
    round_builder *builder_ = round_of(b, process, talk);
    dl_talk_row **slot = builder_ ? DL_VEC_PUSH(b->arena, &builder_->talks) : NULL;
    if (!builder_ || failed(b, slot)) return;
    dl_round *round = &builder_->round;
    *slot = talk;
    if (talk->round) round->number = talk->round;
    if (dl_date_is_valid(talk->date)) round->date = talk->date, round->date_to = talk->date_to.year ? talk->date_to : round->date_to;
    if (talk->place.ptr) round->place = talk->place, round->country = talk->country;
    if (talk->outcome.ptr) round->outcome = talk->outcome;
    if (talk->next_quote.sentence != DL_NONE) {
        round->next_from = talk;
        round->next_date = talk->next_date, round->next_place = talk->next_place;
    }
    for (size_t i = 0; i < talk->mediator_count; i++) add_name(b, &builder_->mediators, talk->mediators[i]);
    for (size_t i = 0; i < talk->delegate_count; i++) add_name(b, &builder_->delegates, talk->delegates[i]);
}

static int by_round_day(const void *left, const void *right)
{
    const dl_round *a = &((const round_builder *)left)->round, *b = &((const round_builder *)right)->round;
    int order = date_order(a->date, b->date);
    return order ? order : a->number < b->number ? -1 : a->number > b->number;
}

/* ---- issues ---- */

static topic_builder *topic_of(builder *b, process_builder *process, dl_str topic)
{
    for (size_t i = 0; i < process->topics.count; i++)
        if (dl_str_eq(process->topics.items[i].topic, topic)) return &process->topics.items[i];
    topic_builder *fresh = DL_VEC_PUSH(b->arena, &process->topics);
    if (failed(b, fresh)) return NULL;
    fresh->topic = topic;
    return fresh;
}

static void add_issue(builder *b, process_builder *process, const dl_talk_row *talk, const dl_issue_row *issue)
{
    topic_builder *topic = topic_of(b, process, issue->topic);
    if (!topic) return;
    const dl_issue_move *last = topic->moves.count ? &topic->moves.items[topic->moves.count - 1] : NULL;
    dl_str before = last ? last->status : (dl_str){0};
    dl_issue_move *move = DL_VEC_PUSH(b->arena, &topic->moves);
    if (failed(b, move)) return;
    *move = (dl_issue_move){.date = talk->published, .status = issue->status, .before = before, .moved = before.ptr && !dl_str_eq(before, issue->status),
                            .talk = talk, .issue = issue,};
}

static int by_topic(const void *left, const void *right)
{
    return dl_str_cmp(((const dl_topic *)left)->topic, ((const dl_topic *)right)->topic);
}

/* ---- the answer ---- */

static void finish_rounds(builder *b, process_builder *from, dl_process *out)
{
    dl_round *rounds = DL_NEW_ARRAY(b->arena, dl_round, from->rounds.count ? from->rounds.count : 1);
    if (from->rounds.count) qsort(from->rounds.items, from->rounds.count, sizeof *from->rounds.items, by_round_day);
    for (size_t i = 0; !failed(b, rounds) && i < from->rounds.count; i++) {
        round_builder *one = &from->rounds.items[i];
        sort_names(&one->mediators), sort_names(&one->delegates);
        rounds[i] = one->round;
        rounds[i].mediators = one->mediators.items, rounds[i].mediator_count = one->mediators.count;
        rounds[i].delegates = one->delegates.items, rounds[i].delegate_count = one->delegates.count;
        for (size_t k = 0; k < one->talks.count; k++) one->talks.items[k]->mark = (uint32_t)i;
        rounds[i].talks = (const dl_talk_row *const *)one->talks.items, rounds[i].talk_count = one->talks.count;
    }
    out->rounds = rounds, out->round_count = rounds ? from->rounds.count : 0;
}

static void finish_topics(builder *b, process_builder *from, dl_process *out)
{
    dl_topic *topics = DL_NEW_ARRAY(b->arena, dl_topic, from->topics.count ? from->topics.count : 1);
    for (size_t i = 0; !failed(b, topics) && i < from->topics.count; i++) {
        topic_builder *one = &from->topics.items[i];
        for (size_t k = 0; k < one->moves.count; k++) one->moves.items[k].round = one->moves.items[k].talk->mark;
        topics[i] = (dl_topic){one->topic, one->moves.items, one->moves.count, 0};
    }
    if (topics && from->topics.count) qsort(topics, from->topics.count, sizeof *topics, by_topic);
    out->topics = topics, out->topic_count = topics ? from->topics.count : 0;
}

static void finish_process(builder *b, process_builder *from, dl_process *out)
{
    name_parties(b, from);
    for (size_t i = 0; i < from->talks.count; i++) add_to_round(b, from, from->talks.items[i]);
    for (size_t i = 0; i < from->talks.count; i++)
        for (size_t k = 0; k < from->talks.items[i]->issue_count; k++) add_issue(b, from, from->talks.items[i], &from->talks.items[i]->issues[k]);
    *out = (dl_process){.parties = from->parties.items, .party_count = from->parties.count};
    finish_rounds(b, from, out);
    finish_topics(b, from, out);
}

static bool has_party(const dl_process *process, dl_str party)
{
    for (size_t i = 0; i < process->party_count; i++) {
        dl_str name = process->parties[i];
        if (dl_str_eq_nocase(name, party) || (name.len > party.len && dl_str_eq(dl_str_slice(name, 0, party.len), party))) return true;
    }
    return party.len == 0;
}

static dl_status build(dl_negotiations *out, dl_store *store, const dl_talk_query *query, dl_error *err)
{
    builder b = {.arena = &out->arena, .err = err};
    dl_talk_query all = {.since = query->since, .until = query->until, .topic = query->topic, .by_document = true};
    dl_status status = dl_store_talks(store, &all, keep_talk, &b, err);
    if (status != DL_OK) return status;
    if (b.talks.count) qsort(b.talks.items, b.talks.count, sizeof *b.talks.items, by_page);
    for (size_t i = 0; i < b.talks.count; i++) add_talk(&b, b.talks.items[i]);
    out->processes = DL_NEW_ARRAY(b.arena, dl_process, b.processes.count ? b.processes.count : 1);
    for (size_t i = 0; !failed(&b, out->processes) && i < b.processes.count; i++) {
        finish_process(&b, &b.processes.items[i], &out->processes[out->count]);
        if (has_party(&out->processes[out->count], query->party)) out->count++;
    }
    return b.status;
}

dl_status dl_negotiations_open(dl_negotiations **out, dl_store *store, const dl_talk_query *query, dl_error *err)
{
    *out = NULL;
    dl_negotiations *negotiations = calloc(1, sizeof *negotiations);
    if (!negotiations) return dl_fail_memory(err);
    dl_arena_init(&negotiations->arena, 0);
    dl_status status = build(negotiations, store, query, err);
    if (status != DL_OK) {
        dl_negotiations_free(negotiations);
        return status;
    }
    *out = negotiations;
    return DL_OK;
}

void dl_negotiations_free(dl_negotiations *negotiations)
{
    if (!negotiations) return;
    dl_arena_free(&negotiations->arena);
    free(negotiations);
}

const dl_process *dl_negotiations_processes(const dl_negotiations *negotiations, size_t *count)
{
    *count = negotiations->count;
    return negotiations->processes;
}
