/* lexicon_format.h - the records of a lexicon image, shared by its reader and its compiler. */
#ifndef DL_BASE_LEXICON_FORMAT_H
#define DL_BASE_LEXICON_FORMAT_H

#include <stdint.h>

#define LEXICON_MAGIC "DLLEXICN"
enum { LEXICON_VERSION = 2 };

typedef struct lexicon_counts {
    uint32_t tables, reserved;
} lexicon_counts;

typedef struct lexicon_cell { /* bytes in the table's text */
    uint32_t offset, len;
} lexicon_cell;

typedef struct lexicon_slot { /* key.len 0: free */
    lexicon_cell key;
    uint32_t first; /* rows with this key */
    uint32_t count; /* how many; 0 where it is only a prefix; LEXICON_PREFIX is added where it begins longer keys */
} lexicon_slot;

#define LEXICON_PREFIX (UINT32_C(1) << 31)

typedef struct lexicon_table { /* offsets from the start of the file, multiples of 8 */
    lexicon_cell name;
    uint32_t columns, rows, slot_count, reserved;
    uint64_t column_names, cells, slots, text, text_size;
} lexicon_table;

#endif
