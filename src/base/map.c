/* map.c - whole files, read-only in memory. */
#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"

static dl_status map_descriptor(dl_map *out, int fd, const char *path, dl_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0) return dl_fail(err, DL_IO, path, 0, "%s", strerror(errno));
    if (!S_ISREG(info.st_mode)) return dl_fail(err, DL_IO, path, 0, "not a regular file");
    if (info.st_size == 0) return DL_OK;
    void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) return dl_fail(err, DL_IO, path, 0, "%s", strerror(errno));
    out->bytes = bytes;
    out->size = (size_t)info.st_size;
    return DL_OK;
}

dl_status dl_map_open(dl_map *out, const char *path, dl_error *err)
{
    *out = (dl_map){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dl_fail(err, DL_IO, path, 0, "%s", strerror(errno));
    dl_status status = map_descriptor(out, fd, path, err);
    close(fd);
    return status;
}

void dl_map_close(dl_map *map)
{
    if (map->bytes) munmap((void *)(uintptr_t)map->bytes, map->size);
    *map = (dl_map){0};
}

void dl_map_release(const dl_map *map)
{
    if (map->bytes) madvise((void *)(uintptr_t)map->bytes, map->size, MADV_DONTNEED);
}

dl_status dl_map_check_image(const dl_map *map, const char *path, const char magic[8], uint32_t version, bool verify,
                             dl_error *err)
{
    dl_image_header header;
    if (map->size < sizeof header) return dl_fail(err, DL_BAD_DATA, path, map->size, "the file ends inside its header");
    memcpy(&header, map->bytes, sizeof header);
    if (memcmp(header.magic, magic, 8) != 0)
        return dl_fail(err, DL_BAD_DATA, path, 0, "not a %.8s file", magic);
    if (header.version != version)
        return dl_fail(err, DL_BAD_DATA, path, offsetof(dl_image_header, version), "layout %u, but %u is needed",
                       header.version, version);
    if (header.size != map->size)
        return dl_fail(err, DL_BAD_DATA, path, offsetof(dl_image_header, size), "says %llu bytes but has %zu",
                       (unsigned long long)header.size, map->size);
    if (verify && dl_hash(map->bytes + sizeof header, map->size - sizeof header, 0) != header.checksum)
        return dl_fail(err, DL_BAD_DATA, path, offsetof(dl_image_header, checksum), "the checksum is wrong");
    return DL_OK;
}

dl_status dl_map_open_image(dl_map *out, const char *path, const char magic[8], uint32_t version, bool verify,
                            dl_error *err)
{
    dl_status status = dl_map_open(out, path, err);
    if (status == DL_OK) status = dl_map_check_image(out, path, magic, version, verify, err);
    if (status != DL_OK) dl_map_close(out);
    return status;
}
