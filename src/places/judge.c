/* judge.c - how likely a mention is a toponym: where it stands, what the gazetteer knows of the name, what the page
 * and the language model say; weighed by a logistic model (weights.h). */
#include <math.h>

#include "base/utf8.h"
#include "places/internal.h"

static const double OWN_TRUST = 5; /* a user's own place is meant to be found */

typedef struct side { /* the word beside a mention, in the same phrase */
    bool exists, capital, comma, hyphen, stop;
    bool party; /* "R-Florence": the seat of a member of an American parliament */
    uint32_t classes;
    size_t word;
} side;

static side left_of(const page_words *w, const mention *m)
{
    side out = {0};
    if (m->first == 0 || m->first >= w->count) {
        out.stop = true;
        return out;
    }
    size_t before = m->first - 1;
    uint8_t gap = w->items[m->first].gap;
    bool title = gap == DL_GAP_DOT && (w->classes[before] & CLASS_TITLE || w->items[before].form.len == 1);
    out.exists = gap == DL_GAP_SPACE || gap == DL_GAP_HYPHEN || title;
    out.comma = gap == DL_GAP_COMMA;
    out.hyphen = gap == DL_GAP_HYPHEN;
    out.stop = !out.exists && !out.comma;
    out.word = before;
    out.classes = w->classes[before];
    out.capital = w->items[before].flags & DL_WORD_CAPITAL;
    out.party = out.hyphen && out.capital && (out.classes & CLASS_PARTY) && w->items[before].gap >= DL_GAP_COMMA;
    return out;
}

static side right_of(const page_words *w, const mention *m)
{
    side out = {0};
    size_t after = m->first + m->count;
    if (after >= w->count) {
        out.stop = true;
        return out;
    }
    uint8_t gap = w->items[after].gap;
    out.exists = gap == DL_GAP_SPACE || gap == DL_GAP_HYPHEN;
    out.comma = gap == DL_GAP_COMMA;
    out.hyphen = gap == DL_GAP_HYPHEN;
    out.stop = !out.exists && !out.comma;
    out.word = after;
    out.classes = w->classes[after];
    out.capital = w->items[after].flags & DL_WORD_CAPITAL;
    return out;
}

/* A capital that only opens the sentence tells nothing. */
static bool opens_sentence(const page_words *w, size_t word)
{
    return word == 0 || w->items[word].gap == DL_GAP_BREAK || w->items[word].gap == DL_GAP_DOT;
}

static const uint32_t SMALL_WORD = CLASS_PREPOSITION | CLASS_FUNCTION | CLASS_ARTICLE | CLASS_OF | CLASS_VERB | CLASS_SPEECH;

static bool is_name_word(const page_words *w, side s)
{
    return s.exists && s.capital && !(s.classes & (SMALL_WORD | CLASS_DIRECTION)) &&
           !(opens_sentence(w, s.word) && s.classes & (CLASS_SEEN_LOWER | CLASS_COMMON));
}

static void describe_left(const page_words *w, mention *m, side left)
{
    float *f = m->features;
    f[M_LEFT_START] = left.stop;
    f[M_LEFT_COMMA] = left.comma;
    f[M_HYPHEN_LEFT] = left.hyphen && !left.party;
    f[M_LEFT_PREP] = left.party;
    if (!left.exists || left.party) return;
    bool name = is_name_word(w, left);
    f[M_LEFT_TITLE] = left.capital && left.classes & CLASS_TITLE;
    f[M_LEFT_GIVEN] = left.capital && left.classes & CLASS_GIVEN;
    f[M_LEFT_KIND] = (left.classes & CLASS_KIND) != 0;
    f[M_LEFT_NAME] = name && !f[M_LEFT_TITLE] && !f[M_LEFT_GIVEN] && !f[M_LEFT_KIND];
    f[M_LEFT_DIRECTION] = (left.classes & CLASS_DIRECTION) != 0;
    f[M_LEFT_PREP] = (left.classes & CLASS_PREPOSITION) != 0;
    f[M_LEFT_THE] = (left.classes & CLASS_ARTICLE) != 0;
    f[M_LEFT_OF] = (left.classes & CLASS_OF) != 0;
    f[M_LEFT_AND] = dl_str_is(w->items[left.word].form, "and") || dl_str_is(w->items[left.word].form, "or");
    f[M_LEFT_LOWER] = !left.capital && !(left.classes & (SMALL_WORD | CLASS_DIRECTION | CLASS_KIND));
    if (left.classes & CLASS_OF && left.word > 0) {
        uint32_t before = w->classes[left.word - 1];
        f[M_LEFT_KIND_OF] = (before & CLASS_KIND) != 0;
        f[M_LEFT_ORG_OF] = before & (CLASS_ORGANISATION | CLASS_FACILITY) && w->items[left.word - 1].flags & DL_WORD_CAPITAL;
    }
}

static void describe_right(const page_words *w, mention *m, side right)
{
    float *f = m->features;
    f[M_RIGHT_COMMA] = right.comma;
    f[M_RIGHT_END] = right.stop;
    f[M_HYPHEN_RIGHT] = right.hyphen;
    if (!right.exists) return;
    f[M_RIGHT_PUBLIC] = right.capital && right.classes & CLASS_PUBLIC;
    if (right.capital) {
        f[M_RIGHT_STREET] = (right.classes & CLASS_STREET) != 0;
        f[M_RIGHT_KIND] = right.classes & CLASS_KIND && !f[M_RIGHT_STREET];
        f[M_RIGHT_TITLE] = right.classes & CLASS_TITLE && !f[M_RIGHT_KIND] && !f[M_RIGHT_STREET];
        f[M_RIGHT_ORG] = right.classes & CLASS_ORGANISATION && !f[M_RIGHT_TITLE] && !f[M_RIGHT_STREET];
        f[M_RIGHT_FACILITY] = right.classes & CLASS_FACILITY && !f[M_RIGHT_ORG];
        f[M_RIGHT_NAME] = is_name_word(w, right) && !(right.classes & (CLASS_STREET | CLASS_KIND | CLASS_TITLE | CLASS_ORGANISATION | CLASS_FACILITY));
    } else {
        f[M_RIGHT_SPEECH] = (right.classes & CLASS_SPEECH) != 0;
        f[M_RIGHT_VERB] = (right.classes & CLASS_VERB) != 0;
        f[M_RIGHT_LOWER] = !(right.classes & (SMALL_WORD | CLASS_KIND));
        f[M_RIGHT_KIND] = (right.classes & CLASS_KIND) != 0;
    }
    f[M_RIGHT_DIGIT] = (w->items[right.word].flags & DL_WORD_DIGIT) != 0;
}

static void describe_word(const page_words *w, mention *m)
{
    float *f = m->features;
    const dl_place_word *first = &w->items[m->first], *last = &w->items[m->first + m->count - 1];
    uint32_t classes = w->classes[m->first];
    bool single = m->count == 1;
    f[M_POSSESSIVE] = (last->flags & DL_WORD_POSSESSIVE) != 0;
    f[M_COMMON] = single && classes & (CLASS_COMMON | CLASS_FUNCTION);
    f[M_COMMON_START] = f[M_COMMON] && opens_sentence(w, m->first);
    f[M_GIVEN] = single && classes & CLASS_GIVEN;
    f[M_CALENDAR] = single && classes & CLASS_CALENDAR;
    f[M_SEEN_LOWER] = single && classes & CLASS_SEEN_LOWER;
    f[M_UPPER] = first->flags & DL_WORD_UPPER && !(first->flags & DL_WORD_DOTTED);
    f[M_MULTIWORD] = !single;
    f[M_SHORT] = single && first->form.len <= 3;
}

static void describe_adjective(const page_words *w, mention *m, side left, side right)
{
    float *f = m->features;
    f[M_ADJ] = 1;
    f[M_ADJ_START] = left.stop;
    f[M_ADJ_END] = !right.exists;
    if (!right.exists) return;
    f[M_ADJ_TITLE] = (right.classes & CLASS_TITLE) != 0;
    f[M_ADJ_ORG] = (right.classes & CLASS_ORGANISATION) != 0;
    f[M_ADJ_KIND] = (right.classes & (CLASS_KIND | CLASS_FACILITY)) != 0;
    f[M_ADJ_PERSON] = (right.classes & CLASS_PERSON) != 0;
    f[M_ADJ_CAPITAL] = right.capital && !f[M_ADJ_TITLE] && !f[M_ADJ_ORG];
    f[M_ADJ_LOWER] = !right.capital && !(right.classes & (CLASS_TITLE | CLASS_ORGANISATION | CLASS_PERSON | CLASS_KIND));
    (void)w;
}

/* ---- what the language model says ---- */

static size_t token_behind(const dl_text *text, uint32_t byte)
{
    size_t low = 0, high = text->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (text->tokens[middle].span.end <= byte) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool continues_name(const dl_text *text, size_t token)
{
    return token < text->token_count && text->tokens[token].name != DL_NAME_NONE && !(text->tokens[token].flags & DL_TOKEN_NAME_BEGIN);
}

enum { NAME_REACH = 8 }; /* tokens */

static bool is_capital(const dl_text *text, size_t token)
{
    size_t at = text->tokens[token].span.start;
    return dl_utf8_is_upper(dl_utf8_next(text->text, &at));
}

/* Whether the tagged name has no capital before `token`: "central" may be tagged with "Jordan", "town of" with "Van". */
static bool is_first_capital(const dl_text *text, size_t token)
{
    for (int step = 0; step < NAME_REACH && token > 0 && continues_name(text, token); step++)
        if (is_capital(text, --token)) return false;
    return true;
}

/* Nor one from `token` on: "'s", "province". */
static bool is_last_capital(const dl_text *text, size_t token)
{
    for (int step = 0; step < NAME_REACH && continues_name(text, token); step++)
        if (is_capital(text, token++)) return false;
    return true;
}

/* The tag on the mention's first word, and whether the tagged name is just the mention or a longer one. */
static void read_tag(const place_page *page, mention *m)
{
    const dl_text *text = page->text;
    float *f = m->features;
    if (!text || !text->parsed) return;
    size_t first = token_behind(text, m->span.start), behind = token_behind(text, m->span.end - 1) + 1;
    if (first >= text->token_count) return;
    const dl_token *token = &text->tokens[first];
    float score = token->name_score > 0 ? token->name_score : 1;
    bool begins = is_first_capital(text, first), ends = is_last_capital(text, behind);
    switch ((dl_name_type)token->name) {
    case DL_NAME_GPE: f[begins && ends ? M_TAG_GPE : M_TAG_GPE_PART] = score; break;
    case DL_NAME_LOC: f[begins && ends ? M_TAG_LOC : M_TAG_LOC_PART] = score; break;
    case DL_NAME_FAC: f[begins && ends ? M_TAG_FAC : M_TAG_FAC_PART] = score; break;
    case DL_NAME_ORG: f[begins && ends ? M_TAG_ORG : begins ? M_TAG_ORG_START : M_TAG_ORG_PART] = score; break;
    case DL_NAME_PERSON: f[begins && ends ? M_TAG_PERSON : M_TAG_PERSON_PART] = score; break;
    case DL_NAME_NORP: f[M_TAG_NORP] = score; break;
    default: f[M_TAG_NONE] = score; break;
    }
}

void places_describe(place_page *page)
{
    const page_words *w = &page->words;
    for (size_t i = 0; i < page->mentions.count; i++) {
        mention *m = &page->mentions.items[i];
        if (!m->count || m->first + m->count > w->count) continue;
        side left = left_of(w, m), right = right_of(w, m);
        if (right.exists && right.classes & CLASS_KIND) m->kind_bits = right.classes & (CLASS_KIND_ADMIN1 | CLASS_KIND_ADMIN2 | CLASS_KIND_CITY | CLASS_KIND_NATURE);
        else if (left.exists && left.classes & CLASS_OF && left.word > 0) m->kind_bits = w->classes[left.word - 1] & (CLASS_KIND_ADMIN1 | CLASS_KIND_ADMIN2 | CLASS_KIND_CITY | CLASS_KIND_NATURE);
        m->dateline = left.stop && w->items[m->first].flags & DL_WORD_UPPER && m->first < 3;
        if (m->kind == MENTION_ADJECTIVE) {
            describe_adjective(w, m, left, right);
            m->features[M_HYPHEN_LEFT] = left.hyphen;
        } else if (m->kind != MENTION_GIVEN) {
            m->features[m->kind == MENTION_NAME ? M_BIAS : m->kind == MENTION_UNKNOWN ? M_UNKNOWN : M_FACILITY] = 1;
            describe_left(w, m, left);
            describe_right(w, m, right);
            describe_word(w, m);
            m->features[M_LEFT_ADJECTIVE] = i > 0 && page->mentions.items[i - 1].kind == MENTION_ADJECTIVE && left.exists &&
                                            page->mentions.items[i - 1].first + page->mentions.items[i - 1].count == m->first;
            m->features[M_WHOLE] = (left.party || !is_name_word(w, left)) && !is_name_word(w, right);
            m->features[M_CONTAINER] = m->container != DL_NONE;
            m->features[M_CONTAINS] = m->contained;
            m->features[M_DATELINE] = m->dateline;
            m->features[M_COMMON_PREP] = m->features[M_COMMON] && m->features[M_LEFT_PREP];
            bool ordinary = m->features[M_COMMON] || m->features[M_GIVEN] || m->features[M_SEEN_LOWER] || m->features[M_CALENDAR];
            bool plain = m->features[M_WHOLE] && (left.party || !ordinary);
            m->features[M_PREP_ALONE] = plain && m->features[M_LEFT_PREP];
            uint32_t last = w->classes[m->first + m->count - 1];
            m->features[M_STREET] = m->kind == MENTION_FACILITY && last & CLASS_STREET;
            m->features[M_NATURE_WORD] = m->kind == MENTION_FACILITY && last & CLASS_KIND;
        }
        if (left.party && page->text && page->text->parsed) m->features[M_TAG_GPE] = 1;
        else read_tag(page, m);
    }
}

/* ---- the page as a whole ---- */

/* What all mentions of a node tell each of them; runs after nodes are made. */
static void share_on_page(place_page *page)
{
    for (size_t i = 0; i < page->mentions.count; i++) {
        const mention *m = &page->mentions.items[i];
        if (m->node >= page->nodes.count) continue;
        node *n = &page->nodes.items[m->node];
        n->person |= m->features[M_LEFT_GIVEN] > 0 || (m->features[M_LEFT_TITLE] > 0 && m->features[M_LEFT_PREP] <= 0);
        n->preposition |= m->features[M_LEFT_PREP] > 0;
        n->held |= m->container != DL_NONE;
        n->alone |= m->features[M_WHOLE] > 0 && (m->features[M_LEFT_PREP] > 0 || m->container != DL_NONE || m->dateline);
    }
    for (size_t i = 0; i < page->mentions.count; i++) {
        mention *m = &page->mentions.items[i];
        if (m->node >= page->nodes.count || m->kind != MENTION_NAME) continue;
        const node *n = &page->nodes.items[m->node];
        m->features[M_PERSON_ON_PAGE] = n->person;
        m->features[M_PREP_ON_PAGE] = n->preposition;
        m->features[M_CONTAINER_ON_PAGE] = n->held;
        m->features[M_REPEATED] = logf((float)n->mentions);
        m->features[M_KNOWN_ALONE] = n->alone && m->features[M_WHOLE] <= 0;
    }
}

static void describe_place(const node *n, mention *m)
{
    float *f = m->features;
    const candidate *best = n->best < n->count ? &n->candidates[n->best] : NULL;
    if (!best) return;
    if (m->kind == MENTION_ADJECTIVE) {
        f[M_ADJ_PAGE] = best->features[C_COUNTRY_SHARE] > 0;
        f[M_ADJ_CONTINENT] = best->level == DL_LEVEL_REGION;
        return;
    }
    f[M_POPULATION] = log10f((float)best->population + 1) / 7;
    f[M_COUNTRY] = best->level == DL_LEVEL_COUNTRY;
    f[M_ADMIN1] = best->level == DL_LEVEL_ADMIN1;
    f[M_ADMIN2] = best->level == DL_LEVEL_ADMIN2;
    f[M_SITE] = best->level == DL_LEVEL_SITE;
    f[M_NATURE] = best->level == DL_LEVEL_NATURE;
    f[M_REGION] = best->level == DL_LEVEL_REGION;
    f[M_CAPITAL] = best->capital || best->seat;
    f[M_SMALL] = best->level == DL_LEVEL_CITY && best->population < 5000;
    f[M_ALTERNATE] = best->naming == DL_ALTERNATE;
    f[M_SHORTENED] = best->naming == DL_SHORTENED;
    f[M_AMBIGUOUS] = log10f((float)n->count);
    f[M_ORG_SEAT] = f[M_RIGHT_ORG] && f[M_CAPITAL];
    f[M_ORG_COUNTRY] = f[M_RIGHT_ORG] && (f[M_COUNTRY] || f[M_ADMIN1]);
    f[M_SUPPORT_COUNTRY] = best->features[C_COUNTRY_SHARE];
    /* one of few places of that name, in a country that the page speaks of */
    f[M_RARE_BACKED] = n->count <= 6 && best->features[C_COUNTRY_SHARE] > 0.2f && f[M_WHOLE] && !f[M_COMMON] && !f[M_GIVEN] && !f[M_SEEN_LOWER];
    f[M_RARE_PREP] = f[M_RARE_BACKED] && f[M_LEFT_PREP];
    f[M_SUPPORT_UNIT] = best->features[C_UNIT_SHARE];
    f[M_SUPPORT_NEAR] = best->features[C_NEAR_SHARE];
}

const float *places_mention_weights(const place_page *page)
{
    bool tagged = page->text && page->text->parsed;
    return tagged ? page->data->weights.mention : page->data->weights.untagged;
}

void places_judge(place_page *page)
{
    const float *weights = places_mention_weights(page);
    share_on_page(page);
    for (size_t i = 0; i < page->mentions.count; i++) {
        mention *m = &page->mentions.items[i];
        if (page->resolved && m->node < page->nodes.count) describe_place(&page->nodes.items[m->node], m);
        double sum = dl_weights_sum(m->features, weights, M_COUNT);
        if (m->own.place != DL_NONE) sum += OWN_TRUST;
        m->likely = page->given ? 1 : (float)(1 / (1 + exp(-sum)));
    }
}
