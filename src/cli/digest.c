/* digest.c - `dateline digest`: a day or a week on one page, every figure linked to its sentence. */
#include "base/date.h"
#include "cli/views.h"

enum { WEEK = 7 };

static dl_status ask_digest(printer *p, dl_store *store, dl_error *err)
{
    const cli_settings *settings = p->settings;
    bool week = settings->week.year != 0;
    dl_date last = week ? settings->week : settings->day;
    dl_date first = week ? dl_date_from_days(dl_date_to_days(last) - WEEK + 1) : last;
    return write_digest(&p->out, store, &settings->query, first, last, settings->format == FORMAT_HTML, &p->rows, err);
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_digest, "fsqv0", argc, argv);
    if (code >= 0) return code;
    if (!settings.format) settings.format = FORMAT_MARKDOWN;
    code = choose_format(&settings, &command_digest, 1u << FORMAT_MARKDOWN | 1u << FORMAT_HTML);
    if (code >= 0) return code;
    if ((settings.day.year != 0) == (settings.week.year != 0)) return usage_error(&command_digest, "one of --day DAY and --week DAY is needed");
    if (settings.query.since.year || settings.query.until.year) return usage_error(&command_digest, "a digest is of --day or --week, not --since");
    if (settings.path_count) return usage_error(&command_digest, "'%s' is no option; a place goes behind --place", settings.paths[0]);
    return run_view(&command_digest, &settings, ask_digest);
}

const command command_digest = {
    "digest", "a day or a week on one page, with a map and a timeline, every figure linked to its sentence",
    "Usage: dateline digest --day DAY|--week DAY [OPTION]... --store FILE\n\n"
    "Writes what pages tell of a day, or of the seven days that end with DAY: attacks with their ranges, the deadliest first, who accuses and\n"
    "denies, what moved in talks, other events, what is planned, threatened or feared, and the numbered sentences that all figures lead to. HTML\n"
    "has no scripts and loads nothing.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "  -f, --format F       markdown or html\n"
    "      --day DAY, --week DAY  YYYY-MM-DD\n"
    "      --place WHERE, --near LAT,LON, --km N, --actor WHO, --type TYPE: as for find\n\n"
    "Examples:\n"
    "  dateline digest --store news.store --day 2025-09-08\n"
    "  dateline digest --store news.store --week 2025-09-10 --place SD --format html > week.html\n",
    run};
