/* net_site.h - sites and their queues, and single transfers; between net_fetch.c and net_transfer.c. */
#ifndef DL_FEEDS_NET_SITE_H
#define DL_FEEDS_NET_SITE_H

#include "feeds/http.h"
#include "feeds/net_curl.h"
#include "feeds/net_fetch.h"
#include "feeds/robots.h"

typedef struct job job;

typedef struct answer_node {
    struct answer_node *next;
    fetch_answer answer;
} answer_node;

/* What one request at a time goes to: a host name, whatever the port and scheme. */
typedef struct site {
    struct site *next;
    dl_str name;
    job *active;
    double free_at; /* when it may be asked next */
    int failures;   /* in a row */
} site;

/* What one robots.txt is for. */
typedef struct origin {
    struct origin *next;
    dl_str name; /* "https://host:port" */
    site *site;
    enum { RULES_UNKNOWN, RULES_ASKED, RULES_KNOWN, RULES_FORBID } state;
    double asked_at;
    dl_arena arena; /* of the rules */
    http_bytes text;
    robots rules;
    job *first, *last;
} origin;

/* A request on its way, through redirections and repetitions. */
struct job {
    job *next;
    origin *origin;
    bool robots; /* for the origin `rules_of`'s rules */
    origin *rules_of;
    fetch_request request; /* its strings lie behind the job */
    dl_str url;            /* now */
    answer_node *node;     /* kept ready, so that there is an answer also when memory is used up */
    dl_arena arena;        /* of what the answers brought */
    int redirections, tries;
    /* of the transfer */
    const curl_api *curl;
    CURL *easy;
    struct curl_slist *fields;
    http_bytes body;
    size_t limit, header_bytes;
    bool allow_private, is_private, too_large, no_page;
};

/* Makes a transfer of the job and gives it to `multi`. False when out of memory. */
bool transfer_start(job *j, const curl_api *curl, CURLM *multi, const fetch_options *options);
/* Takes it off again; body and answer of the job stay until the next start. */
void transfer_end(job *j, CURLM *multi);
/* The value of a field of the answer, in the job's arena; ptr NULL: none. Before transfer_end. */
dl_str transfer_field(job *j, const char *name);
void job_free(job *j);

#endif
