/* data.h - inside the names room: its word lists, and what a token is according to them.
 *
 * Only tables are looked at here, never the syntax tree. */
#ifndef DL_NAMES_DATA_H
#define DL_NAMES_DATA_H

#include "dateline/text.h"
#include "names/names.h"
#include "text/match.h"

struct dl_names_data {
    const dl_table *countries, *organisations, *people, *agents, *honorifics, *groups, *notnames;
    struct {
        int kind, iso3, iso2, name;
    } country;
    struct {
        int name, type, code, letters;
    } organisation;
    struct {
        int name, code, office, from, to;
    } person;
    struct {
        int sector, kind;
    } agent;
    struct {
        int kind;
    } honorific;
    struct {
        int code;
    } group;
};

typedef enum country_word {
    COUNTRY_NONE,
    COUNTRY_NAME,
    COUNTRY_REGION,
    COUNTRY_DEMONYM,
    COUNTRY_PEOPLE,
    COUNTRY_CAPITAL
} country_word;

/* A phrase of a list found at a token; count 0: none. */
typedef struct list_match {
    uint32_t first, count; /* tokens */
    uint32_t row;
} list_match;

/* How a token is written. */
bool names_starts_upper(const dl_text *text, uint32_t token);
bool names_all_upper(const dl_text *text, uint32_t token); /* two letters or more, all of them capitals */
bool names_sentence_start(const dl_text *text, uint32_t token);

/* Longest matches that start at `token` and are written as such names are. */
list_match names_country_at(const dl_names_data *data, const dl_text *text, uint32_t token);
list_match names_organisation_at(const dl_names_data *data, const dl_text *text, uint32_t token);
list_match names_person_at(const dl_names_data *data, const dl_text *text, uint32_t token);
/* The longest key of any table at `token`, its last word in the singular or the plural. */
list_match names_noun_at(const dl_table *table, const dl_text *text, uint32_t token);
/* Titles, offices, nominal agents; a plural answers its singular. */
list_match names_agent_at(const dl_names_data *data, const dl_text *text, uint32_t token);
/* The longest of them that ends with `token`. */
list_match names_agent_ending(const dl_names_data *data, const dl_text *text, uint32_t token);

country_word names_country_kind(const dl_names_data *data, uint32_t row);
/* "SDN" */
dl_str names_country_code(const dl_names_data *data, uint32_t row);
/* "GOV", empty where the agent has none of its own. */
dl_str names_agent_sector(const dl_names_data *data, uint32_t row);
/* 'p' person, 'g' group, 'v' vehicle, 'l' place. */
char names_agent_class(const dl_names_data *data, uint32_t row);
/* The person's row whose time in office holds `date`, else the one that ended last before it; rows are those of one
 * key. */
uint32_t names_person_row(const dl_names_data *data, dl_rows rows, dl_date date);

/* Whether the person of the rows held an office already on `date`; true where either is not known. */
bool names_person_known_by(const dl_names_data *data, dl_rows rows, dl_date date);

/* The name type of a list's word, "GPE". DL_NAME_NONE for anything else. */
dl_name_type names_type_of(dl_str word);

#endif
