/* room.h - what the tests of the places room share: the built data, and places found in a text. */
#ifndef TESTS_PLACES_ROOM_H
#define TESTS_PLACES_ROOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/map.h"
#include "places/gazetteer.h"
#include "places/places.h"

#define GAZETTEER DATELINE_TEST_DATA "/places.gazetteer"

typedef struct room {
    dl_lexicon *lexicon;
    dl_places_data *data;
    dl_arena arena;
} room;

static inline int open_room_with(void **state, const char *overlay)
{
    dl_error err = {0};
    room *it = calloc(1, sizeof *it);
    assert_non_null(it);
    dl_arena_init(&it->arena, 0);
    assert_int_equal(dl_lexicon_open(&it->lexicon, DATELINE_TEST_DATA "/dateline.lexicon", &err), DL_OK);
    if (dl_places_open(&it->data, it->lexicon, GAZETTEER, overlay, &err) != DL_OK) fail_msg("%s: %s", err.source, err.message);
    *state = it;
    return 0;
}

static inline int open_room(void **state) { return open_room_with(state, NULL); }

static inline int close_room(void **state)
{
    room *it = *state;
    dl_places_close(it->data);
    dl_lexicon_close(it->lexicon);
    dl_arena_free(&it->arena);
    free(it);
    return 0;
}

static inline dl_places find_places(room *it, dl_str text, const dl_span *given, size_t count, bool why)
{
    dl_text tokens = {.text = text};
    dl_names names = {0};
    dl_story story = {.text = text};
    dl_places out;
    dl_error err = {0};
    assert_int_equal(dl_places_find(it->data, &it->arena, &tokens, &names, &story, given, count, given != NULL, why, &out, &err), DL_OK);
    return out;
}

/* The place whose span reads `words`, or NULL. */
static inline const dl_place *place_named(const dl_places *places, dl_str text, const char *words)
{
    for (size_t i = 0; i < places->count; i++)
        if (dl_str_is(dl_span_str(text, places->items[i].span), words)) return &places->items[i];
    return NULL;
}

static inline dl_map map_file(const char *path)
{
    dl_map map;
    dl_error err = {0};
    if (dl_map_open(&map, path, &err) != DL_OK) fail_msg("%s: %s", path, err.message);
    return map;
}

#endif
