/* clause.h - who does what to whom around a word, by the parse or, where there is none, by order. */
#ifndef DL_EVENTS_CLAUSE_H
#define DL_EVENTS_CLAUSE_H

#include "events/coder.h"

/* All give DL_NONE where there is no such word. */
uint32_t clause_agent(const coder *c, uint32_t verb);
uint32_t clause_patient(const coder *c, uint32_t verb);
/* The n-th noun behind a preposition that hangs on `token`. */
uint32_t clause_oblique(const coder *c, uint32_t token, word_id preposition, unsigned n);
/* The verb that a noun is subject or object of; `*relation` tells which. */
uint32_t clause_verb_of(const coder *c, uint32_t noun, dl_deprel *relation);
bool clause_is_verb(const coder *c, uint32_t token);
bool clause_is_nominal(const coder *c, uint32_t token);
/* "dozens of people", "a series of strikes": the noun that is meant. */
uint32_t clause_content_noun(const coder *c, uint32_t noun);
/* A noun's conjuncts, itself first. */
size_t clause_conjuncts(const coder *c, uint32_t noun, uint32_t *out, size_t room);
/* The pronoun that says whose it is: "its" of "its forces". */
uint32_t clause_owner(const coder *c, uint32_t noun);
/* First token of what stands before a noun inside its phrase. */
uint32_t clause_phrase_start(const coder *c, uint32_t noun);

#endif
