/* find.h - how words that people ask for are told to SQLite. */
#ifndef DL_STORE_FIND_H
#define DL_STORE_FIND_H

#include "store/database.h"

/* Words in quotes for FTS5, so that nothing in them is an operator; a star behind a word asks for its beginning. */
dl_str store_search_words(dl_arena *arena, dl_str text);
/* The whole as one phrase for FTS5. */
dl_str store_phrase(dl_arena *arena, dl_str words);
/* With a space at either end. */
dl_str store_spaced(dl_arena *arena, dl_str words);

/* Whether whole words of the name in column `name` are those asked for, with a space at either end; case of ASCII letters does not matter. */
#define HAS_WORDS(name) "instr(lower(' ' || replace(replace(" name ", '-', ' '), ',', ' ') || ' '), lower(?)) > 0"

#endif
