/* recognise.c - finds what may be a toponym: the longest names of the gazetteer among capitalised words, adjectives
 * of countries, states behind a comma, and names of streets and sites that no gazetteer holds. */
#include "base/error.h"
#include "base/utf8.h"
#include "places/internal.h"

typedef struct match {
    uint32_t count; /* words; 0: none */
    bool possessive;
    dl_str key;
    dl_key_hit hit;
    dl_overlay_hit own;
} match;

static bool goes_on(const page_words *w, size_t i)
{
    if (i >= w->count) return false;
    uint8_t gap = w->items[i].gap;
    if (gap == DL_GAP_SPACE || gap == DL_GAP_HYPHEN) return true;
    if (gap != DL_GAP_DOT || i == 0) return false; /* "St. Louis", but no full stop */
    dl_str before = w->keys[i - 1];
    if (before.len == 1 && w->items[i - 1].flags & w->items[i].flags & DL_WORD_CAPITAL) return true; /* "W. Va." */
    return dl_str_is(before, "saint") || dl_str_is(before, "fort") || dl_str_is(before, "mount");
}

static bool may_start(const page_words *w, size_t i)
{
    const dl_place_word *word = &w->items[i];
    if (word->flags & DL_WORD_CAPITAL) return true;
    return dl_str_is(w->keys[i], "al") && i + 1 < w->count && w->items[i + 1].gap == DL_GAP_HYPHEN &&
           w->items[i + 1].flags & DL_WORD_CAPITAL;
}

static bool append(char key[DL_PLACE_KEY_SIZE], size_t *len, dl_str word)
{
    if (!word.len || *len + word.len + 1 > DL_PLACE_KEY_SIZE) return false;
    if (*len) key[(*len)++] = ' ';
    memcpy(key + *len, word.ptr, word.len);
    *len += word.len;
    return true;
}

/* A small word inside a compound: "Petite-Anse-de-la-Mer". */
static bool joins_compound(const page_words *w, size_t i)
{
    if (i + 1 >= w->count || w->items[i].gap != DL_GAP_HYPHEN || w->items[i + 1].gap != DL_GAP_HYPHEN) return false;
    return w->classes[i] & CLASS_JOINER && !(w->items[i].flags & DL_WORD_CAPITAL);
}

/* Looks `key` up everywhere; whether it names a place. */
static bool look_up(const dl_places_data *data, dl_str key, match *out)
{
    out->hit = dl_gazetteer_find(data->gazetteer, key);
    out->own = dl_overlay_find(data->overlay, key);
    return out->hit.count || out->own.place != DL_NONE;
}

/* A word that may end a name: one with a capital, also behind an apostrophe ("Côte d'Ivoire"), a number, the rest of a compound. */
static bool may_end(const page_words *w, size_t i, size_t first)
{
    const dl_place_word *word = &w->items[i];
    if (word->flags & (DL_WORD_CAPITAL | DL_WORD_DIGIT) || (i > first && word->gap == DL_GAP_HYPHEN)) return true;
    size_t at = word->span.start + 1;
    if (i == first || word->span.end < at + 3) return false;
    bool apostrophe = w->text.ptr[at] == '\'' || memcmp(w->text.ptr + at, "\xe2\x80\x99", 3) == 0;
    at += w->text.ptr[at] == '\'' ? 1 : 3;
    return apostrophe && at < word->span.end && dl_utf8_is_upper(dl_utf8_next(w->text, &at));
}

static dl_status longest(const place_page *page, size_t at, size_t end, match *out, dl_error *err)
{
    const page_words *w = &page->words;
    char key[DL_PLACE_KEY_SIZE], best[DL_PLACE_KEY_SIZE];
    size_t len = 0, best_len = 0;
    *out = (match){0};
    for (size_t i = at; i < end && i < at + DL_PLACE_KEY_WORDS && (i == at || goes_on(w, i)); i++) {
        if (!append(key, &len, w->keys[i])) break;
        match here = {.count = (uint32_t)(i - at + 1)};
        bool found = look_up(page->data, (dl_str){key, len}, &here);
        bool prefix = here.hit.is_prefix || here.own.is_prefix;
        if (w->items[i].flags & DL_WORD_POSSESSIVE && len > 1 && (!found || i == at)) { /* but "St. John's" */
            match bare = here;
            if (look_up(page->data, (dl_str){key, len - 1}, &bare)) here = bare, here.possessive = found = true;
        }
        if (found && may_end(w, i, at)) {
            *out = here;
            best_len = here.possessive ? len - 1 : len;
            memcpy(best, key, best_len);
        }
        if (!prefix) break;
    }
    if (out->count && joins_compound(w, at + out->count)) *out = (match){0}; /* the beginning of another name */
    if (!out->count) return DL_OK;
    out->key = dl_arena_str(page->arena, (dl_str){best, best_len});
    return out->key.ptr ? DL_OK : dl_fail_memory(err);
}

/* How the key may name places: one bit for each dl_naming. */
static unsigned namings(const dl_places_data *data, dl_key_hit hit)
{
    unsigned bits = 0;
    for (uint32_t i = 0; i < hit.count && i < 200; i++) bits |= 1u << dl_gazetteer_posting(data->gazetteer, hit.first + i).naming;
    return bits;
}

static bool behind_comma(const page_words *w, size_t i)
{
    return i > 0 && w->items[i].gap == DL_GAP_COMMA && w->items[i - 1].flags & DL_WORD_CAPITAL;
}

/* A dot and then a small word: "Neb. farmers"; the dot is no full stop. */
static bool goes_on_small(const page_words *w, size_t i)
{
    return w->items[i].flags & DL_WORD_DOT_AFTER && i + 1 < w->count && w->items[i + 1].gap == DL_GAP_DOT &&
           !(w->items[i + 1].flags & (DL_WORD_CAPITAL | DL_WORD_DIGIT));
}

/* Words of two letters and abbreviations are names only where newspapers write them so. */
static bool is_acceptable(const place_page *page, size_t at, const match *m, mention_kind *kind, bool *abbreviation)
{
    const page_words *w = &page->words;
    const dl_place_word *word = &w->items[at];
    unsigned how = namings(page->data, m->hit);
    const unsigned alone_form = 1u << DL_ABBREVIATED_ALONE, dotted_form = 1u << DL_ABBREVIATED | alone_form, postal_form = 1u << DL_POSTAL;
    *kind = MENTION_NAME;
    *abbreviation = false;
    if (m->count <= 2 && how & (dotted_form | postal_form)) {
        bool dotted = word->flags & (DL_WORD_DOTTED | DL_WORD_DOT_AFTER), upper = word->flags & DL_WORD_UPPER;
        bool read_as_state = (how & alone_form && (dotted || upper)) || (how & dotted_form && goes_on_small(w, at)) ||
                             (behind_comma(w, at) && ((how & dotted_form && dotted) || (how & postal_form && upper)));
        if (read_as_state) {
            *abbreviation = true;
            return true;
        }
        if (!(how & ~(dotted_form | postal_form))) return false;
    }
    if (m->own.place != DL_NONE) return true;
    if (how & (1u << DL_ADJECTIVE) && !(word->flags & (DL_WORD_UPPER | DL_WORD_DOTTED))) {
        *kind = MENTION_ADJECTIVE;
        return true;
    }
    uint32_t end = w->items[at + m->count - 1].span.end;
    if (end < w->text.len && w->text.ptr[end] == '$') return false; /* "US$5" is money */
    if (m->count == 1 && m->key.len < 3) return word->flags & (DL_WORD_UPPER | DL_WORD_DOTTED) && how & (1u << DL_NAMED) && m->key.len == 2;
    return true;
}

static dl_span span_of(const page_words *w, size_t at, const match *m, bool abbreviation)
{
    const dl_place_word *last = &w->items[at + m->count - 1];
    dl_span span = {w->items[at].span.start, last->span.end};
    if (m->possessive) {
        span.end -= 2; /* 's, with a plain or a typographic apostrophe */
        while (span.end > span.start && ((unsigned char)w->text.ptr[span.end] & 0xC0) == 0x80) span.end--;
    }
    bool dotted = w->text.ptr[span.end - 1] == '.'; /* "D.C." has its dot, and what follows ends the sentence */
    if (abbreviation && !dotted && last->flags & DL_WORD_DOT_AFTER) span.end++;
    return span;
}

static mention *add_mention(place_page *page, size_t first, size_t count, mention_kind kind)
{
    mention *m = DL_VEC_PUSH(page->arena, &page->mentions);
    if (m) *m = (mention){.first = (uint32_t)first, .count = (uint32_t)count, .kind = kind, .name = DL_NONE, .node = DL_NONE,
                          .container = DL_NONE, .own = {DL_NONE, false}};
    return m;
}

/* Whether words [from, at] end a capitalised run in a street or site: "Royal Street", "Kamal Adwan Hospital". */
static size_t facility_length(const place_page *page, size_t from)
{
    const page_words *w = &page->words;
    size_t best = 0;
    bool party = w->classes[from] & CLASS_PARTY && from + 1 < w->count && w->items[from + 1].gap == DL_GAP_HYPHEN;
    if (party && w->items[from + 1].flags & DL_WORD_CAPITAL) return 0; /* "R-Elm Lake" */
    for (size_t i = from; i < w->count && i < from + 6; i++) {
        if (i > from && w->items[i].gap != DL_GAP_SPACE && w->items[i].gap != DL_GAP_HYPHEN) break;
        bool capital = w->items[i].flags & (DL_WORD_CAPITAL | DL_WORD_DIGIT);
        if (!capital && !dl_str_is(w->keys[i], "al")) break;
        if (w->classes[i] & CLASS_TITLE && i + 1 < w->count && w->items[i + 1].flags & DL_WORD_CAPITAL && w->items[i + 1].gap <= DL_GAP_DOT) break; /* "Dr Simmons" */
        if (i > from && capital && w->classes[i] & (CLASS_STREET | CLASS_FACILITY | CLASS_KIND_NATURE | CLASS_KIND_ADMIN2)) best = i - from + 1;
        if (w->items[i].flags & DL_WORD_POSSESSIVE) break;
    }
    return best;
}

static dl_status add_facility(place_page *page, size_t at, size_t count, dl_error *err)
{
    const page_words *w = &page->words;
    mention *m = add_mention(page, at, count, MENTION_FACILITY);
    if (!m) return dl_fail_memory(err);
    const dl_place_word *last = &w->items[at + count - 1];
    m->span = (dl_span){w->items[at].span.start, last->span.end};
    if (last->flags & DL_WORD_POSSESSIVE) m->span.end -= w->text.ptr[m->span.end - 2] == '\'' ? 2 : 4;
    if (last->form.len <= 4 && w->classes[at + count - 1] & CLASS_STREET && last->flags & DL_WORD_DOT_AFTER) m->span.end++;
    m->key = dl_span_str(w->text, m->span);
    return DL_OK;
}

/* A capitalised run begins at `at`: it is no part of a longer one. */
static bool run_starts(const page_words *w, size_t at)
{
    if (at == 0) return true;
    const dl_place_word *before = &w->items[at - 1];
    if (w->items[at].gap != DL_GAP_SPACE && w->items[at].gap != DL_GAP_HYPHEN) return true;
    return !(before->flags & DL_WORD_CAPITAL) || w->classes[at - 1] & (CLASS_FUNCTION | CLASS_ARTICLE | CLASS_PREPOSITION);
}

static uint32_t most_people(const dl_places_data *data, dl_key_hit hit)
{
    return hit.count ? dl_gazetteer_place(data->gazetteer, dl_gazetteer_posting(data->gazetteer, hit.first).place).population : 0;
}

/* "The Netherlands" is Netherlands behind an article, "The Hague" a name of its own. */
static bool is_after_article(const place_page *page, size_t at, const match *m)
{
    if (!(page->words.classes[at] & CLASS_ARTICLE) || m->count < 2 || m->own.place != DL_NONE) return false;
    size_t skip = page->words.keys[at].len + 1;
    dl_key_hit rest = dl_gazetteer_find(page->data->gazetteer, dl_str_slice(m->key, skip, m->key.len));
    return rest.count && most_people(page->data, rest) >= most_people(page->data, m->hit);
}

/* Whether something before the words [at, ...) says that a place is named here. */
static bool place_is_announced(const page_words *w, size_t at)
{
    if (at == 0) return false;
    uint32_t before = w->classes[at - 1];
    bool joined = w->items[at].gap == DL_GAP_SPACE;
    if (joined && before & CLASS_PREPOSITION && !(w->items[at - 1].flags & DL_WORD_CAPITAL)) return true;
    return joined && at > 1 && before & CLASS_OF && w->classes[at - 2] & CLASS_KIND;
}

/* A run of capitalised words that no gazetteer knows, announced as a place by what stands beside it. */
static size_t unknown_length(const place_page *page, size_t at)
{
    const page_words *w = &page->words;
    size_t end = at;
    const uint32_t never = CLASS_FUNCTION | CLASS_TITLE | CLASS_GIVEN | CLASS_CALENDAR | CLASS_ORGANISATION | CLASS_COMMON;
    while (end < w->count && end < at + 3 && (end == at || w->items[end].gap == DL_GAP_SPACE || w->items[end].gap == DL_GAP_HYPHEN) &&
           (w->items[end].flags & DL_WORD_CAPITAL || dl_str_is(w->keys[end], "al")) && !(w->classes[end] & never)) {
        end++;
        if (w->items[end - 1].flags & DL_WORD_POSSESSIVE) break;
        while (joins_compound(w, end) && end < at + 6) end += 1 + !joins_compound(w, end + 1);
    }
    bool goes_further = end < w->count && w->items[end].gap == DL_GAP_SPACE && w->items[end].flags & DL_WORD_CAPITAL;
    bool kind_behind = end < w->count && w->items[end].gap == DL_GAP_SPACE && w->classes[end] & CLASS_KIND && !(w->items[end].flags & DL_WORD_CAPITAL);
    if (end == at || goes_further || w->items[at].flags & DL_WORD_UPPER || w->classes[at] & CLASS_SEEN_LOWER) return 0;
    return place_is_announced(w, at) || kind_behind ? end - at : 0;
}

static dl_status add_unknown(place_page *page, size_t at, size_t count, dl_error *err)
{
    mention *m = add_mention(page, at, count, MENTION_UNKNOWN);
    if (!m) return dl_fail_memory(err);
    match whole = {.count = (uint32_t)count, .possessive = page->words.items[at + count - 1].flags & DL_WORD_POSSESSIVE};
    m->span = span_of(&page->words, at, &whole, false);
    m->key = dl_span_str(page->words.text, m->span);
    return DL_OK;
}

dl_status places_recognise(place_page *page, dl_error *err)
{
    const page_words *w = &page->words;
    for (size_t at = 0; at < w->count;) {
        if (!may_start(w, at)) {
            at++;
            continue;
        }
        match m;
        dl_status status = longest(page, at, w->count, &m, err);
        if (status != DL_OK) return status;
        size_t facility = run_starts(w, at) && !(w->classes[at] & (CLASS_ARTICLE | CLASS_PREPOSITION | CLASS_FUNCTION)) ? facility_length(page, at) : 0;
        mention_kind kind = MENTION_NAME;
        bool abbreviation = false;
        if (facility > m.count) {
            status = add_facility(page, at, facility, err);
            if (status != DL_OK) return status;
            /* "Mansfield Hospital" still speaks of Mansfield: the name inside is judged by itself */
            if (!m.count) {
                at += facility;
                continue;
            }
        }
        bool function = m.count == 1 && w->classes[at] & CLASS_FUNCTION;
        if (!m.count || function || is_after_article(page, at, &m) || !is_acceptable(page, at, &m, &kind, &abbreviation)) {
            size_t unknown = !m.count && !facility && run_starts(w, at) ? unknown_length(page, at) : 0;
            if (unknown && (status = add_unknown(page, at, unknown, err)) != DL_OK) return status;
            at += unknown ? unknown : 1;
            continue;
        }
        mention *added = add_mention(page, at, m.count, kind);
        if (!added) return dl_fail_memory(err);
        added->key = m.key;
        added->hit = m.hit;
        added->own = m.own;
        added->abbreviation = abbreviation;
        added->span = span_of(w, at, &m, abbreviation);
        at += m.count;
    }
    return DL_OK;
}

/* ---- spans that the caller knows ---- */

static size_t word_at(const page_words *w, uint32_t byte)
{
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->items[middle].span.end <= byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The longest name inside words [from, to) that the gazetteer knows, the first where two are as long. */
static dl_status best_inside(const place_page *page, size_t from, size_t to, match *out, size_t *at, dl_error *err)
{
    *out = (match){0};
    for (size_t i = from; i < to && i < from + 12; i++) {
        match m;
        dl_status status = longest(page, i, to, &m, err);
        if (status != DL_OK) return status;
        if (m.count > out->count) *out = m, *at = i;
    }
    return DL_OK;
}

dl_status places_take_given(place_page *page, const dl_span *given, size_t count, dl_error *err)
{
    const page_words *w = &page->words;
    for (size_t i = 0; i < count; i++) {
        size_t from = word_at(w, given[i].start), to = from, at = from;
        while (to < w->count && w->items[to].span.start < given[i].end) to++;
        match m;
        dl_status status = best_inside(page, from, to, &m, &at, err);
        if (status != DL_OK) return status;
        mention *added = add_mention(page, at, m.count, MENTION_GIVEN);
        if (!added) return dl_fail_memory(err);
        mention_kind kind = MENTION_NAME;
        if (m.count && is_acceptable(page, at, &m, &kind, &added->abbreviation) && kind == MENTION_ADJECTIVE) added->kind = MENTION_ADJECTIVE;
        if (m.count) added->key = m.key, added->hit = m.hit, added->own = m.own;
        else added->first = (uint32_t)from, added->count = (uint32_t)(to > from ? to - from : 0);
        added->span = given[i];
    }
    return DL_OK;
}
