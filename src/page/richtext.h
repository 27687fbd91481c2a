/* richtext.h - a story kept as a tree of JSON nodes, as editors and content stores write it: a paragraph is an object
 * with a type, its text is spread over the nodes below.
 *
 * Known by the words of data/page/richtext.tsv, not by the maker's name: Slate, ProseMirror, Lexical, Draft.js,
 * Editor.js, Contentful, Portable Text, hast, blocks of WordPress and others differ in their keys only. */
#ifndef DL_PAGE_RICHTEXT_H
#define DL_PAGE_RICHTEXT_H

#include "base/json.h"
#include "base/lexicon.h"
#include "page/writer.h"

typedef enum dl_rich_kind {
    DL_RICH_NONE,    /* no object, or one that says nothing of itself */
    DL_RICH_CONTENT, /* of keys: the node's text or children */
    DL_RICH_TYPE,    /* of keys: the name of its type */
    DL_RICH_PARAGRAPH, DL_RICH_HEADING, DL_RICH_QUOTE, DL_RICH_ITEM, DL_RICH_CAPTION,
    DL_RICH_BREAK,   /* a line break */
    DL_RICH_SKIP,    /* pictures, adverts, lists of other stories */
    DL_RICH_COUNT
} dl_rich_kind;

typedef struct dl_rich_words {
    const dl_table *table;
    int kind; /* column */
} dl_rich_words;

dl_status dl_rich_words_open(dl_rich_words *out, const dl_lexicon *lexicon, dl_error *err);

/* Objects of a normalised cache, found by their key: {"__ref": "Paragraph:7"}. */
typedef struct dl_rich_cache {
    const dl_json **slots; /* open addressing by hash of the key; NULL: free */
    uint32_t mask;         /* 0: no cache */
} dl_rich_cache;
/* The cache in a JSON document: its object with the most members that a reference could name. Empty if there is none. */
void dl_rich_cache_find(dl_rich_cache *out, const dl_json *root, dl_arena *arena);
/* What `value` refers to, or `value` itself. */
const dl_json *dl_rich_follow(const dl_rich_cache *cache, const dl_json *value);

typedef struct dl_rich {
    const dl_rich_words *words;
    dl_rich_cache cache;
    const dl_markup *markup; /* what the JSON was read from */
    size_t base;             /* of the JSON in it */
    uint32_t budget;         /* nodes that may still be looked at: references may lead in circles */
} dl_rich;

dl_rich_kind dl_rich_kind_of(const dl_rich_words *words, const dl_json *node);
bool dl_rich_is_content(const dl_rich_words *words, dl_str key);
/* Whether a string reads like a sentence or more, not like code, an address or a name. */
bool dl_rich_is_prose(dl_str text);
/* Bytes of text in a paragraph or the like. */
size_t dl_rich_bytes(dl_rich *rich, const dl_json *node);
/* Writes a value: a string as plain text or HTML, an array or object with all of its text below. */
dl_status dl_rich_write(dl_rich *rich, const dl_json *value, dl_writer *writer, dl_arena *arena, dl_error *err);
/* Writes a string as a heading. */
dl_status dl_rich_write_heading(dl_rich *rich, const dl_json *text, dl_writer *writer, dl_arena *arena, dl_error *err);

#endif
