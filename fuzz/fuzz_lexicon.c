/* fuzz_lexicon.c - a damaged lexicon image is refused or read within its bounds.
 *
 * The image's size and checksum are mended first, so that the fuzzer gets past them. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/lexicon.h"
#include "base/lexicon_format.h"
#include "base/map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mend(unsigned char *bytes, size_t size)
{
    dl_image_header header;
    if (size < sizeof header) return;
    memcpy(&header, bytes, sizeof header);
    memcpy(header.magic, LEXICON_MAGIC, 8);
    header.version = LEXICON_VERSION;
    header.size = size;
    header.checksum = dl_hash(bytes + sizeof header, size - sizeof header, 0);
    memcpy(bytes, &header, sizeof header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int file = memfd_create("lexicon", 0);
    unsigned char *copy = malloc(size + 1);
    if (file < 0 || !copy) abort();
    memcpy(copy, data, size);
    mend(copy, size);
    if (write(file, copy, size) != (ssize_t)size) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    dl_lexicon *lexicon;
    if (dl_lexicon_open(&lexicon, path, NULL) == DL_OK) {
        const dl_table *table;
        if (dl_lexicon_table(lexicon, "text/abbreviations", &table, NULL) == DL_OK)
            for (size_t row = 0; row < dl_table_rows(table) && row < 100; row++)
                dl_table_find(table, dl_table_cell(table, row, 0));
        dl_lexicon_close(lexicon);
    }
    close(file);
    free(copy);
    return 0;
}
