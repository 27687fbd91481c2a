/* fuzz_json.c - the JSON reader, strict and lenient: never reads outside its input, and what it parsed can be walked. */
#include "base/json.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(const dl_json *value)
{
    size_t seen = value->text.len + value->key.len;
    for (const dl_json *child = value->first; child; child = child->next) seen += walk(child);
    return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int lenient = 0; lenient < 2; lenient++) {
        dl_arena arena;
        dl_arena_init(&arena, 64 << 20);
        const dl_json *value;
        if (dl_json_parse(&value, &arena, (dl_str){(const char *)data, size}, lenient, NULL) == DL_OK) walk(value);
        dl_arena_free(&arena);
    }
    return 0;
}
