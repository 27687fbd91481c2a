/* spans.c - where names stand: the model's tags first, the lists as correction, capitals where there is no model.
 *
 * A list may widen a model's name ("Sudan" within "Port Sudan" stays inside the longer one), give it its type, and add
 * the names that the model missed. What the lists don't know is kept as the model has it. */
#include "base/error.h"
#include "names/work.h"

static dl_str norm_at(const names_work *work, uint32_t token)
{
    return work->text->tokens[token].norm;
}

static uint32_t sentence_end(const dl_text *text, uint32_t token)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    return sentence->first + sentence->count;
}

/* ---- what the lists see at one token ---- */

static dl_name_type country_type(country_word kind)
{
    switch (kind) {
    case COUNTRY_DEMONYM:
    case COUNTRY_PEOPLE: return DL_NAME_NORP;
    default: return DL_NAME_GPE;
    }
}

static name_span listed_at(const names_work *work, uint32_t token)
{
    const dl_names_data *data = work->data;
    const dl_text *text = work->text;
    name_span best = {.first = token, .row = DL_NONE, .entity = DL_NONE, .score = 0.6F};
    list_match found = names_country_at(data, text, token);
    if (found.count) {
        best.count = found.count, best.row = found.row, best.source = best.list = FROM_COUNTRIES;
        best.type = country_type(names_country_kind(data, found.row));
    }
    found = names_organisation_at(data, text, token);
    if (found.count && found.count >= best.count) {
        best.count = found.count, best.row = found.row, best.source = best.list = FROM_ORGANISATIONS;
        best.type = names_type_of(dl_table_cell(data->organisations, found.row, data->organisation.type));
    }
    found = names_person_at(data, text, token);
    if (found.count == 1 &&
        !names_person_known_by(data, dl_table_find(data->people, norm_at(work, token)), work->published))
        found.count = 0; /* a surname on a page from before its holder was known is somebody else's */
    if (found.count && found.count >= best.count) {
        best.count = found.count, best.row = found.row, best.source = best.list = FROM_PEOPLE;
        best.type = DL_NAME_PERSON;
    }
    if (best.count > 1 && dl_str_is(norm_at(work, token), "the")) { /* "the Gambia": the article stays outside */
        best.first++;
        best.count--;
    }
    return best;
}

/* ---- the model's names ---- */

/* "Mr", "Gen.", "President" at the start of a person's name are no part of it. */
static void strip_titles(const names_work *work, name_span *span)
{
    const dl_names_data *data = work->data;
    while (span->type == DL_NAME_PERSON && span->count > 1) {
        dl_rows rows;
        size_t title = dl_match_longest(data->honorifics, work->text, span->first, false, &rows);
        if (!title) title = names_agent_at(data, work->text, span->first).count;
        if (!title || title >= span->count || names_person_at(data, work->text, span->first).count > title) break;
        span->first += (uint32_t)title;
        span->count -= (uint32_t)title;
    }
}

static bool is_edge_word(dl_str norm)
{
    return dl_str_is(norm, "the") || dl_str_is(norm, "a") || dl_str_is(norm, "an") || dl_str_is(norm, "'s") ||
           dl_str_is(norm, "'") || dl_str_is(norm, "\"") || dl_str_is(norm, ",") || dl_str_is(norm, "(") ||
           dl_str_is(norm, ")") || dl_str_is(norm, "-") || dl_str_is(norm, ":");
}

static name_span modelled_at(const names_work *work, uint32_t token)
{
    const dl_token *tokens = work->text->tokens;
    uint32_t end = sentence_end(work->text, token), stop = token + 1;
    float score = tokens[token].name_score;
    while (stop < end && tokens[stop].name == tokens[token].name && !(tokens[stop].flags & DL_TOKEN_NAME_BEGIN)) {
        if (tokens[stop].name_score < score) score = tokens[stop].name_score;
        stop++;
    }
    name_span span = {.first = token,
                      .count = stop - token,
                      .row = DL_NONE,
                      .entity = DL_NONE,
                      .type = tokens[token].name,
                      .source = FROM_MODEL,
                      .list = FROM_MODEL,
                      .score = score};
    while (span.count > 1 && is_edge_word(tokens[span.first].norm))
        span.first++, span.count--;
    while (span.count > 1 && is_edge_word(tokens[span.first + span.count - 1].norm))
        span.count--;
    strip_titles(work, &span);
    return span;
}

/* ---- capitals, where there is no model ---- */

static bool is_particle(dl_str norm)
{
    static const char *const particles[] = {"al", "el", "bin", "ibn", "de", "da",  "del", "der", "van", "von",
                                            "la", "le", "abu", "ben", "du", "dos", "di",  "-",   "'",   NULL};
    for (const char *const *p = particles; *p; p++)
        if (dl_str_is(norm, *p)) return true;
    return false;
}

static bool is_name_word(const names_work *work, uint32_t token)
{
    const dl_token *t = &work->text->tokens[token];
    unsigned char first = (unsigned char)work->text->text.ptr[t->span.start];
    return names_starts_upper(work->text, token) && !(t->norm.len == 1 && first < 0x80 && t->norm.ptr[0] == 'i');
}

static bool ends_with_organisation_word(dl_str norm)
{
    static const char *const words[] = {
        "ministry",    "party",      "army",        "council",   "university", "union",  "organization", "organisation",
        "agency",      "committee",  "association", "group",     "front",      "forces", "force",        "movement",
        "brigade",     "brigades",   "bank",        "institute", "foundation", "office", "department",   "commission",
        "court",       "parliament", "police",      "network",   "times",      "post",   "news",         "company",
        "corporation", "corps",      "guard",       "command",   "centre",     "center", "coalition",    "federation",
        "authority",   "service",    NULL};
    for (const char *const *w = words; *w; w++)
        if (dl_str_is(norm, *w)) return true;
    return false;
}

static dl_name_type guess_type(const names_work *work, uint32_t first, uint32_t count)
{
    if (ends_with_organisation_word(norm_at(work, first + count - 1))) return DL_NAME_ORG;
    list_match last = names_agent_at(work->data, work->text, first + count - 1);
    if (last.count && names_agent_class(work->data, last.row) == 'l') return DL_NAME_FAC;
    if (first > 0) {
        dl_str before = norm_at(work, first - 1);
        dl_rows rows;
        if (dl_match_longest(work->data->honorifics, work->text, first - 1, false, &rows)) return DL_NAME_PERSON;
        if (names_agent_ending(work->data, work->text, first - 1).count) return DL_NAME_PERSON;
        if (dl_str_is(before, "in") || dl_str_is(before, "near") || dl_str_is(before, "at")) return DL_NAME_LOC;
    }
    if (count == 1 && names_all_upper(work->text, first)) return DL_NAME_ORG;
    return count >= 2 ? DL_NAME_PERSON : DL_NAME_LOC;
}

static bool shaped_at(const names_work *work, uint32_t token, name_span *out)
{
    const dl_text *text = work->text;
    if (!is_name_word(work, token)) return false;
    uint32_t end = sentence_end(text, token), stop = token + 1;
    while (stop < end) {
        uint32_t skip = stop;
        while (skip < end && is_particle(norm_at(work, skip)))
            skip++;
        if (skip >= end || !is_name_word(work, skip) || listed_at(work, skip).count > 1) break;
        stop = skip + 1;
    }
    if (names_agent_at(work->data, text, token).count >= stop - token) return false;
    if (stop - token == 1 && names_sentence_start(text, token)) return false;
    *out = (name_span){.first = token,
                       .count = stop - token,
                       .row = DL_NONE,
                       .entity = DL_NONE,
                       .source = FROM_SHAPE,
                       .list = FROM_SHAPE,
                       .score = 0.4F};
    if (names_sentence_start(text, token) && out->count > 1 && text->tokens[token].norm.len <= 3)
        out->first++, out->count--;
    while (out->count > 1) { /* "President X" */
        dl_rows rows;
        size_t title = dl_match_longest(work->data->honorifics, text, out->first, false, &rows);
        if (!title) title = names_agent_at(work->data, text, out->first).count;
        if (!title || title >= out->count) break;
        out->first += (uint32_t)title;
        out->count -= (uint32_t)title;
    }
    out->type = (uint8_t)guess_type(work, out->first, out->count);
    return true;
}

/* ---- types by the words of a name ---- */

/* "Silala River", "Trishal Police Station", "Lake Chad": a place by its own words. */
static bool is_place_name(const names_work *work, const name_span *span)
{
    static const char *const before[] = {"lake", "mount", "port",  "cape", "camp", "fort",
                                         "rio",  "san",   "santa", "wadi", "tel",  NULL};
    if (span->count < 2) return false;
    list_match last = names_agent_ending(work->data, work->text, span->first + span->count - 1);
    if (last.count && last.count < span->count && names_agent_class(work->data, last.row) == 'l') return true;
    for (const char *const *b = before; *b; b++)
        if (span->type != DL_NAME_PERSON && dl_str_is(norm_at(work, span->first), *b)) return true;
    return false;
}

/* A name that no list knows: its form may still tell its type. */
static void settle_type(const names_work *work, name_span *span)
{
    if (span->row != DL_NONE) return;
    uint32_t last = span->first + span->count - 1;
    if (is_place_name(work, span)) {
        if (span->type == DL_NAME_ORG || span->type == DL_NAME_PERSON) span->type = DL_NAME_FAC;
    } else if (span->count == 1 && names_all_upper(work->text, last) && work->text->tokens[last].norm.len >= 3) {
        span->type = DL_NAME_ORG;
    } else if (span->count > 1 && span->type != DL_NAME_ORG && ends_with_organisation_word(norm_at(work, last))) {
        span->type = DL_NAME_ORG;
    }
}

/* Titles, months and words in lower case that the model took for names. */
static bool is_no_name(const names_work *work, const name_span *span)
{
    dl_rows rows;
    bool capital = false;
    for (uint32_t t = span->first; t < span->first + span->count; t++) {
        unsigned char first = (unsigned char)work->text->text.ptr[work->text->tokens[t].span.start];
        capital |= names_starts_upper(work->text, t) || (first >= '0' && first <= '9');
    }
    if (!capital) return true;
    if (span->row != DL_NONE) return false;
    if (dl_match_longest(work->data->notnames, work->text, span->first, false, &rows) == span->count) return true;
    if (dl_match_longest(work->data->honorifics, work->text, span->first, false, &rows) == span->count) return true;
    list_match agent = names_agent_at(work->data, work->text, span->first);
    return agent.count == span->count && names_agent_class(work->data, agent.row) == 'p';
}

/* ---- both together ---- */

/* The list's word on a name of the model's: the same words, or more of them. */
static name_span corrected(const names_work *work, name_span span)
{
    uint32_t end = span.first + span.count;
    for (uint32_t i = span.first; i < end; i++) {
        name_span known = listed_at(work, i);
        if (!known.count) continue;
        uint32_t known_end = known.first + known.count;
        bool whole = known.first <= span.first && known_end >= end;
        bool tail = span.type == DL_NAME_PERSON && known.list == FROM_PEOPLE && known_end == end && known.count > 1;
        if (!whole && !tail && !(known_end > end && known.count > 1)) continue;
        if (known.list == FROM_PEOPLE && span.type != DL_NAME_PERSON && known.count == 1 && span.count > 1) continue;
        if (known.list == FROM_COUNTRIES && span.type == DL_NAME_PERSON && known.count == 1 && span.score > 0.8F)
            continue;
        if (!tail) span.count = known_end - span.first;
        span.row = known.row;
        span.list = known.list;
        span.type = known.type;
        return span;
    }
    return span;
}

/* A listed name that the model passed over. */
static bool stands_alone(const names_work *work, const name_span *known)
{
    if (!known->count) return false;
    if (!work->text->parsed) return true;
    if (known->list == FROM_PEOPLE) return known->count > 1 || work->text->tokens[known->first].upos == DL_PROPN;
    if (known->list == FROM_COUNTRIES) return true;
    dl_str letters = dl_table_cell(work->data->organisations, known->row, work->data->organisation.letters);
    return known->count > 1 || !dl_str_is(letters, "word");
}

static bool next_span(const names_work *work, uint32_t token, name_span *out)
{
    const dl_text *text = work->text;
    if (text->tokens[token].name && !is_edge_word(norm_at(work, token))) {
        *out = corrected(work, modelled_at(work, token));
        settle_type(work, out);
        return !is_no_name(work, out);
    }
    name_span known = listed_at(work, token);
    if (stands_alone(work, &known)) {
        *out = known;
        uint32_t end = known.first + known.count; /* the model's name goes on: "Port | Sudan" */
        if (end < text->token_count && text->tokens[end].name && !(text->tokens[end].flags & DL_TOKEN_NAME_BEGIN))
            return known.count > 1;
        return true;
    }
    if (text->parsed || !shaped_at(work, token, out)) return false;
    *out = corrected(work, *out);
    return !is_no_name(work, out);
}

/* "Sultanate of | Oman", "Conference of Nicaragua": a body's or place's name goes on behind "of". */
static bool joins_last(const names_work *work, const name_span *span)
{
    if (!work->spans.count || (span->type != DL_NAME_GPE && span->type != DL_NAME_LOC)) return false;
    const name_span *last = &work->spans.items[work->spans.count - 1];
    if (last->row != DL_NONE || last->type == DL_NAME_PERSON || last->type == DL_NAME_NORP ||
        last->source != FROM_MODEL)
        return false;
    uint32_t end = last->first + last->count;
    bool inside = dl_str_is(norm_at(work, end - 1), "of") && end == span->first;
    bool between = end + 1 == span->first && dl_str_is(norm_at(work, end), "of");
    return (inside || between) && last->count + span->count < 10;
}

dl_status names_spans_find(names_work *work, dl_error *err)
{
    const dl_text *text = work->text;
    work->span_of = DL_NEW_ARRAY(work->arena, uint32_t, text->token_count);
    if (!work->span_of) return dl_fail_memory(err);
    for (size_t i = 0; i < text->token_count; i++)
        work->span_of[i] = DL_NONE;
    for (uint32_t i = 0; i < text->token_count; i++) {
        name_span span;
        if (!next_span(work, i, &span)) continue;
        if (joins_last(work, &span)) {
            name_span *last = &work->spans.items[work->spans.count - 1];
            last->count = span.first + span.count - last->first;
            span = *last;
            work->spans.count--;
        }
        while (span.count > 1 && dl_str_is(norm_at(work, span.first + span.count - 1), "of") && span.row == DL_NONE &&
               !(span.first + span.count < text->token_count && names_starts_upper(text, span.first + span.count)))
            span.count--;
        name_span *item = DL_VEC_PUSH(work->arena, &work->spans);
        if (!item) return dl_fail_memory(err);
        *item = span;
        for (uint32_t t = span.first; t < span.first + span.count; t++)
            work->span_of[t] = (uint32_t)work->spans.count - 1;
        i = span.first + span.count - 1;
    }
    return DL_OK;
}
