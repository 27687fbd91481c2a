/* fuzz_feed.c - feeds, robots.txt and addresses: never read outside their input; addresses keep their form. */
#include <stdlib.h>

#include "feeds/feed.h"
#include "feeds/moment.h"
#include "feeds/robots.h"
#include "feeds/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_arena arena;
    feed found;
    robots rules;
    int64_t seconds;
    dl_str bytes = {(const char *)data, size};
    dl_arena_init(&arena, 256 << 20);
    if (feed_parse(&found, &arena, bytes, DL_STR("https://a.example/b/c"), NULL) == DL_NO_MEMORY) {}
    for (size_t i = 0; i < found.item_count; i++)
        if (!dl_str_eq(url_resolve(&arena, (dl_str){0}, found.items[i].url), found.items[i].url)) abort();
    if (robots_parse(&rules, &arena, bytes, DL_STR("dateline"), NULL) == DL_OK) robots_allows(&rules, dl_str_slice(bytes, 0, size < 64 ? size : 64));
    dl_str url = url_resolve(&arena, DL_STR("https://a.example/b/c"), bytes);
    if (url.ptr && !dl_str_eq(url_resolve(&arena, (dl_str){0}, url), url)) abort();
    moment_parse(bytes, &seconds);
    dl_arena_free(&arena);
    return 0;
}
