/* net_server.h - the server on a socket. A part of the command alone: the library opens no connections. */
#ifndef DL_SERVE_NET_SERVER_H
#define DL_SERVE_NET_SERVER_H

#include "serve/serve.h"

typedef struct net_server net_server;

typedef struct net_options {
    const char *address;   /* IPv4, or IPv6 without brackets */
    uint16_t port;         /* 0: any that is free */
    unsigned threads, connections;
    unsigned idle_s;       /* a connection on which nothing moves is closed */
    unsigned request_s;    /* and one whose request has not come as a whole by then */
} net_options;

dl_status net_server_start(net_server **out, serve *server, const net_options *options, dl_error *err);
uint16_t net_server_port(const net_server *net);
void net_server_stop(net_server *net); /* NULL is fine; waits for answers under way */

#endif
