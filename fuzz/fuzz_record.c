/* fuzz_record.c - any bytes are read as a record or refused with their place; what was read keeps a record's promises and is
 * written to JSON that reads back and is written the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_record: %s\n", what);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_document *document, *again;
    dl_error err = {0};
    if (dl_document_read(&document, (const char *)data, size, &err) != DL_OK) {
        require(err.offset <= size, "a fault is told outside the input");
        return 0;
    }
    char *json, *second;
    size_t len, second_len;
    require(dl_record_check(document, NULL) == DL_OK, "a record that was read is not sound");
    require(dl_document_json(document, 0, &json, &len, NULL) == DL_OK, "what was read is not written");
    require(dl_document_read(&again, json, len, NULL) == DL_OK, "what was written does not read back");
    require(dl_document_json(again, 0, &second, &second_len, NULL) == DL_OK, "what was read back is not written");
    require(len == second_len && memcmp(json, second, len) == 0, "what was read back is written otherwise");
    dl_free(json), dl_free(second);
    dl_document_free(document), dl_document_free(again);
    return 0;
}
