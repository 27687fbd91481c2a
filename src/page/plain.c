/* plain.c - plain text as a story: nothing is changed, blocks are what empty lines part. */
#include "base/error.h"
#include "page/page.h"

typedef DL_VEC(dl_block) block_vec;

/* End of the line that starts at `at`: its newline or the end of the text. */
static size_t line_end(dl_str text, size_t at)
{
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    return end ? (size_t)(end - text.ptr) : text.len;
}

dl_status dl_page_plain(dl_arena *arena, dl_str text, dl_story *out, dl_error *err)
{
    *out = (dl_story){.text = text};
    block_vec blocks = {0};
    dl_block *open = NULL;
    for (size_t at = 0; at < text.len;) {
        size_t end = line_end(text, at);
        dl_str line = dl_str_trim(dl_str_slice(text, at, end));
        if (!line.len) {
            open = NULL;
        } else {
            size_t start = (size_t)(line.ptr - text.ptr);
            if (!open) {
                open = DL_VEC_PUSH(arena, &blocks);
                if (!open) return dl_fail_memory(err);
                open->span.start = (uint32_t)start;
            }
            open->span.end = (uint32_t)(start + line.len);
        }
        at = end + 1;
    }
    out->blocks = blocks.items;
    out->block_count = blocks.count;
    return DL_OK;
}
