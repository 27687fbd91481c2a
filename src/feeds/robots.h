/* robots.h - what a site's robots.txt allows (RFC 9309). */
#ifndef DL_FEEDS_ROBOTS_H
#define DL_FEEDS_ROBOTS_H

#include "base/str.h"

enum { ROBOTS_LIMIT = 512 * 1024 }; /* bytes that are heeded; RFC 9309 asks for 500 KiB at least */

typedef struct robots_rule {
    dl_str path; /* percent-encoding in one form; "*" any bytes, "$" at the end the end */
    bool allow;
} robots_rule;

/* The rules for one robot: of all groups that name it, or else of those for "*". */
typedef struct robots {
    const robots_rule *rules;
    size_t rule_count;
    const dl_str *sitemaps; /* as they stand there */
    size_t sitemap_count;
    double delay; /* Crawl-delay in seconds, not of the RFC but widely meant; negative: none */
} robots;

/* `agent` is the product token that the robot calls itself by. What can't be understood is passed over. DL_NO_MEMORY only. */
dl_status robots_parse(robots *out, dl_arena *arena, dl_str bytes, dl_str agent, dl_error *err);
/* Whether `path` (with its query) may be fetched: the longest rule that matches decides, of two equal ones the one that allows. */
bool robots_allows(const robots *rules, dl_str path);

#endif
