/* tree.h - questions put to the dependency trees of a text.
 *
 * Tokens are told by their index in text->tokens, answers too; DL_NONE is "none" and may be asked about (the answer
 * is again none). All need `dl_tree_link` to have run, which dl_syntax_annotate and dl_conllu_read do.
 * No call allocates, and none runs forever on heads that form no tree.
 *
 * Terms are those of Universal Dependencies. Where a question is about who does what (agent, patient), passives,
 * shared subjects and participles are looked through. */
#ifndef DL_SYNTAX_TREE_H
#define DL_SYNTAX_TREE_H

#include "dateline/text.h"

/* Fills child, sibling, left and right of every token from the heads. */
void dl_tree_link(dl_text *text);

/* "nsubj:pass" is an "nsubj": whether `relation` is `base` or a subtype of it. */
bool dl_deprel_is(dl_deprel relation, dl_deprel base);

/* ---- up and down ---- */

uint32_t dl_tree_head(const dl_text *text, uint32_t token);
uint32_t dl_tree_root(const dl_text *text, uint32_t sentence); /* the first one, should there be more */
uint32_t dl_tree_first_child(const dl_text *text, uint32_t token);
uint32_t dl_tree_next_child(const dl_text *text, uint32_t child); /* in order of the text */
/* The first dependent with just this relation, or with it or a subtype of it. */
uint32_t dl_tree_child(const dl_text *text, uint32_t token, dl_deprel relation);
uint32_t dl_tree_child_like(const dl_text *text, uint32_t token, dl_deprel base);
bool dl_tree_dominates(const dl_text *text, uint32_t above, uint32_t token); /* a token dominates itself */
/* Bytes from the first to the last token that depends on `token`. {0, 0} for DL_NONE. */
dl_span dl_tree_subtree(const dl_text *text, uint32_t token);

/* ---- predicates ---- */

/* A verb, or a word with a copula. */
bool dl_tree_is_predicate(const dl_text *text, uint32_t token);
/* The nearest predicate at or above `token`; the root where there is none. */
uint32_t dl_tree_clause(const dl_text *text, uint32_t token);
/* "was killed", "got hit", "men killed in the raid", and conjuncts of such. */
bool dl_tree_is_passive(const dl_text *text, uint32_t verb);
/* "not", "never", "n't", "no" on the word itself, its auxiliaries left out. */
bool dl_tree_is_negated(const dl_text *text, uint32_t token);

/* Its own subject (nsubj, nsubj:pass or csubj), as it stands. */
uint32_t dl_tree_subject(const dl_text *text, uint32_t predicate);
/* The subject, its own or else: that of the verb it is coordinated with, that of the verb it complements ("tried to
 * flee"; an object that controls goes first: "forced them to flee"), or the noun it modifies ("rebels who", "men killed"). */
uint32_t dl_tree_understood_subject(const dl_text *text, uint32_t predicate);
uint32_t dl_tree_object(const dl_text *text, uint32_t predicate);
/* Who does it: the understood subject of an active verb, the "by" phrase of a passive one. */
uint32_t dl_tree_agent(const dl_text *text, uint32_t predicate);
/* To whom it is done: the object of an active verb (shared ones too: "shelled and burned the town"), the understood subject of a passive one. */
uint32_t dl_tree_patient(const dl_text *text, uint32_t predicate);
/* The noun of the "by" phrase of a passive verb or of a noun ("an attack by rebels"). */
uint32_t dl_tree_by(const dl_text *text, uint32_t token);
/* The n-th (from 0) nmod or obl of `token` whose preposition has this norm ("in"); DL_NONE when there are no more. */
uint32_t dl_tree_oblique(const dl_text *text, uint32_t token, const char *preposition, unsigned n);

/* ---- nominals ---- */

/* The preposition or other case marker of a noun; the first, when it has several. */
uint32_t dl_tree_case(const dl_text *text, uint32_t noun);
/* What a relative pronoun ("who", "that") stands for, else the token itself. */
uint32_t dl_tree_antecedent(const dl_text *text, uint32_t token);
/* Appositions, "Abdel Fattah al-Burhan, the army chief": the noun in apposition. */
uint32_t dl_tree_apposition(const dl_text *text, uint32_t noun);
/* `token` and what is coordinated with it, in order; gives how many were written to `out`. When `token` is itself a later
 * conjunct, it and its own conjuncts only. */
size_t dl_tree_conjuncts(const dl_text *text, uint32_t token, uint32_t *out, size_t room);
/* First conjunct of the coordination that `token` stands in, or itself. */
uint32_t dl_tree_first_conjunct(const dl_text *text, uint32_t token);

typedef struct dl_token_range {
    uint32_t first, last; /* both included; DL_NONE both: none */
} dl_token_range;
/* The noun phrase round `head` without what comes after it in clauses, appositions, coordination or prepositional phrases:
 * determiners, numbers, adjectives, compounds, possessors, flat parts of a name. Closed brackets and
 * quotation marks inside are kept, those at the edges left out. */
dl_token_range dl_tree_noun_phrase(const dl_text *text, uint32_t head);
/* The same with its prepositional phrases ("the head of the army"). */
dl_token_range dl_tree_full_noun_phrase(const dl_text *text, uint32_t head);
dl_span dl_tree_range_span(const dl_text *text, dl_token_range range);

#endif
