/* words.c - from text to terms.
 *
 * The text itself is read, not the tokens of the record: a record that comes from a file has none. */
#include "stories/words.h"

#include "base/utf8.h"

enum { WORD_BYTES = 48 };

typedef struct folded {
    char bytes[WORD_BYTES];
    size_t len; /* what goes beyond is left out */
} folded;

static void put(folded *word, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len && word->len < WORD_BYTES; i++) word->bytes[word->len++] = bytes[i];
}

static bool is_apostrophe(dl_str text, size_t at, size_t *len)
{
    *len = text.ptr[at] == '\'' ? 1 : at + 3 <= text.len && memcmp(text.ptr + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
    return *len;
}

static bool letter_at(dl_str text, size_t at, size_t *next, uint32_t *point)
{
    if (at >= text.len) return false;
    *next = at + 1;
    *point = (unsigned char)text.ptr[at];
    if (*point < 0x80) return dl_ascii_alpha((unsigned char)*point);
    *next = at;
    *point = dl_utf8_next(text, next);
    return dl_utf8_is_letter(*point);
}

static void put_letter(folded *word, uint32_t point)
{
    char bytes[32];
    if (point >= 0x80) {
        put(word, bytes, dl_utf8_fold_point(bytes, point));
    } else if (word->len < WORD_BYTES) {
        word->bytes[word->len++] = (char)dl_ascii_lower((unsigned char)point);
    }
}

/* Letters, with apostrophes between them; gives where it ends. */
static size_t read_letters(dl_str text, size_t at, folded *word)
{
    size_t next, mark, behind;
    uint32_t point;
    for (;;) {
        if (letter_at(text, at, &next, &point)) {
            put_letter(word, point);
            at = next;
        } else if (at < text.len && is_apostrophe(text, at, &mark) && letter_at(text, at + mark, &behind, &point)) {
            put(word, "'", 1);
            at += mark;
        } else {
            return at;
        }
    }
}

/* Figures; a comma before three of them parts thousands. */
static size_t read_figures(dl_str text, size_t at, folded *word)
{
    for (; at < text.len; at++) {
        bool comma = text.ptr[at] == ',' && at + 3 < text.len && dl_ascii_digit((unsigned char)text.ptr[at + 1]) &&
                     dl_ascii_digit((unsigned char)text.ptr[at + 2]) && dl_ascii_digit((unsigned char)text.ptr[at + 3]);
        if (comma) continue;
        if (!dl_ascii_digit((unsigned char)text.ptr[at])) break;
        put(word, text.ptr + at, 1);
    }
    return at;
}

static bool is_year(const folded *word)
{
    return word->len == 4 && (memcmp(word->bytes, "19", 2) == 0 || memcmp(word->bytes, "20", 2) == 0);
}

/* "riots", "riot's" and "riot" are one word. */
static void drop_ending(folded *word)
{
    if (word->len > 2 && memcmp(word->bytes + word->len - 2, "'s", 2) == 0) word->len -= 2;
    if (word->len > 4 && word->bytes[word->len - 1] == 's' && word->bytes[word->len - 2] != 's') word->len--;
}

void story_words(const dl_stories *stories, dl_str text, story_word *out, size_t most, size_t *count)
{
    for (size_t at = 0; at < text.len && *count < most;) {
        folded word = {.len = 0};
        bool figures = dl_ascii_digit((unsigned char)text.ptr[at]);
        size_t end = figures ? read_figures(text, at, &word) : read_letters(text, at, &word);
        if (end == at) {
            at++;
            continue;
        }
        at = end;
        const known_word *whole = story_known_word(stories, story_word_id((dl_str){word.bytes, word.len}));
        if (whole && whole->rarity == 0) continue;
        if (!figures) drop_ending(&word);
        uint32_t id = story_word_id((dl_str){word.bytes, word.len});
        out[(*count)++] = (story_word){id, story_rarity(story_known_word(stories, id)), figures && !is_year(&word)};
    }
}
