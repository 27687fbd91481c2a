/* cli.h - what the subcommands share: the table of commands, options, inputs in, results out.
 *
 * Exit codes: 0 done; 1 some inputs failed (each is named) or nothing was found; 2 wrong use, or nothing could be
 * done; 130 interrupted. Results go to stdout, all else to stderr as "dateline: FILE:OFFSET: message". */
#ifndef DL_CLI_CLI_H
#define DL_CLI_CLI_H

#include <stdio.h>

#include "base/json.h"
#include "dateline/dateline.h"

enum { EXIT_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

typedef struct command {
    const char *name, *summary, *usage; /* usage: the whole --help text */
    int (*run)(int argc, char **argv);  /* argv[0] is the command's name */
} command;

extern const command command_read, command_extract, command_show, command_check, command_parse;

/* ---- options.c ---- */

typedef enum output_format {
    FORMAT_DEFAULT, FORMAT_TABLE, FORMAT_NDJSON, FORMAT_JSON, FORMAT_TEXT, FORMAT_MARKDOWN
} output_format;
typedef enum input_format { INPUT_GUESS, INPUT_AS_HTML, INPUT_AS_TEXT, INPUT_AS_NDJSON } input_format;

typedef struct cli_settings {
    output_format format;
    input_format input;
    int jobs;
    unsigned layers;
    dl_date published;
    const char *url, *model, *data, *overlay;
    bool why, html, given_places, conllu, colour;
    const char **paths; /* the inputs; argv's own strings */
    size_t path_count;
} cli_settings;

/* Reads the options that `accepted` lists by their letters (see options.c) and the paths. Returns -1 to go on, else
 * the exit code (after --help: 0). */
int settings_parse(cli_settings *out, const command *cmd, const char *accepted, int argc, char **argv);
int usage_error(const command *cmd, const char *format, ...) DL_PRINTF(2, 3);
void report(const dl_error *err); /* "dateline: FILE:OFFSET: message" */
bool is_terminal(FILE *stream);

/* ---- input.c ---- */

/* One document to be read, owned by whoever took it. */
typedef struct item {
    char *name;   /* for messages: the file, with ":LINE" for NDJSON */
    char *memory; /* what `input` borrows from */
    dl_arena arena;
    dl_input input;
    dl_str warning;   /* for the record; ptr NULL where there is none */
    dl_status status; /* not DL_OK: it could not be read, `err` says why */
    dl_error err;
} item;

typedef struct input_list input_list;
input_list *inputs_open(const cli_settings *settings); /* NULL when out of memory */
bool inputs_next(input_list *inputs, item *out);   /* false at the end */
void inputs_close(input_list *inputs);
void item_free(item *it);

/* ---- run.c ---- */

/* Turns one document into the bytes to be printed; called from several threads. */
typedef dl_status (*make_output)(const cli_settings *settings, const item *it, const dl_document *document,
                                 dl_json_out *out, dl_error *err);
/* Runs all inputs through the engine with settings->jobs threads and prints the results in the order of the
 * inputs, so that the bytes do not depend on the number of threads. Returns the exit code. */
int run_inputs(const cli_settings *settings, make_output make, const char *before, const char *between, const char *after);

/* ---- table.c, show_text.c ---- */
void put_bytes(dl_json_out *out, dl_str bytes);
void put_format(dl_json_out *out, const char *format, ...) DL_PRINTF(2, 3);
void table_document(const cli_settings *settings, const dl_document *document, dl_json_out *out);
/* The page with its fields marked; DL_USAGE for what is no page. */
dl_status show_html(const item *it, const dl_document *document, dl_json_out *out, dl_error *err);
void show_document(const cli_settings *settings, const dl_document *document, dl_json_out *out);

#endif
