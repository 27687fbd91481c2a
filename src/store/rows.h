/* rows.h - rows of derived tables on their way from a document: into the store, or held against what is there.
 *
 * Which rows a document gives is told once (derive.c); where they go is the sink's business. So a check compares with exactly
 * what an addition would have written. */
#ifndef DL_STORE_ROWS_H
#define DL_STORE_ROWS_H

#include "store/database.h"

typedef enum store_table {
    TABLE_PAGES, TABLE_SENTENCES, TABLE_ENTITIES, TABLE_PLACES, TABLE_STATEMENTS, TABLE_EVENTS, TABLE_PARTICIPANTS, TABLE_CASUALTIES,
    TABLE_TALKS, TABLE_PARTIES, TABLE_ISSUES, TABLE_CARDS,
    TABLE_TALK_CARDS
} store_table;

extern const char *const store_table_names[STORE_TABLES];

typedef struct cell {
    enum { CELL_NULL, CELL_INT, CELL_REAL, CELL_TEXT, CELL_BLOB } kind;
    int64_t number;
    double real;
    dl_str text;
} cell;

static inline cell cell_null(void) { return (cell){.kind = CELL_NULL}; }
static inline cell cell_int(int64_t number) { return (cell){.kind = CELL_INT, .number = number}; }
static inline cell cell_real(double real) { return (cell){.kind = CELL_REAL, .real = real}; }
static inline cell cell_text(dl_str text) { return (cell){.kind = text.ptr ? CELL_TEXT : CELL_NULL, .text = text}; }
static inline cell cell_blob(dl_str bytes) { return (cell){.kind = CELL_BLOB, .text = bytes}; }

typedef struct row_sink row_sink;
struct row_sink {
    dl_store *store;
    bool compare;        /* hold against the rows that are there; else insert */
    dl_fault *fault;     /* of a comparison */
    void *context;
    uint64_t faults;
    bool done[STORE_TABLES]; /* a comparison has seen all rows of the table */
    struct {
        cell *cells; /* in the store's arena */
        size_t columns, rows;
    } waiting[STORE_TABLES]; /* rows to be inserted together, ROWS_AT_ONCE at most */
    dl_str document;     /* its name, for faults */
    dl_status status;    /* the first failure; later calls do nothing */
    dl_error *err;
};

/* Rows of one document, each table's in the order of its key. Inserting expects that the document has none; see rows_drop. */
void rows_begin(row_sink *sink, int64_t document);
void rows_put(row_sink *sink, store_table table, const cell *cells, size_t count);
void rows_end(row_sink *sink);
void rows_fault(row_sink *sink, const char *format, ...) DL_PRINTF(2, 3);
/* Takes away all derived rows of a document, and its words from the index. */
dl_status rows_drop(dl_store *store, int64_t document, dl_error *err);

/* Row of a name with its code, or of a location: found, else added (0 when a comparison finds none, which is a fault). */
int64_t rows_actor(row_sink *sink, dl_str name, dl_str code);
int64_t rows_location(row_sink *sink, const dl_place *place);
/* `value` as the record's JSON tells it with so many decimals, so that a number is the same before and after. */
double rows_real(double value, int decimals);
double rows_confidence(float value); /* with two */
dl_str rows_precision(const dl_place *place); /* "city"; ptr NULL where not known */
dl_str rows_issue_status(dl_issue_status status); /* "agreed" */
/* Words of a sentence, or of the title, for the index; a comparison leaves these to the index's own check. */
enum { TITLE_NUMBER = 0xFFFFFF };
void rows_words(row_sink *sink, int64_t document, size_t number, dl_str words);

/* km(lat, lon, lat, lon) for queries; find.c. */
dl_status store_add_functions(dl_store *store, dl_error *err);

#endif
