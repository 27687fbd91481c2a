/* words.c - the words that place names are made of, and the keys they are looked up by. */
#include "places/words.h"

#include "base/utf8.h"

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x2BC || point == 0x2BB || point == 0x2BF ||
           point == '`';
}

static bool is_word_point(uint32_t point)
{
    if (point < 0x80) return dl_ascii_alpha((unsigned char)point) || dl_ascii_digit((unsigned char)point);
    return dl_utf8_is_letter(point) || (point >= 0x300 && point < 0x370);
}

static uint32_t peek(dl_str text, size_t at)
{
    return at < text.len ? dl_utf8_next(text, &at) : 0;
}

/* Moves to the next word and tells what was between. */
static dl_gap skip_gap(dl_str text, size_t *at)
{
    dl_gap gap = DL_GAP_SPACE;
    bool marked = false;
    while (*at < text.len) {
        size_t before = *at;
        unsigned char byte = (unsigned char)text.ptr[*at];
        uint32_t point = byte < 0x80 ? (++*at, byte) : dl_utf8_next(text, at);
        if (is_word_point(point)) {
            *at = before;
            return gap;
        }
        if (point == ' ' || point == 0xA0 || (is_apostrophe(point) && gap != DL_GAP_BREAK)) continue;
        dl_gap found = point == '-' || point == 0x2010 || point == 0x2011 || point == 0x2013 ? DL_GAP_HYPHEN
                       : point == '.'                                                       ? DL_GAP_DOT
                       : point == ','                                                       ? DL_GAP_COMMA
                                                                                            : DL_GAP_BREAK;
        /* a dash with spaces around it parts phrases; "Ala.," is a comma */
        if (found == DL_GAP_HYPHEN && (before == 0 || text.ptr[before - 1] == ' ' || peek(text, *at) == ' ')) found = DL_GAP_BREAK;
        if (marked && !(gap == DL_GAP_DOT && found == DL_GAP_COMMA)) found = DL_GAP_BREAK;
        gap = found;
        marked = true;
    }
    return gap;
}

typedef struct scan {
    dl_str text;
    size_t at, form_len, capacity;
    char *form;
    uint32_t letters, upper; /* of the whole word */
    uint32_t run;            /* letters since the last dot */
    bool dotted;
} scan;

static void take(scan *s, uint32_t point)
{
    char folded[32];
    size_t len = 1;
    if (point < 0x80) folded[0] = (char)dl_ascii_lower((unsigned char)point);
    else len = dl_utf8_fold_point(folded, point);
    bool is_upper = dl_utf8_is_upper(point);
    s->letters++, s->run++, s->upper += is_upper;
    for (size_t i = 0; i < len && s->form_len < s->capacity; i++) s->form[s->form_len++] = folded[i];
}

/* Plain letters and digits, which most words are made of. */
static void take_ascii(scan *s)
{
    for (; s->at < s->text.len; s->at++) {
        unsigned char byte = (unsigned char)s->text.ptr[s->at];
        if (!dl_ascii_alpha(byte) && !dl_ascii_digit(byte)) return;
        s->letters++, s->run++, s->upper += byte >= 'A' && byte <= 'Z';
        if (s->form_len < s->capacity) s->form[s->form_len++] = (char)dl_ascii_lower(byte);
    }
}

/* Steps over one code point of a word, or over plain ones; false where the word ends. */
static bool step(scan *s)
{
    take_ascii(s);
    if (s->at >= s->text.len) return false;
    size_t next = s->at;
    uint32_t point = dl_utf8_next(s->text, &next);
    if (is_word_point(point)) {
        take(s, point);
        s->at = next;
        return true;
    }
    bool letter_follows = is_word_point(peek(s->text, next));
    if (is_apostrophe(point) && letter_follows) {
        s->at = next;
        return true;
    }
    if (point == '.' && s->letters && (s->run == 1 || s->dotted) && s->run <= 2 && letter_follows &&
        dl_utf8_is_upper(peek(s->text, next))) {
        s->dotted = true, s->run = 0;
        s->at = next;
        return true;
    }
    return false;
}

bool dl_place_next_word(dl_str text, size_t *at, dl_place_word *out, char *form, size_t capacity)
{
    dl_gap gap = skip_gap(text, at);
    if (*at >= text.len) return false;
    scan s = {.text = text, .at = *at, .capacity = capacity, .form = form};
    uint32_t first = peek(text, *at);
    while (step(&s)) continue;
    if (s.dotted && s.at < text.len && text.ptr[s.at] == '.') s.at++;
    uint8_t flags = 0;
    if (dl_utf8_is_upper(first)) flags |= DL_WORD_CAPITAL;
    if (s.letters > 1 && s.upper == s.letters) flags |= DL_WORD_UPPER;
    if (first < 0x80 && dl_ascii_digit((unsigned char)first)) flags |= DL_WORD_DIGIT;
    if (s.dotted) flags |= DL_WORD_DOTTED;
    if (s.at < text.len && text.ptr[s.at] == '.') flags |= DL_WORD_DOT_AFTER;
    size_t len = s.at - *at;
    const char *word = text.ptr + *at;
    bool ends_in_s = len > 2 && (word[len - 1] == 's' || word[len - 1] == 'S');
    if (ends_in_s && (word[len - 2] == '\'' || (len > 4 && memcmp(word + len - 4, "\xe2\x80\x99", 3) == 0)))
        flags |= DL_WORD_POSSESSIVE;
    *out = (dl_place_word){{(uint32_t)*at, (uint32_t)s.at}, {form, s.form_len}, (uint8_t)gap, flags};
    *at = s.at;
    return true;
}

/* The Arabic article before a sun letter, as it is spoken: "ash-Shaddadi", "ez-Zor", "as-Suwayda". */
static bool is_assimilated_article(dl_str form, dl_str next)
{
    static const char *const articles[] = {"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az",
                                           "ed", "en",  "er", "es", "esh", "et", "ez"};
    if (form.len < 2 || form.len > 3 || next.len < 3) return false;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (dl_str_is(form, articles[i])) return memcmp(form.ptr + 1, next.ptr, form.len - 1) == 0;
    return false;
}

dl_str dl_place_canonical(dl_str form, dl_str next)
{
    if (form.len == 2) {
        if (dl_str_is(form, "el") || dl_str_is(form, "al")) return DL_STR("al");
        if (next.len && dl_str_is(form, "st")) return DL_STR("saint");
        if (next.len && dl_str_is(form, "ft")) return DL_STR("fort");
        if (next.len && dl_str_is(form, "mt")) return DL_STR("mount");
    }
    return is_assimilated_article(form, next) ? DL_STR("al") : form;
}

static bool append_word(char *out, size_t *len, dl_str word)
{
    if (*len + word.len + 1 > DL_PLACE_KEY_SIZE || !word.len) return false;
    if (*len) out[(*len)++] = ' ';
    memcpy(out + *len, word.ptr, word.len);
    *len += word.len;
    return true;
}

size_t dl_place_key(char out[DL_PLACE_KEY_SIZE], dl_str name)
{
    char forms[2][DL_PLACE_KEY_SIZE];
    dl_place_word words[2];
    size_t at = 0, len = 0, count = 0;
    bool more = dl_place_next_word(name, &at, &words[0], forms[0], DL_PLACE_KEY_SIZE);
    while (more) {
        dl_place_word *word = &words[count % 2], *next = &words[(count + 1) % 2];
        more = dl_place_next_word(name, &at, next, forms[(count + 1) % 2], DL_PLACE_KEY_SIZE);
        if (++count > DL_PLACE_KEY_WORDS) return 0;
        if (!append_word(out, &len, dl_place_canonical(word->form, more ? next->form : DL_STR("")))) return 0;
    }
    return len;
}
