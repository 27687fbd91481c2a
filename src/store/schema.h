/* schema.h - the tables of a store, as SQL. */
#ifndef DL_STORE_SCHEMA_H
#define DL_STORE_SCHEMA_H

enum {
    STORE_APPLICATION_ID = 0x444C7374, /* "DLst" in the file's header, so that file(1) and we know it */
    STORE_VERSION = 3                  /* of the schema: user_version */
};

/* migrations[n] leads from version n to n + 1; the tables of the log, and of what is followed. */
extern const char *const store_migrations[STORE_VERSION];
/* Makes and drops what is derived from the log; always of the newest version. */
extern const char *const store_derived_schema[]; /* several scripts, ended by NULL */
extern const char *const store_derived_drop;

#endif
