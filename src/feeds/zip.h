/* zip.h - the members of a ZIP file (PKWARE APPNOTE 6.3), as far as WACZ needs them: stored or deflated, ZIP64 too. */
#ifndef DL_FEEDS_ZIP_H
#define DL_FEEDS_ZIP_H

#include <zlib.h>

#include "base/str.h"
#include "dateline/feeds.h"

typedef struct zip_entry {
    dl_str name;
    uint64_t header, packed, size; /* offset of its local header; bytes in the file, and unpacked */
    int method;                    /* 0 stored, 8 deflated */
    bool encrypted;
} zip_entry;

typedef bool zip_wanted(dl_str name);

/* Entries whose name is wanted, in the order of the file's directory; in the arena. DL_BAD_DATA or DL_LIMIT if the directory is not sound. */
dl_status zip_list(const dl_archive_input *input, const char *source, zip_wanted *wanted, dl_arena *arena, const zip_entry **entries, size_t *count,
                   dl_error *err);

/* One member, read as a file of its own. */
typedef struct zip_member {
    dl_archive_input file; /* the ZIP */
    const zip_entry *entry;
    uint64_t data;      /* where its bytes begin */
    bool inflating;
    z_stream z;
    uint64_t taken, at; /* of a deflated one: packed bytes used, bytes unpacked */
    unsigned char *buffer;
} zip_member;

dl_status zip_member_open(zip_member *out, const dl_archive_input *input, const char *source, const zip_entry *entry, dl_error *err);
void zip_member_close(zip_member *member);
/* The member as the input of an archive; valid while the member is. */
dl_archive_input zip_member_input(zip_member *member);

#endif
