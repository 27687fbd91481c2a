/* within.c - names that no gazetteer holds, placed in what the text says they lie in: "Kafr Rimal, Marsh Province, Oland".
 *
 * The place named right behind such a name, parted from it by a comma or "in" or "of" and a few words of kind at most ("district, ",
 * " region of "), holds it; a name between that is not known either ("in Somewhere District, ") is passed over. The point is that of the place that holds it, and so is the
 * precision. Of seas, lakes and mountains, whose point is known but not their country, only the country is taken. */
#include "places/internal.h"

enum { MOST_GAP = 40, MOST_WORDS = 4, MOST_STEPS = 4 };

static bool is_link(dl_str word)
{
    return dl_str_is(word, "in") || dl_str_is(word, "of");
}

static bool is_small_word(dl_str word)
{
    return is_link(word) || dl_str_is(word, "the") || dl_str_is(word, "area") || dl_str_is(word, "northern") || dl_str_is(word, "southern") ||
           dl_str_is(word, "eastern") || dl_str_is(word, "western") || dl_str_is(word, "central");
}

/* "Middle Ardan", behind "in" or a comma and before a comma. */
static bool is_name(dl_str word)
{
    return (word.ptr[0] >= 'A' && word.ptr[0] <= 'Z') || (unsigned char)word.ptr[0] >= 0x80;
}

static bool is_kind(const place_page *page, dl_str word)
{
    char lower[24];
    if (word.len >= sizeof lower) return false;
    for (size_t i = 0; i < word.len; i++) lower[i] = (char)dl_ascii_lower((unsigned char)word.ptr[i]);
    uint32_t classes = places_class_slot(page->data, (dl_str){lower, word.len}, dl_hash(lower, word.len, 0))->classes;
    return classes & (CLASS_KIND | CLASS_DIRECTION);
}

/* Whether the words between two places say that the second holds the first. */
bool places_says_within(const place_page *page, uint32_t from, uint32_t to)
{
    if (to <= from || to - from > MOST_GAP) return false;
    dl_str gap = dl_str_slice(page->words.text, from, to), word;
    size_t words = 0;
    bool linked = false, named = false; /* a name is open: a comma must follow */
    while (dl_str_next(&gap, ' ', &word)) {
        bool comma = word.len && word.ptr[word.len - 1] == ',';
        if (comma) word.len--;
        if (word.len && (++words > MOST_WORDS || word.ptr[word.len - 1] == '.')) return false;
        if (word.len && !is_small_word(word) && !is_kind(page, word)) {
            if (!linked || !is_name(word)) return false;
            named = true;
        }
        if (comma) named = false;
        linked = linked || comma || is_link(word);
    }
    return linked && !named;
}

static bool is_known(const dl_place *place)
{
    return place->resolved && !place->nearby && place->country.len;
}

static bool may_hold(const dl_place *place)
{
    return is_known(place) && !place->adjective && place->precision != DL_PRECISION_EXACT && place->precision != DL_PRECISION_NONE;
}

static void put_within(dl_place *place, const dl_place *holder)
{
    place->resolved = place->nearby = true;
    place->lat = holder->lat, place->lon = holder->lon;
    place->country = holder->country, place->admin1 = holder->admin1;
    place->precision = holder->precision;
    place->confidence = 0.4f * holder->confidence;
}

void places_put_within(const place_page *page, dl_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        dl_place *place = &places->items[i];
        bool known = place->resolved && !place->nearby;
        if (known ? place->country.len || place->precision != DL_PRECISION_REGION : place->geonameid || place->gazetteer_id.len) continue;
        for (size_t k = i + 1; k < places->count && k <= i + MOST_STEPS; k++) {
            const dl_place *before = &places->items[k - 1], *holder = &places->items[k];
            if (!places_says_within(page, before->span.end, holder->span.start)) break;
            if (may_hold(holder) && known) place->country = holder->country;
            else if (may_hold(holder)) put_within(place, holder);
            if (is_known(holder)) break;
        }
    }
}
