/* words.c - words of harm, nouns for people, cues. */
#include "base/str.h"
#include "casualties/data.h"
#include "text/inflection.h"

enum { MAX_PHRASE = 5, KEY_SIZE = 96, PARTED = 4 }; /* PARTED: tokens from the first to the last word of a phrase with others between */

bool norm_is(const reader *r, uint32_t token, const char *word)
{
    return token < r->text->token_count && dl_str_is(r->text->tokens[token].norm, word);
}

static size_t append(char *key, size_t len, dl_str word)
{
    if (len + word.len + 1 >= KEY_SIZE) return 0;
    if (len) key[len++] = ' ';
    memcpy(key + len, word.ptr, word.len);
    return len + word.len;
}

static bool is_object_pronoun(const reader *r, uint32_t token)
{
    return r->text->tokens[token].upos == DL_PRON && (norm_is(r, token, "him") || norm_is(r, token, "her") || norm_is(r, token, "them"));
}

/* Rows of the longest phrase of base forms that starts at `token`; the first word may be any base form it can have, and
 * so may the last. */
static dl_rows find_phrase(const reader *r, const dl_table *table, uint32_t token, dl_str first_form, uint32_t *last)
{
    char key[KEY_SIZE];
    dl_rows best = dl_table_find(table, first_form);
    *last = token;
    size_t len = append(key, 0, first_form);
    for (uint32_t at = token + 1; len && at < r->end && at < token + MAX_PHRASE; at++) {
        if (!dl_table_is_prefix(table, (dl_str){key, len})) break;
        if (table == r->data->harm && at == token + 1 && is_object_pronoun(r, at)) continue; /* "beat him to death" */
        dl_base_forms forms;
        dl_base_forms_of(&forms, r->data->irregular, r->text->tokens[at].norm);
        size_t next = 0;
        for (size_t f = 0; f < forms.count; f++) {
            size_t longer = append(key, len, forms.items[f]);
            if (!longer) continue;
            dl_rows rows = dl_table_find(table, (dl_str){key, longer});
            bool prefix = dl_table_is_prefix(table, (dl_str){key, longer});
            if (rows.count) best = rows, *last = at;
            if (rows.count || prefix) { next = longer; break; }
        }
        len = next;
    }
    return best;
}

static bool part_fits(const dl_token *token, harm_part part)
{
    switch (part) {
    case PART_VERB: return token->upos == DL_VERB || token->upos == DL_AUX || token->upos == DL_UPOS_NONE || token->upos == DL_ADJ || token->upos == DL_ADV;
    case PART_ADJECTIVE: return token->upos != DL_VERB || !token->norm.len;
    default: return token->upos == DL_NOUN || token->upos == DL_PROPN || token->upos == DL_UPOS_NONE;
    }
}

static harm_part part_of(dl_str name)
{
    return dl_str_is(name, "verb") ? PART_VERB : dl_str_is(name, "noun") ? PART_NOUN : PART_ADJECTIVE;
}

static victim_slot slot_of(dl_str name)
{
    static const char *const names[] = {"object", "subject", "before", "of", "to"};
    for (int i = 0; i < 5; i++)
        if (dl_str_is(name, names[i])) return (victim_slot)i;
    return VICTIM_OBJECT;
}

static dl_harm harm_of(dl_str name)
{
    static const char *const names[] = {"killed", "wounded", "captured", "missing", "killed_or_wounded"};
    for (int i = 0; i < 5; i++)
        if (dl_str_is(name, names[i])) return (dl_harm)i;
    return DL_HARM_KILLED;
}

static uint32_t cue_length_of(const reader *r, uint32_t token, dl_str kind)
{
    uint32_t last;
    if (token >= r->end) return 0;
    dl_rows rows = find_phrase(r, r->data->cues, token, r->text->tokens[token].norm, &last);
    for (uint32_t i = 0; i < rows.count; i++)
        if (dl_str_eq(dl_table_cell(r->data->cues, rows.first + i, r->data->cue_kind), kind)) return last + 1 - token;
    return 0;
}

enum { BESIDE = 8 }; /* tokens between a word of harm and the cue it asks for */

static harm_word word_of(const reader *r, size_t row, uint32_t first, uint32_t last)
{
    const dl_casualties_data *data = r->data;
    dl_str counts = dl_table_cell(data->harm, row, data->counts_column);
    harm_word word = {.harm = harm_of(dl_table_cell(data->harm, row, data->harm_column)),
                      .victim = slot_of(dl_table_cell(data->harm, row, data->victim_column)),
                      .part = part_of(dl_table_cell(data->harm, row, data->part_column)), .first = first, .last = last};
    word.people_only = dl_str_is(counts, "people");
    word.uncounted = dl_str_is(counts, "not itself");
    word.numbered = dl_str_is(counts, "numbered");
    if (!word.people_only && !word.uncounted && !word.numbered) word.beside = counts;
    return word;
}

static bool has_company(const reader *r, const harm_word *word)
{
    if (!word->beside.len) return true;
    uint32_t from = word->first > r->first + BESIDE ? word->first - BESIDE : r->first;
    for (uint32_t t = from; t < r->end && t <= word->last + 2 * BESIDE; t++)
        if (cue_length_of(r, t, word->beside)) return true;
    return false;
}

/* "the deadly police shooting of": words that specify the act stand between the two of "deadly shooting". */
static dl_rows find_parted(const reader *r, uint32_t token, uint32_t *last)
{
    dl_rows none = {0, 0};
    char key[KEY_SIZE];
    if (r->text->tokens[token].upos != DL_ADJ || !dl_table_is_prefix(r->data->harm, r->text->tokens[token].norm)) return none;
    for (uint32_t at = token + 2; at < r->end && at <= token + PARTED; at++) {
        uint8_t upos = r->text->tokens[at - 1].upos;
        if (upos != DL_NOUN && upos != DL_ADJ && upos != DL_PROPN && upos != DL_PUNCT && upos != DL_VERB) return none;
        size_t len = append(key, append(key, 0, r->text->tokens[token].norm), r->text->tokens[at].norm);
        dl_rows rows = len ? dl_table_find(r->data->harm, (dl_str){key, len}) : none;
        if (rows.count) return *last = at, rows;
    }
    return none;
}

bool harm_at(const reader *r, uint32_t token, harm_word *out)
{
    dl_base_forms forms;
    const dl_casualties_data *data = r->data;
    dl_base_forms_of(&forms, data->irregular, r->text->tokens[token].norm);
    for (size_t f = 0; f < forms.count; f++) {
        uint32_t last;
        dl_rows rows = find_phrase(r, data->harm, token, forms.items[f], &last);
        for (uint32_t i = 0; i < rows.count; i++) {
            *out = word_of(r, rows.first + i, token, last);
            if (part_fits(&r->text->tokens[token], out->part) && has_company(r, out)) return true;
        }
    }
    uint32_t last;
    dl_rows rows = find_parted(r, token, &last);
    if (rows.count) *out = word_of(r, rows.first, token, last);
    return rows.count > 0;
}

/* By its ending, which the list has as "-man". */
static char kind_by_ending(const reader *r, dl_str norm)
{
    char key[8] = "-";
    for (size_t len = 3; len <= 6 && len + 2 <= norm.len; len++) {
        memcpy(key + 1, norm.ptr + norm.len - len, len);
        dl_rows rows = dl_table_find(r->data->persons, (dl_str){key, len + 1});
        if (rows.count) return dl_table_cell(r->data->persons, rows.first, r->data->person_kind).ptr[0];
    }
    return 0;
}

char noun_kind(const reader *r, uint32_t token)
{
    dl_base_forms forms;
    if (token >= r->text->token_count) return 0;
    dl_base_forms_of(&forms, r->data->irregular, r->text->tokens[token].norm);
    for (size_t f = 0; f < forms.count; f++) {
        dl_rows rows = dl_table_find(r->data->persons, forms.items[f]);
        if (rows.count) return dl_table_cell(r->data->persons, rows.first, r->data->person_kind).ptr[0];
    }
    return kind_by_ending(r, r->text->tokens[token].norm);
}

bool means_anyone(const reader *r, uint32_t token)
{
    dl_base_forms forms;
    if (token >= r->text->token_count) return false;
    dl_base_forms_of(&forms, r->data->irregular, r->text->tokens[token].norm);
    for (size_t f = 0; f < forms.count; f++) {
        dl_rows rows = dl_table_find(r->data->persons, forms.items[f]);
        if (rows.count && dl_str_is(dl_table_cell(r->data->persons, rows.first, r->data->person_kind), "person, any")) return true;
    }
    return false;
}

dl_str person_noun(const reader *r, uint32_t token)
{
    dl_base_forms forms;
    if (token >= r->text->token_count) return (dl_str){0};
    dl_base_forms_of(&forms, r->data->irregular, r->text->tokens[token].norm);
    for (size_t f = forms.count; f-- > 0;) { /* the form cut shortest first: "policemen" is "policeman" */
        dl_rows rows = dl_table_find(r->data->persons, forms.items[f]);
        if (rows.count) return dl_arena_str(r->arena, forms.items[f]);
    }
    return (dl_str){0};
}

uint32_t cue_length(const reader *r, uint32_t token, const char *kind)
{
    return cue_length_of(r, token, dl_str_of(kind));
}

bool cue_near(const reader *r, uint32_t from, uint32_t to, const char *kind)
{
    for (uint32_t t = from; t < to && t < r->end; t++)
        if (cue_length(r, t, kind)) return true;
    return false;
}

bool is_plural(const reader *r, uint32_t token)
{
    const dl_token *t = &r->text->tokens[token];
    if (t->feats.ptr && dl_str_find(t->feats, DL_STR("Number=Plur"), 0) != SIZE_MAX) return true;
    static const char *const irregular[] = {"people", "children", "men", "women", "police", "troops", "personnel", "policemen",
                                            "gunmen", "servicemen", "others", "fishermen", "militiamen", "tribesmen"};
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (dl_str_is(t->norm, irregular[i])) return true;
    if (t->feats.ptr && dl_str_find(t->feats, DL_STR("Number=Sing"), 0) != SIZE_MAX) return false;
    return t->norm.len > 3 && dl_str_ends(t->norm, "s") && !dl_str_ends(t->norm, "ss");
}
