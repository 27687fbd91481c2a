/* features.c - the letter shape of a word and the hashes of its features. */
#include "base/utf8.h"
#include "model/words.h"

enum { SHAPE_POINTS = 24 };

/* docs/model-format.md fixes the order: the number is the seed of the hash. */
static const char *const names[DL_FEATURE_NAMES] = {"norm",    "stem",    "prefix1", "prefix2", "prefix3", "prefix4", "prefix5",
                                                    "suffix1", "suffix2", "suffix3", "suffix4", "suffix5", "shape",   "first"};
enum { NORM, STEM, PREFIX1, SUFFIX1 = 7, SHAPE = 12, FIRST };

uint32_t dl_word_shape(dl_str form)
{
    uint32_t letters = 0, upper = 0, digits = 0;
    bool first_upper = false;
    for (size_t at = 0; at < form.len;) {
        uint32_t point = dl_utf8_next(form, &at);
        if (point < 0x80 && dl_ascii_digit((unsigned char)point)) digits++;
        if (!dl_utf8_is_letter(point)) continue;
        if (dl_utf8_is_upper(point)) {
            upper++;
            first_upper |= letters == 0;
        }
        letters++;
    }
    if (digits) return letters ? 8 : 7;
    if (!letters) return 1;
    if (!upper) return 2;
    if (letters == 1) return 5;
    if (upper == letters) return 4;
    return first_upper && upper == 1 ? 3 : 6;
}

int dl_feature_kind(dl_str name)
{
    for (int i = 0; i < DL_FEATURE_NAMES; i++)
        if (dl_str_is(name, names[i])) return i;
    return -1;
}

static dl_str first_points(dl_str text, int count)
{
    size_t at = 0;
    while (count-- > 0 && at < text.len) dl_utf8_next(text, &at);
    return dl_str_slice(text, 0, at);
}

static dl_str last_points(dl_str text, int count)
{
    size_t at = text.len;
    while (count-- > 0 && at > 0)
        do at--;
        while (at > 0 && (text.ptr[at] & 0xC0) == 0x80);
    return dl_str_slice(text, at, text.len);
}

/* "U.S." -> "X.X.", "Belgrade" -> "Xxxx"; gives the bytes written. */
static size_t write_shape(char *out, dl_str form)
{
    size_t len = 0;
    uint32_t last = 0, run = 0;
    for (size_t at = 0, read = 0; at < form.len && read < SHAPE_POINTS; read++) {
        uint32_t point = dl_utf8_next(form, &at);
        if (dl_utf8_is_letter(point)) point = dl_utf8_is_upper(point) ? 'X' : 'x';
        else if (point < 0x80 && dl_ascii_digit((unsigned char)point)) point = 'd';
        run = point == last ? run + 1 : 1;
        last = point;
        if (run <= 3) len += dl_utf8_put(out + len, point);
    }
    return len;
}

static uint64_t stem_hash(dl_str norm, uint64_t seed)
{
    char buffer[256];
    size_t len = norm.len < sizeof buffer ? norm.len : sizeof buffer;
    for (size_t i = 0; i < len; i++) buffer[i] = dl_ascii_digit((unsigned char)norm.ptr[i]) ? '0' : norm.ptr[i];
    return dl_hash(buffer, len, seed);
}

uint64_t dl_feature_hash(int kind, dl_model_word word, bool first)
{
    uint64_t seed = (uint64_t)kind;
    dl_str part = word.norm;
    if (kind == STEM) return stem_hash(word.norm, seed);
    if (kind == FIRST) return dl_hash(first ? "1" : "0", 1, seed);
    if (kind == SHAPE) {
        char shape[SHAPE_POINTS * 4];
        return dl_hash(shape, write_shape(shape, word.form), seed);
    }
    if (kind >= SUFFIX1) part = last_points(word.norm, kind - SUFFIX1 + 1);
    else if (kind >= PREFIX1) part = first_points(word.norm, kind - PREFIX1 + 1);
    return dl_hash(part.ptr, part.len, seed);
}
