/* vocabulary.h - words as small numbers, and the kinds of things they name. */
#ifndef DL_EVENTS_VOCABULARY_H
#define DL_EVENTS_VOCABULARY_H

#include "base/lexicon.h"

typedef uint32_t word_id; /* 0: a word of no list */
typedef uint64_t class_set;

enum { MAX_CLASSES = 60 };
/* Kinds that no list tells but the text does; above those of data/events/classes.tsv. */
#define CLASS_NAME ((class_set)1 << 61)
#define CLASS_PRONOUN ((class_set)1 << 62)
#define CLASS_NUMBER ((class_set)1 << 63)

typedef struct vocabulary {
    dl_arena *arena;
    dl_str *words;      /* by number; words[0] is "" */
    class_set *classes; /* of each word */
    word_id *slots;     /* open addressing, a power of two */
    size_t count, capacity, slot_count;
    dl_str class_names[MAX_CLASSES];
    size_t class_count;
} vocabulary;

/* "drone", "missile" or anything of the kind "weapon": what a condition looks for. */
typedef struct word_set {
    class_set classes;
    const word_id *words;
    size_t count;
} word_set;

dl_status vocabulary_init(vocabulary *v, dl_arena *arena, dl_error *err);
word_id vocabulary_find(const vocabulary *v, dl_str word);
/* Number of a word, a new one if need be; 0 when out of memory. The bytes are borrowed. */
word_id vocabulary_add(vocabulary *v, dl_str word);
/* Bits of a kind, 0 where unknown. "name", "pron" and "num" are known to all. */
class_set vocabulary_class(const vocabulary *v, dl_str name);
/* The table of kinds: key (a word or phrase; the last word of a phrase counts), class. */
dl_status vocabulary_read_classes(vocabulary *v, const dl_table *table, dl_error *err);
/* "a,b,@c" as a set. */
dl_status vocabulary_set(vocabulary *v, dl_str list, word_set *out, dl_error *err);

#endif
