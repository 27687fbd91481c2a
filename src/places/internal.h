/* internal.h - what the parts of the places room share: words and mentions of one page, features, weights.
 *
 * scan.c cuts the words and looks up their classes; recognise.c finds what may be a toponym and describes where it
 * stands; judge.c says how likely it is one; locale.c tells where the page is written; counties.c which towns lie in named counties; resolve.c picks the place; places.c runs them and writes the layer. */
#ifndef DL_PLACES_INTERNAL_H
#define DL_PLACES_INTERNAL_H

#include "dateline/page.h"
#include "dateline/places.h"
#include "dateline/text.h"
#include "places/gazetteer.h"
#include "places/overlay.h"
#include "places/places.h"
#include "places/weights.h"
#include "places/words.h"

enum { /* classes of data/places/words.tsv */
    CLASS_PREPOSITION = 1 << 0, CLASS_TITLE = 1 << 1, CLASS_SPEECH = 1 << 2, CLASS_ORGANISATION = 1 << 3,
    CLASS_STREET = 1 << 4, CLASS_FACILITY = 1 << 5, CLASS_KIND = 1 << 6, CLASS_DIRECTION = 1 << 7, CLASS_CALENDAR = 1 << 8,
    CLASS_ARTICLE = 1 << 9, CLASS_VERB = 1 << 10, CLASS_GIVEN = 1 << 11, CLASS_COMMON = 1 << 12,
    CLASS_PERSON = 1 << 13, /* nouns for people: "man", "troops" */
    CLASS_FUNCTION = 1 << 14,
    CLASS_KIND_ADMIN1 = 1 << 16, CLASS_KIND_ADMIN2 = 1 << 17, CLASS_KIND_CITY = 1 << 18, CLASS_KIND_NATURE = 1 << 19,
    CLASS_PUBLIC = 1 << 20,     /* the body of a town: "police", "school" */
    CLASS_JOINER = 1 << 21,     /* inside a compound: "de", "sur" */
    CLASS_PARTY = 1 << 22,      /* before the seat of a member of an American parliament: "R-Florence" */
    CLASS_SEEN_LOWER = 1 << 24, /* on this page also written small */
    CLASS_OF = 1 << 25,
    CLASS_LOCALE = 1 << 26 /* tells the country of the page */
};

typedef struct class_slot {
    dl_str form; /* len 0: free */
    uint32_t classes;
} class_slot;

struct dl_places_data {
    const dl_lexicon *lexicon;
    dl_gazetteer *gazetteer;
    dl_overlay *overlay; /* NULL: none */
    const dl_table *words;
    class_slot *class_slots; /* the same words with their classes, by hash: most words of a page are none of them */
    uint8_t *class_tags; /* beside class_slots: whether one is taken */
    size_t class_mask;
    dl_weights weights;
};

typedef struct page_words {
    dl_str text;
    dl_place_word *items;
    uint32_t *classes; /* beside items */
    dl_str *keys;      /* beside items: canonical form */
    size_t count;
} page_words;

typedef enum mention_kind { MENTION_NAME, MENTION_ADJECTIVE, MENTION_FACILITY, MENTION_UNKNOWN, MENTION_GIVEN } mention_kind;

typedef struct mention {
    uint32_t first, count; /* words */
    dl_span span;
    dl_str key;
    dl_key_hit hit;        /* of the gazetteer */
    dl_overlay_hit own;    /* of the overlay */
    mention_kind kind;
    uint32_t name, node;   /* distinct name; what it names */
    uint32_t container;    /* place of the gazetteer that the words behind say it lies in, or DL_NONE */
    bool abbreviation, dateline, contained;
    uint32_t kind_bits;    /* CLASS_KIND_* of the word beside it */
    float features[M_COUNT];
    float likely;          /* that it is a toponym */
} mention;

typedef struct candidate {
    uint32_t place; /* of the gazetteer, or of the overlay where `own` */
    bool own;
    dl_naming naming;
    dl_level level;
    char letter;
    bool capital, seat;
    uint16_t country;
    uint32_t admin1, admin2, population, geonameid;
    double lat, lon;
    float features[C_COUNT];
    float score, share; /* share: probability among the node's candidates */
} candidate;

typedef struct node { /* all mentions of a page that name the same thing */
    dl_str key;
    uint32_t mentions;
    uint32_t container; /* place of the gazetteer that the page says it lies in, or DL_NONE */
    bool person, preposition, held, alone; /* some mention is part of a person's name, stands behind a preposition, has a container, is
                                              no part of a longer name */
    candidate *candidates;
    size_t count;
    uint32_t best; /* DL_NONE */
    double weight;
    uint32_t kind_bits;
    bool dateline;
    uint32_t beside[6], beside_count; /* nodes mentioned next to it */
} node;

typedef struct page_name { /* a distinct name of the page with everything it may mean */
    dl_str key;
    candidate *candidates;
    size_t count;
    uint32_t last_held; /* node of the latest mention with a container, or DL_NONE */
    uint32_t bare;      /* node of the mentions without any, or DL_NONE */
} page_name;

typedef DL_VEC(mention) mention_vec;
typedef DL_VEC(page_name) name_vec;
typedef DL_VEC(node) node_vec;

enum { DL_LOCALES = 8 };

typedef struct dl_locale { /* what the page tells of the country it is written in */
    uint16_t domain, countries[DL_LOCALES]; /* 0: none */
    uint32_t words[DL_LOCALES], total;      /* different words that tell so */
    size_t count;
} dl_locale;

typedef struct place_page {
    const dl_places_data *data;
    dl_arena *arena;
    const dl_text *text;
    const dl_story *story;
    page_words words;
    mention_vec mentions;
    name_vec names;
    node_vec nodes;
    bool given;
    bool resolved; /* nodes have a best place: features that look at it may be set */
} place_page;

uint32_t places_class_of(const dl_places_data *data, dl_str form, uint64_t hash); /* 0: none */
class_slot *places_class_slot(const dl_places_data *data, dl_str form, uint64_t hash); /* where `form` lies or would */
dl_status places_scan(const dl_places_data *data, dl_arena *arena, dl_str text, page_words *out, dl_error *err);
dl_status places_recognise(place_page *page, dl_error *err);
dl_status places_take_given(place_page *page, const dl_span *given, size_t count, dl_error *err);
void places_describe(place_page *page); /* sets the features that words around a mention give */
void places_judge(place_page *page);    /* sets `likely` */
const float *places_mention_weights(const place_page *page);
dl_status places_group(place_page *page, dl_error *err); /* makes names and nodes */
dl_status places_resolve(place_page *page, dl_error *err);
dl_status places_describe_counties(place_page *page, dl_error *err); /* towns and the units around them that are both named */
dl_locale places_locale(const place_page *page);
float places_locale_of(const dl_locale *locale, uint16_t country); /* 0 to 1 */
const candidate *places_best(const place_page *page, const mention *mention); /* NULL: none */
bool places_says_within(const place_page *page, uint32_t from, uint32_t to); /* the words between two places say that the second holds the first */
/* Places names that no gazetteer holds in what the words behind them say that they lie in; `places` in order of their start. */
void places_put_within(const place_page *page, dl_places *places);
/* Runs all parts on a page whose data, arena, text, story and `given` are set. */
dl_status places_analyse(place_page *page, const dl_span *given, size_t given_count, dl_error *err);
/* The features that weighed most, in words. */
dl_str places_explain(const place_page *page, const mention *m, const candidate *best);

#endif
