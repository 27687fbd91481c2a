/* base.h - what every call of dateline shares: status, error, text and span.
 *
 * A call that can fail returns a dl_status and takes the caller's dl_error last; pass NULL to
 * be told nothing. Whoever finds the fault words it; callers above hand it up untouched. */
#ifndef DATELINE_BASE_H
#define DATELINE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define DL_API __attribute__((visibility("default")))
#define DL_CHECK __attribute__((warn_unused_result))
#define DL_PRINTF(template, first) __attribute__((format(printf, template, first)))
#else
#define DL_API
#define DL_CHECK
#define DL_PRINTF(template, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dl_status {
    DL_OK = 0,
    DL_NO_MEMORY, /* an allocation failed */
    DL_BAD_DATA,  /* the input or a data file is not what it should be; `offset` says where */
    DL_IO,        /* the operating system refused to open, read or write */
    DL_LIMIT,     /* a size, depth or step limit was reached */
    DL_USAGE      /* the caller asked for something that does not exist */
} dl_status;

typedef struct dl_error {
    dl_status status;
    size_t offset;     /* byte of the input that the message is about, 0 where there is none */
    char source[256];  /* file name or document id, may be cut */
    char message[256]; /* one sentence, no newline */
} dl_error;

/* UTF-8 bytes that someone else owns; not terminated by a zero. An absent string has ptr NULL. */
typedef struct dl_str {
    const char *ptr;
    size_t len;
} dl_str;

/* Bytes [start, end) of a document's text. JSON output counts code points instead. */
typedef struct dl_span {
    uint32_t start, end;
} dl_span;

/* A proleptic Gregorian calendar day; month and day are 0 where unknown, year 0 means no date. */
typedef struct dl_date {
    int16_t year;
    uint8_t month, day;
} dl_date;

/* A count as reported: at least `min`, at most `max`. `known` false means that none was given. */
typedef struct dl_range {
    bool known;
    bool open; /* no upper bound: "at least five" */
    int64_t min, max;
} dl_range;

/* Index of "none" wherever one layer item points at another by its place in an array. */
#define DL_NONE UINT32_MAX

/* The library's version, "MAJOR.MINOR.PATCH". */
DL_API const char *dl_version(void);
/* A status in two or three words, for messages. */
DL_API const char *dl_status_name(dl_status status);

#ifdef __cplusplus
}
#endif
#endif
