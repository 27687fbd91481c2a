/* encoding.h - which encoding a page is in (WHATWG Encoding and HTML standards), and its text as UTF-8. */
#ifndef DL_PAGE_ENCODING_H
#define DL_PAGE_ENCODING_H

#include "base/lexicon.h"
#include "page/markup.h"

/* data/page/encodings.tsv and letters.tsv; read-only after opening, lives as long as the lexicon. */
typedef struct dl_encodings {
    const dl_table *labels, *letters;
    int name, converter;                      /* columns of labels */
    int language_encodings, language_letters; /* columns of letters */
} dl_encodings;
dl_status dl_encodings_open(dl_encodings *out, const dl_lexicon *lexicon, dl_error *err);

typedef enum dl_encoding_basis {
    DL_ENCODING_BOM, DL_ENCODING_TRANSPORT, DL_ENCODING_META, DL_ENCODING_GUESSED
} dl_encoding_basis;

typedef struct dl_encoding {
    dl_str name; /* WHATWG, lower case: "utf-8", "windows-1252", "shift_jis" */
    dl_str converter; /* iconv's name */
    dl_encoding_basis basis;
} dl_encoding;

/* The encoding of a label; UTF-8 if there is no such label. */
dl_encoding dl_encoding_named(const dl_encodings *encodings, dl_str label);

/* `transport` is the charset of the HTTP header, ptr NULL if none. Never fails. */
dl_encoding dl_encoding_sniff(const dl_encodings *encodings, dl_str bytes, dl_str transport);

/* The page's text as UTF-8. A page in UTF-8 is borrowed (its byte order mark left out) and may still hold bytes that
 * are no UTF-8, which every reader takes for U+FFFD. */
dl_status dl_encoding_decode(dl_markup *out, dl_arena *arena, dl_str bytes, const dl_encoding *encoding,
                             dl_error *err);

#endif
