/* language.c - the language told by a page, and the one its letters and words tell. */
#include "page/language.h"

#include "base/utf8.h"

enum { ENOUGH_LETTERS = 40, GLANCE = 600, LOOKED_AT = 4000, MOST_LANGUAGES = 64, ENOUGH_WORDS = 4, SURE_WORDS = 10 };

dl_status dl_language_words_open(dl_language_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/stopwords", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status != DL_OK) return status;
    out->language = dl_table_column(out->words, "language");
    out->meta_kind = dl_table_column(out->metas, "kind");
    out->meta_rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

/* ---- by letters ---- */

/* Blocks of Unicode and the language that writes most news in them; letters of one's own tell neighbours apart. */
typedef struct script {
    uint32_t first, last;
    const char *language;
} script;

static const script SCRIPTS[] = {
    {0x370, 0x3FF, "el"},   {0x400, 0x52F, "ru"},     {0x530, 0x58F, "hy"},     {0x590, 0x5FF, "he"},   {0x600, 0x6FF, "ar"},
    {0x900, 0x97F, "hi"},   {0x980, 0x9FF, "bn"},     {0xA00, 0xA7F, "pa"},     {0xA80, 0xAFF, "gu"},   {0xB00, 0xB7F, "or"},
    {0xB80, 0xBFF, "ta"},   {0xC00, 0xC7F, "te"},     {0xC80, 0xCFF, "kn"},     {0xD00, 0xD7F, "ml"},   {0xD80, 0xDFF, "si"},
    {0xE00, 0xE7F, "th"},   {0xE80, 0xEFF, "lo"},     {0x1000, 0x109F, "my"},   {0x10A0, 0x10FF, "ka"}, {0x1200, 0x137F, "am"},
    {0x1780, 0x17FF, "km"}, {0x3040, 0x30FF, "ja"},   {0x4E00, 0x9FFF, "zh"},   {0xAC00, 0xD7A3, "ko"}};

enum { SCRIPT_COUNT = sizeof SCRIPTS / sizeof *SCRIPTS };

/* A letter that one language of a script writes and its leading one does not. */
typedef struct own_letter {
    uint32_t letter;
    const char *language;
} own_letter;

static const own_letter OWN[] = {{0x456, "uk"}, {0x457, "uk"}, {0x454, "uk"}, {0x491, "uk"}, {0x45E, "be"}, {0x452, "sr"}, {0x45B, "sr"},
                                 {0x459, "sr"}, {0x45A, "sr"}, {0x453, "mk"}, {0x45C, "mk"}, {0x4D9, "kk"}, {0x49B, "kk"}, {0x67E, "fa"},
                                 {0x6AF, "fa"}, {0x6CC, "fa"}, {0x679, "ur"}, {0x688, "ur"}, {0x6BA, "ur"}, {0x6D2, "ur"}, {0x67C, "ps"},
                                 {0x681, "ps"}, {0x69A, "ps"}, {0x695, "ckb"}, {0x6B5, "ckb"}, {0x6C6, "ckb"}};

enum { OWN_COUNT = sizeof OWN / sizeof *OWN };

typedef struct letters {
    size_t all, latin, of_script[SCRIPT_COUNT], own[OWN_COUNT], hard; /* hard: the signs that Russian has and Bulgarian not */
} letters;

/* Of the first bytes: a script shows at once. */
static void count_letters(letters *out, dl_str text)
{
    *out = (letters){0};
    for (size_t at = 0; at < text.len && at < GLANCE;) {
        if ((unsigned char)text.ptr[at] < 0x80) {
            bool letter = dl_ascii_alpha((unsigned char)text.ptr[at++]);
            out->all += letter;
            out->latin += letter;
            continue;
        }
        uint32_t point = dl_utf8_next(text, &at);
        if (!dl_utf8_is_letter(point)) continue;
        out->all++;
        out->latin += point < 0x250;
        out->hard += point == 0x44B || point == 0x44D;
        for (size_t i = 0; i < SCRIPT_COUNT && point >= 0x370; i++) out->of_script[i] += point >= SCRIPTS[i].first && point <= SCRIPTS[i].last;
        for (size_t i = 0; i < OWN_COUNT && point >= 0x450 && point < 0x700; i++) out->own[i] += point == OWN[i].letter;
    }
}

/* The language of a script's text whose own letters are one in 60 or more; rarer scripts' letters weigh more. */
static const char *own_language(const letters *l, const script *s, size_t count)
{
    const char *best = NULL;
    for (size_t i = 0; i < OWN_COUNT; i++) {
        if (OWN[i].letter < s->first || OWN[i].letter > s->last || l->own[i] * 60 < count) continue;
        best = OWN[i].language; /* the last that is met: Urdu and Kurdish write Persian letters too */
    }
    return best;
}

/* By script alone; NULL for Latin letters and where letters are too few. */
static const char *by_letters(const letters *l)
{
    if (l->all < ENOUGH_LETTERS || l->latin * 2 > l->all) return NULL;
    size_t best = 0;
    for (size_t i = 1; i < SCRIPT_COUNT; i++)
        if (l->of_script[i] > l->of_script[best]) best = i;
    if (!l->of_script[best]) return NULL;
    const script *s = &SCRIPTS[best];
    if (s->first == 0x4E00 || s->first == 0x3040) {
        for (size_t i = 0; i < SCRIPT_COUNT; i++)
            if (SCRIPTS[i].first == 0x3040 && l->of_script[i] * 10 > l->all) return "ja";
        return "zh";
    }
    const char *own = own_language(l, s, l->of_script[best]);
    if (own) return own;
    return s->first == 0x400 && l->hard * 200 < l->of_script[best] ? "bg" : s->language;
}

/* ---- by words ---- */

typedef struct tally {
    dl_str language;
    size_t count;
} tally;

static void count_word(const dl_language_words *words, dl_str word, tally *tallies, size_t *used)
{
    dl_rows rows = dl_table_find(words->words, word);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        dl_str language = dl_table_cell(words->words, row, words->language);
        size_t i = 0;
        while (i < *used && !dl_str_eq(tallies[i].language, language)) i++;
        if (i == *used && *used == MOST_LANGUAGES) continue;
        if (i == *used) tallies[(*used)++] = (tally){language, 0};
        tallies[i].count++;
    }
}

/* The language whose small words are most, and how many they are; *english is how many English has. */
static dl_str count_words(const dl_language_words *words, dl_str text, size_t looked_at, dl_arena *arena, size_t *most, size_t *english)
{
    tally tallies[MOST_LANGUAGES];
    size_t used = 0, best = 0, second = 0;
    *most = *english = 0;
    dl_str folded = dl_utf8_fold(arena, text.len > looked_at ? dl_str_slice(text, 0, looked_at) : text);
    for (size_t at = 0; at < folded.len;) {
        size_t start = at;
        while (at < folded.len && ((unsigned char)folded.ptr[at] >= 0x80 || dl_ascii_alpha((unsigned char)folded.ptr[at]))) at++;
        if (at > start && at - start < 12) count_word(words, dl_str_slice(folded, start, at), tallies, &used);
        at += at == start;
    }
    for (size_t i = 0; i < used; i++) {
        if (tallies[i].count > tallies[best].count) best = i;
        if (dl_str_is(tallies[i].language, "en")) *english = tallies[i].count;
    }
    for (size_t i = 0; i < used; i++)
        if (i != best && tallies[i].count > second) second = tallies[i].count;
    if (used) *most = tallies[best].count;
    return *most >= ENOUGH_WORDS && *most > second ? tallies[best].language : (dl_str){0};
}

static dl_str by_words(const dl_language_words *words, dl_str text, dl_arena *arena)
{
    size_t most, english;
    return count_words(words, text, LOOKED_AT, arena, &most, &english);
}

/* Templates say "en" by default, whatever is written in them. */
static dl_str not_english(const dl_language_words *words, dl_str text, dl_arena *arena)
{
    size_t most, english;
    dl_str language = count_words(words, text, GLANCE, arena, &most, &english);
    return language.len && most >= SURE_WORDS && english * 4 < most ? language : (dl_str){0};
}

dl_str dl_language_guess(const dl_language_words *words, dl_str text, dl_arena *arena)
{
    letters l;
    count_letters(&l, text);
    const char *script_language = by_letters(&l);
    return script_language ? dl_str_of(script_language) : by_words(words, text, arena);
}

/* ---- what the page tells ---- */

/* The first tag of `value` ("pt_BR", "de, en") in BCP 47's writing of it, its region with capitals; empty if it is none. */
static dl_str tag_of(dl_arena *arena, dl_str value)
{
    value = dl_str_trim(value);
    size_t primary = 0, end;
    while (primary < value.len && dl_ascii_alpha((unsigned char)value.ptr[primary])) primary++;
    if (primary < 2 || primary > 3) return (dl_str){0};
    for (end = primary; end < value.len && end < 12; end++)
        if (!dl_ascii_alpha((unsigned char)value.ptr[end]) && !dl_ascii_digit((unsigned char)value.ptr[end]) && value.ptr[end] != '-' && value.ptr[end] != '_') break;
    if (end < value.len && value.ptr[end] != ',' && value.ptr[end] != ';' && value.ptr[end] != ' ' && value.ptr[end] != '.') return (dl_str){0};
    while (end > primary && (value.ptr[end - 1] == '-' || value.ptr[end - 1] == '_')) end--;
    char *out = dl_arena_alloc_raw(arena, end + 1);
    for (size_t i = 0; out && i < end; i++) {
        char c = value.ptr[i];
        bool region = end - primary == 3 && i > primary;
        out[i] = c == '_' ? '-' : i < primary ? (char)dl_ascii_lower((unsigned char)c) : region && c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    dl_str tag = {out, end};
    return !out || dl_str_is(dl_str_slice(tag, 0, primary), "und") || dl_str_is(dl_str_slice(tag, 0, primary), "xx") ? (dl_str){0} : tag;
}

static dl_str from_metas(const dl_language_words *words, const dl_head *head, dl_arena *arena)
{
    for (int64_t wanted = 1; wanted <= 2; wanted++)
        for (size_t i = 0; i < head->metas.count; i++) {
            dl_rows rows = dl_table_find(words->metas, head->metas.items[i].key);
            int64_t rank;
            if (!rows.count || !dl_str_is(dl_table_cell(words->metas, rows.first, words->meta_kind), "language")) continue;
            if (!dl_str_number(dl_table_cell(words->metas, rows.first, words->meta_rank), &rank) || rank != wanted) continue;
            dl_str tag = tag_of(arena, head->metas.items[i].value);
            if (tag.len) return tag;
        }
    return (dl_str){0};
}

/* Whether a tag's language may be written in the script that tells `guess`: then the tag is believed. */
static bool shares_script(dl_str tag, const char *guess)
{
    static const char *const FAMILIES[] = {" ru uk be sr mk bg kk ky mn tg tt uz ba cv ", " ar fa ur ps ckb ku sd ug az ", " hi mr ne sa ", " he yi ",
                                           " zh ja ", " am ti ", " bn as "};
    char code[8] = " ";
    size_t len = 1;
    for (size_t i = 0; i < tag.len && i < 4 && dl_ascii_alpha((unsigned char)tag.ptr[i]); i++) code[len++] = tag.ptr[i];
    code[len++] = ' ';
    dl_str primary = {code, len}, own = dl_str_of(guess);
    if (len == own.len + 2 && memcmp(code + 1, guess, own.len) == 0) return true;
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++)
        if (dl_str_find(dl_str_of(FAMILIES[i]), primary, 0) != SIZE_MAX && dl_str_find(dl_str_of(FAMILIES[i]), own, 0) != SIZE_MAX) return true;
    return false;
}

dl_str dl_language_choose(const dl_language_words *words, const dl_reading *reading, dl_str text, dl_arena *arena)
{
    letters l;
    count_letters(&l, text);
    const char *by_script = by_letters(&l);
    dl_str tag = tag_of(arena, reading->head.language);
    if (!tag.len) tag = from_metas(words, &reading->head, arena);
    if (!tag.len && reading->linked.article) tag = tag_of(arena, dl_linked_text(reading->linked.article, "inLanguage"));
    if (tag.len && (!by_script || shares_script(tag, by_script))) {
        bool english = dl_str_starts(tag, "en") && (tag.len == 2 || tag.ptr[2] == '-');
        dl_str other = english && !by_script ? not_english(words, text, arena) : (dl_str){0};
        return other.len ? other : tag;
    }
    return by_script ? dl_str_of(by_script) : by_words(words, text, arena);
}
