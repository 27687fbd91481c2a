/* net_microhttpd.h - libmicrohttpd, loaded when a server starts. */
#ifndef DL_SERVE_NET_MICROHTTPD_H
#define DL_SERVE_NET_MICROHTTPD_H

#include <microhttpd.h>

#include "dateline/base.h"

/* What is used of it, without the prefix. */
#define MHD_FUNCTIONS(F)                                                                                                         \
    F(start_daemon) F(stop_daemon) F(get_daemon_info)                                                                            \
    F(get_connection_info) F(suspend_connection) F(resume_connection) F(lookup_connection_value)                                 \
    F(create_response_from_buffer) F(create_response_from_callback) F(add_response_header) F(queue_response) F(destroy_response)

typedef struct mhd_api {
#define MHD_FIELD(name) __typeof__(MHD_##name) *name;
    MHD_FUNCTIONS(MHD_FIELD)
#undef MHD_FIELD
} mhd_api;

dl_status mhd_load(mhd_api *out, dl_error *err);

#endif
