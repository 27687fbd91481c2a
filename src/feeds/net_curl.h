/* net_curl.h - libcurl, loaded when pages are first fetched. */
#ifndef DL_FEEDS_NET_CURL_H
#define DL_FEEDS_NET_CURL_H

#include <curl/curl.h>

#include "dateline/base.h"

/* What is used of it, without the prefix. */
#define CURL_FUNCTIONS(F)                                                                                                            \
    F(global_init) F(version_info) F(slist_append) F(slist_free_all)                                                                 \
    F(easy_init) F(easy_setopt) F(easy_getinfo) F(easy_header) F(easy_strerror) F(easy_cleanup)                                      \
    F(multi_init) F(multi_add_handle) F(multi_remove_handle) F(multi_perform) F(multi_poll) F(multi_info_read) F(multi_cleanup)

typedef struct curl_api {
#define CURL_FIELD(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(CURL_FIELD)
#undef CURL_FIELD
} curl_api;

/* Loads libcurl and makes it ready. It has to know all the options that keep a fetch within bounds (7.85). */
dl_status curl_load(curl_api *out, dl_error *err);

#endif
