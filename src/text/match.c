/* match.c - phrases of a word list found in the tokens of a text.
 *
 * A phrase grows word by word in a small buffer as long as the table has a longer key that begins so. */
#include "text/match.h"

enum { PHRASE_BYTES = 192, PHRASE_TOKENS = 16 };

typedef struct phrase {
    char bytes[PHRASE_BYTES];
    size_t len;
} phrase;

static bool append(phrase *to, dl_str word, bool space)
{
    if (word.len + space > sizeof to->bytes - to->len) return false;
    if (space) to->bytes[to->len++] = ' ';
    for (size_t i = 0; i < word.len; i++) to->bytes[to->len++] = (char)dl_ascii_lower((unsigned char)word.ptr[i]);
    return true;
}

static dl_str lemma_of(const dl_token *token)
{
    return token->lemma.ptr ? token->lemma : token->norm;
}

static dl_rows find_with(const dl_table *table, phrase key, dl_str word, bool space)
{
    if (!append(&key, word, space)) return (dl_rows){0, 0};
    return dl_table_find(table, (dl_str){key.bytes, key.len});
}

/* One walk over the tokens; the words before the last are norms, or lemmas. */
static size_t walk(const dl_table *table, const dl_text *text, size_t token, bool lemmas, bool last_lemma, dl_rows *rows)
{
    const dl_sentence *sentence = &text->sentences[text->tokens[token].sentence];
    size_t end = (size_t)sentence->first + sentence->count, longest = 0;
    phrase key = {.len = 0};
    for (size_t i = token; i < end && i - token < PHRASE_TOKENS; i++) {
        const dl_token *word = &text->tokens[i];
        bool space = i > token && (word[-1].flags & DL_TOKEN_SPACE_AFTER);
        dl_rows found = find_with(table, key, last_lemma ? lemma_of(word) : word->norm, space);
        if (found.count) {
            longest = i + 1 - token;
            *rows = found;
        }
        if (!append(&key, lemmas ? lemma_of(word) : word->norm, space)) break;
        if (!dl_table_is_prefix(table, (dl_str){key.bytes, key.len})) break;
    }
    return longest;
}

size_t dl_match_longest(const dl_table *table, const dl_text *text, size_t token, bool lemma, dl_rows *rows)
{
    *rows = (dl_rows){0, 0};
    if (token >= text->token_count) return 0;
    size_t longest = walk(table, text, token, false, false, rows);
    if (!lemma) return longest;
    for (int lemmas = 0; lemmas < 2; lemmas++) {
        dl_rows found;
        size_t len = walk(table, text, token, lemmas, true, &found);
        if (len <= longest) continue;
        longest = len;
        *rows = found;
    }
    return longest;
}
