/* lexicon.h - the word lists of data/, compiled into one mapped image.
 *
 * Each data/DIR/FILE.tsv becomes a table "DIR/FILE". Its first line that is no comment names the columns,
 * tab-separated; '#' at a line's start is a comment. The first column is the key: a phrase in lower case, its
 * words parted by single spaces; rows with the same key lie together, in file order. tools/compile_lexicon.c
 * writes the image; layout in lexicon.c. */
#ifndef DL_BASE_LEXICON_H
#define DL_BASE_LEXICON_H

#include "base/str.h"

typedef struct dl_lexicon dl_lexicon;
typedef struct dl_table dl_table;

dl_status dl_lexicon_open(dl_lexicon **out, const char *path, dl_error *err);
void dl_lexicon_close(dl_lexicon *lexicon); /* NULL is fine */
/* Gives back what opening and reading through tables has brought into memory; it comes anew where it is looked at. */
void dl_lexicon_release(const dl_lexicon *lexicon);
/* DL_BAD_DATA when the image holds no such table. Lent by the lexicon. */
dl_status dl_lexicon_table(const dl_lexicon *lexicon, const char *name, const dl_table **out, dl_error *err);

size_t dl_table_rows(const dl_table *table);
/* Number of a column, or -1. Resolve once, when a stage opens. */
int dl_table_column(const dl_table *table, const char *name);
dl_str dl_table_cell(const dl_table *table, size_t row, int column); /* "" where empty or column is -1 */

typedef struct dl_rows {
    uint32_t first, count; /* count 0: none */
} dl_rows;
dl_rows dl_table_find(const dl_table *table, dl_str key);
/* Whether some key goes on after `words`, with a space or a mark between ("cease" of "cease-fire"): then a longer
 * match may exist. */
bool dl_table_is_prefix(const dl_table *table, dl_str words);

#endif
