/* language.h - the language a page is written in, as a BCP 47 tag. */
#ifndef DL_PAGE_LANGUAGE_H
#define DL_PAGE_LANGUAGE_H

#include "base/lexicon.h"
#include "page/reading.h"

typedef struct dl_language_words {
    const dl_table *words, *metas;
    int language, meta_kind, meta_rank; /* columns */
} dl_language_words;

dl_status dl_language_words_open(dl_language_words *out, const dl_lexicon *lexicon, dl_error *err);

/* html lang, meta, JSON-LD inLanguage: the first that is a language tag ("de", "pt-BR"), unless `text`, the story, is
 * written in a script of another language, or "en" is told and it plainly is not; else what the story's letters and commonest words say. ptr NULL if nothing does. */
dl_str dl_language_choose(const dl_language_words *words, const dl_reading *reading, dl_str text, dl_arena *arena);
/* What the letters and commonest words of `text` say alone; ptr NULL where they are too few. */
dl_str dl_language_guess(const dl_language_words *words, dl_str text, dl_arena *arena);

#endif
