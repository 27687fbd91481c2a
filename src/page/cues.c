/* cues.c - looking up the words of class names, and phrases in short texts. */
#include "page/cues.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "page/seek.h"

static const char *const CUE_NAMES[DL_CUE_COUNT] = {
    "article", "body", "main", "column", "detail", "nav", "header", "footer", "aside", "share", "related", "teaser",
    "comment", "ad", "promo", "inline", "newsletter", "paywall", "author", "date", "meta", "tags", "section",
    "caption", "figure", "credit", "gallery", "breadcrumb", "consent", "popup", "sticky", "lead", "headline",
    "kicker", "quote", "widget", "box", "factbox", "search", "account", "correction", "note", "legal", "embed",
    "live", "product", "rating", "poll", "toc", "video", "audio", "paging", "page", "button", "accordion", "hidden",
    "jobs", "event", "contact", "form"};

static const char *const PHRASE_NAMES[DL_PHRASE_COUNT] = {
    "more", "share", "subscribe", "notice", "ad", "credit", "comment", "copyright", "bio", "date", "byline",
    "consent", "appeal", "contact", "update", "agency", "toc", "script", "locked"};

const char *dl_cue_name(int cue)
{
    return CUE_NAMES[cue];
}

const char *dl_phrase_name(int phrase)
{
    return PHRASE_NAMES[phrase];
}

static dl_status read_kinds(int8_t **out, const dl_table *table, const char *const *names, int count, dl_error *err)
{
    size_t rows = dl_table_rows(table);
    int column = dl_table_column(table, "kind");
    int8_t *kinds = *out = malloc(rows + 1);
    if (!kinds) return dl_fail_memory(err);
    for (size_t row = 0; row < rows; row++) {
        dl_str name = dl_table_cell(table, row, column);
        int kind = 0;
        while (kind < count && !dl_str_is(name, names[kind])) kind++;
        if (kind == count)
            return dl_fail(err, DL_BAD_DATA, "data/page", 0, "no such kind: %.*s", (int)name.len, name.ptr);
        kinds[row] = (int8_t)kind;
    }
    return DL_OK;
}

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || dl_seek_is((char)c, SEEK_ALNUM);
}

/* ---- sieves ---- */

/* Of its length, its first and its last four bytes, which is nearly all of most words. */
static uint64_t quick_hash(dl_str word)
{
    uint32_t first = 0, last = 0;
    if (word.len >= 4) {
        memcpy(&first, word.ptr, 4);
        memcpy(&last, word.ptr + word.len - 4, 4);
    } else {
        for (size_t i = 0; i < word.len; i++) first = first << 8 | (unsigned char)word.ptr[i];
    }
    uint64_t both = (first | (uint64_t)last << 32) ^ word.len * UINT64_C(0x9E3779B97F4A7C15);
    both = (both ^ both >> 32) * UINT64_C(0xFF51AFD7ED558CCD);
    return both ^ both >> 29;
}

static uint64_t *sieve_word(dl_sieve *sieve, dl_str word, uint64_t *bit)
{
    uint64_t hash = quick_hash(word) * UINT64_C(0xC4CEB9FE1A85EC53);
    *bit = UINT64_C(1) << (hash >> 58);
    return &sieve->bits[hash >> 49 & 511];
}

static bool may_hold(dl_sieve *sieve, dl_str word)
{
    uint64_t bit;
    return *sieve_word(sieve, word, &bit) & bit;
}

/* Of the keys of a table, or of their first words. */
static dl_status make_sieve(dl_sieve **out, const dl_table *table, bool first_words, dl_error *err)
{
    dl_sieve *sieve = *out = calloc(1, sizeof *sieve);
    if (!sieve) return dl_fail_memory(err);
    for (size_t row = 0; row < dl_table_rows(table); row++) {
        dl_str key = dl_table_cell(table, row, 0);
        size_t len = 0;
        while (len < key.len && is_word_byte((unsigned char)key.ptr[len])) len++;
        if (first_words) key.len = len;
        uint64_t bit, *word = sieve_word(sieve, key, &bit);
        *word |= bit;
    }
    return DL_OK;
}

dl_status dl_cues_open(dl_cues *out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = (dl_cues){0};
    dl_status status = dl_lexicon_table(lexicon, "page/cues", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/phrases", &out->phrases, err);
    if (status == DL_OK) status = read_kinds(&out->word_kinds, out->words, CUE_NAMES, DL_CUE_COUNT, err);
    if (status == DL_OK) status = read_kinds(&out->phrase_kinds, out->phrases, PHRASE_NAMES, DL_PHRASE_COUNT, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/veils", &out->veils, err);
    if (status == DL_OK) status = make_sieve(&out->veil_sieve, out->veils, false, err);
    if (status == DL_OK) status = make_sieve(&out->word_sieve, out->words, false, err);
    if (status == DL_OK) status = make_sieve(&out->first_sieve, out->phrases, true, err);
    if (status != DL_OK) dl_cues_close(out);
    return status;
}

void dl_cues_close(dl_cues *cues)
{
    free(cues->word_kinds);
    free(cues->phrase_kinds);
    free(cues->word_sieve);
    free(cues->first_sieve);
    free(cues->veil_sieve);
    *cues = (dl_cues){0};
}

static dl_cue_set look_up(const dl_cues *cues, const char *word, size_t len)
{
    if (!may_hold(cues->word_sieve, (dl_str){word, len})) return 0;
    dl_rows rows = dl_table_find(cues->words, (dl_str){word, len});
    dl_cue_set set = 0;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        set |= (dl_cue_set)1 << cues->word_kinds[row];
    return set;
}

dl_cue_set dl_cues_of_name(const dl_cues *cues, dl_str value)
{
    enum { LONGEST = 24 };
    char word[LONGEST];
    size_t len = 0;
    bool small = false; /* the letter before was a small one: a capital begins a word */
    dl_cue_set set = 0;
    if (value.len > 512) value.len = 512;
    for (size_t i = 0; i <= value.len; i++) {
        unsigned char c = i < value.len ? (unsigned char)value.ptr[i] : ' ';
        bool letter = dl_ascii_alpha(c), capital = letter && c < 'a';
        if ((!letter || (capital && small)) && len) {
            if (len > 1 && len < LONGEST) set |= look_up(cues, word, len);
            len = 0;
        }
        if (letter && len < LONGEST) word[len++] = (char)dl_ascii_lower(c);
        small = letter && !capital;
    }
    return set;
}

bool dl_cues_veil(const dl_cues *cues, dl_str value)
{
    enum { LONGEST = 32 };
    char word[LONGEST];
    for (size_t at = 0, len; at < value.len; at++) {
        for (len = 0; at < value.len && !dl_ascii_space((unsigned char)value.ptr[at]); at++, len++)
            if (len < LONGEST) word[len] = (char)dl_ascii_lower((unsigned char)value.ptr[at]);
        dl_str whole = {word, len};
        if (len && len < LONGEST && may_hold(cues->veil_sieve, whole) && dl_table_find(cues->veils, whole).count) return true;
    }
    return false;
}

/* Kinds of the phrases that begin at `at`, a word's first byte. Keys are words parted by one space; the text's words may
 * be parted by anything short. */
static dl_phrase_set phrases_at(const dl_cues *cues, dl_str text, size_t at)
{
    enum { LONGEST = 96 };
    char key[LONGEST];
    size_t len = 0;
    dl_phrase_set set = 0;
    while (at < text.len) {
        if (len && len < LONGEST) key[len++] = ' ';
        size_t start = at;
        while (at < text.len && is_word_byte((unsigned char)text.ptr[at])) at++;
        if (at == start || len + (at - start) >= LONGEST) break;
        memcpy(key + len, text.ptr + start, at - start);
        len += at - start;
        if (len == at - start && !may_hold(cues->first_sieve, (dl_str){key, len})) break;
        dl_rows rows = dl_table_find(cues->phrases, (dl_str){key, len});
        for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
            set |= (dl_phrase_set)1 << cues->phrase_kinds[row];
        if (!dl_table_is_prefix(cues->phrases, (dl_str){key, len})) break;
        size_t gap = at;
        while (at < text.len && !is_word_byte((unsigned char)text.ptr[at]) && at - gap < 4) at++;
        if (at < text.len && !is_word_byte((unsigned char)text.ptr[at])) break;
    }
    return set;
}

/* Scripts that part no words (kana, ideographs, hangul): a phrase is any run of letters. */
static bool is_unparted(unsigned char lead)
{
    return lead >= 0xE3 && lead < 0xEE;
}

static dl_phrase_set unparted_at(const dl_cues *cues, dl_str text, size_t at)
{
    enum { LONGEST = 14 * 3 };
    dl_phrase_set set = 0;
    size_t end = at;
    while (end < text.len && end - at < LONGEST && is_unparted((unsigned char)text.ptr[end])) {
        end += 3;
        if (end > text.len || end - at < 6) continue;
        dl_rows rows = dl_table_find(cues->phrases, dl_str_slice(text, at, end));
        for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
            set |= (dl_phrase_set)1 << cues->phrase_kinds[row];
    }
    return set;
}

dl_phrase_set dl_phrases_in(const dl_cues *cues, dl_str folded, dl_phrase_set *leads)
{
    dl_phrase_set set = 0;
    bool inside = false, begun = false;
    *leads = 0;
    for (size_t i = 0; i < folded.len; i++) {
        bool word = is_word_byte((unsigned char)folded.ptr[i]);
        if (is_unparted((unsigned char)folded.ptr[i])) set |= unparted_at(cues, folded, i);
        else if (word && !inside) set |= phrases_at(cues, folded, i);
        if (word && !begun) *leads = set;
        begun |= word;
        inside = word;
    }
    if (memchr(folded.ptr ? folded.ptr : "", '@', folded.len)) set |= (dl_phrase_set)1 << DL_PHRASE_CONTACT;
    return set;
}
