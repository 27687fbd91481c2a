/* lexicon.c - reads the rows of data/events into patterns. */
#include "events/lexicon.h"
#include "events/arguments.h"
#include "events/kept.h"
#include "events/retold.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "events/events.h"

static dl_status bad_row(dl_error *err, const char *table, size_t row, dl_str what)
{
    return dl_fail(err, DL_BAD_DATA, table, row, "row %zu: '%.*s' is not understood", row, (int)what.len, what.ptr);
}

static uint8_t type_of(dl_str name)
{
    for (int type = 1; type < DL_EVENT_TYPE_COUNT; type++)
        if (dl_str_is(name, dl_event_type_name((dl_event_type)type))) return (uint8_t)type;
    return DL_EVENT_NONE;
}

static size_t read_words(vocabulary *v, dl_str phrase, word_id *out)
{
    size_t count = 0;
    dl_str word;
    while (count < MAX_PATTERN_WORDS && dl_str_next(&phrase, ' ', &word))
        if (word.len && !(out[count++] = vocabulary_add(v, word))) return 0;
    return phrase.len ? 0 : count;
}

/* "subj", "obj", "agent" ..., anything else is a preposition. */
static slot slot_of_name(vocabulary *v, dl_str name)
{
    static const struct {
        const char *name;
        uint8_t kind;
    } known[] = {{"subj", SLOT_SUBJECT}, {"obj", SLOT_OBJECT},   {"agent", SLOT_AGENT}, {"target", SLOT_TARGET},
                 {"mod", SLOT_MODIFIER}, {"near", SLOT_NEAR},    {"around", SLOT_AROUND}, {"that", SLOT_CLAUSE},
                 {"to_verb", SLOT_TO},        {"prep", SLOT_HAS_PREP}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dl_str_is(name, known[i].name)) return (slot){.kind = known[i].kind};
    return (slot){SLOT_PREP, vocabulary_add(v, name)};
}

static size_t read_slots(vocabulary *v, dl_str list, slot *out)
{
    size_t count = 0;
    dl_str name;
    while (count < MAX_SLOTS && dl_str_next(&list, ',', &name))
        if (name.len) out[count++] = slot_of_name(v, name);
    return count;
}

/* "obj=@weapon,arms", "subj!=@sport", or a slot alone: "that". */
static dl_status read_condition(vocabulary *v, dl_str text, condition *out, dl_error *err)
{
    size_t equals = dl_str_find(text, DL_STR("="), 0);
    if (equals == SIZE_MAX) {
        *out = (condition){.slot = slot_of_name(v, text), .present = true};
        return DL_OK;
    }
    dl_str list = dl_str_slice(text, equals + 1, text.len);
    bool negated = equals > 0 && text.ptr[equals - 1] == '!';
    *out = (condition){.slot = slot_of_name(v, dl_str_slice(text, 0, equals - negated)), .negated = negated};
    if (list.len && list.ptr[0] == '!') return dl_fail(err, DL_BAD_DATA, "events", 0, "a list begins with '!', which belongs before the '='");
    return vocabulary_set(v, list, &out->words, err);
}

static dl_status read_conditions(vocabulary *v, dl_str text, pattern *p, dl_error *err)
{
    dl_str field;
    while (dl_str_next(&text, ' ', &field)) {
        if (!field.len) continue;
        if (p->condition_count == MAX_CONDITIONS) return dl_fail(err, DL_BAD_DATA, "events", 0, "too many conditions");
        dl_status status = read_condition(v, field, &p->conditions[p->condition_count++], err);
        if (status != DL_OK) return status;
    }
    return DL_OK;
}

static dl_status read_patterns(dl_events_data *data, const dl_lexicon *lexicon, const char *name, bool noun, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, name, &table, err);
    if (status != DL_OK) return status;
    int type = dl_table_column(table, "type"), mode = dl_table_column(table, "mode"), cameo = dl_table_column(table, "cameo");
    int conditions = dl_table_column(table, "if"), actor = dl_table_column(table, "actor");
    int recipient = dl_table_column(table, "recipient");
    for (size_t row = 0; row < dl_table_rows(table) && status == DL_OK; row++) {
        dl_str key = dl_table_cell(table, row, 0);
        pattern *p = &data->patterns[data->pattern_count++];
        *p = (pattern){.noun = noun, .key = key, .mode = dl_table_cell(table, row, mode), .cameo = dl_table_cell(table, row, cameo)};
        p->type = type_of(dl_table_cell(table, row, type));
        p->word_count = (uint8_t)read_words(&data->words, key, p->words);
        if (!p->type || !p->word_count) return bad_row(err, name, row, key);
        p->actor_count = (uint8_t)read_slots(&data->words, dl_table_cell(table, row, actor), p->actors);
        p->recipient_count = (uint8_t)read_slots(&data->words, dl_table_cell(table, row, recipient), p->recipients);
        status = read_conditions(&data->words, dl_table_cell(table, row, conditions), p, err);
    }
    return status;
}

/* What a pattern asks for, not what it excludes. */
static int wanted(const pattern *p)
{
    int count = 0;
    for (size_t i = 0; i < p->condition_count; i++) count += !p->conditions[i].negated;
    return count;
}

/* By first word; then the more words and wanted conditions, the earlier; then as in the file. */
static int compare_patterns(const void *left, const void *right)
{
    const pattern *a = left, *b = right;
    if (a->words[0] != b->words[0]) return a->words[0] < b->words[0] ? -1 : 1;
    if (a->word_count != b->word_count) return a->word_count > b->word_count ? -1 : 1;
    if (wanted(a) != wanted(b)) return wanted(a) > wanted(b) ? -1 : 1;
    return a->key.ptr < b->key.ptr ? -1 : a->key.ptr > b->key.ptr;
}

static dl_status read_all_patterns(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    size_t rows = 0;
    static const char *const tables[] = {"events/verbs", "events/nouns"};
    for (size_t i = 0; i < 2; i++) {
        const dl_table *table;
        dl_status status = dl_lexicon_table(lexicon, tables[i], &table, err);
        if (status != DL_OK) return status;
        rows += dl_table_rows(table);
    }
    data->patterns = DL_NEW_ARRAY(&data->arena, pattern, rows);
    if (!data->patterns) return dl_fail_memory(err);
    for (size_t i = 0; i < 2; i++) {
        dl_status status = read_patterns(data, lexicon, tables[i], i == 1, err);
        if (status != DL_OK) return status;
    }
    qsort(data->patterns, data->pattern_count, sizeof *data->patterns, compare_patterns);
    return DL_OK;
}

const pattern *patterns_of(const dl_events_data *data, word_id word, size_t *count)
{
    size_t low = 0, high = data->pattern_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (data->patterns[middle].words[0] < word) low = middle + 1;
        else high = middle;
    }
    size_t end = low;
    while (end < data->pattern_count && data->patterns[end].words[0] == word) end++;
    *count = end - low;
    return *count ? &data->patterns[low] : NULL;
}

static uint8_t realis_of(dl_str name, dl_status *status)
{
    for (int realis = DL_ACTUAL; realis <= DL_DENIED; realis++)
        if (dl_str_is(name, dl_realis_name((dl_realis)realis))) return (uint8_t)realis;
    *status = DL_BAD_DATA;
    return DL_ACTUAL;
}

static uint8_t cue_place_of(dl_str name, dl_status *status)
{
    static const char *const names[] = {"aux", "over", "mod", "mark", "noun", "prep"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_str_is(name, names[i])) return (uint8_t)i;
    *status = DL_BAD_DATA;
    return 0;
}

static dl_status read_cues(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "events/realis", &table, err);
    if (status != DL_OK) return status;
    int realis = dl_table_column(table, "realis"), where = dl_table_column(table, "where");
    data->cues = DL_NEW_ARRAY(&data->arena, realis_cue, dl_table_rows(table));
    if (!data->cues) return dl_fail_memory(err);
    for (size_t row = 0; row < dl_table_rows(table); row++) {
        realis_cue *cue = &data->cues[data->cue_count++];
        cue->realis = realis_of(dl_table_cell(table, row, realis), &status);
        cue->place = cue_place_of(dl_table_cell(table, row, where), &status);
        cue->word_count = (uint8_t)read_words(&data->words, dl_table_cell(table, row, 0), cue->words);
        if (status != DL_OK || !cue->word_count) return bad_row(err, "events/realis", row, dl_table_cell(table, row, 0));
    }
    return DL_OK;
}

/* Verbs: subject and object; nouns: agent and target; joint acts have parties. */
static void set_general(dl_events_data *data, uint8_t type, dl_str key, dl_str cameo, bool joint)
{
    for (int noun = 0; noun < 2; noun++) {
        pattern *p = &data->general[type][noun];
        *p = (pattern){.noun = noun == 1, .type = type, .cameo = cameo, .key = key};
        p->actor_count = (uint8_t)read_slots(&data->words, noun ? DL_STR("agent") : DL_STR("subj"), p->actors);
        if (joint) p->actor_count += (uint8_t)read_slots(&data->words, noun ? DL_STR("between,with") : DL_STR("with"), p->actors + p->actor_count);
        else p->recipient_count = (uint8_t)read_slots(&data->words, noun ? DL_STR("target,of,to") : DL_STR("obj,on,against,to"), p->recipients);
    }
}

static dl_status read_types(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "events/types", &table, err);
    if (status != DL_OK) return status;
    int cameo = dl_table_column(table, "cameo"), joint = dl_table_column(table, "joint");
    int actor = dl_table_column(table, "actor"), recipient = dl_table_column(table, "recipient"), least = dl_table_column(table, "least");
    for (uint8_t type = 1; type < DL_EVENT_TYPE_COUNT; type++)
        for (size_t row = 0; row < dl_table_rows(table); row++) {
            dl_str key = dl_table_cell(table, row, 0);
            if (!dl_str_eq_nocase(key, dl_str_of(dl_event_type_name((dl_event_type)type)))) continue;
            set_general(data, type, key, dl_table_cell(table, row, cameo), dl_table_cell(table, row, joint).len > 0);
            data->manners[type].always_actor = dl_str_is(dl_table_cell(table, row, actor), "always");
            data->manners[type].always_recipient = dl_str_is(dl_table_cell(table, row, recipient), "always");
            data->manners[type].no_recipient = dl_str_is(dl_table_cell(table, row, recipient), "never");
            int64_t hundredths = 0;
            if (!dl_str_number(dl_table_cell(table, row, least), &hundredths)) return bad_row(err, "events/types", row, key);
            data->manners[type].least = (float)hundredths / 100;
            data->manners[type].seldom_recipient = dl_str_is(dl_table_cell(table, row, recipient), "seldom");
        }
    return DL_OK;
}

static bool read_hundredths(dl_str text, int64_t *out)
{
    bool negative = text.len && text.ptr[0] == '-';
    if (!dl_str_number(negative ? dl_str_slice(text, 1, text.len) : text, out)) return false;
    if (negative) *out = -*out;
    return true;
}

static uint8_t context_number(dl_events_data *data, dl_str name, dl_status *status)
{
    for (size_t i = 0; i < data->context_count; i++)
        if (dl_str_eq(data->contexts[i], name)) return (uint8_t)i;
    if (data->context_count == MAX_CONTEXTS) {
        *status = DL_BAD_DATA;
        return 0;
    }
    data->contexts[data->context_count++] = name;
    return (uint8_t)(data->context_count - 1);
}

/* Last of all tables: every word has its number by then. */
static dl_status read_contexts(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *words, *types;
    dl_status status = dl_lexicon_table(lexicon, "events/contexts", &words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "events/types", &types, err);
    if (status != DL_OK) return status;
    int context = dl_table_column(words, "context"), of_type = dl_table_column(types, "context");
    for (size_t row = 0; row < dl_table_rows(words); row++) vocabulary_add(&data->words, dl_table_cell(words, row, 0));
    data->word_contexts = DL_NEW_ARRAY(&data->arena, uint32_t, data->words.count + 1);
    if (!data->word_contexts) return dl_fail_memory(err);
    for (size_t row = 0; row < dl_table_rows(words) && status == DL_OK; row++) {
        word_id word = vocabulary_find(&data->words, dl_table_cell(words, row, 0));
        data->word_contexts[word] |= (uint32_t)1 << context_number(data, dl_table_cell(words, row, context), &status);
    }
    for (size_t row = 0; row < dl_table_rows(types) && status == DL_OK; row++)
        for (uint8_t type = 1; type < DL_EVENT_TYPE_COUNT; type++)
            if (dl_str_eq_nocase(dl_table_cell(types, row, 0), dl_str_of(dl_event_type_name((dl_event_type)type))))
                data->manners[type].context = context_number(data, dl_table_cell(types, row, of_type), &status);
    return status == DL_OK ? DL_OK : dl_fail(err, status, "events/contexts", 0, "more than %d contexts", MAX_CONTEXTS);
}

uint32_t contexts_of_word(const dl_events_data *data, word_id word)
{
    return word && word < data->words.count ? data->word_contexts[word] : 0;
}

static dl_status read_evidence(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    static const char *const names[EVIDENCE_COUNT] = {"bias", "probability", "parties", "toll", "assault", "retold", "unreal", "place"};
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "events/confidence", &table, err);
    if (status != DL_OK) return status;
    int weight = dl_table_column(table, "weight");
    for (size_t k = 0; k < EVIDENCE_COUNT; k++) {
        dl_rows rows = dl_table_find(table, dl_str_of(names[k]));
        int64_t hundredths = 0;
        if (!rows.count || !read_hundredths(dl_table_cell(table, rows.first, weight), &hundredths))
            return bad_row(err, "events/confidence", k, dl_str_of(names[k]));
        data->evidence[k] = (float)hundredths / 100;
    }
    return DL_OK;
}

static dl_status read_weight(const dl_table *table, dl_str name, float *out, dl_error *err)
{
    dl_rows rows = dl_table_find(table, name);
    int64_t hundredths = 0;
    if (!rows.count || !read_hundredths(dl_table_cell(table, rows.first, dl_table_column(table, "weight")), &hundredths))
        return bad_row(err, "events/places", rows.first, name);
    *out = (float)hundredths / 100;
    return DL_OK;
}

static dl_status read_scene(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
#define X(name, text) text,
    static const char *const names[SCENE_SIGNAL_COUNT] = {SCENE_SIGNALS(X)};
#undef X
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "events/places", &table, err);
    for (size_t k = 0; k < SCENE_SIGNAL_COUNT && status == DL_OK; k++) status = read_weight(table, dl_str_of(names[k]), &data->scene[k], err);
    for (uint8_t type = 1; type < DL_EVENT_TYPE_COUNT && status == DL_OK; type++) {
        dl_str name = dl_utf8_lower(&data->arena, dl_arena_format(&data->arena, "no place %s", dl_event_type_name((dl_event_type)type)));
        if (!name.ptr) return dl_fail_memory(err);
        status = read_weight(table, name, &data->no_scene[type], err);
    }
    return status;
}

static dl_status read_arguments(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    static const char file[] = "data/events/arguments.tsv";
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, "events/arguments", &table, err);
    if (status == DL_OK) status = dl_trees_read(&data->arguments[0], table, file, "recipient", argument_feature_of, err);
    if (status == DL_OK) status = dl_trees_read(&data->arguments[1], table, file, "actor", argument_feature_of, err);
    return status;
}

/* The trees of a table that holds one model of its own name. */
static dl_status read_trees(dl_trees *out, const dl_lexicon *lexicon, const char *name, const char *file, const char *model, dl_feature_of *feature_of, dl_error *err)
{
    const dl_table *table;
    dl_status status = dl_lexicon_table(lexicon, name, &table, err);
    return status == DL_OK ? dl_trees_read(out, table, file, model, feature_of, err) : status;
}

static dl_status fill(dl_events_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    const dl_table *classes = NULL;
    dl_status status = vocabulary_init(&data->words, &data->arena, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "text/irregular", &data->irregular, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "events/classes", &classes, err);
    if (status == DL_OK) status = vocabulary_read_classes(&data->words, classes, err);
    if (status == DL_OK) status = read_types(data, lexicon, err);
    if (status == DL_OK) status = read_all_patterns(data, lexicon, err);
    if (status == DL_OK) status = read_cues(data, lexicon, err);
    if (status == DL_OK) status = read_evidence(data, lexicon, err);
    if (status == DL_OK) status = read_scene(data, lexicon, err);
    if (status == DL_OK) status = read_arguments(data, lexicon, err);
    if (status == DL_OK) status = read_trees(&data->kept, lexicon, "events/kept", "data/events/kept.tsv", "kept", kept_feature_of, err);
    if (status == DL_OK) status = read_trees(&data->retold, lexicon, "events/retold", "data/events/retold.tsv", "retold", retold_feature_of, err);
    if (status == DL_OK) status = read_contexts(data, lexicon, err);
    return status;
}

dl_status dl_events_open(dl_events_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_events_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_arena_init(&data->arena, 0);
    dl_status status = fill(data, lexicon, err);
    if (status != DL_OK) {
        dl_events_close(data);
        return status;
    }
    *out = data;
    return DL_OK;
}

void dl_events_close(dl_events_data *data)
{
    if (!data) return;
    for (size_t i = 0; i < 2; i++) dl_trees_free(&data->arguments[i]);
    dl_trees_free(&data->kept);
    dl_trees_free(&data->retold);
    dl_arena_free(&data->arena);
    free(data);
}
