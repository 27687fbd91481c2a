/* options_query.c - options that make up a question to a store. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "cli/cli.h"

static int set_type(cli_settings *out, const command *cmd, const char *value)
{
    for (int i = 1; i < DL_EVENT_TYPE_COUNT; i++)
        if (dl_str_eq_nocase(dl_str_of(value), dl_str_of(dl_event_type_name((dl_event_type)i)))) out->query.type = (dl_event_type)i;
    return out->query.type ? -1 : usage_error(cmd, "no type of event is called '%s'", value);
}

static int set_realis(cli_settings *out, const command *cmd, const char *value)
{
    dl_str rest = dl_str_of(value), name;
    while (dl_str_next(&rest, ',', &name)) {
        unsigned before = out->query.realis;
        for (int i = DL_ACTUAL; i <= DL_DENIED; i++)
            if (dl_str_is(name, dl_realis_name((dl_realis)i))) out->query.realis |= 1u << i;
        if (out->query.realis == before) return usage_error(cmd, "--realis '%s' names what no event is", value);
    }
    return -1;
}

static bool parse_real(const char *text, char **end, double *out)
{
    bool digits = strchr("+-.0123456789", text[0]) && text[0];
    *out = strtod(text, end);
    return digits && *end != text;
}

static int set_days(cli_settings *out, const command *cmd, const char *value)
{
    int64_t number;
    if (!dl_str_number(dl_str_of(value), &number) || number < 1 || number > 366) return usage_error(cmd, "--days takes a number from 1 to 366, not '%s'", value);
    out->days = (int)number;
    return -1;
}

static int set_near_km(cli_settings *out, const command *cmd, const char *value)
{
    char *end;
    bool known = parse_real(value, &end, &out->near_km) && !*end && out->near_km > 0 && out->near_km <= 20100;
    return known ? -1 : usage_error(cmd, "--near-km takes a distance, not '%s'", value);
}

static int set_near(cli_settings *out, const command *cmd, const char *value)
{
    char *end;
    dl_query *q = &out->query;
    q->near = parse_real(value, &end, &q->lat) && *end == ',' && parse_real(end + 1, &end, &q->lon) && !*end && q->lat >= -90 && q->lat <= 90 &&
              q->lon >= -180 && q->lon <= 180;
    if (!q->km) q->km = 25;
    return q->near ? -1 : usage_error(cmd, "--near takes LATITUDE,LONGITUDE in degrees, not '%s'", value);
}

static int set_km(cli_settings *out, const command *cmd, const char *value)
{
    char *end;
    bool known = parse_real(value, &end, &out->query.km) && !*end && out->query.km > 0 && out->query.km <= 20100;
    return known ? -1 : usage_error(cmd, "--km takes a distance, not '%s'", value);
}

static int set_day(dl_date *out, const command *cmd, const char *name, const char *value)
{
    if (strlen(value) == 10 && dl_date_parse_iso(dl_str_of(value), out)) return -1;
    return usage_error(cmd, "--%s takes a day as YYYY-MM-DD, not '%s'", name, value);
}

static int set_limit(cli_settings *out, const command *cmd, const char *value)
{
    int64_t number;
    if (!dl_str_number(dl_str_of(value), &number)) return usage_error(cmd, "--limit takes a number, 0 for all, not '%s'", value);
    out->query.limit = (size_t)number;
    return -1;
}

static int set_what(cli_settings *out, const command *cmd, const char *value)
{
    bool sentences = strcmp(value, "sentences") == 0;
    if (!sentences && strcmp(value, "events") != 0) return usage_error(cmd, "--what takes events or sentences, not '%s'", value);
    out->query.rows = sentences ? DL_ROWS_SENTENCES : DL_ROWS_EVENTS;
    return -1;
}

int set_query_option(cli_settings *out, const command *cmd, int option, const char *value)
{
    switch (option) {
    case OPTION_TYPE: return set_type(out, cmd, value);
    case OPTION_ACTOR: out->query.actor = dl_str_of(value); return -1;
    case OPTION_PLACE: out->query.place = dl_str_of(value); return -1;
    case OPTION_NEAR: return set_near(out, cmd, value);
    case OPTION_KM: return set_km(out, cmd, value);
    case OPTION_SINCE: return set_day(&out->query.since, cmd, "since", value);
    case OPTION_UNTIL: return set_day(&out->query.until, cmd, "until", value);
    case OPTION_REALIS: return set_realis(out, cmd, value);
    case OPTION_SOURCE: out->query.source = dl_str_of(value); return -1;
    case OPTION_AREA: out->areas = value; return -1;
    case OPTION_PARTIES: out->parties = value; return -1;
    case OPTION_BRIEF: out->brief = value; return -1;
    case OPTION_TOPIC: out->topic = value; return -1;
    case OPTION_ACCEPT: out->accept = value; return -1;
    case OPTION_REJECT: out->reject = value; return -1;
    case OPTION_CORRECT: out->correct = value; return -1;
    case OPTION_SET: out->set = value; return -1;
    case OPTION_AUTHOR: out->author = value; return -1;
    case OPTION_NOTE: out->note = value; return -1;
    case OPTION_LISTEN: out->listen = value; return -1;
    case OPTION_TOKEN: out->token = value; return -1;
    case OPTION_HOST: out->host = value; return -1;
    case OPTION_WEB: out->web = value; return -1;
    case OPTION_REVIEW: out->review = true; return -1;
    case OPTION_DAYS: return set_days(out, cmd, value);
    case OPTION_NEAR_KM: return set_near_km(out, cmd, value);
    case OPTION_DAY: return set_day(&out->day, cmd, "day", value);
    case OPTION_WEEK: return set_day(&out->week, cmd, "week", value);
    case OPTION_LIMIT: return set_limit(out, cmd, value);
    default: return set_what(out, cmd, value);
    }
}
