/* adder.h - pages on their way into a store, for the commands that put them there: the two ends of a pipeline. */
#ifndef DL_CLI_ADDER_H
#define DL_CLI_ADDER_H

#include "cli/cli.h"

typedef struct adder adder;

/* Opens the store of the settings, or makes it; NULL after telling why not. The settings are kept. */
adder *adder_new(const cli_settings *settings, const command *cmd);
void adder_free(adder *a);
/* For the pipeline, with the adder as its context. */
void adder_work(void *context, parcel *p);
bool adder_take(void *context, parcel *p);
/* Writes what has gathered. A failure is told, and nothing more is taken. */
void adder_flush(adder *a);
bool adder_works(const adder *a); /* neither the store, nor stdout, nor the engine has failed */
void adder_note(adder *a, const char *note); /* to be told behind the counts, from its "; " on */
/* The summary line; the exit code. */
int adder_finish(adder *a, run_end end);

#endif
