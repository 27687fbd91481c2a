/* parsed.h - trees for tests, written in one line: "FORM/UPOS/HEAD/DEPREL" or "FORM/UPOS/HEAD/DEPREL/FEATS" a word,
 * heads counted from 1 inside the sentence and 0 the root; "||" parts sentences. Forms are also the lemmas
 * unless a sixth part tells another. Usable by the tests of any room that works on trees. */
#ifndef DL_TEST_PARSED_H
#define DL_TEST_PARSED_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "syntax/conllu.h"

static inline void parsed_word(FILE *to, int number, dl_str word)
{
    dl_str part[6] = {{0}};
    for (int i = 0; i < 6 && dl_str_next(&word, '/', &part[i]); i++) continue;
    dl_str feats = part[4].len ? part[4] : DL_STR("_"), lemma = part[5].len ? part[5] : part[0];
    fprintf(to, "%d\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t%.*s\t_\t_\n", number, (int)part[0].len, part[0].ptr, (int)lemma.len,
            lemma.ptr, (int)part[1].len, part[1].ptr, (int)feats.len, feats.ptr, (int)part[2].len, part[2].ptr,
            (int)part[3].len, part[3].ptr);
}

/* The text lives in `arena`. Ends the program when the line is badly written. */
static inline dl_text parsed(dl_arena *arena, const char *line)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&bytes, &size);
    dl_str rest = dl_str_of(line), word;
    int number = 0;
    while (dl_str_next(&rest, ' ', &word)) {
        if (word.len == 0) continue;
        if (dl_str_is(word, "||")) {
            fputc('\n', to);
            number = 0;
        } else parsed_word(to, ++number, word);
    }
    fputs("\n", to);
    fclose(to);
    dl_str conllu = dl_arena_str(arena, (dl_str){bytes, size});
    free(bytes);
    dl_text text;
    dl_error err;
    if (dl_conllu_read(&text, arena, conllu, &err) != DL_OK) {
        fprintf(stderr, "parsed: %s\n", err.message);
        abort();
    }
    text.parsed = true;
    return text;
}

#endif
