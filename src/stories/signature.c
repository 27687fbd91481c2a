/* signature.c - a page's words, names, days and counts as weighted terms.
 *
 * Words weigh by how often the page has them and how rare they are (term frequency times inverse document frequency; Spärck Jones 1972): rare in
 * the background of common news. Pages that came before are not counted, so that a signature depends on its page alone. */
#include "stories/signature.h"

#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"
#include "record/record.h"
#include "stories/words.h"

enum {
    WHOLE_WORDS = 6000, /* that are read for shingles */
    SHINGLE = 4,
    SAMPLE = 7,         /* of eight shingles one is kept: those whose low bits are 0 */
    AGE_BYTES = 4096,
    TERM_FILE = 512,    /* of one list of names */
    POSTED_TEXT = 20,
    MOST_DAYS_TOLD = 64,
    OLDEST = 120,       /* years */
    STEP = 16,          /* a term that occurs once */
    AREA = 256          /* what a country tells; a unit of it four times that */
};

typedef struct maker {
    const dl_stories *stories;
    const dl_document *document;
    dl_arena *arena;
    story_word *words;
    size_t title_count, count; /* of the title, which comes first, and of all */
    fresh_signature *out;
} maker;

/* ---- numbers ---- */

static uint64_t root(uint64_t value)
{
    uint64_t result = 0, bit = UINT64_C(1) << 62;
    while (bit > value) bit >>= 2;
    for (; bit; bit >>= 2) {
        bool fits = value >= result + bit;
        if (fits) value -= result + bit;
        result = (result >> 1) + (fits ? bit : 0);
    }
    return result;
}

/* ---- vectors ---- */

void story_sort(story_term *terms, story_term *spare, size_t count)
{
    story_term *from = terms, *to = spare;
    for (int shift = 0; shift < 32; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < count; i++) starts[(from[i].id >> shift & 0xFF) + 1]++;
        for (size_t i = 1; i < 257; i++) starts[i] += starts[i - 1];
        for (size_t i = 0; i < count; i++) to[starts[from[i].id >> shift & 0xFF]++] = from[i];
        story_term *swap = from;
        from = to;
        to = swap;
    }
}

/* Sorts, and adds up the values of equal terms; gives how many are left. */
static size_t gather(story_term *terms, story_term *spare, size_t count)
{
    size_t kept = 0;
    if (count < 2) return count;
    story_sort(terms, spare, count);
    for (size_t i = 1; i < count; i++) {
        if (terms[i].id == terms[kept].id) terms[kept].value += terms[i].value;
        else terms[++kept] = terms[i];
    }
    return kept + 1;
}

static uint64_t frequency_weight(uint32_t value)
{
    return value >= STEP ? 256 + (uint64_t)story_log_ratio(value, STEP) : value * (256 / STEP);
}

/* terms, gathered, become the vector. */
static bool set_vector(maker *m, story_vector which, story_term *terms, story_term *spare, size_t count)
{
    count = gather(terms, spare, count);
    uint32_t *ids = DL_NEW_ARRAY(m->arena, uint32_t, count + 1);
    uint16_t *weights = DL_NEW_ARRAY(m->arena, uint16_t, count + 1), *rarity = DL_NEW_ARRAY(m->arena, uint16_t, count + 1);
    uint64_t sum = 0;
    if (!ids || !weights || !rarity) return false;
    for (size_t i = 0; i < count; i++) {
        uint64_t weight = frequency_weight(terms[i].value) * terms[i].rarity;
        sum += weight * weight;
    }
    uint64_t norm = root(sum);
    for (size_t i = 0; i < count; i++) {
        ids[i] = terms[i].id;
        weights[i] = (uint16_t)((frequency_weight(terms[i].value) * terms[i].rarity * VECTOR_NORM + norm / 2) / norm);
        rarity[i] = terms[i].rarity;
    }
    m->out->signature.vectors[which] = (story_terms){ids, weights, (uint32_t)count};
    m->out->rarity[which] = rarity;
    return true;
}

/* ---- words ---- */

static size_t copy_words(const maker *m, size_t first, size_t most, bool numbers, story_term *out)
{
    size_t count = 0;
    for (size_t i = first; i < m->count && i < first + most; i++)
        if (!numbers || m->words[i].number) out[count++] = (story_term){m->words[i].id, STEP, m->words[i].rarity};
    return count;
}

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint64_t hash = ((uint64_t)a << 32 | b) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> 32);
}

/* Two words in a row tell as much as both. */
static size_t copy_pairs(const maker *m, story_term *out)
{
    size_t count = 0;
    for (size_t i = m->title_count; i + 1 < m->count && count < FIRST_PAIRS; i++) {
        const story_word *word = &m->words[i];
        out[count++] = (story_term){mix(word->id, word[1].id), STEP, (uint16_t)(word->rarity + word[1].rarity)};
    }
    return count;
}

static bool add_words(maker *m)
{
    story_term *terms = DL_NEW_ARRAY(m->arena, story_term, 2 * MOST_TERMS), *spare = terms + MOST_TERMS;
    return terms && set_vector(m, VECTOR_TEXT, terms, spare, copy_words(m, m->title_count, MOST_WORDS, false, terms)) &&
           set_vector(m, VECTOR_LEAD, terms, spare, copy_words(m, 0, m->title_count + LEAD_WORDS, false, terms)) &&
           set_vector(m, VECTOR_TITLE, terms, spare, copy_words(m, 0, m->title_count, false, terms)) &&
           set_vector(m, VECTOR_NUMBERS, terms, spare, copy_words(m, m->title_count, FIRST_PAIRS, true, terms)) &&
           set_vector(m, VECTOR_PAIRS, terms, spare, copy_pairs(m, terms));
}

/* ---- names and places ---- */

typedef struct name_list {
    story_term terms[TERM_FILE], spare[TERM_FILE];
    size_t count;
} name_list;

static void put_term(name_list *list, uint32_t id, uint32_t value, uint16_t rarity)
{
    if (list->count < TERM_FILE) list->terms[list->count++] = (story_term){id, value, rarity};
}

/* A name counts as rare as its rarest word; without a word, as one that nobody knows. */
static bool put_name(maker *m, name_list *list, story_vector kind, dl_str name, uint64_t number, uint32_t value)
{
    story_word words[8];
    size_t count = 0;
    uint16_t rarity = 0;
    dl_str folded = dl_utf8_fold(m->arena, name.ptr ? name : DL_STR(""));
    if (!folded.ptr) return false;
    story_words(m->stories, folded, words, 8, &count);
    for (size_t i = 0; i < count; i++)
        if (words[i].rarity > rarity) rarity = words[i].rarity;
    uint64_t hash = number ? dl_hash(&number, sizeof number, 100 + (uint64_t)kind) : dl_hash(folded.ptr, folded.len, 100 + (uint64_t)kind);
    put_term(list, (uint32_t)hash, value, rarity ? rarity : story_rarity(NULL));
    return true;
}

static bool add_names(maker *m, story_vector which, name_list *list)
{
    bool fine = set_vector(m, which, list->terms, list->spare, list->count);
    list->count = 0;
    return fine;
}

static bool add_places(maker *m, name_list *list)
{
    const dl_places *places = &m->document->places;
    for (size_t i = 0; i < places->count && i < TERM_FILE; i++) {
        const dl_place *place = &places->items[i];
        uint32_t value = STEP * 10 / (10 + 3 * (uint32_t)i);
        bool fine = place->precision == DL_PRECISION_EXACT || place->precision == DL_PRECISION_CITY || place->precision == DL_PRECISION_ADMIN2;
        if (place->geonameid ? !fine : place->resolved) continue;
        if (!put_name(m, list, VECTOR_PLACES, place->name, (uint64_t)place->geonameid, value ? value : 1)) return false;
    }
    return add_names(m, VECTOR_PLACES, list);
}

static bool add_areas(maker *m, name_list *list)
{
    const dl_places *places = &m->document->places;
    for (size_t i = 0; i < places->count; i++) {
        const dl_place *place = &places->items[i];
        if (!place->country.ptr) continue;
        uint64_t hash = dl_hash(place->country.ptr, place->country.len, 7);
        if (place->admin1.ptr) hash = dl_hash(place->admin1.ptr, place->admin1.len, hash);
        put_term(list, (uint32_t)hash, STEP, place->admin1.ptr ? 4 * AREA : AREA);
    }
    return add_names(m, VECTOR_AREAS, list);
}

static dl_str last_word(dl_str name)
{
    size_t start = name.len;
    while (start && name.ptr[start - 1] != ' ') start--;
    return dl_str_slice(name, start, name.len);
}

static bool add_entities(maker *m, name_list *list, bool people)
{
    const dl_names *names = &m->document->names;
    uint32_t *mentions = DL_NEW_ARRAY(m->arena, uint32_t, names->entity_count + 1);
    if (!mentions) return false;
    for (size_t i = 0; i < names->mention_count; i++) mentions[names->mentions[i].entity]++;
    for (size_t i = 0; i < names->entity_count && i < TERM_FILE; i++) {
        dl_name_type type = names->entities[i].type;
        dl_str name = names->entities[i].name;
        if (people ? type != DL_NAME_PERSON : type == DL_NAME_NORP || type == DL_NAME_WEAPON || type == DL_NAME_NONE) continue;
        if (people ? !put_name(m, list, VECTOR_PEOPLE, last_word(name), 0, STEP * (mentions[i] ? mentions[i] : 1))
                   : !put_name(m, list, VECTOR_NAMES, name, 0, STEP))
            return false;
    }
    return add_names(m, people ? VECTOR_PEOPLE : VECTOR_NAMES, list);
}

/* ---- days, counts, wording ---- */

static bool set_set(maker *m, story_set which, name_list *list)
{
    size_t count = gather(list->terms, list->spare, list->count);
    uint32_t *ids = DL_NEW_ARRAY(m->arena, uint32_t, count + 1);
    if (!ids) return false;
    for (size_t i = 0; i < count; i++) ids[i] = list->terms[i].id;
    m->out->signature.sets[which] = (story_terms){ids, NULL, (uint32_t)count};
    list->count = 0;
    return true;
}

static void put_day(name_list *list, dl_date date)
{
    if (dl_date_is_valid(date)) put_term(list, (uint32_t)(dl_date_to_days(date) + DAY_ZERO), 1, 1);
}

static void put_toll(name_list *list, dl_range count, uint32_t harm)
{
    if (count.known && count.min > 0 && count.min < 1 << 20) put_term(list, harm << 20 | (uint32_t)count.min, 1, 1);
}

static bool add_days(maker *m, name_list *list)
{
    const dl_events *events = &m->document->events;
    const dl_times *times = &m->document->times;
    for (size_t i = 0; i < events->count; i++)
        if (events->items[i].type == DL_ASSAULT && !events->items[i].background && !events->items[i].date_from_published) put_day(list, events->items[i].date);
    if (!set_set(m, SET_EVENT_DAYS, list)) return false;
    for (size_t i = 0; i < times->count && list->count < MOST_DAYS_TOLD; i++) {
        dl_date date;
        if (times->items[i].value.ptr && dl_date_parse_iso(times->items[i].value, &date)) put_day(list, date);
    }
    if (!set_set(m, SET_TOLD_DAYS, list)) return false;
    for (size_t i = 0; i < events->count; i++) {
        const dl_event *event = &events->items[i];
        if (event->type != DL_ASSAULT || event->background) continue;
        put_toll(list, event->killed, 1);
        put_toll(list, event->wounded, 2);
    }
    return set_set(m, SET_TOLLS, list);
}

/* ---- ages ---- */

/* A number of at most three figures at `at`, or 0. */
static uint32_t small_number(dl_str text, size_t at, size_t *end)
{
    uint32_t value = 0;
    for (*end = at; *end < text.len && *end < at + 3 && dl_ascii_digit((unsigned char)text.ptr[*end]); ++*end)
        value = value * 10 + (uint32_t)(text.ptr[*end] - '0');
    return *end < text.len && dl_ascii_digit((unsigned char)text.ptr[*end]) ? 0 : value;
}

static bool stands(dl_str text, dl_str words, size_t at)
{
    return at + words.len <= text.len && dl_str_eq_nocase(dl_str_slice(text, at, at + words.len), words) &&
           (!at || !dl_ascii_alpha((unsigned char)text.ptr[at - 1]));
}

/* Whether a number at `at` to `end` is an age: "17-year-old", "aged 17", "Ada Ruiz, 34, said". */
static bool is_age(const maker *m, dl_str text, size_t at, size_t end)
{
    const dl_table *ages = m->stories->ages;
    if (at >= 2 && end < text.len && text.ptr[at - 1] == ' ' && text.ptr[at - 2] == ',' && (text.ptr[end] == ',' || text.ptr[end] == '.')) return true;
    for (size_t i = 0; i < dl_table_rows(ages); i++) {
        dl_str words = dl_table_cell(ages, i, 0);
        if (dl_str_is(dl_table_cell(ages, i, m->stories->age_side), "before") ? at > words.len && stands(text, words, at - words.len - 1)
                                                                               : stands(text, words, end + 1))
            return true;
    }
    return false;
}

/* In the first AGE_BYTES: ages of victims and suspects, by which incidents alike are told apart. */
static bool add_ages(maker *m, name_list *list)
{
    dl_str text = m->document->story.text;
    if (text.len > AGE_BYTES) text.len = AGE_BYTES;
    for (size_t at = 0, end; at < text.len; at = end) {
        end = at + 1;
        if (!dl_ascii_digit((unsigned char)text.ptr[at])) continue;
        bool inside = at && (dl_ascii_digit((unsigned char)text.ptr[at - 1]) || dl_ascii_alpha((unsigned char)text.ptr[at - 1]));
        uint32_t value = small_number(text, at, &end);
        if (end == at) end = at + 1;
        if (value && value <= OLDEST && !inside && is_age(m, text, at, end)) put_term(list, value, 1, 1);
        while (end < text.len && dl_ascii_digit((unsigned char)text.ptr[end])) end++;
    }
    return set_set(m, SET_AGES, list);
}

/* A sample of the hashes of every SHINGLE words in a row (Broder 1997); of a long page the lowest MOST_SHINGLES of it. */
static bool add_shingles(maker *m)
{
    size_t count = 0, most = m->count / 2 + 64;
    story_term *terms = DL_NEW_ARRAY(m->arena, story_term, 2 * most);
    uint32_t *ids = DL_NEW_ARRAY(m->arena, uint32_t, MOST_SHINGLES);
    if (!terms || !ids) return false;
    for (size_t i = m->title_count; i + SHINGLE <= m->count && count < most; i++) {
        uint32_t hash = m->words[i].id;
        for (size_t k = 1; k < SHINGLE; k++) hash = mix(hash, m->words[i + k].id);
        if (!(hash & SAMPLE)) terms[count++] = (story_term){hash, 1, 1};
    }
    count = gather(terms, terms + most, count);
    if (count > MOST_SHINGLES) count = MOST_SHINGLES;
    for (size_t i = 0; i < count; i++) ids[i] = terms[i].id;
    m->out->signature.sets[SET_SHINGLES] = (story_terms){ids, NULL, (uint32_t)count};
    return true;
}

/* ---- what the page is found by ---- */

static bool posted(const story_term *terms, size_t count, uint32_t id)
{
    for (size_t i = 0; i < count; i++)
        if (terms[i].id == id) return true;
    return false;
}

/* The heaviest terms of a vector that are not yet among `terms`, up to `most` in all. */
static size_t pick_heaviest(const story_terms *vector, story_term *terms, size_t count, size_t most)
{
    size_t first = count;
    for (size_t i = 0; i < vector->count; i++) {
        uint16_t weight = vector->weights[i];
        if ((count == most && weight <= terms[count - 1].value) || posted(terms, first, vector->ids[i])) continue;
        size_t at = count < most ? count++ : count - 1;
        for (; at > first && terms[at - 1].value < weight; at--) terms[at] = terms[at - 1];
        terms[at] = (story_term){vector->ids[i], weight, 1};
    }
    return count;
}

static bool add_posted(maker *m)
{
    dl_signature *signature = &m->out->signature;
    story_term terms[MOST_POSTED], spare[MOST_POSTED];
    size_t count = pick_heaviest(&signature->vectors[VECTOR_TEXT], terms, 0, POSTED_TEXT);
    count = pick_heaviest(&signature->vectors[VECTOR_LEAD], terms, count, MOST_POSTED);
    uint32_t *ids = DL_NEW_ARRAY(m->arena, uint32_t, MOST_POSTED);
    uint16_t *weights = DL_NEW_ARRAY(m->arena, uint16_t, MOST_POSTED);
    if (!ids || !weights) return false;
    story_sort(terms, spare, count);
    for (size_t i = 0; i < count; i++) ids[i] = terms[i].id, weights[i] = (uint16_t)terms[i].value;
    signature->sets[SET_POSTED] = (story_terms){ids, NULL, (uint32_t)count};
    m->out->posted_weights = weights;
    return true;
}

/* ---- the whole ---- */

static bool read_words(maker *m)
{
    const dl_story *story = &m->document->story;
    size_t most = story->text.len / 2 + 1, title = story->title.len / 2 + 1;
    if (most > WHOLE_WORDS) most = WHOLE_WORDS;
    if (title > LEAD_WORDS) title = LEAD_WORDS;
    m->words = DL_NEW_ARRAY(m->arena, story_word, title + most);
    if (!m->words) return false;
    if (story->title.ptr) story_words(m->stories, story->title, m->words, title, &m->count);
    m->title_count = m->count;
    if (story->text.ptr) story_words(m->stories, story->text, m->words, m->title_count + most, &m->count);
    m->out->signature.words = (uint32_t)(m->count - m->title_count);
    return true;
}

dl_status story_signature(const dl_stories *stories, const dl_document *document, dl_arena *arena, fresh_signature *out, dl_error *err)
{
    maker m = {.stories = stories, .document = document, .arena = arena, .out = out};
    *out = (fresh_signature){0};
    out->signature.day = dl_date_is_valid(document->story.published) ? dl_date_to_days(document->story.published) : NO_DAY;
    name_list *list = dl_arena_alloc_raw(arena, sizeof *list);
    if (!list) return dl_fail_memory(err);
    list->count = 0;
    bool fine = read_words(&m) && add_words(&m) && add_places(&m, list) && add_areas(&m, list) && add_entities(&m, list, true) &&
                add_entities(&m, list, false) && add_days(&m, list) && add_ages(&m, list) && add_shingles(&m) && add_posted(&m);
    return fine ? DL_OK : dl_fail_memory(err);
}
