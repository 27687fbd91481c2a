/* fuzz_gazetteer.c - any bytes as a gazetteer image: refused, or read without a fault. The input is what lies behind
 * the header; fuzz/corpus/gazetteer holds a small sound one. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/map.h"
#include "places/gazetteer.h"
#include "places/gazetteer_format.h"

static volatile char sink;

static void read_all(const dl_gazetteer *gazetteer)
{
    static const char *const keys[] = {"", "a", "kyiv", "al fasher", "saint louis"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        dl_key_hit hit = dl_gazetteer_find(gazetteer, dl_str_of(keys[i]));
        for (uint32_t k = 0; k < hit.count && k < 64; k++) {
            dl_location at = dl_gazetteer_place(gazetteer, dl_gazetteer_posting(gazetteer, hit.first + k).place);
            if (at.name.len) sink = at.name.ptr[at.name.len - 1]; /* touches the last byte */
        }
    }
    for (uint32_t i = 0; i < 64; i++) {
        dl_location at = dl_gazetteer_place(gazetteer, i);
        if (at.lat < -90 || at.lat > 90 || at.lon < -180 || at.lon > 180) abort();
        if (at.own_id.len > 255 || at.admin1.len > 255 || at.feature.len > 7) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[64];
    if (!path[0]) snprintf(path, sizeof path, "/tmp/fuzz-gazetteer-%d", (int)getpid());
    FILE *file = fopen(path, "wb");
    if (!file) return 0;
    /* the header is made sound, so that fuzzing reaches what lies behind it */
    dl_image_header header = {.version = GAZETTEER_VERSION, .size = sizeof header + size};
    memcpy(header.magic, GAZETTEER_MAGIC, 8);
    fwrite(&header, 1, sizeof header, file);
    fwrite(data, 1, size, file);
    fclose(file);
    dl_gazetteer *gazetteer;
    dl_error err;
    if (dl_gazetteer_open(&gazetteer, path, false, &err) == DL_OK) {
        read_all(gazetteer);
        dl_gazetteer_close(gazetteer);
    } else if (err.offset > sizeof header + size || !err.message[0]) {
        abort();
    }
    return 0;
}
