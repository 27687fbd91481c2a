/* feed.h - RSS (0.9x, 2.0), RDF (RSS 1.0), Atom, sitemaps with news, and sitemap indexes: links to pages, newest as the file has them. */
#ifndef DL_FEEDS_FEED_H
#define DL_FEEDS_FEED_H

#include "base/str.h"

enum { FEED_LIMIT = 64 * 1024 * 1024, FEED_MOST_ITEMS = 50000 }; /* sitemaps.org: 50 MB and 50,000 addresses */

typedef enum feed_kind { FEED_NONE, FEED_RSS, FEED_RDF, FEED_ATOM, FEED_SITEMAP, FEED_INDEX } feed_kind;

typedef struct feed_item {
    dl_str url;   /* as url_resolve gives it */
    dl_str id;    /* guid or atom:id; ptr NULL: none */
    dl_str title; /* ptr NULL: none */
    int64_t published, changed; /* seconds since 1970; INT64_MIN where not told */
} feed_item;

typedef struct feed {
    feed_kind kind; /* FEED_INDEX: the items are sitemaps */
    const feed_item *items;
    size_t item_count;
} feed;

/* Reads XML (or what is gzipped of it) that was found at `base`, which links are resolved against. Entities that the file declares and external
 * ones are refused. What was read before a fault is in *out also then: DL_BAD_DATA for what is no XML or no feed, DL_LIMIT for too much of it. */
dl_status feed_parse(feed *out, dl_arena *arena, dl_str bytes, dl_str base, dl_error *err);

#endif
