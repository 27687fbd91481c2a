/* finish.c - drafts become statements: spans, kind, entity, role, channel, time; in the order of the text. */
#include <stdlib.h>

#include "base/error.h"
#include "names/codes.h"
#include "statements/work.h"

static dl_span span_of(const dl_text *text, dl_token_range range)
{
    return (dl_span){text->tokens[range.first].span.start, text->tokens[range.last].span.end};
}

static int by_content(const void *a, const void *b)
{
    const draft *x = a, *y = b;
    if (x->content[0].first != y->content[0].first) return x->content[0].first < y->content[0].first ? -1 : 1;
    if (x->cue_token != y->cue_token) return x->cue_token < y->cue_token ? -1 : 1;
    return 0;
}

static int by_first(const void *a, const void *b)
{
    const dl_token_range *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

static dl_statement_kind kind_of(const statements_work *work, const draft *item)
{
    size_t quoted = 0, all = 0;
    for (uint32_t r = 0; r < item->content_count; r++)
        for (uint32_t t = item->content[r].first;
             t <= item->content[r].last && t - item->content[r].first < MAX_LOOK; t++) {
            if (work->text->tokens[t].upos == DL_PUNCT || statements_is(work->text, t, "that")) continue;
            all++;
            uint32_t index = work->quote_of[t];
            quoted += index != DL_NONE &&
                      index != (item->cue_token == DL_NONE ? DL_NONE - 1 : work->quote_of[item->cue_token]);
        }
    if (!quoted) return DL_STATEMENT_INDIRECT;
    return quoted == all ? DL_STATEMENT_DIRECT : DL_STATEMENT_MIXED;
}

/* ---- channel ---- */

static dl_str medium_at(const statements_work *work, uint32_t token)
{
    uint32_t mention = dl_names_mention_at(work->names, token);
    if (mention == DL_NONE || work->names->mentions[mention].kind != DL_MENTION_NAME) return (dl_str){0};
    const dl_entity *entity = &work->names->entities[work->names->mentions[mention].entity];
    return entity->type == DL_NAME_ORG && dl_str_ends(entity->code, "MED") ? entity->name : (dl_str){0};
}

static bool inside(uint32_t token, dl_token_range range)
{
    return range.first != DL_NONE && token >= range.first && token <= range.last;
}

static bool is_said(const draft *item, uint32_t token)
{
    for (uint32_t i = 0; i < item->content_count; i++)
        if (inside(token, item->content[i])) return true;
    return inside(token, item->speaker);
}

/* 2 a platform, 1 a kind of text or event. */
static int channel_rank(dl_str name)
{
    return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z' ? 2 : 1;
}

/* "in an interview with CNN", "told the BBC", "on Telegram", "in a statement": a medium by name goes before a
 * platform, that before a kind. Looked for in the cue's sentence, outside the content and the speaker. */
static dl_str channel_of(const statements_work *work, const draft *item)
{
    enum { CHANNEL_REACH = 30 };
    const dl_text *text = work->text;
    dl_str best = {0};
    if (item->cue_token == DL_NONE) return best;
    uint32_t sentence = text->tokens[item->cue_token].sentence;
    uint32_t first = statements_first(text, sentence), end = statements_end(text, sentence);
    if (item->cue_token > first + CHANNEL_REACH) first = item->cue_token - CHANNEL_REACH;
    if (end > item->cue_token + CHANNEL_REACH) end = item->cue_token + CHANNEL_REACH;
    bool led = false;
    for (uint32_t t = first; t < end; t++) {
        if (is_said(item, t)) {
            led = false;
            continue;
        }
        if (statements_word_is(work->data, statements_norm(text, t), WORD_CHANNEL_LEAD)) led = true;
        if (!led) continue;
        dl_str medium = medium_at(work, t);
        if (medium.len) return medium;
        dl_rows rows;
        size_t count = dl_match_longest(work->data->channels, text, t, true, &rows);
        if (!count) continue;
        dl_str name = dl_table_cell(work->data->channels, rows.first, work->data->channel_name);
        if (!best.len || channel_rank(name) > channel_rank(best)) best = name;
    }
    return best;
}

/* ---- speaker ---- */

static bool head_is(const statements_work *work, const draft *item, unsigned kinds)
{
    if (item->speaker_head == DL_NONE) return false;
    const dl_token *head = &work->text->tokens[item->speaker_head];
    if (head->upos == DL_PRON) return false;
    return statements_word_is(work->data, head->lemma.ptr ? head->lemma : head->norm, kinds);
}

static uint32_t name_at(const statements_work *work, uint32_t token)
{
    uint32_t mention = dl_names_mention_at(work->names, token);
    bool name = mention != DL_NONE && work->names->mentions[mention].kind == DL_MENTION_NAME;
    return name ? mention : DL_NONE;
}

/* "Lebanon's health ministry", "the military of Chad": an institution told by a name is named. */
static bool has_owner(const statements_work *work, const draft *item)
{
    enum { OWNER_REACH = 12 };
    uint32_t head = item->speaker_head, first = item->speaker.first, last = item->speaker.last;
    if (!head_is(work, item, WORD_BODY) || !inside(head, item->speaker)) return false;
    if (head - first > OWNER_REACH) first = head - OWNER_REACH;
    if (last - head > OWNER_REACH) last = head + OWNER_REACH;
    for (uint32_t t = first; t <= last; t++)
        if (t != head && name_at(work, t) != DL_NONE) return true;
    return false;
}

/* "the minister Ann Lee", "the president, Ann Lee": the person whose name stands beside the role. */
static uint32_t apposed_person(const statements_work *work, const draft *item)
{
    enum { APPOSED_REACH = 16 };
    const dl_text *text = work->text;
    uint32_t head = item->speaker_head, last = item->speaker.last;
    if (text->tokens[head].upos != DL_NOUN || !inside(head, item->speaker)) return DL_NONE;
    if (last - head > APPOSED_REACH) last = head + APPOSED_REACH;
    for (uint32_t t = head + 1; t <= last; t++) {
        uint32_t index = name_at(work, t);
        if (index == DL_NONE) continue;
        const dl_mention *m = &work->names->mentions[index];
        if (work->names->entities[m->entity].type != DL_NAME_PERSON) continue;
        dl_upos before = m->first > head ? (dl_upos)text->tokens[m->first - 1].upos : DL_VERB;
        bool beside = before != DL_ADP && before != DL_CCONJ && before != DL_VERB && before != DL_AUX;
        return beside && !statements_is(text, m->first + m->count, "'s") ? m->entity : DL_NONE;
    }
    return DL_NONE;
}

/* The role that names know, else the words of the speaker's noun; institutions and documents have none. */
static dl_str spoken_role(const statements_work *work, const draft *item, const dl_entity *entity)
{
    if (entity && entity->role.len) return entity->role;
    if (item->speaker_head == DL_NONE || head_is(work, item, WORD_BODY | WORD_DOCUMENT)) return (dl_str){0};
    const dl_token *head = &work->text->tokens[item->speaker_head];
    if (head->upos != DL_NOUN) return (dl_str){0};
    dl_token_range core =
        work->text->parsed ? dl_tree_noun_phrase(work->text, item->speaker_head) : item->speaker;
    if (core.first == DL_NONE) return (dl_str){0};
    while (core.first < core.last &&
           statements_word_is(work->data, statements_norm(work->text, core.first), WORD_ARTICLE))
        core.first++;
    return dl_span_str(work->text->text, span_of(work->text, core));
}

/* Whether the speaker is told by a name: an entity that some mention names. */
static bool is_named(const statements_work *work, uint32_t entity)
{
    const dl_entity *found = &work->names->entities[entity];
    return found->head_mention != DL_NONE &&
           work->names->mentions[found->head_mention].kind == DL_MENTION_NAME;
}

/* "the governor of North Darfur": the person, not the place that ends the phrase, whichever the tree takes for its head. */
static uint32_t holder_of_phrase(const statements_work *work, const draft *item, uint32_t place)
{
    const dl_names *names = work->names;
    const dl_mention *inner = &names->mentions[place];
    dl_name_type type = names->entities[inner->entity].type;
    if (type != DL_NAME_GPE && type != DL_NAME_LOC) return DL_NONE;
    for (uint32_t i = place; i-- > 0 && names->mentions[i].first >= item->speaker.first;) {
        const dl_mention *m = &names->mentions[i];
        dl_name_type outer = names->entities[m->entity].type;
        bool covers = m->first < inner->first && m->first + m->count >= inner->first + inner->count;
        if (covers && m->kind == DL_MENTION_NOMINAL && (outer == DL_NAME_PERSON || outer == DL_NAME_ORG)) return m->entity;
    }
    return DL_NONE;
}

static uint32_t speaker_entity(const statements_work *work, const draft *item)
{
    if (item->speaker_head == DL_NONE) return DL_NONE;
    uint32_t person = apposed_person(work, item);
    if (person != DL_NONE) return person;
    uint32_t token = dl_tree_antecedent(work->text, item->speaker_head);
    uint32_t mention = dl_names_mention_at(work->names, token == DL_NONE ? item->speaker_head : token);
    if (mention == DL_NONE) return DL_NONE;
    uint32_t holder = holder_of_phrase(work, item, mention);
    if (holder != DL_NONE) return holder;
    const dl_mention *found = &work->names->mentions[mention];
    bool heads = found->head == token || found->kind == DL_MENTION_NAME;
    return heads ? found->entity : DL_NONE;
}

static uint32_t time_of(const statements_work *work, const draft *item)
{
    if (item->clause.first == DL_NONE || !work->times) return DL_NONE;
    size_t low = 0, high = work->times->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (work->times->items[middle].first < item->clause.first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < work->times->count && work->times->items[low].first <= item->clause.last ? (uint32_t)low
                                                                                          : DL_NONE;
}

static bool one_span(const statements_work *work, dl_token_range range, const dl_span **out, size_t *count)
{
    *count = 0;
    *out = NULL;
    if (range.first == DL_NONE) return true;
    dl_span *span = DL_NEW(work->arena, dl_span);
    if (!span) return false;
    *span = span_of(work->text, range);
    *out = span;
    *count = 1;
    return true;
}

static dl_str reason(const statements_work *work, const draft *item)
{
    if (item->heard_cue < 0) return dl_str_of(item->why);
    return dl_arena_format(work->arena, "%s; model: cue %.2f, content %.2f", item->why,
                           (double)item->heard_cue, (double)item->heard_content);
}

static bool finish_one(const statements_work *work, draft *item, bool why, dl_statement *out)
{
    dl_span *content = DL_NEW_ARRAY(work->arena, dl_span, item->content_count);
    if (!content || !one_span(work, item->cue, &out->cue, &out->cue_count) ||
        !one_span(work, item->speaker, &out->speaker, &out->speaker_count))
        return false;
    for (uint32_t i = 0; i < item->content_count; i++)
        content[i] = span_of(work->text, item->content[i]);
    out->content = content;
    out->content_count = item->content_count;
    out->sentence =
        work->text->tokens[item->cue_token == DL_NONE ? item->content[0].first : item->cue_token].sentence;
    out->cue_token = item->cue_token;
    out->entity = speaker_entity(work, item);
    out->channel = channel_of(work, item);
    out->kind = kind_of(work, item);
    out->time = time_of(work, item);
    out->confidence = item->confidence;
    if (why) out->why = reason(work, item);
    return true;
}

/* Entities of all speakers, pronouns among them, before what hangs on them. */
static dl_status name_speakers(statements_work *work, dl_statements *out, dl_error *err)
{
    size_t count = 0;
    spoken *items = DL_NEW_ARRAY(work->arena, spoken, out->count + 1);
    if (!items) return dl_fail_memory(err);
    for (size_t i = 0; i < out->count; i++) {
        const draft *item = &work->drafts.items[i];
        if (item->cue_token != DL_NONE) items[count++] = (spoken){&out->items[i], item->cue_token, item->speaker_head};
    }
    statements_resolve_pronouns(work, items, count);
    for (size_t i = 0; i < out->count; i++) {
        dl_statement *one = &out->items[i];
        const draft *item = &work->drafts.items[i];
        one->named = (one->entity != DL_NONE && is_named(work, one->entity)) || has_owner(work, item);
        one->role = spoken_role(work, item, one->entity == DL_NONE ? NULL : &work->names->entities[one->entity]);
    }
    return DL_OK;
}

dl_status statements_finish(statements_work *work, bool why, dl_statements *out, dl_error *err)
{
    size_t count = work->drafts.count;
    out->items = DL_NEW_ARRAY(work->arena, dl_statement, count + 1);
    if (!out->items) return dl_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        qsort(work->drafts.items[i].content, work->drafts.items[i].content_count, sizeof(dl_token_range),
              by_first);
    if (count) qsort(work->drafts.items, count, sizeof(draft), by_content);
    for (size_t i = 0; i < count; i++)
        if (!finish_one(work, &work->drafts.items[i], why, &out->items[i])) return dl_fail_memory(err);
    out->count = count;
    return name_speakers(work, out, err);
}
