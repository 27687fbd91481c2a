/* options.c - one reading of the options for all commands. */
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/cli.h"

enum { MOST_JOBS = 256 };

/* The letter is both the short name (where one exists) and what a command lists to accept the option. */
static const struct option options[] = {
    {"help", no_argument, NULL, 'h'},          {"format", required_argument, NULL, 'f'},
    {"input", required_argument, NULL, 'i'},   {"jobs", required_argument, NULL, 'j'},
    {"layers", required_argument, NULL, 'l'},  {"published", required_argument, NULL, 'p'},
    {"url", required_argument, NULL, 'u'},     {"model", required_argument, NULL, 'm'},
    {"data", required_argument, NULL, 'd'},    {"gazetteer", required_argument, NULL, 'g'},
    {"given", required_argument, NULL, 'G'},   {"why", no_argument, NULL, 'w'},
    {"html", no_argument, NULL, 'H'},          {"conllu", no_argument, NULL, 'C'},
    {NULL, 0, NULL, 0}};

int usage_error(const command *cmd, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("dateline: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "; see dateline %s --help\n", cmd->name);
    return EXIT_USAGE;
}

void report(const dl_error *err)
{
    fflush(stdout);
    if (err->source[0] && err->offset) fprintf(stderr, "dateline: %s:%zu: %s\n", err->source, err->offset, err->message);
    else if (err->source[0]) fprintf(stderr, "dateline: %s: %s\n", err->source, err->message);
    else fprintf(stderr, "dateline: %s\n", err->message);
}

bool is_terminal(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

static bool parse_format(const char *name, output_format *out)
{
    static const char *const names[] = {"", "table", "ndjson", "json", "text", "markdown"};
    for (int i = 1; i < 6; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (output_format)i;
            return true;
        }
    return false;
}

static bool parse_input(const char *name, input_format *out)
{
    static const char *const names[] = {"guess", "html", "text", "ndjson"};
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (input_format)i;
            return true;
        }
    return false;
}

static int set_option(cli_settings *out, const command *cmd, int letter, const char *value)
{
    int64_t number;
    switch (letter) {
    case 'f':
        return parse_format(value, &out->format) ? -1 : usage_error(cmd, "no format is called '%s'", value);
    case 'i':
        return parse_input(value, &out->input) ? -1 : usage_error(cmd, "no kind of input is called '%s'", value);
    case 'j':
        if (!dl_str_number(dl_str_of(value), &number) || number < 1 || number > MOST_JOBS)
            return usage_error(cmd, "--jobs takes a number from 1 to %d, not '%s'", MOST_JOBS, value);
        out->jobs = (int)number;
        return -1;
    case 'l':
        out->layers = dl_layers_parse(value);
        return out->layers ? -1 : usage_error(cmd, "--layers '%s' names a layer that does not exist", value);
    case 'p':
        if (strlen(value) == 10 && dl_date_parse_iso(dl_str_of(value), &out->published)) return -1;
        return usage_error(cmd, "--published takes a day as YYYY-MM-DD, not '%s'", value);
    case 'G':
        out->given_places = strcmp(value, "places") == 0;
        return out->given_places ? -1 : usage_error(cmd, "--given takes 'places', not '%s'", value);
    case 'u': out->url = value; return -1;
    case 'm': out->model = value; return -1;
    case 'd': out->data = value; return -1;
    case 'g': out->overlay = value; return -1;
    case 'w': out->why = true; return -1;
    case 'H': out->html = true; return -1;
    case 'C': out->conllu = true; return -1;
    default: return usage_error(cmd, "an option is not known or lacks its value");
    }
}

static const char *option_name(int letter)
{
    for (size_t i = 0; options[i].name; i++)
        if (options[i].val == letter) return options[i].name;
    return "?";
}

int settings_parse(cli_settings *out, const command *cmd, const char *accepted, int argc, char **argv)
{
    const char *no_colour = getenv("NO_COLOR");
    *out = (cli_settings){.jobs = 1, .colour = is_terminal(stdout) && !(no_colour && *no_colour)};
    optind = 0;
    opterr = 0;
    for (int letter; (letter = getopt_long(argc, argv, "hf:i:j:l:p:u:m:d:g:w", options, NULL)) != -1;) {
        if (letter == 'h') {
            fputs(cmd->usage, stdout);
            return EXIT_DONE;
        }
        if (letter == '?' && optind > 0 && optind <= argc)
            return usage_error(cmd, "'%s' is no option of %s, or lacks its value", argv[optind - 1], cmd->name);
        if (!strchr(accepted, letter))
            return usage_error(cmd, "%s has no option --%s", cmd->name, option_name(letter));
        int code = set_option(out, cmd, letter, optarg);
        if (code >= 0) return code;
    }
    out->paths = (const char **)argv + optind;
    out->path_count = (size_t)(argc - optind);
    if (!out->path_count) return usage_error(cmd, "no input was named ('-' is standard input)");
    if (out->path_count > 1 && out->url) return usage_error(cmd, "--url goes with one input");
    return -1;
}
