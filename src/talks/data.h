/* data.h - inside the talks room: word lists, and the talks being put together. */
#ifndef DL_TALKS_DATA_H
#define DL_TALKS_DATA_H

#include "talks/talks.h"
#include "text/numbers.h"

struct dl_talks_data {
    const dl_table *issues, *cues;
    int topic, kind;
    dl_numbers *numbers;
};

enum { MAX_PARTIES = 8, MAX_DELEGATES = 8, MAX_MEDIATORS = 6 };

typedef DL_VEC(dl_issue) issue_vec;

/* Parties of one negotiation, codes or names. */
typedef struct party_list {
    dl_str items[MAX_PARTIES];
    size_t count;
} party_list;

/* Talks being put together, the lists with room for the greatest number. */
typedef struct talk_draft {
    dl_talk talk;
    party_list parties, mediators;
    uint32_t delegates[MAX_DELEGATES];
    issue_vec issues;
    uint32_t trigger_token;
    bool agreed; /* known by an agreement of the sides alone, no word of talks: told only with what they agreed on */
} talk_draft;

typedef DL_VEC(talk_draft) talk_vec;

typedef struct talks_reader {
    const dl_talks_data *data;
    const dl_events_input *in;
    const dl_text *text;
    const dl_events *events;
    dl_arena *arena;
    dl_str country; /* most spoken of on the page, ptr NULL where none stands out */
} talks_reader;

/* cues.c */
/* A cue of this kind that starts at `token`: the number of its tokens, 0 for none. */
size_t talks_cue_at(const talks_reader *r, size_t token, const char *kind);
/* The first token of [from, to) where a cue of the kind starts, DL_NONE. */
uint32_t talks_cue_in(const talks_reader *r, uint32_t from, uint32_t to, const char *kind);
bool talks_is(const talks_reader *r, size_t token, const char *norm);
uint32_t talks_sentence_end(const talks_reader *r, uint32_t sentence); /* one past its last token */
/* Whether a sentence tells of something still to come: "will", "is to", "scheduled". */
bool talks_is_coming(const talks_reader *r, uint32_t sentence);

/* parties.c */
/* Adds whom the noun phrase headed by `token` stands for: of "delegations of the army and the rebels" both; who is on the
 * list already, were it by another office of the same state, is not added again. */
void talks_add_party(const talks_reader *r, party_list *to, uint32_t token);
/* Who talks in an event of type CONSULT. */
void talks_read_parties(const talks_reader *r, const dl_event *e, party_list *out);
/* The one of the list that is the same party, or NULL. */
const dl_str *talks_same_party(const party_list *list, dl_str party);
/* The persons that a sentence names as delegates. */
void talks_read_delegates(const talks_reader *r, uint32_t sentence, talk_draft *draft);
void talks_add_delegate(const talks_reader *r, talk_draft *draft, uint32_t entity);

/* mediators.c */
/* Takes those off the list whom their sentence calls mediators, where two sides remain: "talks of X and Y mediated by Z". */
void talks_drop_mediators(const talks_reader *r, uint32_t sentence, party_list *parties);
void talks_read_mediators(const talks_reader *r, uint32_t sentence, talk_draft *draft);
/* A third state that announces what the sides agreed on, or when they meet again, speaks for both: it mediates. */
void talks_read_announcers(const talks_reader *r, uint32_t first, uint32_t last, talk_draft *draft);

/* details.c */
/* Where an event's sides meet: its place, unless the text speaks of it as somebody ("with Moscow", "envoys from Washington"). */
uint32_t talks_venue(const talks_reader *r, const dl_event *e);
/* details.c: round, outcome, next round that a sentence tells. */
void talks_read_details(const talks_reader *r, uint32_t sentence, talk_draft *draft);
/* The number of the round named at the noun `token`, 0 for none. */
int32_t talks_round_at(const talks_reader *r, uint32_t token);

/* Whether a sentence names something that talks are about. */
bool talks_names_issue(const talks_reader *r, uint32_t sentence);
/* issues.c: what a sentence says of issues. */
dl_status talks_read_issues(const talks_reader *r, uint32_t sentence, issue_vec *out, dl_error *err);

#endif
