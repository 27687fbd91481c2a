/* shared_engine.h - one engine for all tests of a program, opened and closed as cmocka's group set-up and tear-down. */
#ifndef TESTS_SHARED_ENGINE_H
#define TESTS_SHARED_ENGINE_H

#include "dateline/dateline.h"

static dl_engine *engine;

static int open_engine(void **state)
{
    (void)state;
    dl_error err;
    if (dl_engine_open(&engine, NULL, &err) == DL_OK) return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int close_engine(void **state)
{
    (void)state;
    dl_engine_close(engine);
    return 0;
}

/* The document of a plain text, coded up to `options` (NULL: all layers) as published on `day`. */
static dl_document *read_text_as_of(dl_str text, dl_date day, const dl_options *options)
{
    dl_document *doc = NULL;
    dl_input input = {.kind = DL_INPUT_TEXT, .bytes = text, .published = day};
    assert_int_equal(dl_extract(engine, &input, options, &doc, NULL), DL_OK);
    return doc;
}

#endif
