/* cli.h - what the subcommands share: the table of commands, options, inputs in, results out.
 *
 * Exit codes: 0 done; 1 some inputs failed (each is named) or nothing was found; 2 wrong use, or nothing could be
 * done; 130 interrupted. Results go to stdout, all else to stderr as "dateline: FILE:OFFSET: message". */
#ifndef DL_CLI_CLI_H
#define DL_CLI_CLI_H

#include <stdio.h>

#include "base/put.h"
#include "dateline/dateline.h"
#include "export/csv.h"

enum { EXIT_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

typedef struct command {
    const char *name, *summary, *usage; /* usage: the whole --help text */
    int (*run)(int argc, char **argv);  /* argv[0] is the command's name */
} command;

extern const command command_read, command_extract, command_show, command_check, command_parse, command_add, command_follow, command_find;
extern const command command_export, command_history;
extern const command command_toll, command_sides, command_talks, command_ceasefire, command_site, command_digest, command_review; /* the monitor's */
extern const command command_serve;

/* ---- options.c ---- */

typedef enum output_format {
    FORMAT_DEFAULT, FORMAT_TABLE, FORMAT_NDJSON, FORMAT_JSON, FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_CSV, FORMAT_HTML,
    FORMAT_TSV, FORMAT_GEOJSON, FORMAT_PARQUET
} output_format;
typedef enum input_format { INPUT_GUESS, INPUT_AS_HTML, INPUT_AS_TEXT, INPUT_AS_NDJSON } input_format;

typedef struct cli_settings {
    output_format format;
    input_format input;
    int jobs;
    unsigned layers;
    dl_date published;
    const char *url, *model, *data, *overlay;
    bool why, html, given_places, conllu, colour, repair, all;
    const char *what, *layout; /* --what and --layout of a command that has its own, else NULL */
    const char *store;  /* --store, else $DATELINE_STORE, else NULL */
    bool store_given;   /* by --store */
    int64_t now;        /* --now, else INT64_MIN */
    bool once, allow_private; /* of follow, and the next four: seconds between rounds, between requests (negative: not told), */
    double every, delay;      /* pages of one feed in a round at most (0: not told), */
    size_t most;
    const char *contact;      /* where people who run sites may complain */
    dl_query query;     /* of commands that ask a store; limit SIZE_MAX: not told */
    const char *accept, *reject, *correct, *set, *author, *note; /* of review; NULL: not told */
    const char *areas, *parties, *brief, *topic; /* of views; NULL: not told */
    const char *listen, *token, *host, *web; /* of serve; NULL: not told */
    bool review;
    int days;           /* 0: not told */
    double near_km;     /* 0: not told */
    dl_date day, week;  /* year 0: not told */
    const char **paths; /* the inputs (of find: words); argv's own strings */
    size_t path_count;
} cli_settings;

/* Reads the options that `accepted` lists by their letters (see options.c) and the paths; with '0' in the list there may be none. Returns -1 to go on, else
 * the exit code (after --help: 0). */
int settings_parse(cli_settings *out, const command *cmd, const char *accepted, int argc, char **argv);
int usage_error(const command *cmd, const char *format, ...) DL_PRINTF(2, 3);
void report(const dl_error *err); /* "dateline: FILE:OFFSET: message" */
bool is_terminal(FILE *stream);
/* The store that a command needs, opened; NULL after telling why not. */
dl_store *settings_store(const cli_settings *settings, const command *cmd, dl_store_mode mode);
/* "2025-10-14", "2025-10-14T12:30:00Z", with a zone as +02:00; none is UTC. Seconds since 1970. */
bool parse_time(const char *text, int64_t *out);

/* ---- options_query.c ---- */
enum { OPTION_TYPE = 256, OPTION_ACTOR, OPTION_PLACE, OPTION_NEAR, OPTION_KM, OPTION_SINCE, OPTION_UNTIL, OPTION_REALIS, OPTION_SOURCE, OPTION_LIMIT,
       OPTION_WHAT, OPTION_AREA, OPTION_DAYS, OPTION_PARTIES, OPTION_NEAR_KM, OPTION_BRIEF, OPTION_TOPIC, OPTION_DAY, OPTION_WEEK, OPTION_ACCEPT, OPTION_REJECT, OPTION_CORRECT, OPTION_SET,
       OPTION_AUTHOR, OPTION_NOTE, OPTION_LAYOUT,
       OPTION_LISTEN, OPTION_TOKEN, OPTION_HOST, OPTION_WEB, OPTION_REVIEW };
int set_query_option(cli_settings *out, const command *cmd, int option, const char *value);

/* ---- input.c ---- */

/* One document to be read, owned by whoever took it. */
typedef struct item {
    char *name;   /* for messages: the file, with ":LINE" for NDJSON */
    char *memory; /* what `input` borrows from */
    dl_arena arena;
    dl_input input;
    const dl_json *record; /* a line of NDJSON that is a record already, NULL else */
    dl_str warning;   /* for the record; ptr NULL where there is none */
    int64_t seen;     /* when it was, where the input tells (an archive); else INT64_MIN */
    dl_archive_place place; /* of an archive, or of NDJSON (`offset`: lines), from where to go on behind it */
    dl_followed *mark; /* to be put into the store with the page; one block of malloc, NULL for none */
    bool only_mark;    /* there is no page */
    bool flush;        /* nothing more may come soon: write what there is */
    dl_date hint;      /* when a feed says that it was published: for a page that does not say */
    dl_status status; /* not DL_OK: it could not be read, `err` says why */
    dl_error err;
} item;

typedef struct input_list input_list;
input_list *inputs_open(const cli_settings *settings); /* NULL when out of memory */
bool inputs_next(input_list *inputs, item *out);   /* false at the end */
void inputs_close(input_list *inputs);
/* The files that it will read, for a caller that reads them one by one. */
size_t inputs_count(const input_list *inputs);
const char *inputs_name(const input_list *inputs, size_t index);
/* Whether the item given last is one of many of its file. */
bool inputs_in_many(const input_list *inputs);
/* Of a list of one archive or file of NDJSON: goes on at a place where an earlier reading stopped. Before the first inputs_next. */
void inputs_resume(input_list *inputs, const dl_archive_place *place);
void item_free(item *it);
/* Fails the item; `what` is the sentence. */
void fail_item(item *out, dl_status status, size_t offset, const char *what);

/* ---- archive.c ---- */

typedef struct page_archive page_archive; /* a WARC or WACZ that is being read */

/* Whether the file holds an archive, by its first bytes. */
bool is_archive_file(const char *name);
/* Opens the file; NULL with the failure in `err`. */
page_archive *page_archive_open(const char *name, dl_error *err);
/* The same of a pipe: `head` was read already (and is freed with it), `read` gives what follows. */
typedef int read_on(void *context, void *out, unsigned room);
page_archive *page_archive_open_pipe(const char *name, char *head, size_t head_len, read_on *read, void *context, dl_error *err);
void page_archive_close(page_archive *archive);
bool page_archive_seek(page_archive *archive, const dl_archive_place *place, dl_error *err);
/* The next page, or the next failure, as an item; false at the end. */
bool page_archive_next(page_archive *archive, item *out);

/* ---- pipeline.c ---- */

/* One input on its way. */
typedef struct parcel {
    item item;
    dl_document *document; /* NULL unless the work leaves it there; whoever takes the parcel may take it too */
    dl_json_out out;
    dl_status status;
    dl_error err;
} parcel;

typedef struct pipeline {
    void (*work)(void *context, parcel *p); /* in settings->jobs threads; only where p->status is DL_OK */
    bool (*take)(void *context, parcel *p); /* in one thread, in the order of the inputs; false: enough */
    void *context;
    bool (*next)(void *source, item *out); /* the inputs, instead of those that the settings name; false at the end */
    void *source;
    bool quiet; /* whoever runs it shows the progress */
} pipeline;

typedef enum run_end { RUN_DONE, RUN_STOPPED, RUN_INTERRUPTED, RUN_FAILED } run_end;
/* Sends all inputs through. RUN_STOPPED: `take` had enough; RUN_FAILED: nothing was done, which was told. */
run_end run_pipeline(const cli_settings *settings, const pipeline *line);
bool was_interrupted(void); /* from the first pipeline on */

/* ---- run.c ---- */

/* The document of an input, with the item's warning. */
dl_status read_item(const cli_settings *settings, const dl_engine *engine, parcel *p);
dl_engine *open_engine_for(const cli_settings *settings, dl_error *err); /* NULL on failure */

/* Turns one document into the bytes to be printed; called from several threads. */
typedef dl_status (*make_output)(const cli_settings *settings, const item *it, const dl_document *document,
                                 dl_json_out *out, dl_error *err);
/* Runs all inputs through the engine with settings->jobs threads and prints the results in the order of the
 * inputs, so that the bytes do not depend on the number of threads. Returns the exit code. */
int run_inputs(const cli_settings *settings, make_output make, const char *before, const char *between, const char *after);

/* ---- table.c, show_text.c ---- */
void table_document(const cli_settings *settings, const dl_document *document, dl_json_out *out);
/* The page with its fields marked; DL_USAGE for what is no page. */
dl_status show_html(const item *it, const dl_document *document, dl_json_out *out, dl_error *err);
void show_document(const cli_settings *settings, const dl_document *document, dl_json_out *out);

#endif
