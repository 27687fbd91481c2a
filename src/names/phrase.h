/* phrase.h - inside the names room: what the words of a noun phrase say of country and sector. */
#ifndef DL_NAMES_PHRASE_H
#define DL_NAMES_PHRASE_H

#include "names/data.h"

typedef struct names_phrase {
    uint32_t first, last; /* tokens of the phrase, without what follows it */
    list_match agent;     /* "foreign minister", count 0: the head is no agent */
    dl_str country;       /* "RUS"; empty where not told */
    dl_str organisation;  /* code of an organisation that the phrase names, "PSEREB" */
    dl_str body;          /* sector of the body that the person is of, "MIL" for a spokesman of the army */
    dl_str group;         /* code of the whole phrase from the list of groups */
    bool capital;         /* the country was read from its capital */
} names_phrase;

/* Reads the phrase headed by `head`. */
names_phrase names_phrase_read(const dl_names_data *data, const dl_text *text, uint32_t head);
/* The same for given tokens [first, end) with a known agent, for roles beside a name. */
names_phrase names_phrase_words(const dl_names_data *data, const dl_text *text, uint32_t first, uint32_t end,
                                list_match agent);
/* The phrase's code; ptr NULL where it has none (or memory is out, which `failed` tells). */
dl_str names_phrase_code(const dl_names_data *data, dl_arena *arena, const names_phrase *phrase);
/* Whether the phrase's head may be somebody: a person or group. */
bool names_phrase_is_actor(const dl_names_data *data, const names_phrase *phrase);

#endif
