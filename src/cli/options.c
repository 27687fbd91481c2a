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
    {"store", required_argument, NULL, 's'},   {"now", required_argument, NULL, 'N'},
    {"repair", no_argument, NULL, 'R'},        {"all", no_argument, NULL, 'A'},
    {"once", no_argument, NULL, 'O'},          {"allow-private", no_argument, NULL, 'P'},
    {"every", required_argument, NULL, 'e'},   {"delay", required_argument, NULL, 'D'},
    {"contact", required_argument, NULL, 'K'}, {"most", required_argument, NULL, 'M'},
    /* questions to a store; a command that accepts 'q' takes them all, one that accepts 'W' --what and --layout with words
       of its own */
    {"type", required_argument, NULL, OPTION_TYPE},     {"actor", required_argument, NULL, OPTION_ACTOR},
    {"place", required_argument, NULL, OPTION_PLACE},   {"near", required_argument, NULL, OPTION_NEAR},
    {"km", required_argument, NULL, OPTION_KM},         {"since", required_argument, NULL, OPTION_SINCE},
    {"until", required_argument, NULL, OPTION_UNTIL},   {"realis", required_argument, NULL, OPTION_REALIS},
    {"source", required_argument, NULL, OPTION_SOURCE}, {"limit", required_argument, NULL, OPTION_LIMIT},
    {"what", required_argument, NULL, OPTION_WHAT},     {"layout", required_argument, NULL, OPTION_LAYOUT},
    /* of the views; a command that accepts 'v' takes them all */
    {"area", required_argument, NULL, OPTION_AREA},     {"days", required_argument, NULL, OPTION_DAYS},
    {"parties", required_argument, NULL, OPTION_PARTIES}, {"near-km", required_argument, NULL, OPTION_NEAR_KM},
    {"brief", required_argument, NULL, OPTION_BRIEF},   {"topic", required_argument, NULL, OPTION_TOPIC},
    {"day", required_argument, NULL, OPTION_DAY},       {"week", required_argument, NULL, OPTION_WEEK},
    {"accept", required_argument, NULL, OPTION_ACCEPT}, {"reject", required_argument, NULL, OPTION_REJECT},
    {"correct", required_argument, NULL, OPTION_CORRECT}, {"set", required_argument, NULL, OPTION_SET},
    {"author", required_argument, NULL, OPTION_AUTHOR}, {"note", required_argument, NULL, OPTION_NOTE},
    /* of serve; a command that accepts 'Z' takes them all */
    {"listen", required_argument, NULL, OPTION_LISTEN}, {"token", required_argument, NULL, OPTION_TOKEN},
    {"host", required_argument, NULL, OPTION_HOST},     {"web", required_argument, NULL, OPTION_WEB},
    {"review", no_argument, NULL, OPTION_REVIEW},
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
    static const char *const names[] = {"", "table", "ndjson", "json", "text", "markdown", "csv", "html", "tsv", "geojson", "parquet"};
    for (int i = 1; i <= FORMAT_PARQUET; i++)
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

/* "90", "90s", "15m", "2h", "1d"; seconds. */
static bool parse_duration(const char *text, double *out)
{
    static const char units[] = "smhd";
    static const int seconds[] = {1, 60, 3600, 86400};
    dl_str str = dl_str_of(text);
    const char *unit = str.len ? strchr(units, str.ptr[str.len - 1]) : NULL;
    int64_t number;
    if (unit) str.len--;
    if (!dl_str_number(str, &number) || number > 1000000) return false;
    *out = (double)number * (unit ? seconds[unit - units] : 1);
    return true;
}

static int set_option(cli_settings *out, const command *cmd, int letter, const char *value)
{
    int64_t number;
    if (letter >= OPTION_TYPE) return set_query_option(out, cmd, letter, value);
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
    case 's': out->store = value, out->store_given = true; return -1;
    case 'R': out->repair = true; return -1;
    case 'A': out->all = true; return -1;
    case 'O': out->once = true; return -1;
    case 'P': out->allow_private = true; return -1;
    case 'K': out->contact = value; return -1;
    case 'e':
        return parse_duration(value, &out->every) && out->every > 0 ? -1 : usage_error(cmd, "--every takes a time as 90s, 15m or 2h, not '%s'", value);
    case 'D':
        return parse_duration(value, &out->delay) ? -1 : usage_error(cmd, "--delay takes a time as 2s or 1m, not '%s'", value);
    case 'M':
        if (!dl_str_number(dl_str_of(value), &number) || number < 1) return usage_error(cmd, "--most takes a number from 1 on, not '%s'", value);
        out->most = (size_t)number;
        return -1;
    case 'N':
        return parse_time(value, &out->now) ? -1 : usage_error(cmd, "--now takes a time as 2025-10-14T12:30:00Z, not '%s'", value);
    default: return usage_error(cmd, "an option is not known or lacks its value");
    }
}

/* ---- time and store ---- */

/* "+02:00", "-0530", "Z" or nothing, as seconds to take off. */
static bool parse_zone(dl_str zone, int64_t *seconds)
{
    int64_t hours, minutes;
    *seconds = 0;
    if (!zone.len || dl_str_is(zone, "Z")) return true;
    bool colon = zone.len == 6 && zone.ptr[3] == ':';
    if ((zone.ptr[0] != '+' && zone.ptr[0] != '-') || (zone.len != 5 && !colon)) return false;
    if (!dl_str_number(dl_str_slice(zone, 1, 3), &hours) || !dl_str_number(dl_str_slice(zone, zone.len - 2, zone.len), &minutes)) return false;
    *seconds = (hours * 60 + minutes) * (zone.ptr[0] == '-' ? -60 : 60);
    return hours < 24 && minutes < 60;
}

bool parse_time(const char *text, int64_t *out)
{
    dl_str str = dl_str_of(text);
    dl_date day;
    int64_t parts[3] = {0}, zone = 0;
    if (str.len < 10 || !dl_date_parse_iso(str, &day)) return false;
    dl_str rest = dl_str_slice(str, 10, str.len);
    if (rest.len) {
        if (rest.len < 9 || (rest.ptr[0] != 'T' && rest.ptr[0] != ' ') || rest.ptr[3] != ':' || rest.ptr[6] != ':') return false;
        for (size_t i = 0; i < 3; i++)
            if (!dl_str_number(dl_str_slice(rest, 1 + 3 * i, 3 + 3 * i), &parts[i])) return false;
        if (!parse_zone(dl_str_slice(rest, 9, rest.len), &zone)) return false;
    }
    *out = (int64_t)dl_date_to_days(day) * 86400 + parts[0] * 3600 + parts[1] * 60 + parts[2] - zone;
    return parts[0] < 24 && parts[1] < 60 && parts[2] <= 60;
}

dl_store *settings_store(const cli_settings *settings, const command *cmd, dl_store_mode mode)
{
    dl_store *store;
    dl_error err = {0};
    if (!settings->store) {
        usage_error(cmd, "no store was named (--store FILE, or the variable DATELINE_STORE)");
        return NULL;
    }
    if (dl_store_open(&store, settings->store, mode, &err) == DL_OK) return store;
    report(&err);
    return NULL;
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
    const char *store = getenv("DATELINE_STORE");
    *out = (cli_settings){.jobs = 1, .colour = is_terminal(stdout) && !(no_colour && *no_colour), .now = INT64_MIN, .delay = -1, .query = {.limit = SIZE_MAX}};
    optind = 0;
    opterr = 0;
    for (int letter; (letter = getopt_long(argc, argv, "hf:i:j:l:p:u:m:d:g:ws:", options, NULL)) != -1;) {
        if (letter == 'h') {
            fputs(cmd->usage, stdout);
            return EXIT_DONE;
        }
        if (letter == '?' && optind > 0 && optind <= argc)
            return usage_error(cmd, "'%s' is no option of %s, or lacks its value", argv[optind - 1], cmd->name);
        if ((letter == OPTION_WHAT || letter == OPTION_LAYOUT) && strchr(accepted, 'W')) {
            *(letter == OPTION_WHAT ? &out->what : &out->layout) = optarg;
            continue;
        }
        if (!strchr(accepted, letter >= OPTION_LISTEN ? 'Z' : letter >= OPTION_AREA ? 'v' : letter >= OPTION_TYPE ? 'q' : letter))
            return usage_error(cmd, "%s has no option --%s", cmd->name, option_name(letter));
        int code = set_option(out, cmd, letter, optarg);
        if (code >= 0) return code;
    }
    out->paths = (const char **)argv + optind;
    out->path_count = (size_t)(argc - optind);
    if (!out->store && strchr(accepted, 's') && store && *store) out->store = store;
    if (!out->path_count && !strchr(accepted, '0')) return usage_error(cmd, "no input was named ('-' is standard input)");
    if (out->path_count > 1 && out->url) return usage_error(cmd, "--url goes with one input");
    return -1;
}
