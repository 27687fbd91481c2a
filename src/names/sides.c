/* sides.c - side and code of named entities, from the page first and the lists second. */
#include "base/error.h"
#include "names/codes.h"
#include "names/work.h"

static dl_str joined(const names_work *work, dl_str country, dl_str sector)
{
    return dl_arena_format(work->arena, "%.*s%.*s", (int)country.len, country.ptr, (int)sector.len, sector.ptr);
}

/* The list's code for the office held on the day of the page. */
static dl_str listed_person(const names_work *work, const entity_note *note)
{
    const dl_names_data *data = work->data;
    if (note->list != FROM_PEOPLE || note->row == DL_NONE) return (dl_str){0};
    dl_rows rows = dl_table_find(data->people, dl_table_cell(data->people, note->row, 0));
    uint32_t row = rows.count ? names_person_row(data, rows, work->published) : note->row;
    return dl_table_cell(data->people, row, data->person.code);
}

bool names_is_public_office(dl_str sector)
{
    return dl_str_is(sector, "GOV") || dl_str_is(sector, "MIL") || dl_str_is(sector, "LEG") || dl_str_is(sector, "COP") ||
           dl_str_is(sector, "JUD") || dl_str_is(sector, "SPY");
}

static dl_str person_code(const names_work *work, const entity_note *note, dl_str main_country)
{
    dl_str told = note->role.agent.count ? names_phrase_code(work->data, work->arena, &note->role) : (dl_str){0};
    if (told.len && !dl_names_is_sector(told)) return told;
    dl_str listed = listed_person(work, note);
    if (listed.len) return listed;
    return names_is_public_office(told) ? dl_names_code_in(work->arena, told, main_country) : told;
}

/* "Kharkiv Regional Military Administration", "Sudan Doctors Network": the words of the name itself. */
static dl_str organisation_code(const names_work *work, const entity_note *note)
{
    const dl_names_data *data = work->data;
    if (note->list == FROM_ORGANISATIONS && note->row != DL_NONE)
        return dl_table_cell(data->organisations, note->row, data->organisation.code);
    const name_span *span = &work->spans.items[note->span];
    uint32_t end = span->first + span->count;
    list_match agent = {0};
    for (uint32_t i = span->first; i < end; i++) {
        list_match found = names_agent_at(data, work->text, i);
        if (found.count && found.first + found.count <= end && names_agent_class(data, found.row) == 'g' &&
            found.count >= agent.count)
            agent = found;
    }
    names_phrase phrase = names_phrase_words(data, work->text, span->first, end, agent);
    if (!phrase.country.len && !phrase.organisation.len) { /* "Ukraine's Defence Ministry" */
        names_phrase wider = names_phrase_read(data, work->text, names_head(work->text, span->first, span->count));
        phrase.country = wider.country;
    }
    dl_str sector = agent.count ? names_agent_sector(data, agent.row) : (dl_str){0};
    if (!phrase.country.len) return sector;
    return sector.len ? joined(work, phrase.country, sector) : phrase.country;
}

/* "Afghan posts", "Polish Silesia": a place that no list knows, of the country that its own words name. */
static dl_str country_in_name(const names_work *work, const entity_note *note)
{
    if (note->span == DL_NONE || note->entity.type == DL_NAME_NORP) return (dl_str){0};
    const name_span *span = &work->spans.items[note->span];
    for (uint32_t i = span->first; i + 1 < span->first + span->count; i++) {
        list_match found = names_country_at(work->data, work->text, i);
        if (found.count && found.first + found.count < span->first + span->count) return names_country_code(work->data, found.row);
    }
    return (dl_str){0};
}

static dl_str place_code(const names_work *work, const entity_note *note)
{
    if (note->row == DL_NONE) return country_in_name(work, note);
    if (note->list == FROM_COUNTRIES) {
        dl_str country = names_country_code(work->data, note->row);
        bool people = names_country_kind(work->data, note->row) == COUNTRY_PEOPLE; /* "five Palestinians" */
        return people ? joined(work, country, DL_STR("CVL")) : country;
    }
    if (note->list == FROM_ORGANISATIONS)
        return dl_table_cell(work->data->organisations, note->row, work->data->organisation.code);
    return (dl_str){0};
}

/* "IGOEUR" and "IMGISI" are sides of their own. */
static dl_str side_of(dl_str code)
{
    if (dl_str_starts(code, "IGO") || dl_str_starts(code, "IMG")) return code;
    return dl_names_country_of(code);
}

/* The Taliban were rebels until they took Kabul (the codebook's ruling). */
static dl_str of_its_time(const names_work *work, dl_str code)
{
    dl_date date = work->published;
    bool before = date.year && (date.year < 2021 || (date.year == 2021 && date.month && date.month < 8));
    return before && dl_str_is(code, "AFGGOV") ? DL_STR("AFGREB") : code;
}

static bool is_taliban(const names_work *work, const entity_note *note)
{
    return note->list == FROM_ORGANISATIONS && note->row != DL_NONE &&
           dl_str_is(dl_table_cell(work->data->organisations, note->row, work->data->organisation.name), "Taliban");
}

dl_status names_sides_tell(names_work *work, dl_error *err)
{
    (void)err;
    dl_str main_country = dl_names_main_country(work->data, work->text);
    for (size_t i = 0; i < work->entities.count; i++) {
        entity_note *note = &work->entities.items[i];
        switch (note->entity.type) {
        case DL_NAME_PERSON: note->entity.code = person_code(work, note, main_country); break;
        case DL_NAME_ORG: note->entity.code = organisation_code(work, note); break;
        case DL_NAME_GPE: case DL_NAME_NORP: case DL_NAME_LOC: note->entity.code = place_code(work, note); break;
        default: break;
        }
        if (is_taliban(work, note)) note->entity.code = of_its_time(work, note->entity.code);
        note->entity.side = side_of(note->entity.code);
        if (!note->entity.code.len) note->entity.code = (dl_str){0};
        if (!note->entity.side.len) note->entity.side = (dl_str){0};
    }
    return DL_OK;
}
