/* speaker.h - inside the statements room: who speaks. */
#ifndef DL_STATEMENTS_SPEAKER_H
#define DL_STATEMENTS_SPEAKER_H

#include "statements/work.h"

/* The token that speaks or thinks in a verb's clause: its subject, that of the verb it hangs on ("..., adding
 * that"), the "by" phrase of a passive; DL_NONE where nobody does. */
uint32_t statements_subject(const dl_text *text, uint32_t verb);
/* Whether a noun may speak: a person, group, body, country, document or pronoun. */
bool statements_may_speak(const statements_work *work, uint32_t head);
/* The speaker's phrase with what is said about them ("..., a lawyer who ..."), without the content and the
 * cue. */
void statements_set_speaker(const statements_work *work, draft *item, uint32_t head);

/* The speaker's phrase as given, cut where the content or the cue begins. */
void statements_speaker_words(const statements_work *work, draft *item, dl_token_range words);

#endif
