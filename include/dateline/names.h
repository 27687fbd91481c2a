/* names.h - people, organisations, groups, states: entities and where they are mentioned. */
#ifndef DATELINE_NAMES_H
#define DATELINE_NAMES_H

#include "dateline/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_mention_kind { DL_MENTION_NAME, DL_MENTION_NOMINAL, DL_MENTION_PRONOUN } dl_mention_kind;

typedef struct dl_mention {
    dl_span span;
    uint32_t first, count; /* tokens */
    uint32_t head;         /* token */
    uint32_t entity;       /* index */
    dl_mention_kind kind;
} dl_mention;

typedef struct dl_entity {
    dl_name_type type;
    dl_str name;      /* fullest form on the page, or the canonical name of a known actor */
    dl_str role;      /* "army chief"; ptr NULL where not told */
    dl_span role_span; /* empty where the role comes from a list */
    dl_str side;      /* ISO 3166-1 alpha-3, or a CAMEO international code; ptr NULL where not known */
    dl_str code;      /* CAMEO/PLOVER style: country + sector, "SDNMIL"; ptr NULL where not known */
    uint32_t head_mention; /* index of the mention that names it best */
    float confidence;
} dl_entity;

typedef struct dl_names {
    dl_entity *entities;
    size_t entity_count;
    dl_mention *mentions; /* in order of their first token */
    size_t mention_count;
} dl_names;

#ifdef __cplusplus
}
#endif
#endif
