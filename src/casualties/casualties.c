/* casualties.c - the stage: words of harm, each with the victims it tells. */
#include "casualties/casualties.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "casualties/data.h"
#include "syntax/tree.h"

static dl_status open_tables(dl_casualties_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "casualties/harm", &data->harm, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "casualties/persons", &data->persons, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "casualties/cues", &data->cues, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "text/irregular", &data->irregular, err);
    if (status == DL_OK) status = dl_numbers_open(&data->numbers, lexicon, err);
    if (status != DL_OK) return status;
    data->harm_column = dl_table_column(data->harm, "harm");
    data->victim_column = dl_table_column(data->harm, "victim");
    data->part_column = dl_table_column(data->harm, "part");
    data->counts_column = dl_table_column(data->harm, "counts");
    data->person_kind = dl_table_column(data->persons, "kind");
    data->cue_kind = dl_table_column(data->cues, "kind");
    return DL_OK;
}

dl_status dl_casualties_open(dl_casualties_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_casualties_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = open_tables(data, lexicon, err);
    if (status != DL_OK) {
        dl_casualties_close(data);
        return status;
    }
    *out = data;
    return DL_OK;
}

void dl_casualties_close(dl_casualties_data *data)
{
    if (!data) return;
    dl_numbers_close(data->numbers);
    free(data);
}

enum { DENIED = 5 }; /* words that may deny a noun of harm: "did not result in" */

/* "the senator's murder", "her killing"; with "of" behind it, the possessor is who did it. */
static victims by_possessor(reader *r, const harm_word *word)
{
    victims v = {.head = DL_NONE, .number_token = DL_NONE};
    uint32_t owner = dl_tree_child(r->text, word->last, DL_DEP_NMOD_POSS);
    if (word->harm != DL_HARM_KILLED || owner == DL_NONE || norm_is(r, word->last + 1, "of")) return v;
    bool person = is_named_person(r, owner) || noun_kind(r, owner) == 'p' || cue_near(r, owner, owner + 1, "one");
    return person ? victims_of(r, owner, word) : v;
}

/* The victims by the tree: of a verb its patient or subject, of a noun what hangs on it or counts it. */
static victims by_tree(reader *r, const harm_word *word)
{
    uint32_t head = word->first;
    const dl_token *t = &r->text->tokens[head];
    switch (word->victim) {
    case VICTIM_OBJECT:
        if (t->upos != DL_VERB && r->text->tokens[word->last].upos == DL_VERB) head = word->last, t = &r->text->tokens[head]; /* "fatally shot" */
        if (t->upos == DL_VERB || dl_tree_child(r->text, head, DL_DEP_NSUBJ_PASS) != DL_NONE) return victims_of(r, dl_tree_patient(r->text, head), word);
        if (t->deprel == DL_DEP_AMOD) return victims_of(r, t->head, word);
        return (victims){.head = DL_NONE, .number_token = DL_NONE};
    case VICTIM_SUBJECT: return victims_of(r, dl_tree_understood_subject(r->text, head), word);
    case VICTIM_OF: {
        if (word->part != PART_NOUN || r->text->tokens[word->last].upos == DL_VERB) return (victims){.head = DL_NONE, .number_token = DL_NONE};
        victims v = victims_of(r, dl_tree_oblique(r->text, word->last, "of", 0), word);
        return v.told ? v : by_possessor(r, word);
    }
    default: return (victims){.head = DL_NONE, .number_token = DL_NONE};
    }
}

/* Nothing but words of a noun phrase between a number and the noun it counts. */
static bool is_phrase(const reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        dl_upos upos = (dl_upos)r->text->tokens[t].upos;
        if (upos == DL_VERB || upos == DL_AUX || upos == DL_PUNCT || upos == DL_CCONJ || (upos == DL_ADP && !norm_is(r, t, "of"))) return false;
    }
    return true;
}

/* "Without causing any casualties", "no reports of human casualties": none, though no number says so. */
static victims of_denied_noun(const reader *r, const harm_word *word)
{
    victims v = {.head = DL_NONE, .number_token = DL_NONE, .sure = 0.8f};
    uint32_t at = word->first;
    while (at > r->first && (norm_is(r, at - 1, "any") || r->text->tokens[at - 1].upos == DL_ADJ)) at--;
    for (uint32_t back = 1; back <= DENIED && at >= r->first + back && !v.told; back++) {
        if (cue_length(r, at - back, "none of") != back) continue;
        v.told = true, v.range = count_exactly(0);
        v.span = (dl_span){r->text->tokens[at - back].span.start, r->text->tokens[word->last].span.end};
    }
    return v;
}

/* A noun of harm that is itself counted: "12 deaths", "no casualties". */
static victims of_counted_noun(reader *r, const harm_word *word)
{
    victims v = {.head = DL_NONE, .number_token = DL_NONE};
    if (word->part != PART_NOUN || word->uncounted) return v;
    v = of_denied_noun(r, word);
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->used || n->last >= word->first || word->first - n->last > 3 || !is_phrase(r, n->last + 1, word->first)) continue;
        if (counts_no_people(r, n)) continue;
        v.range = n->range, v.number_token = n->core, v.told = n->range.known, v.sure = 0.8f, n->used = true;
        v.span = (dl_span){r->text->tokens[n->first].span.start, r->text->tokens[word->last].span.end};
    }
    return v;
}

/* "the death toll rose from 40 to 57": the number the toll has reached. */
static victims of_toll(reader *r, const harm_word *word)
{
    victims v = {.head = DL_NONE, .number_token = DL_NONE};
    counted *best = NULL;
    for (size_t i = 0; i < r->number_count; i++) {
        counted *n = &r->numbers[i];
        if (n->first <= word->last || n->first - word->last > 40 || n->first == r->first) continue;
        if (cue_near(r, n->first - 1, n->first, "reached") && !best) best = n;
    }
    if (!best) return v;
    v.range = best->range, v.number_token = best->core, v.told = best->range.known, v.sure = 0.8f, best->used = true;
    v.span = (dl_span){r->text->tokens[best->first].span.start, r->text->tokens[best->last].span.end};
    return v;
}

/* "the number of civilians killed rises to 1,068". */
static bool is_running_number(const reader *r, const harm_word *word)
{
    for (uint32_t back = 1; back <= 10 && word->first >= r->first + back; back++)
        if (norm_is(r, word->first - back, "number")) return norm_is(r, word->first - back + 1, "of");
    return false;
}

/* A verb in the active with its victims right behind it, whom the tree misses: "seized and killed a guard". */
static bool is_object_missed(const reader *r, const harm_word *word, const victims *tree)
{
    if (word->part != PART_VERB || word->victim != VICTIM_OBJECT || looks_passive(r, word)) return false;
    return tree->told && tree->head != DL_NONE && tree->head < word->first;
}

/* A verb in the passive whose subject the tree sees behind it: "eight traders were injured in a grenade blast". */
static bool is_subject_misplaced(const reader *r, const harm_word *word, const victims *tree)
{
    return word->part == PART_VERB && word->victim == VICTIM_OBJECT && looks_passive(r, word) && tree->told && tree->head != DL_NONE && tree->head > word->last;
}

static void release_numbers(reader *r, const bool *used)
{
    for (size_t i = 0; i < r->number_count; i++) r->numbers[i].used = used[i];
}

/* Of "killing 19 and injuring 37" a tree may hang the second number on the first verb. */
static bool is_of_other_harm(const reader *r, const harm_word *word, const victims *tree)
{
    if (!tree->told || tree->head == DL_NONE || word->part != PART_VERB || tree->head <= word->last + 1) return false;
    uint32_t from = word->last + 1;
    harm_word pair;
    if (norm_is(r, from, "and") || norm_is(r, from, "or")) from += harm_at(r, from + 1, &pair) ? 2 : 1; /* "killed and wounded 12" */
    return from < tree->head && crosses_harm(r, from, tree->head);
}

static bool lists_before(const reader *r, const harm_word *word)
{
    if (word->part == PART_NOUN) return false;
    return word->victim == VICTIM_SUBJECT || word->victim == VICTIM_BEFORE || (word->victim == VICTIM_OBJECT && (looks_passive(r, word) || word->part != PART_VERB));
}

static bool lists_behind(const reader *r, const harm_word *word)
{
    if (word->part == PART_NOUN) return word->victim == VICTIM_OF && !word->beside.len && !word->uncounted;
    return word->part == PART_VERB && word->victim == VICTIM_OBJECT && !looks_passive(r, word);
}

static victims by_tree_or_order(reader *r, const harm_word *word)
{
    if (lists_before(r, word)) {
        victims listed = victims_listed_before(r, word);
        if (listed.told) return listed;
    }
    victims tree = {.head = DL_NONE, .number_token = DL_NONE};
    bool used[MAX_COUNTED];
    for (size_t i = 0; i < r->number_count; i++) used[i] = r->numbers[i].used;
    if (r->text->parsed) tree = by_tree(r, word);
    bool missed = is_object_missed(r, word, &tree) || is_of_other_harm(r, word, &tree);
    if (missed || is_subject_misplaced(r, word, &tree)) {
        bool by_tree_used[MAX_COUNTED];
        for (size_t i = 0; i < r->number_count; i++) by_tree_used[i] = r->numbers[i].used;
        release_numbers(r, used);
        victims by_order = missed ? victims_right_behind(r, word) : victims_near(r, word);
        if (by_order.told) return by_order;
        release_numbers(r, by_tree_used);
    }
    if (lists_behind(r, word)) {
        bool by_tree_used[MAX_COUNTED];
        for (size_t i = 0; i < r->number_count; i++) by_tree_used[i] = r->numbers[i].used;
        release_numbers(r, used);
        victims listed = victims_listed_behind(r, word, tree.told ? tree.range.min : 1);
        if (listed.told) return listed;
        release_numbers(r, by_tree_used);
    }
    if (tree.told && tree.number_token != DL_NONE) return tree;
    victims near = word->beside.len ? victims_right_behind(r, word) : victims_near(r, word);
    return near.told && (!tree.told || (near.number_token != DL_NONE && tree.sure <= near.sure)) ? near : tree;
}

static victims find_victims(reader *r, const harm_word *word)
{
    if (word->part == PART_VERB && is_running_number(r, word)) {
        victims reached = of_toll(r, word);
        if (reached.told) return reached;
    }
    if (word->victim == VICTIM_TO) return of_toll(r, word);
    victims v = of_counted_noun(r, word);
    if (!v.told) v = by_tree_or_order(r, word);
    if (word->numbered && v.number_token == DL_NONE) v.told = false;
    if (v.told && word->part == PART_VERB) add_companions(r, word, &v);
    return v;
}

static bool is_negated(const reader *r, const harm_word *word)
{
    if (r->text->parsed) return dl_tree_is_negated(r->text, word->first);
    return word->first > r->first && (norm_is(r, word->first - 1, "not") || norm_is(r, word->first - 1, "never"));
}

enum { TRIED = 4 }; /* tokens from a word of trying to the word of harm */

/* "attempted murder", "plotted to kill him", "an assassination bid", "death threats": nobody died of it. */
static bool is_only_tried(const reader *r, const harm_word *word)
{
    if (cue_near(r, word->last + 1, word->last + 2, "attempt")) return true;
    uint32_t from = word->first > r->first + TRIED ? word->first - TRIED : r->first;
    for (uint32_t t = word->first; t-- > from;) {
        if (r->text->tokens[t].upos == DL_PUNCT) return false;
        if (cue_near(r, t, t + 1, "tried")) return true;
    }
    return false;
}

/* "one of the victims", "two medics are among the dead" */
static bool is_part(const reader *r, const victims *v, const harm_word *word)
{
    if (v->number_token == DL_NONE) return false;
    if (v->span.start < r->text->tokens[v->number_token].span.start && v->head < v->number_token) return false; /* "the raider and one of the victims" */
    uint32_t from = v->number_token > r->first + 4 ? v->number_token - 4 : r->first;
    if (cue_near(r, from, v->number_token, "subset")) return true;
    uint32_t to = word->first > v->number_token ? word->last + 1 : v->number_token + 5;
    return cue_near(r, v->number_token, to, "part");
}

static bool is_nobody(const victims *v)
{
    return !v->range.open && v->range.max == 0;
}

/* "No other casualties": some were told before. */
static bool is_further(const reader *r, const victims *v)
{
    return v->number_token != DL_NONE && cue_near(r, v->number_token + 1, v->number_token + 2, "further");
}

/* "Three were killed, bringing the total to 23": the total is the number behind. */
static bool is_cumulative(const reader *r, const victims *v, const harm_word *word)
{
    uint32_t from = word->first > r->first + 8 ? word->first - 8 : r->first;
    for (uint32_t t = from; t < r->end && t < word->last + 12; t++) {
        uint32_t length = cue_length(r, t, "cumulative");
        if (!length) continue;
        bool brings = t > word->last && cue_length(r, t, "brought to"); /* the total is the number behind */
        return !(brings && v->number_token < t);
    }
    return false;
}

/* The noun in its base form, of the list of persons if it is there, in small letters. */
static dl_str lemma_of(const reader *r, uint32_t token)
{
    if (token == DL_NONE) return (dl_str){0};
    dl_str listed = person_noun(r, token);
    if (listed.ptr) return listed;
    const dl_token *t = &r->text->tokens[token];
    return t->lemma.ptr ? t->lemma : t->norm;
}

static dl_status add(reader *r, casualty_vec *out, const harm_word *word, const victims *v, dl_error *err)
{
    dl_casualty *c = DL_VEC_PUSH(r->arena, out);
    if (!c) return dl_fail_memory(err);
    *c = (dl_casualty){.harm = word->harm, .count = v->range, .span = v->span, .sentence = r->sentence, .number_token = v->number_token,
                       .victim_token = v->head, .harm_token = word->part == PART_NOUN ? word->last : word->first, .confidence = v->sure};
    c->harm_span = (dl_span){r->text->tokens[word->first].span.start, r->text->tokens[word->last].span.end};
    c->victims = lemma_of(r, v->head);
    c->cumulative = is_cumulative(r, v, word);
    c->subset = is_part(r, v, word);
    c->anyone = v->head == DL_NONE || means_anyone(r, v->head);
    return DL_OK;
}

/* "killing and wounding several" says both of each harm. */
static bool is_vague(const dl_casualty *c)
{
    return c->count.open && c->count.min <= 3;
}

/* "killed and wounded 12", "killed or injured": both words told one number; the count is of both together. */
static bool is_pair(const dl_casualty *a, const dl_casualty *b)
{
    return a->sentence == b->sentence && a->number_token != DL_NONE && a->number_token == b->number_token && !is_vague(a) &&
           ((a->harm == DL_HARM_KILLED && b->harm == DL_HARM_WOUNDED) || (a->harm == DL_HARM_WOUNDED && b->harm == DL_HARM_KILLED));
}

/* "killed and wounded", "dead or injured": nothing but a conjunction between two words of harm. */
static bool are_paired(const reader *r, const harm_word *a, const harm_word *b)
{
    return a->last + 2 == b->first && (norm_is(r, a->last + 1, "and") || norm_is(r, a->last + 1, "or") || norm_is(r, a->last + 1, "/"));
}

static void pair_up(casualty_vec *out, bool paired)
{
    if (out->count < 2) return;
    dl_casualty *a = &out->items[out->count - 2], *b = &out->items[out->count - 1];
    /* "12 soldiers and 30 rebels were killed or wounded": both words may have taken different groups of the same list */
    bool within = paired && a->sentence == b->sentence && a->harm == DL_HARM_KILLED && b->harm == DL_HARM_WOUNDED && !is_vague(a) && !is_vague(b) &&
                  a->span.start <= b->span.start && b->span.end <= a->span.end;
    if (!is_pair(a, b) && !within) return;
    a->harm = DL_HARM_KILLED_OR_WOUNDED;
    a->harm_span.end = b->harm_span.end;
    out->count--;
}

/* "The death of an injured guard": he is counted as dead. */
static void drop_hurt_who_died(const reader *r, casualty_vec *out, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < out->count; i++) {
        const dl_casualty *hurt = &out->items[i];
        bool dead = false;
        bool modifier = hurt->harm == DL_HARM_WOUNDED && hurt->harm_token < r->end && r->text->tokens[hurt->harm_token].deprel == DL_DEP_AMOD;
        for (size_t k = from; modifier && k < out->count && !dead; k++)
            dead = out->items[k].harm == DL_HARM_KILLED && out->items[k].victim_token != DL_NONE && out->items[k].victim_token == hurt->victim_token;
        if (!dead) out->items[kept++] = *hurt;
    }
    out->count = kept;
}

/* "The toll rose to six after a woman died": she is one of the six. */
static void mark_counted_by_toll(const reader *r, casualty_vec *out, size_t from)
{
    harm_word word;
    for (size_t i = from; i < out->count; i++) {
        const dl_casualty *toll = &out->items[i];
        if (!harm_at(r, toll->harm_token, &word) && !(toll->harm_token > r->first && harm_at(r, toll->harm_token - 1, &word))) continue;
        if (word.victim != VICTIM_TO || toll->cumulative) continue;
        for (size_t k = from; k < out->count; k++) {
            dl_casualty *other = &out->items[k];
            if (other->harm == toll->harm && other->count.min < toll->count.min && other->harm_token > toll->number_token) other->subset = true;
        }
    }
}

static dl_status read_sentence(reader *r, casualty_vec *out, dl_error *err)
{
    read_numbers(r);
    harm_word before = {0}, word;
    size_t from = out->count;
    bool any = false;
    for (uint32_t t = r->first; t < r->end; t++) {
        if (!harm_at(r, t, &word)) continue;
        r->shared = any && are_paired(r, &before, &word);
        victims v = find_victims(r, &word);
        if (v.told && is_nobody(&v) && is_further(r, &v)) v.told = false;
        if (v.told && !is_nobody(&v) && (is_negated(r, &word) || is_only_tried(r, &word))) v.told = false;
        if (v.told) {
            dl_status status = add(r, out, &word, &v, err);
            if (status != DL_OK) return status;
            pair_up(out, r->shared);
        }
        before = word, any = true;
        t = word.last;
    }
    drop_hurt_who_died(r, out, from);
    mark_counted_by_toll(r, out, from);
    return heed_signal(r, out, from, err);
}

dl_status dl_casualties_find(const dl_casualties_data *data, dl_arena *arena, const dl_text *text, const dl_names *names,
                             dl_casualties *out, dl_error *err)
{
    *out = (dl_casualties){0};
    reader r = {.data = data, .text = text, .names = names, .arena = arena, .toll = dl_signal_find(text, "toll")};
    casualty_vec found = {0};
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        r.sentence = s;
        r.first = text->sentences[s].first;
        r.end = r.first + text->sentences[s].count;
        dl_status status = read_sentence(&r, &found, err);
        if (status != DL_OK) return status;
    }
    out->items = found.items, out->count = found.count;
    return DL_OK;
}
