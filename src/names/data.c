/* data.c - look-ups in the lists of the names room, with how a name must be written to count. */
#include "names/data.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"

static dl_status open_tables(dl_names_data *data, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "names/countries", &data->countries, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/organisations", &data->organisations, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/people", &data->people, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/agents", &data->agents, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/honorifics", &data->honorifics, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/groups", &data->groups, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "names/notnames", &data->notnames, err);
    return status;
}

static void find_columns(dl_names_data *data)
{
    data->country.kind = dl_table_column(data->countries, "kind");
    data->country.iso3 = dl_table_column(data->countries, "iso3");
    data->country.iso2 = dl_table_column(data->countries, "iso2");
    data->group.code = dl_table_column(data->groups, "code");
    data->country.name = dl_table_column(data->countries, "name");
    data->organisation.name = dl_table_column(data->organisations, "name");
    data->organisation.type = dl_table_column(data->organisations, "type");
    data->organisation.code = dl_table_column(data->organisations, "code");
    data->organisation.letters = dl_table_column(data->organisations, "case");
    data->person.name = dl_table_column(data->people, "name");
    data->person.code = dl_table_column(data->people, "code");
    data->person.office = dl_table_column(data->people, "office");
    data->person.from = dl_table_column(data->people, "from");
    data->person.to = dl_table_column(data->people, "to");
    data->agent.sector = dl_table_column(data->agents, "sector");
    data->agent.kind = dl_table_column(data->agents, "class");
    data->honorific.kind = dl_table_column(data->honorifics, "kind");
}

dl_status dl_names_open(dl_names_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_names_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = open_tables(data, lexicon, err);
    if (status != DL_OK) {
        free(data);
        return status;
    }
    find_columns(data);
    *out = data;
    return DL_OK;
}

void dl_names_close(dl_names_data *data)
{
    free(data);
}

/* ---- how a word is written ---- */

bool names_starts_upper(const dl_text *text, uint32_t token)
{
    size_t at = text->tokens[token].span.start;
    return dl_utf8_is_upper(dl_utf8_next(text->text, &at));
}

bool names_all_upper(const dl_text *text, uint32_t token)
{
    dl_str word = dl_span_str(text->text, text->tokens[token].span);
    size_t letters = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t point = dl_utf8_next(word, &at);
        if (!dl_utf8_is_letter(point)) continue;
        if (!dl_utf8_is_upper(point)) return false;
        letters++;
    }
    return letters >= 2 || (letters == 1 && word.len > 1);
}

bool names_sentence_start(const dl_text *text, uint32_t token)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    uint32_t first = sentence->first;
    while (first < token && !dl_ascii_alpha((unsigned char)text->text.ptr[text->tokens[first].span.start]) &&
           (unsigned char)text->text.ptr[text->tokens[first].span.start] < 0x80)
        first++;
    return token <= first || (token > 0 && dl_str_is(text->tokens[token - 1].norm, "\""));
}

/* A line in capitals (headings, agency slugs) says nothing by its capitals. */
static bool in_capitals_line(const dl_text *text, uint32_t token)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    size_t upper = 0, words = 0;
    uint32_t end = sentence->first + sentence->count;
    for (uint32_t i = token > sentence->first + 4 ? token - 4 : sentence->first; i < end && i < token + 5; i++) {
        if (!dl_ascii_alpha((unsigned char)text->text.ptr[text->tokens[i].span.start])) continue;
        words++;
        upper += names_all_upper(text, i);
    }
    return words > 3 && upper + 1 >= words;
}

/* ---- matches ---- */

static list_match match(const dl_table *table, const dl_text *text, uint32_t token, bool lemma)
{
    dl_rows rows;
    size_t count = dl_match_longest(table, text, token, lemma, &rows);
    return (list_match){token, (uint32_t)count, rows.first};
}

/* "Russian", "the Hague", "al-Shabaab": some word of the phrase has a capital. */
static bool has_capital(const dl_text *text, list_match found)
{
    for (uint32_t i = found.first; i < found.first + found.count; i++)
        if (names_starts_upper(text, i)) return true;
    return false;
}

/* Function words that begin with a capital only where a sentence does. */
static bool first_word_counts(const dl_text *text, list_match found)
{
    return found.count == 1 || names_starts_upper(text, found.first) ||
           dl_str_is(text->tokens[found.first].norm, "the") || text->tokens[found.first].norm.len <= 3;
}

list_match names_country_at(const dl_names_data *data, const dl_text *text, uint32_t token)
{
    list_match found = match(data->countries, text, token, false);
    if (!found.count || !has_capital(text, found) || !first_word_counts(text, found)) return (list_match){0};
    dl_str word = text->tokens[token].norm;
    bool acronym = found.count == 1 && (dl_str_is(word, "us") || dl_str_is(word, "car"));
    if (acronym && (!names_all_upper(text, token) || in_capitals_line(text, token))) return (list_match){0};
    return found;
}

list_match names_organisation_at(const dl_names_data *data, const dl_text *text, uint32_t token)
{
    list_match found = match(data->organisations, text, token, false);
    if (!found.count || !has_capital(text, found) || !first_word_counts(text, found)) return (list_match){0};
    dl_str letters = dl_table_cell(data->organisations, found.row, data->organisation.letters);
    if (dl_str_is(letters, "upper") && found.count == 1 &&
        (!names_all_upper(text, token) || in_capitals_line(text, token)))
        return (list_match){0};
    if (dl_str_is(letters, "word") && names_sentence_start(text, token)) return (list_match){0};
    return found;
}

list_match names_person_at(const dl_names_data *data, const dl_text *text, uint32_t token)
{
    list_match found = match(data->people, text, token, false);
    if (!found.count || !has_capital(text, found) || !names_starts_upper(text, found.first + found.count - 1))
        return (list_match){0};
    return found;
}

/* The singular of an English plural in `out`: "soldiers", "parties", "churches", "spokesmen". */
static size_t singular(char out[64], dl_str word)
{
    if (word.len < 3 || word.len >= 60) return 0;
    memcpy(out, word.ptr, word.len);
    if (dl_str_ends(word, "men")) {
        out[word.len - 2] = 'a';
        return word.len;
    }
    if (dl_str_ends(word, "ies") && word.len > 4) {
        out[word.len - 3] = 'y';
        return word.len - 2;
    }
    if (dl_str_ends(word, "ches") || dl_str_ends(word, "shes") || dl_str_ends(word, "sses") || dl_str_ends(word, "xes"))
        return word.len - 2;
    return word.ptr[word.len - 1] == 's' && word.ptr[word.len - 2] != 's' ? word.len - 1 : 0;
}

/* Where no lemma is at hand: the last of up to four words in the singular. */
static list_match match_plural(const dl_table *table, const dl_text *text, uint32_t token)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    uint32_t end = sentence->first + sentence->count;
    list_match best = {0};
    char key[192];
    size_t len = 0;
    for (uint32_t i = token; i < end && i < token + 6; i++) {
        dl_str norm = text->tokens[i].norm;
        if (i > token && text->tokens[i - 1].flags & DL_TOKEN_SPACE_AFTER) key[len++] = ' ';
        if (len + norm.len + 64 > sizeof key) break;
        char word[64];
        size_t cut = singular(word, norm);
        if (cut) {
            memcpy(key + len, word, cut);
            dl_rows rows = dl_table_find(table, (dl_str){key, len + cut});
            if (rows.count) best = (list_match){token, i + 1 - token, rows.first};
        }
        memcpy(key + len, norm.ptr, norm.len);
        len += norm.len;
        if (!dl_table_is_prefix(table, (dl_str){key, len})) break;
    }
    return best;
}

list_match names_noun_at(const dl_table *table, const dl_text *text, uint32_t token)
{
    list_match found = match(table, text, token, true);
    list_match plural = match_plural(table, text, token);
    return plural.count > found.count ? plural : found;
}

list_match names_agent_at(const dl_names_data *data, const dl_text *text, uint32_t token)
{
    return names_noun_at(data->agents, text, token);
}

list_match names_agent_ending(const dl_names_data *data, const dl_text *text, uint32_t token)
{
    uint32_t first = text->sentences[text->tokens[token].sentence].first;
    uint32_t from = token > first + 4 ? token - 4 : first;
    for (uint32_t i = from; i <= token; i++) {
        list_match found = names_agent_at(data, text, i);
        if (found.count && i + found.count == token + 1) return found;
    }
    return (list_match){0};
}

/* ---- rows ---- */

country_word names_country_kind(const dl_names_data *data, uint32_t row)
{
    dl_str kind = dl_table_cell(data->countries, row, data->country.kind);
    if (dl_str_is(kind, "name")) return COUNTRY_NAME;
    if (dl_str_is(kind, "region")) return COUNTRY_REGION;
    if (dl_str_is(kind, "demonym")) return COUNTRY_DEMONYM;
    return dl_str_is(kind, "people") ? COUNTRY_PEOPLE : COUNTRY_CAPITAL;
}

dl_str names_country_code(const dl_names_data *data, uint32_t row)
{
    return dl_table_cell(data->countries, row, data->country.iso3);
}

dl_str names_agent_sector(const dl_names_data *data, uint32_t row)
{
    return dl_table_cell(data->agents, row, data->agent.sector);
}

char names_agent_class(const dl_names_data *data, uint32_t row)
{
    dl_str kind = dl_table_cell(data->agents, row, data->agent.kind);
    if (dl_str_is(kind, "person")) return 'p';
    return dl_str_is(kind, "group") ? 'g' : dl_str_is(kind, "vehicle") ? 'v' : 'l';
}

/* "2024-05-12", "2024-05" or "2024" as days; a missing part is its first. */
static int32_t day_of(dl_str text, int32_t none)
{
    int64_t year = 0, month = 1, day = 1;
    if (text.len < 4 || !dl_str_number(dl_str_slice(text, 0, 4), &year)) return none;
    if (text.len >= 7 && !dl_str_number(dl_str_slice(text, 5, 7), &month)) return none;
    if (text.len >= 10 && !dl_str_number(dl_str_slice(text, 8, 10), &day)) return none;
    return dl_date_to_days((dl_date){(int16_t)year, (uint8_t)month, (uint8_t)day});
}

uint32_t names_person_row(const dl_names_data *data, dl_rows rows, dl_date date)
{
    if (rows.count < 2 || !dl_date_is_valid(date)) return rows.first;
    int32_t today = dl_date_to_days(date), best_end = INT32_MIN;
    uint32_t best = rows.first;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        int32_t from = day_of(dl_table_cell(data->people, row, data->person.from), INT32_MIN);
        int32_t to = day_of(dl_table_cell(data->people, row, data->person.to), INT32_MAX);
        if (from <= today && today <= to) return row;
        if (to <= today && to > best_end) {
            best_end = to;
            best = row;
        }
    }
    return best;
}

bool names_person_known_by(const dl_names_data *data, dl_rows rows, dl_date date)
{
    if (!dl_date_is_valid(date)) return true;
    int32_t today = dl_date_to_days(date);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (day_of(dl_table_cell(data->people, row, data->person.from), INT32_MIN) <= today) return true;
    return rows.count == 0;
}

dl_name_type names_type_of(dl_str word)
{
    for (int type = DL_NAME_PERSON; type <= DL_NAME_WEAPON; type++)
        if (dl_str_is(word, dl_name_type_name((dl_name_type)type))) return (dl_name_type)type;
    return DL_NAME_NONE;
}
