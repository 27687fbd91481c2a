/* bylines.c - names out of bylines. A byline is cut at commas, signs and joints ("and"), and each piece cleaned:
 * introductions and addresses go, and what is told of a person behind the name. */
#include "page/bylines.h"

#include "base/error.h"
#include "base/utf8.h"

enum { MOST_NAMES = 24, LONGEST_NAME = 90, LONGEST_BYLINE = 600, SHORTEST_JOINT = 2 };

dl_status dl_byline_words_open(dl_byline_words *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/bylines", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/metas", &out->metas, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "page/months", &out->months, err);
    if (status != DL_OK) return status;
    out->kind = dl_table_column(out->words, "kind");
    out->meta_kind = dl_table_column(out->metas, "kind");
    out->meta_rank = dl_table_column(out->metas, "rank");
    return DL_OK;
}

/* Folded words of `text` parted by single spaces, punctuation left out. */
static dl_str key_of(dl_arena *arena, dl_str text)
{
    dl_str folded = dl_utf8_fold(arena, text);
    char *out = (char *)(uintptr_t)folded.ptr;
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        bool sign = c >= 0x80 || dl_ascii_alpha(c) || dl_ascii_digit(c);
        if (sign) out[len++] = (char)c;
        else if (len && out[len - 1] != ' ') out[len++] = ' ';
    }
    while (len && out[len - 1] == ' ') len--;
    return (dl_str){out, len};
}

static bool is_kind(const dl_byline_words *words, dl_str key, const char *kind)
{
    dl_rows rows = dl_table_find(words->words, key);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (dl_str_is(dl_table_cell(words->words, row, words->kind), kind)) return true;
    return false;
}

bool dl_byline_is(const dl_byline_words *words, dl_arena *arena, dl_str text, const char *kind)
{
    return text.len < LONGEST_NAME && is_kind(words, key_of(arena, text), kind);
}

/* Bytes of the words of that kind at the start of `text`, or 0. */
static size_t lead_length(const dl_byline_words *words, dl_arena *arena, dl_str text, const char *kind)
{
    size_t best = 0, at = 0;
    for (int word = 0; word < 4 && at < text.len && at < LONGEST_NAME; word++) {
        while (at < text.len && !dl_ascii_space((unsigned char)text.ptr[at]) && text.ptr[at] != ':') at++;
        if (at < text.len && is_kind(words, key_of(arena, dl_str_slice(text, 0, at)), kind)) best = at + 1;
        while (at < text.len && (dl_ascii_space((unsigned char)text.ptr[at]) || text.ptr[at] == ':')) at++;
    }
    return best;
}

size_t dl_byline_prefix(const dl_byline_words *words, dl_arena *arena, dl_str text)
{
    return lead_length(words, arena, text, "prefix");
}

static bool has_digit(dl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (dl_ascii_digit((unsigned char)text.ptr[i])) return true;
    return false;
}

bool dl_is_address(dl_str text)
{
    return dl_str_find(text, DL_STR("@"), 0) != SIZE_MAX || dl_str_find(text, DL_STR("://"), 0) != SIZE_MAX ||
           dl_str_find(text, DL_STR("www."), 0) != SIZE_MAX;
}

static bool is_capital(dl_str word)
{
    size_t at = 0;
    return word.len && dl_utf8_is_upper(dl_utf8_next(word, &at));
}

/* Signs that belong to no name at either end. */
static dl_str strip(dl_str name)
{
    name = dl_str_trim(name);
    while (name.len && strchr(".,;:-|/*\"'", name.ptr[0])) name = dl_str_trim(dl_str_slice(name, 1, name.len));
    while (name.len && strchr(",;:-|/*\"'", name.ptr[name.len - 1])) name = dl_str_trim(dl_str_slice(name, 0, name.len - 1));
    return name;
}

/* Whether a name ends before the word at [at, end): a figure, a month and its day, "updated", and behind two words an
 * office ("Nora Blum Staff Writer"; but "Post staff writer" is a desk). */
static bool ends_name(const dl_byline_words *words, dl_arena *arena, dl_str name, size_t at, size_t end, size_t count)
{
    dl_str word = dl_str_slice(name, at, end), before = dl_str_trim(dl_str_slice(name, 0, at)), key = key_of(arena, word);
    if (dl_ascii_digit((unsigned char)word.ptr[0]) || dl_is_address(word)) return true;
    bool more = end + 1 < name.len;
    if (more && is_kind(words, key, "cut")) return true;
    if (more && dl_ascii_digit((unsigned char)name.ptr[end + 1]) && dl_table_find(words->months, key).count) return true;
    if (count > 1 && more && dl_str_is(key, "staff")) return true;
    return count > 1 && is_kind(words, key, "office") && !dl_str_ends(before, "staff") && !dl_str_ends(before, "Staff");
}

static dl_str cut(const dl_byline_words *words, dl_arena *arena, dl_str name)
{
    size_t count = 0;
    for (size_t at = 0; at < name.len; count++) {
        const char *space = memchr(name.ptr + at, ' ', name.len - at);
        size_t end = space ? (size_t)(space - name.ptr) : name.len;
        if (count && end > at && ends_name(words, arena, name, at, end, count)) return strip(dl_str_slice(name, 0, at));
        at = end + (space != NULL);
    }
    return name;
}

/* A degree as it is written behind a name: "M.D.", "Ph.D.". */
static bool is_degree(dl_str part)
{
    size_t stops = 0;
    for (size_t i = 0; i < part.len; i++) {
        if (!dl_ascii_alpha((unsigned char)part.ptr[i]) && part.ptr[i] != '.') return false;
        stops += part.ptr[i] == '.';
    }
    return part.len <= 8 && stops > 0;
}

bool dl_has_small_word(const dl_byline_words *words, dl_arena *arena, dl_str text)
{
    for (dl_str word; dl_str_next(&text, ' ', &word);) {
        bool small = word.len && dl_ascii_alpha((unsigned char)word.ptr[0]) && !is_capital(word);
        if (small && !is_kind(words, key_of(arena, word), "particle")) return true;
    }
    return false;
}

bool dl_tells_of_person(const dl_byline_words *words, dl_arena *arena, dl_str text)
{
    if (is_kind(words, key_of(arena, text), "agency")) return false;
    if (is_degree(text) || dl_has_small_word(words, arena, text)) return true;
    for (dl_str word; dl_str_next(&text, ' ', &word);)
        if (word.len && is_kind(words, key_of(arena, word), "office")) return true;
    return false;
}

/* What remains of a piece of a byline when all that is no name is off; empty if nothing does. */
static dl_str clean(const dl_byline_words *words, dl_arena *arena, dl_str name)
{
    name = strip(name);
    size_t bracket = dl_str_find(name, DL_STR("("), 0), by = dl_str_find(name, DL_STR(" by "), 0);
    if (by != SIZE_MAX) name = dl_str_slice(name, by + 4, name.len); /* "This story was written by" */
    else if (bracket != SIZE_MAX && bracket > 2) name = dl_str_trim(dl_str_slice(name, 0, bracket));
    name = cut(words, arena, name);
    if (name.len < 2 || name.len > LONGEST_NAME) return (dl_str){0};
    if (dl_is_address(name) || (has_digit(name) && (name.len > 20 || dl_ascii_digit((unsigned char)name.ptr[0])))) return (dl_str){0};
    dl_str key = key_of(arena, name);
    bool none = !key.len || is_kind(words, key, "role") || is_kind(words, key, "nobody") || is_kind(words, key, "prefix");
    return none ? (dl_str){0} : name;
}

typedef struct splitter {
    dl_authors *out;
    const dl_byline_words *words;
    dl_arena *arena;
    dl_str head;     /* the last name; what follows it behind a comma may tell of its person */
    bool joined;     /* "and" or the like stands before the piece */
} splitter;

/* "Frankfurt" behind "Nora Blum,": a place, a desk, a subject. */
static bool is_lone_word(const splitter *s, dl_str name)
{
    return dl_str_find(name, DL_STR(" "), 0) == SIZE_MAX && dl_str_find(s->head, DL_STR(" "), 0) != SIZE_MAX && (unsigned char)name.ptr[0] < 0xE0 &&
           !is_kind(s->words, key_of(s->arena, name), "agency");
}

static dl_status add_piece(splitter *s, dl_str piece, dl_error *err)
{
    dl_str name = clean(s->words, s->arena, piece);
    if (!name.len || s->out->names.count >= MOST_NAMES) return DL_OK;
    if (s->head.len && !s->joined && (dl_tells_of_person(s->words, s->arena, name) || is_lone_word(s, name))) return DL_OK;
    s->head = name;
    dl_str key = key_of(s->arena, name);
    for (size_t i = 0; i < s->out->names.count; i++)
        if (dl_str_eq(key_of(s->arena, s->out->names.items[i]), key)) return DL_OK;
    dl_str *slot = DL_VEC_PUSH(s->arena, &s->out->names);
    if (!slot) return dl_fail_memory(err);
    *slot = name;
    return DL_OK;
}

/* Length of a sign between names at `at`, or 0: comma, bar, middle dot; a dash or bullet between spaces. */
static size_t sign_length(dl_str text, size_t at, size_t from)
{
    unsigned char c = (unsigned char)text.ptr[at], next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;
    if (c == ',' || c == ';' || c == '|' || c == '&' || c == '\n' || (c == '/' && at > from)) return 1;
    if (c == 0xC2 && next == 0xB7) return 2;
    if (at == from || text.ptr[at - 1] != ' ') return 0;
    if (c == '-' && next == ' ') return 1;
    unsigned char third = at + 2 < text.len ? (unsigned char)text.ptr[at + 2] : 0;
    bool dash = c == 0xE2 && next == 0x80 && (third == 0xA2 || (third & 0xFE) == 0x92 || (third & 0xFE) == 0x94);
    return dash ? 3 : 0;
}

/* Bytes of the joint between two spaces that begins at `at` ("and "), or 0. */
static size_t joint_length(const dl_byline_words *words, dl_arena *arena, dl_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != ',' && end - at < 12) end++;
    if (end >= text.len || text.ptr[end] != ' ' || end == at) return 0;
    bool initial = end - at < SHORTEST_JOINT && is_capital(dl_str_slice(text, at, end)); /* "Jan E Ott" */
    return !initial && is_kind(words, key_of(arena, dl_str_slice(text, at, end)), "joint") ? end + 1 - at : 0;
}

/* End of the name that begins at `at`; *next is where the one behind it begins, *joined whether a joint lies between. */
static size_t name_end(const dl_byline_words *words, dl_arena *arena, dl_str text, size_t at, size_t *next, bool *joined)
{
    for (size_t i = at; i < text.len; i++) {
        size_t sign = sign_length(text, i, at);
        *joined = sign && text.ptr[i] != ',' && text.ptr[i] != '-' && text.ptr[i] != '|';
        if (sign) return *next = i + sign, i;
        size_t joint = text.ptr[i] == ' ' && i > at ? joint_length(words, arena, text, i + 1) : 0;
        *joined = joint > 0;
        if (joint) return *next = i + 1 + joint, i;
    }
    *next = text.len;
    return text.len;
}

dl_status dl_authors_add(dl_authors *out, const dl_byline_words *words, dl_arena *arena, dl_str byline, dl_error *err)
{
    byline = dl_str_trim(byline);
    if (byline.len > LONGEST_BYLINE || (dl_is_address(byline) && dl_str_find(byline, DL_STR(" "), 0) == SIZE_MAX)) return DL_OK;
    dl_status status = DL_OK;
    splitter s = {.out = out, .words = words, .arena = arena};
    bool joined = false;
    for (size_t at = 0, next; at < byline.len && status == DL_OK; at = next) {
        dl_str rest = dl_str_slice(byline, at, byline.len);
        bool apart = lead_length(words, arena, rest, "apart") > 0; /* who edited it did not write it */
        size_t prefix = apart ? 0 : lead_length(words, arena, rest, "prefix");
        at += prefix;
        while (at < byline.len && dl_ascii_space((unsigned char)byline.ptr[at])) at++;
        if (at >= byline.len) break;
        size_t names = out->names.count, end;
        s.joined = joined || prefix;
        end = name_end(words, arena, byline, at, &next, &joined);
        if (!apart) status = add_piece(&s, dl_str_slice(byline, at, end), err);
        joined &= out->names.count > names || !out->names.count; /* not "Head of Sales and Marketing" */
    }
    return status;
}

static bool is_name(const dl_byline_words *words, dl_arena *arena, dl_str name)
{
    dl_str rest = name, word;
    size_t count = 0, capitals = 0;
    if (name.len < 5 || name.len > 60 || has_digit(name)) return false;
    while (dl_str_next(&rest, ' ', &word)) {
        if (!word.len) continue;
        count++;
        bool initial = word.len == 2 && word.ptr[1] == '.';
        if (!initial && strchr(".!?:()\"", word.ptr[word.len - 1])) return false;
        if (is_capital(word)) capitals++;
        else if (!is_kind(words, key_of(arena, word), "particle")) return false;
    }
    dl_str key = key_of(arena, name);
    return count >= 2 && count <= 4 && capitals >= 2 && !is_kind(words, key, "role") && !is_kind(words, key, "nobody");
}

bool dl_is_only_names(const dl_byline_words *words, dl_arena *arena, dl_str text)
{
    text = strip(text);
    if (!text.len || text.len > 120) return false;
    for (size_t at = 0, next; at < text.len; at = next) {
        bool joined;
        size_t end = name_end(words, arena, text, at, &next, &joined);
        if (!is_name(words, arena, dl_str_trim(dl_str_slice(text, at, end)))) return false;
    }
    return true;
}
